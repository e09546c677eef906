/* lexer.c: source text -> tokens.
 *
 * In: a source of any bytes. Out: tokens and comments with their places. Walks the text once for what
 * may stand nowhere (bytes that are no UTF-8, NUL, bidirectional controls), then runs the scanner,
 * whose rules call the scan_ functions of lexer/literals.c and below. */
#include "lexer/lexer.h"

#include <string.h>
#include <unistr.h>

#include "lexer/lexer_internal.h"
#include "lexer/scanner.h"
#include "support/bug.h"
#include "support/habits.h"

void nn_scan_all(yyscan_t scanner);

/* A token takes 24 bytes, what the parser makes of it about 100, what it means up to 300 more. */
enum { MOST_TOKENS = 1000000, BYTES_PER_TOKEN = 4 };

static const struct {
    const char *text, *doc; /* doc: NULL if it is no reserved word */
} kinds[] = {
#define TOKEN(id, text) {text, NULL},
#define WORD(id, text, doc) {text, doc},
#include "lexer/tokens.def"
};

const char *token_kind_text(TokenKind kind)
{
    return kind == TOK_end ? "end of file" : kinds[kind - TOK_first - 1].text;
}

const char *token_word_doc(TokenKind kind)
{
    return kind > TOK_first ? kinds[kind - TOK_first - 1].doc : NULL;
}

bool token_is_word(TokenKind kind)
{
    return token_word_doc(kind) != NULL;
}

bool scan_is_bidi_control(uint32_t c)
{
    return c == 0x061c || c == 0x200e || c == 0x200f || (c >= 0x202a && c <= 0x202e) ||
           (c >= 0x2066 && c <= 0x2069);
}

/* Reports what may stand nowhere. Returns false if the text is no UTF-8 and cannot be scanned. */
static bool check_characters(const LexCx *cx, const Source *source)
{
    const uint8_t *text = (const uint8_t *)source->text;
    for (uint32_t i = 0; i < source->size && !diag_is_full(cx->diags);) {
        ucs4_t c;
        if (text[i] && text[i] < 0x80) {
            i++;
            continue;
        }
        int length = u8_mbtoucr(&c, text + i, source->size - i);
        Range where = {source->base + i, source->base + i + (length > 0 ? (uint32_t)length : 1)};
        if (length <= 0) {
            diag_error(cx->diags, where, "byte 0x%02x is not UTF-8 text", text[i]);
            return false;
        }
        if (c == 0) {
            diag_error(cx->diags, where, "a NUL byte in the text; is this a binary file?");
            return false;
        }
        if (scan_is_bidi_control(c))
            diag_error(cx->diags, where,
                       "bidirectional control character U+%04X: it would show the text in another "
                       "order than it is read",
                       (unsigned)c);
        i += (uint32_t)length;
    }
    return true;
}

Token *scan_push(Scan *scan, TokenKind kind, uint32_t length)
{
    Token token = {
        .kind = kind, .starts_line = scan->line_start, .range = {scan->at, scan->at + length}};
    if (scan->tokens->list.n >= scan->most && kind != TOK_end) {
        if (!scan->is_full)
            diag_error(scan->cx->diags, token.range, "the program has more than %zu tokens",
                       scan->limit);
        scan->is_full = true;
        token.kind = TOK_newline; /* takes what the scanner says of the token; nobody reads it */
        scan->past_last = token;
        return &scan->past_last;
    }
    vec_push(scan->cx->arena, &scan->tokens->list, token);
    scan->line_start = false;
    scan->at += length;
    return &vec_last(&scan->tokens->list);
}

void scan_token(Scan *scan, TokenKind kind, uint32_t length)
{
    scan_push(scan, kind, length);
}

void scan_newline(Scan *scan, uint32_t length, bool soft)
{
    Token *last = scan->tokens->list.n ? &vec_last(&scan->tokens->list) : NULL;
    if (last && last->kind == TOK_newline) {
        last->soft = soft && last->soft;
        scan->at += length;
    } else {
        scan_push(scan, TOK_newline, length)->soft = soft;
    }
    scan->line_start = soft || scan->line_start;
}

bool scan_is_over(const Scan *scan)
{
    return scan->is_full || diag_is_full(scan->cx->diags);
}

static TokenKind find_word(const char *text, uint32_t length)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (kinds[i].doc && strlen(kinds[i].text) == length && !memcmp(kinds[i].text, text, length))
            return (TokenKind)(TOK_first + 1 + (int)i);
    return TOK_name;
}

void scan_wrong(Scan *scan, Range where)
{
    vec_push(scan->cx->arena, &scan->tokens->wrong, where);
}

static bool is_follow(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
}

/* What other languages write for a token of this one. */
static void report_foreign(Scan *scan, Range where, const char *text, TokenKind kind, char next)
{
    const char *own = token_kind_text(kind);
    const Source *source = scan->source;
    uint32_t begin = where.begin - source->base;
    bool word = token_is_word(kind), before = begin && is_follow(source->text[begin - 1]);
    bool after = is_follow(next);
    diag_error(scan->cx->diags, where, "'%s' is written '%s' here", text, own);
    diag_fix(scan->cx->diags, where,
             arena_printf(scan->cx->arena, "%s%s%s", word && before ? " " : "", own,
                          word && after ? " " : ""),
             "write '%s'", own);
}

void scan_foreign(Scan *scan, TokenKind kind, const char *text, uint32_t length, char next)
{
    Range where = {scan->at, scan->at + length};
    scan_push(scan, kind, length);
    report_foreign(scan, where, arena_strndup(scan->cx->arena, text, length), kind, next);
}

static TokenKind python_word(const char *text)
{
    return !strcmp(text, "True")    ? TOK_yes
           : !strcmp(text, "False") ? TOK_no
           : !strcmp(text, "None")  ? TOK_none
                                    : TOK_name;
}

void scan_word(Scan *scan, const char *text, uint32_t length)
{
    TokenKind kind = find_word(text, length);
    Token *token = scan_push(scan, kind, length);
    token->text = intern_n(scan->cx->names, text, length);
    if (kind != TOK_name)
        return;
    token->kind = python_word(token->text);
    if (token->kind != TOK_name)
        report_foreign(scan, token->range, token->text, token->kind, 0);
    scan_check_name(scan, token);
}

void scan_unknown(Scan *scan, const char *text, uint32_t length)
{
    Range where = {scan->at, scan->at + length};
    unsigned char c = (unsigned char)*text;
    const HabitCharacter *habit = habit_character(c);
    if (c < 0x20 || c == 0x7f)
        diag_error(scan->cx->diags, where, "unexpected control character 0x%02x", c);
    else
        diag_error(scan->cx->diags, where, "unexpected character '%c'", c);
    if (habit)
        diag_help(scan->cx->diags, "%s", habit->help);
    scan_wrong(scan, where);
    scan->at += length;
}

static unsigned code_of(const char *text, uint32_t length)
{
    ucs4_t c = 0;
    u8_mbtouc(&c, (const uint8_t *)text, length);
    return (unsigned)c;
}

void scan_blank(Scan *scan, const char *text, uint32_t length)
{
    Range where = {scan->at, scan->at + length};
    diag_error(scan->cx->diags, where, "character U+%04X looks like a blank but is not one",
               code_of(text, length));
    diag_fix(scan->cx->diags, where, " ", "write a plain blank");
    scan->at += length;
}

void scan_docstring(Scan *scan, uint32_t length)
{
    Range where = {scan->at, scan->at + length};
    diag_error(scan->cx->diags, (Range){where.begin, where.begin + 3},
               "a string cannot span several lines");
    diag_help(scan->cx->diags, "a comment begins with '#', on each of its lines");
    scan_wrong(scan, where);
    scan->at += length;
}

/* The scanner ends each token with a NUL for a while, in the text itself: a copy of it may be 64 MB. */
static void scan_in_place(Scan *scan, uint32_t skip)
{
    yyscan_t scanner;
    char *text = (char *)scan->source->text + skip;
    if (nn_scan_lex_init_extra(scan, &scanner))
        nnl_no_memory(0);
    nn_scan__scan_buffer(text, scan->source->size - skip + SOURCE_NULS, scanner);
    nn_scan_all(scanner);
    nn_scan_lex_destroy(scanner);
}

Tokens *lex(const LexCx *cx, const Source *source)
{
    return lex_at_most(cx, source, MOST_TOKENS);
}

Tokens *lex_at_most(const LexCx *cx, const Source *source, size_t most)
{
    Tokens *tokens = ARENA_NEW(cx->arena, Tokens);
    size_t before = cx->n_tokens ? *cx->n_tokens : 0;
    Scan scan = {.cx = cx,
                 .source = source,
                 .tokens = tokens,
                 .at = source->base,
                 .line_start = true,
                 .limit = most,
                 .most = most > before ? most - before : 0};
    size_t guess = source->size / BYTES_PER_TOKEN + 1;
    vec_reserve(cx->arena, &tokens->list, (guess < scan.most ? guess : scan.most) + 1);
    if (check_characters(cx, source)) {
        uint32_t skip = source->size >= 3 && !memcmp(source->text, "\xef\xbb\xbf", 3) ? 3 : 0;
        scan.at += skip;
        scan_in_place(&scan, skip);
    }
    if (scan_is_over(&scan)) /* what the rest of the text is was not looked at */
        tokens->list.n = 0;
    if (cx->n_tokens)
        *cx->n_tokens += tokens->list.n;
    scan.at = source->base + source->size;
    scan_push(&scan, TOK_end, 0);
    return tokens;
}
