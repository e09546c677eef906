/* describe_columns.c: the columns of the training table: what they hold, and what the transforms make of them. */
#include <math.h>
#include <string.h>

#include "runtime/abi/shown.h"
#include "runtime/commands/commands.h"
#include "runtime/commands/describe.h"
#include "runtime/train/rows.h"

enum {
    MOST_COLUMNS = 32, /* that are listed */
    MOST_VALUES = 3,   /* of each */
    VALUES = 26,       /* columns for them */
    VALUE = 15,        /* ... and for one */
    ROOM = 8 * VALUES, /* bytes: marks over letters take no column */
    NAME = 24          /* ... and for a name */
};

/* What a column of the table holds, over all its rows. */
typedef struct Holds {
    const char *kind;
    bool numbers;
    double least, most;
    int64_t missing;
    char values[ROOM];
} Holds;

/* "a, b" and then ", c" if there is room. false: there is none. */
static bool add_value(char *values, const char *text)
{
    size_t n = strlen(values);
    if (rt_shown_columns(values) + rt_shown_columns(text) + 2 > VALUES)
        return false;
    return rt_show(values + n, ROOM - n, "%s%s", n ? ", " : "", text) < ROOM - n;
}

/* The first texts, the longest of which are cut. */
static void add_texts(Holds *h, uint32_t n, const char *(*at)(const void *of, uint32_t i),
                      const void *of)
{
    uint32_t i = 0;
    char text[ROOM];
    for (; i < n && i < MOST_VALUES; i++) {
        const char *all = at(of, i);
        rt_shown_cut(all, rt_shown_columns(all) > VALUE ? VALUE - 1 : VALUE, text, sizeof text);
        if (!add_value(h->values, text))
            break;
    }
    if (i < n && !add_value(h->values, "...") && rt_shown_columns(h->values) == VALUES)
        strcat(h->values, "...");
}

static const char *text_at(const void *of, uint32_t i)
{
    return rt_texts_at(of, i);
}

static const char *name_at(const void *of, uint32_t i)
{
    return ((const RtNames *)of)->at[i];
}

static void add_number(Holds *h, double value, int64_t *n)
{
    char text[24];
    if (isnan(value)) {
        h->missing++;
        return;
    }
    h->least = *n && h->least < value ? h->least : value;
    h->most = *n && h->most > value ? h->most : value;
    if (*n < MOST_VALUES) {
        snprintf(text, sizeof text, "%.5g", value);
        (void)add_value(h->values, text);
    }
    ++*n;
}

static Holds holds_numbers(const RtTable *t, uint32_t column)
{
    Holds h = {.kind = "numbers", .numbers = true};
    int64_t n = 0;
    for (int64_t r = 0; r < t->rows; r++) {
        double value;
        rt_table_row(t, r, &column, 1, &value);
        add_number(&h, value, &n);
    }
    h.numbers = n > 0;
    return h;
}

/* The target with this number, from 0 on. */
static Holds holds_target(const RtReading *r, uint32_t target)
{
    int64_t row = rt_array_row(r->y);
    Holds h = {.kind = r->class_names.n ? "texts" : "numbers", .numbers = !r->class_names.n};
    int64_t n = 0;
    if (r->class_names.n)
        add_texts(&h, r->class_names.n, name_at, &r->class_names);
    for (int64_t i = 0; h.numbers && i < r->y->dims[0]; i++)
        add_number(&h, rt_array_f64(r->y, i * row + target), &n);
    return h;
}

static Holds holds(const RtReading *r, uint32_t column)
{
    const RtColumn *c = &r->table->columns[column];
    if (r->y && c->target)
        return holds_target(r, c->target - 1);
    if (c->block)
        return holds_numbers(r->table, column);
    Holds h = {.kind = c->codes ? "texts" : "", .missing = c->missing};
    if (c->codes)
        add_texts(&h, c->texts.n, text_at, &c->texts);
    return h;
}

/* "fill, one_hot: 3 numbers" */
static void put_calls(FILE *out, uint32_t n, const ImgCall *calls, int64_t width)
{
    for (uint32_t i = 0; i < n; i++)
        rt_print(out, "%s%s", i ? ", " : "", calls[i].name);
    rt_print(out, "%s%lld number%s", n ? ": " : "", (long long)width, width == 1 ? "" : "s");
}

/* What the inputs have of the column; nothing: it is left out. */
static void put_becomes(FILE *out, const RtRun *run, uint32_t data, const RtDataset *d,
                        uint32_t column)
{
    const RtPart *p = &d->parts[RT_TRAIN];
    const RtReading *r = p->from;
    const ImgDataSet *image = &run->image->data.at[data];
    for (uint32_t i = 0; i < p->n_columns; i++)
        if (p->columns[i] == column && p->plan) {
            put_calls(out, p->plan->at[i].n_calls, p->plan->at[i].calls, p->plan->at[i].width);
            return;
        } else if (p->columns[i] == column) {
            put_calls(out, image->inputs.n, image->inputs.at, 1);
            return;
        }
    bool target = r->y && r->table->columns[column].target;
    rt_print(out, !target ? "left out" : r->y_columns.n > 1 ? "a target" : "the target");
}

static void put_column(const RtRun *run, uint32_t data, const RtDataset *d, uint32_t column)
{
    const RtReading *r = d->parts[RT_TRAIN].from;
    Holds h = holds(r, column);
    char name[8 * NAME];
    FILE *out = run->out;
    rt_print(out, "%-*s %-8s %9lld", NAME,
             rt_shown_cut(r->table->names.at[column], NAME, name, sizeof name), h.kind,
             (long long)h.missing);
    if (h.numbers)
        rt_print(out, " %12.6g %12.6g", h.least, h.most);
    else
        rt_print(out, " %12s %12s", "", "");
    rt_print(out, "  %-*s  ", VALUES, h.values);
    put_becomes(out, run, data, d, column);
    fputc('\n', out);
}

void rt_describe_columns(const RtRun *run, uint32_t data, const RtDataset *d)
{
    const RtReading *r = d->parts[RT_TRAIN].from;
    if (!r || !r->table)
        return;
    uint32_t n = r->table->names.n;
    rt_print(run->out, "\n%-*s %-8s %9s %12s %12s  %-*s  %s\n", NAME, "column", "kind", "missing",
             "least", "most", VALUES, "values", "becomes");
    for (uint32_t i = 0; i < n && i < MOST_COLUMNS; i++)
        put_column(run, data, d, i);
    if (n > MOST_COLUMNS)
        rt_print(run->out, "... and %u more\n", n - MOST_COLUMNS);
}
