/* metrics.c: loss and metrics as sums over batches, in double, as states.
 *
 * The runtime sets the sums to 0 at the start of an epoch and of an evaluation, and computes values from them by the
 * rules of runtime/abi/metric_rules.def. The value of the loss, and of every metric that gives a number per sample,
 * is total / count. The loss of a batch counts with its rows. */
#include "ir/layers/metrics.h"

#include <string.h>

#include "ir/layers/targets.h"

/* ---- sums ---- */

const char *metric_sum_find(const MetricCx *m, const char *what)
{
    for (size_t i = 0; i < m->sums->made.n; i++)
        if (!strcmp(m->sums->made.at[i].what, what))
            return m->sums->made.at[i].state;
    return NULL;
}

/* Its shape is part of the name: another compile of the model may have another one. */
static const char *new_state(MetricCx *m, const char *which, const char *what, const Shape *shape)
{
    BuildCx *cx = m->cx;
    const char *name = arena_printf(cx->arena, "metric.%s.%s", m->key, which);
    for (int d = 0; d < shape->rank; d++)
        name = arena_printf(cx->arena, "%s%s%lld", name, d ? "x" : ".", (long long)shape->dim[d].n);
    State s = {.name = intern(cx->names, name),
               .dtype = RT_f64,
               .shape = *shape,
               .role = ROLE_metric,
               .origin = cx->b.origin};
    graph_state_add(cx->g, s);
    vec_push(cx->arena, &m->sums->made, (MetricSum){what, s.name});
    return s.name;
}

const char *metric_sum(MetricCx *m, const char *which, const char *what, Node *more)
{
    Builder *b = &m->cx->b;
    const char *state = new_state(m, which, what, &more->shape);
    g_write(b, state, g_add(b, g_read(b, state), more), NULL);
    return state;
}

Node *metric_weights_like(MetricCx *m, const Node *x)
{
    Builder *b = &m->cx->b;
    int64_t axes[MAX_RANK];
    for (int d = 0; d < MAX_RANK; d++)
        axes[d] = d;
    return m->weights ? g_broadcast(b, g_cast(b, m->weights, RT_f64), x->shape, axes) : NULL;
}

static bool weights_fit(MetricCx *m, const Shape *values)
{
    const Shape *w = m->weights ? &m->weights->shape : NULL;
    bool fit = !w || weights_go_with(w, values);
    if (!fit)
        diag_error(m->cx->diags, m->call->range,
                   "the weights of samples are %s, but the metric %s weighs values %s",
                   shape_for_user(m->cx->arena, w), m->call->name,
                   shape_for_user(m->cx->arena, values));
    return fit;
}

/* With few cells each element is compared with all of them, else it is added where it belongs. Up to 16 cells both take 5
 * ns an element; with 22 comparing takes 15, with the 402 of 200 thresholds 90 instead of 6. */
enum { FEW_CELLS = 16 };

static Node *cells_compared(Builder *b, Node *index, Node *weight, int64_t n)
{
    int rank = index->shape.rank;
    int64_t axes[MAX_RANK];
    Shape wide = shape_with_appended(&index->shape, n);
    for (int i = 0; i < rank; i++)
        axes[i] = i;
    Node *here =
        g_binary(b, OP_eq, g_broadcast(b, index, wide, axes), g_iota(b, RT_i32, wide, rank));
    Node *counted = weight ? g_select(b, here, g_broadcast(b, weight, wide, axes),
                                      g_splat(b, g_const(b, RT_f64, 0), wide))
                           : g_cast(b, here, RT_f64);
    return g_sum(b, counted, axes, (uint32_t)rank, RT_f64);
}

const char *metric_cells(MetricCx *m, const char *which, const char *what, Node *index,
                         Node *weight, int64_t n)
{
    Builder *b = &m->cx->b;
    Shape cells = {.rank = 1, .dim = {{n, false}}};
    if (n <= FEW_CELLS && index->shape.rank < MAX_RANK)
        return metric_sum(m, which, what, cells_compared(b, index, weight, n));
    const char *state = new_state(m, which, what, &cells);
    Node *each = weight ? weight : g_splat(b, g_const(b, RT_f64, 1), index->shape);
    g_write(b, state, g_scatter_add(b, g_read(b, state), index, each, 0), NULL);
    return state;
}

const char *metric_columns(MetricCx *m, const char *which, const char *what, uint32_t n,
                           Node *const *values)
{
    Builder *b = &m->cx->b;
    const int64_t axes[] = {0, 2}, batch[] = {0};
    const Shape *s = &values[0]->shape;
    Shape wide = {.rank = 3, .dim = {s->dim[0], {n, false}, s->dim[1]}};
    Node *row = g_iota(b, RT_i32, wide, 1), *all = NULL,
         *weight = metric_weights_like(m, values[0]);
    for (uint32_t i = n; i-- > 0;) {
        Node *v = g_cast(b, values[i], RT_f64);
        v = g_broadcast(b, weight ? g_mul(b, v, weight) : v, wide, axes);
        all = all ? g_select(b, g_binary(b, OP_eq, row, g_const_like(b, row, i)), v, all) : v;
    }
    return metric_sum(m, which, what, g_sum(b, all, batch, 1, RT_f64));
}

/* ---- values ---- */

void metric_list_value(MetricCx *m, int64_t element, RtMetricRule rule, uint32_t n_params,
                       const double *params, uint32_t n_sums, const char *const *sums)
{
    Arena *arena = m->cx->arena;
    bool one = element < 0;
    MetricUse use = {.name =
                         one ? m->key : metric_element_key(m->cx->names, arena, m->key, element),
                     .list = one ? NULL : m->key,
                     .rule = rule,
                     .n_params = n_params,
                     .params = arena_copy(arena, params, n_params * sizeof *params),
                     .n_sums = n_sums,
                     .up = m->up};
    nnl_assert(n_sums <= sizeof use.sums / sizeof *use.sums);
    for (uint32_t i = 0; i < n_sums; i++)
        use.sums[i] = sums[i];
    vec_push(arena, &m->cx->out->metrics, use);
}

void metric_value(MetricCx *m, RtMetricRule rule, uint32_t n_params, const double *params,
                  uint32_t n_sums, const char *const *sums)
{
    metric_list_value(m, -1, rule, n_params, params, n_sums, sums);
}

/* By keys as Keras sorts them; the elements of a list stay in order. */
static void sort_metrics(BuildResult *out)
{
    for (size_t i = 1; i < out->metrics.n; i++) {
        MetricUse u = out->metrics.at[i];
        const char *key = u.list ? u.list : u.name;
        size_t k = i;
        for (; k > 0; k--) {
            const MetricUse *before = &out->metrics.at[k - 1];
            if (strcmp(before->list ? before->list : before->name, key) <= 0)
                break;
            out->metrics.at[k] = *before;
        }
        out->metrics.at[k] = u;
    }
}

/* ---- totals and counts ---- */

static void total_and_count(MetricCx *m, RtMetricRule rule, Node *total, Node *count)
{
    const char *sums[] = {metric_sum(m, "total", "", total), metric_sum(m, "count", "", count)};
    metric_value(m, rule, 0, NULL, 2, sums);
}

static Node *rows_f64(Builder *b)
{
    return g_cast(b, g_scalar(b, SCALAR_n, RT_i64), RT_f64);
}

/* The sum over the batch of each sample's mean, in double. */
static Node *sum_of_samples(BuildCx *cx, Node *values)
{
    Builder *b = &cx->b;
    Shape row = row_of_shape(&values->shape);
    Node *sum = g_sum_all(b, g_cast(b, values, RT_f64), RT_f64);
    int64_t each = shape_count(&row, 1);
    return each == 1 ? sum : g_div(b, sum, g_const(b, RT_f64, (double)each));
}

/* What each element counts: by the weight of its sample, and not at all where it is masked; NULL: once. */
static Node *element_weights(MetricCx *m, const Flow *values)
{
    Builder *b = &m->cx->b;
    Node *weight = metric_weights_like(m, values->value);
    Node *mask = values->mask ? g_cast(b, values->mask, RT_f64) : NULL;
    return mask && weight ? g_mul(b, weight, mask) : mask ? mask : weight;
}

static bool metric_mean(MetricCx *m)
{
    Builder *b = &m->cx->b;
    const Row *row = m->call->row;
    bool root = row && row->id == METRIC_root_mean_squared_error;
    Flow values;
    Origin origin = b->origin;
    bool built = metric_values(m->cx, m->call, m->y, m->p, &values);
    b->origin = origin;
    if (!built || !weights_fit(m, &values.value->shape))
        return false;
    Node *weight = element_weights(m, &values);
    Node *total = weight ? g_mul(b, g_cast(b, values.value, RT_f64), weight) : values.value;
    total_and_count(m, root ? RT_RULE_root_mean : RT_RULE_mean, sum_of_samples(m->cx, total),
                    weight ? sum_of_samples(m->cx, weight) : rows_f64(b));
    return true;
}

/* ---- all of them ---- */

bool metric_needs_columns(MetricCx *m)
{
    const Shape *s = &m->p->shape;
    if (s->rank == 2)
        return true;
    diag_error(m->cx->diags, m->call->range,
               "the metric %s needs outputs with one axis, but they are %s", m->call->row->name,
               shape_for_user(m->cx->arena, s));
    return false;
}

Node *metric_targets(MetricCx *m)
{
    return targets_fit(m->cx, m->call, last_dim(m->p) > 1 ? RT_NEED_VECTORS : RT_NEED_ANSWERS, m->y,
                       m->p, "metric");
}

typedef bool BuildMetric(MetricCx *m);

static BuildMetric *build_of(const Row *row)
{
    switch (row ? row->id : N_METRIC) {
    case METRIC_true_positives:
    case METRIC_true_negatives:
    case METRIC_false_positives:
    case METRIC_false_negatives:
    case METRIC_precision:
    case METRIC_recall:
    case METRIC_sensitivity_at_specificity:
    case METRIC_specificity_at_sensitivity:
    case METRIC_precision_at_recall:
    case METRIC_recall_at_precision:
    case METRIC_auc:
        return metric_counts;
    case METRIC_f1_score:
    case METRIC_fbeta_score:
        return metric_f_beta;
    case METRIC_r2_score:
        return metric_r2;
    case METRIC_one_vs_rest_accuracy:
        return metric_one_vs_rest;
    case METRIC_iou:
    case METRIC_binary_iou:
    case METRIC_mean_iou:
    case METRIC_one_hot_iou:
    case METRIC_one_hot_mean_iou:
        return metric_iou;
    default: /* others give a value per sample */
        return metric_mean;
    }
}

bool metric_has_values(const Row *row)
{
    return build_of(row) == metric_mean;
}

bool metrics_build(BuildCx *cx, Node *loss, Node *y, Node *p)
{
    Builder *b = &cx->b;
    const Compile *c = cx->request->compile;
    MetricSums sums = {{0}};
    MetricCx m = {.cx = cx, .key = intern(cx->names, "loss"), .y = y, .p = p, .sums = &sums};
    bool right = true;
    cx->b.origin = (Origin){NULL, c->loss_range, PART_metric};
    Node *n = rows_f64(b), *total = g_mul(b, g_cast(b, loss, RT_f64), n);
    total_and_count(&m, RT_RULE_mean, total, rows_f64(b));
    for (uint32_t i = 0; i < c->n_metrics; i++) {
        m.call = c->metrics[i];
        m.key = c->keys[i];
        m.weights = i < c->n_plain ? NULL : cx->weights;
        m.up = m.call->row && strcmp(m.call->row->kind_name, "up") == 0;
        cx->b.origin = (Origin){NULL, m.call->range, PART_metric};
        BuildMetric *build = build_of(m.call->row);
        bool fit = build == metric_mean || weights_fit(&m, &p->shape);
        right = fit && build(&m) && right;
    }
    sort_metrics(cx->out);
    return right;
}
