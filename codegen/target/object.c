/* object.c: module -> object code or assembly, one path for every output. */
#include <llvm-c/Target.h>
#include <llvm-c/TargetMachine.h>
#include <string.h>

#include "codegen/target/target.h"
#include "support/bug.h"

/* What LLVM reports while it generates code: the first error, kept. */
typedef struct Reports {
    Arena *arena;
    const char *error;
} Reports;

static void on_report(LLVMDiagnosticInfoRef info, void *cx)
{
    Reports *r = cx;
    if (LLVMGetDiagInfoSeverity(info) != LLVMDSError || r->error)
        return;
    char *text = LLVMGetDiagInfoDescription(info);
    r->error = arena_strdup(r->arena, text);
    LLVMDisposeMessage(text);
}

static void initialise_targets(void)
{
    LLVMInitializeAllTargetInfos();
    LLVMInitializeAllTargets();
    LLVMInitializeAllTargetMCs();
    LLVMInitializeAllAsmPrinters();
}

static LLVMCodeGenOptLevel codegen_level(int level)
{
    return level == 0   ? LLVMCodeGenLevelNone
           : level == 1 ? LLVMCodeGenLevelLess
           : level == 2 ? LLVMCodeGenLevelDefault
                        : LLVMCodeGenLevelAggressive;
}

static LLVMTargetMachineRef machine_open(const Machine *m, char **text)
{
    LLVMTargetRef t;
    initialise_targets();
    if (LLVMGetTargetFromTriple(m->triple, &t, text))
        return NULL;
    return LLVMCreateTargetMachine(t, m->triple, m->cpu, m->features, codegen_level(m->level),
                                   LLVMRelocPIC, LLVMCodeModelDefault);
}

static void set_tune(LLVMModuleRef module, const char *cpu)
{
    LLVMAttributeRef tune = LLVMCreateStringAttribute(LLVMGetModuleContext(module), "tune-cpu", 8,
                                                      cpu, (unsigned)strlen(cpu));
    for (LLVMValueRef f = LLVMGetFirstFunction(module); f; f = LLVMGetNextFunction(f))
        LLVMAddAttributeAtIndex(f, (LLVMAttributeIndex)LLVMAttributeFunctionIndex, tune);
}

bool object_make(Arena *arena, LLVMModuleRef module, const Machine *m, bool assembly, Object *out,
                 const char **message)
{
    char *text = NULL;
    LLVMTargetMachineRef tm = machine_open(m, &text);
    if (!tm) {
        nnl_assert(text); /* machine.c knows only targets that LLVM was built with */
        *message = arena_strdup(arena, text);
        LLVMDisposeMessage(text);
        return false;
    }
    Reports reports = {arena, NULL};
    LLVMContextSetDiagnosticHandler(LLVMGetModuleContext(module), on_report, &reports);
    LLVMTargetDataRef layout = LLVMCreateTargetDataLayout(tm);
    LLVMSetTarget(module, m->triple);
    LLVMSetModuleDataLayout(module, layout);
    LLVMDisposeTargetData(layout);
    LLVMSetTargetMachineAsmVerbosity(tm, 1);
    if (m->tune)
        set_tune(module, m->tune);
    LLVMMemoryBufferRef memory = NULL;
    int bad = LLVMTargetMachineEmitToMemoryBuffer(
        tm, module, assembly ? LLVMAssemblyFile : LLVMObjectFile, &text, &memory);
    LLVMDisposeTargetMachine(tm);
    LLVMContextSetDiagnosticHandler(LLVMGetModuleContext(module), NULL, NULL);
    if (bad || reports.error) {
        *message = reports.error ? reports.error : arena_strdup(arena, text ? text : "unknown");
        if (text)
            LLVMDisposeMessage(text);
        if (memory)
            LLVMDisposeMemoryBuffer(memory);
        return false;
    }
    if (!memory)
        nnl_no_memory(0);
    out->memory = memory;
    return true;
}

const char *object_bytes(const Object *o, size_t *size)
{
    *size = LLVMGetBufferSize(o->memory);
    return LLVMGetBufferStart(o->memory);
}

void object_close(Object *o)
{
    if (o->memory)
        LLVMDisposeMemoryBuffer(o->memory);
    o->memory = NULL;
}

void module_print(LLVMModuleRef module, StrBuf *out)
{
    char *text = LLVMPrintModuleToString(module);
    if (!text)
        nnl_no_memory(0);
    strbuf_add(out, text);
    LLVMDisposeMessage(text);
}
