/* algebraic: drops operations that change nothing.
 *
 *   needs   shapes; any graph
 *   keeps   verify, shapes, every bit (EXACT)
 *   breaks  nothing
 *
 * Only identities that hold for every bit pattern, NaN and signed zeros included:
 *   x * 1, x / 1                    the product or quotient with 1 is exact
 *   x - 0                           +0: also for x = -0
 *   x + -0                          not +0, which would turn -0 into +0
 *   -(-x), not not x                two sign flips; two complements
 *   cast to the type x has
 *   transpose in the old order, of a transpose that it undoes; reshape to the old shape; reshape of a
 *   reshape; broadcast to the old shape; reverse of nothing; slice of everything
 *   select with two equal values
 *   stop_gradient                   once gradients are built it is the identity
 * Returns true if the graph changed. */
#include "ir/passes/pass.h"

static bool undoes(const Node *outer, const Node *inner)
{
    for (uint32_t i = 0; i < outer->attr[0].ints.n; i++)
        if (inner->attr[0].ints.at[outer->attr[0].ints.at[i]] != (int64_t)i)
            return false;
    return true;
}

static bool keeps_order(const Node *n)
{
    for (uint32_t i = 0; i < n->attr[0].ints.n; i++)
        if (n->attr[0].ints.at[i] != (int64_t)i)
            return false;
    return true;
}

/* The new node that stands for n (whose inputs are new already), or NULL if n does something. */
static Node *same_as(const Node *n)
{
    Node *x = n->in[0];
    switch ((int)n->op) {
    case OP_mul:
        return node_is_const(n->in[1], 1) ? x : node_is_const(x, 1) ? n->in[1] : NULL;
    case OP_div:
        return node_is_const(n->in[1], 1) ? x : NULL;
    case OP_sub:
        return node_is_const(n->in[1], 0.0) ? x : NULL;
    case OP_add:
        return node_is_const(n->in[1], -0.0) ? x : node_is_const(x, -0.0) ? n->in[1] : NULL;
    case OP_neg:
    case OP_not:
        return x->op == n->op ? x->in[0] : NULL;
    case OP_cast:
        return x->dtype == n->dtype ? x : NULL;
    case OP_transpose:
        if (keeps_order(n))
            return x;
        return x->op == OP_transpose && undoes(n, x) ? x->in[0] : NULL;
    case OP_reshape:
    case OP_broadcast:
    case OP_slice:
        return shape_equal(&n->shape, &x->shape) ? x : NULL;
    case OP_reverse:
        return n->attr[0].ints.n ? NULL : x;
    case OP_select:
        return n->in[1] == n->in[2] ? n->in[1] : NULL;
    case OP_stop_gradient:
        return x;
    default:
        return NULL;
    }
}

bool pass_algebraic(PassCx *cx, Graph *g)
{
    Rewrite rw = rewrite_begin(cx, g);
    for (size_t i = 0; i < g->nodes.n; i++) {
        const Node *old = g->nodes.at[i];
        Node *n = rewrite_copy(&rw, old);
        Node *same = n->n_in && !node_is_root(n) ? same_as(n) : NULL;
        if (same) {
            rw.map[old->id] = same;
            rw.new->nodes.n--;
            rw.changed = true;
        } else if (n->op == OP_reshape && n->in[0]->op == OP_reshape) {
            Node *base = n->in[0]->in[0];
            rw.new->nodes.n--;
            rw.map[old->id] = graph_copy(rw.new, old, &base);
            rw.changed = true;
        }
    }
    return rewrite_end(&rw);
}
