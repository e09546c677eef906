/* exprs.c: run-time expressions as nodes: the bodies of fn(x) and fn(y, p), and scalars that options
 * reach.
 *
 * Tensors of a fn are rows of the batch, [N, ...]; values are aligned as in NumPy, but sample by
 * sample: the batch axis of one always meets that of the other, the axes behind it are counted from
 * the right. Axes of `sum`, `mean`, … count as in Keras, the batch being axis 0; without axis= they go
 * over all axes but the batch's. */
#include "ir/layers/build_internal.h"

#include <string.h>

typedef struct Memo {
    const Expr *expr;
    Node *node;
} Memo;

typedef struct ExprCx {
    BuildCx *cx;
    Builder *b;
    RtDtype dtype; /* of numbers */
    Node *const *args;
    uint32_t n_args;
    Node *targets; /* of a loss or metric, as the data has them: args[0] is made of them */
    Vec(Memo) done;
} ExprCx;

static Node *expr_node(ExprCx *ex, const Expr *e);

/* bool counts as 0 and 1 where a number is asked. */
static Node *as_number(ExprCx *ex, Node *x)
{
    return g_cast(ex->b, x, ex->dtype);
}

static Node *as_bool(ExprCx *ex, Node *x)
{
    return g_cast(ex->b, x, RT_bool);
}

/* The shape both take; false after an error. */
static bool common_shape(ExprCx *ex, Range range, const Node *x, const Node *y, Shape *out)
{
    const Shape *a = &x->shape, *b = &y->shape;
    const Shape *more = a->rank >= b->rank ? a : b, *less = a->rank >= b->rank ? b : a;
    *out = *more;
    for (int i = 1; i < less->rank; i++) {
        Dim *d = &out->dim[more->rank - i];
        int64_t n = less->dim[less->rank - i].n;
        if (d->n != n && d->n != 1 && n != 1) {
            diag_error(ex->cx->diags, range, "values of shapes %s and %s do not fit together",
                       shape_for_user(ex->cx->arena, a), shape_for_user(ex->cx->arena, b));
            return false;
        }
        if (d->n == 1)
            d->n = n;
    }
    return true;
}

/* x repeated to `shape`: along missing axes, and along axes of size 1. */
static Node *widen(ExprCx *ex, Node *x, const Shape *shape)
{
    Shape kept = {0};
    int64_t axes[MAX_RANK];
    if (shape_equal(&x->shape, shape))
        return x;
    if (x->shape.rank == 0)
        return g_splat(ex->b, x, *shape);
    for (int i = 0; i < x->shape.rank; i++) {
        int to = i == 0 ? 0 : shape->rank - x->shape.rank + i;
        if (x->shape.dim[i].n == shape->dim[to].n) {
            axes[kept.rank] = to;
            kept.dim[kept.rank++] = x->shape.dim[i];
        }
    }
    if (kept.rank != x->shape.rank)
        x = g_reshape(ex->b, x, kept);
    return g_broadcast(ex->b, x, *shape, axes);
}

static bool alike(ExprCx *ex, Range range, Node **x, Node **y)
{
    Shape shape;
    if (!common_shape(ex, range, *x, *y, &shape))
        return false;
    *x = widen(ex, *x, &shape);
    *y = widen(ex, *y, &shape);
    return true;
}

/* Both operands as numbers of one shape. */
static bool operands(ExprCx *ex, const Expr *e, Node **x, Node **y)
{
    *x = expr_node(ex, e->args[0]);
    *y = *x ? expr_node(ex, e->args[1]) : NULL;
    if (!*y)
        return false;
    *x = as_number(ex, *x);
    *y = as_number(ex, *y);
    return alike(ex, e->range, x, y);
}

static Node *binary(ExprCx *ex, const Expr *e, Op op)
{
    Node *x, *y;
    return operands(ex, e, &x, &y) ? g_binary(ex->b, op, x, y) : NULL;
}

/* a > b is b < a */
static Node *swapped(ExprCx *ex, const Expr *e, Op op)
{
    Node *x, *y;
    return operands(ex, e, &x, &y) ? g_binary(ex->b, op, y, x) : NULL;
}

static Node *floor_div(ExprCx *ex, const Expr *e, Op op)
{
    Node *q = binary(ex, e, op);
    return q ? g_unary(ex->b, OP_floor, q) : NULL;
}

/* x - floor(x / y) * y: the sign of y, as in the language */
static Node *remainder_of(ExprCx *ex, const Expr *e, Op op)
{
    Node *x, *y;
    if (!operands(ex, e, &x, &y))
        return NULL;
    Node *q = g_unary(ex->b, op, g_div(ex->b, x, y));
    return g_sub(ex->b, x, g_mul(ex->b, q, y));
}

static Node *logic(ExprCx *ex, const Expr *e, Op op)
{
    Node *x = expr_node(ex, e->args[0]);
    Node *y = x ? expr_node(ex, e->args[1]) : NULL;
    if (!y)
        return NULL;
    x = as_bool(ex, x);
    y = as_bool(ex, y);
    return alike(ex, e->range, &x, &y) ? g_binary(ex->b, op, x, y) : NULL;
}

static Node *negation(ExprCx *ex, const Expr *e, Op op)
{
    Node *x = expr_node(ex, e->args[0]);
    return x ? g_unary(ex->b, op, as_bool(ex, x)) : NULL;
}

static Node *differs(ExprCx *ex, const Expr *e, Op op)
{
    Node *x = binary(ex, e, op);
    return x ? g_unary(ex->b, OP_not, x) : NULL;
}

static Node *where_node(ExprCx *ex, const Expr *e, Op op)
{
    (void)op;
    Node *cond = expr_node(ex, e->args[0]);
    Node *yes = cond ? expr_node(ex, e->args[1]) : NULL;
    Node *no = yes ? expr_node(ex, e->args[2]) : NULL;
    if (!no)
        return NULL;
    cond = as_bool(ex, cond);
    yes = as_number(ex, yes);
    no = as_number(ex, no);
    if (!alike(ex, e->range, &yes, &no) || !alike(ex, e->range, &cond, &yes))
        return NULL;
    no = widen(ex, no, &yes->shape);
    return g_select(ex->b, cond, yes, no);
}

static Node *unary(ExprCx *ex, const Expr *e, Op op)
{
    Node *x = expr_node(ex, e->args[0]);
    return x ? g_unary(ex->b, op, as_number(ex, x)) : NULL;
}

/* -floor(-x) */
static Node *ceil_node(ExprCx *ex, const Expr *e, Op op)
{
    Node *x = unary(ex, e, op);
    return x ? g_unary(ex->b, op, g_unary(ex->b, OP_floor, x)) : NULL;
}

/* ---- reductions ---- */

static const char *const expr_names[] = {
#define EXPR(id, least, most) #id,
#include "runtime/abi/exprs.def"
};

/* Without axis= all but the batch's; argmin and argmax go over the last one. */
static bool axes_of(ExprCx *ex, const Expr *e, const Node *x, bool only_last, Axes *axes)
{
    static const int64_t last[] = {-1};
    const char *who = arena_printf(ex->cx->arena, "'%s'", expr_names[e->op]);
    bool one = only_last && !e->n_axes;
    return axes_find(ex->cx, e->range, who, one ? 1 : e->n_axes, one ? last : e->axes, &x->shape,
                     axes);
}

/* The result with its axes back at size 1, where keepdims asks for it. */
static Node *keep_dims(ExprCx *ex, const Expr *e, Node *y, const Node *x, const Axes *axes)
{
    Shape shape = x->shape;
    if (e->value == 0)
        return y;
    for (uint32_t i = 0; i < axes->n; i++)
        shape.dim[axes->at[i]].n = 1;
    return g_reshape(ex->b, y, shape);
}

static Node *sum_over(ExprCx *ex, Node *x, const Axes *axes)
{
    return axes->n ? g_sum(ex->b, x, axes->at, axes->n, x->dtype) : x;
}

static Node *mean_over(ExprCx *ex, Node *x, const Axes *axes)
{
    Node *total = sum_over(ex, x, axes);
    return axes->n ? g_div(ex->b, total, g_const_like(ex->b, total, (double)axes->count)) : total;
}

static Node *max_over(ExprCx *ex, Node *x, const Axes *axes)
{
    for (uint32_t i = axes->n; i-- > 0;)
        x = g_reduce_max(ex->b, x, (int)axes->at[i]);
    return x;
}

/* sqrt(mean((x - mean(x))^2)) */
static Node *std_over(ExprCx *ex, Node *x, const Axes *axes)
{
    Shape narrow = x->shape;
    for (uint32_t i = 0; i < axes->n; i++)
        narrow.dim[axes->at[i]].n = 1;
    Node *mean = g_reshape(ex->b, mean_over(ex, x, axes), narrow);
    Node *d = g_sub(ex->b, x, widen(ex, mean, &x->shape));
    return g_unary(ex->b, OP_sqrt, mean_over(ex, g_mul(ex->b, d, d), axes));
}

static Node *reduction(ExprCx *ex, const Expr *e, Op op)
{
    (void)op;
    Builder *b = ex->b;
    bool index = e->op == EX_argmin || e->op == EX_argmax;
    bool least = e->op == EX_argmin || e->op == EX_min;
    Axes axes;
    Node *x = expr_node(ex, e->args[0]), *y;
    if (!x || x->shape.rank == 0)
        return x;
    x = as_number(ex, x);
    if (!axes_of(ex, e, x, index, &axes))
        return NULL;
    Node *v = least ? g_unary(b, OP_neg, x) : x;
    if (index)
        y = as_number(ex, g_argmax(b, v, (int)axes.at[0]));
    else if (e->op == EX_sum)
        y = sum_over(ex, v, &axes);
    else if (e->op == EX_mean)
        y = mean_over(ex, v, &axes);
    else if (e->op == EX_std)
        y = std_over(ex, v, &axes);
    else
        y = max_over(ex, v, &axes);
    if (e->op == EX_min)
        y = g_unary(b, OP_neg, y);
    return keep_dims(ex, e, y, x, &axes);
}

/* ---- activations, losses, metrics ---- */

static bool is_argument(const Expr *e, int64_t index)
{
    return e->op == EX_argument && e->index == index;
}

static Node *whole_mean(Builder *b, Node *x)
{
    Node *total = g_sum_all(b, x, x->dtype);
    return g_div(b, total, g_const_like(b, total, (double)shape_count(&x->shape, 1)));
}

/* What belongs to one sample has at least one axis of its own. */
static Node *rows_of(ExprCx *ex, Node *x, const Node *like)
{
    Shape one = {.rank = 2, .dim = {{1, true}, {1, false}}};
    if (x->shape.rank == 0)
        return like->shape.rank > 1 ? g_splat(ex->b, x, like->shape) : g_splat(ex->b, x, one);
    return x->shape.rank == 1 ? g_reshape(ex->b, x, one) : x;
}

/* The mean over all axes but the batch's, [N]; of values that count. */
static Node *mean_of_sample(ExprCx *ex, const Flow *v)
{
    Builder *b = ex->b;
    Shape rows = {.rank = 1, .dim = {{1, true}}};
    Axes axes = {.n = 0, .count = 1};
    if (!v->value->shape.rank || !v->value->shape.dim[0].batch)
        return g_splat(b, v->value->shape.rank ? whole_mean(b, v->value) : v->value, rows);
    for (int i = 1; i < v->value->shape.rank; i++) {
        axes.at[axes.n++] = i;
        axes.count *= v->value->shape.dim[i].n;
    }
    if (!v->mask || !axes.n)
        return mean_over(ex, v->value, &axes);
    Node *n = sum_over(ex, as_number(ex, v->mask), &axes);
    n = g_binary(b, OP_max, n, g_const_like(b, n, 1));
    return g_div(b, sum_over(ex, v->value, &axes), n);
}

/* A fn that calls a loss gets one value per sample. */
static bool reduces(ExprCx *ex, const Call *call)
{
    int at = row_arg(call->row, "reduction");
    if (at < 0 || !call->args[at].given || !strcmp(call->args[at].text, "none"))
        return false;
    diag_error(ex->cx->diags, call->args[at].range,
               "in a fn '%s' gives one value per sample, which has no reduction", call->row->name);
    diag_help(ex->cx->diags, "a loss that is given to compile takes reduction=");
    return true;
}

/* One value per sample: the mean of those that the row gives. */
static Node *compared(ExprCx *ex, const Expr *e, Node *y, Node *p)
{
    const Call *call = e->call;
    if (call->kind == VOCAB_metric && !metric_has_values(call->row)) {
        diag_error(ex->cx->diags, e->range,
                   "'%s' is computed of all samples together, so a fn cannot use it", call->name);
        diag_help(ex->cx->diags, "name it in the metrics of compile");
        return NULL;
    }
    PairKind before = ex->cx->pair;
    bool targets = ex->targets && is_argument(e->args[0], 0);
    Flow values;
    if (reduces(ex, call))
        return NULL;
    if (targets)
        y = ex->targets;
    p = rows_of(ex, p, y);
    ex->cx->pair = !targets ? PAIR_values : is_argument(e->args[1], 1) ? PAIR_data : PAIR_targets;
    bool built = call->kind == VOCAB_loss ? loss_of_call(ex->cx, call, y, p, &values)
                                          : metric_values(ex->cx, call, y, p, &values);
    ex->cx->pair = before;
    return built ? mean_of_sample(ex, &values) : NULL;
}

/* one_hot(x, n): a vector for each number. */
static Node *encoded(ExprCx *ex, const Expr *e, Node *x)
{
    if (is_argument(e->args[0], 0) && ex->targets)
        x = ex->targets;
    int last = x->shape.rank - 1;
    if (last > 0 && last_dim(x) == 1)
        x = g_reshape(ex->b, x, shape_without_last(&x->shape));
    if (x->shape.rank < MAX_RANK)
        return as_number(ex, one_hot_node(ex->cx, x, e->call->args[ARG_one_hot_n].i));
    diag_error(ex->cx->diags, e->range, "one_hot adds an axis, but %s has as many as there can be",
               shape_for_user(ex->cx->arena, &x->shape));
    return NULL;
}

static Node *called(ExprCx *ex, const Expr *e, Op op)
{
    (void)op;
    Node *x = expr_node(ex, e->args[0]);
    Node *p = x && e->n_args > 1 ? expr_node(ex, e->args[1]) : NULL;
    if (!x || (e->n_args > 1 && !p))
        return NULL;
    if (p)
        return compared(ex, e, as_number(ex, x), as_number(ex, p));
    return e->call->kind == VOCAB_transform ? encoded(ex, e, x)
                                            : build_activation(ex->cx, e->call, as_number(ex, x));
}

/* signs(y, p) */
static Node *signs(ExprCx *ex, const Expr *e, Op op)
{
    (void)op;
    Node *y = expr_node(ex, e->args[0]), *p = y ? expr_node(ex, e->args[1]) : NULL;
    if (!p)
        return NULL;
    PairKind before = ex->cx->pair;
    bool targets = ex->targets && is_argument(e->args[0], 0);
    y = targets ? ex->targets : as_number(ex, y);
    p = rows_of(ex, as_number(ex, p), y);
    ex->cx->pair = !targets ? PAIR_values : is_argument(e->args[1], 1) ? PAIR_data : PAIR_targets;
    Node *s = signs_of(ex->cx, e->range, y, p);
    ex->cx->pair = before;
    return s;
}

/* ---- all of them ---- */

static Node *literal(ExprCx *ex, const Expr *e, Op op)
{
    (void)op;
    return g_const(ex->b, ex->dtype, e->value);
}

static Node *argument(ExprCx *ex, const Expr *e, Op op)
{
    (void)op;
    nnl_assert(e->index >= 0 && e->index < ex->n_args);
    return ex->args[e->index];
}

static Node *option(ExprCx *ex, const Expr *e, Op op)
{
    (void)op;
    const Program *p = ex->cx->request->program;
    nnl_assert(e->index >= 0 && (size_t)e->index < p->options.n);
    uint32_t id = p->options.at[e->index].id;
    return as_number(ex, g_scalar_numbered(ex->b, SCALAR_option, id, RT_f64));
}

static Node *unfit(ExprCx *ex, const Expr *e, Op op)
{
    (void)op;
    diag_error(ex->cx->diags, e->range, "this cannot be used in a computation of the network");
    diag_help(ex->cx->diags, "tensors take + - * / ** comparisons, exp log abs sqrt tanh sigmoid, "
                             "maximum minimum where, sum mean std min max, activations and losses");
    return NULL;
}

typedef Node *ExprRule(ExprCx *ex, const Expr *e, Op op);

/* One row per operator of exprs.def. */
static const struct {
    ExprRule *make;
    Op op;
} rules[N_EXPRS] = {
    [EX_number] = {literal, OP_const},
    [EX_boolean] = {literal, OP_const},
    [EX_text] = {unfit, OP_const},
    [EX_none] = {unfit, OP_const},
    [EX_option] = {option, OP_scalar},
    [EX_argument] = {argument, OP_input},
    [EX_result] = {unfit, OP_const},
    [EX_weight] = {unfit, OP_const},
    [EX_part] = {unfit, OP_const},
    [EX_add] = {binary, OP_add},
    [EX_sub] = {binary, OP_sub},
    [EX_mul] = {binary, OP_mul},
    [EX_div] = {binary, OP_div},
    [EX_floordiv] = {floor_div, OP_div},
    [EX_rem] = {remainder_of, OP_floor},
    [EX_pow] = {binary, OP_pow},
    [EX_neg] = {unary, OP_neg},
    [EX_eq] = {binary, OP_eq},
    [EX_ne] = {differs, OP_eq},
    [EX_lt] = {binary, OP_lt},
    [EX_le] = {binary, OP_le},
    [EX_gt] = {swapped, OP_lt},
    [EX_ge] = {swapped, OP_le},
    [EX_and] = {logic, OP_and},
    [EX_or] = {logic, OP_or},
    [EX_not] = {negation, OP_not},
    [EX_where] = {where_node, OP_select},
    [EX_exp] = {unary, OP_exp},
    [EX_log] = {unary, OP_log},
    [EX_abs] = {unary, OP_abs},
    [EX_sqrt] = {unary, OP_sqrt},
    [EX_tanh] = {unary, OP_tanh},
    [EX_sigmoid] = {unary, OP_sigmoid},
    [EX_sin] = {unary, OP_sin},
    [EX_cos] = {unary, OP_cos},
    [EX_floor] = {unary, OP_floor},
    [EX_ceil] = {ceil_node, OP_neg},
    [EX_round] = {unary, OP_round},
    [EX_maximum] = {binary, OP_max},
    [EX_minimum] = {binary, OP_min},
    [EX_sum] = {reduction, OP_sum},
    [EX_mean] = {reduction, OP_sum},
    [EX_std] = {reduction, OP_sum},
    [EX_min] = {reduction, OP_reduce_max},
    [EX_max] = {reduction, OP_reduce_max},
    [EX_argmin] = {reduction, OP_argmax},
    [EX_argmax] = {reduction, OP_argmax},
    [EX_last] = {unfit, OP_const},
    [EX_len] = {unfit, OP_const},
    [EX_index] = {unfit, OP_const},
    [EX_rows] = {unfit, OP_const},
    [EX_confusion_matrix] = {unfit, OP_const},
    [EX_accuracy] = {unfit, OP_const},
    [EX_roc_auc] = {unfit, OP_const},
    [EX_format] = {unfit, OP_const},
    [EX_list] = {unfit, OP_const},
    [EX_call] = {called, OP_const},
    [EX_signs] = {signs, OP_const},
};

/* An expression that several others share is made once. */
static Node *expr_node(ExprCx *ex, const Expr *e)
{
    for (size_t i = 0; i < ex->done.n; i++)
        if (ex->done.at[i].expr == e)
            return ex->done.at[i].node;
    if (!rules[e->op].make)
        nnl_bug("expression %d is not built", (int)e->op);
    Node *node = rules[e->op].make(ex, e, rules[e->op].op);
    vec_push(ex->cx->arena, &ex->done, (Memo){e, node});
    return node;
}

Node *expr_build(BuildCx *cx, const Expr *body, Node *const *args, uint32_t n_args)
{
    ExprCx ex = {
        .cx = cx, .b = &cx->b, .dtype = cx->request->compute, .args = args, .n_args = n_args};
    Node *y = expr_node(&ex, body);
    return y ? as_number(&ex, y) : NULL;
}

Node *expr_scalar(BuildCx *cx, const Expr *e)
{
    ExprCx ex = {.cx = cx, .b = &cx->b, .dtype = RT_f64};
    Node *y = expr_node(&ex, e);
    return y ? as_number(&ex, y) : NULL;
}

/* Drops axes of size 1 behind the batch, where nothing else is left. */
static Node *one_per_sample(ExprCx *ex, Node *v)
{
    Shape rows = {.rank = 1, .dim = {{1, true}}};
    if (v->shape.rank == 0)
        return g_splat(ex->b, v, rows);
    Shape row = row_of_shape(&v->shape);
    if (shape_count(&row, 1) != 1)
        return NULL;
    return row.rank ? g_reshape(ex->b, v, rows) : v;
}

Node *fn_values(BuildCx *cx, const Call *call, Node *y, Node *p, const char *what)
{
    ExprCx ex = {.cx = cx, .b = &cx->b, .dtype = cx->request->compute, .targets = y};
    y = as_number(&ex, y);
    if (y->shape.rank + 1 == p->shape.rank && last_dim(p) == 1)
        y = g_reshape(&cx->b, y, p->shape);
    Node *args[] = {y, p};
    ex.args = args;
    ex.n_args = 2;
    Node *v = expr_node(&ex, call->body);
    if (!v)
        return NULL;
    v = as_number(&ex, v);
    Node *values = one_per_sample(&ex, v);
    if (!values) {
        diag_error(cx->diags, call->range,
                   "a fn given as %s makes one value per sample, but this gives %s", what,
                   shape_for_user(cx->arena, &v->shape));
        diag_help(cx->diags, p->shape.rank > 2
                                 ? "put mean(...) or sum(...) around it, or Flatten() in front "
                                   "of the first Dense layer"
                                 : "put mean(...) or sum(...) around it");
    }
    return values;
}
