/* phase.h: what generated code and the runtime's executor agree on.
 *
 * An entry (train_step, eval_step, predict of one instance) is a constant table of phases. The
 * executor calls each phase's function over all its units, dealt to threads in contiguous ranges,
 * with a barrier between phases. Generated code calls nothing and has no mutable globals: all it
 * touches is reached through these arguments. The structs below are emitted as constants by
 * codegen/emit and read as they are: change both sides together (NNL_ABI_VERSION). */
#ifndef NNLC_RUNTIME_ABI_PHASE_H
#define NNLC_RUNTIME_ABI_PHASE_H

#include <stdint.h>

#include "runtime/abi/shape.h"

enum { NNL_ABI_VERSION = 3 };

/* What a step sees of the world. Batch row r of input i is the row index[r] of the sample store
 * inputs[i] (row-major, rows without gaps, in the dtype of the `input` node). */
typedef struct NnlIo {
    const void *const *inputs;
    void *const *outputs; /* by output slot: [n, …] row-major; written by `output` nodes */
    const uint32_t
        *index; /* n entries, each below the store's row count (checked by the runtime) */
    int64_t n;  /* rows of this batch, 1 <= n <= B */
} NnlIo;

/* A scalar slot: f64 or i64 bits, as the graph's `scalar` node says. */
typedef union NnlScalar {
    double f;
    int64_t i;
} NnlScalar;

/* Does units begin..end-1. `state`: the instance's state block (64-byte aligned); `arena`: shared
 * buffers of the step; `scratch`: this thread's own; `places`: those of the phase. */
typedef void NnlPhaseFn(void *state, void *arena, void *scratch, const NnlIo *io,
                        const NnlScalar *scalars, int64_t begin, int64_t end,
                        const int64_t *places);

typedef struct NnlPhase {
    NnlPhaseFn *run;
    const int64_t *places; /* of the code's operands: bytes into state or arena, or slots */
    int64_t units_mul;     /* units = units_mul * ceil(units_len * (batch ? n : 1) / units_div) */
    int64_t units_len;
    int64_t units_div;
    int64_t least_units; /* fewer units than this per thread do not pay: use fewer threads */
    uint32_t batch;      /* 1: units_len counts per batch row */
    uint32_t part;       /* Part of ir/graph/graph.h, for profiles */
    const char *label;   /* layer or "" */
    const char *what;    /* kernel name as in --emit=kernels */
    double flops, bytes; /* for a full batch */
} NnlPhase;

typedef struct NnlName {
    const char *name;
    uint32_t dtype; /* RtDtype */
    uint32_t rank;  /* of one row, without the batch axis */
    int64_t dims[RT_MAX_RANK];
} NnlName;

/* Which number a scalar slot takes: run_scalars.def. */
typedef struct NnlScalarSlot {
    uint32_t kind;  /* RunScalar */
    uint32_t id;    /* of the kinds that have many */
    uint32_t dtype; /* RT_f64 or RT_i64 */
} NnlScalarSlot;

typedef struct NnlEntry {
    const char *name; /* "net.train.32" */
    int64_t batch;    /* B */
    uint64_t arena_bytes, scratch_bytes;
    uint32_t n_phases, n_inputs, n_outputs, n_scalars;
    const NnlPhase *phases;
    const NnlName *inputs;  /* "x", "y", "weights" */
    const NnlName *outputs; /* "y" */
    const NnlScalarSlot *scalars;
} NnlEntry;

/* The one exported symbol, `nnl_program`. */
typedef struct NnlProgram {
    uint32_t abi_version;
    uint32_t n_entries;
    const NnlEntry *entries;
    const unsigned char *image; /* the command image: runtime/abi/image.def */
    uint64_t image_bytes;
    const char *cpu; /* what the code needs: "x86-64-v3"; checked at start */
} NnlProgram;

#endif
