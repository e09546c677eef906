/* branches.c: `if` and `jump` in the list of commands. An `if` goes to its target if its condition does not hold; a jump
 * in front of the target is the end of the commands before an else. A skip goes over the lines of events behind a fit. */
#include "runtime/train/branches.h"

#include <string.h>

static bool is_if(const ImgCommand *c)
{
    return !strcmp(c->name, "if");
}

bool rt_is_branch(const ImgCommand *c)
{
    return is_if(c) || !strcmp(c->name, "jump") || !strcmp(c->name, "skip");
}

RtStatus rt_branch_next(RtRun *run, uint32_t at, uint32_t *next)
{
    const ImgCommand *c = &run->image->commands.at[at];
    RtValue v;
    *next = c->target;
    if (!is_if(c))
        return RT_OK;
    run->place = c->place;
    if (rt_run_value(run, c->exprs.at[0], &v) != RT_OK)
        return RT_ERROR;
    bool holds = v.number != 0, one = v.kind == VALUE_bool;
    rt_value_free(&v);
    if (!one)
        return rt_fail(&run->error, "'if' takes one condition, but this compares every element");
    run->place = IMG_NONE;
    if (holds)
        *next = at + 1;
    return RT_OK;
}

uint32_t rt_branch_end(const ImgProgram *p, uint32_t at)
{
    uint32_t target = p->commands.at[at].target;
    const ImgCommand *last = &p->commands.at[target - 1];
    return !strcmp(last->name, "jump") && last->target > target ? last->target : target;
}

uint32_t rt_branch_around(const ImgProgram *p, uint32_t at)
{
    for (uint32_t i = at; i-- > 0;)
        if (is_if(&p->commands.at[i]) && at < rt_branch_end(p, i))
            return i;
    return IMG_NONE;
}

RtStatus rt_branch_check(RtRun *run, uint32_t result)
{
    const ImgProgram *p = run->image;
    uint32_t at = 0;
    while (at < p->commands.n && p->commands.at[at].result != result)
        at++;
    uint32_t around = at < p->commands.n ? rt_branch_around(p, at) : IMG_NONE;
    if (around == IMG_NONE)
        return RT_OK;
    const ImgCommand *c = &p->commands.at[at];
    (void)!rt_fail(&run->error, "'%s' has no values: '%s' of line %u did not run",
                   p->results.at[result], c->name, rt_run_place(run, c->place)->line);
    rt_fail_help(&run->error, "use it where the 'if' of line %u has run this command",
                 rt_run_place(run, p->commands.at[around].place)->line);
    return RT_ERROR;
}

bool rt_branches_exclude(const ImgProgram *p, uint32_t a, uint32_t b)
{
    uint32_t first = a < b ? a : b, last = a < b ? b : a;
    for (uint32_t i = 0; i < first; i++) {
        const ImgCommand *c = &p->commands.at[i];
        if (is_if(c) && first < c->target && last >= c->target && last < rt_branch_end(p, i))
            return true;
    }
    return false;
}
