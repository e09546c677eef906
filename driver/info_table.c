/* info_table.c: lines are broken behind commas. Columns are as wide as what is in them; in a narrow terminal the column of
 * numbers goes, then labels lose their middle. */
#include "driver/info_table.h"

#include <stdio.h>
#include <string.h>

#include "runtime/abi/commas.h"
#include "runtime/abi/shown.h"
#include "runtime/files/text.h"
#include "runtime/train/summary.h"

enum { LEAST_LABEL = 18, MOST_LABEL = 4096, KEY = 11, GAP = 2, COLUMNS = 5 };

void info_add_line(InfoTable *t, const char *key, const char *text)
{
    InfoLine line = {key, arena_strdup(t->arena, text)};
    vec_push(t->arena, &t->lines, line);
}

void info_add(InfoTable *t, uint32_t depth, const char *label, const RtTensor *tensor)
{
    InfoRow row = {depth, arena_strdup(t->arena, label), tensor};
    vec_push(t->arena, &t->rows, row);
}

void info_add_layer(InfoTable *t, uint32_t depth, const char *name, const char *class_name)
{
    info_add(t, depth, arena_printf(t->arena, *class_name ? "%s (%s)" : "%s", name, class_name),
             NULL);
}

/* ---- cells ---- */

typedef struct Cells {
    const char *text[COLUMNS]; /* label, type, shape, numbers, bytes */
    char shape[128], numbers[32], bytes[32];
} Cells;

static int64_t count_of(const RtTensor *t)
{
    int64_t n = 1;
    for (uint32_t i = 0; i < t->rank; i++)
        n *= t->dims[i];
    return n;
}

static int64_t bytes_of(const RtTensor *t)
{
    return count_of(t) * (int64_t)rt_dtype(t->dtype)->size;
}

/* The texts lie in *c. */
static void fill(const InfoRow *row, Cells *c)
{
    memset(c->text, 0, sizeof c->text);
    c->text[0] = row->label;
    if (!row->tensor)
        return;
    rt_commas(count_of(row->tensor), c->numbers);
    rt_commas(bytes_of(row->tensor), c->bytes);
    rt_dims_text(c->shape, sizeof c->shape, row->tensor->rank, row->tensor->dims);
    c->text[1] = rt_dtype(row->tensor->dtype)->name;
    c->text[2] = c->shape;
    c->text[3] = c->numbers;
    c->text[4] = c->bytes;
}

static int label_columns(const InfoRow *row)
{
    return 2 * (int)row->depth + rt_shown_columns(row->label);
}

/* A label with its indentation; of one that is too long the ends stay. */
static void put_label(const InfoRow *row, int most)
{
    const char *label = row->label;
    int indent = 2 * (int)row->depth;
    if (label_columns(row) <= most) {
        rt_print(stdout, "%*s%-*s", indent, "", most - indent, label);
        return;
    }
    int tail = (most - 1) / 2, head = most - 1 - tail - indent;
    size_t begin = rt_shown_head(label, head > 0 ? head : 0), end = rt_shown_tail(label, tail);
    rt_print(stdout, "%*s%.*s…%-*s", indent, "", (int)begin, label, tail,
             label + strlen(label) - end);
}

/* ---- the table ---- */

typedef struct Layout {
    int width[COLUMNS];
    bool shown[COLUMNS];
} Layout;

static const char *const heads[COLUMNS] = {"tensor", "type", "shape", "numbers", "bytes"};
static const bool to_right[COLUMNS] = {false, false, false, true, true};

static void widen(Layout *l, int column, int width)
{
    if (width > l->width[column])
        l->width[column] = width;
}

static int total_width(const Layout *l)
{
    int n = l->width[0];
    for (int c = 1; c < COLUMNS; c++)
        n += l->shown[c] ? GAP + l->width[c] : 0;
    return n;
}

static void fit(Layout *l, int width)
{
    if (width && total_width(l) > width)
        l->shown[3] = false;
    int over = width ? total_width(l) - width : 0;
    if (over > 0)
        l->width[0] = l->width[0] - over > LEAST_LABEL ? l->width[0] - over : LEAST_LABEL;
}

/* Behind its last cell a line ends. A label alone may be as wide as the terminal. */
static void put_cells(const Layout *l, const InfoRow *row, const Cells *c, int terminal)
{
    int last = 0, alone = label_columns(row);
    for (int i = 1; i < COLUMNS; i++)
        if (c->text[i] && l->shown[i])
            last = i;
    put_label(row, last ? l->width[0] : terminal && alone > terminal ? terminal : alone);
    for (int i = 1; i <= last; i++) {
        const char *text = c->text[i] ? c->text[i] : "";
        int width = i == last && !to_right[i] ? 0 : l->width[i];
        if (l->shown[i])
            rt_print(stdout, "%*s%*s", GAP, "", to_right[i] ? width : -width, text);
    }
    putchar('\n');
}

static void fill_total(InfoTable *t, InfoRow *row, Cells *c)
{
    int64_t numbers = 0, bytes = 0, n = 0;
    for (size_t i = 0; i < t->rows.n; i++) {
        const RtTensor *tensor = t->rows.at[i].tensor;
        n += tensor != NULL;
        numbers += tensor ? count_of(tensor) : 0;
        bytes += tensor ? bytes_of(tensor) : 0;
    }
    rt_commas(numbers, c->numbers);
    rt_commas(bytes, c->bytes);
    c->text[3] = c->numbers;
    c->text[4] = c->bytes;
    row->label =
        arena_printf(t->arena, n == 1 ? "total: %lld tensor" : "total: %lld tensors", (long long)n);
}

static void measure(const InfoTable *t, const InfoRow *total, const Cells *total_cells, Layout *l)
{
    Cells c;
    widen(l, 0, rt_shown_columns(total->label));
    for (int i = 1; i < COLUMNS; i++) {
        l->shown[i] = true;
        widen(l, i, rt_shown_columns(heads[i]));
        widen(l, i, total_cells->text[i] ? rt_shown_columns(total_cells->text[i]) : 0);
    }
    for (size_t r = 0; r < t->rows.n; r++) {
        fill(&t->rows.at[r], &c);
        for (int i = 0; i < COLUMNS && t->rows.at[r].tensor; i++)
            widen(l, i, i ? rt_shown_columns(c.text[i]) : label_columns(&t->rows.at[r]));
    }
}

static void print_table(InfoTable *t, int width)
{
    Layout l = {.shown = {true}};
    InfoRow head = {.label = heads[0]}, total = {.depth = 0};
    Cells cells, head_cells = {.text = {heads[0], heads[1], heads[2], heads[3], heads[4]}},
                 total_cells = {.text = {NULL}};
    fill_total(t, &total, &total_cells);
    measure(t, &total, &total_cells, &l);
    fit(&l, width);
    put_cells(&l, &head, &head_cells, width);
    for (size_t i = 0; i < t->rows.n; i++) {
        fill(&t->rows.at[i], &cells);
        put_cells(&l, &t->rows.at[i], &cells, width);
    }
    put_cells(&l, &total, &total_cells, width);
}

/* ---- lines ---- */

static void print_line(const InfoTable *t, const InfoLine *line, int width)
{
    int at = KEY;
    rt_print(stdout, "%-*s ", KEY - 1, line->key);
    for (const char *text = line->text; *text;) {
        const char *comma = strstr(text, ", ");
        size_t n = comma ? (size_t)(comma - text) + 1 : strlen(text);
        const char *part = arena_strndup(t->arena, text, n);
        if (width && at > KEY && at + rt_shown_columns(part) > width) {
            rt_print(stdout, "\n%*s", KEY, "");
            at = KEY;
            part++; /* the blank behind the comma */
        }
        rt_print(stdout, "%s", part);
        at += rt_shown_columns(part);
        text += n;
    }
    putchar('\n');
}

void info_show(InfoTable *t, int width)
{
    for (size_t i = 0; i < t->lines.n; i++)
        print_line(t, &t->lines.at[i], width);
    putchar('\n');
    print_table(t, width);
}
