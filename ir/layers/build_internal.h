/* build_internal.h: what the files of ir/layers share while they build one graph. */
#ifndef NNLC_IR_LAYERS_BUILD_INTERNAL_H
#define NNLC_IR_LAYERS_BUILD_INTERNAL_H

#include "ir/graph/builder.h"
#include "ir/layers/build.h"
#include "support/attributes.h"
#include "support/bug.h"

/* A value between layers; mask: bool, NULL if none. */
typedef struct Flow {
    Node *value, *mask;
} Flow;

typedef struct StreamKey {
    const char *key; /* interned */
    uint32_t stream;
} StreamKey;

/* The streams given out so far, hashed. */
typedef struct Streams {
    StreamKey *slots;
    size_t n, n_slots;
} Streams;

typedef struct InstanceUse {
    const Instance *instance;
    const char *prefix; /* of state names, from its first use */
    Shape input;        /* of one sample, and where that use stands */
    Range range;
    size_t row; /* of the summary, at its first use */
} InstanceUse;

/* What a loss or metric compares: the data's targets with the model's output; the targets with a value of a
 * fn; two values of a fn. */
typedef enum { PAIR_data, PAIR_targets, PAIR_values } PairKind;

typedef struct BuildCx {
    Arena *arena;
    Interner *names;
    Diags *diags;
    const BuildRequest *request;
    Graph *g;
    Builder b;              /* its origin: the present layer */
    const char *prefix;     /* of state names: "" or "outer." */
    const char *position;   /* of the present layer inside the outermost instance: "2", "2/0" */
    const Instance *inside; /* the instance being built */
    uint32_t depth;         /* how deep that is nested */
    const Layer *layer;     /* the present layer, NULL outside */
    const Layer *last;      /* the last layer, for messages about what the model gives */
    Node *x;                /* the inputs after their transforms */
    Node *y;                /* the targets before theirs */
    Node *weights;          /* [N], or more axes of the loss: how much samples count; NULL: once */
    PairKind pair;          /* of the loss or metric at hand */
    Vec(Node *) reads;      /* one read node per state of the graph, by the state's index */
    Streams streams;
    Vec(InstanceUse) instances;                     /* nested ones met so far */
    Vec(Node *) output_penalties, weight_penalties; /* rank 0 */
    BuildResult *out;
} BuildCx;

/* ---- layers: build_ID for every row of layers.def that is built; false after errors ---- */
#define ROW_BUILT(id)                                                                              \
    bool build_##id(BuildCx *cx, const Layer *layer, const Flow *in, size_t n_in, Flow *out);
#define ROW_LATER(id)
#define ROW(id, name, aliases, state, ...) ROW_##state(id)
#include "ir/defs/layers.def"
#undef ROW_BUILT
#undef ROW_LATER

/* All layers of an instance, one after another (instance.c). */
bool build_instance(BuildCx *cx, const Instance *instance, Flow in, Flow *out);

/* ---- activations.c: what an `activation` argument does to x; NULL after errors ---- */
Node *build_activation(BuildCx *cx, const Call *call, Node *x);
/* The formulas that several places use. */
Node *relu_general(Builder *b, Node *x, double slope, bool bounded, double bound, double threshold);
Node *leaky_relu(Builder *b, Node *x, double slope);
Node *elu(Builder *b, Node *x, double alpha);

/* ---- weights.c ---- */
/* Reads the weight `name` of the present layer ("kernel"), declaring it at its first use; NULL after
 * errors. */
Node *weight_read(BuildCx *cx, const char *name, Shape shape, const Call *initializer);
/* Declares a weight that starts with zeros or ones and that training leaves alone; NULL after errors. */
const State *weight_fixed(BuildCx *cx, const char *name, RtDtype dtype, Shape shape, bool ones);
/* Reads a state that was declared, always by the same node. */
Node *state_read(BuildCx *cx, const char *state);
/* 32-bit random stream of the present layer for a use; different keys get different streams. */
uint32_t stream_of(BuildCx *cx, const char *use);
/* The seed that random numbers of the present layer go by: `own` if given, that of a nested instance
 * called with one, else the scalar. */
Node *seed_node(BuildCx *cx, const ArgValue *own);

/* ---- penalties.c ---- */
/* The regularizer that the present layer gives for a new weight, "kernel"; false after errors. */
bool penalty_of_weight(BuildCx *cx, const State *w, const char *name);
/* The same for the output of a layer. */
bool penalty_of_output(BuildCx *cx, const Layer *layer, Node *y);
/* The loss with all of them. */
Node *penalties_add(BuildCx *cx, Node *loss);

/* ---- constraints.c ---- */
/* Notes the constraint that the present layer gives for a new weight, "kernel"; false after errors. */
bool constraint_of_weight(BuildCx *cx, const State *w, const char *name);

/* ---- input.c ---- */
/* x and y in front of the model. targets_build needs what the model gives. */
bool inputs_build(BuildCx *cx, Flow *out);
/* What the model makes of the columns of a table; NULL: it takes them as they are. */
const Plan *inputs_plan(const BuildCx *cx);
Node *targets_build(BuildCx *cx);

/* ---- transforms.c ---- */
/* The row shape that transforms make of `row`; false after errors. */
bool transforms_row(BuildCx *cx, const Call *const *calls, uint32_t n, Shape *row);
/* Declares the states of fitted values for stored rows of this shape; false after errors. */
bool transforms_declare(BuildCx *cx, const DataSet *data, Shape row);
/* The transforms of a data set on stored rows x [N, ...], and on stored targets y; NULL after errors. */
Node *transforms_inputs(BuildCx *cx, const DataSet *data, Node *x);
Node *transforms_targets(BuildCx *cx, const DataSet *data, Node *y);
/* The data set whose transforms of targets the model's outputs are undone by; NULL: they stay. */
const DataSet *targets_undone(const BuildCx *cx);
/* Outputs p [N, ...] in the units of the targets' file. */
Node *transforms_undo(BuildCx *cx, const DataSet *data, Node *p);
/* Class numbers [...] as vectors [..., n], in the type of x if that is a float. */
Node *one_hot_node(BuildCx *cx, Node *x, int64_t n);

/* ---- signs.c ---- */
/* Targets as 1 and -1 in the shape of the outputs p, one class against the rest: which of them the pair is says
 * cx->pair. NULL after an error, shown at `range`. */
Node *signs_of(BuildCx *cx, Range range, Node *y, Node *p);
/* Is it 1? bool; for `what`, a loss or a metric. */
Node *positive_of(BuildCx *cx, const Call *call, Node *y, Node *p, const char *what);

/* ---- losses.c, metrics.c, exprs.c ---- */
/* Values [N, ...], or one of the whole batch, and which of them count (mask). False after errors, shown at
 * `call`: of the loss, or of the metric that shares the values of this loss. `what` is "loss" or "metric". */
bool loss_values(BuildCx *cx, const Call *call, const Row *loss, Node *y, Node *p, const char *what,
                 Flow *out);
/* The same for the loss of compile, fn included. */
bool loss_of_call(BuildCx *cx, const Call *call, Node *y, Node *p, Flow *out);
/* The same for a metric whose value is a mean over samples. */
bool metric_values(BuildCx *cx, const Call *call, Node *y, Node *p, Flow *out);
/* Does the metric give values per sample, of which the mean is taken? */
bool metric_has_values(const Row *row);
/* cx->weights for a loss that gives `values`, where the data has weights of samples or fit gives those of
 * classes; false after errors. */
bool weights_build(BuildCx *cx, const Node *values, Node *y);
/* Do the weights of classes count in the columns of the terms of the loss, one for each class? Then the values of the
 * loss are these. */
bool weights_are_of_columns(const BuildCx *cx);
Node *values_by_columns(BuildCx *cx, Node *y);
/* Is there one weight for each value, or for each sample: are the axes of weights the first ones of values? */
bool weights_go_with(const Shape *weights, const Shape *values);
/* Values as the argument `reduction` of the loss wants them, rank 0; NULL after errors. */
Node *loss_reduced(BuildCx *cx, const Call *call, const Flow *values);
/* The sums behind the loss and every metric: writes, and rows of cx->out->metrics. */
bool metrics_build(BuildCx *cx, Node *loss, Node *y, Node *p);
/* The body of a fn with tensors as arguments; NULL after errors. */
Node *expr_build(BuildCx *cx, const Expr *body, Node *const *args, uint32_t n_args);
/* A run-time scalar (numbers and options) as an f64 node of rank 0. */
Node *expr_scalar(BuildCx *cx, const Expr *e);
/* A fn(y, p): one value per sample. */
Node *fn_values(BuildCx *cx, const Call *call, Node *y, Node *p, const char *what);

/* ---- axes.c ---- */
typedef struct Axes {
    int64_t at[MAX_RANK]; /* ascending */
    uint32_t n;
    int64_t count; /* elements along all of them */
} Axes;
/* n axes as they were given, or with n = 0 all but the batch's; false after an error of `who`, shown at
 * `range`: "'softmax'". */
bool axes_find(BuildCx *cx, Range range, const char *who, uint32_t n, const int64_t *given,
               const Shape *shape, Axes *out);
/* Those of an argument; there must be one at least. */
bool axes_of_argument(BuildCx *cx, const ArgValue *arg, const char *who, const Shape *shape,
                      Axes *out);

/* ---- shapes.c ---- */
static inline const ArgValue *layer_arg(const Layer *layer, int index)
{
    return &layer->call->args[index];
}
static inline int64_t last_dim(const Node *x)
{
    return x->shape.dim[x->shape.rank - 1].n;
}
/* [N, row...] */
Shape shape_of_rows(const Shape *row);
/* The shape of one row of [N, row...]. */
Shape row_of_shape(const Shape *s);
Shape shape_of_dims(uint32_t rank, const int64_t *dims);
Shape shape_with_last(const Shape *s, int64_t n);
Shape shape_without(const Shape *s, int axis);
Shape shape_without_last(const Shape *s);
Shape shape_with_appended(const Shape *s, int64_t n);
/* "(28, 28)", "(batch, 10)"; in the arena. */
const char *shape_for_user(Arena *arena, const Shape *s);
/* No array may have more than 2^40 elements in a batch: `what`, "the output", of `name` has this shape. */
bool size_fits(BuildCx *cx, Range range, const char *what, const char *name, const Shape *shape);
/* x with more dims: `shape` ends with the dims of x where axes are counted from the right. */
Node *broadcast_last(BuildCx *cx, Node *x, const Shape *shape);
/* An i64 constant of rank 0, exact. */
Node *const_i64(BuildCx *cx, int64_t value);

#endif
