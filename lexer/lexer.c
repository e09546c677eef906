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

void nn_scan_all(yyscan_t scanner);

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
    for (uint32_t i = 0; i < source->size;) {
        ucs4_t c;
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

static Token *push(Scan *scan, TokenKind kind, uint32_t length)
{
    Token token = {
        .kind = kind, .starts_line = scan->line_start, .range = {scan->at, scan->at + length}};
    vec_push(scan->cx->arena, &scan->tokens->list, token);
    scan->line_start = false;
    scan->at += length;
    return &vec_last(&scan->tokens->list);
}

void scan_token(Scan *scan, TokenKind kind, uint32_t length)
{
    push(scan, kind, length);
}

void scan_newline(Scan *scan, uint32_t length, bool soft)
{
    push(scan, TOK_newline, length)->soft = soft;
    scan->line_start = soft || scan->line_start;
}

void scan_comment(Scan *scan, uint32_t length)
{
    vec_push(scan->cx->arena, &scan->tokens->comments, (Range){scan->at, scan->at + length});
    scan->at += length;
}

static TokenKind find_word(const char *text, uint32_t length)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (kinds[i].doc && strlen(kinds[i].text) == length && !memcmp(kinds[i].text, text, length))
            return (TokenKind)(TOK_first + 1 + (int)i);
    return TOK_name;
}

static void check_python_word(Scan *scan, const Token *token)
{
    static const char *const words[][2] = {{"True", "true"}, {"False", "false"}, {"None", "none"}};
    for (size_t i = 0; i < 3; i++)
        if (!strcmp(token->text, words[i][0])) {
            diag_error(scan->cx->diags, token->range, "'%s' is written '%s' here", words[i][0],
                       words[i][1]);
            diag_fix(scan->cx->diags, token->range, words[i][1], "write '%s'", words[i][1]);
        }
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
    Token *token = push(scan, kind, length);
    token->text = intern_n(scan->cx->names, text, length);
    if (kind != TOK_name)
        return;
    check_python_word(scan, token);
    token->kind = python_word(token->text);
    scan_check_name(scan, token);
}

void scan_unknown(Scan *scan, const char *text, uint32_t length)
{
    Range where = {scan->at, scan->at + length};
    unsigned char c = (unsigned char)*text;
    if (c == '!' || c == '&' || c == '|') {
        const char *word = c == '!' ? "not" : c == '&' ? "and" : "or";
        diag_error(scan->cx->diags, where, "unexpected character '%c'; the word is '%s'", c, word);
    } else if (c < 0x20 || c == 0x7f) {
        diag_error(scan->cx->diags, where, "unexpected control character 0x%02x", c);
    } else {
        diag_error(scan->cx->diags, where, "unexpected character '%c'", c);
    }
    scan->at += length;
}

Tokens *lex(const LexCx *cx, const Source *source)
{
    Tokens *tokens = ARENA_NEW(cx->arena, Tokens);
    Scan scan = {
        .cx = cx, .source = source, .tokens = tokens, .at = source->base, .line_start = true};
    if (check_characters(cx, source)) {
        yyscan_t scanner;
        uint32_t skip = source->size >= 3 && !memcmp(source->text, "\xef\xbb\xbf", 3) ? 3 : 0;
        scan.at += skip;
        if (nn_scan_lex_init_extra(&scan, &scanner))
            nnl_no_memory(0);
        nn_scan__scan_bytes(source->text + skip, (int)(source->size - skip), scanner);
        nn_scan_all(scanner);
        nn_scan_lex_destroy(scanner);
    }
    scan.at = source->base + source->size;
    push(&scan, TOK_end, 0);
    return tokens;
}
