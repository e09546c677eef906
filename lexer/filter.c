/* filter.c: raw tokens -> tokens with the line ends that count. Rules 1 to 5 of docs/language.md. */
#include "lexer/filter.h"

Filter filter_start(const Tokens *tokens, Arena *arena, Diags *diags)
{
    return (Filter){.tokens = tokens, .arena = arena, .diags = diags};
}

static bool hides_lines(const Filter *f)
{
    return f->open.n && vec_last(&f->open).kind != TOK_lbrace;
}

/* Rule 2: may a line end here end a statement? */
static bool ends_statement(const Token *t)
{
    switch (t->kind) {
    case TOK_name:
    case TOK_integer:
    case TOK_number:
    case TOK_string:
    case TOK_rparen:
    case TOK_rbracket:
    case TOK_rbrace:
    case TOK_yes:
    case TOK_no:
    case TOK_none:
        return true;
    default: /* every other token wants something after it */
        return false;
    }
}

static const Token *look(const Filter *f, size_t i)
{
    size_t last = f->tokens->list.n - 1;
    return &f->tokens->list.at[i < last ? i : last];
}

static bool starts_declaration(const Filter *f, size_t i)
{
    const Token *t = look(f, i), *next = look(f, i + 1);
    if (!t->starts_line || next->kind == TOK_assign)
        return false;
    switch (t->kind) {
    case TOK_param:
    case TOK_option:
    case TOK_let:
    case TOK_data:
    case TOK_block:
    case TOK_model:
    case TOK_import:
    case TOK_config:
        return true;
    case TOK_fn:
        return next->kind == TOK_name;
    default: /* anything else can go on an expression */
        return false;
    }
}

void filter_recover(Filter *f)
{
    while (hides_lines(f)) {
        f->unclosed = vec_last(&f->open);
        f->open.n--;
    }
}

void filter_skip_group(Filter *f)
{
    Token brace = vec_last(&f->open);
    f->open.n--;
    filter_recover(f);
    for (uint32_t depth = 1;; f->at++) {
        TokenKind kind = look(f, f->at)->kind;
        if (kind == TOK_end || (kind == TOK_newline && starts_declaration(f, f->at + 1))) {
            f->before.kind = TOK_name; /* never closed: its line ends here */
            return;
        }
        depth += kind == TOK_lbrace;
        if (kind == TOK_rbrace && !--depth)
            break;
    }
    vec_push(f->arena, &f->open, brace);
}

static Token newline_at(const Filter *f, Range where, bool soft)
{
    return (Token){
        .kind = TOK_newline, .soft = soft, .range = where.begin ? where : f->before.range};
}

static Token hand_out(Filter *f, Token token)
{
    f->before = token;
    return token;
}

static bool in_braces(const Filter *f)
{
    for (size_t i = 0; i < f->open.n; i++)
        if (f->open.at[i].kind == TOK_lbrace)
            return true;
    return false;
}

/* Rule 5: a token that cannot stand inside ( or [ ends it; a { where a value should begin does not. */
static bool must_drop(const Filter *f)
{
    const Token *t = look(f, f->at);
    if (t->kind == TOK_lbrace)
        return hides_lines(f) && ends_statement(&f->before);
    if (t->kind == TOK_rbrace)
        return hides_lines(f) && in_braces(f);
    return hides_lines(f) && (t->kind == TOK_end || starts_declaration(f, f->at));
}

/* Line ends from f->at on. Returns true if they count, with the newline in *out. */
static bool take_lines(Filter *f, Token *out)
{
    Range where = look(f, f->at)->range;
    bool hard = false;
    while (look(f, f->at)->kind == TOK_newline)
        hard = !look(f, f->at++)->soft || hard;
    TokenKind next = look(f, f->at)->kind;
    bool joins = (next == TOK_lbrace || next == TOK_else) && look(f, f->at + 1)->kind != TOK_assign;
    if (hides_lines(f) || !ends_statement(&f->before) || (joins && !hard))
        return false;
    *out = newline_at(f, where, !hard);
    return true;
}

static Token too_deep(Filter *f, const Token *t)
{
    diag_error(f->diags, t->range, "brackets nested deeper than %d levels", NESTING_LIMIT);
    f->too_deep = true;
    f->open.n = 0;
    return (Token){.kind = TOK_end, .range = t->range};
}

static void close_bracket(Filter *f, TokenKind open)
{
    if (f->open.n && vec_last(&f->open).kind == open)
        f->open.n--;
}

static void track_brackets(Filter *f, const Token *t)
{
    switch (t->kind) {
    case TOK_lparen:
    case TOK_lbracket:
    case TOK_lbrace:
        vec_push(f->arena, &f->open, *t);
        break;
    case TOK_rparen:
        close_bracket(f, TOK_lparen);
        break;
    case TOK_rbracket:
        close_bracket(f, TOK_lbracket);
        break;
    case TOK_rbrace:
        close_bracket(f, TOK_lbrace);
        break;
    default: /* no bracket */
        break;
    }
}

/* After `.`, and before `=` where no declared name stands, a reserved word is a plain name; not where a sign like `&`
 * stands for it, which has no text. */
static Token as_name(const Filter *f, Token t)
{
    TokenKind before = f->before.kind;
    bool declared = before == TOK_let || before == TOK_param || before == TOK_option;
    if (!t.text || !token_is_word(t.kind) || t.kind == TOK_yes || t.kind == TOK_no ||
        t.kind == TOK_none)
        return t;
    if (before == TOK_dot || (look(f, f->at)->kind == TOK_assign && !declared)) {
        t.kind = TOK_name;
        t.reserved = true;
    }
    return t;
}

/* Rule 4: what comes before `}` and the end of the file is ended. */
static bool needs_newline(const Filter *f, const Token *t)
{
    if (t->kind == TOK_rbrace)
        return !hides_lines(f) && f->before.kind != TOK_newline && f->before.kind != TOK_lbrace &&
               f->before.kind != TOK_comma && f->before.kind != TOK_end /* nothing was before */;
    return t->kind == TOK_end && ends_statement(&f->before);
}

Token filter_next(Filter *f)
{
    Token t;
    if (f->too_deep)
        return (Token){.kind = TOK_end, .range = look(f, f->at)->range};
    if (look(f, f->at)->kind == TOK_newline && take_lines(f, &t))
        return hand_out(f, t);
    if (must_drop(f)) {
        filter_recover(f);
        return hand_out(f, newline_at(f, look(f, f->at)->range, true));
    }
    const Token *next = look(f, f->at);
    if (needs_newline(f, next))
        return hand_out(f, newline_at(f, next->range, true));
    if (next->kind != TOK_end)
        f->at++;
    if (f->open.n >= NESTING_LIMIT &&
        (next->kind == TOK_lparen || next->kind == TOK_lbracket || next->kind == TOK_lbrace))
        return too_deep(f, next);
    track_brackets(f, next);
    return hand_out(f, as_name(f, *next));
}
