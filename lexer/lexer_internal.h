/* lexer_internal.h: what the scanner's rules call. */
#ifndef NNLC_LEXER_LEXER_INTERNAL_H
#define NNLC_LEXER_LEXER_INTERNAL_H

#include "lexer/lexer.h"

typedef struct Scan {
    const LexCx *cx;
    const Source *source;
    Tokens *tokens;
    uint32_t at;     /* offset of the text that the rule matched */
    bool line_start; /* no token on this line yet */
    size_t limit;    /* tokens that the program may have ... */
    size_t most;     /* ... and what is left of it for this text ... */
    bool is_full;    /* ... in which one more was found: */
    Token past_last;
} Scan;

/* The new token, for what its kind needs. */
Token *scan_push(Scan *scan, TokenKind kind, uint32_t length);
void scan_token(Scan *scan, TokenKind kind, uint32_t length);
void scan_newline(Scan *scan, uint32_t length, bool soft);
/* Is the rest of the text left alone? */
bool scan_is_over(const Scan *scan);
void scan_word(Scan *scan, const char *text, uint32_t length);
void scan_integer(Scan *scan, const char *text, uint32_t length);
void scan_number(Scan *scan, const char *text, uint32_t length);
/* A number with letters after it: 5px, 0x1f. */
void scan_bad_number(Scan *scan, const char *text, uint32_t length);
/* `5.` and `.5`. */
void scan_half_number(Scan *scan, const char *text, uint32_t length);
void scan_string(Scan *scan, const char *text, uint32_t length, bool closed);
/* Characters and normal form of a name. */
void scan_check_name(Scan *scan, const Token *token);
/* Those are reported once, where the whole text is walked. */
bool scan_is_bidi_control(uint32_t c);
void scan_unknown(Scan *scan, const char *text, uint32_t length);
/* An operator of other languages: && for `and`. `next`: the byte behind it. */
void scan_foreign(Scan *scan, TokenKind kind, const char *text, uint32_t length, char next);
/* A blank that is none: U+00A0 and its like. */
void scan_blank(Scan *scan, const char *text, uint32_t length);
/* A string in curly quotes. */
void scan_curly(Scan *scan, const char *text, uint32_t length);
/* A text of several lines between three quotes. */
void scan_docstring(Scan *scan, uint32_t length);
/* Notes that the text has something that is no token; it is reported. */
void scan_wrong(Scan *scan, Range where);

#endif
