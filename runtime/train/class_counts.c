/* class_counts.c: classes of rows, counted. */
#include "runtime/train/class_counts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/abi/dtype.h"

/* One class for each row. */
typedef struct Classes {
    int64_t n, classes; /* rows; classes there may be, as far as the shape tells */
    double *at;         /* [n] */
} Classes;

static RtValue fail(const char **error, const char *text)
{
    if (!*error)
        *error = text;
    return rt_value_none();
}

static const char no_room[] = "not enough memory for a value";

/* ---- rows ---- */

/* Rows and numbers of each; false: it is no array of rows. */
static bool rows_of(const RtValue *v, int64_t *rows, int64_t *each)
{
    if (!v->data || (v->rank != 1 && v->rank != 2))
        return false;
    *rows = v->dims[0];
    *each = v->rank == 2 ? v->dims[1] : 1;
    return *each > 0;
}

int64_t rt_largest(const double *scores, int64_t n)
{
    int64_t best = 0;
    for (int64_t i = 1; i < n && !isnan(scores[best]); i++)
        if (scores[i] > scores[best] || isnan(scores[i]))
            best = i;
    return best;
}

static bool is_class(double x)
{
    return x >= 0 && x < RT_MOST_CLASSES && x == floor(x);
}

static bool are_classes(const double *x, int64_t n)
{
    bool all = true;
    for (int64_t i = 0; i < n && all; i++)
        all = is_class(x[i]);
    return all;
}

/* What is not a vector is a class number, or with `threshold` a score. */
static void take_rows(const RtValue *v, const double *threshold, Classes *out, const char **error)
{
    int64_t each;
    if (!rows_of(v, &out->n, &each)) {
        fail(error, "classes are numbers along one axis, or vectors along two (of a prediction p, "
                    "not p.labels)");
        return;
    }
    bool scores = threshold && !v->is_int && each == 1;
    if (each == 1 && !scores && !are_classes(v->data, out->n)) {
        fail(error, "class numbers must be integers from 0 to 4095");
        return;
    }
    out->classes = each > 1 ? each : scores ? 2 : 0;
    out->at = malloc((size_t)(out->n + 1) * sizeof *out->at);
    if (!out->at)
        fail(error, no_room);
    for (int64_t r = 0; out->at && r < out->n; r++)
        out->at[r] = each > 1 ? (double)rt_largest(v->data + r * each, each)
                     : scores ? v->data[r] > *threshold
                              : v->data[r];
}

double *rt_class_numbers(const RtValue *y, int64_t *rows, const char **error)
{
    Classes classes = {.n = 0};
    take_rows(y, NULL, &classes, error);
    *rows = classes.n;
    return classes.at;
}

/* ---- targets against predictions ---- */

typedef struct Pair {
    Classes y, p;
    int64_t classes;
} Pair;

static int64_t most_of(const Classes *c)
{
    int64_t most = c->classes;
    for (int64_t r = 0; r < c->n; r++)
        most = c->at[r] >= (double)most ? (int64_t)c->at[r] + 1 : most;
    return most;
}

static bool take_pair(const RtValue *y, const RtValue *p, double threshold, Pair *out,
                      const char **error)
{
    take_rows(y, NULL, &out->y, error);
    if (!*error)
        take_rows(p, &threshold, &out->p, error);
    if (*error)
        return false;
    if (out->y.n != out->p.n) {
        fail(error, "targets and predictions have different numbers of rows");
        return false;
    }
    int64_t a = most_of(&out->y), b = most_of(&out->p);
    out->classes = a > b ? a : b;
    return true;
}

static void free_pair(Pair *pair)
{
    free(pair->y.at);
    free(pair->p.at);
}

RtValue rt_confusion_matrix(const RtValue *y, const RtValue *p, double threshold,
                            const char **error)
{
    Pair pair = {.classes = 0};
    RtValue out = rt_value_none();
    if (take_pair(y, p, threshold, &pair, error)) {
        out = rt_value_array(2, (int64_t[]){pair.classes, pair.classes}, NULL);
        out.is_int = true;
    }
    for (int64_t r = 0; out.data && r < pair.y.n; r++)
        out.data[(int64_t)pair.y.at[r] * pair.classes + (int64_t)pair.p.at[r]]++;
    free_pair(&pair);
    return out;
}

RtValue rt_accuracy(const RtValue *y, const RtValue *p, double threshold, const char **error)
{
    Pair pair = {.classes = 0};
    int64_t right = 0;
    bool taken = take_pair(y, p, threshold, &pair, error);
    for (int64_t r = 0; taken && r < pair.y.n; r++)
        right += pair.y.at[r] == pair.p.at[r];
    free_pair(&pair);
    return taken ? rt_value_number((double)right / (double)pair.y.n, false) : rt_value_none();
}

/* ---- the area under the curve ---- */

typedef struct Scored {
    double score;
    bool positive;
} Scored;

static int by_score(const void *a, const void *b)
{
    const Scored *x = a, *y = b;
    return (x->score > y->score) - (x->score < y->score);
}

/* Of all pairs of rows of different classes: equal scores count half. */
static double area(const Scored *at, int64_t n)
{
    double won = 0, negative = 0, positive = 0;
    for (int64_t i = 0, end; i < n; i = end) {
        double here[2] = {0, 0};
        for (end = i; end < n && at[end].score == at[i].score; end++)
            here[at[end].positive]++;
        won += here[1] * (negative + here[0] / 2);
        negative += here[0];
        positive += here[1];
    }
    return won / (negative * positive);
}

/* The scores of class 1, with their classes, in malloc memory; NULL after an error. */
static Scored *take_scores(const Classes *y, const RtValue *p, const char **error)
{
    int64_t n, each;
    if (!rows_of(p, &n, &each) || each > 2 || p->is_int) {
        fail(error, "'roc_auc' takes the scores of two classes");
        return NULL;
    }
    if (n != y->n) {
        fail(error, "targets and predictions have different numbers of rows");
        return NULL;
    }
    Scored *all = malloc((size_t)(n + 1) * sizeof *all);
    if (!all)
        fail(error, no_room);
    for (int64_t r = 0; all && r < n; r++) {
        all[r] = (Scored){p->data[r * each + each - 1], y->at[r] == 1};
        if (isnan(all[r].score))
            fail(error, "a score of 'roc_auc' is NaN");
        if (y->at[r] > 1)
            fail(error, "'roc_auc' takes targets of two classes, 0 and 1");
    }
    return all;
}

RtValue rt_roc_auc(const RtValue *y, const RtValue *p, const char **error)
{
    Classes classes = {.n = 0};
    double out = NAN;
    take_rows(y, NULL, &classes, error);
    Scored *all = *error ? NULL : take_scores(&classes, p, error);
    if (!*error) {
        qsort(all, (size_t)classes.n, sizeof *all, by_score);
        out = area(all, classes.n);
    }
    free(all);
    free(classes.at);
    return *error ? rt_value_none() : rt_value_number(out, false);
}
