/* level.c: asks LLVM what a processor has. Its C interface tells no features, but its code shows them: a few
 * functions are compiled for the processor, and their instructions looked for. */
#include "codegen/target/level.h"

#include <llvm-c/IRReader.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "codegen/target/target.h"
#include "support/bug.h"

static const char functions[] =
    "declare <8 x float> @llvm.fma.v8f32(<8 x float>, <8 x float>, <8 x float>)\n"
    "define <8 x float> @fma(<8 x float> %a, <8 x float> %b) {\n"
    "  %y = call <8 x float> @llvm.fma.v8f32(<8 x float> %a, <8 x float> %b, <8 x float> %b)\n"
    "  ret <8 x float> %y\n}\n"
    "define <8 x i32> @avx2(<8 x i32> %a, <8 x i32> %b) {\n"
    "  %y = mul <8 x i32> %a, %b\n  ret <8 x i32> %y\n}\n"
    "define <8 x i64> @avx512dq(<8 x i64> %a, <8 x i64> %b) #0 {\n"
    "  %y = mul <8 x i64> %a, %b\n  ret <8 x i64> %y\n}\n"
    "define <64 x i8> @avx512bw(<64 x i8> %a, <64 x i8> %b) #0 {\n"
    "  %y = add <64 x i8> %a, %b\n  ret <64 x i8> %y\n}\n"
    "define <4 x i64> @avx512vl(<4 x i64> %a, <4 x i64> %b) {\n"
    "  %y = mul <4 x i64> %a, %b\n  ret <4 x i64> %y\n}\n"
    "attributes #0 = { \"min-legal-vector-width\"=\"512\" \"prefer-vector-width\"=\"512\" }\n";

/* Is there a line with this instruction on these registers? */
static bool has_line(const char *text, const char *instruction, const char *registers)
{
    for (const char *at = text; (at = strstr(at, instruction)); at++) {
        const char *found = strstr(at, registers), *end = strchr(at, '\n');
        if (found && (!end || found < end))
            return true;
    }
    return false;
}

/* The functions as assembly for the processor; LLVM writes that it does not know one to stderr alone. */
static bool compile(Arena *arena, LLVMModuleRef module, const Machine *m, Object *out)
{
    const char *message;
    int ends[2], kept = -1;
    fflush(stderr);
    if (!pipe(ends) && (kept = dup(2)) >= 0)
        dup2(ends[1], 2);
    bool made = object_make(arena, module, m, true, out, &message);
    if (kept < 0)
        return made;
    dup2(kept, 2);
    close(kept);
    close(ends[1]);
    struct pollfd complaint = {.fd = ends[0], .events = POLLIN};
    bool known = poll(&complaint, 1, 0) <= 0 || !(complaint.revents & POLLIN);
    close(ends[0]);
    if (made && !known)
        object_close(out);
    return made && known;
}

static LLVMModuleRef module_of_text(LLVMContextRef cx)
{
    char *text = NULL;
    LLVMModuleRef module = NULL;
    LLVMMemoryBufferRef buffer = LLVMCreateMemoryBufferWithMemoryRangeCopy(
        functions, sizeof functions - 1, "processor"); /* taken by the parser */
    if (LLVMParseIRInContext(cx, buffer, &module, &text))
        nnl_bug("functions of a processor: %s", text);
    return module;
}

CpuLevel cpu_level(Arena *arena, const char *triple, const char *cpu)
{
    enum { MOST_NAME = 64 }; /* what LLVM says of a longer one might fill the pipe */
    if (strlen(cpu) > MOST_NAME)
        return LEVEL_unknown;
    /* without 64bit LLVM ends the program at a processor of 32 bits */
    Machine m = {.triple = triple, .cpu = cpu, .features = "+64bit", .level = 1};
    LLVMContextRef cx = LLVMContextCreate();
    LLVMModuleRef module = module_of_text(cx);
    Object object;
    CpuLevel level = LEVEL_unknown;
    if (compile(arena, module, &m, &object)) {
        size_t size;
        const char *bytes = object_bytes(&object, &size);
        const char *text = arena_strndup(arena, bytes, size);
        bool v3 = has_line(text, "vfmadd", "ymm") && has_line(text, "vpmulld", "ymm");
        bool v4 = v3 && has_line(text, "vpmullq", "zmm") && has_line(text, "vpmullq", "ymm") &&
                  has_line(text, "vpaddb", "zmm");
        level = v4 ? LEVEL_v4 : v3 ? LEVEL_v3 : LEVEL_low;
        object_close(&object);
    }
    LLVMDisposeModule(module);
    LLVMContextDispose(cx);
    return level;
}
