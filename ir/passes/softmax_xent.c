/* softmax_xent: computes cross-entropy over softmax or sigmoid from the scores.
 *
 *   needs   shapes; the forward part, before autodiff
 *   keeps   verify, shapes; changes rounding (MEANING)
 *   breaks  nothing
 *
 * ir/layers builds probabilities and losses as Keras writes them; where a loss takes the logarithm of
 * a clipped probability, clipping and cancellation lose the scores' precision and, far out, the
 * gradient. Such a logarithm is marked `unclip`. Three structures are looked for below a mark, with
 * e = exp(d), d = x - broadcast(stop_gradient(max x)), s = sum e over the same axis,
 * p = e / broadcast(s), clip(v) = min(max(v, low), high):
 *
 *   log(clip(p / broadcast(sum p))), log(clip(p)), log(p)   become  d - broadcast(log s)
 *   log(clip(sigmoid x))              becomes  -softplus(-x)
 *   log(1 - clip(sigmoid x))          becomes  -softplus(x)
 *
 * Their gradients are p - y and sigmoid - y, without division by a probability. Anything else stays
 * as it is, above all what a fn of the program computes: its clips mean what they say, and only a
 * layer makes stop_gradient. Returns true if the graph changed. */
#include "ir/passes/pass.h"

/* The value below clip(v), or NULL. */
static Node *below_clip(Node *n)
{
    if (n->op != OP_min || n->in[1]->op != OP_const || n->in[0]->op != OP_max ||
        n->in[0]->in[1]->op != OP_const)
        return NULL;
    return n->in[0]->in[0];
}

/* broadcast(sum v over one axis) back to v's shape: the sum, or NULL. */
static Node *spread_sum(Node *n, const Node *v)
{
    if (n->op != OP_broadcast || !shape_equal(&n->shape, &v->shape))
        return NULL;
    Node *s = n->in[0];
    bool one_axis = s->op == OP_sum && s->attr[0].ints.n == 1 && s->in[0] == v;
    if (!one_axis)
        return NULL;
    for (uint32_t i = 0; i < n->attr[1].ints.n; i++)
        if (n->attr[1].ints.at[i] == s->attr[0].ints.at[0])
            return NULL;
    return s;
}

/* v / broadcast(sum v): v, with its sum; or NULL. */
static Node *normalised(Node *n, Node **sum)
{
    if (n->op != OP_div)
        return NULL;
    *sum = spread_sum(n->in[1], n->in[0]);
    return *sum ? n->in[0] : NULL;
}

/* x - broadcast(stop_gradient(max of x over the axis)) */
static bool is_shifted(const Node *n, int64_t axis)
{
    if (n->op != OP_sub || n->in[1]->op != OP_broadcast || n->in[1]->in[0]->op != OP_stop_gradient)
        return false;
    const Node *m = n->in[1]->in[0]->in[0];
    return m->op == OP_reduce_max && m->in[0] == n->in[0] && m->attr[0].ints.n == 1 &&
           m->attr[0].ints.at[0] == axis;
}

/* v = p / sum p over p = softmax, or v = softmax: e, with its sum; or NULL. */
static Node *exp_of_softmax(Node *v, Node **sum, int64_t *axis)
{
    Node *inner, *p = normalised(v, sum);
    if (!p)
        return NULL;
    *axis = (*sum)->attr[0].ints.at[0];
    Node *e = normalised(p, &inner);
    if (e && inner->attr[0].ints.at[0] == *axis)
        *sum = inner;
    else
        e = p;
    return e->op == OP_exp && is_shifted(e->in[0], *axis) ? e : NULL;
}

/* log(clip(p / sum p)), log(clip(p)), log(p) over p = softmax: d - broadcast(log s), or NULL. */
static Node *log_softmax(Rewrite *rw, const Node *n)
{
    int64_t axis;
    Node *sum, *v = below_clip(n->in[0]);
    Node *e = exp_of_softmax(v ? v : n->in[0], &sum, &axis);
    if (!e)
        return NULL;
    Builder b = rewrite_builder(rw, n);
    Node *log_sum = g_unary(&b, OP_log, sum);
    return g_sub(&b, e->in[0], g_broadcast_over(&b, log_sum, e->shape, (int)axis));
}

/* log(clip(sigmoid x)), log(1 - clip(sigmoid x)), or NULL. */
static Node *log_sigmoid(Rewrite *rw, const Node *n)
{
    Node *v = n->in[0];
    bool other = v->op == OP_sub && node_is_const(v->in[0], 1);
    Node *p = below_clip(other ? v->in[1] : v);
    if (!p || p->op != OP_sigmoid)
        return NULL;
    Builder b = rewrite_builder(rw, n);
    Node *x = other ? p->in[0] : g_unary(&b, OP_neg, p->in[0]);
    return g_unary(&b, OP_neg, g_unary(&b, OP_softplus, x));
}

bool pass_softmax_xent(PassCx *cx, Graph *g)
{
    Rewrite rw = rewrite_begin(cx, g);
    for (size_t i = 0; i < g->nodes.n; i++) {
        const Node *old = g->nodes.at[i];
        Node *n = rewrite_copy(&rw, old);
        if (n->op != OP_log || !node_attr(n, "unclip")->i)
            continue;
        Node *better = log_softmax(&rw, n);
        if (!better)
            better = log_sigmoid(&rw, n);
        if (!better)
            continue;
        rw.map[old->id] = better;
        rw.changed = true;
    }
    return rewrite_end(&rw);
}
