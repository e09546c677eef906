/* dce: drops values that nobody uses.
 *
 *   needs   any graph
 *   keeps   verify, shapes, every bit (EXACT); writes, outputs and tracked nodes
 *   breaks  nothing
 *
 * A value is alive if a root reaches it. Returns true if the graph changed. */
#include "ir/passes/pass.h"

bool pass_dce(PassCx *cx, Graph *g)
{
    size_t n = g->nodes.n, n_alive = 0;
    Rewrite rw = rewrite_begin(cx, g);
    bool *alive = ARENA_ARRAY(g->arena, bool, n + 1);
    for (size_t i = 0; i < cx->n_tracked; i++)
        if (*cx->tracked[i])
            alive[(*cx->tracked[i])->id] = true;
    for (size_t i = n; i-- > 0;) {
        const Node *node = g->nodes.at[i];
        alive[i] |= node_is_root(node);
        n_alive += alive[i];
        for (uint32_t k = 0; alive[i] && k < node->n_in; k++)
            alive[node->in[k]->id] = true;
    }
    rw.changed = n_alive < n;
    for (size_t i = 0; i < n && rw.changed; i++)
        if (alive[i])
            rewrite_copy(&rw, g->nodes.at[i]);
    return rewrite_end(&rw);
}
