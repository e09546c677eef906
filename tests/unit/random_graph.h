/* random_graph.h: graphs that no person would write, made from a seed: for tests that compare two ways
 * of computing one (docs/ir.md, Tests).
 *
 * Dims come from {1, 7, 8, 9, 23, 24, 25, 47, 97}; inputs "x" (f32 [N, d]) and "i" (i32 [N]), scalars
 * seed, step, states "s0", "s1", … that are read and written, outputs "o0", "o1", …. */
#ifndef NNLC_TESTS_UNIT_RANDOM_GRAPH_H
#define NNLC_TESTS_UNIT_RANDOM_GRAPH_H

#include <stdio.h>
#include <string.h>

#include "ir/graph/builder.h"
#include "runtime/math/philox.h"

typedef struct RandomGraph {
    Builder b;
    uint64_t seed, draws;
    Vec(Node *) values;
    unsigned n_states;
} RandomGraph;

static inline uint32_t rg_below(RandomGraph *r, uint32_t n)
{
    return rt_bounded_u32(r->seed, 0, 77, r->draws++, n);
}

static inline int64_t rg_dim(RandomGraph *r)
{
    static const int64_t dims[] = {1, 7, 8, 9, 23, 24, 25, 47, 97};
    return dims[rg_below(r, sizeof dims / sizeof *dims)];
}

static inline Node *rg_keep(RandomGraph *r, Node *n)
{
    if (n)
        vec_push(r->b.g->arena, &r->values, n);
    return n;
}

static inline Node *rg_pick(RandomGraph *r)
{
    /* later values are likelier, so that graphs get deep */
    uint32_t n = (uint32_t)r->values.n, a = rg_below(r, n), c = rg_below(r, n);
    return r->values.at[a > c ? a : c];
}

static inline bool rg_is_float(const Node *n)
{
    return rt_dtype(n->dtype)->is_float;
}

static inline Node *rg_pick_float(RandomGraph *r)
{
    for (int i = 0; i < 20; i++) {
        Node *n = rg_pick(r);
        if (rg_is_float(n))
            return n;
    }
    return r->values.at[0];
}

/* Another value of the same type and shape, or a constant of it. */
static inline Node *rg_alike(RandomGraph *r, Node *x)
{
    for (int i = 0; i < 10; i++) {
        Node *y = rg_pick(r);
        if (y->dtype == x->dtype && shape_equal(&y->shape, &x->shape))
            return y;
    }
    if (x->dtype == RT_bool)
        return x;
    return g_const_like(&r->b, x, (double)rg_below(r, 9) * 0.5 - (rg_is_float(x) ? 2 : 0));
}

static inline Shape rg_shape(int rank, const int64_t *dims, bool batch)
{
    Shape s;
    memset(&s, 0, sizeof s);
    if (batch)
        s.dim[s.rank++] = (Dim){1, true};
    for (int i = 0; i < rank; i++)
        s.dim[s.rank++] = (Dim){dims[i], false};
    return s;
}

static inline Node *rg_state(RandomGraph *r, RtDtype dtype, Shape shape)
{
    char name[16];
    snprintf(name, sizeof name, "s%u", r->n_states++);
    State s = {.name = intern(r->b.g->names, name),
               .dtype = dtype,
               .shape = shape,
               .role = ROLE_weight,
               .trainable = true};
    graph_state_add(r->b.g, s);
    return rg_keep(r, g_read(&r->b, s.name));
}

static inline Node *rg_add(RandomGraph *r, Op op, uint32_t n, Node *const *in, const Attr *attr)
{
    Attr usual[MAX_ATTRS];
    op_default_attrs(r->b.g, op, usual);
    return graph_add(r->b.g, op, n, in, attr ? attr : usual, r->b.origin);
}

static inline void rg_unary(RandomGraph *r)
{
    static const Op ops[] = {OP_neg,  OP_abs,       OP_sign,         OP_floor, OP_round,
                             OP_sqrt, OP_exp,       OP_expm1,        OP_log,   OP_log1p,
                             OP_tanh, OP_sigmoid,   OP_softplus,     OP_erf,   OP_sin,
                             OP_cos,  OP_is_finite, OP_stop_gradient};
    Node *x = rg_pick_float(r);
    rg_keep(r, rg_add(r, ops[rg_below(r, sizeof ops / sizeof *ops)], 1, &x, NULL));
}

static inline void rg_binary(RandomGraph *r)
{
    static const Op ops[] = {OP_add, OP_sub, OP_mul, OP_div, OP_max, OP_min,
                             OP_pow, OP_eq,  OP_lt,  OP_le,  OP_add, OP_mul};
    static const Op integer[] = {OP_add, OP_sub, OP_mul, OP_div, OP_max, OP_min, OP_rem, OP_and,
                                 OP_or,  OP_xor, OP_shl, OP_shr, OP_eq,  OP_lt,  OP_le};
    static const Op logic[] = {OP_and, OP_or, OP_xor, OP_eq};
    Node *x = rg_pick(r), *in[3] = {x, rg_alike(r, x), NULL};
    if (!rg_is_float(x) && rg_below(r, 5) == 0) {
        rg_keep(r, rg_add(r, OP_not, 1, &x, NULL));
        return;
    }
    Op op = x->dtype == RT_bool ? logic[rg_below(r, 4)]
            : rg_is_float(x)    ? ops[rg_below(r, sizeof ops / sizeof *ops)]
                                : integer[rg_below(r, sizeof integer / sizeof *integer)];
    if (rg_is_float(x) && rg_below(r, 8) == 0) {
        in[2] = rg_alike(r, x);
        op = OP_fma;
    }
    rg_keep(r, rg_add(r, op, op == OP_fma ? 3 : 2, in, NULL));
}

static inline void rg_cast(RandomGraph *r)
{
    static const RtDtype types[] = {RT_f32, RT_f64, RT_i32, RT_u32, RT_u8, RT_bool, RT_i64, RT_f32};
    rg_keep(r, g_cast(&r->b, rg_pick(r), types[rg_below(r, 8)]));
}

static inline void rg_select(RandomGraph *r)
{
    Node *x = rg_pick(r), *y = rg_alike(r, x);
    if (x->dtype == RT_bool)
        return;
    Node *in[2] = {x, rg_alike(r, x)};
    rg_keep(r, g_select(&r->b, rg_add(r, OP_lt, 2, in, NULL), x, y));
}

/* w less the gradient that y would give it. */
static inline void rg_update(RandomGraph *r, Node *w, Node *x, Node *y)
{
    int64_t zero = 0;
    IntList none = {0, NULL}, first = {1, &zero};
    Node *g = g_dot(&r->b, x, y, none, none, first, first, NULL), *in[2] = {w, g};
    rg_keep(r, rg_add(r, rg_below(r, 2) ? OP_sub : OP_mul, 2, in, NULL));
}

/* [N, k] x [k, m], with a bias or not; or over the batch: [N, k] x [N, m]. */
static inline void rg_dot(RandomGraph *r)
{
    Node *x = rg_pick_float(r);
    int batch = shape_batch_axis(&x->shape);
    if (x->shape.rank != 2 || batch > 0)
        return;
    if (batch == 0 && rg_below(r, 3) == 0) {
        Node *y = rg_pick_float(r);
        int64_t zero = 0;
        IntList none = {0, NULL}, first = {1, &zero};
        if (y->shape.rank == 2 && shape_batch_axis(&y->shape) == 0 && y->dtype == x->dtype)
            rg_keep(r, g_dot(&r->b, x, y, none, none, first, first, NULL));
        return;
    }
    int64_t m = rg_dim(r), k = x->shape.dim[1].n, dims[2] = {k, m};
    Node *w = rg_state(r, x->dtype, rg_shape(2, dims, false)), *init = NULL;
    if (rg_below(r, 2)) {
        Shape s = x->shape;
        int64_t axis = 1;
        s.dim[1].n = m;
        init = g_broadcast(&r->b, rg_state(r, x->dtype, rg_shape(1, &m, false)), s, &axis);
    }
    Node *y = rg_keep(r, g_matmul(&r->b, x, w, init));
    if (batch == 0 && rg_below(r, 3) == 0)
        rg_update(r, w, x, y);
}

static inline void rg_fold(RandomGraph *r, Node *x, const int64_t *axes, uint32_t n)
{
    switch (rg_below(r, 4)) {
    case 0:
        rg_keep(r, g_reduce_max(&r->b, x, (int)axes[0]));
        break;
    case 1:
        rg_keep(r, g_argmax(&r->b, x, (int)axes[0]));
        break;
    default:
        rg_keep(r, g_sum(&r->b, x, axes, n,
                         x->dtype == RT_f32 && rg_below(r, 4) == 0 ? RT_f64 : x->dtype));
        break;
    }
}

static inline void rg_reduce(RandomGraph *r)
{
    Node *x = rg_pick(r);
    int64_t axes[MAX_RANK];
    uint32_t n = 0;
    if (x->dtype == RT_bool || !x->shape.rank)
        return;
    for (int d = 0; d < x->shape.rank; d++)
        if (rg_below(r, 2))
            axes[n++] = d;
    if (!n)
        axes[n++] = x->shape.rank - 1;
    rg_fold(r, x, axes, n);
    if (rg_below(r, 3))
        return;
    /* more of the same points, as of metrics beside a loss */
    for (uint32_t more = 1 + rg_below(r, 3); more; more--) {
        Node *y = rg_alike(r, x), *in[2] = {x, y};
        Node *same = rg_below(r, 3) ? rg_add(r, rg_below(r, 2) ? OP_mul : OP_sub, 2, in, NULL) : x;
        if (same)
            rg_fold(r, same, axes, n);
        if (same != x && rg_below(r, 2))
            rg_keep(r, same);
    }
}

/* The elements of a row in one axis, or in another order of the sizes; a batch axis stays in front. */
static inline void rg_reshape(RandomGraph *r, Node *x)
{
    int first = x->shape.dim[0].batch, n = x->shape.rank;
    int64_t dims[MAX_RANK], count = 1;
    bool flat = rg_below(r, 2);
    if (shape_batch_axis(&x->shape) > 0)
        return;
    for (int d = first; d < n; d++) {
        dims[n - 1 - d] = x->shape.dim[d].n;
        count *= x->shape.dim[d].n;
    }
    rg_keep(r, g_reshape(&r->b, x, rg_shape(flat ? 1 : n - first, flat ? &count : dims, first)));
}

static inline void rg_move(RandomGraph *r)
{
    Node *x = rg_pick(r);
    int rank = x->shape.rank;
    int64_t a[MAX_RANK], c[MAX_RANK], e[MAX_RANK];
    Attr attr[MAX_ATTRS];
    if (!rank)
        return;
    memset(attr, 0, sizeof attr);
    for (int d = 0; d < rank; d++) {
        bool batch = x->shape.dim[d].batch;
        int64_t n = x->shape.dim[d].n;
        a[d] = batch ? 0 : rg_below(r, (uint32_t)(n < 4 ? n : 4));
        c[d] = batch ? n : n - rg_below(r, (uint32_t)((n - a[d]) < 3 ? (n - a[d]) : 3));
        e[d] = batch ? 1 : 1 + rg_below(r, 2);
    }
    attr[0].ints = (IntList){(uint32_t)rank, a};
    attr[1].ints = (IntList){(uint32_t)rank, c};
    attr[2].ints = (IntList){(uint32_t)rank, e};
    switch (rg_below(r, 6)) {
    case 4:
        rg_reshape(r, x);
        break;
    case 0:
        rg_keep(r, rg_add(r, OP_slice, 1, &x, attr));
        break;
    case 1: {
        Node *in[2] = {x, g_const(&r->b, x->dtype, x->dtype == RT_bool ? 1 : 3)};
        for (int d = 0; d < rank; d++) {
            c[d] = x->shape.dim[d].batch ? 0 : c[d] % 3;
            e[d] = x->shape.dim[d].batch ? 0 : e[d] - 1;
        }
        rg_keep(r, rg_add(r, OP_pad, 2, in, attr));
        break;
    }
    case 2: {
        int64_t order[MAX_RANK];
        for (int d = 0; d < rank; d++)
            order[d] = rank - 1 - d;
        rg_keep(r, g_transpose(&r->b, x, order));
        break;
    }
    case 3: {
        Node *y = rg_alike(r, x), *in[2] = {x, y};
        attr[0].i = rank - 1;
        if (!x->shape.dim[rank - 1].batch)
            rg_keep(r, rg_add(r, OP_concat, 2, in, attr));
        break;
    }
    default:
        a[0] = rank - 1;
        attr[0].ints = (IntList){1, a};
        if (!x->shape.dim[rank - 1].batch)
            rg_keep(r, rg_add(r, OP_reverse, 1, &x, attr));
        break;
    }
}

static inline void rg_index(RandomGraph *r)
{
    Node *table = rg_pick_float(r), *index = r->values.at[1];
    Attr attr[MAX_ATTRS];
    memset(attr, 0, sizeof attr);
    if (table->shape.rank != 2 || shape_batch_axis(&table->shape) >= 0)
        return;
    Node *rows[2] = {table, index};
    Node *slices = rg_keep(r, rg_add(r, OP_gather, 2, rows, attr));
    if (slices && rg_below(r, 2)) {
        Node *in[3] = {table, index, slices};
        rg_keep(r, rg_add(r, OP_scatter_add, 3, in, attr));
    }
}

static inline void rg_source(RandomGraph *r)
{
    int64_t dims[2] = {rg_dim(r), rg_dim(r)};
    Node *seed = g_scalar(&r->b, SCALAR_seed, RT_i64), *step = g_scalar(&r->b, SCALAR_step, RT_i64);
    switch (rg_below(r, 3)) {
    case 0:
        rg_keep(r, g_rng(&r->b, seed, step, rg_below(r, 1000), rg_shape(1, dims, true)));
        break;
    case 1:
        rg_keep(r, g_iota(&r->b, RT_i32, rg_shape(2, dims, false), (int)rg_below(r, 2)));
        break;
    default:
        rg_state(r, RT_f32, rg_shape(2, dims, false));
        break;
    }
}

/* Like those that gradients start from. */
static inline void rg_const(RandomGraph *r)
{
    static const double values[] = {0, 1, -1, 2, 7, -0.0, 0.5, -3.25, 1e30};
    bool is_float = rg_below(r, 4) > 0;
    int64_t d = rg_dim(r);
    Node *x = g_const(&r->b, is_float ? RT_f32 : RT_i32, values[rg_below(r, is_float ? 9 : 5)]);
    rg_keep(r, g_splat(&r->b, x, rg_shape(1, &d, rg_below(r, 2))));
}

static inline void rg_broadcast(RandomGraph *r)
{
    Node *x = rg_pick(r);
    if (x->shape.rank != 1 || x->shape.dim[0].batch)
        return;
    int64_t axis = 1, n = x->shape.dim[0].n;
    rg_keep(r, g_broadcast(&r->b, x, rg_shape(1, &n, true), &axis));
}

/* Roots: every state gets something of its shape, the last values are outputs. */
static inline void rg_roots(RandomGraph *r)
{
    Graph *g = r->b.g;
    size_t n_states = g->states.n;
    for (size_t s = 0; s < n_states; s++)
        for (size_t i = r->values.n; i-- > 0;) {
            Node *v = r->values.at[i];
            bool fits = v->dtype == g->states.at[s].dtype && v->op != OP_read &&
                        shape_equal(&v->shape, &g->states.at[s].shape);
            if (fits) {
                g_write(&r->b, g->states.at[s].name, v, NULL);
                break;
            }
        }
    unsigned n = 0;
    for (size_t i = r->values.n; i-- > 2 && n < 4;) {
        Node *v = r->values.at[i];
        if (shape_batch_axis(&v->shape) > 0)
            continue;
        char name[8];
        snprintf(name, sizeof name, "o%u", n++);
        g_output(&r->b, intern(g->names, name), v);
    }
}

static inline Graph *random_graph(Arena *arena, Interner *names, uint64_t seed, int64_t batch)
{
    static void (*const steps[])(RandomGraph *) = {
        rg_unary, rg_unary,  rg_binary, rg_binary, rg_cast,   rg_select,    rg_dot,
        rg_dot,   rg_reduce, rg_move,   rg_index,  rg_source, rg_broadcast, rg_const};
    RandomGraph r = {.seed = seed};
    int64_t d;
    r.b.g = graph_new(arena, names, NULL, intern(names, "random"), batch);
    d = rg_dim(&r);
    rg_keep(&r, g_input(&r.b, "x", RT_f32, rg_shape(1, &d, true)));
    rg_keep(&r, g_input(&r.b, "i", RT_i32, rg_shape(0, NULL, true)));
    unsigned n = 6 + rg_below(&r, 20);
    for (unsigned i = 0; i < n; i++)
        steps[rg_below(&r, sizeof steps / sizeof *steps)](&r);
    rg_roots(&r);
    return r.b.g;
}

#endif
