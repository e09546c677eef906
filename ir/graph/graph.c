/* graph.c: graphs, nodes, states. Keeps out of what ops mean: that is ir/ops. */
#include "ir/graph/graph.h"

#include <stdlib.h>
#include <string.h>

#include "ir/graph/rules.h"
#include "support/bug.h"

/* ---- the op table, from ops.def: for every op the lists of its attributes, then the rows ---- */

#define OP(id, least, most, traits, family)                                                        \
    NULL                                                                                           \
    }                                                                                              \
    ;                                                                                              \
    static const char *const names_##id[] = {
#define OP_ATTR(op, name, kind, fallback) #name,
static const char *const names_none[] NNLC_UNUSED = {
#include "ir/defs/ops.def"
    NULL};

#define OP(id, least, most, traits, family)                                                        \
    ATTR_INT                                                                                       \
    }                                                                                              \
    ;                                                                                              \
    static const AttrKind kinds_##id[] = {
#define OP_ATTR(op, name, kind, fallback) ATTR_##kind,
static const AttrKind kinds_none[] NNLC_UNUSED = {
#include "ir/defs/ops.def"
    ATTR_INT};

#define OP(id, least, most, traits, family)                                                        \
    NULL                                                                                           \
    }                                                                                              \
    ;                                                                                              \
    static const char *const defaults_##id[] = {
#define OP_ATTR(op, name, kind, fallback) fallback,
static const char *const defaults_none[] NNLC_UNUSED = {
#include "ir/defs/ops.def"
    NULL};

#define PURE OPT_PURE
#define ELEMENTWISE OPT_ELEMENTWISE
#define VIEW OPT_VIEW
#define SUMS OPT_SUMS
#define COMMUTES OPT_COMMUTES
#define CHEAP OPT_CHEAP
#define LATER OPT_LATER
#define MANY OP_MANY
static const OpInfo infos[] = {
#define OP(id, least, most, traits, family)                                                        \
    {#id,                                                                                          \
     least,                                                                                        \
     most,                                                                                         \
     (uint32_t)(traits),                                                                           \
     sizeof names_##id / sizeof *names_##id - 1,                                                   \
     names_##id,                                                                                   \
     kinds_##id,                                                                                   \
     defaults_##id},
#include "ir/defs/ops.def"
};

static ShapeRule *const rules[] = {
#define OP(id, least, most, traits, family) shape_##family,
#include "ir/defs/ops.def"
};

const OpInfo *op_info(Op op)
{
    return &infos[op];
}

Op op_named(const char *name)
{
    for (int i = 0; i < N_OPS; i++)
        if (!strcmp(infos[i].name, name))
            return (Op)i;
    return N_OPS;
}

unsigned op_attr_index(Op op, const char *name)
{
    for (uint32_t i = 0; i < infos[op].n_attrs; i++)
        if (!strcmp(infos[op].attr_name[i], name))
            return i;
    nnl_bug("op '%s' has no attribute '%s'", infos[op].name, name);
}

static Attr default_of(Graph *g, AttrKind kind, const char *text)
{
    Attr a;
    memset(&a, 0, sizeof a);
    switch (kind) {
    case ATTR_INT:
        a.i = atoll(text);
        break;
    case ATTR_BOOL:
        a.i = !strcmp(text, "true");
        break;
    case ATTR_FLOAT:
        a.f = atof(text);
        break;
    case ATTR_TEXT:
        a.text = intern(g->names, text);
        break;
    case ATTR_DTYPE:
        a.dtype = rt_dtype_named(text);
        break;
    case ATTR_SCALAR:
        a.i = rt_scalar_named(text);
        break;
    case ATTR_INTS:
    case ATTR_SUM:
    case ATTR_DIMS:
    case ATTR_DATA:
    case ATTR_GRAPH:
        break; /* empty list, auto, rank 0, no data, no graph */
    }
    return a;
}

void op_default_attrs(Graph *g, Op op, Attr *attr)
{
    for (uint32_t i = 0; i < infos[op].n_attrs; i++)
        attr[i] = default_of(g, infos[op].attr_kind[i], infos[op].attr_default[i]);
}

/* ---- graphs ---- */

Graph *graph_new(Arena *arena, Interner *names, Diags *diags, const char *name, int64_t batch)
{
    Graph *g = ARENA_NEW(arena, Graph);
    g->arena = arena;
    g->names = names;
    g->diags = diags;
    g->name = name;
    g->batch = batch;
    return g;
}

Graph *graph_like(const Graph *g, Arena *arena)
{
    Graph *copy = graph_new(arena, g->names, g->diags, g->name, g->batch);
    copy->states = g->states;
    copy->state_places = g->state_places;
    copy->shares_states = true;
    return copy;
}

static void own_states(Graph *g)
{
    size_t n = g->states.n;
    g->states.at = arena_copy(g->arena, g->states.at, n * sizeof *g->states.at);
    g->states.cap = n;
    g->state_places = places_copy(g->arena, &g->state_places);
    g->shares_states = false;
}

void graph_take(Graph *g, const Graph *other)
{
    bool moves = other->shares_states && other->arena != g->arena;
    *g = *other;
    if (moves)
        own_states(g);
}

int state_key_order(const StateKey *a, const StateKey *b)
{
    if (!a->what || !b->what) /* one without a name is like no other */
        return a->what ? 1 : -1;
    if (a->role != b->role)
        return a->role < b->role ? -1 : 1;
    if (a->owner != b->owner)
        return a->owner < b->owner ? -1 : 1;
    if (a->place != b->place)
        return a->place < b->place ? -1 : 1;
    return strcmp(a->what, b->what);
}

const State *graph_state(const Graph *g, const char *name)
{
    size_t i = places_get(&g->state_places, name);
    bool own =
        i < g->states.n && g->states.at[i].name == name; /* not of one that shares the table */
    return own ? &g->states.at[i] : NULL;
}

size_t graph_state_place(const Graph *g, const char *name)
{
    const State *s = graph_state(g, name);
    if (!s)
        nnl_bug("graph '%s' has no state '%s'", g->name, name);
    return (size_t)(s - g->states.at);
}

const State *graph_state_add(Graph *g, State s)
{
    if (graph_state(g, s.name))
        nnl_bug("graph '%s' declares state '%s' twice", g->name, s.name);
    if (g->shares_states)
        own_states(g);
    places_set(g->arena, &g->state_places, s.name, g->states.n);
    vec_push(g->arena, &g->states, s);
    return &vec_last(&g->states);
}

/* ---- nodes ---- */

size_t const_bytes(const Node *n)
{
    size_t one = rt_dtype(n->dtype)->size;
    return n->attr[2].data.splat ? one : one * (size_t)shape_count(&n->shape, 1);
}

/* Bytes behind a node's attributes: lists, and elements of a constant. */
static size_t bytes_behind(const Node *n)
{
    const OpInfo *info = op_info(n->op);
    size_t size = n->op == OP_const ? const_bytes(n) : 0;
    for (uint32_t i = 0; i < info->n_attrs; i++)
        if (info->attr_kind[i] == ATTR_INTS)
            size += n->attr[i].ints.n * sizeof *n->attr[i].ints.at;
    return size;
}

/* Moves what the attributes of a new node point to behind them, to `at`. */
static void keep_attrs(Node *n, Attr *attr, char *at)
{
    const OpInfo *info = op_info(n->op);
    for (uint32_t i = 0; i < info->n_attrs; i++) {
        if (info->attr_kind[i] == ATTR_DIMS) {
            nnl_assert(shape_equal(attr[i].dims, &n->shape));
            attr[i].dims = &n->shape;
        } else if (info->attr_kind[i] == ATTR_INTS && attr[i].ints.n) {
            size_t size = attr[i].ints.n * sizeof *attr[i].ints.at;
            attr[i].ints.at = memcpy(at, attr[i].ints.at, size);
            at += size;
        }
    }
    if (n->op == OP_const)
        attr[2].data.bytes = memcpy(at, attr[2].data.bytes, const_bytes(n));
}

/* Adds a node like `n`, in one piece: the node, its inputs, its attributes, what these point to. */
static Node *node_keep(Graph *g, const Node *n)
{
    size_t in_bytes = n->n_in * sizeof *n->in, n_attrs = op_info(n->op)->n_attrs;
    Node *kept =
        arena_alloc(g->arena, sizeof *n + in_bytes + n_attrs * sizeof *n->attr + bytes_behind(n));
    Node **in = (Node **)(void *)(kept + 1);
    Attr *attr = (Attr *)(void *)((char *)in + in_bytes);
    *kept = *n;
    kept->id = (uint32_t)g->nodes.n;
    kept->in = in;
    kept->attr = attr;
    if (n->n_in)
        memcpy(in, n->in, in_bytes);
    if (n_attrs)
        memcpy(attr, n->attr, n_attrs * sizeof *attr);
    keep_attrs(kept, attr, (char *)(attr + n_attrs));
    vec_push(g->arena, &g->nodes, kept);
    return kept;
}

static void wrong_inputs(ShapeCx *cx, const OpInfo *info, uint32_t n_in)
{
    if (info->most == OP_MANY)
        shape_error(cx, "'%s' takes at least %u input%s, not %u", info->name, info->least,
                    info->least == 1 ? "" : "s", n_in);
    else if (info->most == info->least)
        shape_error(cx, "'%s' takes %u input%s, not %u", info->name, info->least,
                    info->least == 1 ? "" : "s", n_in);
    else
        shape_error(cx, "'%s' takes %u to %u inputs, not %u", info->name, info->least, info->most,
                    n_in);
}

static Node *try_add(Graph *g, Op op, uint32_t n_in, Node *const *in, const Attr *attr,
                     Origin origin)
{
    const OpInfo *info = op_info(op);
    ShapeCx cx = {g, origin};
    Node n = {.op = op, .n_in = n_in, .in = in, .attr = attr, .origin = origin};
    if (n_in < info->least || n_in > info->most) {
        wrong_inputs(&cx, info, n_in);
        return NULL;
    }
    if (!rules[op](&cx, op, n_in, in, attr, &n.shape, &n.dtype))
        return NULL;
    return node_keep(g, &n);
}

Node *graph_add(Graph *g, Op op, uint32_t n_in, Node *const *in, const Attr *attr, Origin origin)
{
    return try_add(g, op, n_in, in, attr, origin);
}

Node *graph_must(Graph *g, Op op, uint32_t n_in, Node *const *in, const Attr *attr, Origin origin)
{
    Node *n = try_add(g, op, n_in, in, attr, origin);
    if (n)
        return n;
    StrBuf text = {0};
    for (uint32_t i = 0; i < n_in; i++)
        strbuf_printf(&text, "%s%s", i ? ", " : "",
                      type_text(g->arena, in[i]->dtype, &in[i]->shape));
    nnl_bug("graph '%s': cannot build %s of (%s)", g->name, op_info(op)->name,
            text.text ? text.text : "");
}

Node *graph_copy(Graph *g, const Node *n, Node *const *in)
{
    Node copy = *n;
    copy.in = in;
    return node_keep(g, &copy);
}

/* ---- what shape rules say ---- */

const char *shape_who(ShapeCx *cx, Op op)
{
    if (cx->origin.label)
        return arena_printf(cx->g->arena, "layer '%s'", cx->origin.label);
    return arena_printf(cx->g->arena, "'%s'", op_info(op)->name);
}

const char *shape_op(ShapeCx *cx, Op op)
{
    const char *who = shape_who(cx, op);
    return cx->origin.label ? arena_printf(cx->g->arena, "%s: '%s'", who, op_info(op)->name) : who;
}

bool shape_error(ShapeCx *cx, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const char *text = arena_vprintf(cx->g->arena, format, args);
    va_end(args);
    if (cx->g->diags)
        diag_error(cx->g->diags, cx->origin.range, "%s", text);
    return false;
}

const char *shape_of(ShapeCx *cx, const Node *n)
{
    return type_text(cx->g->arena, n->dtype, &n->shape);
}
