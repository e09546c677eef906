/* suggest.h: did-you-mean, for the compiler and for trainers.
 *
 * The candidate nearest to a misspelt name, or NULL if none is near enough to help more than it
 * misleads. The name itself is never suggested; a word that is not built yet only if no built one is
 * as near. */
#ifndef NNLC_RUNTIME_ABI_SUGGEST_H
#define NNLC_RUNTIME_ABI_SUGGEST_H

#include <stdbool.h>
#include <stddef.h>

enum { RT_SUGGEST_MAX = 128 }; /* longer names are neither corrected nor suggested */

typedef struct RtSuggest {
    const char *name;
    char best[RT_SUGGEST_MAX + 1]; /* "" for none */
    size_t best_cost;
    bool later;     /* the best one is not built yet */
    bool beginning; /* it was found as a word that begins with the name ... */
    bool ambiguous; /* ... and another one does, too */
} RtSuggest;

RtSuggest rt_suggest_start(const char *name);
void rt_suggest_offer(RtSuggest *s, const char *candidate);
/* Words separated by blanks; `later`: known, but not built yet. */
void rt_suggest_offer_words(RtSuggest *s, const char *words, bool later);
/* Lives as long as `s`. */
const char *rt_suggest_best(const RtSuggest *s);
/* "", or that the best one is not built yet. */
const char *rt_suggest_state(const RtSuggest *s);

#endif
