/* losses.c: the rows of losses.def as nodes: values per sample, then their mean over the batch.
 *
 * Losses of probabilities are built as Keras writes them: normalized, clipped to [1e-7, 1 - 1e-7],
 * logarithm, which is marked `unclip`. Over an explicit softmax or sigmoid the pass softmax_xent puts the
 * stable form of the scores in place of what is marked here. */
#include "ir/layers/softmax.h"
#include "ir/layers/targets.h"

static const double FUZZ = 1e-7;

static Node *clipped(Builder *b, Node *p)
{
    p = g_binary(b, OP_max, p, g_const_like(b, p, FUZZ));
    return g_binary(b, OP_min, p, g_const_like(b, p, 1 - FUZZ));
}

/* log of p / sum(p), clipped; over the last axis. */
static Node *log_probability(Builder *b, Node *p)
{
    Node *total = g_broadcast_over(b, sum_last(b, p), p->shape, p->shape.rank - 1);
    return g_log_unclip(b, clipped(b, g_div(b, p, total)));
}

static Node *log_scores(Builder *b, Node *p, bool from_logits)
{
    return from_logits ? log_softmax_node(b, p, p->shape.rank - 1) : log_probability(b, p);
}

/* v[label] over the last axis: the others are replaced by 0 and all are added. */
static Node *pick(Builder *b, Node *v, Node *label)
{
    int last = v->shape.rank - 1;
    Node *hit = g_binary(b, OP_eq, g_iota(b, RT_i32, v->shape, last),
                         g_broadcast_over(b, label, v->shape, last));
    return sum_last(b, g_select(b, hit, v, g_const_like(b, v, 0)));
}

static Node *mean_last(Builder *b, Node *x)
{
    Node *total = sum_last(b, x);
    return g_div(b, total, g_const_like(b, total, (double)last_dim(x)));
}

/* y (1 - s) + s / k */
static Node *smoothed(Builder *b, Node *y, double s, double k)
{
    if (s == 0)
        return y;
    y = g_mul(b, y, g_const_like(b, y, 1 - s));
    return g_add(b, y, g_const_like(b, y, s / k));
}

static Node *one_minus(Builder *b, Node *x)
{
    return g_sub(b, g_const_like(b, x, 1), x);
}

/* Probabilities: -(y log p + (1 - y) log(1 - p)).
 * Scores: y softplus(-x) + (1 - y) softplus(x), exact for large x of either sign, with the gradient
 * sigmoid(x) - y everywhere. */
static Node *binary_elements(Builder *b, Node *y, Node *p, bool from_logits)
{
    Node *yes, *no;
    if (from_logits) {
        yes = g_unary(b, OP_softplus, g_unary(b, OP_neg, p));
        no = g_unary(b, OP_softplus, p);
        return g_add(b, g_mul(b, y, yes), g_mul(b, one_minus(b, y), no));
    }
    p = clipped(b, p);
    yes = g_log_unclip(b, p);
    no = g_log_unclip(b, one_minus(b, p));
    return g_unary(b, OP_neg, g_add(b, g_mul(b, y, yes), g_mul(b, one_minus(b, y), no)));
}

static TargetKind kind_of(LossId id)
{
    return id == LOSS_sparse_categorical_crossentropy ? TARGET_class
           : id == LOSS_categorical_crossentropy      ? TARGET_one_hot
           : id == LOSS_binary_crossentropy           ? TARGET_binary
                                                      : TARGET_value;
}

Node *loss_values(BuildCx *cx, const Call *call, const LossArgs *args, Node *y, Node *p,
                  const char *what)
{
    Builder *b = &cx->b;
    Origin origin = b->origin;
    y = targets_fit(cx, call, kind_of(args->id), y, p, what);
    b->origin = origin;
    if (!y)
        return NULL;
    if (args->id == LOSS_sparse_categorical_crossentropy)
        return g_unary(b, OP_neg, pick(b, log_scores(b, p, args->from_logits), y));
    if (args->id == LOSS_categorical_crossentropy) {
        y = smoothed(b, y, args->label_smoothing, (double)last_dim(p));
        return g_unary(b, OP_neg, sum_last(b, g_mul(b, y, log_scores(b, p, args->from_logits))));
    }
    if (args->id == LOSS_binary_crossentropy) {
        y = smoothed(b, y, args->label_smoothing, 2);
        return mean_last(b, binary_elements(b, y, p, args->from_logits));
    }
    nnl_assert(args->id == LOSS_mean_squared_error);
    Node *d = g_sub(b, y, p);
    return mean_last(b, g_mul(b, d, d));
}

static LossArgs args_of_loss(const Call *call)
{
    LossArgs args = {.id = (LossId)call->row->id};
    int logits = row_arg(call->row, "from_logits"),
        smoothing = row_arg(call->row, "label_smoothing");
    args.from_logits = logits >= 0 && call->args[logits].i;
    args.label_smoothing = smoothing >= 0 ? call->args[smoothing].f : 0;
    return args;
}

Node *loss_of_call(BuildCx *cx, const Call *call, Node *y, Node *p)
{
    if (!call->row)
        return fn_values(cx, call, y, p, "loss");
    LossArgs args = args_of_loss(call);
    Node *values = loss_values(cx, call, &args, y, p, "loss");
    if (values && cx->pair == PAIR_data)
        scores_check(cx, call, args.from_logits, p);
    return values;
}

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

/* One weight for each value, or for each sample. */
static bool weights_fit(BuildCx *cx, const Node *values)
{
    const Shape *w = &cx->weights->shape, *v = &values->shape;
    bool fit = w->rank <= v->rank;
    for (int d = 1; fit && d < w->rank; d++)
        fit = w->dim[d].n == v->dim[d].n;
    if (fit)
        return true;
    Range at = cx->request->compile->loss->range;
    diag_error(cx->diags, at, "the weights of samples are %s, but the loss gives %s",
               shape_for_user(cx->arena, w), shape_for_user(cx->arena, v));
    diag_note(cx->diags, cx->request->data->range, "the weights come from here");
    diag_help(cx->diags, "a sample has one weight, or one for each value of the loss");
    return false;
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
            g_const_like(b, weight, given->weights[i]), weight);
    cx->weights = weight;
    return true;
}

Node *weighted(BuildCx *cx, Node *values)
{
    Builder *b = &cx->b;
    Node *weight = cx->weights;
    if (!weight)
        return values;
    while (weight->shape.rank < values->shape.rank)
        weight = g_broadcast_over(
            b, weight, shape_with_appended(&weight->shape, values->shape.dim[weight->shape.rank].n),
            weight->shape.rank);
    return g_mul(b, values, weight);
}

/* sum / (n * values per sample) */
Node *loss_mean(BuildCx *cx, Node *values)
{
    Builder *b = &cx->b;
    Shape row = row_of_shape(&values->shape);
    Node *count = g_cast(b, g_scalar(b, SCALAR_n, RT_i64), values->dtype);
    int64_t each = shape_count(&row, 1);
    if (each != 1)
        count = g_mul(b, count, g_const_like(b, count, (double)each));
    return g_div(b, g_sum_all(b, values, values->dtype), count);
}
