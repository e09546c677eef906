/* build.h: an instance with its data, its compile settings and a use becomes a graph.
 *
 * In: the typed layers of a Program. Out: one Graph with forward part, loss and metrics; shapes are
 * inferred here, node by node, and what does not fit is reported with its places. Gradients, updates
 * and passes come later (ir/optim/train.h).
 *
 * Names in the graph: inputs "x" and "y", output "y" (predict), states "layer.kernel", "outer.layer.kernel"
 * in nested instances, "metric.KEY.total" and other sums of metrics (f64), "fitted.0.mean" (f64: what the first
 * transform of the list was fitted with). Scalars: n, seed, step, given_seed, option. */
#ifndef NNLC_IR_LAYERS_BUILD_H
#define NNLC_IR_LAYERS_BUILD_H

#include "ir/graph/graph.h"
#include "ir/program/program.h"
#include "runtime/abi/metric_rules.h"

typedef enum { USE_train, USE_eval, USE_predict } Use;
enum { N_USES = USE_predict + 1 };

typedef struct BuildRequest {
    const Program *program;
    Instance *instance;
    const Compile *compile; /* NULL for predict */
    const DataSet
        *data; /* its transforms stand in front of the model; NULL: rows are f32 as Input says */
    Use use;
    const ClassWeights *class_weights; /* train; NULL: all samples count once */
    bool
        objective; /* train: a callback needs sums of the loss and the penalties of the optimizer */
    int64_t batch;
    RtDtype compute; /* RT_f32, or RT_f64 for comparisons */
    Arena *nodes;    /* where the graph's nodes and states live, alone; NULL: with the result */
} BuildRequest;

/* A value in the logs: what a rule makes of sums, which are f64 states. */
typedef struct MetricUse {
    const char *name; /* key in the logs: "auc", "f1_score[2]" */
    const char *list; /* of one of several values: "f1_score"; else NULL */
    RtMetricRule rule;
    uint32_t n_params, n_sums;
    const double *params;
    const char *sums[2];
    bool up; /* more is better */
} MetricUse;

/* A rule that a weight keeps after every step. */
typedef struct WeightConstraint {
    const char *state; /* interned */
    const Call *call;
} WeightConstraint;

/* One line of the summary, one box of the network's picture. */
typedef struct LayerShape {
    const char *name, *type; /* "dense", "Dense" */
    const char *activation;  /* "relu"; "": the layer has no such argument */
    Shape input, output;
    RtDtype dtype; /* of the output */
    int64_t params;
    uint32_t depth; /* in how many nested instances it stands; these come before it */
    uint32_t first; /* an earlier row of the same layer, used again here; or its own */
    bool trainable; /* as the text says; nested instances are */
} LayerShape;

typedef struct BuildResult {
    Graph *graph;
    Node *loss;         /* rank 0; NULL for predict; changed by ir/optim/train.h */
    Node *output;       /* what the last layer gives, as long as no pass ran; ... */
    Shape output_shape; /* ... its shape */
    Node *
        terms; /* of the loss, before weights of samples: [N, U] where it adds them up by output, else [N, ...] */
    Vec(MetricUse) metrics;   /* sorted by name as Keras logs them, "loss" among them */
    Vec(LayerShape) layers;   /* without Input; nested ones too */
    RtDtype x_dtype, y_dtype; /* of the stores */
    Shape x_row, y_row;       /* of one stored row */
    Shape input_row;          /* of one row as the first layer sees it */
    bool prepared; /* x is what is behind the transforms, which the graph does not hold */
    Vec(WeightConstraint) constraints; /* in the order of the states */
    Vec(RtTargetNeed) needs; /* what loss and metrics need of the targets, in their order */
} BuildResult;

/* "train", "eval", "predict". */
const char *use_name(Use use);

/* The result lives in `arena`. False after errors, which were reported. */
bool build_graph(Arena *arena, Interner *names, Diags *diags, const BuildRequest *request,
                 BuildResult *out);

#endif
