/* losses.c: the rows of losses.def as nodes: values per sample by the rule of the row, then one number.
 *
 * The rules stand in losses_FAMILY.c. What targets a loss needs tells its family; arguments are found by
 * name, so that a metric of the same name shares the rule. */
#include "ir/layers/losses.h"

#include <string.h>

typedef Node *LossRule(LossCx *lx, Node *y, Node *p);

#define ROW_BUILT(id) [LOSS_##id] = loss_##id,
#define ROW_LATER(id)
#define ROW(id, name, aliases, state, ...) ROW_##state(id)
static LossRule *const rules[N_LOSS] = {
#include "runtime/abi/losses.def"
};

/* ---- arguments ---- */

const ArgValue *loss_arg(const LossCx *lx, const char *name)
{
    int at = row_arg(lx->call->row, name);
    return at < 0 ? NULL : &lx->call->args[at];
}

bool loss_flag(const LossCx *lx, const char *name)
{
    const ArgValue *v = loss_arg(lx, name);
    return v && v->i;
}

double loss_number(const LossCx *lx, const char *name)
{
    const ArgValue *v = loss_arg(lx, name);
    return v ? v->f : 0;
}

/* The argument `axis`, where it is one axis; false after an error. */
static bool find_axis(LossCx *lx, const Node *p)
{
    int at = row_arg(lx->call->row, "axis");
    Axes axes;
    lx->axis = p->shape.rank - 1;
    if (at < 0 || lx->call->row->args[at].kind != ARG_AXIS)
        return true;
    const char *who = arena_printf(lx->cx->arena, "'%s'", lx->call->row->name);
    if (!axes_of_argument(lx->cx, &lx->call->args[at], who, &p->shape, &axes))
        return false;
    lx->axis = (int)axes.at[0];
    return true;
}

/* ---- values ---- */

/* "crossentropy": the shapes decide, as those of "accuracy". */
static const Row *crossentropy_of(const Node *y, const Node *p)
{
    bool classes = y->shape.rank < p->shape.rank || last_dim(y) == 1;
    return vocab_find(VOCAB_loss, last_dim(p) == 1 ? "binary_crossentropy"
                                  : classes        ? "sparse_categorical_crossentropy"
                                                   : "categorical_crossentropy");
}

Node *loss_crossentropy(LossCx *lx, Node *y, Node *p)
{
    return rules[crossentropy_of(y, p)->id](lx, y, p);
}

/* The second word of its family. */
static const char *last_activation_of(const Row *loss)
{
    const char *blank = strchr(loss->kind_name, ' ');
    return blank ? blank + 1 : "";
}

bool loss_values(BuildCx *cx, const Call *call, const Row *loss, Node *y, Node *p, const char *what,
                 Flow *out)
{
    LossCx lx = {.cx = cx, .b = &cx->b, .call = call};
    Origin origin = cx->b.origin;
    const Row *row = loss->id == LOSS_crossentropy ? crossentropy_of(y, p) : loss;
    if (!rules[row->id])
        nnl_bug("loss '%s' is not built", row->name);
    if (!find_axis(&lx, p))
        return false;
    Target target = {rt_need_kind(row->kind_name), lx.axis, loss_arg(&lx, "ignore_class")};
    const Node *given = y;
    y = targets_fit_along(cx, call, target, y, p, what);
    cx->b.origin = origin;
    if (!y)
        return false;
    Node *values = rules[row->id](&lx, y, p);
    *out = (Flow){values, lx.mask};
    if (values && what[0] == 'l' && cx->pair == PAIR_data)
        scores_check(cx, call, last_activation_of(row), lx.axis, given, p);
    return values != NULL;
}

bool loss_of_call(BuildCx *cx, const Call *call, Node *y, Node *p, Flow *out)
{
    *out = (Flow){NULL, NULL};
    if (!call->row)
        out->value = fn_values(cx, call, y, p, "loss");
    if (!call->row)
        return out->value != NULL;
    return loss_values(cx, call, call->row, y, p, "loss", out);
}

/* ---- what a sample counts ---- */

/* The class of each sample as Keras takes it from targets: the largest element of a vector, else the
 * number itself, rounded. */
static Node *classes_of(Builder *b, Node *y)
{
    int last = y->shape.rank - 1;
    if (last > 0 && last_dim(y) > 1)
        return g_argmax(b, y, last);
    if (last > 0)
        y = g_reshape(b, y, shape_without_last(&y->shape));
    if (rt_dtype(y->dtype)->is_float)
        y = g_unary(b, OP_round, y);
    return g_cast(b, y, RT_i32);
}

/* The weights of the data's samples: [N], or [N, ...] for samples with several values. */
static void given_weights(BuildCx *cx, const DataSet *data)
{
    Builder *b = &cx->b;
    Shape row =
        shape_of_dims(data->facts.have ? data->facts.weights_rank : 0, data->facts.weights_dims);
    while (row.rank && row.dim[row.rank - 1].n == 1)
        row.rank--;
    b->origin = (Origin){NULL, data->range, PART_data};
    Node *w = g_input(b, "weights", RT_f32, shape_of_rows(&row));
    cx->weights = g_cast(b, w, cx->request->compute);
}

bool weights_go_with(const Shape *weights, const Shape *values)
{
    bool fit = weights->rank <= values->rank;
    for (int d = 1; fit && d < weights->rank; d++)
        fit = weights->dim[d].n == values->dim[d].n;
    return fit;
}

/* One weight for each value, or for each sample. Of values of the whole batch reduction_fits tells. */
static bool weights_fit(BuildCx *cx, const Node *values)
{
    const Shape *w = &cx->weights->shape, *v = &values->shape;
    if (!v->rank || !v->dim[0].batch || weights_go_with(w, v))
        return true;
    Range at = cx->request->compile->loss->range;
    diag_error(cx->diags, at, "the weights of samples are %s, but the loss gives %s",
               shape_for_user(cx->arena, w), shape_for_user(cx->arena, v));
    diag_note(cx->diags, cx->request->data->range, "the weights come from here");
    diag_help(cx->diags, "a sample has one weight, or one for each value of the loss");
    return false;
}

/* Of the i-th class that has one, as `like`. */
static Node *weight_of_class(BuildCx *cx, const ClassWeights *given, uint32_t i, const Node *like)
{
    Builder *b = &cx->b;
    if (!given->balanced)
        return g_const_like(b, like, given->weights[i]);
    Node *w = g_scalar_numbered(b, SCALAR_class_weight, (uint32_t)given->classes[i], RT_f64);
    return g_splat(b, g_cast(b, w, like->dtype), like->shape);
}

bool weights_build(BuildCx *cx, const Node *values, Node *y)
{
    Builder *b = &cx->b;
    const ClassWeights *given = cx->request->class_weights;
    if (cx->request->data && data_has_weights(cx->request->data)) {
        given_weights(cx, cx->request->data);
        return weights_fit(cx, values);
    }
    if (!given)
        return true;
    if (y->shape.rank > 2) {
        diag_error(cx->diags, cx->request->compile->loss->range,
                   "with class_weight a sample has one class, but the targets are %s",
                   shape_for_user(cx->arena, &y->shape));
        return false;
    }
    Node *class = classes_of(b, y);
    Node *weight = g_splat(b, g_const(b, cx->request->compute, 1), class->shape);
    for (uint32_t i = 0; i < given->n; i++)
        weight = g_select(
            b, g_binary(b, OP_eq, class, g_const_like(b, class, (double)given->classes[i])),
            weight_of_class(cx, given, i, weight), weight);
    cx->weights = weight;
    return true;
}

/* Of a loss made with signs the weight of a class counts in its own column: each is trained as if it were alone. */
static Node *weights_of_columns(BuildCx *cx, Node *y, const Node *terms)
{
    Builder *b = &cx->b;
    int64_t axes[] = {0};
    Node *class = classes_of(b, y);
    Node *own = g_binary(b, OP_eq, g_iota(b, RT_i32, terms->shape, 1),
                         g_broadcast(b, class, terms->shape, axes));
    Node *weight = g_broadcast(b, cx->weights, terms->shape, axes);
    return g_select(b, own, weight, g_const_like(b, weight, 1));
}

bool weights_are_of_columns(const BuildCx *cx)
{
    const Node *terms = cx->out->terms;
    return cx->weights && cx->request->class_weights && terms->shape.rank == 2 &&
           terms->shape.dim[1].n > 1 && loss_has_signs(cx->request->compile->loss);
}

Node *values_by_columns(BuildCx *cx, Node *y)
{
    const int64_t columns[] = {1};
    Node *terms = cx->out->terms;
    Node *weighted = g_mul(&cx->b, terms, weights_of_columns(cx, y, terms));
    return g_sum(&cx->b, weighted, columns, 1, terms->dtype);
}

/* The weights of the samples for each of the values [N, ...]. */
static Node *weights_like(BuildCx *cx, const Node *values)
{
    Node *weight = cx->weights;
    while (weight->shape.rank < values->shape.rank)
        weight = g_broadcast_over(
            &cx->b, weight,
            shape_with_appended(&weight->shape, values->shape.dim[weight->shape.rank].n),
            weight->shape.rank);
    return weight;
}

static Node *both(Builder *b, Node *x, Node *y)
{
    return x && y ? g_mul(b, x, y) : x ? x : y;
}

/* What each of the values counts; NULL: once. */
static Node *counts_of(BuildCx *cx, const Flow *v)
{
    Node *weight = cx->weights ? weights_like(cx, v->value) : NULL;
    Node *mask = v->mask ? g_cast(&cx->b, v->mask, v->value->dtype) : NULL;
    return both(&cx->b, weight, mask);
}

/* ---- reduction ---- */

/* The number of values, those that the mask leaves out not counted. */
static Node *number_of(BuildCx *cx, const Flow *v)
{
    Builder *b = &cx->b;
    RtDtype dtype = v->value->dtype;
    if (v->mask)
        return g_sum_all(b, g_cast(b, v->mask, dtype), dtype);
    const Shape *s = &v->value->shape;
    int64_t each = shape_count(s, 1);
    if (!s->dim[0].batch)
        return g_const(b, dtype, (double)each);
    Node *count = g_cast(b, g_scalar(b, SCALAR_n, RT_i64), dtype);
    return each == 1 ? count : g_mul(b, count, g_const_like(b, count, (double)each));
}

/* total / count; 0 where that is 0. */
static Node *quotient(Builder *b, Node *total, Node *count)
{
    Node *zero = g_const_like(b, count, 0), *none = g_binary(b, OP_eq, count, zero);
    Node *q = g_div(b, total, g_select(b, none, g_const_like(b, count, 1), count));
    return g_select(b, none, zero, q);
}

/* A number of the whole batch counts as often as the samples do: all of them, or on average. */
static Node *number_reduced(BuildCx *cx, const char *how, Node *x)
{
    Builder *b = &cx->b;
    if (!cx->weights || !strcmp(how, "mean_with_sample_weight"))
        return x;
    Node *sum = g_sum_all(b, cx->weights, x->dtype);
    Flow weights = {cx->weights, NULL};
    return g_mul(b, x, strcmp(how, "sum") != 0 ? g_div(b, sum, number_of(cx, &weights)) : sum);
}

static const ArgValue *reduction_of(const Call *call)
{
    int at = call->row ? row_arg(call->row, "reduction") : -1;
    return at < 0 ? NULL : &call->args[at];
}

/* A fn gives the values of the samples; training minimizes one number. False after an error. */
static bool reduction_fits(BuildCx *cx, const Call *call, const Flow *v)
{
    const ArgValue *how = reduction_of(call);
    if (how && !strcmp(how->text, "none")) {
        diag_error(cx->diags, how->range,
                   "training needs one number, but with reduction=none '%s' gives one per sample",
                   call->row->name);
        diag_help(cx->diags, "write reduction=sum, or leave it out for the mean");
        return false;
    }
    if (!cx->weights || !v->value->shape.rank || v->value->shape.dim[0].batch)
        return true;
    diag_error(cx->diags, call->range,
               "samples cannot have weights where '%s' adds them up by axis=0", call->row->name);
    return false;
}

Node *loss_reduced(BuildCx *cx, const Call *call, const Flow *v)
{
    Builder *b = &cx->b;
    const ArgValue *given = reduction_of(call);
    const char *how = given ? given->text : "mean";
    if (!reduction_fits(cx, call, v))
        return NULL;
    if (!v->value->shape.rank)
        return number_reduced(cx, how, v->value);
    Node *counts = counts_of(cx, v), *values = both(b, v->value, counts);
    bool sum = !strcmp(how, "sum"), by_counts = counts && !strcmp(how, "mean_with_sample_weight");
    Node *n = sum ? NULL : by_counts ? g_sum_all(b, counts, counts->dtype) : number_of(cx, v);
    Node *total = g_sum_all(b, values, values->dtype);
    if (sum)
        return total;
    return by_counts || v->mask ? quotient(b, total, n) : g_div(b, total, n);
}
