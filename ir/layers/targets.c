/* targets.c: targets beside the model's output, and what a person is told where they do not fit.
 *
 * Ranks are reconciled as Keras does: a last axis of size 1 is added or dropped. Everything else that
 * NumPy would broadcast is refused here: it is a mistake nearly always. */
#include "ir/layers/targets.h"

#include "ir/defs/warnings.h"

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

/* The loss or metric needs something else than the targets that there are. */
static void wrong_targets(BuildCx *cx, const Call *call, const char *what, const char *needs,
                          const Node *y)
{
    diag_error(cx->diags, call->range, "the %s %s needs %s, but the targets of '%s' are %s %s",
               what, call->row->name, needs, data_name(cx),
               rt_dtype(y->dtype)->is_float ? "floats" : "integers", text(cx, y));
    note_data(cx);
}

static bool scores_fit(BuildCx *cx, const Call *call, const char *what, const Node *p)
{
    if (p->shape.rank >= 2 && last_dim(p) > 1)
        return true;
    diag_error(cx->diags, call->range, "the %s %s needs one score per class, but '%s' gives %s",
               what, call->row->name, last_name(cx), text(cx, p));
    note_last_layer(cx);
    diag_help(cx->diags, "for two classes use %s, or give the layer 2 units and softmax",
              what[0] == 'm' ? "binary_accuracy" : "binary_crossentropy");
    return false;
}

/* Classes of the files, and names given to them, against the scores of the last layer. */
static bool classes_fit(BuildCx *cx, const Call *call, const char *what, int64_t scores)
{
    const DataSet *data = cx->request->data;
    cx->out->classes = scores;
    if (!data)
        return true;
    if (data->facts.have && data->facts.label_min < 0) {
        diag_error(cx->diags, call->range,
                   "the %s %s needs class numbers from 0, but the targets of '%s' go down to %lld",
                   what, call->row->name, data_name(cx), (long long)data->facts.label_min);
        note_data(cx);
        return false;
    }
    int64_t classes = data->facts.have ? data->facts.classes : 0;
    if (data->facts.have && data->facts.label_max >= classes)
        classes = data->facts.label_max + 1;
    if (data->n_labels > classes)
        classes = data->n_labels;
    if (classes <= scores)
        return true;
    diag_error(cx->diags, cx->last ? cx->last->range : cx->request->instance->range,
               "'%s' gives %lld scores, but '%s' has %lld classes", last_name(cx),
               (long long)scores, data_name(cx), (long long)classes);
    diag_note(cx->diags, data->range, "the data set is declared here");
    return false;
}

/* y and p have equal shapes but for the classes of p. */
static bool leads_agree(const Shape *y, const Shape *p)
{
    Shape lead = shape_without_last(p);
    return shape_equal(y, &lead);
}

static Node *class_targets(BuildCx *cx, const Call *call, Node *y, Node *p, const char *what)
{
    if (!scores_fit(cx, call, what, p))
        return NULL;
    if (y->shape.rank == p->shape.rank && last_dim(y) == 1)
        y = g_reshape(&cx->b, y, shape_without_last(&y->shape));
    if (rt_dtype(y->dtype)->is_float) {
        wrong_targets(cx, call, what, "class numbers", y);
        diag_help(cx->diags, y->shape.rank == p->shape.rank
                                 ? "for vectors use categorical_crossentropy"
                                 : "class numbers are integers from 0");
        return NULL;
    }
    if (!leads_agree(&y->shape, &p->shape)) {
        wrong_targets(cx, call, what, "one class number per row of scores", y);
        note_last_layer(cx);
        return NULL;
    }
    return classes_fit(cx, call, what, last_dim(p)) ? g_cast(&cx->b, y, RT_i32) : NULL;
}

/* Same shape as p, but for a last axis of size 1 that one of them lacks. */
static Node *like_output(BuildCx *cx, Node *y, Node *p)
{
    y = g_cast(&cx->b, y, cx->request->compute);
    if (shape_equal(&y->shape, &p->shape))
        return y;
    bool added =
        y->shape.rank + 1 == p->shape.rank && last_dim(p) == 1 && leads_agree(&y->shape, &p->shape);
    bool dropped =
        p->shape.rank + 1 == y->shape.rank && last_dim(y) == 1 && leads_agree(&p->shape, &y->shape);
    return added || dropped ? g_reshape(&cx->b, y, p->shape) : NULL;
}

static Node *one_hot_targets(BuildCx *cx, const Call *call, Node *y, Node *p, const char *what)
{
    if (!scores_fit(cx, call, what, p))
        return NULL;
    Node *like = like_output(cx, y, p);
    if (like)
        return like;
    wrong_targets(cx, call, what,
                  arena_printf(cx->arena, "vectors of %lld elements", (long long)last_dim(p)), y);
    note_last_layer(cx);
    if (leads_agree(&y->shape, &p->shape))
        diag_help(cx->diags, "for class numbers use %s, or write targets = one_hot(%lld)",
                  what[0] == 'm' ? "sparse_categorical_accuracy"
                                 : "sparse_categorical_crossentropy",
                  (long long)last_dim(p));
    return NULL;
}

/* More than two classes cannot be told apart by one output. */
static bool two_classes(BuildCx *cx, const Call *call, const Node *p, const char *what)
{
    const DataSet *data = cx->request->data;
    if (!data || !data->facts.have || data->facts.classes <= 2 || data->n_targets > 0 ||
        last_dim(p) != 1)
        return true;
    diag_error(cx->diags, call->range, "the %s %s tells two classes apart, but '%s' has %lld", what,
               call->row->name, data_name(cx), (long long)data->facts.classes);
    note_last_layer(cx);
    diag_help(cx->diags,
              "give the last layer %lld units and softmax, and use sparse_categorical_crossentropy",
              (long long)data->facts.classes);
    return false;
}

static Node *value_targets(BuildCx *cx, const Call *call, Node *y, Node *p, const char *what)
{
    Node *like = like_output(cx, y, p);
    if (like)
        return like;
    diag_error(cx->diags, call->range,
               "the %s %s compares targets with outputs, but '%s' gives %s and '%s' %s", what,
               call->row->name, data_name(cx), text(cx, y), last_name(cx), text(cx, p));
    note_last_layer(cx);
    note_data(cx);
    return NULL;
}

Node *targets_fit(BuildCx *cx, const Call *call, TargetKind kind, Node *y, Node *p,
                  const char *what)
{
    switch (kind) {
    case TARGET_class:
        return class_targets(cx, call, y, p, what);
    case TARGET_one_hot:
        return one_hot_targets(cx, call, y, p, what);
    case TARGET_binary:
        return two_classes(cx, call, p, what) ? value_targets(cx, call, y, p, what) : NULL;
    case TARGET_value:
        return value_targets(cx, call, y, p, what);
    }
    nnl_bug("kind of targets %d", (int)kind);
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

void scores_check(BuildCx *cx, const Call *loss, bool from_logits, const Node *p)
{
    ActivationId f = last_activation(cx);
    bool probabilities = f == ACTIVATION_softmax || f == ACTIVATION_sigmoid;
    bool anything = f == ACTIVATION_linear || f == ACTIVATION_relu || f == ACTIVATION_tanh;
    const char *right = loss->row->id == LOSS_binary_crossentropy ? "sigmoid" : "softmax";
    if (f == ACTIVATION_softmax && last_dim(p) == 1) {
        diag_warning(cx->diags, cx->last->range, warning_name(WARNING_scores),
                     "softmax of one number is always 1");
        diag_help(cx->diags, "write activation=sigmoid");
    } else if (from_logits && probabilities) {
        diag_warning(cx->diags, loss->range, warning_name(WARNING_scores),
                     "with from_logits=true the loss takes scores, but '%s' gives probabilities",
                     last_name(cx));
        note_last_layer(cx);
        diag_help(cx->diags, "leave out from_logits=true, or the activation");
    } else if (!from_logits && anything && loss->row->id != LOSS_mean_squared_error) {
        diag_warning(cx->diags, loss->range, warning_name(WARNING_scores),
                     "the loss %s takes probabilities, but '%s' gives numbers of any size",
                     loss->row->name, last_name(cx));
        note_last_layer(cx);
        diag_help(cx->diags, "give the last layer activation=%s, or the loss from_logits=true",
                  right);
    }
}
