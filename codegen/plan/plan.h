/* plan.h: where everything lies: states in the instance's block, values in the arena.
 *
 * The sizes given here are the bytes the runtime allocates: block + arena + scratch x threads. */
#ifndef NNLC_CODEGEN_PLAN_PLAN_H
#define NNLC_CODEGEN_PLAN_PLAN_H

#include "codegen/schedule/kernel.h"

enum { PLAN_ALIGN = 64 };

/* What reads of a state want: anything, columns of contractions in strips, each column by itself, or row-major memory. The
 * highest counts. */
typedef enum { USE_none, USE_packs, USE_columns, USE_forbids } StateUse;

typedef struct StatePlace StatePlace;
struct StatePlace {
    State state; /* as declared by the graphs */
    StateUse use;
    Storage storage;
    int64_t offset;    /* bytes into the block */
    int64_t bytes;     /* with pads */
    StatePlace *first; /* the same weight in an instance before this one, or NULL */
};

/* The states of one instance: the union of those of all its graphs. Instances that share a weight lie
 * in one block. */
typedef struct StatePlan {
    Vec(StatePlace) states;
    Places places;  /* of the states, by name */
    uint32_t block; /* the number of the first instance that lies in it */
    int64_t block_bytes;
} StatePlan;

/* The graphs of one instance. */
typedef struct InstanceGraphs {
    Graph *const *at;
    size_t n;
} InstanceGraphs;

/* One plan per instance. */
StatePlan **plan_states(Arena *arena, const InstanceGraphs *instances, size_t n,
                        const Target *target);
/* The place of a state; a bug if the plan has none of this name. */
const StatePlace *plan_state(const StatePlan *plan, const char *name);
/* The storages of a graph's states, in the graph's order: for ScheduleOptions. */
const Storage *plan_storage(Arena *arena, const StatePlan *plan, const Graph *g);

/* The arena of one graph's step. */
typedef struct EntryPlan {
    const Kernels *kernels;
    const StatePlan *states;
    int64_t *offset; /* per value: bytes into the arena */
    int64_t *bytes;  /* per value: with slack for the last vector */
    int64_t arena_bytes;
    int64_t scratch_bytes; /* for each thread */
} EntryPlan;

EntryPlan *plan_entry(Arena *arena, const Kernels *kernels, const StatePlan *states);
void plan_print(StrBuf *out, const EntryPlan *plan);

#endif
