/* kernel.h: what code generation sees: loop nests over points, with loads, scalar expressions, stores.
 *
 * schedule() turns a graph into kernels; no op of the graph is known behind this header. A kernel has
 * axes (loops), some of them reduced; a hero (nothing, reductions of the same points, or a register-tiled
 * contraction) and stores of scalar expressions over the axes that are not reduced. Kernels run one after another;
 * the units of one kernel are independent of each other.
 *
 * Three kinds:
 *   MAP     for every point: stores
 *   REDUCE  for every point of the parallel axes: each fold folds its term over the reduced axes in the
 *           order that `sum` says; then stores, in which KX_hero is the value of a fold
 *   TILE    C[m, n] = chain over k of fma(A[m, k], B[k, n]) from `init`: axes are m, n, k; then stores
 *   SCATTER copies base to the result, then adds the updates in index order (one unit) */
#ifndef NNLC_CODEGEN_SCHEDULE_KERNEL_H
#define NNLC_CODEGEN_SCHEDULE_KERNEL_H

#include "ir/graph/graph.h"
#include "runtime/abi/storage.h"

enum { MAX_AXES = 12 };

typedef enum {
#define SCALAR(id, inputs) KOP_##id,
#define MATH(id, inputs) KOP_##id,
#include "codegen/schedule/scalars.def"
    N_SCALAR_OPS
} ScalarOp;

const char *scalar_op_name(ScalarOp op);

/* c + sum of coef[axis] * index[axis] */
typedef struct Affine {
    int64_t c;
    int64_t coef[MAX_AXES];
} Affine;

typedef enum {
    BASE_value,  /* id: index into Kernels.values */
    BASE_state,  /* id: index into Graph.states */
    BASE_input,  /* id: input slot; `row` is the batch row, looked up in io.index */
    BASE_output, /* id: output slot */
    BASE_data,   /* id: index into Kernels.data: a constant array */
} BaseKind;

typedef struct KExpr KExpr;

/* One place in memory as a function of the point. Row-major or column-major: `offset` in elements. A strip-packed
 * state: `row`, `col` of the matrix instead. `dynamic` adds index * dynamic_stride (gather). */
typedef struct Access {
    BaseKind base;
    uint32_t id;
    RtDtype dtype;
    bool packed;
    Affine offset;
    Affine row, col;
    const KExpr *dynamic;
    int64_t dynamic_stride;
} Access;

typedef enum {
    KX_const,  /* bits: an element of dtype */
    KX_axis,   /* value: offset (Affine of the point), as dtype */
    KX_load,   /* access */
    KX_scalar, /* id: scalar slot */
    KX_hero,   /* id: the fold whose value it is */
    KX_op,     /* op of in[] */
    KX_rng     /* in: seed, step; stream in id; element number in offset */
} KxKind;

struct KExpr {
    KxKind kind;
    ScalarOp op;
    RtDtype dtype;
    uint32_t n_in;
    const KExpr *in[3];
    uint64_t bits;
    uint32_t id;
    uint32_t number; /* position in Kernel.exprs */
    Affine *offset;  /* KX_axis, KX_rng; else NULL */
    Access *access;  /* KX_load; else NULL */
};

typedef struct Store {
    Access *to;
    const KExpr *value;
    const KExpr *guard; /* rank-0 bool, or NULL */
    bool per_term;      /* REDUCE: at every term, not at every result; has no guard */
} Store;

typedef enum { KERNEL_map, KERNEL_reduce, KERNEL_tile, KERNEL_scatter } KernelKind;
typedef enum { FOLD_sum, FOLD_fma, FOLD_max, FOLD_argmax } FoldKind;

enum { MAX_FOLDS = 16 };

/* One result of a kernel that reduces. */
typedef struct Fold {
    FoldKind kind;
    RtDtype acc;          /* of the accumulator */
    const KExpr *term[2]; /* the term; FOLD_fma: two factors; FOLD_argmax: and its index, i32 */
    const KExpr *init;    /* start of lane 0 of group 0, or NULL */
} Fold;

typedef struct Axis {
    Dim size;
    bool reduced;
} Axis;

/* Register tile: rows x (vectors of the strip) accumulators. */
typedef struct Tile {
    int32_t rows;
    Storage cut;      /* how the columns are cut into strips: as strip-packed storage is */
    bool transpose_b; /* B[k, n] lies along k: a panel is transposed into scratch first */
} Tile;

typedef struct Kernel {
    KernelKind kind;
    const char *name; /* "k3_dot_hidden_backward", unique in its graph */
    Origin origin;
    uint32_t n_axes;
    Axis axis[MAX_AXES];
    Vec(Fold) folds; /* REDUCE: over the same points, at most MAX_FOLDS; TILE, SCATTER: one */
    SumSplit sum;
    const Access *a, *b; /* TILE operands; SCATTER: a = updates, b = index */
    const Access *scatter_base;
    int64_t scatter_outer, scatter_axis, scatter_count, scatter_inner;
    Tile tile;
    Vec(const KExpr *) exprs; /* in order of computation */
    Vec(Store) stores;
    double flops, bytes; /* for a full batch */
} Kernel;

/* A tensor in the arena: what one kernel stores and others load. */
typedef struct Value {
    const Node *node;     /* of its type and shape */
    int64_t elements;     /* for a full batch */
    uint32_t first, last; /* kernels that write and last read it */
} Value;

typedef struct Target {
    const char *name;    /* "x86-64-v3" */
    int32_t vector_bits; /* 128 256 512 */
    int32_t registers;   /* vector registers */
} Target;

typedef struct Kernels {
    Arena *arena;
    const Graph *graph;
    Target target;
    Vec(Kernel *) kernels; /* in order of execution */
    Vec(Value) values;
    Vec(const Node *) data;
    Vec(const Node *) inputs, outputs, scalars; /* slots */
    const Storage *storage;                     /* of every state of the graph */
} Kernels;

typedef struct ScheduleOptions {
    Target target;
    bool fuse;
    const Storage *storage; /* of every state of the graph, by its index (plan_storage) */
} ScheduleOptions;

Kernels *schedule(Arena *arena, const Graph *g, const ScheduleOptions *options);
void kernels_print(StrBuf *out, const Kernels *k);
/* --emit=cost: flops, bytes and intensity of every kernel and in all. */
void kernels_print_cost(StrBuf *out, const Kernels *k);

/* The cut of `cols` columns into strips for this target. */
Storage tile_cut(const Target *target, RtDtype dtype, int64_t rows, int64_t cols);

#endif
