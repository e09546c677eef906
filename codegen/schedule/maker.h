/* maker.h: parts of clusters_make() that share its state. Internal to codegen/schedule. */
#ifndef NNLC_CODEGEN_SCHEDULE_MAKER_H
#define NNLC_CODEGEN_SCHEDULE_MAKER_H

#include "codegen/schedule/cluster.h"

typedef struct Maker {
    Arena *arena;
    const Graph *g;
    Clusters *cs;
    bool fuse;
    uint32_t *uses;  /* per node */
    uint32_t *place; /* per node: its place in the order of execution, before clusters are sorted */
} Maker;

/* The place of the cluster on which the memory behind `n` depends; 0 for leaves. */
uint32_t place_of(const Maker *mk, const Node *n);
/* May `n` join `c`: is every input either computed at the same point of c (or of `moving`, which is
 * about to join c itself; NULL: nothing is), or ready before c? */
bool node_fits(const Maker *mk, const Node *n, const Cluster *c, const Cluster *moving);

/* ---- terms.c ---- */

/* Reductions take over what only they need, and those of the same values become one cluster. */
void clusters_take_terms(Maker *mk);

#endif
