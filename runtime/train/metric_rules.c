/* metric_rules.c: a function for each row of runtime/abi/metric_rules.def.
 *
 * Sums of the counts start at the highest threshold, as Keras adds them up. */
#include "runtime/train/metric_rules.h"

#include <math.h>
#include <stdbool.h>
#include <stddef.h>

#include "runtime/math/math_eval.h"

static const double EPSILON = 1e-7; /* Keras's */

static double ratio(double x, double y)
{
    return y != 0 ? x / y : 0;
}

/* A parameter that stands for a word. */
static int word(double x)
{
    return x > 0 && x < 100 ? (int)x : 0;
}

static double larger(double x, double y)
{
    return x > y ? x : y;
}

static double smaller(double x, double y)
{
    return x < y ? x : y;
}

static double sum_of(const double *x, int64_t n)
{
    double sum = 0;
    for (int64_t i = 0; i < n; i++)
        sum += x[i];
    return sum;
}

static double mean(const RtMetricInput *in)
{
    return ratio(in->sums[0][0], in->sums[1][0]);
}

static double root_mean(const RtMetricInput *in)
{
    return sqrt(mean(in));
}

/* ---- outcomes at thresholds ---- */

typedef struct Outcomes {
    double tp, fp, fn, tn;
} Outcomes;

typedef struct Counts {
    const double *no, *yes; /* buckets of outputs whose target is 0, and of the others */
    int64_t n;              /* buckets: one more than thresholds */
} Counts;

/* Those of one of n_labels labels. */
static Counts counts_of(const RtMetricInput *in, int64_t label, int64_t n_labels)
{
    int64_t n = in->counts[0] / (2 * n_labels);
    const double *at = in->sums[0] + 2 * n * label;
    return (Counts){at, at + n, n};
}

static double from_last(const double *x, int64_t n)
{
    double sum = 0;
    while (n-- > 0)
        sum += x[n];
    return sum;
}

/* Goes from the highest threshold to the lowest one. What is left of a total is 0 where all of it is counted: both
 * are added up in one order. */
typedef struct Walk {
    Counts c;
    int64_t at;
    double yes, no; /* totals */
    Outcomes o;     /* at threshold `at` */
} Walk;

static Walk walk_begin(const Counts *c)
{
    return (Walk){*c, c->n - 1, from_last(c->yes, c->n), from_last(c->no, c->n), {0, 0, 0, 0}};
}

static bool walk_next(Walk *w)
{
    if (w->at < 1)
        return false;
    w->o.tp += w->c.yes[w->at];
    w->o.fp += w->c.no[w->at];
    w->o.fn = w->yes - w->o.tp;
    w->o.tn = w->no - w->o.fp;
    w->at--;
    return true;
}

/* At the threshold of params[0]. */
static Outcomes outcomes_at(const RtMetricInput *in)
{
    Counts c = counts_of(in, 0, 1);
    Walk w = walk_begin(&c);
    while (walk_next(&w))
        if ((double)w.at == in->params[0])
            return w.o;
    return (Outcomes){0, 0, 0, 0};
}

static double true_positives(const RtMetricInput *in)
{
    return outcomes_at(in).tp;
}

static double true_negatives(const RtMetricInput *in)
{
    return outcomes_at(in).tn;
}

static double false_positives(const RtMetricInput *in)
{
    return outcomes_at(in).fp;
}

static double false_negatives(const RtMetricInput *in)
{
    return outcomes_at(in).fn;
}

static double precision_of(const Outcomes *o)
{
    return ratio(o->tp, o->tp + o->fp);
}

static double sensitivity_of(const Outcomes *o)
{
    return ratio(o->tp, o->tp + o->fn);
}

static double specificity_of(const Outcomes *o)
{
    return ratio(o->tn, o->tn + o->fp);
}

static double precision(const RtMetricInput *in)
{
    Outcomes o = outcomes_at(in);
    return precision_of(&o);
}

static double recall(const RtMetricInput *in)
{
    Outcomes o = outcomes_at(in);
    return sensitivity_of(&o);
}

typedef double OfOutcomes(const Outcomes *o);

/* The largest `value` of the thresholds at which `bound` is params[0] at least. */
static double best_at(const RtMetricInput *in, OfOutcomes *value, OfOutcomes *bound)
{
    Counts c = counts_of(in, 0, 1);
    Walk w = walk_begin(&c);
    double best = 0;
    while (walk_next(&w))
        if (bound(&w.o) >= in->params[0])
            best = larger(value(&w.o), best);
    return best;
}

static double sensitivity_at_specificity(const RtMetricInput *in)
{
    return best_at(in, sensitivity_of, specificity_of);
}

static double specificity_at_sensitivity(const RtMetricInput *in)
{
    return best_at(in, specificity_of, sensitivity_of);
}

static double precision_at_recall(const RtMetricInput *in)
{
    return best_at(in, precision_of, sensitivity_of);
}

static double recall_at_precision(const RtMetricInput *in)
{
    return best_at(in, sensitivity_of, precision_of);
}

/* ---- areas under curves ---- */

typedef struct Point {
    double x, y;
} Point;

/* Both gains diverge without true positives: then they count as 0 and 1. */
static Point gains(const Outcomes *o)
{
    double scale = ratio(o->tp + o->fn, o->tn + o->fp);
    if (o->tp == 0)
        return (Point){0, 1};
    return (Point){larger(1 - scale * (o->fn / o->tp), 0), 1 - scale * (o->fp / o->tp)};
}

static Point curve_point(RtCurve curve, const Outcomes *o)
{
    switch (curve) {
    case RT_CURVE_roc:
        return (Point){ratio(o->fp, o->fp + o->tn), sensitivity_of(o)};
    case RT_CURVE_pr:
        return (Point){sensitivity_of(o), precision_of(o)};
    case RT_CURVE_prgain:
        return gains(o);
    }
    return (Point){0, 0};
}

/* Between two points of a precision-recall curve true and false positives are interpolated, not their ratio (Davis
 * and Goadrich 2006). */
static double pr_step(const Outcomes *a, const Outcomes *b)
{
    double p = a->tp + a->fp, q = b->tp + b->fp, gain = a->tp - b->tp;
    double slope = ratio(gain, larger(p - q, 0)), start = b->tp - slope * q;
    double width = p > 0 && q > 0 ? p / q : 1;
    return ratio(slope * (gain + start * math_eval_f64(MATH_log, width, 0)), b->tp + b->fn);
}

/* From the outcomes at a threshold to those at the next one above. */
static double area_step(RtCurve curve, RtArea area, const Outcomes *a, const Outcomes *b)
{
    if (curve == RT_CURVE_pr && area == RT_AREA_interpolation)
        return pr_step(a, b);
    Point from_point = curve_point(curve, a), to = curve_point(curve, b);
    double height = area == RT_AREA_minoring   ? smaller(from_point.y, to.y)
                    : area == RT_AREA_majoring ? larger(from_point.y, to.y)
                                               : (from_point.y + to.y) / 2;
    return (from_point.x - to.x) * height;
}

static double area_of(const Counts *c, RtCurve curve, RtArea area)
{
    Walk w = walk_begin(c);
    double sum = 0;
    bool more = walk_next(&w);
    while (more) {
        Outcomes above = w.o;
        more = walk_next(&w);
        sum += more ? area_step(curve, area, &w.o, &above) : 0;
    }
    return sum;
}

static double auc(const RtMetricInput *in)
{
    RtCurve curve = (RtCurve)word(in->params[0]);
    RtArea area = (RtArea)word(in->params[1]);
    double labels = in->params[2], sum = 0, weights = 0;
    if (!(labels >= 1 && labels <= (double)in->counts[0]))
        return 0;
    bool weighted = in->n_params >= 3 + labels;
    for (int64_t i = 0; i < (int64_t)labels; i++) {
        Counts c = counts_of(in, i, (int64_t)labels);
        double weight = weighted ? in->params[3 + i] : 1;
        sum += weight * (c.n > 1 ? area_of(&c, curve, area) : 0);
        weights += weight;
    }
    return ratio(sum, weights);
}

/* ---- scores per class ---- */

static double f_score(double beta, double hits, double guesses, double targets)
{
    double p = hits / (guesses + EPSILON), r = hits / (targets + EPSILON), b = beta * beta;
    return p * r / (b * p + r + EPSILON) * (1 + b);
}

static double f_beta(const RtMetricInput *in)
{
    int64_t k = in->counts[0] / 3;
    const double *hits = in->sums[0], *guesses = hits + k, *targets = guesses + k;
    double beta = in->params[0], element = in->params[2], sum = 0, all = sum_of(targets, k);
    RtAverage average = (RtAverage)word(in->params[1]);
    if (average == RT_AVERAGE_micro)
        return f_score(beta, sum_of(hits, k), sum_of(guesses, k), all);
    if (average == RT_AVERAGE_none && !(element >= 0 && element < (double)k))
        return 0;
    if (average == RT_AVERAGE_none) {
        int64_t i = (int64_t)element;
        return f_score(beta, hits[i], guesses[i], targets[i]);
    }
    for (int64_t i = 0; i < k; i++) {
        double f = f_score(beta, hits[i], guesses[i], targets[i]);
        sum += average == RT_AVERAGE_weighted ? f * (targets[i] / (all + EPSILON)) : f;
    }
    return average == RT_AVERAGE_weighted ? sum : ratio(sum, (double)k);
}

static double column_mean(const RtMetricInput *in)
{
    int64_t k = in->counts[0] / 2;
    double element = in->params[0];
    if (!(element >= 0 && element < (double)k))
        return 0;
    int64_t i = (int64_t)element;
    return ratio(in->sums[0][i], in->sums[0][k + i]);
}

/* Classes that neither targets nor outputs have do not count. */
static double iou(const RtMetricInput *in)
{
    int64_t n = 0, counted = 0;
    double sum = 0;
    while ((n + 1) * (n + 1) <= in->counts[0])
        n++;
    for (uint32_t k = 0; k < in->n_params; k++) {
        double class = in->params[k], both = 0;
        if (!(class >= 0 && class < (double)n))
            continue;
        int64_t c = (int64_t) class;
        for (int64_t i = 0; i < n; i++)
            both += in->sums[0][c * n + i] + in->sums[0][i * n + c];
        double hits = in->sums[0][c * n + c], all = both - hits;
        if (all > 1e-9) {
            sum += hits / (all + EPSILON);
            counted++;
        }
    }
    return sum / ((double)counted + EPSILON);
}

/* ---- r2 ---- */

typedef struct Spread {
    double residual, total; /* sums of (y - p)^2 and of (y - mean)^2 */
} Spread;

/* What remains of a constant target is rounding: its spread is 0. */
static Spread spread_of(const RtMetricInput *in, int64_t i)
{
    int64_t k = in->counts[0] / 4;
    const double *sums = in->sums[0] + i;
    double y = sums[0], squares = sums[k], residual = sums[2 * k], weight = sums[3 * k];
    double total = squares - y * ratio(y, weight);
    return (Spread){residual, total > 0x1p-48 * squares ? total : 0};
}

static double score_of(const Spread *s)
{
    if (s->total == 0)
        return s->residual == 0 ? 1 : s->residual > 0 ? 0 : s->residual;
    return 1 - s->residual / s->total;
}

static double r2_plain(const RtMetricInput *in, RtAggregate aggregate, double element)
{
    int64_t k = in->counts[0] / 4;
    double sum = 0, total = 0, plain = 0, residual = 0;
    for (int64_t i = 0; i < k; i++) {
        Spread s = spread_of(in, i);
        double score = score_of(&s);
        if (aggregate == RT_AGGREGATE_none && element == (double)i)
            return score;
        plain += score;
        sum += s.total * score;
        total += s.total;
        residual += s.residual;
    }
    if (aggregate == RT_AGGREGATE_none)
        return 0;
    if (aggregate == RT_AGGREGATE_uniform)
        return ratio(plain, (double)k);
    return total != 0 ? sum / total : residual == 0;
}

/* Adjusted for the number of regressors where there are more samples. */
static double r2(const RtMetricInput *in)
{
    double score = r2_plain(in, (RtAggregate)word(in->params[0]), in->params[2]);
    double n = in->sums[1][0], p = in->params[1];
    if (p == 0 || p >= n - 1)
        return score;
    return 1 - (1 - score) * (n - 1) / (n - p - 1);
}

/* ---- all of them ---- */

typedef double Rule(const RtMetricInput *in);

static const struct {
    Rule *value;
    uint32_t sums, params;
} rules[] = {
#define RULE(id, sums, params) {id, sums, params},
#include "runtime/abi/metric_rules.def"
};

double rt_metric_value(uint32_t rule, const RtMetricInput *in)
{
    if (rule >= RT_N_RULES || in->n_sums < rules[rule].sums || in->n_params < rules[rule].params)
        return 0;
    for (uint32_t i = 0; i < in->n_sums; i++)
        if (in->counts[i] < 1)
            return 0;
    return rules[rule].value(in);
}
