/* losses_overlap.c: losses of the overlap of what is there and what is found, for images of yes-or-no
 * answers. Sums go over everything, or over the axes of the argument: those may include the batch. */
#include "ir/layers/losses.h"

static const double FUZZ = 1e-7;

/* The axes of the sums, ascending; false after an error. */
static bool axes_of_sums(LossCx *lx, const Node *p, Axes *axes)
{
    const ArgValue *arg = loss_arg(lx, "axis");
    const char *who = arena_printf(lx->cx->arena, "'%s'", lx->call->row->name);
    int64_t rank = p->shape.rank, rest[MAX_RANK];
    uint32_t n = arg->n ? arg->n : 1, n_rest = 0;
    const int64_t *given = arg->n ? arg->ints : &arg->i;
    bool batch = arg->none;
    for (uint32_t i = 0; !arg->none && i < n && n_rest < MAX_RANK; i++)
        if (given[i] == 0 || given[i] == -rank)
            batch = true;
        else
            rest[n_rest++] = given[i];
    *axes = (Axes){.n = 0, .count = 1};
    if ((n_rest || arg->none) && !axes_find(lx->cx, arg->range, who, n_rest, rest, &p->shape, axes))
        return false;
    if (!batch)
        return true;
    for (uint32_t i = axes->n++; i > 0; i--)
        axes->at[i] = axes->at[i - 1];
    axes->at[0] = 0;
    return true;
}

static Node *total(Builder *b, Node *x, const Axes *axes)
{
    return g_sum(b, x, axes->at, axes->n, x->dtype);
}

/* 1 - part / (whole + 1e-7) */
static Node *one_minus_share(Builder *b, Node *part, Node *whole)
{
    return one_minus(b, g_div(b, part, g_add(b, whole, g_const_like(b, whole, FUZZ))));
}

/* 1 - 2 sum of y p / (sum of y + sum of p) */
Node *loss_dice(LossCx *lx, Node *y, Node *p)
{
    Builder *b = lx->b;
    Axes axes;
    if (!axes_of_sums(lx, p, &axes))
        return NULL;
    Node *both = total(b, g_mul(b, y, p), &axes);
    Node *either = g_add(b, total(b, y, &axes), total(b, p, &axes));
    return one_minus_share(b, scaled(b, both, 2), either);
}

/* 1 - sum of y p / (that + alpha sum of y (1 - p) + beta sum of (1 - y) p) */
Node *loss_tversky(LossCx *lx, Node *y, Node *p)
{
    Builder *b = lx->b;
    Axes axes;
    if (!axes_of_sums(lx, p, &axes))
        return NULL;
    Node *both = total(b, g_mul(b, y, p), &axes);
    Node *missed = total(b, g_mul(b, y, one_minus(b, p)), &axes);
    Node *false_alarms = total(b, g_mul(b, one_minus(b, y), p), &axes);
    Node *whole = g_add(b, both, scaled(b, missed, loss_number(lx, "alpha")));
    whole = g_add(b, whole, scaled(b, false_alarms, loss_number(lx, "beta")));
    return one_minus_share(b, both, whole);
}
