/* texts.h: texts and their numbers: each different text once, found by a hash. */
#ifndef NNLC_RUNTIME_DATA_TEXTS_H
#define NNLC_RUNTIME_DATA_TEXTS_H

#include <stddef.h>
#include <stdint.h>

typedef struct RtTexts {
    uint32_t n, cap;
    size_t *begin; /* of each text in bytes */
    char *bytes;
    size_t size, room;
    uint32_t *slots; /* by hash: number + 1; 0: free */
    uint32_t n_slots;
    uint64_t comparisons; /* of texts, so far */
} RtTexts;

/* The number of a text, which is added if it is new; -1: no memory. */
int64_t rt_texts_add(RtTexts *t, const char *text);
/* The same with n bytes of a text, none of them 0; RT_WORD_AHEAD bytes behind them can be read. */
int64_t rt_texts_add_n(RtTexts *t, const char *text, size_t n);
/* The number of a text, or -1. */
int64_t rt_texts_find(RtTexts *t, const char *text);
/* The text with a number; stays until the next one is added. */
const char *rt_texts_at(const RtTexts *t, uint32_t i);
void rt_texts_free(RtTexts *t);

#endif
