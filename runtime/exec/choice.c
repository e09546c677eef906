/* choice.c: windows of steps of the chosen kind, now and then a trial of the other.
 *
 * An entry starts with one thread. After a window of RT_TRIAL steps the other kind is tried for as many,
 * and the kind with the smaller median is chosen. A trial ends early where it loses more than a step.
 * The next one comes after PERIOD steps, but not before what the last one lost is less than a hundredth
 * of the time since: so all trials together cost 1 %. Steps with all threads that take longer than those
 * with one did (another program took the cores) are followed by a trial at once. */
#include "runtime/exec/choice.h"

#include <stdlib.h>

enum { PERIOD = 1024, HUNDRED = 100 };

bool rt_choice_all(const RtChoice *c)
{
    return c->all != c->trying;
}

static int by_size(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* Never 0, which means that it is not known. */
static int64_t median(RtChoice *c)
{
    qsort(c->ns, c->n, sizeof *c->ns, by_size);
    int64_t ns = c->ns[c->n / 2];
    return ns > 0 ? ns : 1;
}

static void end_trial(RtChoice *c)
{
    int64_t *chosen = &c->usual[c->all], *other = &c->usual[!c->all];
    *other = median(c);
    if (c->n == RT_TRIAL && *other < *chosen)
        c->all = !c->all;
    c->trying = false;
    c->n = 0;
    c->steps = 0;
    c->spent = 0;
}

static void end_window(RtChoice *c)
{
    int64_t now = c->usual[c->all] = median(c), other = c->usual[!c->all];
    bool due = c->steps >= PERIOD && c->spent / HUNDRED >= c->lost;
    c->n = 0;
    if (!other || due || (c->all && now > other)) {
        c->trying = true;
        c->lost = 0;
    }
}

void rt_choice_took(RtChoice *c, int64_t ns)
{
    c->ns[c->n++] = ns;
    if (c->trying) {
        c->lost += ns - c->usual[c->all];
        if (c->n == RT_TRIAL || c->lost > c->usual[c->all])
            end_trial(c);
        return;
    }
    c->steps++;
    c->spent += ns;
    if (c->n == RT_TRIAL)
        end_window(c);
}
