/* jit.c: object code loaded into this process and run at once. */
#include <llvm-c/Error.h>
#include <llvm-c/LLJIT.h>
#include <llvm-c/LLJITUtils.h>
#include <stdint.h>

#include "codegen/target/target.h"

struct Jit {
    LLVMOrcLLJITRef lljit;
};

static const char *error_text(Arena *arena, LLVMErrorRef e)
{
    char *s = LLVMGetErrorMessage(e);
    const char *kept = arena_strdup(arena, s);
    LLVMDisposeErrorMessage(s);
    return kept;
}

Jit *jit_open(Arena *arena, Object *o, const char **message)
{
    Jit *jit = ARENA_NEW(arena, Jit);
    LLVMErrorRef e = LLVMOrcCreateLLJIT(&jit->lljit, NULL);
    if (e) {
        *message = error_text(arena, e);
        object_close(o);
        return NULL;
    }
    e = LLVMOrcLLJITEnableDebugSupport(jit->lljit);
    if (e)
        LLVMConsumeError(e); /* only gdb's view of the code is lost */
    e = LLVMOrcLLJITAddObjectFile(jit->lljit, LLVMOrcLLJITGetMainJITDylib(jit->lljit), o->memory);
    o->memory = NULL;
    if (e) {
        *message = error_text(arena, e);
        jit_close(jit);
        return NULL;
    }
    return jit;
}

const void *jit_find(Jit *jit, Arena *arena, const char *symbol, const char **message)
{
    LLVMOrcExecutorAddress address = 0;
    LLVMErrorRef e = LLVMOrcLLJITLookup(jit->lljit, &address, symbol);
    if (e) {
        *message = error_text(arena, e);
        return NULL;
    }
    return (const void *)(uintptr_t)address;
}

void jit_close(Jit *jit)
{
    LLVMErrorRef e = LLVMOrcDisposeLLJIT(jit->lljit);
    if (e)
        LLVMConsumeError(e);
}
