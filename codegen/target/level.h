/* level.h: which level of x86-64 a processor has that LLVM knows by name. */
#ifndef NNLC_CODEGEN_TARGET_LEVEL_H
#define NNLC_CODEGEN_TARGET_LEVEL_H

#include "support/arena.h"

typedef enum {
    LEVEL_unknown, /* no processor that LLVM knows */
    LEVEL_low,     /* without AVX2 or FMA */
    LEVEL_v3,
    LEVEL_v4
} CpuLevel;

CpuLevel cpu_level(Arena *arena, const char *triple, const char *cpu);

#endif
