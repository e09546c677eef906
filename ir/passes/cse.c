/* cse: computes equal values once.
 *
 *   needs   shapes; any graph
 *   keeps   verify, shapes, every bit (EXACT); origin of the first of two equal nodes
 *   breaks  use lists
 *
 * Two nodes are equal if op, attributes, type and inputs are; sources that only name something
 * outside (input, scalar, read) are equal if their names are. Walks in order, so that a found equal
 * always stands before its uses. Returns true if the graph changed. */
#include <string.h>

#include "ir/passes/pass.h"

static uint64_t mix(uint64_t h, uint64_t x)
{
    h = (h ^ x) * 0x9E3779B97F4A7C15ull;
    return h ^ h >> 29;
}

static uint64_t attr_hash(const Node *n, AttrKind kind, const Attr *a, uint64_t h)
{
    switch (kind) {
    case ATTR_INTS:
        for (uint32_t i = 0; i < a->ints.n; i++)
            h = mix(h, (uint64_t)a->ints.at[i]);
        return h;
    case ATTR_DATA:
        for (size_t i = 0; i < const_bytes(n); i++)
            h = mix(h, ((const unsigned char *)a->data.bytes)[i]);
        return h;
    case ATTR_DIMS:
        return h; /* the node's own shape */
    case ATTR_TEXT:
        return mix(h, (uint64_t)(uintptr_t)a->text);
    case ATTR_DTYPE:
        return mix(h, a->dtype);
    case ATTR_SUM:
        return mix(h, (uint64_t)a->sum.groups << 16 | a->sum.lanes);
    case ATTR_INT:
    case ATTR_BOOL:
    case ATTR_SCALAR:
    case ATTR_FLOAT:
    case ATTR_GRAPH:
        break;
    }
    return mix(h, (uint64_t)a->i);
}

static bool attr_equal(const Node *x, const Node *y, AttrKind kind, const Attr *a, const Attr *b)
{
    switch (kind) {
    case ATTR_INTS:
        return a->ints.n == b->ints.n &&
               (!a->ints.n || !memcmp(a->ints.at, b->ints.at, a->ints.n * sizeof *a->ints.at));
    case ATTR_DATA:
        return a->data.splat == b->data.splat && const_bytes(x) == const_bytes(y) &&
               !memcmp(a->data.bytes, b->data.bytes, const_bytes(x));
    case ATTR_DIMS:
        return shape_equal(a->dims, b->dims);
    case ATTR_TEXT:
        return a->text == b->text;
    case ATTR_DTYPE:
        return a->dtype == b->dtype;
    case ATTR_SUM:
        return a->sum.groups == b->sum.groups && a->sum.lanes == b->sum.lanes;
    case ATTR_FLOAT:
        return !memcmp(&a->f, &b->f, sizeof a->f);
    case ATTR_GRAPH:
        return a->graph == b->graph;
    case ATTR_INT:
    case ATTR_BOOL:
    case ATTR_SCALAR:
        break;
    }
    return a->i == b->i;
}

static bool may_merge(const Node *n)
{
    return node_is(n, OPT_PURE) || n->op == OP_input || n->op == OP_scalar || n->op == OP_read;
}

static bool equal(const Node *a, const Node *b)
{
    if (a->op != b->op || a->dtype != b->dtype || a->n_in != b->n_in ||
        !shape_equal(&a->shape, &b->shape))
        return false;
    for (uint32_t i = 0; i < a->n_in; i++)
        if (a->in[i] != b->in[i])
            return false;
    const OpInfo *info = op_info(a->op);
    for (uint32_t i = 0; i < info->n_attrs; i++)
        if (!attr_equal(a, b, info->attr_kind[i], &a->attr[i], &b->attr[i]))
            return false;
    return true;
}

static uint64_t hash(const Node *n)
{
    const OpInfo *info = op_info(n->op);
    uint64_t h = mix(n->op, n->dtype);
    for (uint32_t i = 0; i < n->n_in; i++)
        h = mix(h, n->in[i]->id);
    for (uint32_t i = 0; i < info->n_attrs; i++)
        h = attr_hash(n, info->attr_kind[i], &n->attr[i], h);
    return h;
}

bool pass_cse(PassCx *cx, Graph *g)
{
    size_t slots = 16;
    while (slots < 2 * g->nodes.n)
        slots *= 2;
    Rewrite rw = rewrite_begin(cx, g);
    Node **table = ARENA_ARRAY(g->arena, Node *, slots);
    for (size_t i = 0; i < g->nodes.n; i++) {
        const Node *old = g->nodes.at[i];
        Node *n = rewrite_copy(&rw, old);
        if (!may_merge(n))
            continue;
        size_t at = hash(n) & (slots - 1);
        while (table[at] && !equal(table[at], n))
            at = (at + 1) & (slots - 1);
        if (!table[at]) {
            table[at] = n;
            continue;
        }
        rw.map[old->id] = table[at];
        rw.new->nodes.n--; /* the copy was the last node */
        rw.changed = true;
    }
    return rewrite_end(&rw);
}
