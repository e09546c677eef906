/* missing.h: what tables write where a value is missing. */
#ifndef NNLC_RUNTIME_DATA_MISSING_H
#define NNLC_RUNTIME_DATA_MISSING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* An empty cell, and these words. */
typedef struct RtMissing {
    uint32_t n;
    const char *const *words;
    bool first[256]; /* one of them begins so */
} RtMissing;

/* n words, which are kept; NULL: NA, NaN and so on. */
RtMissing rt_missing_of(uint32_t n, const char *const *words);
bool rt_missing_has(const RtMissing *m, const char *text);
/* The same of the first n bytes of a text. */
bool rt_missing_has_n(const RtMissing *m, const char *text, size_t n);
/* Is it one of the usual ones? */
bool rt_is_missing(const char *text);

#endif
