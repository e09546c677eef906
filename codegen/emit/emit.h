/* emit.h: Kernels + Plan -> LLVM module.
 *
 * One function per kernel, phase tables and the command image as constants, and one exported symbol,
 * nnl_program (runtime/abi/phase.h). No fast-math flags; fused multiply-adds and lanes are written
 * out, so that results do not depend on what LLVM does. Knows no op of the graph. */
#ifndef NNLC_CODEGEN_EMIT_EMIT_H
#define NNLC_CODEGEN_EMIT_EMIT_H

#include <llvm-c/Analysis.h>
#include <llvm-c/Core.h>
#include <llvm-c/DebugInfo.h>

#include "codegen/plan/plan.h"
#include "support/source.h"

typedef struct Emitter Emitter;

typedef struct EmitOptions {
    const char *module_name;
    Target target;
    const SourceMap *sources; /* for line tables; NULL: none */
    const char *source_name;
    const char *source_dir; /* what names of sources are relative to */
} EmitOptions;

Emitter *emit_open(Arena *arena, const EmitOptions *options);
void emit_close(Emitter *em);

/* Adds the kernels and phase table of one entry. `name` as in NnlEntry. */
void emit_entry(Emitter *em, const char *name, const EntryPlan *plan);
/* Adds nnl_program; `cpu` as in NnlProgram. Call once, last. */
void emit_program(Emitter *em, const unsigned char *image, size_t image_bytes, const char *cpu);
/* NULL if the module is well formed, else LLVM's complaint (in the arena). */
const char *emit_verify(Emitter *em);
LLVMModuleRef emit_module(Emitter *em);

#endif
