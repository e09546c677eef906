/* sum_split: sets the order of every sum from its shape.
 *
 *   needs   shapes
 *   keeps   verify, shapes; changes rounding (MEANING), once: a split that is set stays
 *   breaks  nothing
 *
 * V: 8 lanes for a plain sum or maximum over axes that include the last one, so that it is done by
 * vectors; 1 for everything else, where the vector goes across results. G: 1, unless the reduction is
 * long, or has so few results that cores would idle; then a power of two that leaves at least
 * GROUP_TERMS to each group. The batch counts with B, and only where N itself is reduced: so a row's
 * result is the same in every batch. A step that trains on one row has nothing to go across where a kernel has few
 * columns: it goes along them, ROW_LANES at once. Returns true if the graph changed. */
#include "ir/passes/sum_split.h"

#include "ir/passes/pass.h"

enum {
    LANES = 8,
    LONG_SUM = 4096,  /* terms from which on a sum is cut into groups */
    FEW_RESULTS = 16, /* fewer results than this do not keep cores busy … */
    FEW_TERMS = 1024, /* … where each has so many terms */
    GROUP_TERMS = 256,
    MAX_GROUPS = 64,
    ROW_LANES = 32,
    ROW_TERMS = 64 /* terms from which on it goes along */
};

static SumSplit split(int64_t outermost, int64_t terms, int64_t results, unsigned lanes)
{
    SumSplit s = {1, (uint16_t)lanes};
    if (terms < LONG_SUM && !(results < FEW_RESULTS && terms >= FEW_TERMS))
        return s;
    while (s.groups < MAX_GROUPS && s.groups * 2 <= outermost &&
           terms / (s.groups * 2) >= GROUP_TERMS)
        s.groups *= 2;
    return s;
}

/* Results that do not hang on the batch: one row's, if N is kept. */
static int64_t results_of(const Node *n)
{
    return shape_count(&n->shape, 1);
}

static bool trains(const Graph *g)
{
    for (size_t i = 0; i < g->nodes.n; i++) {
        const Node *n = g->nodes.at[i];
        if (n->op == OP_write && graph_state(g, n->attr[0].text)->role == ROLE_weight)
            return true;
    }
    return false;
}

/* Few columns of a matrix, each of which is added up: those of a weight that a row is multiplied by, or of such a
 * weight's update. */
static bool adds_columns(const Node *n)
{
    bool is_dot = n->op == OP_dot;
    const Node *w = n->in[is_dot];
    IntList axes = n->attr[is_dot ? 3 : 0].ints;
    if (axes.n != 1 || axes.at[0] != 0 || w->shape.rank != 2 || shape_batch_axis(&w->shape) >= 0 ||
        w->shape.dim[0].n < ROW_TERMS || w->shape.dim[1].n >= FEW_RESULTS)
        return false;
    return !is_dot || (w->op == OP_read && n->in[0]->shape.rank == 2 && n->attr[2].ints.at[0] == 1);
}

SumSplit sum_split_of(const Graph *g, const Node *n)
{
    const Node *x = n->in[0];
    bool is_dot = n->op == OP_dot;
    if (g->batch == 1 && adds_columns(n) && trains(g))
        return (SumSplit){1, ROW_LANES};
    IntList axes = n->attr[is_dot ? 2 : 0].ints;
    int64_t terms = 1, outermost = 1;
    for (uint32_t i = 0; i < axes.n; i++) {
        int64_t size = dim_size(x->shape.dim[axes.at[i]], g->batch);
        outermost = i ? outermost : size;
        terms *= size;
    }
    bool over_last = axes.n && axes.at[axes.n - 1] == x->shape.rank - 1;
    return split(outermost, terms, results_of(n), !is_dot && over_last ? LANES : 1);
}

bool pass_sum_split(PassCx *cx, Graph *g)
{
    Rewrite rw = rewrite_begin(cx, g);
    for (size_t i = 0; i < g->nodes.n; i++) {
        const Node *old = g->nodes.at[i];
        Node *n = rewrite_copy(&rw, old);
        if (n->op != OP_sum && n->op != OP_reduce_max && n->op != OP_dot)
            continue;
        unsigned at = op_attr_index(n->op, "sum");
        if (n->attr[at].sum.groups)
            continue;
        uint32_t n_attrs = op_info(n->op)->n_attrs;
        Attr *attr = arena_copy(rw.new->arena, n->attr, n_attrs * sizeof *attr);
        attr[at].sum = sum_split_of(g, n);
        n->attr = attr;
        rw.changed = true;
    }
    return rewrite_end(&rw);
}
