/* vjp_dot.c: a contraction's gradients are contractions.
 *
 * y[b, f, g] = sum over k of a[b, f, k] c[b, g, k] (+ init), axes in any order:
 * da = dy contracted with c over g, dc = a contracted with dy over f; where a's own axes stand in
 * another order, a transposition follows. For the plain [.., k] x [k, n] none is needed. */
#include "ir/grad/rules.h"

typedef struct Axes {
    int64_t at[MAX_RANK];
    uint32_t n;
} Axes;

static bool listed(IntList l, int64_t axis)
{
    for (uint32_t i = 0; i < l.n; i++)
        if (l.at[i] == axis)
            return true;
    return false;
}

static Axes free_axes(const Node *x, IntList batch, IntList contract)
{
    Axes f = {{0}, 0};
    for (int d = 0; d < x->shape.rank; d++)
        if (!listed(batch, d) && !listed(contract, d))
            f.at[f.n++] = d;
    return f;
}

static IntList list(const Axes *a)
{
    return (IntList){a->n, a->at};
}

static Axes range(int64_t from, uint32_t n)
{
    Axes a = {{0}, n};
    for (uint32_t i = 0; i < n; i++)
        a.at[i] = from + i;
    return a;
}

/* Puts axis i of v at place[i]. */
static Node *put_axes(Grad *gr, Node *v, const int64_t *place)
{
    int64_t order[MAX_RANK] = {0};
    bool same = true;
    for (int i = 0; i < v->shape.rank; i++) {
        order[place[i]] = i;
        same &= place[i] == i;
    }
    return same ? v : g_transpose(&gr->b, v, order);
}

/* Contracted axes of `other` in the order in which they stay in a contraction that keeps them. */
static void kept_places(IntList other_contract, IntList own_contract, int64_t *place, uint32_t at)
{
    for (uint32_t i = 0; i < other_contract.n; i++) {
        uint32_t rank = 0;
        for (uint32_t k = 0; k < other_contract.n; k++)
            rank += other_contract.at[k] < other_contract.at[i];
        place[at + rank] = own_contract.at[i];
    }
}

void vjp_dot(Grad *gr, const Node *y, Node *dy)
{
    Node *a = y->in[0], *c = y->in[1];
    IntList batch_a = y->attr[0].ints, batch_c = y->attr[1].ints;
    IntList sum_a = y->attr[2].ints, sum_c = y->attr[3].ints;
    Axes fa = free_axes(a, batch_a, sum_a), fc = free_axes(c, batch_c, sum_c);
    Axes y_batch = range(0, batch_a.n), y_fa = range(batch_a.n, fa.n);
    Axes y_fc = range(batch_a.n + fa.n, fc.n);
    int64_t place[MAX_RANK];
    if (grad_wants(gr, a)) {
        Node *d = g_dot(&gr->b, dy, c, list(&y_batch), batch_c, list(&y_fc), list(&fc), NULL);
        for (uint32_t i = 0; i < batch_a.n; i++)
            place[i] = batch_a.at[i];
        for (uint32_t i = 0; i < fa.n; i++)
            place[batch_a.n + i] = fa.at[i];
        kept_places(sum_c, sum_a, place, batch_a.n + fa.n);
        grad_add(gr, a, g_cast(&gr->b, put_axes(gr, d, place), a->dtype));
    }
    if (grad_wants(gr, c)) {
        Node *d = g_dot(&gr->b, a, dy, batch_a, list(&y_batch), list(&fa), list(&y_fa), NULL);
        for (uint32_t i = 0; i < batch_c.n; i++)
            place[i] = batch_c.at[i];
        kept_places(sum_a, sum_c, place, batch_c.n);
        for (uint32_t i = 0; i < fc.n; i++)
            place[batch_c.n + sum_c.n + i] = fc.at[i];
        grad_add(gr, c, g_cast(&gr->b, put_axes(gr, d, place), c->dtype));
    }
    if (y->n_in > 2)
        grad_add(gr, y->in[2], dy);
}
