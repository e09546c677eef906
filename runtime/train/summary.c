/* summary.c: Keras's summary table: three columns cut at 45 % and 80 % of the width, names wrapped at
 * blanks, numbers to the right. */
#include "runtime/train/summary.h"

#include <string.h>

#include "runtime/abi/dtype.h"

enum { COLUMNS = 3, CELL = 512, LINES = 16 };

void rt_commas(int64_t n, char *text)
{
    char digits[32];
    int len = snprintf(digits, sizeof digits, "%lld", (long long)n), at = 0;
    for (int i = 0; i < len; i++) {
        if (i && (len - i) % 3 == 0 && digits[i - 1] != '-')
            text[at++] = ',';
        text[at++] = digits[i];
    }
    text[at] = 0;
}

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

/* Characters (code points) of a UTF-8 text. */
static int width_of(const char *s)
{
    int n = 0;
    for (; *s; s++)
        n += ((unsigned char)*s & 0xc0) != 0x80;
    return n;
}

static size_t bytes_of(const char *s, int chars)
{
    size_t i = 0;
    while (s[i] && chars-- > 0)
        do
            i++;
        while (((unsigned char)s[i] & 0xc0) == 0x80);
    return i;
}

/* Cuts text into lines of at most `width`, at blanks; a longer word ends with an ellipsis. */
static int wrap(const char *text, int width, char line[LINES][CELL])
{
    int n = 0;
    line[0][0] = 0;
    while (*text) {
        size_t len = strcspn(text, " ");
        char word[CELL];
        snprintf(word, sizeof word, "%.*s", (int)len, text);
        if (width_of(word) > width) {
            word[bytes_of(word, width - 1)] = 0;
            strcat(word, "…");
        }
        int need = width_of(line[n]) + (line[n][0] ? 1 : 0) + width_of(word);
        if (line[n][0] && need > width && n + 1 < LINES)
            line[++n][0] = 0;
        size_t at = strlen(line[n]);
        snprintf(line[n] + at, CELL - at, "%s%s", at ? " " : "", word);
        text += len;
        while (*text == ' ')
            text++;
    }
    return n + 1;
}

static void rule(FILE *out, const int *w, const char *left, const char *mid, const char *right,
                 const char *fill)
{
    for (int c = 0; c < COLUMNS; c++) {
        fputs(c ? mid : left, out);
        for (int i = 0; i < w[c]; i++)
            fputs(fill, out);
    }
    fprintf(out, "%s\n", right);
}

static void row(FILE *out, const int *w, const char *const *cell, const char *bar, int bold)
{
    char line[COLUMNS][LINES][CELL];
    int height = 1, n[COLUMNS];
    for (int c = 0; c < COLUMNS; c++) {
        n[c] = wrap(cell[c], w[c] - 2, line[c]);
        height = n[c] > height ? n[c] : height;
    }
    for (int y = 0; y < height; y++) {
        for (int c = 0; c < COLUMNS; c++) {
            const char *s = y < n[c] ? line[c][y] : "";
            int pad = w[c] - 2 - width_of(s);
            fprintf(out, "%s ", bar);
            if (c == COLUMNS - 1)
                fprintf(out, "%*s", pad, "");
            fprintf(out, bold ? "\033[1m%s\033[0m" : "%s", s);
            if (c < COLUMNS - 1)
                fprintf(out, "%*s", pad, "");
            fputc(' ', out);
        }
        fprintf(out, "%s\n", bar);
    }
}

static void shape_text(const Img_LIST_I64 *dims, char *text, size_t size)
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
    fprintf(out, " %s: %s (%s)\n", what, count, size);
}

/* Not parameters: what the transforms learned from the data. */
static void fitted_line(FILE *out, int64_t n)
{
    char count[32];
    rt_commas(n, count);
    fprintf(out, " Fitted values: %s\n", count);
}

static void totals(FILE *out, const ImgInstance *m, int64_t optimizer_params)
{
    int64_t trained = 0, fixed = 0;
    int64_t fitted = 0;
    double trained_bytes = 0, fixed_bytes = 0;
    for (uint32_t i = 0; i < m->states.n; i++) {
        const ImgState *s = &m->states.at[i];
        int64_t n = 1;
        for (uint32_t d = 0; d < s->dims.n; d++)
            n *= s->dims.at[d];
        if (s->role == 3)
            fitted += n;
        if (s->role != 0)
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

void rt_summary_print(FILE *out, const ImgInstance *m, int width, int64_t optimizer_params,
                      int bold)
{
    int first = (int)(width * 0.45), second = (int)(width * 0.80);
    const int w[COLUMNS] = {first - 1, second - first - 2, width - second - 1};
    const char *head[COLUMNS] = {"Layer (type)", "Output Shape", "Param #"};
    fprintf(out, bold ? "\033[1mModel: \"%s\"\033[0m\n" : "Model: \"%s\"\n", m->title);
    rule(out, w, "┏", "┳", "┓", "━");
    row(out, w, head, "┃", bold);
    rule(out, w, "┡", "╇", "┩", "━");
    for (uint32_t i = 0; i < m->layers.n; i++) {
        const ImgLayerRow *l = &m->layers.at[i];
        char name[CELL], shape[CELL], params[32];
        snprintf(name, sizeof name, "%s (%s)", l->name, l->type);
        shape_text(&l->dims, shape, sizeof shape);
        rt_commas(l->params, params);
        const char *cell[COLUMNS] = {name, shape, params};
        if (i)
            rule(out, w, "├", "┼", "┤", "─");
        row(out, w, cell, "│", 0);
    }
    rule(out, w, "└", "┴", "┘", "─");
    totals(out, m, optimizer_params);
}
