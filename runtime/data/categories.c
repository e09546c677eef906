/* categories.c: values of a column sorted and counted, and a few of them as text. */
#include "runtime/data/categories.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *rt_number_text(double value, char *buf)
{
    if (value == trunc(value) && fabs(value) < 1e15) {
        snprintf(buf, RT_NUMBER_TEXT, "%.0f", value);
        return buf;
    }
    for (int digits = 1; digits <= 17; digits++) {
        snprintf(buf, RT_NUMBER_TEXT, "%.*g", digits, value);
        if (strtod(buf, NULL) == value) /* nobody here sets a locale */
            break;
    }
    return buf;
}

/* ---- values ---- */

typedef struct Category {
    double number;
    const char *text; /* NULL: a number */
    int64_t count;
} Category;

static int compare_values(const void *a, const void *b)
{
    const Category *x = a, *y = b;
    if (x->text && y->text)
        return strcmp(x->text, y->text);
    return (x->number > y->number) - (x->number < y->number);
}

/* The rarest first; of equally frequent ones the first. */
static int compare_counts(const void *a, const void *b)
{
    const Category *x = *(const Category *const *)a, *y = *(const Category *const *)b;
    if (x->count != y->count)
        return x->count < y->count ? -1 : 1;
    return (x > y) - (x < y);
}

static int64_t collect_texts(const RtTable *t, const RtColumn *c, const RtCategoryRule *rule,
                             Category *out)
{
    int64_t n = c->texts.n;
    for (uint32_t i = 0; i < c->texts.n; i++)
        out[i] = (Category){.text = rt_texts_at(&c->texts, i)};
    for (int64_t r = 0; r < t->rows; r++)
        if (c->codes[r] >= 0)
            out[c->codes[r]].count++;
    if (rule->fills && rule->fill_text && c->missing)
        out[n++] = (Category){.text = rule->fill_text, .count = c->missing};
    return n;
}

static int64_t collect_numbers(const RtTable *t, uint32_t column, const RtCategoryRule *rule,
                               Category *out)
{
    int64_t n = 0;
    for (int64_t r = 0; r < t->rows; r++) {
        double value;
        rt_table_row(t, r, &column, 1, &value);
        bool missing = isnan(value);
        if (missing && !rule->fills)
            continue;
        value = missing ? rule->fill_number : value;
        out[n++] = (Category){.number = value == 0 ? 0 : value, .count = 1};
    }
    return n;
}

/* Sorted, each once. */
static int64_t merge(Category *all, int64_t n)
{
    int64_t kept = 0;
    qsort(all, (size_t)n, sizeof *all, compare_values);
    for (int64_t i = 0; i < n; i++)
        if (kept && !compare_values(&all[kept - 1], &all[i]))
            all[kept - 1].count += all[i].count;
        else
            all[kept++] = all[i];
    return kept;
}

/* Sets the count of those that are too rare to -1. */
static bool mark_rare(Category *all, int64_t n, uint32_t most)
{
    if (!most || n <= most)
        return true;
    Category **order = malloc((size_t)n * sizeof *order);
    for (int64_t i = 0; order && i < n; i++)
        order[i] = &all[i];
    if (order)
        qsort(order, (size_t)n, sizeof *order, compare_counts);
    for (int64_t i = 0; order && i < n - most; i++)
        order[i]->count = -1;
    free(order);
    return order != NULL;
}

RtStatus rt_categories(const RtReading *r, uint32_t column, const RtCategoryRule *rule,
                       RtNames *out, RtError *error)
{
    char text[RT_NUMBER_TEXT];
    const RtTable *t = r->table;
    const RtColumn *c = &t->columns[column];
    size_t room = (c->codes ? c->texts.n : (size_t)t->rows) + 1;
    Category *all = malloc(room * sizeof *all);
    if (!all)
        return rt_fail(error, "not enough memory for the values of the column \"%.60s\"",
                       t->names.at[column]);
    int64_t n = c->codes ? collect_texts(t, c, rule, all) : collect_numbers(t, column, rule, all);
    n = merge(all, n);
    RtStatus status =
        mark_rare(all, n, rule->most)
            ? RT_OK
            : rt_fail(error, "not enough memory for the values of the column \"%.60s\"",
                      t->names.at[column]);
    for (int64_t i = 0; i < n && status == RT_OK; i++)
        if (all[i].count >= 0)
            status = rt_names_add(
                out, all[i].text ? all[i].text : rt_number_text(all[i].number, text), error);
    free(all);
    return status;
}

/* ---- in words ---- */

enum { FEW = 3 };

static bool shown_before(const double *shown, int n, double value)
{
    for (int i = 0; i < n; i++)
        if (shown[i] == value)
            return true;
    return false;
}

const char *rt_column_few(const RtReading *r, uint32_t column, char *buf, size_t size)
{
    enum { LOOKED_AT = 10000 };
    char text[RT_NUMBER_TEXT];
    const RtTable *t = r->table;
    const RtColumn *c = &t->columns[column];
    double shown[FEW], value;
    size_t at = 0;
    int n = 0;
    *buf = 0;
    for (int64_t row = 0; (c->codes || c->block) && row < t->rows && row < LOOKED_AT && n < FEW;
         row++) {
        rt_table_row(t, row, &column, 1, &value);
        if (isnan(value) || shown_before(shown, n, value) || at >= size)
            continue;
        at += (size_t)snprintf(buf + at, size - at, c->codes ? "%s'%.40s'" : "%s%s", n ? ", " : "",
                               c->codes ? rt_texts_at(&c->texts, (uint32_t)value)
                                        : rt_number_text(value, text));
        shown[n++] = value;
    }
    return buf;
}

const char *rt_column_help(const RtReading *r, uint32_t column, bool in_columns, char *buf,
                           size_t size)
{
    char few[200], line[400];
    const RtColumn *c = &r->table->columns[column];
    const char *name = r->table->names.at[column],
               *open = in_columns ? "in columns([...]) write " : "write inputs = columns([",
               *close = in_columns ? "" : "])";
    rt_column_few(r, column, few, sizeof few);
    snprintf(line, sizeof line, "%s\"%.60s\": %s%s, or \"%.60s\": drop() to leave it out", open,
             name,
             !c->codes    ? "[fill(median), normalize()]"
             : c->missing ? "[fill(\"none\"), one_hot()]"
                          : "one_hot()",
             close, name);
    if (c->codes)
        snprintf(buf, size, "the column holds texts, such as %s: %s", few, line);
    else
        snprintf(buf, size, "%lld of %lld cells of the column are missing, others are %s: %s",
                 (long long)c->missing, (long long)r->table->rows, *few ? few : "missing, too",
                 line);
    return buf;
}
