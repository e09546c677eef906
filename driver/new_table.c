/* new_table.c: guesses from the first lines, checked by reading the whole table with the runtime's reader. */
#include "driver/new_table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/abi/suggest.h"
#include "runtime/data/csv_scan.h"
#include "runtime/data/missing.h"
#include "runtime/data/number.h"

enum { LOOKED_LINES = 50, MOST_WORDS = 4 };

/* ---- how it is written ---- */

/* The fields of a line, quotes respected: one more than delimiters. *end: behind the line. */
static uint32_t count_fields(const char *at, const char *end, char delimiter, const char **next)
{
    uint32_t n = 1;
    bool quoted = false;
    for (; at < end && (quoted || (*at != '\n' && *at != '\r')); at++) {
        quoted = *at == '"' ? !quoted : quoted;
        n += *at == delimiter && !quoted;
    }
    while (at < end && (*at == '\n' || *at == '\r'))
        at++;
    *next = at;
    return n;
}

/* The fields that all of the first lines have; 0: not all have the same number. */
static uint32_t same_fields(const char *text, const char *end, char delimiter)
{
    uint32_t first = 0;
    for (int i = 0; i < LOOKED_LINES && text < end; i++) {
        uint32_t n = count_fields(text, end, delimiter, &text);
        if (i && n != first)
            return 0;
        first = n;
    }
    return first;
}

/* A comma may stand in numbers, a blank in texts, so that they come last. */
static char find_delimiter(const char *text, const char *end)
{
    for (const char *d = "\t;|, "; *d; d++)
        if (same_fields(text, end, *d) > 1)
            return *d;
    for (const char *d = "\t;|"; *d; d++) { /* uneven rows: as the first line has it */
        const char *next;
        if (count_fields(text, end, *d, &next) > count_fields(text, end, ',', &next))
            return *d;
    }
    return ',';
}

/* The cell without quotes and spaces around it. */
static bool is_number(const char *at, size_t n)
{
    char text[64];
    double value;
    bool is_int;
    while (n && strchr("\" ", at[n - 1]))
        n--;
    for (; n && strchr("\" ", *at); at++)
        n--;
    if (!n || n >= sizeof text)
        return false;
    memcpy(text, at, n);
    text[n] = 0;
    return rt_parse_number(text, &value, &is_int) || rt_parse_decimal(text, ',', &value, &is_int);
}

/* Names are no numbers; a line that is half of numbers has none. */
static bool begins_with_names(const char *text, const char *end, char delimiter)
{
    uint32_t numbers = 0, fields = 0;
    bool quoted = false;
    const char *cell = text;
    for (const char *at = text;; at++) {
        bool ends = at >= end || (!quoted && (*at == '\n' || *at == '\r'));
        if (ends || (*at == delimiter && !quoted)) {
            numbers += is_number(cell, (size_t)(at - cell));
            fields++;
            cell = at + 1;
        }
        if (ends)
            return 2 * numbers < fields;
        quoted = *at == '"' ? !quoted : quoted;
    }
}

static void look_at_text(NewTable *t, const char *text, size_t size)
{
    const char *end = text + size;
    bool plain;
    RtTextFault fault = {NULL, NULL};
    rt_text_look(text, end, true, &plain, &fault);
    if (fault.at && !fault.what && !rt_text_other_file(text, size))
        t->encoding = "windows-1252";
    if (size >= 3 && !memcmp(text, "\xef\xbb\xbf", 3))
        text += 3;
    while (text < end && (*text == '\n' || *text == '\r'))
        text++;
    bool told = end - text > 6 && !memcmp(text, "sep=", 4) && strchr("\r\n", text[5]);
    t->delimiter[0] = told ? text[4] : find_delimiter(text, end);
    for (text += told ? 5 : 0; text < end && (*text == '\n' || *text == '\r');)
        text++;
    t->has_header = begins_with_names(text, end, t->delimiter[0]);
}

/* ---- reading it ---- */

static RtStatus read_with(const NewTable *t, const RtSourceArg *target, RtReading *out,
                          RtError *error)
{
    const char *dir = ".";
    RtDirs dirs = {1, &dir};
    RtSourceArg args[] = {
        {.name = "path", .kind = RT_ARG_TEXT, .text = t->path},
        {.name = "delimiter", .kind = RT_ARG_TEXT, .text = t->delimiter},
        {.name = "decimal", .kind = RT_ARG_TEXT, .text = t->decimal},
        {.name = "header", .kind = RT_ARG_NUMBER, .number = t->has_header},
        {.name = "encoding", .kind = RT_ARG_TEXT, .text = t->encoding ? t->encoding : "utf-8"},
        {.name = "missing_target", .kind = RT_ARG_TEXT, .text = t->drop ? "drop" : "error"},
        *target,
        {.name = "missing",
         .kind = t->n_missing ? RT_ARG_TEXTS : RT_ARG_NONE,
         .n = t->n_missing,
         .texts = t->missing},
    };
    RtSourceDesc source = {.name = "csv", .n_args = sizeof args / sizeof *args, .args = args};
    return rt_source_read(&source, &dirs, false, out, error);
}

static RtStatus read_all(NewTable *t, RtError *error)
{
    const RtSourceArg none = {.name = "target", .kind = RT_ARG_NONE};
    rt_reading_close(&t->all);
    return read_with(t, &none, &t->all, error);
}

static bool is_decimal(const char *text, char point)
{
    double value;
    bool is_int;
    return rt_parse_decimal(text, point, &value, &is_int);
}

/* Is a column of texts one of numbers with decimal commas? */
static bool has_commas(const RtTable *table)
{
    for (uint32_t i = 0; i < table->names.n; i++) {
        const RtTexts *texts = &table->columns[i].texts;
        uint32_t commas = 0, points = 0;
        for (uint32_t k = 0; table->columns[i].codes && k < texts->n; k++) {
            bool comma = is_decimal(rt_texts_at(texts, k), ',');
            bool point = is_decimal(rt_texts_at(texts, k), '.');
            commas += comma && !point;
            points += point && !comma;
        }
        if (commas > 0 && !points)
            return true;
    }
    return false;
}

/* ---- words for missing cells ---- */

/* The rows whose cell is a number; *words of the different texts are none. */
static int64_t count_numbers(const NewTable *t, const RtColumn *c, uint32_t *words)
{
    int64_t rows = 0;
    *words = 0;
    for (uint32_t k = 0; k < c->texts.n; k++)
        *words += !is_decimal(rt_texts_at(&c->texts, k), t->decimal[0]);
    for (int64_t r = 0; *words <= MOST_WORDS && r < t->all.table->rows; r++)
        rows += c->codes[r] >= 0 &&
                is_decimal(rt_texts_at(&c->texts, (uint32_t)c->codes[r]), t->decimal[0]);
    return rows;
}

static void add_word(NewTable *t, Arena *arena, const char *word)
{
    for (uint32_t i = 0; i < t->n_missing; i++)
        if (!strcmp(t->missing[i], word))
            return;
    if (t->n_missing < MOST_MISSING)
        t->missing[t->n_missing++] = arena_strdup(arena, word);
}

/* What numbers are not, in a column that holds numbers but for a few words, such as "-" or "none". */
static void add_words(NewTable *t, Arena *arena, const RtColumn *c)
{
    uint32_t words;
    int64_t numbers = count_numbers(t, c, &words);
    bool few = words && words <= MOST_WORDS && 2 * numbers > t->all.table->rows - c->missing;
    for (uint32_t k = 0; few && k < c->texts.n; k++)
        few = !rt_number_hint(rt_texts_at(&c->texts, k), t->decimal[0]);
    for (uint32_t k = 0; few && k < c->texts.n; k++)
        if (!is_decimal(rt_texts_at(&c->texts, k), t->decimal[0]))
            add_word(t, arena, rt_texts_at(&c->texts, k));
}

/* The usual words do not count any more; those that occur are added. */
static RtStatus find_missing(NewTable *t, Arena *arena, RtError *error)
{
    const RtTable *table = t->all.table;
    for (uint32_t i = 0; i < table->names.n; i++)
        if (table->columns[i].codes)
            add_words(t, arena, &table->columns[i]);
    uint32_t n = t->n_missing;
    RtStatus status = n ? read_all(t, error) : RT_OK;
    for (uint32_t i = 0; n && status == RT_OK && i < t->all.table->names.n; i++) {
        const RtTexts *texts = &t->all.table->columns[i].texts;
        for (uint32_t k = 0; k < texts->n; k++)
            if (rt_is_missing(rt_texts_at(texts, k)))
                add_word(t, arena, rt_texts_at(texts, k));
    }
    return status == RT_OK && t->n_missing > n ? read_all(t, error) : status;
}

/* "01067" */
static bool is_code(const char *text)
{
    size_t n = strspn(text, "0123456789");
    return n > 1 && *text == '0' && !text[n];
}

static void find_codes(NewTable *t, Arena *arena, char *text, size_t size)
{
    RtCsvScan s;
    RtError unread;
    uint32_t n = t->all.table->names.n;
    t->codes = ARENA_ARRAY(arena, const char *, n + 1);
    if (rt_csv_start(&s, t->path, t->delimiter[0], text, size, &unread) != RT_OK)
        return;
    for (int row = 0; row < LOOKED_LINES && rt_csv_next(&s, &unread) == RT_OK; row++)
        for (uint32_t i = 0; (row || !t->has_header) && i < s.n && i < n; i++)
            if (!t->codes[i] && is_code(s.cells[i].text))
                t->codes[i] = arena_strdup(arena, s.cells[i].text);
    rt_csv_stop(&s);
}

static bool is_text(const unsigned char *bytes, size_t n)
{
    return !memchr(bytes, 0, n);
}

RtStatus new_table_read(NewTable *t, Arena *arena, const char *path, RtError *error)
{
    RtInput *in = NULL;
    unsigned char *bytes = NULL;
    size_t size = 0;
    *t = (NewTable){.path = path, .decimal = "."};
    RtStatus status = rt_input_open(path, &in, error);
    if (status == RT_OK)
        status = rt_input_all(in, is_text, &bytes, &size, error);
    rt_input_close(in);
    if (status != RT_OK)
        return status;
    look_at_text(t, (const char *)bytes, size);
    status = read_all(t, error);
    if (status == RT_OK)
        find_codes(t, arena, (char *)bytes, size);
    free(bytes);
    if (status == RT_OK && t->delimiter[0] != ',' && has_commas(t->all.table)) {
        t->decimal[0] = ',';
        status = read_all(t, error);
    }
    return status == RT_OK ? find_missing(t, arena, error) : status;
}

/* ---- targets ---- */

/* By its name, else by its place; -1: there is none. */
static int64_t find_column(const NewTable *t, const char *name)
{
    const RtNames *names = &t->all.table->names;
    double place;
    bool is_int;
    int64_t column = rt_names_find(names, name);
    if (column < 0 && rt_parse_number(name, &place, &is_int) && is_int &&
        place >= -(double)names->n && place < (double)names->n)
        column = (int64_t)place + (place < 0 ? names->n : 0);
    return column;
}

static RtStatus fail_absent(const NewTable *t, const char *name, RtError *error)
{
    char list[400];
    const RtNames *names = &t->all.table->names;
    const char *near = rt_names_suggest(names, name);
    if (near)
        return rt_fail(error, "'%s' has no column \"%s\"; did you mean \"%s\"?", t->path, name,
                       near);
    (void)rt_fail(error, "'%s' has no column \"%s\"; it has %s", t->path, name,
                  rt_names_text(names, list, sizeof list));
    if (t->all.table->unnamed == 1)
        rt_fail_help(error, "is line 1 a title? Leave out lines that stand above the names");
    return RT_ERROR;
}

static RtStatus add_target(NewTable *t, const char *name, RtError *error)
{
    int64_t column = find_column(t, name);
    if (column < 0)
        return fail_absent(t, name, error);
    t->targets[t->n_targets++] = (uint32_t)column;
    t->drop = t->drop || t->all.table->columns[column].missing > 0;
    return RT_OK;
}

/* A name may hold commas itself. */
static RtStatus find_targets(NewTable *t, Arena *arena, const char *names, RtError *error)
{
    char *copy = arena_strdup(arena, names), *rest = NULL;
    RtStatus status = RT_OK;
    t->targets = ARENA_ARRAY(arena, uint32_t, strlen(names) + 1);
    if (find_column(t, names) >= 0)
        return add_target(t, names, error);
    for (char *name = strtok_r(copy, ",", &rest); name && status == RT_OK;
         name = strtok_r(NULL, ",", &rest))
        status = add_target(t, name + strspn(name, " "), error);
    return status == RT_OK && !t->n_targets ? fail_absent(t, names, error) : status;
}

RtStatus new_table_target(NewTable *t, Arena *arena, const char *names, RtError *error)
{
    RtStatus status = find_targets(t, arena, names, error);
    int64_t *places = ARENA_ARRAY(arena, int64_t, t->n_targets + 1);
    const char **texts = ARENA_ARRAY(arena, const char *, t->n_targets + 1);
    for (uint32_t i = 0; i < t->n_targets; i++) {
        places[i] = t->targets[i];
        texts[i] = "";
    }
    RtSourceArg target = {.name = "target",
                          .kind = RT_ARG_TEXTS,
                          .n = t->n_targets,
                          .texts = texts,
                          .places = places};
    return status == RT_OK ? read_with(t, &target, &t->labels, error) : status;
}

void new_table_close(NewTable *t)
{
    rt_reading_close(&t->all);
    rt_reading_close(&t->labels);
}

/* ---- columns ---- */

static void add_distinct(NewColumn *c, double *seen, double value)
{
    for (uint32_t i = 0; i < c->distinct && i < MOST_DISTINCT; i++)
        if (seen[i] == value)
            return;
    if (c->distinct < MOST_DISTINCT)
        seen[c->distinct] = value;
    if (c->distinct <= MOST_DISTINCT)
        c->distinct++;
}

/* Texts that are numbers but for a sign or spaces: what most of them lack. */
static void find_hint(const NewTable *t, const RtColumn *own, NewColumn *c)
{
    uint32_t n = 0;
    for (uint32_t k = 0; k < own->texts.n; k++) {
        const char *text = rt_texts_at(&own->texts, k);
        const char *hint = rt_number_hint(text, t->decimal[0]);
        n += hint || is_decimal(text, t->decimal[0]);
        c->sample = hint && !c->hint ? text : c->sample;
        c->hint = hint && !c->hint ? hint : c->hint;
    }
    if (10 * (uint64_t)n < 9 * (uint64_t)own->texts.n)
        c->hint = NULL;
}

/* "2024-01-31", "31.01.2024 12:30", "12:30" */
static bool is_time(const char *text)
{
    int groups = 0;
    bool clock = false, more = true;
    while (more) {
        size_t n = strspn(text, "0123456789");
        if (!n || n == 3 || n > 4)
            return false;
        groups++;
        text += n;
        clock = clock || *text == ':';
        more = *text && strchr(groups < 3 ? "-/.:" : "-/.: T", *text);
        text += more;
    }
    return (groups > 2 || (groups == 2 && clock)) && (!*text || !strcmp(text, "Z"));
}

static bool are_times(const RtTexts *texts)
{
    for (uint32_t k = 0; k < texts->n; k++)
        if (!is_time(rt_texts_at(texts, k)))
            return false;
    return texts->n > 0;
}

NewColumn new_table_column(const NewTable *t, uint32_t column)
{
    const RtTable *table = t->all.table;
    const RtColumn *own = &table->columns[column];
    NewColumn c = {.is_text = own->codes != NULL,
                   .is_whole = true,
                   .missing = own->missing,
                   .n = table->rows - own->missing,
                   .distinct = own->texts.n,
                   .least = INFINITY,
                   .most = -INFINITY};
    double seen[MOST_DISTINCT];
    c.is_time = are_times(&own->texts);
    find_hint(t, own, &c);
    c.counts_rows = rt_table_counts_rows(table, column);
    for (int64_t r = 0; own->block && r < table->rows; r++) {
        double value;
        rt_table_row(table, r, &column, 1, &value);
        if (isnan(value))
            continue;
        c.is_whole = c.is_whole && value == floor(value);
        c.least = value < c.least ? value : c.least;
        c.most = value > c.most ? value : c.most;
        add_distinct(&c, seen, value);
    }
    return c;
}
