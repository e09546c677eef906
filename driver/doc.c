/* doc.c: nnlc doc: what the words of the language mean, from the tables: an index, the meaning of one
 * word, or the whole reference (docs/reference.md). */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "driver/session.h"
#include "ir/defs/entries.h"
#include "ir/program/prelude.h"
#include "lexer/lexer.h"
#include "runtime/abi/shown.h"
#include "runtime/abi/suggest.h"

enum { WIDTH = 80, INDENT = 4 };

static bool same(const char *a, const char *b)
{
    return !strcasecmp(a, b);
}

/* ---- rows ---- */

static void print_arg(const ArgRow *a)
{
    rt_print(stdout, "- `%s`", a->name);
    if (a->fallback)
        rt_print(stdout, " = `%s`", a->fallback);
    if (*a->range)
        rt_print(stdout, " (%s)", a->range);
    rt_print(stdout, ": %s%s\n", a->doc, a->later ? " (only the default is built yet)" : "");
}

static void print_row(const Row *row)
{
    rt_print(stdout, "### %s\n\n", row->name);
    if (row->later)
        rt_print(stdout, "*Not built yet.* ");
    rt_print(stdout, "%s\n", row->doc);
    if (*row->aliases)
        rt_print(stdout, "\nAlso written: %s\n", row->aliases);
    if (row->n_args)
        rt_print(stdout, "\n");
    for (uint32_t i = 0; i < row->n_args; i++)
        print_arg(&row->args[i]);
    rt_print(stdout, "\n");
}

static void print_entry(const DeclEntry *entry)
{
    rt_print(stdout, "- `%s`: %s%s\n", entry->name, entry->later ? "not built yet: " : "",
             entry->doc);
}

static bool has_entries(const char *owner)
{
    for (size_t i = 0; i < decl_entry_count(); i++)
        if (!strcmp(decl_entry(i)->owner, owner))
            return true;
    return false;
}

static void print_keyword(const char *word, const char *doc)
{
    rt_print(stdout, "### %s\n\n%s\n\n", word, doc);
    if (!has_entries(word))
        return;
    for (size_t i = 0; i < decl_entry_count(); i++)
        if (!strcmp(decl_entry(i)->owner, word))
            print_entry(decl_entry(i));
    rt_print(stdout, "\n");
}

/* ---- the whole reference ---- */

static void print_keywords(void)
{
    puts("## Keywords\n");
    for (int k = TOK_first + 1; k < TOK_past_last; k++)
        if (token_is_word((TokenKind)k))
            print_keyword(token_kind_text((TokenKind)k), token_word_doc((TokenKind)k));
}

/* What is asked for after a dot. */
static void print_members(void)
{
    puts("## Members");
    const char *owner = "";
    for (size_t i = 0; i < decl_entry_count(); i++) {
        const DeclEntry *e = decl_entry(i);
        if (e->is_member && strcmp(e->owner, owner))
            rt_print(stdout, "\n### of %s\n\n", owner = e->owner);
        if (e->is_member)
            print_entry(e);
    }
    puts("");
}

static int print_all(void)
{
    puts("# Reference\n\nMade by `nnlc doc --all` from the tables that the compiler itself "
         "reads.\n");
    print_keywords();
    print_members();
    for (int k = 0; k < N_VOCABS; k++) {
        const char *plural = vocab_name_plural((VocabKind)k);
        rt_print(stdout, "## %c%s\n\n", plural[0] - 'a' + 'A', plural + 1);
        for (size_t i = 0; i < vocab_count((VocabKind)k); i++)
            if (!vocab_row((VocabKind)k, i)->later)
                print_row(vocab_row((VocabKind)k, i));
        bool any = false;
        for (size_t i = 0; i < vocab_count((VocabKind)k); i++)
            if (vocab_row((VocabKind)k, i)->later) {
                rt_print(stdout, "%s`%s`", any ? ", " : "Known, but not built yet: ",
                         vocab_row((VocabKind)k, i)->name);
                any = true;
            }
        rt_print(stdout, any ? "\n\n" : "");
    }
    rt_print(stdout, "## Declared for every program\n\n```\n");
    rt_print_message(stdout, prelude_text);
    rt_print(stdout, "```\n");
    return EXIT_FINE;
}

/* ---- the index ---- */

/* Prints a word, with `before` in front; begins a new line where it would not fit. */
static void put_word(int *column, const char *before, const char *word)
{
    int n = (int)(strlen(before) + strlen(word));
    bool fits = *column + n <= WIDTH;
    if (fits)
        rt_print(stdout, "%s%s", before, word);
    else
        rt_print(stdout, "\n%*s%s", INDENT, "", word);
    *column = fits ? *column + n : INDENT + (int)strlen(word);
}

/* Prints what stands in front of the first word; how long that is. */
static int begin_list(const char *format, ...) RT_PRINTF(1, 2);

static int begin_list(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    rt_vprint(stdout, format, args);
    size_t n = rt_vshow(NULL, 0, format, args);
    va_end(args);
    return (int)n;
}

static bool any_built(VocabKind kind)
{
    for (size_t i = 0; i < vocab_count(kind); i++)
        if (!vocab_row(kind, i)->later)
            return true;
    return false;
}

static void index_of_kind(VocabKind kind)
{
    int column = begin_list("%s:", vocab_name_plural(kind));
    for (size_t i = 0; i < vocab_count(kind); i++)
        if (!vocab_row(kind, i)->later)
            put_word(&column, " ", vocab_row(kind, i)->name);
    if (!any_built(kind))
        put_word(&column, " ", "not built yet");
    rt_print(stdout, "\n");
}

static void index_of_keywords(void)
{
    int column = begin_list("keywords:");
    for (int k = TOK_first + 1; k < TOK_past_last; k++)
        if (token_is_word((TokenKind)k))
            put_word(&column, " ", token_kind_text((TokenKind)k));
    rt_print(stdout, "\n");
}

/* Entries of one declaration stand together in the table. */
static void index_of_entries(void)
{
    const char *owner = "";
    int column = 0;
    for (size_t i = 0; i < decl_entry_count(); i++) {
        const DeclEntry *e = decl_entry(i);
        if (strcmp(e->owner, owner))
            column = begin_list(*owner ? "\n%s of %s:" : "%s of %s:",
                                e->is_member ? "members" : "entries", e->owner);
        if (!e->later)
            put_word(&column, " ", e->name);
        owner = e->owner;
    }
    rt_print(stdout, "\n");
}

/* ---- the prelude ---- */

/* A declaration in the text of the prelude: what stands there, with the comment before it. */
typedef struct Declared {
    const char *begin, *end, *name;
    int name_length;
} Declared;

/* The next one at or behind *at; false: there is none. A declaration ends in front of a line that begins another or a comment. */
static bool declared_next(const char **at, Declared *out)
{
    const char *comment = NULL;
    while (**at) {
        const char *line = *at;
        *at = line + strcspn(line, "\n") + (line[strcspn(line, "\n")] != 0);
        if (*line == '#') {
            comment = comment ? comment : line;
            continue;
        }
        if (strncmp(line, "model ", 6) && strncmp(line, "fn ", 3)) {
            comment = NULL;
            continue;
        }
        const char *name = strchr(line, ' ') + 1;
        *out = (Declared){comment ? comment : line, NULL, name, (int)strcspn(name, "(")};
        while (**at && (**at == ' ' || **at == '}'))
            *at += strcspn(*at, "\n") + ((*at)[strcspn(*at, "\n")] != 0);
        out->end = *at;
        return true;
    }
    return false;
}

static void index_of_declared(void)
{
    Declared d;
    char name[64];
    int column = begin_list("declared:");
    for (const char *at = prelude_text; declared_next(&at, &d);) {
        snprintf(name, sizeof name, "%.*s", d.name_length, d.name);
        put_word(&column, " ", name);
    }
    rt_print(stdout, "\n");
}

static void offer_declared(RtSuggest *best)
{
    Declared d;
    char name[64];
    for (const char *at = prelude_text; declared_next(&at, &d);) {
        snprintf(name, sizeof name, "%.*s", d.name_length, d.name);
        rt_suggest_offer(best, name);
    }
}

static int print_index(void)
{
    puts("nnlc doc NAME   what a word means: one of those below, an argument or a setting\n"
         "nnlc doc KIND   the words of a kind, such as layers, with a line for each\n"
         "nnlc doc --all  the whole reference, with what is known but not built yet\n");
    index_of_keywords();
    index_of_entries();
    for (int k = 0; k < N_VOCABS; k++)
        index_of_kind((VocabKind)k);
    index_of_declared();
    return EXIT_FINE;
}

/* ---- one word ---- */

typedef struct Found {
    Arena *arena;
    const char *name;
    bool any;
} Found;

static void find_keyword(Found *f)
{
    bool all = same("keyword", f->name) || same("keywords", f->name);
    if (all) {
        f->any = true;
        rt_print(stdout, "keywords\n\n");
    }
    for (int k = TOK_first + 1; k < TOK_past_last; k++)
        if (token_is_word((TokenKind)k) && (all || same(token_kind_text((TokenKind)k), f->name))) {
            f->any = true;
            rt_print(stdout, all ? "" : "keyword\n\n");
            print_keyword(token_kind_text((TokenKind)k), token_word_doc((TokenKind)k));
        }
}

static void find_entry(Found *f)
{
    if (same("member", f->name) || same("members", f->name)) {
        f->any = true;
        print_members();
    }
    for (size_t i = 0; i < decl_entry_count(); i++)
        if (same(decl_entry(i)->name, f->name)) {
            f->any = true;
            rt_print(stdout, "%s of %s\n\n", decl_entry(i)->is_member ? "member" : "entry",
                     decl_entry(i)->owner);
            print_entry(decl_entry(i));
            rt_print(stdout, "\n");
        }
}

static bool row_is(const Row *row, const char *name)
{
    size_t n = strlen(name);
    if (same(row->name, name))
        return true;
    for (const char *at = row->aliases; n && *at; at += strcspn(at, " "), at += strspn(at, " "))
        if (strcspn(at, " ") == n && !strncasecmp(at, name, n))
            return true;
    return false;
}

static void find_rows(Found *f)
{
    for (int k = 0; k < N_VOCABS; k++)
        for (size_t i = 0; i < vocab_count((VocabKind)k); i++) {
            const Row *row = vocab_row((VocabKind)k, i);
            if (!row_is(row, f->name))
                continue;
            f->any = true;
            rt_print(stdout, "%s\n\n", vocab_name((VocabKind)k));
            print_row(row);
        }
}

/* The words of a kind, each with its line. */
static void find_kind(Found *f)
{
    for (int k = 0; k < N_VOCABS; k++) {
        VocabKind kind = (VocabKind)k;
        if (!same(vocab_name(kind), f->name) && !same(vocab_name_plural(kind), f->name))
            continue;
        f->any = true;
        rt_print(stdout, "%s\n\n", vocab_name_plural(kind));
        for (int later = 0; later < 2; later++)
            for (size_t i = 0; i < vocab_count(kind); i++)
                if (vocab_row(kind, i)->later == later)
                    rt_print(stdout, "- `%s`: %s%s\n", vocab_row(kind, i)->name,
                             later ? "not built yet: " : "", vocab_row(kind, i)->doc);
        rt_print(stdout, "\n");
    }
}

static void find_declared(Found *f)
{
    Declared d;
    if (same("declared", f->name) || same("declared for every program", f->name)) {
        f->any = true;
        rt_print(stdout, "declared for every program\n\n");
        rt_print_message(stdout, prelude_text);
        rt_print(stdout, "\n");
    }
    for (const char *at = prelude_text; declared_next(&at, &d);)
        if ((int)strlen(f->name) == d.name_length &&
            !strncasecmp(d.name, f->name, (size_t)d.name_length)) {
            f->any = true;
            rt_print(stdout, "declared for every program\n\n");
            rt_print_message(stdout, arena_strndup(f->arena, d.begin, (size_t)(d.end - d.begin)));
            rt_print(stdout, "\n");
        }
}

/* ---- arguments and settings ---- */

typedef struct Owned {
    const Row *row;
    const ArgRow *arg;
} Owned;

typedef Vec(Owned) OwnedList;

static OwnedList args_named(Arena *arena, const char *name, bool later)
{
    OwnedList list = {0};
    for (int k = 0; k < N_VOCABS; k++)
        for (size_t i = 0; i < vocab_count((VocabKind)k); i++) {
            const Row *row = vocab_row((VocabKind)k, i);
            for (uint32_t a = 0; row->later == later && a < row->n_args; a++)
                if (same(row->args[a].name, name)) {
                    Owned one = {row, &row->args[a]};
                    vec_push(arena, &list, one);
                }
        }
    return list;
}

static bool alike(const Owned *a, const Owned *b)
{
    const char *x = a->arg->fallback, *y = b->arg->fallback;
    return a->row->vocab == b->row->vocab && a->arg->later == b->arg->later && !x == !y &&
           (!x || !strcmp(x, y)) && !strcmp(a->arg->doc, b->arg->doc) &&
           !strcmp(a->arg->range, b->arg->range);
}

/* The first of its group prints for all of them. */
static void print_group(Found *f, const OwnedList *list, size_t first)
{
    VocabKind kind = list->at[first].row->vocab;
    size_t n = 0;
    for (size_t i = first; i < list->n; i++)
        n += alike(&list->at[first], &list->at[i]);
    f->any = true;
    int column = begin_list("%s of the %s", kind == VOCAB_command ? "setting" : "argument",
                            n > 1 ? vocab_name_plural(kind) : vocab_name(kind));
    const char *before = " ";
    for (size_t i = first; i < list->n; i++)
        if (alike(&list->at[first], &list->at[i])) {
            put_word(&column, before, list->at[i].row->name);
            before = ", ";
        }
    rt_print(stdout, "%s\n\n", list->at[first].row->later ? " (not built yet)" : "");
    print_arg(list->at[first].arg);
    rt_print(stdout, "\n");
}

/* Those of words that are not built only where no built word has one of this name. */
static void find_args(Found *f)
{
    OwnedList list = args_named(f->arena, f->name, false);
    if (!list.n)
        list = args_named(f->arena, f->name, true);
    for (size_t i = 0; i < list.n; i++) {
        bool first = true;
        for (size_t k = 0; k < i && first; k++)
            first = !alike(&list.at[k], &list.at[i]);
        if (first)
            print_group(f, &list, i);
    }
}

/* ---- did you mean ---- */

static void offer_rows(RtSuggest *best)
{
    for (int k = 0; k < N_VOCABS; k++)
        for (size_t i = 0; i < vocab_count((VocabKind)k); i++) {
            const Row *row = vocab_row((VocabKind)k, i);
            rt_suggest_offer_words(best, row->name, row->later);
            for (uint32_t a = 0; a < row->n_args; a++)
                rt_suggest_offer_words(best, row->args[a].name, row->later);
        }
}

static int unknown_word(const char *name)
{
    RtSuggest best = rt_suggest_start(name);
    for (int k = TOK_first + 1; k < TOK_past_last; k++)
        if (token_is_word((TokenKind)k))
            rt_suggest_offer(&best, token_kind_text((TokenKind)k));
    for (size_t i = 0; i < decl_entry_count(); i++)
        if (!decl_entry(i)->later)
            rt_suggest_offer(&best, decl_entry(i)->name);
    for (int k = 0; k < N_VOCABS; k++)
        rt_suggest_offer(&best, vocab_name_plural((VocabKind)k));
    offer_rows(&best);
    offer_declared(&best);
    const char *near = rt_suggest_best(&best);
    rt_print_short(stderr,
                   near ? "nnlc: error: there is no '%s'; did you mean '%s'?\n"
                        : "nnlc: error: there is no '%s'\n",
                   name, near);
    return EXIT_WRONG;
}

int doc_print(const Session *s)
{
    const char *name = s->options->doc_name;
    if (s->options->doc_all)
        return print_all();
    if (!name)
        return print_index();
    Found f = {.arena = s->arena, .name = name};
    find_keyword(&f);
    find_entry(&f);
    find_rows(&f);
    find_args(&f);
    find_kind(&f);
    find_declared(&f);
    return f.any ? EXIT_FINE : unknown_word(name);
}
