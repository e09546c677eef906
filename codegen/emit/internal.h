/* internal.h: what the files of codegen/emit share. */
#ifndef NNLC_CODEGEN_EMIT_INTERNAL_H
#define NNLC_CODEGEN_EMIT_INTERNAL_H

#include "codegen/emit/emit.h"

typedef LLVMValueRef Val;

/* Memory that a kernel reads or writes: its phase has a place for each. */
enum { BASE_scalar = BASE_data + 1 }; /* a scalar of the step; id: its slot */

typedef struct Operand {
    int base; /* BaseKind, or BASE_scalar */
    uint32_t id;
} Operand;

typedef Vec(Operand) Operands;

/* All that the code of a kernel depends on: kernels with equal keys have equal code. */
typedef struct KernelKey {
    uint64_t hash;
    Vec(int64_t) words;
} KernelKey;

typedef struct Units {
    int64_t mul, len, div, least;
    bool batch;
} Units;

/* The code of a kernel, for all kernels with this key. */
typedef struct KernelCode {
    KernelKey key;
    Val fn;
    Units units;
} KernelCode;

struct Emitter {
    Arena *arena;
    Arena *scratch; /* for one entry, and marked for one kernel */
    EmitOptions options;
    LLVMContextRef cx;
    LLVMModuleRef module;
    LLVMBuilderRef b;
    LLVMTypeRef i1, i8, i32, i64, f32, f64, ptr, void_type, phase_type;
    LLVMDIBuilderRef di; /* NULL without line tables */
    LLVMMetadataRef di_file, di_unit, di_type;
    const EntryPlan *plan;
    Val *data; /* per constant array of the present entry: its global */
    Vec(Val) entries;
    Vec(KernelCode) codes;
    uint32_t *slots; /* numbers of codes + 1, by the hash of their keys; 0: free */
    size_t n_slots;  /* a power of two, at least twice the codes */
};

/* The code of one kernel while it is written. */
typedef struct Fn {
    Emitter *em;
    const Kernel *k;
    Operands operands;
    Val *operand; /* their pointers */
    Val fn, scratch, io, begin, end;
    Val n;               /* rows of this batch, i64 */
    Val axis[MAX_AXES];  /* present index, i64; of the vector axis: of lane 0 */
    int vector_axis;     /* -1: none */
    unsigned width;      /* lanes of values that vary along the vector axis */
    Val *cache;          /* per expression of the kernel: its value, or NULL */
    signed char *varies; /* per expression: along the vector axis? -1 unknown */
    Val hero[MAX_FOLDS]; /* value of each fold at the present point, or NULL */
    unsigned tail;       /* lanes that count, 0: all; the others hold anything and are not stored */
} Fn;

typedef struct Loop {
    Fn *f;
    LLVMBasicBlockRef head, exit, before;
    Val i, to, step;
    Val phi[64];
    unsigned n_phis;
} Loop;

/* ---- build.c: types, constants, loops ---- */
LLVMTypeRef type_of(const Emitter *em, RtDtype dtype, unsigned width);        /* in registers */
LLVMTypeRef memory_type_of(const Emitter *em, RtDtype dtype, unsigned width); /* bool is a byte */
Val i64_const(const Emitter *em, int64_t x);
Val splat(const Emitter *em, Val x, unsigned width);
Val call_intrinsic(const Emitter *em, const char *name, LLVMTypeRef overload, Val *args,
                   unsigned n_args);
Val fma_of(const Emitter *em, Val a, Val b, Val c);
Val offset_ptr(const Emitter *em, Val base, Val elements, RtDtype dtype);
/* for (i = from; i < to; i += step): what follows is the body, until loop_end. */
Loop loop_begin(Fn *f, Val from, Val to, int64_t step, const char *name);
/* A value carried round the loop; after loop_end it holds the final value (loop.phi[k]). Call
 * right after loop_begin; loop_carry sets the next value of carried value k. */
unsigned loop_phi(Loop *l, Val start);
void loop_end(Loop *l, Val const *next);
/* Lanes of the last vector of `size` indices that is not whole; 0: none, or known in the run only. */
unsigned rest_lanes(Dim size, unsigned lanes);
/* Runs up to `to` cut down to a multiple of step from `from`: the vector part of a loop. */
Val cut_to_step(Fn *f, Val from, Val to, int64_t step);
Val min_of(Fn *f, Val a, Val b);
Val dim_value(Fn *f, Dim d);
Val alloca_entry(Fn *f, LLVMTypeRef type, unsigned count, const char *name);

/* ---- memory.c: accesses ---- */
bool affine_uses(const Affine *a, int axis);
Val load_access(Fn *f, const Access *a, bool varies);
void store_access(Fn *f, const Access *a, Val value, bool value_varies);
Val access_base(Fn *f, const Access *a);
const StatePlace *state_place(const Emitter *em, uint32_t state);
/* Elements of one row of input slot `id`. */
int64_t input_row(const Emitter *em, uint32_t id);
/* Field `index` (i64) of a struct or array of pointers. */
Val pointer_field(const Emitter *em, Val base, Val index);

/* ---- share.c ---- */
/* Has every batch of the entry at hand one row? Then N is a constant. */
bool emitter_single(const Emitter *em);
/* In scratch memory; *operands: the memory that the kernel reads or writes. */
KernelKey kernel_key(Emitter *em, const Kernel *k, Operands *operands);
/* The code with this key, or NULL. */
const KernelCode *kernel_code_find(const Emitter *em, const KernelKey *key);
const KernelCode *kernel_code_add(Emitter *em, const KernelKey *key, Val fn, Units units);
/* The number of an operand; a new one is added. */
uint32_t operand_of(Operands *list, Arena *arena, int base, uint32_t id);
Val affine_value(Fn *f, const Affine *a);

/* ---- scalar.c, math.c: expressions ---- */
Val expr_value(Fn *f, const KExpr *e);      /* scalar if it does not vary */
Val expr_value_wide(Fn *f, const KExpr *e); /* splat to the width if the width is > 1 */
bool expr_varies(Fn *f, const KExpr *e);
Val math_value(Emitter *em, ScalarOp op, RtDtype dtype, unsigned width, Val a, Val b);
/* The larger (KOP_max) or smaller (KOP_min) of two; a NaN of either passes. */
Val extreme_of(Emitter *em, ScalarOp op, RtDtype dtype, Val x, Val y);
/* Starts a body at a new point: forgets values; keeps those that do not vary if keep_uniform. */
void fn_new_point(Fn *f, bool keep_uniform);
/* Forgets all but what depends on no axis and not on the hero. */
void fn_keep_fixed(Fn *f);
void fn_set_vector_axis(Fn *f, int axis, unsigned width);
/* Computes what does not vary along the vector axis, before the loop over it. */
void fn_hoist_uniform(Fn *f);
/* All stores of the kernel at the present point, but those of terms. */
void emit_stores(Fn *f);
/* The stores of terms at the present point. */
void emit_term_stores(Fn *f);

/* ---- one file per kind ---- */

/* Less work than this for a thread does not pay for waking it and for the barrier: some 20 us. */
enum { LEAST_POINTS = 65536, LEAST_FLOPS = 1000000 };

Units emit_map(Fn *f);
Units emit_reduce(Fn *f);
Units emit_tile(Fn *f);
Units emit_scatter(Fn *f);

#endif
