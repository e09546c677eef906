/* targets.c: targets beside the model's output; whether they fit says runtime/abi/target_check.h.
 *
 * Ranks are reconciled as Keras does: a last axis of size 1 is added or dropped. Everything else that
 * NumPy would broadcast is refused here: it is a mistake nearly always. */
#include "ir/layers/targets.h"

#include <string.h>

#include "ir/defs/warnings.h"
#include "runtime/abi/commas.h"
#include "runtime/abi/target_labels.h"

static const char *data_name(const BuildCx *cx)
{
    const DataSet *data = cx->request->data;
    return data && *data->name ? data->name : "data";
}

static const char *text(BuildCx *cx, const Node *x)
{
    return shape_for_user(cx->arena, &x->shape);
}

static void note_last_layer(BuildCx *cx)
{
    if (cx->last)
        diag_note(cx->diags, cx->last->range, "the last layer is here");
}

static void note_data(BuildCx *cx)
{
    if (cx->request->data)
        diag_note(cx->diags, cx->request->data->range, "the targets come from here");
}

static const char *last_name(const BuildCx *cx)
{
    return cx->last ? cx->last->name : cx->request->instance->name;
}

/* What the loss or metric needs. */
static RtTargetNeed need_of(BuildCx *cx, const Call *call, Target target, const Node *p,
                            const char *what)
{
    RtTargetNeed need = {.kind = target.kind,
                         .is_metric = what[0] == 'm',
                         .trains = cx->request->use == USE_train,
                         .name = call->row->name,
                         .last = last_name(cx),
                         .axis = (uint32_t)target.axis - 1,
                         .ignores = target.ignore && !target.ignore->none,
                         .ignored = target.ignore ? target.ignore->i : 0};
    for (int d = 1; d < p->shape.rank; d++)
        need.dims[need.rank++] = p->shape.dim[d].n;
    return need;
}

/* Those of y, and what the files tell of its numbers. */
static RtTargets facts_of(const BuildCx *cx, const Node *y)
{
    const DataSet *data = cx->request->data;
    RtTargetFault fault;
    const Call *at;
    bool is_float = rt_dtype(y->dtype)->is_float;
    RtTargets t = data ? data_targets(data, &fault, &at)
                       : rt_targets_stored(data_name(cx), is_float, 0, NULL);
    t.is_float = is_float;
    t.rank = 0;
    for (int d = 1; d < y->shape.rank; d++)
        t.dims[t.rank++] = y->shape.dim[d].n;
    return t;
}

static void help_fitting(BuildCx *cx, const Call *call, const Node *y, const Node *p,
                         const char *what)
{
    RtTargetFault fault;
    RtTargetNeed need = need_of(cx, call, (Target){.axis = p->shape.rank - 1}, p, what);
    RtTargets t = facts_of(cx, y);
    rt_targets_list_fitting(&need, &t, fault.fitting, sizeof fault.fitting);
    if (*fault.fitting)
        diag_help(cx->diags, "%s", fault.fitting);
}

/* What the layer needs for the classes that are there. */
static void help_scores(BuildCx *cx, const Call *call, const Node *y, const char *what)
{
    char labels[100], commas[32];
    RtTargets t = facts_of(cx, y);
    const char *two = what[0] == 'm' ? "binary_accuracy" : "binary_crossentropy";
    long long n = t.known && t.rank == 0 && !t.n_texts ? t.numbers.distinct : t.n_texts;
    bool amounts = rt_labels_are_amounts(&t);
    if (n > 2 && !amounts && !t.n_texts)
        diag_help(cx->diags, "the labels of '%s' are %s: give the layer %lld units and softmax%s",
                  t.data, rt_labels_text(&t, labels, sizeof labels), n,
                  rt_labels_need_classes(&t) ? ", and add targets = classes()" : "");
    else if (n > 2 && !amounts)
        diag_help(cx->diags, "'%s' has %lld classes: give the layer %lld units and softmax", t.data,
                  n, n);
    else if (amounts)
        diag_help(cx->diags,
                  "the targets of '%s' have %s different values: for regression use "
                  "mean_squared_error instead of %s",
                  t.data, rt_commas(n, commas), call->row->name);
    else
        diag_help(cx->diags, "for two classes use %s, or give the layer 2 units and softmax", two);
}

static bool scores_fit(BuildCx *cx, const Call *call, int axis, const char *what, const Node *y,
                       const Node *p)
{
    if (p->shape.rank >= 2 && p->shape.dim[axis].n > 1)
        return true;
    if (cx->pair != PAIR_data) {
        diag_error(cx->diags, call->range, "'%s' needs one score per class, but gets %s",
                   call->row->name, text(cx, p));
        return false;
    }
    diag_error(cx->diags, call->range, "the %s %s needs one score per class, but '%s' gives %s",
               what, call->row->name, last_name(cx), text(cx, p));
    note_last_layer(cx);
    help_scores(cx, call, y, what);
    help_fitting(cx, call, y, p, what);
    return false;
}

static bool needs_met(BuildCx *cx, const Call *call, Target target, const Node *y, const Node *p,
                      const char *what)
{
    RtTargetFault fault;
    RtTargetNeed need = need_of(cx, call, target, p, what);
    RtTargets t = facts_of(cx, y);
    vec_push(cx->arena, &cx->out->needs,
             need); /* the program asks again when it has read its files */
    if (rt_target_check(&need, &t, &fault))
        return true;
    diag_error(cx->diags, fault.at_output && cx->last ? cx->last->range : call->range, "%s",
               fault.text);
    if (fault.shows_output)
        note_last_layer(cx);
    note_data(cx);
    if (*fault.help)
        diag_help(cx->diags, "%s", fault.help);
    if (*fault.fitting)
        diag_help(cx->diags, "%s", fault.fitting);
    return false;
}

/* y as a value of a fn with the shape `want`: a number goes with every element. */
static Node *like_value(BuildCx *cx, const Call *call, Node *y, const Node *p, const Shape *want)
{
    if (y->shape.rank == 0)
        return g_splat(&cx->b, y, *want);
    Shape row = row_of_shape(&y->shape), other = row_of_shape(want);
    bool last_of_1 = y->shape.rank - want->rank == 1 || want->rank - y->shape.rank == 1;
    bool longer_ends = last_dim(y->shape.rank > want->rank ? y : p) == 1;
    if (shape_equal(&y->shape, want))
        return y;
    if (last_of_1 && longer_ends && shape_count(&row, 1) == shape_count(&other, 1))
        return g_reshape(&cx->b, y, *want);
    diag_error(cx->diags, call->range, "'%s' compares values of one shape, but these are %s and %s",
               call->row->name, text(cx, y), text(cx, p));
    return NULL;
}

Node *targets_fit_along(BuildCx *cx, const Call *call, Target target, Node *y, Node *p,
                        const char *what)
{
    bool classes = target.kind == RT_NEED_CLASSES || target.kind == RT_NEED_LABELS;
    if (rt_need_has_scores(target.kind) && !scores_fit(cx, call, target.axis, what, y, p))
        return NULL;
    Shape want = classes ? shape_without(&p->shape, target.axis) : p->shape;
    if (cx->pair == PAIR_values)
        y = like_value(cx, call, y, p, &want);
    else if (!needs_met(cx, call, target, y, p, what))
        return NULL;
    if (!y)
        return NULL;
    y = g_cast(&cx->b, y, classes ? RT_i32 : cx->request->compute);
    return shape_equal(&y->shape, &want) ? y : g_reshape(&cx->b, y, want);
}

Node *targets_fit(BuildCx *cx, const Call *call, RtNeedKind kind, Node *y, Node *p,
                  const char *what)
{
    return targets_fit_along(cx, call, (Target){kind, p->shape.rank - 1, NULL}, y, p, what);
}

/* The last activation; N_ACTIVATION if that is something else than a word. */
static ActivationId last_activation(const BuildCx *cx)
{
    const Layer *layer = cx->last;
    int id = layer ? layer->call->row->id : N_LAYER;
    if (id == LAYER_Softmax)
        return ACTIVATION_softmax;
    if (id != LAYER_Dense && id != LAYER_Activation)
        return N_ACTIVATION;
    const ArgValue *f =
        layer_arg(layer, id == LAYER_Dense ? ARG_Dense_activation : ARG_Activation_activation);
    if (f->none)
        return ACTIVATION_linear;
    return f->calls[0]->row ? (ActivationId)f->calls[0]->row->id : N_ACTIVATION;
}

/* What the last activation gives, as far as that is known. */
typedef enum { GIVES_unknown, GIVES_probabilities, GIVES_anything, GIVES_positive } Gives;

static Gives gives_of(ActivationId f)
{
    switch ((int)f) {
    case ACTIVATION_softmax:
    case ACTIVATION_sigmoid:
        return GIVES_probabilities;
    case ACTIVATION_linear:
    case ACTIVATION_tanh:
        return GIVES_anything;
    case ACTIVATION_relu:
        return GIVES_positive;
    default:
        return GIVES_unknown;
    }
}

void exactness_check(BuildCx *cx, const Call *metric)
{
    if (gives_of(last_activation(cx)) == GIVES_unknown)
        return;
    diag_warning(cx->diags, metric->range, warning_name(WARNING_scores),
                 "the metric %s counts outputs that are exactly equal to their targets, but '%s' "
                 "gives numbers in between",
                 metric->row->name, last_name(cx));
    diag_help(cx->diags, "accuracy takes the class of the output");
}

/* `takes` but the last layer gives `gives`; what would be right, unless NULL. */
static void warn_of_scores(BuildCx *cx, const Call *loss, const char *takes, const char *gives)
{
    diag_warning(cx->diags, loss->range, warning_name(WARNING_scores),
                 "the loss %s takes %s, but '%s' gives %s", loss->row->name, takes, last_name(cx),
                 gives);
    note_last_layer(cx);
}

static bool has_logits(const Call *loss)
{
    return row_arg(loss->row, "from_logits") >= 0;
}

/* What the labels look like says what the last layer should have been. */
static void warn_of_softmax(BuildCx *cx, const RtTargets *t)
{
    char labels[100];
    long long n = t->known ? t->n_texts ? t->n_texts : t->numbers.distinct : 0;
    bool shown = n >= 2 && !t->n_texts && !rt_labels_are_amounts(t);
    diag_warning(cx->diags, cx->last->range, warning_name(WARNING_scores),
                 "softmax of one number is always 1%s%s%s%s", shown ? ", but the labels of '" : "",
                 shown ? t->data : "", shown ? "' are " : "",
                 shown ? rt_labels_text(t, labels, sizeof labels) : "");
    if (n > 2 && shown)
        diag_help(cx->diags, "give the layer %lld units, and use sparse_categorical_crossentropy%s",
                  n, rt_labels_need_classes(t) ? " with targets = classes()" : "");
    else
        diag_help(cx->diags, "write activation=sigmoid");
}

/* Few integers under a loss that takes numbers: classes, probably. One unit of a linear layer is what
 * somebody writes who does not know. */
static void labels_check(BuildCx *cx, const Call *loss, const RtTargets *t, const Node *p)
{
    char labels[100];
    long long n = t->numbers.distinct;
    if (rt_need_kind(loss->row->kind_name) != RT_NEED_NUMBERS || cx->request->use != USE_train ||
        p->shape.rank != 2 || last_dim(p) != 1 || !rt_labels_are_few(t) ||
        (n == 2 && gives_of(last_activation(cx)) != GIVES_anything))
        return;
    diag_warning(cx->diags, loss->range, warning_name(WARNING_labels),
                 "the loss %s takes amounts, but the targets of '%s' are few different integers, "
                 "%s: are these classes?",
                 loss->row->name, t->data, rt_labels_text(t, labels, sizeof labels));
    if (n > 2)
        diag_help(cx->diags,
                  "for classes end with Dense(%lld, activation=softmax) and use "
                  "sparse_categorical_crossentropy%s",
                  n, rt_labels_need_classes(t) ? ", with targets = classes()" : "");
    else
        diag_help(cx->diags,
                  "for two classes end with Dense(1, activation=sigmoid) and use "
                  "binary_crossentropy%s",
                  rt_labels_need_classes(t) ? ", with targets = classes()" : "");
}

void scores_check(BuildCx *cx, const Call *loss, const char *activation, int axis, const Node *y,
                  const Node *p)
{
    RtTargets t = facts_of(cx, y);
    ActivationId f = last_activation(cx);
    Gives gives = gives_of(f);
    int at = row_arg(loss->row, "from_logits");
    bool logits = at >= 0 && loss->args[at].i, bounded = gives == GIVES_probabilities;
    bool probabilities = !strcmp(activation, "softmax") || !strcmp(activation, "sigmoid");
    if (f == ACTIVATION_softmax && axis == p->shape.rank - 1 && last_dim(p) == 1) {
        warn_of_softmax(cx, &t);
        return;
    } else if (logits && bounded) {
        diag_warning(cx->diags, loss->range, warning_name(WARNING_scores),
                     "with from_logits=true the loss takes scores, but '%s' gives probabilities",
                     last_name(cx));
        note_last_layer(cx);
        diag_help(cx->diags, "leave out from_logits=true, or the activation");
    } else if (probabilities && !logits && gives > GIVES_probabilities) {
        warn_of_scores(cx, loss, "probabilities", "numbers of any size");
        diag_help(cx->diags, "give the last layer activation=%s%s", activation,
                  has_logits(loss) ? ", or the loss from_logits=true" : "");
    } else if (!strcmp(activation, "softplus") && gives == GIVES_anything) {
        warn_of_scores(cx, loss, "numbers above 0", "numbers of both signs");
        diag_help(cx->diags, "give the last layer activation=softplus or exponential");
    } else if (!strcmp(activation, "tanh") && bounded) {
        warn_of_scores(cx, loss, "scores of both signs", "probabilities");
        diag_help(cx->diags, "give the last layer activation=tanh, or none");
    }
    labels_check(cx, loss, &t, p);
}
