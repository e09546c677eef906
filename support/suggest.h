/* suggest.h: did-you-mean.
 *
 * The candidate nearest to a misspelt name by edit distance (swaps count one, case differences
 * count a little), or NULL if none is near enough to be worth showing. */
#ifndef NNLC_SUPPORT_SUGGEST_H
#define NNLC_SUPPORT_SUGGEST_H

#include <stddef.h>

typedef struct Suggest {
    const char *name;
    const char *best;
    size_t best_cost;
} Suggest;

Suggest suggest_start(const char *name);
void suggest_offer(Suggest *s, const char *candidate);
const char *suggest_best(const Suggest *s);

#endif
