/* text_scan.h: the tokens of .nnir text. */
#ifndef NNLC_IR_GRAPH_TEXT_SCAN_H
#define NNLC_IR_GRAPH_TEXT_SCAN_H

#include "ir/graph/graph.h"

typedef enum {
    WORD_end,
    WORD_line,   /* end of a line */
    WORD_word,   /* dot, N, f32, sum, inf */
    WORD_number, /* also with sign, and 4x8 */
    WORD_node,   /* %name: text without the mark */
    WORD_name,   /* @name, @"any name" */
    WORD_string,
    WORD_mark /* one of { } [ ] ( ) = , : */
} WordKind;

typedef struct Word {
    WordKind kind;
    Range range;
    const char *text; /* interned */
} Word;

typedef struct TextScan {
    Interner *names;
    Diags *diags;
    const Source *source;
    uint32_t at;
    Word now;
    bool bad; /* something was reported on this line */
} TextScan;

/* Moves on to the next token. */
void text_next(TextScan *s);
static inline bool text_is_mark(const TextScan *s, char c)
{
    return s->now.kind == WORD_mark && s->now.text[0] == c;
}

#endif
