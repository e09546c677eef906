/* target_labels.c: rules of thumb on how many different integers there are, and how far apart. */
#include "runtime/abi/target_labels.h"

#include <stdio.h>

enum {
    MOST_CLASSES = 100, /* more may be amounts */
    FEW_CLASSES = 10,   /* so many may be classes under a loss that takes numbers ... */
    FEW_ROWS = 10       /* ... with so many rows of each */
};

/* Integers of which it is known how many are different, as they are in the file. */
static bool are_counted(const RtTargets *t)
{
    return t->known && !t->n_texts && !t->n_labels && !t->encoded && !rt_targets_are_changed(t) &&
           t->numbers.distinct > 0;
}

static bool has_gaps(const RtNumbers *n)
{
    return n->most - n->least + 1 > (double)n->distinct;
}

bool rt_labels_need_classes(const RtTargets *t)
{
    const RtNumbers *n = &t->numbers;
    bool missed = n->distinct == 2 ? has_gaps(n) : n->most >= 4 * (double)n->distinct;
    return are_counted(t) && !rt_labels_are_amounts(t) && (n->least != 0 || missed);
}

bool rt_labels_are_amounts(const RtTargets *t)
{
    const RtNumbers *n = &t->numbers;
    return are_counted(t) && n->distinct > MOST_CLASSES &&
           (n->distinct > n->n / 4 || n->most - n->least > 2 * (double)n->distinct);
}

bool rt_labels_are_few(const RtTargets *t)
{
    const RtNumbers *n = &t->numbers;
    return are_counted(t) && !t->stored_float && n->distinct >= 2 && n->distinct <= FEW_CLASSES &&
           n->n >= FEW_ROWS * n->distinct && !has_gaps(n);
}

const char *rt_labels_text(const RtTargets *t, char *buf, size_t size)
{
    const RtNumbers *n = &t->numbers;
    if (n->distinct == 1)
        snprintf(buf, size, "%.0f", n->least);
    else if (n->distinct == 2)
        snprintf(buf, size, "%.0f and %.0f", n->least, n->most);
    else if (has_gaps(n))
        snprintf(buf, size, "from %.0f to %.0f with gaps", n->least, n->most);
    else
        snprintf(buf, size, "from %.0f to %.0f", n->least, n->most);
    return buf;
}
