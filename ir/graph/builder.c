/* builder.c: short names for making nodes that are right by construction. */
#include "ir/graph/builder.h"

#include <string.h>

#include "support/bug.h"

static Node *add(Builder *b, Op op, uint32_t n, Node *const *in, const Attr *attr)
{
    return graph_must(b->g, op, n, in, attr, b->origin);
}

static bool is_rank0(const Node *n)
{
    return n->shape.rank == 0;
}

/* x with the shape of `like`, if x is a single value and like is not. */
static Node *fit(Builder *b, Node *x, const Node *like)
{
    return is_rank0(x) && !is_rank0(like) ? g_splat(b, x, like->shape) : x;
}

Node *g_unary(Builder *b, Op op, Node *x)
{
    Attr usual[MAX_ATTRS];
    op_default_attrs(b->g, op, usual);
    return add(b, op, 1, &x, usual);
}

Node *g_log_unclip(Builder *b, Node *x)
{
    Attr a[1] = {{.i = true}};
    return add(b, OP_log, 1, &x, a);
}

Node *g_binary(Builder *b, Op op, Node *x, Node *y)
{
    Node *in[2] = {fit(b, x, y), fit(b, y, x)};
    return add(b, op, 2, in, NULL);
}

Node *g_select(Builder *b, Node *cond, Node *yes, Node *no)
{
    const Node *like = !is_rank0(cond) ? cond : !is_rank0(yes) ? yes : no;
    Node *in[3] = {fit(b, cond, like), fit(b, yes, like), fit(b, no, like)};
    return add(b, OP_select, 3, in, NULL);
}

Node *g_cast(Builder *b, Node *x, RtDtype dtype)
{
    if (x->dtype == dtype)
        return x;
    Attr a[1] = {{.dtype = dtype}};
    return add(b, OP_cast, 1, &x, a);
}

/* One element of any type. */
typedef union Element {
    double f64;
    float f32;
    int64_t integer; /* the low bytes are those of any type */
} Element;

/* One of `dtype` with this value. */
static Element element(RtDtype dtype, double v)
{
    Element x = {.integer = 0};
    switch (dtype) {
    case RT_f64:
        x.f64 = v;
        break;
    case RT_f32:
        x.f32 = (float)v;
        break;
    case RT_bool:
        x.integer = v != 0;
        break;
    case RT_i64:
    case RT_i32:
    case RT_u32:
    case RT_i8:
    case RT_u8:
        x.integer = rt_saturate(dtype, v);
        break;
    case RT_f16:
    case RT_bf16:
    case RT_N_DTYPES:
        nnl_bug("constants of %s are not built yet", rt_dtype(dtype)->name);
    }
    return x;
}

static Node *splat_const(Builder *b, RtDtype dtype, Shape shape, double value)
{
    Element e = element(dtype, value);
    Attr a[3];
    memset(a, 0, sizeof a);
    a[0].dtype = dtype;
    a[1].dims = &shape;
    a[2].data = (ConstData){&e, true};
    return add(b, OP_const, 0, NULL, a);
}

Node *g_const(Builder *b, RtDtype dtype, double value)
{
    return splat_const(b, dtype, shape_scalar(), value);
}

Node *g_const_like(Builder *b, const Node *x, double value)
{
    return splat_const(b, x->dtype, x->shape, value);
}

Node *g_row(Builder *b, RtDtype dtype, uint32_t n, const double *values)
{
    size_t size = rt_dtype(dtype)->size;
    char *bytes = arena_array(b->g->arena, n, size);
    Shape shape = {.rank = 1, .dim = {{n, false}}};
    Attr a[3];
    for (uint32_t i = 0; i < n; i++) {
        Element e = element(dtype, values[i]);
        memcpy(bytes + i * size, &e, size);
    }
    memset(a, 0, sizeof a);
    a[0].dtype = dtype;
    a[1].dims = &shape;
    a[2].data = (ConstData){bytes, false};
    return add(b, OP_const, 0, NULL, a);
}

Node *g_scalar_numbered(Builder *b, RunScalar kind, uint32_t id, RtDtype dtype)
{
    Attr a[3];
    memset(a, 0, sizeof a);
    a[0].i = kind;
    a[1].i = id;
    a[2].dtype = dtype;
    return add(b, OP_scalar, 0, NULL, a);
}

Node *g_scalar(Builder *b, RunScalar kind, RtDtype dtype)
{
    return g_scalar_numbered(b, kind, 0, dtype);
}

Node *g_input(Builder *b, const char *name, RtDtype dtype, Shape shape)
{
    Attr a[3];
    memset(a, 0, sizeof a);
    a[0].text = intern(b->g->names, name);
    a[1].dtype = dtype;
    a[2].dims = &shape;
    return add(b, OP_input, 0, NULL, a);
}

Node *g_iota(Builder *b, RtDtype dtype, Shape shape, int axis)
{
    Attr a[3];
    memset(a, 0, sizeof a);
    a[0].dtype = dtype;
    a[1].dims = &shape;
    a[2].i = axis;
    return add(b, OP_iota, 0, NULL, a);
}

Node *g_read(Builder *b, const char *state)
{
    Attr a[1] = {{.text = intern(b->g->names, state)}};
    return add(b, OP_read, 0, NULL, a);
}

Node *g_write(Builder *b, const char *state, Node *value, Node *guard)
{
    Node *in[2] = {value, guard};
    Attr a[1] = {{.text = intern(b->g->names, state)}};
    return add(b, OP_write, guard ? 2 : 1, in, a);
}

Node *g_output(Builder *b, const char *name, Node *value)
{
    Attr a[1] = {{.text = intern(b->g->names, name)}};
    return add(b, OP_output, 1, &value, a);
}

Node *g_rng(Builder *b, Node *seed, Node *step, uint32_t stream, Shape shape)
{
    Node *in[2] = {seed, step};
    Attr a[2];
    memset(a, 0, sizeof a);
    a[0].i = stream;
    a[1].dims = &shape;
    return add(b, OP_rng, 2, in, a);
}

Node *g_broadcast(Builder *b, Node *x, Shape shape, const int64_t *axes)
{
    Attr a[2];
    memset(a, 0, sizeof a);
    a[0].dims = &shape;
    a[1].ints = (IntList){x->shape.rank, axes};
    return add(b, OP_broadcast, 1, &x, a);
}

Node *g_broadcast_over(Builder *b, Node *x, Shape shape, int axis)
{
    int64_t axes[MAX_RANK];
    for (int d = 0; d < x->shape.rank; d++)
        axes[d] = d < axis ? d : d + 1;
    return g_broadcast(b, x, shape, axes);
}

Node *g_splat(Builder *b, Node *x, Shape shape)
{
    if (x->op == OP_const && x->attr[2].data.splat) {
        Attr a[3] = {x->attr[0], {.dims = &shape}, x->attr[2]};
        return add(b, OP_const, 0, NULL, a);
    }
    return g_broadcast(b, x, shape, NULL);
}

Node *g_slice(Builder *b, Node *x, int axis, int64_t begin, int64_t end)
{
    int64_t from[MAX_RANK], to[MAX_RANK], step[MAX_RANK];
    uint32_t rank = x->shape.rank;
    for (int d = 0; d < x->shape.rank; d++) {
        from[d] = d == axis ? begin : 0;
        to[d] = d == axis ? end : x->shape.dim[d].n;
        step[d] = 1;
    }
    Attr a[3] = {{.ints = {rank, from}}, {.ints = {rank, to}}, {.ints = {rank, step}}};
    return add(b, OP_slice, 1, &x, a);
}

Node *g_scatter_add(Builder *b, Node *x, Node *index, Node *updates, int axis)
{
    Node *in[3] = {x, index, updates};
    Attr a[1] = {{.i = axis}};
    return add(b, OP_scatter_add, 3, in, a);
}

Node *g_reshape(Builder *b, Node *x, Shape shape)
{
    Attr a[1];
    if (shape_equal(&x->shape, &shape))
        return x;
    memset(a, 0, sizeof a);
    a[0].dims = &shape;
    return add(b, OP_reshape, 1, &x, a);
}

Node *g_transpose(Builder *b, Node *x, const int64_t *order)
{
    Attr a[1] = {{.ints = {x->shape.rank, order}}};
    return add(b, OP_transpose, 1, &x, a);
}

Node *g_sum(Builder *b, Node *x, const int64_t *axes, uint32_t n_axes, RtDtype acc)
{
    Attr a[3];
    memset(a, 0, sizeof a);
    a[0].ints = (IntList){n_axes, axes};
    a[1].dtype = acc;
    return add(b, OP_sum, 1, &x, a);
}

Node *g_sum_all(Builder *b, Node *x, RtDtype acc)
{
    int64_t axes[MAX_RANK];
    for (int d = 0; d < x->shape.rank; d++)
        axes[d] = d;
    return g_sum(b, x, axes, x->shape.rank, acc);
}

Node *g_reduce_max(Builder *b, Node *x, int axis)
{
    int64_t axes[1] = {axis};
    Attr a[2];
    memset(a, 0, sizeof a);
    a[0].ints = (IntList){1, axes};
    return add(b, OP_reduce_max, 1, &x, a);
}

Node *g_argmax(Builder *b, Node *x, int axis)
{
    Attr a[1] = {{.i = axis}};
    return add(b, OP_argmax, 1, &x, a);
}

Node *g_dot(Builder *b, Node *x, Node *y, IntList batch_x, IntList batch_y, IntList contract_x,
            IntList contract_y, Node *init)
{
    Node *in[3] = {x, y, init};
    Attr a[6];
    memset(a, 0, sizeof a);
    a[0].ints = batch_x;
    a[1].ints = batch_y;
    a[2].ints = contract_x;
    a[3].ints = contract_y;
    a[4].dtype = x->dtype;
    return add(b, OP_dot, init ? 3 : 2, in, a);
}

Node *g_matmul(Builder *b, Node *x, Node *w, Node *init)
{
    int64_t last[1] = {x->shape.rank - 1}, first[1] = {0};
    IntList none = {0, NULL};
    return g_dot(b, x, w, none, none, (IntList){1, last}, (IntList){1, first}, init);
}
