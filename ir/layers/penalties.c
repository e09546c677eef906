/* penalties.c: what regularizers add to the loss.
 *
 *     l1, l2, l1l2             a sum(abs(x)) + b sum(x^2)
 *     orthogonal_regularizer   factor/2 sum(abs(u u')) / (n (n - 1)/2) without the diagonal, of the n rows or
 *                              columns u of x divided by their lengths; 0 if there is one
 *
 * Of a weight once, wherever it is used, unless it is frozen; of the output of a layer for each use, divided by
 * the rows of the batch. The penalties of outputs come first, each kind in the order of the layers. */
#include "ir/layers/losses.h"

#include <stdio.h>

_Static_assert((int)ARG_ActivityRegularization_l1 == (int)ARG_l1l2_l1 &&
                   (int)ARG_ActivityRegularization_l2 == (int)ARG_l1l2_l2,
               "the layer's arguments are those of l1l2");

/* Known to be 0? */
static bool is_zero(const ArgValue *factor)
{
    return factor->expr->op == EX_number && factor->expr->value == 0;
}

static Node *times(BuildCx *cx, const ArgValue *factor, Node *sum)
{
    const Expr *e = factor->expr;
    Node *f = e->op == EX_number ? g_const(&cx->b, sum->dtype, e->value)
                                 : g_cast(&cx->b, expr_scalar(cx, e), sum->dtype);
    return g_mul(&cx->b, f, sum);
}

static Node *of_absolutes(BuildCx *cx, Node *x, const ArgValue *factor)
{
    if (is_zero(factor))
        return NULL;
    return times(cx, factor, g_sum_all(&cx->b, g_unary(&cx->b, OP_abs, x), x->dtype));
}

static Node *of_squares(BuildCx *cx, Node *x, const ArgValue *factor)
{
    if (is_zero(factor))
        return NULL;
    return times(cx, factor, g_sum_all(&cx->b, g_mul(&cx->b, x, x), x->dtype));
}

static Node *rule_l1(BuildCx *cx, Node *x, const ArgValue *args)
{
    return of_absolutes(cx, x, &args[ARG_l1_l1]);
}

static Node *rule_l2(BuildCx *cx, Node *x, const ArgValue *args)
{
    return of_squares(cx, x, &args[ARG_l2_l2]);
}

static Node *rule_l1l2(BuildCx *cx, Node *x, const ArgValue *args)
{
    Node *a = of_absolutes(cx, x, &args[ARG_l1l2_l1]), *b = of_squares(cx, x, &args[ARG_l1l2_l2]);
    return a && b ? g_add(&cx->b, a, b) : a ? a : b;
}

/* Rows divided by their lengths; a row of zeros stays. */
static Node *unit_rows(Builder *b, Node *x)
{
    Node *length = g_unary(b, OP_sqrt, sum_over_axis(b, g_mul(b, x, x), 1));
    length = g_binary(b, OP_max, length, g_const_like(b, length, 1e-7));
    return g_div(b, x, g_broadcast_over(b, length, x->shape, 1));
}

static Node *rule_orthogonal_regularizer(BuildCx *cx, Node *x, const ArgValue *args)
{
    Builder *b = &cx->b;
    const ArgValue *factor = &args[ARG_orthogonal_regularizer_factor];
    static const int64_t swapped[] = {1, 0}, last[] = {1};
    bool columns = args[ARG_orthogonal_regularizer_mode].i != 0;
    double n = (double)x->shape.dim[columns].n;
    if (n < 2 || is_zero(factor))
        return NULL;
    Node *u = unit_rows(b, columns ? g_transpose(b, x, swapped) : x);
    Node *cosines =
        g_dot(b, u, u, (IntList){0}, (IntList){0}, (IntList){1, last}, (IntList){1, last}, NULL);
    Node *row = g_iota(b, RT_i32, cosines->shape, 0),
         *column = g_iota(b, RT_i32, cosines->shape, 1);
    Node *others =
        g_select(b, g_binary(b, OP_eq, row, column), g_const_like(b, cosines, 0), cosines);
    Node *sum = g_sum_all(b, g_unary(b, OP_abs, others), x->dtype);
    Node *half = g_mul(b, times(cx, factor, sum), g_const(b, x->dtype, 0.5));
    return g_div(b, half, g_const(b, x->dtype, n * (n - 1) / 2));
}

typedef Node *PenaltyRule(BuildCx *cx, Node *x, const ArgValue *args);

static PenaltyRule *const rules[N_REGULARIZER] = {
#define ROW(id, ...) [REGULARIZER_##id] = rule_##id,
#include "ir/defs/regularizers.def"
};

/* The value that a rule makes of x, NULL if there is none. It stands right behind x, so that its gradient comes last
 * and joins the kernel that makes the others. Predictions have no loss. */
static Node *penalty(BuildCx *cx, PenaltyRule *rule, Node *x, const ArgValue *args)
{
    Origin before = cx->b.origin;
    if (cx->request->use == USE_predict)
        return NULL;
    cx->b.origin.part = PART_loss;
    Node *value = rule(cx, g_cast(&cx->b, x, cx->request->compute), args);
    cx->b.origin = before;
    return value;
}

/* The argument "PREFIX_regularizer" of a layer, where it is given. */
static const Call *regularizer_of(const Layer *layer, const char *prefix)
{
    char name[64];
    (void)snprintf(name, sizeof name, "%s_regularizer", prefix);
    int at = row_arg(layer->call->row, name);
    return at < 0 || layer_arg(layer, at)->none ? NULL : layer_arg(layer, at)->calls[0];
}

bool penalty_of_weight(BuildCx *cx, const State *w, const char *name)
{
    const Call *call = regularizer_of(cx->layer, name);
    if (!call)
        return true;
    if (call->row->id == REGULARIZER_orthogonal_regularizer && w->shape.rank != 2) {
        diag_error(cx->diags, call->range,
                   "'%s' takes a matrix, but the %s of layer '%s' has shape %s", call->row->name,
                   name, cx->layer->name, shape_for_user(cx->arena, &w->shape));
        return false;
    }
    Node *value = w->trainable
                      ? penalty(cx, rules[call->row->id], state_read(cx, w->name), call->args)
                      : NULL;
    if (value)
        vec_push(cx->arena, &cx->weight_penalties, value);
    return true;
}

/* No value has two axes of the size of the batch. */
static bool outputs_fit(BuildCx *cx, const Layer *layer, const Call *call, const Node *y)
{
    if (call->row->id != REGULARIZER_orthogonal_regularizer)
        return true;
    if (y->shape.rank != 2) {
        diag_error(cx->diags, call->range, "'%s' takes a matrix, but layer '%s' gives %s",
                   call->row->name, layer->name, shape_for_user(cx->arena, &y->shape));
        return false;
    }
    if (call->args[ARG_orthogonal_regularizer_mode].i)
        return true;
    diag_error(cx->diags, call->range, "'%s' of outputs needs mode=columns", call->row->name);
    diag_help(cx->diags, "the rows are the samples of a batch, and these are not compared");
    return false;
}

bool penalty_of_output(BuildCx *cx, const Layer *layer, Node *y)
{
    const Call *call = regularizer_of(layer, "activity");
    Node *value = NULL;
    if (call && !outputs_fit(cx, layer, call, y))
        return false;
    if (call)
        value = penalty(cx, rules[call->row->id], y, call->args);
    else if (layer->call->row->id == LAYER_ActivityRegularization)
        value = penalty(cx, rule_l1l2, y, layer->call->args);
    if (!value)
        return true;
    Builder b = {cx->g, value->origin};
    Node *n = g_cast(&b, g_scalar(&b, SCALAR_n, RT_i64), value->dtype);
    vec_push(cx->arena, &cx->output_penalties, g_div(&b, value, n));
    return true;
}

Node *penalties_add(BuildCx *cx, Node *loss)
{
    for (size_t i = 0; i < cx->output_penalties.n; i++)
        loss = g_add(&cx->b, loss, cx->output_penalties.at[i]);
    for (size_t i = 0; i < cx->weight_penalties.n; i++)
        loss = g_add(&cx->b, loss, cx->weight_penalties.at[i]);
    return loss;
}
