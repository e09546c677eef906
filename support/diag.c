/* diag.c: collects messages, drops repeated ones, sorts, counts. How they look is decided in
 * diag_text.c and diag_json.c. */
#include "support/diag.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "runtime/abi/shown.h"
#include "support/diag_internal.h"
#include "support/intern.h"

enum { ERROR_LIMIT = 20, MOST_ERRORS = 1000 };

struct Diags {
    Arena *arena;
    const SourceMap *map;
    Vec(DiagMessage *) pending;
    DiagMessage *last; /* the one that notes and help belong to; NULL if that was dropped */
    Interner *seen;    /* kind, range and text of every message given */
    size_t n_given, n_errors, n_pending_errors;
    bool werror, no_warnings;
    Vec(const char *) disabled;
};

Diags *diag_new(Arena *arena, const SourceMap *map)
{
    Diags *d = ARENA_NEW(arena, Diags);
    d->arena = arena;
    d->map = map;
    d->seen = interner_new(arena);
    return d;
}

const SourceMap *diag_sources(const Diags *d)
{
    return d->map;
}

static bool was_given(Diags *d, DiagKind kind, Range where, const char *text)
{
    StrBuf key = {0};
    strbuf_printf(&key, "%d:%" PRIu32 ":%" PRIu32 ":%s", (int)kind, where.begin, where.end, text);
    size_t before = interner_count(d->seen);
    intern_n(d->seen, key.text, key.n);
    strbuf_close(&key);
    return interner_count(d->seen) == before;
}

/* Takes `text`, which is in the arena already. */
static void give(Diags *d, DiagKind kind, Range where, const char *name, const char *text)
{
    d->last = NULL;
    if (was_given(d, kind, where, text))
        return;
    DiagMessage *message = ARENA_NEW(d->arena, DiagMessage);
    message->kind = kind;
    message->where = where;
    message->name = name ? arena_strdup(d->arena, name) : NULL;
    message->text = text;
    message->order = d->n_given++;
    d->n_errors += kind == DIAG_ERROR;
    d->n_pending_errors += kind == DIAG_ERROR;
    vec_push(d->arena, &d->pending, message);
    d->last = message;
}

static bool is_disabled(const Diags *d, const char *name)
{
    for (size_t i = 0; i < d->disabled.n; i++)
        if (strcmp(d->disabled.at[i], name) == 0)
            return true;
    return d->no_warnings;
}

bool diag_is_full(const Diags *d)
{
    return d->n_pending_errors >= MOST_ERRORS;
}

void diag_error(Diags *d, Range where, const char *format, ...)
{
    va_list args;
    if (diag_is_full(d)) {
        d->last = NULL;
        d->n_errors++;
        return;
    }
    va_start(args, format);
    give(d, DIAG_ERROR, where, NULL, arena_vshown(d->arena, format, args));
    va_end(args);
}

void diag_warning(Diags *d, Range where, const char *name, const char *format, ...)
{
    bool disabled = is_disabled(d, name);
    if (disabled || diag_is_full(d)) {
        d->last = NULL;
        d->n_errors += !disabled && d->werror;
        return;
    }
    va_list args;
    va_start(args, format);
    DiagKind kind = d->werror ? DIAG_ERROR : DIAG_WARNING;
    give(d, kind, where, name, arena_vshown(d->arena, format, args));
    va_end(args);
}

/* What belongs to a message that was dropped is dropped before it takes memory. */
static void attach(Diags *d, DiagKind kind, Range where, const char *replacement,
                   const char *format, va_list args) NNLC_PRINTF(5, 0);

static void attach(Diags *d, DiagKind kind, Range where, const char *replacement,
                   const char *format, va_list args)
{
    if (d->last)
        vec_push(d->arena, &d->last->parts,
                 (DiagPart){kind, where, arena_vshown(d->arena, format, args),
                            replacement ? arena_strdup(d->arena, replacement) : NULL});
}

void diag_note(Diags *d, Range where, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    attach(d, DIAG_NOTE, where, NULL, format, args);
    va_end(args);
}

void diag_help(Diags *d, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    attach(d, DIAG_HELP, (Range){0, 0}, NULL, format, args);
    va_end(args);
}

void diag_fix(Diags *d, Range where, const char *text, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    attach(d, DIAG_HELP, where, text, format, args);
    va_end(args);
}

size_t diag_errors(const Diags *d)
{
    return d->n_errors;
}

void diag_set_werror(Diags *d, bool on)
{
    d->werror = on;
}

void diag_disable_warning(Diags *d, const char *name)
{
    if (name)
        vec_push(d->arena, &d->disabled, arena_strdup(d->arena, name));
    else
        d->no_warnings = true;
}

static int by_place(const void *left, const void *right)
{
    const DiagMessage *a = *(DiagMessage *const *)left, *b = *(DiagMessage *const *)right;
    if (a->where.begin != b->where.begin)
        return a->where.begin < b->where.begin ? -1 : 1;
    return a->order < b->order ? -1 : 1;
}

static void add_count(StrBuf *out, size_t n, const char *what)
{
    strbuf_printf(out, "%zu %s%s", n, what, n == 1 ? "" : "s");
}

static void add_totals(StrBuf *out, size_t errors, size_t warnings, size_t left_out, bool full)
{
    const char *at_least = full ? "at least " : "";
    if (left_out) {
        strbuf_add(out, at_least);
        add_count(out, left_out, "more error");
        strbuf_add(out, left_out == 1 ? " is not shown\n" : " are not shown\n");
    }
    if (warnings)
        add_count(out, warnings, "warning");
    if (warnings && errors)
        strbuf_add(out, " and ");
    if (errors) {
        strbuf_add(out, at_least);
        add_count(out, errors, "error");
    }
    if (warnings || errors)
        strbuf_add(out, " generated.\n");
}

/* 0: not a terminal. */
static uint32_t terminal_columns(FILE *out)
{
    struct winsize size;
    int file = fileno(out);
    return file >= 0 && isatty(file) && !ioctl(file, TIOCGWINSZ, &size) ? size.ws_col : 0;
}

void diag_flush(Diags *d, FILE *out, DiagFormat format, DiagColor color)
{
    StrBuf text = {0};
    size_t errors = 0, warnings = 0, left_out = 0;
    uint32_t columns = terminal_columns(out);
    if (d->pending.n)
        qsort(d->pending.at, d->pending.n, sizeof *d->pending.at, by_place);
    for (size_t i = 0; i < d->pending.n; i++) {
        const DiagMessage *message = d->pending.at[i];
        bool is_error = message->kind == DIAG_ERROR;
        errors += is_error;
        warnings += !is_error;
        if (is_error && errors > ERROR_LIMIT)
            left_out++;
        else if (format == DIAG_JSON)
            diag_print_json(&text, d->map, message);
        else
            diag_print_text(&text, d->map, message, color, columns);
    }
    if (format == DIAG_TEXT)
        add_totals(&text, errors, warnings, left_out, diag_is_full(d));
    if (text.n)
        fwrite(text.text, 1, text.n, out);
    strbuf_close(&text);
    d->pending.n = d->n_pending_errors = 0;
    d->last = NULL;
}
