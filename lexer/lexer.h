/* lexer.h: source text -> tokens.
 *
 * lex() finds every token and every line end of a text and reports what is wrong inside a token
 * (bytes that are no UTF-8, numbers, strings, characters). What a line end means is decided later,
 * by the filter (lexer/filter.h), since that depends on how parsing goes. */
#ifndef NNLC_LEXER_LEXER_H
#define NNLC_LEXER_LEXER_H

#include <stdbool.h>
#include <stdint.h>

#include "support/arena.h"
#include "support/diag.h"
#include "support/intern.h"
#include "support/source.h"
#include "support/strbuf.h"
#include "support/vec.h"

typedef enum {
    TOK_end = 0,
    TOK_first = 257,
#define TOKEN(id, text) TOK_##id,
#include "lexer/tokens.def"
    TOK_past_last
} TokenKind;

typedef struct Token {
    TokenKind kind;
    bool starts_line; /* nothing but blanks stands before it on its line */
    bool reserved;    /* a reserved word that is used as a plain name; set by the filter */
    bool soft;        /* TOK_newline: line ends alone made it, no `;` */
    Range range;
    union { /* of the kinds that have one */
        int64_t integer;
        double number;
        const char *text; /* names and words (interned), strings (decoded) */
    };
} Token;

typedef struct Tokens {
    Vec(Token)
        list; /* ends with TOK_end; one TOK_newline for line ends and `;` that follow each other */
    Vec(Range) wrong; /* what is no token and was reported: the parser says no more of its line */
} Tokens;

typedef struct LexCx {
    Arena *arena;
    Interner *names;
    Diags *diags;
    size_t *n_tokens; /* of all texts so far; NULL: each text is counted alone */
} LexCx;

/* Too many tokens are an error, and then there are none; so are too many errors. */
Tokens *lex(const LexCx *cx, const Source *source);
Tokens *lex_at_most(const LexCx *cx, const Source *source, size_t most);

/* How messages name a kind: "'('", "a name". */
const char *token_kind_text(TokenKind kind);
bool token_is_word(TokenKind kind);
/* What a reserved word means; NULL for other kinds. */
const char *token_word_doc(TokenKind kind);

/* --emit=tokens: the filter's output, one token per line: place, kind, text. */
void tokens_print(StrBuf *out, const SourceMap *map, const Tokens *tokens, Arena *arena);

#endif
