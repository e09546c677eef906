/* filter.h: decides which line ends count (docs/language.md, "Form").
 *
 * Stands between lexer and parser and hands out one token at a time, since a syntax error changes what
 * later line ends mean. */
#ifndef NNLC_LEXER_FILTER_H
#define NNLC_LEXER_FILTER_H

#include "lexer/lexer.h"

enum { NESTING_LIMIT = 256 };

typedef struct Filter {
    const Tokens *tokens;
    Arena *arena;
    Diags *diags;
    size_t at;       /* next of tokens->list */
    Token before;    /* handed out last */
    Vec(Token) open; /* brackets that are open */
    Token unclosed;  /* the bracket that recovery dropped last */
    bool too_deep;   /* the nesting limit was passed: only TOK_end follows */
} Filter;

Filter filter_start(const Tokens *tokens, Arena *arena, Diags *diags);
Token filter_next(Filter *f);
/* After a syntax error: ( and [ that are open no longer hide line ends. */
void filter_recover(Filter *f);
/* After a syntax error, for a { that was handed out last: leaves out what stands before its }. */
void filter_skip_group(Filter *f);

#endif
