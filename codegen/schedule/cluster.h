/* cluster.h: which nodes are computed together in one kernel. Internal to codegen/schedule. */
#ifndef NNLC_CODEGEN_SCHEDULE_CLUSTER_H
#define NNLC_CODEGEN_SCHEDULE_CLUSTER_H

#include "ir/graph/graph.h"

#define NO_CLUSTER UINT32_MAX

typedef struct Cluster {
    uint32_t id;
    const Node *hero;           /* dot, reduction, scatter_add; NULL: pointwise only */
    Vec(const Node *) siblings; /* more reductions over the same points */
    uint32_t order;             /* id of its first node that fixes its place */
    Shape space;                /* of the points after the hero */
    Vec(const Node *) terms;    /* pointwise nodes computed per term of a reduction */
    Vec(const Node *) points;   /* pointwise nodes computed per point of the result */
    Vec(const Node *) roots;    /* writes and outputs of its values */
    bool dead;                  /* absorbed by another cluster */
    Vec(uint32_t) after;        /* clusters that must run before this one */
} Cluster;

typedef struct Clusters {
    Vec(Cluster *) list;     /* all, by id */
    Vec(Cluster *) in_order; /* live ones, in order of execution */
    uint32_t *of;            /* per node: its cluster or NO_CLUSTER (leaves, views) */
    bool *stored;            /* per node: its value goes to memory */
    bool *forced;            /* per node: a leaf or view that is copied to memory all the same */
    bool *late_write;        /* per state of the graph: the write waits for the end of the step */
} Clusters;

/* True for nodes that a kernel reads in place: constants, inputs, scalars, states, iota. */
bool node_is_leaf(const Clusters *cs, const Node *n);
/* True for nodes that only name elements of another value. */
bool node_is_view(const Clusters *cs, const Node *n);
/* What a view looks at, through all views. */
const Node *view_base(const Clusters *cs, const Node *n);
/* Reductions, contractions, scatters. */
bool node_is_hero(const Node *n);
/* Pointwise with inputs read at other points: gather, pad, concat. */
bool node_reads_elsewhere(const Node *n);

/* The axes that a sum, reduce_max or argmax folds; `one` holds argmax's. */
IntList reduced_axes(const Node *hero, int64_t *one);
/* The order of the terms of a sum or contraction; 1x1 where it does not say. */
SumSplit sum_split(const Node *hero);
/* That of all reductions of a cluster. */
SumSplit cluster_sum(const Cluster *c);

Clusters *clusters_make(Arena *arena, const Graph *g, bool fuse);

#endif
