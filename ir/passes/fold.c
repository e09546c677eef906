/* fold: computes what depends on constants alone.
 *
 *   needs   shapes; any graph
 *   keeps   verify, shapes, every bit (EXACT): the interpreter computes the element
 *   breaks  nothing
 *
 * Elementwise ops of splat constants become splat constants, and a view of a splat constant is one
 * itself. Constants with many elements stay: folding them could make a graph large.
 *
 * Returns true if the graph changed. */
#include <string.h>

#include "ir/interp/interp.h"
#include "ir/passes/pass.h"

static const void *splat_of(const Node *n)
{
    return n->op == OP_const && n->attr[2].data.splat ? n->attr[2].data.bytes : NULL;
}

static bool is_folded(const Node *n, const void **x)
{
    bool view = n->op == OP_reshape || n->op == OP_transpose || n->op == OP_broadcast ||
                n->op == OP_slice || n->op == OP_reverse;
    if (!view && (!node_is(n, OPT_ELEMENTWISE) || n->op == OP_stop_gradient))
        return false;
    for (uint32_t i = 0; i < n->n_in; i++)
        if (!(x[i] = splat_of(n->in[i])))
            return false;
    return n->dtype != RT_f16 && n->dtype != RT_bf16;
}

static Node *folded(Rewrite *rw, const Node *n, const void **x)
{
    Attr attr[MAX_ATTRS];
    char element[8] = {0};
    if (node_is(n, OPT_ELEMENTWISE))
        interp_scalar(n->op, n->in[0]->dtype, n->dtype, x[0], x[1], x[2], element);
    else
        memcpy(element, x[0], rt_dtype(n->dtype)->size);
    memset(attr, 0, sizeof attr);
    attr[0].dtype = n->dtype;
    attr[1].dims = &n->shape;
    attr[2].data = (ConstData){element, true};
    return graph_must(rw->new, OP_const, 0, NULL, attr, n->origin);
}

bool pass_fold(PassCx *cx, Graph *g)
{
    Rewrite rw = rewrite_begin(cx, g);
    for (size_t i = 0; i < g->nodes.n; i++) {
        const Node *n = g->nodes.at[i];
        const void *x[3] = {NULL, NULL, NULL};
        /* inputs may have been folded just now: look at their new selves */
        Node seen = *n;
        Node *in[3] = {NULL};
        for (uint32_t k = 0; k < n->n_in && k < 3; k++)
            in[k] = rw.map[n->in[k]->id];
        seen.in = in;
        if (n->n_in && n->n_in <= 3 && is_folded(&seen, x)) {
            rw.map[n->id] = folded(&rw, &seen, x);
            rw.changed = true;
        } else {
            rewrite_copy(&rw, n);
        }
    }
    return rewrite_end(&rw);
}
