/* interp.c: the walk over a graph; sources, states, elementwise ops. */
#include "ir/interp/interp_internal.h"

#include <string.h>

#include "runtime/math/philox.h"
#include "support/bug.h"

Sizes sizes_of(const Interp *ip, const Shape *s)
{
    Sizes out = {.rank = s->rank, .count = 1};
    for (int d = 0; d < s->rank; d++) {
        out.n[d] = dim_size(s->dim[d], ip->w->n);
        out.count *= out.n[d];
    }
    return out;
}

void index_of(const Sizes *s, int64_t at, int64_t *index)
{
    for (int d = s->rank - 1; d >= 0; d--) {
        index[d] = s->n[d] ? at % s->n[d] : 0;
        at = s->n[d] ? at / s->n[d] : 0;
    }
}

int64_t offset_of(const Sizes *s, const int64_t *index)
{
    int64_t at = 0;
    for (int d = 0; d < s->rank; d++)
        at = at * s->n[d] + index[d];
    return at;
}

static void *bound(const InterpBinds *binds, const char *name)
{
    for (size_t i = 0; i < binds->n; i++)
        if (!strcmp(binds->at[i].name, name))
            return binds->at[i].data;
    nnl_bug("the interpreter's world has no '%s'", name);
}

static size_t bytes_of(const Interp *ip, const Node *n)
{
    return (size_t)sizes_of(ip, &n->shape).count * element_size(n);
}

/* ---- sources ---- */

static void run_const(Interp *ip, const Node *n)
{
    const ConstData *data = &n->attr[2].data;
    size_t size = element_size(n);
    int64_t count = sizes_of(ip, &n->shape).count;
    for (int64_t i = 0; i < count; i++)
        memcpy(value_of(ip, n) + (size_t)i * size,
               (const char *)data->bytes + (data->splat ? 0 : (size_t)i * size), size);
}

static void run_iota(Interp *ip, const Node *n)
{
    Sizes s = sizes_of(ip, &n->shape);
    for (int64_t i = 0; i < s.count; i++) {
        int64_t index[MAX_RANK];
        index_of(&s, i, index);
        interp_scalar(OP_cast, RT_i64, n->dtype, &index[n->attr[2].i], NULL, NULL,
                      value_of(ip, n) + (size_t)i * element_size(n));
    }
}

const void *interp_run_scalar(const InterpWorld *w, RunScalar kind, int64_t id)
{
    if (kind == SCALAR_n)
        return &w->n;
    for (size_t i = 0; i < w->scalars.n; i++)
        if (w->scalars.at[i].kind == kind && w->scalars.at[i].id == id)
            return w->scalars.at[i].data;
    return NULL;
}

static void run_scalar(Interp *ip, const Node *n)
{
    RunScalar kind = (RunScalar)n->attr[0].i;
    const void *data = interp_run_scalar(ip->w, kind, n->attr[1].i);
    if (!data)
        nnl_bug("the interpreter's world has no scalar '%s'", rt_scalar_word(kind));
    memcpy(value_of(ip, n), data, element_size(n));
}

static void run_rng(Interp *ip, const Node *n)
{
    uint64_t seed, step;
    int64_t count = sizes_of(ip, &n->shape).count;
    memcpy(&seed, value_of(ip, n->in[0]), sizeof seed);
    memcpy(&step, value_of(ip, n->in[1]), sizeof step);
    for (int64_t i = 0; i < count; i++) {
        uint32_t word = rt_random_u32(seed, step, (uint32_t)n->attr[0].i, (uint64_t)i);
        memcpy(value_of(ip, n) + (size_t)i * sizeof word, &word, sizeof word);
    }
}

/* ---- elementwise ---- */

static void run_elementwise(Interp *ip, const Node *n)
{
    int64_t count = sizes_of(ip, &n->shape).count;
    RtDtype in = n->in[0]->dtype;
    for (int64_t i = 0; i < count; i++) {
        const void *x[3] = {NULL, NULL, NULL};
        for (uint32_t k = 0; k < n->n_in; k++)
            x[k] = value_of(ip, n->in[k]) + (size_t)i * element_size(n->in[k]);
        interp_scalar(n->op, in, n->dtype, x[0], x[1], x[2],
                      value_of(ip, n) + (size_t)i * element_size(n));
    }
}

/* ---- the walk ---- */

static void run_node(Interp *ip, const Node *n)
{
    switch (n->op) {
    case OP_const:
        run_const(ip, n);
        break;
    case OP_iota:
        run_iota(ip, n);
        break;
    case OP_input:
        memcpy(value_of(ip, n), bound(&ip->w->inputs, n->attr[0].text), bytes_of(ip, n));
        break;
    case OP_scalar:
        run_scalar(ip, n);
        break;
    case OP_read:
        memcpy(value_of(ip, n), bound(&ip->w->states, n->attr[0].text), bytes_of(ip, n));
        break;
    case OP_output:
        memcpy(bound(&ip->w->outputs, n->attr[0].text), value_of(ip, n->in[0]), bytes_of(ip, n));
        break;
    case OP_write: /* at the end of the step */
        break;
    case OP_rng:
        run_rng(ip, n);
        break;
    case OP_dot:
        interp_dot(ip, n);
        break;
    case OP_sum:
    case OP_reduce_max:
    case OP_argmax:
        interp_reduce(ip, n);
        break;
    case OP_reshape:
    case OP_transpose:
    case OP_broadcast:
    case OP_slice:
    case OP_pad:
    case OP_concat:
    case OP_reverse:
        interp_move(ip, n);
        break;
    case OP_gather:
    case OP_scatter_add:
        interp_index(ip, n);
        break;
    default: /* one element from one element of each input */
        if (!node_is(n, OPT_ELEMENTWISE))
            nnl_bug("'%s' is not interpreted", op_info(n->op)->name);
        run_elementwise(ip, n);
        break;
    }
}

static void run_write(Interp *ip, const Node *n)
{
    if (n->n_in > 1 && !*value_of(ip, n->in[1]))
        return;
    memcpy(bound(&ip->w->states, n->attr[0].text), value_of(ip, n->in[0]), bytes_of(ip, n->in[0]));
}

void interp_run(const InterpWorld *w, const Graph *g)
{
    Interp ip = {w, g, ARENA_ARRAY(w->arena, char *, g->nodes.n + 1)};
    for (size_t i = 0; i < g->nodes.n; i++) {
        const Node *n = g->nodes.at[i];
        ip.value[i] = arena_alloc(w->arena, bytes_of(&ip, n) + 8);
        run_node(&ip, n);
    }
    for (size_t i = 0; i < g->nodes.n; i++)
        if (g->nodes.at[i]->op == OP_write)
            run_write(&ip, g->nodes.at[i]);
}
