/* target.h: machines, objects, running at once, linking. With codegen/emit the only user of LLVM. */
#ifndef NNLC_CODEGEN_TARGET_TARGET_H
#define NNLC_CODEGEN_TARGET_TARGET_H

#include <stddef.h>

#include <llvm-c/Core.h>

#include "codegen/schedule/kernel.h"
#include "support/strbuf.h"

typedef struct Machine {
    Target target; /* what the scheduler needs */
    const char *triple;
    const char *cpu;      /* for LLVM */
    const char *features; /* for LLVM */
    const char *tune;     /* a processor that LLVM orders instructions for, or NULL */
    const char *needs;    /* for NnlProgram.cpu */
    int level;            /* 0..3: -O */
} Machine;

/* Resolves --mcpu (NULL: `fallback`; "native": this machine) for --target (NULL: the host).
 * Returns NULL and sets *message (in the arena) if either is unknown. */
const Machine *machine_find(Arena *arena, const char *triple, const char *cpu, int level,
                            const char **message);
/* The names --mcpu takes for a triple, separated by blanks; for messages and --print=cpus. */
const char *machine_cpus(const char *triple);
bool machine_is_host(const Machine *m);

/* What LLVM cannot go on from is our message, and the end with status 1. */
void llvm_guard(void);
/* "19.1.7", into buf; returns it. */
const char *llvm_version(char *buf, size_t size);

typedef struct Object {
    LLVMMemoryBufferRef memory;
} Object;

/* Module -> object code, or assembly text. false: *message (in the arena) says why. */
bool object_make(Arena *arena, LLVMModuleRef module, const Machine *m, bool assembly, Object *out,
                 const char **message);
const char *object_bytes(const Object *o, size_t *size);
void object_close(Object *o);
/* LLVM IR as text; caller closes. */
void module_print(LLVMModuleRef module, StrBuf *out);

typedef struct Jit Jit;
/* Loads the object (takes it). NULL: *message says why. */
Jit *jit_open(Arena *arena, Object *o, const char **message);
/* The address of a symbol, or NULL with *message. */
const void *jit_find(Jit *jit, Arena *arena, const char *symbol, const char **message);
void jit_close(Jit *jit);

typedef struct LinkOptions {
    const char *object; /* a path that no linker takes for an option, and so the next */
    const char *output;
    const char *runtime; /* path of libnnrt.a */
    const char *linker;  /* --linker, or NULL: NNLC_CC, cc, clang, ld.lld, ld */
    const char *triple;  /* NULL: the host */
    bool is_static;
    bool shared;                  /* --emit=lib */
    bool verbose;                 /* prints the command */
    const char *const *libraries; /* archives or -l options, in order */
    size_t n_libraries;
} LinkOptions;

/* Runs the linker. false: *message says why. A signal to end goes to the linker; the caller ends when it has
 * removed what the linker left. */
bool link_program(Arena *arena, const LinkOptions *options, const char **message);
/* The signal that came while a linker ran, or 0. */
int link_stopped(void);

#endif
