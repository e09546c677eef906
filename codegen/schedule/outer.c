/* outer.c: the contraction of a single term, in a step of one row, that updates a column-major weight. One term needs no
 * chain, so it is a map over the weight: whole columns, with two numbers for each. The bits are those of the chain. */
#include <string.h>

#include "codegen/schedule/lower.h"

static bool by_columns(const Lower *lo, const Node *write)
{
    if (write->op != OP_write)
        return false;
    size_t place = graph_state_place(lo->g, write->attr[0].text);
    return rt_storage_by_columns(&lo->options->storage[place]);
}

/* x [N, m] and d [N, n], over the rows. */
static bool is_over_rows(const Node *n)
{
    const Shape *a = &n->in[0]->shape, *b = &n->in[1]->shape;
    IntList sum_a = n->attr[2].ints, sum_b = n->attr[3].ints;
    return n->n_in == 2 && a->rank == 2 && b->rank == 2 && sum_a.n == 1 && sum_a.at[0] == 0 &&
           sum_b.at[0] == 0 && a->dim[0].batch && a->dim[0].n == 1;
}

bool kernel_is_outer(const Lower *lo, const Cluster *c)
{
    const Node *n = c->hero;
    bool any = false;
    if (n->op != OP_dot || lo->g->batch != 1 || !is_over_rows(n) || n->in[0]->dtype != n->dtype ||
        !rt_dtype(n->dtype)->is_float)
        return false;
    for (size_t i = 0; i < c->roots.n; i++)
        any = any || by_columns(lo, c->roots.at[i]);
    return any;
}

void kernel_outer(Lower *lo, const Node *n)
{
    const Affine row = affine_const(0);
    const Affine at_a[] = {row, affine_axis(0)}, at_b[] = {row, affine_axis(1)};
    KExpr zero;
    memset(&zero, 0, sizeof zero);
    zero.kind = KX_const;
    zero.dtype = n->dtype;
    lo->kernel->kind = KERNEL_map;
    lo->expr_of[n->id] = kx_op(lo, KOP_fma, n->dtype, value_at(lo, n->in[0], at_a),
                               value_at(lo, n->in[1], at_b), kx_add(lo, &zero));
}
