/* errors.c: what a syntax error says: what was found, what could stand there, and where an open bracket
 * began. */
#include <string.h>

#include "parser/build.h"

/* Tokens that can begin a value; together they are called "a value". */
static const char *const value_starts[] = {"name", "integer", "number", "string", "(",     "[",
                                           "-",    "fn",      "not",    "true",   "false", "none"};
/* Tokens that go on a value that could as well be over. */
static const char *const value_follows[] = {"(",  "[",  ".",   "..",  "+",  "-", "*",  "/",
                                            "//", "%",  "**",  "==",  "!=", "<", "<=", ">",
                                            ">=", "in", "not", "and", "or", "if"};

static bool one_of(const char *name, const char *const *names, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!strcmp(name, names[i]))
            return true;
    return false;
}

#define ONE_OF(name, list) one_of((name), (list), sizeof(list) / sizeof *(list))

static const char *found_text(Parse *p)
{
    const Token *t = &p->now;
    Arena *arena = p->cx->arena;
    switch (t->kind) {
    case TOK_end:
        return "the end of the file";
    case TOK_newline:
        return "the end of the line";
    case TOK_name:
        return arena_printf(arena, "'%s'", t->text);
    case TOK_integer:
    case TOK_number:
        return "a number";
    case TOK_string:
        return "a string";
    default: /* all others are what they look like */
        return arena_printf(arena, "'%s'", token_kind_text(t->kind));
    }
}

static const char *without_article(const char *text)
{
    return !strncmp(text, "the ", 4) ? text + 4 : !strncmp(text, "a ", 2) ? text + 2 : text;
}

static const char *expected_text(Parse *p, const char *name)
{
    if (!strcmp(name, "name"))
        return "a name";
    if (!strcmp(name, "string"))
        return "a string";
    if (!strcmp(name, "end of line"))
        return "the end of the line";
    if (!strcmp(name, "end of file"))
        return "the end of the file";
    return arena_printf(p->cx->arena, "'%s'", name);
}

typedef struct Expected {
    const char *text[PARSE_MOST_EXPECTED + 1];
    int n;
    bool value;             /* any value could stand here */
    bool assign_to_compare; /* `==` could stand here */
} Expected;

/* Behind the first name of a line of a model '{' could stand, too: of compile { } and fit { }, which a layer is not. */
static bool takes_brace(const char *const *names, int n)
{
    return one_of("{", names, (size_t)n) &&
           (!one_of(",", names, (size_t)n) || one_of("on", names, (size_t)n));
}

static Expected gather(Parse *p, const char *const *names, int n)
{
    bool value = one_of("integer", names, (size_t)n), follows = one_of("+", names, (size_t)n);
    Expected e = {.n = 0, .value = value};
    e.assign_to_compare = follows && one_of("==", names, (size_t)n);
    if (value)
        e.text[e.n++] = "a value";
    for (int i = 0; i < n; i++) {
        if ((!strcmp(names[i], "{") && !takes_brace(names, n)) ||
            (value && ONE_OF(names[i], value_starts)) ||
            (follows && ONE_OF(names[i], value_follows)))
            continue;
        e.text[e.n++] = expected_text(p, names[i]);
    }
    return e;
}

static const char *joined(Parse *p, const Expected *e)
{
    const char *text = e->text[0];
    for (int i = 1; i < e->n; i++)
        text =
            arena_printf(p->cx->arena, "%s%s%s", text, i + 1 == e->n ? " or " : ", ", e->text[i]);
    return text;
}

static const char *closer_of(TokenKind open)
{
    return open == TOK_lparen ? ")" : open == TOK_lbracket ? "]" : "}";
}

static void report_unclosed(Parse *p, Range where)
{
    const Token *open = &p->filter.unclosed;
    diag_error(p->cx->diags, where, "missing '%s'", closer_of(open->kind));
    diag_note(p->cx->diags, open->range, "the '%s' was opened here", token_kind_text(open->kind));
}

/* The token that begins at this byte, or the last one before it; the first one where there is none. */
static const Token *token_at(const Parse *p, uint32_t begin)
{
    size_t n = p->filter.tokens->list.n, i = p->filter.at < n ? p->filter.at : n;
    while (i > 1 && p->filter.tokens->list.at[i - 1].range.begin > begin)
        i--;
    return &p->filter.tokens->list.at[i ? i - 1 : 0];
}

/* The command of `fit(epochs=1)`, NULL if this is something else. */
static const Token *called_command(const Parse *p)
{
    Token open = vec_last(&p->filter.open);
    const Token *name = token_at(p, open.range.begin - 1);
    bool joined = name->range.end == open.range.begin;
    return open.kind == TOK_lparen && joined && name->kind == TOK_name && name->starts_line ? name
                                                                                            : NULL;
}

/* Helps for mistakes that people who come from other languages make. */
static void hint(Parse *p, const Expected *e, const char *const *names, int n)
{
    TokenKind now = p->now.kind, before = p->before.kind;
    const Token *command = now == TOK_assign && p->filter.open.n ? called_command(p) : NULL;
    if (command)
        diag_help(p->cx->diags, "settings go between '{' and '}': %s { %s = ... }", command->text,
                  before == TOK_name ? p->before.text : "name");
    else if (parse_habit(p, names, n))
        return;
    else if (now == TOK_assign && e->assign_to_compare && p->filter.open.n &&
             !p->before.starts_line)
        diag_help(p->cx->diags, "to compare two values, write '=='");
    else if (now == TOK_assign && p->before.reserved)
        diag_help(p->cx->diags, "'%s' is a reserved word and cannot be a name", p->before.text);
    else if (token_is_word(now) && e->n && !strcmp(e->text[0], "a name"))
        diag_help(p->cx->diags, "'%s' is a reserved word and cannot be a name",
                  token_kind_text(now));
    else if (now == TOK_assign && before == TOK_name)
        diag_help(p->cx->diags, "to name a value, write 'let %s = ...'", p->before.text);
}

static void note_open_bracket(Parse *p, const Expected *e)
{
    TokenKind kind = p->filter.open.n ? vec_last(&p->filter.open).kind : TOK_end;
    if (kind != TOK_lparen && kind != TOK_lbracket)
        return;
    for (int i = 0; i < e->n; i++)
        if (e->text[i][0] == '\'' && e->text[i][1] == *closer_of(kind))
            diag_note(p->cx->diags, vec_last(&p->filter.open).range, "to match this '%s'",
                      token_kind_text(kind));
}

void parse_drop_brace(Parse *p, const Token *brace)
{
    if (p->now.kind == TOK_lbrace && p->now.range.begin == brace->range.begin)
        filter_skip_group(&p->filter);
}

/* Has the lexer reported something in this statement? */
static bool was_reported(const Parse *p)
{
    const Tokens *t = p->filter.tokens;
    const Token *first = token_at(p, p->now.range.begin), *last = first;
    size_t low = 0, high = t->wrong.n;
    while (first > t->list.at && first[-1].kind != TOK_newline)
        first--;
    while (last->kind != TOK_newline && last->kind != TOK_end)
        last++;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (t->wrong.at[middle].begin < last->range.end)
            low = middle + 1;
        else
            high = middle;
    }
    return low && t->wrong.at[low - 1].end >= first->range.begin;
}

/* `a = 1 b = 2` in settings or arguments. */
static bool lacks_comma(const Parse *p, const char *const *names, int n)
{
    const Filter *f = &p->filter;
    bool listed = one_of(",", names, (size_t)n) && !takes_brace(names, n);
    bool named = p->now.kind == TOK_name && f->at < f->tokens->list.n &&
                 f->tokens->list.at[f->at].kind == TOK_assign;
    return listed && named && f->open.n && p->before.kind != TOK_comma;
}

static void report_comma(Parse *p)
{
    Range gap = {p->before.range.end, p->before.range.end};
    diag_error(p->cx->diags, gap, "missing ',' before '%s'", p->now.text);
    diag_fix(p->cx->diags, gap, ",", "write ','");
}

static void report(Parse *p, Range where, const Expected *e, const char *const *names, int n)
{
    if (e->n >= 1 && e->n <= 4)
        diag_error(p->cx->diags, where, "expected %s, found %s", joined(p, e), found_text(p));
    else
        diag_error(p->cx->diags, where, "unexpected %s", without_article(found_text(p)));
    hint(p, e, names, n);
    if (e->value && token_at(p, p->now.range.begin)->starts_line && p->before.range.end)
        diag_note(p->cx->diags, p->before.range, "it should follow this '%s'",
                  token_kind_text(p->before.kind));
    note_open_bracket(p, e);
}

void parse_syntax_error(Parse *p, Range where, const char *const *names, int n)
{
    if (p->filter.too_deep)
        return; /* reported */
    n = n < PARSE_MOST_EXPECTED ? n : PARSE_MOST_EXPECTED;
    if (p->now.kind == TOK_end && p->filter.open.n && one_of("}", names, (size_t)n))
        p->filter.unclosed = vec_last(&p->filter.open);
    if (p->filter.unclosed.kind) {
        report_unclosed(p, where);
        p->filter.unclosed.kind = TOK_end;
        return;
    }
    Expected e = gather(p, names, n);
    if (was_reported(p))
        ; /* the lexer told of this line */
    else if (lacks_comma(p, names, n))
        report_comma(p);
    else
        report(p, where, &e, names, n);
    filter_recover(&p->filter);
    p->filter.unclosed.kind = TOK_end;
    if (token_is_word(p->now.kind))
        p->filter.before.kind = TOK_name; /* a word where none fits: its line may end here */
}
