/* metric_counts.c: metrics of outputs above thresholds: counts, precision, recall, best values, areas.
 *
 * All have one kind of sum. An output falls into the bucket of as many thresholds as lie below it; the sum holds the
 * weight of each bucket, apart for outputs whose target is 0 and for the others. Outcomes at each threshold follow
 * from it, so metrics with the same thresholds share it. */
#include <stdlib.h>
#include <string.h>

#include "ir/layers/metrics.h"
#include "ir/layers/targets.h"
#include "support/strbuf.h"

typedef struct Counting {
    uint32_t n;    /* thresholds */
    double *at;    /* ascending */
    bool even;     /* from 0 to 1 in equal steps: outputs find their bucket by a multiplication */
    bool ends;     /* the first threshold is below, the last one above all outputs */
    int64_t top_k; /* 0: all outputs count */
    int64_t class_id; /* -1: of all classes */
    bool from_logits;
    bool by_label;                 /* buckets of their own for each output */
    const ArgValue *label_weights; /* NULL: all count once */
} Counting;

/* ---- thresholds ---- */

static const double EPSILON = 1e-7, ALL = -1e10; /* Keras's; the latter is below every output */

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Are n values those of equal steps from 0 to 1, as near as Keras wants? */
static bool are_even(uint32_t n, const double *at)
{
    for (uint32_t i = 0; i < n; i++) {
        double want = (double)i / (n - 1), off = at[i] - want;
        if ((off < 0 ? -off : off) > EPSILON + 1e-5 * want)
            return false;
    }
    return n >= 3;
}

/* n equal steps from 0 to 1; one: 0.5. */
static void equal_steps(MetricCx *m, int64_t n, Counting *c)
{
    c->n = (uint32_t)n;
    c->at = ARENA_ARRAY(m->cx->arena, double, c->n + 1);
    c->even = n > 1;
    for (uint32_t i = 0; i < c->n; i++)
        c->at[i] = n > 1 ? (double)i / (double)(n - 1) : 0.5;
}

static void given_thresholds(MetricCx *m, double usual, Counting *c)
{
    const ArgValue *given = call_given(m->call, "thresholds");
    c->n = given ? given->n : 1;
    c->at = arena_copy(m->cx->arena, given ? given->floats : &usual, c->n * sizeof usual);
    c->even = are_even(c->n, c->at);
    qsort(c->at, c->n, sizeof *c->at, by_size);
}

/* Those of a curve have one more at each end. */
static void curve_thresholds(MetricCx *m, Counting *c)
{
    const ArgValue *given = call_given(m->call, "thresholds");
    uint32_t n = given ? given->n + 2 : 0;
    equal_steps(m, given ? n : metric_int(m, "num_thresholds", 200), c);
    if (given) {
        c->at[n - 1] = 1;
        memcpy(c->at + 1, given->floats, given->n * sizeof *c->at);
        qsort(c->at + 1, given->n, sizeof *c->at, by_size);
        c->even = are_even(n, c->at);
    }
    c->ends = true;
    c->at[0] = -EPSILON;
    c->at[c->n - 1] = 1 + EPSILON;
}

/* ---- buckets ---- */

static Node *ceiling(Builder *b, Node *x)
{
    return g_unary(b, OP_neg, g_unary(b, OP_floor, g_unary(b, OP_neg, x)));
}

/* By equal steps: an output at a threshold is not above it. */
static Node *even_bucket(Builder *b, const Counting *c, Node *p)
{
    p = g_binary(b, OP_max, p, g_const_like(b, p, 0));
    p = g_binary(b, OP_min, p, g_const_like(b, p, 1));
    Node *below = ceiling(b, g_mul(b, p, g_const_like(b, p, c->n - 1)));
    if (c->ends)
        below = g_binary(b, OP_max, below, g_const_like(b, below, 1));
    return g_cast(b, below, RT_i32);
}

/* By comparison with each. */
enum { FEW_THRESHOLDS = 8 };

static Node *compared_bucket(Builder *b, const Counting *c, Node *p)
{
    int rank = p->shape.rank;
    int64_t axes[MAX_RANK], last[] = {rank};
    Node *below = NULL;
    for (uint32_t i = 0; i < c->n && c->n <= FEW_THRESHOLDS; i++) {
        Node *above = g_cast(b, g_binary(b, OP_lt, g_const_like(b, p, c->at[i]), p), RT_i32);
        below = below ? g_add(b, below, above) : above;
    }
    if (below)
        return below;
    Shape wide = shape_with_appended(&p->shape, c->n);
    for (int i = 0; i < rank; i++)
        axes[i] = i;
    Node *at = g_broadcast(b, g_row(b, p->dtype, c->n, c->at), wide, last);
    Node *above = g_binary(b, OP_lt, at, g_broadcast(b, p, wide, axes));
    return g_sum(b, g_cast(b, above, RT_i32), last, 1, RT_i32);
}

static Node *only_class(Builder *b, Node *x, int64_t class)
{
    return class < 0 ? x : g_slice(b, x, x->shape.rank - 1, class, class + 1);
}

/* The bucket of each output, behind those of outputs whose target is 0 if its own is not. */
static Node *place_of(MetricCx *m, const Counting *c, Node *y, Node *p)
{
    Builder *b = &m->cx->b;
    if (c->from_logits)
        p = g_unary(b, OP_sigmoid, p);
    if (c->top_k)
        p = g_select(b, in_top_k(b, p, c->top_k), p, g_const_like(b, p, ALL));
    y = only_class(b, y, c->class_id);
    p = only_class(b, p, c->class_id);
    Node *at = c->even ? even_bucket(b, c, p) : compared_bucket(b, c, p);
    Node *yes = g_unary(b, OP_not, g_binary(b, OP_eq, y, g_const_like(b, y, 0)));
    at = g_add(b, at, g_select(b, yes, g_const_like(b, at, c->n + 1), g_const_like(b, at, 0)));
    if (!c->by_label)
        return at;
    Node *label = g_iota(b, RT_i32, at->shape, at->shape.rank - 1);
    return g_add(b, at, g_mul(b, label, g_const_like(b, label, 2 * (c->n + 1.0))));
}

static Node *weights_of(MetricCx *m, const Counting *c, const Node *at)
{
    Builder *b = &m->cx->b;
    Node *weight = metric_weights_like(m, at);
    const int64_t last[] = {at->shape.rank - 1};
    if (!c->label_weights || c->by_label)
        return weight;
    Node *own = g_row(b, RT_f64, c->label_weights->n, c->label_weights->floats);
    own = g_broadcast(b, own, at->shape, last);
    return weight ? g_mul(b, weight, own) : own;
}

static const char *what_text(MetricCx *m, const Counting *c)
{
    StrBuf text = {0};
    bool labels = c->label_weights && !c->by_label;
    strbuf_printf(&text, "counts weighted=%d even=%d top=%lld class=%lld logits=%d labels=%d at",
                  m->weights != NULL, c->even, (long long)c->top_k, (long long)c->class_id,
                  c->from_logits, c->by_label);
    for (uint32_t i = 0; i < c->n; i++)
        strbuf_printf(&text, " %.17g", c->at[i]);
    for (uint32_t i = 0; labels && i < c->label_weights->n; i++)
        strbuf_printf(&text, "%s %.17g", i ? "" : " times", c->label_weights->floats[i]);
    const char *copy = arena_strdup(m->cx->arena, text.text);
    strbuf_close(&text);
    return copy;
}

/* ---- what does not fit the outputs ---- */

static bool outputs_enough(MetricCx *m, const char *name, int64_t least, const char *why)
{
    const ArgValue *v = call_given(m->call, name);
    int64_t outputs = last_dim(m->p);
    if (!v || outputs >= least)
        return true;
    diag_error(m->cx->diags, v->range, "'%s' of '%s' is %lld, but a sample has %lld output%s", name,
               m->call->row->name, (long long)v->i, (long long)outputs, outputs == 1 ? "" : "s");
    diag_help(m->cx->diags, "%s", why);
    return false;
}

static bool labels_fit(MetricCx *m, const Counting *c)
{
    const ArgValue *n = call_given(m->call, "num_labels");
    Diags *diags = m->cx->diags;
    int64_t outputs = last_dim(m->p);
    if (n && !c->by_label) {
        diag_error(diags, n->range, "'num_labels' of 'auc' needs multi_label = true");
        return false;
    }
    if (c->by_label && !metric_needs_columns(m))
        return false;
    if (n && n->i != outputs) {
        diag_error(diags, n->range, "'num_labels' of 'auc' is %lld, but a sample has %lld output%s",
                   (long long)n->i, (long long)outputs, outputs == 1 ? "" : "s");
        return false;
    }
    if (!c->label_weights || c->label_weights->n == outputs)
        return true;
    diag_error(diags, c->label_weights->range,
               "'label_weights' of 'auc' has %u value%s, but a sample has %lld output%s",
               c->label_weights->n, c->label_weights->n == 1 ? "" : "s", (long long)outputs,
               outputs == 1 ? "" : "s");
    return false;
}

static bool arguments_fit(MetricCx *m, const Counting *c)
{
    return outputs_enough(m, "class_id", c->class_id + 1, "the first output has the number 0") &&
           outputs_enough(m, "top_k", c->top_k, "it is at most the number of outputs") &&
           labels_fit(m, c);
}

/* ---- rules ---- */

/* One value per threshold, in the order of the list. */
static void values_at(MetricCx *m, RtMetricRule rule, const Counting *c, const char *sum)
{
    const ArgValue *given = call_given(m->call, "thresholds");
    bool many = metric_list(m->call) > 0;
    for (uint32_t i = 0; i < c->n; i++) {
        double at = 0;
        while (given && c->at[(uint32_t)at] != given->floats[i])
            at++;
        metric_list_value(m, many ? (int64_t)i : -1, rule, 1, &at, 1, &sum);
    }
}

static void best_value(MetricCx *m, RtMetricRule rule, const char *name, const char *sum)
{
    metric_value(m, rule, 1, &call_given(m->call, name)->f, 1, &sum);
}

static void area_value(MetricCx *m, const Counting *c, const char *sum)
{
    uint32_t n = c->by_label ? (uint32_t)last_dim(m->p) : 1;
    double *params = ARENA_ARRAY(m->cx->arena, double, n + 3);
    bool own = c->by_label && c->label_weights;
    params[0] = (double)(metric_int(m, "curve", 0) % 3); /* each word has two spellings */
    params[1] = (double)metric_int(m, "summation_method", 0);
    params[2] = n;
    for (uint32_t i = 0; own && i < n; i++)
        params[3 + i] = c->label_weights->floats[i];
    metric_value(m, RT_RULE_auc, own ? n + 3 : 3, params, 1, &sum);
}

static void set_value(MetricCx *m, const Counting *c, const char *sum)
{
    switch (m->call->row->id) {
    case METRIC_true_positives:
        values_at(m, RT_RULE_true_positives, c, sum);
        break;
    case METRIC_true_negatives:
        values_at(m, RT_RULE_true_negatives, c, sum);
        break;
    case METRIC_false_positives:
        values_at(m, RT_RULE_false_positives, c, sum);
        break;
    case METRIC_false_negatives:
        values_at(m, RT_RULE_false_negatives, c, sum);
        break;
    case METRIC_precision:
        values_at(m, RT_RULE_precision, c, sum);
        break;
    case METRIC_recall:
        values_at(m, RT_RULE_recall, c, sum);
        break;
    case METRIC_sensitivity_at_specificity:
        best_value(m, RT_RULE_sensitivity_at_specificity, "specificity", sum);
        break;
    case METRIC_specificity_at_sensitivity:
        best_value(m, RT_RULE_specificity_at_sensitivity, "sensitivity", sum);
        break;
    case METRIC_precision_at_recall:
        best_value(m, RT_RULE_precision_at_recall, "recall", sum);
        break;
    case METRIC_recall_at_precision:
        best_value(m, RT_RULE_recall_at_precision, "precision", sum);
        break;
    case METRIC_auc:
        area_value(m, c, sum);
        break;
    default:
        nnl_bug("metric '%s' has no counts", m->call->row->name);
    }
}

bool metric_counts(MetricCx *m)
{
    const Row *row = m->call->row;
    Counting c = {.top_k = metric_int(m, "top_k", 0),
                  .class_id = metric_int(m, "class_id", -1),
                  .from_logits = metric_int(m, "from_logits", 0),
                  .by_label = metric_int(m, "multi_label", 0),
                  .label_weights = call_given(m->call, "label_weights")};
    if (row->id == METRIC_auc)
        curve_thresholds(m, &c);
    else if (row_arg(row, "num_thresholds") >= 0)
        equal_steps(m, metric_int(m, "num_thresholds", 200), &c);
    else
        given_thresholds(m, c.top_k ? ALL : 0.5, &c);
    Node *y = arguments_fit(m, &c) ? metric_targets(m) : NULL;
    if (!y)
        return false;
    const char *what = what_text(m, &c), *sum = metric_sum_find(m, what);
    if (!sum) {
        Node *at = place_of(m, &c, y, m->p);
        int64_t labels = c.by_label ? last_dim(m->p) : 1;
        sum = metric_cells(m, "counts", what, at, weights_of(m, &c, at), labels * 2 * (c.n + 1));
    }
    set_value(m, &c, sum);
    return true;
}
