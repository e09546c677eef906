/* summary.c: Keras's summary table: three columns that end at 45, 80 and 100 % of the width, or at 90 % of that with a
 * fourth behind them; names wrapped at blanks, numbers to the right. */
#include "runtime/train/summary.h"

#include <string.h>

#include "runtime/abi/commas.h"
#include "runtime/abi/dtype.h"
#include "runtime/abi/shown.h"
#include "runtime/files/text.h"
#include "runtime/train/state.h"

enum { COLUMNS = 4, CELL = 512, LINES = 16, LEAST = 40 };

void rt_size_text(double bytes, char *text)
{
    static const char *const units[] = {"B", "KB", "MB", "GB", "TB", "PB"};
    int u = 0;
    while (bytes >= 1024 && u < 5) {
        bytes /= 1024;
        u++;
    }
    snprintf(text, 32, "%.2f %s", bytes, units[u]);
}

/* Cuts text into lines of at most `width`, at blanks; a longer word ends with an ellipsis. Blanks in front belong
 * to the first word. */
static int wrap(const char *text, int width, char line[LINES][CELL])
{
    int n = 0;
    size_t len = strspn(text, " ");
    line[0][0] = 0;
    while (*text) {
        char word[CELL];
        len += strcspn(text + len, " ");
        rt_show(word, sizeof word - sizeof "…", "%.*s", (int)len, text);
        if (rt_shown_columns(word) > width) {
            word[rt_shown_head(word, width - 1)] = 0;
            strcat(word, "…");
        }
        int need = rt_shown_columns(line[n]) + (line[n][0] ? 1 : 0) + rt_shown_columns(word);
        if (line[n][0] && need > width && n + 1 < LINES)
            line[++n][0] = 0;
        size_t at = strlen(line[n]);
        rt_show(line[n] + at, CELL - at, "%s%s", at ? " " : "", word);
        text += len;
        text += strspn(text, " ");
        len = 0;
    }
    return n + 1;
}

/* ---- the table ---- */

typedef enum { LEFT, RIGHT, CENTER } Align;

typedef struct Table {
    FILE *out;
    int columns, w[COLUMNS]; /* between the borders */
    Align align[COLUMNS];
} Table;

/* The columns end at these parts of the width; borders and blanks take what Keras's table has them take. */
static void measure(Table *t, int width, bool trainable)
{
    static const struct {
        double end;
        int borders;
        Align align;
    } of[2][COLUMNS] = {
        {{0.45, 1, LEFT}, {0.80, 2, LEFT}, {1.0, 1, RIGHT}},
        {{0.45 * 0.9, 1, LEFT}, {0.80 * 0.9, 1, LEFT}, {1.0 * 0.9, 2, RIGHT}, {1.0, 1, CENTER}}};
    int before = 0;
    t->columns = trainable ? 4 : 3;
    for (int c = 0; c < t->columns; c++) {
        int end = (int)(of[trainable][c].end * width);
        t->w[c] = end - before - of[trainable][c].borders;
        t->align[c] = of[trainable][c].align;
        before = end;
    }
}

static void rule(const Table *t, const char *left, const char *mid, const char *right,
                 const char *fill)
{
    for (int c = 0; c < t->columns; c++) {
        rt_print(t->out, "%s", c ? mid : left);
        for (int i = 0; i < t->w[c]; i++)
            rt_print(t->out, "%s", fill);
    }
    rt_print(t->out, "%s\n", right);
}

static void cell(const Table *t, int c, const char *text, const char *bar, bool bold)
{
    int pad = t->w[c] - 2 - rt_shown_columns(text);
    int left = t->align[c] == RIGHT ? pad : t->align[c] == CENTER ? pad / 2 : 0;
    rt_print(t->out, "%s %*s", bar, left, "");
    rt_print(t->out, bold ? "\033[1m%s\033[0m" : "%s", text);
    rt_print(t->out, "%*s ", pad - left, "");
}

/* The cells of the head stand at the bottom, others at the top. */
static void row(const Table *t, const char *const *texts, const char *bar, bool head, bool bold)
{
    char line[COLUMNS][LINES][CELL];
    int height = 1, n[COLUMNS];
    for (int c = 0; c < t->columns; c++) {
        n[c] = wrap(texts[c], t->w[c] - 2, line[c]);
        height = n[c] > height ? n[c] : height;
    }
    for (int y = 0; y < height; y++) {
        for (int c = 0; c < t->columns; c++) {
            int at = head ? y - height + n[c] : y;
            cell(t, c, at >= 0 && at < n[c] ? line[c][at] : "", bar, bold);
        }
        rt_print(t->out, "%s\n", bar);
    }
}

void rt_shape_text(const Img_LIST_I64 *dims, char *text, size_t size)
{
    size_t at = (size_t)snprintf(text, size, "(");
    for (uint32_t d = 0; d < dims->n && at < size; d++) {
        if (dims->at[d] < 0)
            at += (size_t)snprintf(text + at, size - at, "%sNone", d ? ", " : "");
        else
            at += (size_t)snprintf(text + at, size - at, "%s%lld", d ? ", " : "",
                                   (long long)dims->at[d]);
    }
    if (at < size)
        snprintf(text + at, size - at, dims->n == 1 ? ",)" : ")");
}

static void total_line(FILE *out, const char *what, int64_t n, double bytes)
{
    char count[32], size[32];
    rt_commas(n, count);
    rt_size_text(bytes, size);
    rt_print(out, " %s: %s (%s)\n", what, count, size);
}

/* Not parameters: what the transforms learned from the data. */
static void fitted_line(FILE *out, int64_t n)
{
    char count[32];
    rt_commas(n, count);
    rt_print(out, " Fitted values: %s\n", count);
}

static void totals(FILE *out, const ImgInstance *m, int64_t optimizer_params)
{
    int64_t trained = 0, fixed = 0;
    int64_t fitted = 0;
    double trained_bytes = 0, fixed_bytes = 0;
    for (uint32_t i = 0; i < m->states.n; i++) {
        const ImgState *s = &m->states.at[i];
        RoleCounted counted = rt_state_role(s)->counted;
        int64_t n = 1;
        for (uint32_t d = 0; d < s->dims.n; d++)
            n *= s->dims.at[d];
        if (counted == COUNTED_fitted)
            fitted += n;
        if (counted != COUNTED_params)
            continue;
        double bytes = (double)n * (double)rt_dtype((RtDtype)s->dtype)->size;
        *(s->trainable ? &trained : &fixed) += n;
        *(s->trainable ? &trained_bytes : &fixed_bytes) += bytes;
    }
    double optimizer_bytes = (double)optimizer_params * 4;
    total_line(out, "Total params", trained + fixed + optimizer_params,
               trained_bytes + fixed_bytes + optimizer_bytes);
    total_line(out, "Trainable params", trained, trained_bytes);
    total_line(out, "Non-trainable params", fixed, fixed_bytes);
    if (optimizer_params)
        total_line(out, "Optimizer params", optimizer_params, optimizer_bytes);
    if (fitted)
        fitted_line(out, fitted);
}

static void layer_row(const Table *t, const ImgLayerRow *l)
{
    char name[CELL], shape[CELL], params[32];
    const char *trained = !l->params ? "-" : l->trainable ? "Y" : "N";
    int indent = l->depth < 64 ? 3 * (int)l->depth : 192;
    snprintf(name, sizeof name, "%*s%s%s (%s)", indent, "", l->depth ? "└ " : "", l->name, l->type);
    rt_shape_text(&l->dims, shape, sizeof shape);
    rt_commas(l->params, params);
    row(t, (const char *const[COLUMNS]){name, shape, params, trained}, "│", false, false);
}

static int width_for(const RtSummary *how)
{
    int most = how->show_trainable ? 100 : 88, width = how->terminal - 4;
    if (how->line_length)
        return how->line_length;
    return width > most ? most : width > LEAST ? width : LEAST;
}

void rt_summary_print(FILE *out, const ImgInstance *m, const RtSummary *how)
{
    static const char *const head[COLUMNS] = {"Layer (type)", "Output Shape", "Param #",
                                              "Trainable"};
    Table t = {.out = out};
    bool first = true;
    measure(&t, width_for(how), how->show_trainable);
    rt_print(out, how->bold ? "\033[1mModel: \"%s\"\033[0m\n" : "Model: \"%s\"\n", m->title);
    rule(&t, "┏", "┳", "┓", "━");
    row(&t, head, "┃", true, how->bold);
    rule(&t, "┡", "╇", "┩", "━");
    for (uint32_t i = 0; i < m->layers.n; i++) {
        if (m->layers.at[i].depth && !how->expand_nested)
            continue;
        if (!first)
            rule(&t, "├", "┼", "┤", "─");
        layer_row(&t, &m->layers.at[i]);
        first = false;
    }
    rule(&t, "└", "┴", "┘", "─");
    totals(out, m, how->optimizer_params);
}
