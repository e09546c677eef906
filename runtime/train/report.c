/* report.c: see report.h. */
#include "runtime/train/report.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/abi/shown.h"

enum {
    MOST_NAME = 40,             /* columns of a name */
    MOST_SHOWN = 8 * MOST_NAME, /* its bytes: marks over letters take no column */
    MOST_WIDTH = 100,
    MOST_MATRIX = 20,
    MOST_PAIRS = 10,
    MOST_ROWS = 5,
    MOST_COLUMNS = 32
};

/* A name or a number, cut to what a column shows. */
static const char *name_of(const RtNames *names, int64_t i, char buf[MOST_SHOWN])
{
    if (i < (int64_t)names->n)
        return rt_shown_cut(names->at[i], MOST_NAME, buf, MOST_SHOWN);
    snprintf(buf, MOST_SHOWN, "%lld", (long long)i);
    return buf;
}

/* ---- classes ---- */

typedef struct Scores {
    double precision, recall, f1;
    int64_t support;
} Scores;

static double ratio(double a, double b)
{
    return b > 0 ? a / b : 0;
}

static Scores scores_of(const int64_t *counts, int64_t classes, int64_t c)
{
    int64_t is = 0, called = 0, right = counts[c * classes + c];
    for (int64_t k = 0; k < classes; k++) {
        is += counts[c * classes + k];
        called += counts[k * classes + c];
    }
    return (Scores){ratio((double)right, (double)called), ratio((double)right, (double)is),
                    ratio(2 * (double)right, (double)(is + called)), is};
}

static void put_scores(FILE *out, const char *name, int width, const Scores *s)
{
    rt_print(out, "%*s", width, name);
    rt_print(out, "  %9.2f %9.2f %9.2f %9lld\n", s->precision, s->recall, s->f1,
             (long long)s->support);
}

static void put_classes(FILE *out, const RtNames *names, int64_t classes, const int64_t *counts)
{
    char name[MOST_SHOWN];
    int width = (int)strlen("weighted avg");
    Scores macro = {0, 0, 0, 0}, weighted = {0, 0, 0, 0};
    int64_t right = 0;
    for (int64_t c = 0; c < classes; c++) {
        int n = rt_shown_columns(name_of(names, c, name));
        width = n > width ? n : width;
    }
    rt_print(out, "%*s  %9s %9s %9s %9s\n\n", width, "", "precision", "recall", "f1-score",
             "support");
    for (int64_t c = 0; c < classes; c++) {
        Scores s = scores_of(counts, classes, c);
        double n = (double)s.support;
        put_scores(out, name_of(names, c, name), width, &s);
        macro = (Scores){macro.precision + s.precision, macro.recall + s.recall, macro.f1 + s.f1,
                         macro.support + s.support};
        weighted = (Scores){weighted.precision + n * s.precision, weighted.recall + n * s.recall,
                            weighted.f1 + n * s.f1, macro.support};
        right += counts[c * classes + c];
    }
    double k = (double)classes, n = (double)macro.support;
    macro = (Scores){macro.precision / k, macro.recall / k, macro.f1 / k, macro.support};
    weighted = (Scores){ratio(weighted.precision, n), ratio(weighted.recall, n),
                        ratio(weighted.f1, n), macro.support};
    fputc('\n', out);
    rt_print(out, "%*s", width, "accuracy");
    rt_print(out, "  %9s %9s %9.2f %9lld\n", "", "", ratio((double)right, n),
             (long long)macro.support);
    put_scores(out, "macro avg", width, &macro);
    put_scores(out, "weighted avg", width, &weighted);
}

/* How a matrix is laid out. */
typedef struct Grid {
    int width, cell; /* of names at the left, of counts */
    bool numbered;   /* names at the left only, with the numbers that stand above */
} Grid;

static const char corner[] = "true \\ predicted";

static const char *row_name(const Grid *g, const RtNames *names, int64_t c, char *buf, size_t size)
{
    char name[MOST_SHOWN];
    name_of(names, c, name);
    rt_show(buf, size, g->numbered && c < (int64_t)names->n ? "%s %lld" : "%s", name, (long long)c);
    return buf;
}

static Grid grid_of(const RtNames *names, int64_t classes, const int64_t *counts)
{
    char name[MOST_SHOWN + 32];
    Grid g = {(int)strlen(corner), 5, false};
    int longest = 0;
    for (int64_t i = 0; i < classes * classes; i++) {
        int n = snprintf(NULL, 0, "%lld", (long long)counts[i]);
        g.cell = n > g.cell ? n : g.cell;
    }
    for (int64_t c = 0; c < classes; c++) {
        int n = rt_shown_columns(row_name(&g, names, c, name, sizeof name));
        longest = n > longest ? n : longest;
    }
    int wide = longest > g.cell ? longest : g.cell, width = longest > g.width ? longest : g.width;
    g.numbered = width + classes * (wide + 2) > MOST_WIDTH;
    g.cell = g.numbered ? g.cell : wide;
    for (int64_t c = 0; c < classes; c++) {
        int n = rt_shown_columns(row_name(&g, names, c, name, sizeof name));
        g.width = n > g.width ? n : g.width;
    }
    return g;
}

static void put_matrix(FILE *out, const RtNames *names, int64_t classes, const int64_t *counts)
{
    char name[MOST_SHOWN + 32];
    const RtNames none = {0, NULL};
    Grid g = grid_of(names, classes, counts);
    fputc('\n', out);
    rt_print(out, "%*s", g.width, corner);
    for (int64_t c = 0; c < classes; c++) {
        fputs("  ", out);
        rt_print(out, "%*s", g.cell, name_of(g.numbered ? &none : names, c, name));
    }
    fputc('\n', out);
    for (int64_t c = 0; c < classes; c++) {
        rt_print(out, "%*s", g.width, row_name(&g, names, c, name, sizeof name));
        for (int64_t k = 0; k < classes; k++)
            rt_print(out, "  %*lld", g.cell, (long long)counts[c * classes + k]);
        fputc('\n', out);
    }
}

typedef struct Pair {
    int64_t is, called, n;
} Pair;

/* Puts a pair where it belongs among those with the highest counts. */
static void keep_pair(Pair *most, int64_t *n, Pair pair)
{
    int64_t at = *n < MOST_PAIRS ? (*n)++ : MOST_PAIRS;
    for (; at > 0 && most[at - 1].n < pair.n; at--)
        if (at < MOST_PAIRS)
            most[at] = most[at - 1];
    if (at < MOST_PAIRS)
        most[at] = pair;
}

static void put_pairs(FILE *out, const RtNames *names, int64_t classes, const int64_t *counts)
{
    Pair most[MOST_PAIRS];
    int64_t n = 0;
    char is[MOST_SHOWN], called[MOST_SHOWN];
    for (int64_t i = 0; i < classes * classes; i++)
        if (counts[i] && i / classes != i % classes)
            keep_pair(most, &n, (Pair){i / classes, i % classes, counts[i]});
    if (n)
        rt_print(out, "\n%9s  taken for another class most often\n", "rows");
    for (int64_t i = 0; i < n; i++)
        rt_print(out, "%9lld  %s, taken for %s\n", (long long)most[i].n,
                 name_of(names, most[i].is, is), name_of(names, most[i].called, called));
}

void rt_report_classes(FILE *out, const RtNames *names, int64_t classes, const int64_t *counts,
                       int64_t usual)
{
    char name[MOST_SHOWN];
    put_classes(out, names, classes, counts);
    if (classes <= MOST_MATRIX)
        put_matrix(out, names, classes, counts);
    else
        put_pairs(out, names, classes, counts);
    if (usual < 0 || usual >= classes)
        return;
    int64_t rows = 0;
    for (int64_t i = 0; i < classes * classes; i++)
        rows += counts[i];
    Scores s = scores_of(counts, classes, usual);
    rt_print(out,
             "\nbaseline: always %s, the most frequent class of the training part: accuracy %.4f\n",
             name_of(names, usual, name), ratio((double)s.support, (double)rows));
}

/* ---- numbers ---- */

typedef struct Errors {
    double mae, rmse, r2;
} Errors;

/* Of one column; p: [rows, columns], or with `mean` that number instead. */
static Errors errors_of(int64_t rows, int64_t columns, int64_t c, const double *y, const double *p,
                        const double *mean)
{
    double sum = 0, absolute = 0, squares = 0, spread = 0;
    for (int64_t r = 0; r < rows; r++)
        sum += y[r * columns + c];
    for (int64_t r = 0; r < rows; r++) {
        double x = y[r * columns + c], d = x - (mean ? *mean : p[r * columns + c]);
        double from_mean = x - sum / (double)rows;
        absolute += fabs(d);
        squares += d * d;
        spread += from_mean * from_mean;
    }
    double n = (double)rows;
    /* scikit-learn: constant targets that are hit have R2 1, others 0 */
    double r2 = spread > 0 ? 1 - squares / spread : squares > 0 ? 0 : squares < 0 ? NAN : 1;
    return (Errors){absolute / n, sqrt(squares / n), r2};
}

static void put_errors(FILE *out, const char *name, int width, Errors e)
{
    rt_print(out, "%*s", width, name);
    rt_print(out, "  %12.6g %12.6g %12.4f\n", e.mae, e.rmse, e.r2);
}

/* Sum of the absolute errors of a row, NaN being the largest. */
static double badness(int64_t columns, const double *y, const double *p)
{
    double sum = 0;
    for (int64_t c = 0; c < columns; c++)
        sum += fabs(y[c] - p[c]);
    return isnan(sum) ? INFINITY : sum;
}

/* Of several columns, a row shows the one that is worst. */
static void put_worst(FILE *out, const RtNames *names, int64_t rows, int64_t columns,
                      const double *y, const double *p)
{
    char name[MOST_SHOWN];
    int64_t worst[MOST_ROWS], n = 0;
    double bad[MOST_ROWS];
    for (int64_t r = 0; r < rows; r++) {
        double b = badness(columns, y + r * columns, p + r * columns);
        int64_t at = n < MOST_ROWS ? n++ : MOST_ROWS;
        for (; at > 0 && bad[at - 1] < b; at--)
            if (at < MOST_ROWS) {
                bad[at] = bad[at - 1];
                worst[at] = worst[at - 1];
            }
        if (at < MOST_ROWS) {
            bad[at] = b;
            worst[at] = r;
        }
    }
    rt_print(out, "\n%9s %12s %12s %12s%s\n", "worst row", "target", "prediction", "error",
             columns > 1 ? "  of" : "");
    for (int64_t i = 0; i < n; i++) {
        const double *a = y + worst[i] * columns, *b = p + worst[i] * columns;
        int64_t c = 0;
        for (int64_t k = 1; k < columns; k++)
            c = fabs(a[k] - b[k]) > fabs(a[c] - b[c]) ? k : c;
        rt_print(out, "%9lld %12.6g %12.6g %12.6g%s%s\n", (long long)worst[i], a[c], b[c],
                 b[c] - a[c], columns > 1 ? "  " : "", columns > 1 ? name_of(names, c, name) : "");
    }
}

void rt_report_values(FILE *out, const RtNames *names, int64_t rows, int64_t columns,
                      const double *y, const double *p, const double *means)
{
    char name[MOST_SHOWN];
    static const char baseline[] = "mean of training";
    int width = (int)strlen(baseline);
    int64_t shown = columns < MOST_COLUMNS ? columns : MOST_COLUMNS;
    for (int64_t c = 0; c < shown; c++) {
        int n = rt_shown_columns(name_of(names, c, name));
        width = n > width ? n : width;
    }
    rt_print(out, "%*s  %12s %12s %12s\n\n", width, "", "MAE", "RMSE", "R2");
    for (int64_t c = 0; c < shown; c++) {
        put_errors(out, name_of(names, c, name), width, errors_of(rows, columns, c, y, p, NULL));
        put_errors(out, baseline, width, errors_of(rows, columns, c, y, p, &means[c]));
    }
    if (shown < columns)
        rt_print(out, "... and %lld more\n", (long long)(columns - shown));
    put_worst(out, names, rows, columns, y, p);
}
