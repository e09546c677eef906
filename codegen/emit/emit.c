/* emit.c: the module: a function per kernel, phase tables, the one exported symbol. */
#include "codegen/emit/emit.h"

#include <stddef.h>
#include <string.h>

#include "codegen/emit/internal.h"
#include "runtime/abi/phase.h"
#include "support/bug.h"

static void open_types(Emitter *em)
{
    em->i1 = LLVMInt1TypeInContext(em->cx);
    em->i8 = LLVMInt8TypeInContext(em->cx);
    em->i32 = LLVMInt32TypeInContext(em->cx);
    em->i64 = LLVMInt64TypeInContext(em->cx);
    em->f32 = LLVMFloatTypeInContext(em->cx);
    em->f64 = LLVMDoubleTypeInContext(em->cx);
    em->ptr = LLVMPointerTypeInContext(em->cx, 0);
    em->void_type = LLVMVoidTypeInContext(em->cx);
    LLVMTypeRef params[7] = {em->ptr, em->ptr, em->ptr, em->ptr, em->ptr, em->i64, em->i64};
    em->phase_type = LLVMFunctionType(em->void_type, params, 7, 0);
}

static LLVMMetadataRef di_type(Emitter *em)
{
    return LLVMDIBuilderCreateSubroutineType(em->di, em->di_file, NULL, 0, LLVMDIFlagZero);
}

static void module_flag(Emitter *em, const char *name, unsigned value)
{
    LLVMMetadataRef v = LLVMValueAsMetadata(LLVMConstInt(em->i32, value, 0));
    LLVMAddModuleFlag(em->module, LLVMModuleFlagBehaviorWarning, name, strlen(name), v);
}

static void open_debug_info(Emitter *em)
{
    const char *file = em->options.source_name, *dir = em->options.source_dir;
    em->di = LLVMCreateDIBuilder(em->module);
    em->di_file = LLVMDIBuilderCreateFile(em->di, file, strlen(file), dir, strlen(dir));
    em->di_unit = LLVMDIBuilderCreateCompileUnit(em->di, LLVMDWARFSourceLanguageC99, em->di_file,
                                                 "nnlc", 4, 1, "", 0, 0, "", 0,
                                                 LLVMDWARFEmissionFull, 0, 0, 0, "", 0, "", 0);
    em->di_type = di_type(em);
    module_flag(em, "Debug Info Version", 3);
    module_flag(em, "Dwarf Version", 4);
}

Emitter *emit_open(Arena *arena, const EmitOptions *options)
{
    Emitter *em = ARENA_NEW(arena, Emitter);
    em->arena = arena;
    em->options = *options;
    em->cx = LLVMContextCreate();
    em->module = LLVMModuleCreateWithNameInContext(options->module_name, em->cx);
    em->b = LLVMCreateBuilderInContext(em->cx);
    open_types(em);
    if (options->sources)
        open_debug_info(em);
    return em;
}

void emit_close(Emitter *em)
{
    if (em->di)
        LLVMDisposeDIBuilder(em->di);
    LLVMDisposeBuilder(em->b);
    LLVMDisposeModule(em->module);
    LLVMContextDispose(em->cx);
}

LLVMModuleRef emit_module(Emitter *em)
{
    return em->module;
}

static Val private_global(Emitter *em, Val init, const char *name, unsigned align)
{
    Val g = LLVMAddGlobal(em->module, LLVMTypeOf(init), name);
    LLVMSetInitializer(g, init);
    LLVMSetGlobalConstant(g, 1);
    LLVMSetLinkage(g, LLVMPrivateLinkage);
    LLVMSetUnnamedAddress(g, LLVMGlobalUnnamedAddr);
    LLVMSetAlignment(g, align);
    return g;
}

static Val bytes_constant(Emitter *em, const void *data, size_t size, bool add_nul)
{
    return LLVMConstStringInContext2(em->cx, data, size, add_nul ? 0 : 1);
}

static Val text_ptr(Emitter *em, const char *text)
{
    return private_global(em, bytes_constant(em, text, strlen(text), true), "text", 1);
}

static void emit_data(Emitter *em, const Kernels *ks)
{
    em->data = ARENA_ARRAY(em->arena, Val, ks->data.n + 1);
    for (size_t i = 0; i < ks->data.n; i++) {
        const Node *n = ks->data.at[i];
        size_t size = (size_t)shape_count(&n->shape, 1) * rt_dtype(n->dtype)->size;
        char *padded = arena_alloc(em->arena, size + PLAN_ALIGN); /* loads may run past the end */
        memcpy(padded, n->attr[2].data.bytes, size);
        Val bytes = bytes_constant(em, padded, size + PLAN_ALIGN, false);
        em->data[i] = private_global(em, bytes, "data", PLAN_ALIGN);
    }
}

static void add_attribute(Emitter *em, Val fn, unsigned index, const char *name, uint64_t value)
{
    unsigned kind = LLVMGetEnumAttributeKindForName(name, strlen(name));
    LLVMAddAttributeAtIndex(fn, index, LLVMCreateEnumAttribute(em->cx, kind, value));
}

static void set_attributes(Emitter *em, Val fn)
{
    add_attribute(em, fn, LLVMAttributeFunctionIndex, "nounwind", 0);
    for (unsigned p = 1; p <= 5; p++)
        add_attribute(em, fn, p, "noalias", 0);
    const char *key = "frame-pointer", *all = "all";
    LLVMAddAttributeAtIndex(
        fn, LLVMAttributeFunctionIndex,
        LLVMCreateStringAttribute(em->cx, key, (unsigned)strlen(key), all, (unsigned)strlen(all)));
}

static void set_location(Emitter *em, Val fn, const Kernel *k)
{
    unsigned line = 1, column = 1;
    if (!em->di)
        return;
    if (k->origin.range.begin) {
        Place p = source_place(em->options.sources, k->origin.range.begin);
        line = p.line;
        column = p.column;
    }
    LLVMMetadataRef sp = LLVMDIBuilderCreateFunction(em->di, em->di_file, k->name, strlen(k->name),
                                                     k->name, strlen(k->name), em->di_file, line,
                                                     em->di_type, 1, 1, line, LLVMDIFlagZero, 0);
    LLVMSetSubprogram(fn, sp);
    LLVMSetCurrentDebugLocation2(em->b,
                                 LLVMDIBuilderCreateDebugLocation(em->cx, line, column, sp, NULL));
}

static Val rows_of_batch(Fn *f)
{
    Emitter *em = f->em;
    Val at = i64_const(em, offsetof(NnlIo, n));
    Val p = LLVMBuildInBoundsGEP2(em->b, em->i8, f->io, &at, 1, "");
    return LLVMBuildLoad2(em->b, em->i64, p, "n");
}

static Units emit_body(Fn *f)
{
    switch (f->k->kind) {
    case KERNEL_map:
        return emit_map(f);
    case KERNEL_reduce:
        return emit_reduce(f);
    case KERNEL_tile:
        return emit_tile(f);
    case KERNEL_scatter:
        return emit_scatter(f);
    }
    nnl_bug("kernel kind %d", (int)f->k->kind);
}

static Val emit_kernel(Emitter *em, const Kernel *k, const char *entry, Units *units)
{
    Fn f;
    memset(&f, 0, sizeof f);
    f.em = em;
    f.k = k;
    f.fn = LLVMAddFunction(em->module, arena_printf(em->arena, "%s.%s", entry, k->name),
                           em->phase_type);
    LLVMSetLinkage(f.fn, LLVMInternalLinkage);
    set_attributes(em, f.fn);
    Val *params[7] = {&f.state, &f.arena, &f.scratch, &f.io, &f.scalars, &f.begin, &f.end};
    for (unsigned i = 0; i < 7; i++)
        *params[i] = LLVMGetParam(f.fn, i);
    f.cache = ARENA_ARRAY(em->arena, Val, k->exprs.n + 1);
    f.varies = ARENA_ARRAY(em->arena, signed char, k->exprs.n + 1);
    LLVMPositionBuilderAtEnd(em->b, LLVMAppendBasicBlockInContext(em->cx, f.fn, "entry"));
    set_location(em, f.fn, k);
    f.n = rows_of_batch(&f);
    LLVMBasicBlockRef start = LLVMAppendBasicBlockInContext(em->cx, f.fn, "start");
    LLVMBasicBlockRef entry_block = LLVMGetEntryBasicBlock(f.fn);
    LLVMPositionBuilderAtEnd(em->b, start);
    *units = emit_body(&f);
    LLVMBuildRetVoid(em->b);
    LLVMPositionBuilderAtEnd(em->b, entry_block);
    LLVMBuildBr(em->b, start);
    if (em->di)
        LLVMSetCurrentDebugLocation2(em->b, NULL);
    return f.fn;
}

static Val struct_of(Emitter *em, Val *fields, unsigned n)
{
    return LLVMConstStructInContext(em->cx, fields, n, 0);
}

static Val u32_const(Emitter *em, uint32_t x)
{
    return LLVMConstInt(em->i32, x, 0);
}

static Val phase_row(Emitter *em, const Kernel *k, const char *entry)
{
    Units u;
    Val fn = emit_kernel(em, k, entry, &u);
    const char *label = k->origin.label ? k->origin.label : "";
    Val fields[] = {fn,
                    i64_const(em, u.mul),
                    i64_const(em, u.len),
                    i64_const(em, u.div),
                    i64_const(em, u.least),
                    u32_const(em, u.batch),
                    u32_const(em, k->origin.part),
                    text_ptr(em, label),
                    text_ptr(em, k->name),
                    LLVMConstReal(em->f64, k->flops),
                    LLVMConstReal(em->f64, k->bytes)};
    return struct_of(em, fields, sizeof fields / sizeof *fields);
}

/* A constant array of rows, or a null pointer for none. */
static Val array_ptr(Emitter *em, Val *rows, size_t n, const char *name)
{
    if (!n)
        return LLVMConstPointerNull(em->ptr);
    Val a = LLVMConstArray2(LLVMTypeOf(rows[0]), rows, n);
    return private_global(em, a, name, 8);
}

static Val name_row(Emitter *em, const Node *n, unsigned first_dim)
{
    Val dims[8];
    const Shape *s = &n->shape;
    unsigned rank = s->rank > first_dim ? s->rank - first_dim : 0;
    for (unsigned d = 0; d < 8; d++)
        dims[d] = i64_const(em, d < rank ? s->dim[d + first_dim].n : 0);
    Val fields[] = {text_ptr(em, n->attr[0].text), u32_const(em, n->dtype), u32_const(em, rank),
                    LLVMConstArray2(em->i64, dims, 8)};
    return struct_of(em, fields, 4);
}

static Val names_ptr(Emitter *em, const Node *const *nodes, size_t n, unsigned first_dim)
{
    Val *rows = ARENA_ARRAY(em->arena, Val, n + 1);
    for (size_t i = 0; i < n; i++) {
        unsigned skip = shape_batch_axis(&nodes[i]->shape) == 0 ? first_dim : 0;
        rows[i] = name_row(em, nodes[i], skip);
    }
    return array_ptr(em, rows, n, "names");
}

void emit_entry(Emitter *em, const char *name, const EntryPlan *plan)
{
    const Kernels *ks = plan->kernels;
    em->plan = plan;
    emit_data(em, ks);
    Val *rows = ARENA_ARRAY(em->arena, Val, ks->kernels.n + 1);
    for (size_t i = 0; i < ks->kernels.n; i++)
        rows[i] = phase_row(em, ks->kernels.at[i], name);
    Val fields[] = {text_ptr(em, name),
                    i64_const(em, ks->graph->batch),
                    i64_const(em, plan->arena_bytes),
                    i64_const(em, plan->scratch_bytes),
                    u32_const(em, (uint32_t)ks->kernels.n),
                    u32_const(em, (uint32_t)ks->inputs.n),
                    u32_const(em, (uint32_t)ks->outputs.n),
                    u32_const(em, (uint32_t)ks->scalars.n),
                    array_ptr(em, rows, ks->kernels.n, "phases"),
                    names_ptr(em, ks->inputs.at, ks->inputs.n, 1),
                    names_ptr(em, ks->outputs.at, ks->outputs.n, 1),
                    names_ptr(em, ks->scalars.at, ks->scalars.n, 0)};
    vec_push(em->arena, &em->entries, struct_of(em, fields, sizeof fields / sizeof *fields));
}

void emit_program(Emitter *em, const unsigned char *image, size_t image_bytes, const char *cpu)
{
    Val bytes = bytes_constant(em, image, image_bytes, false);
    Val fields[] = {u32_const(em, NNL_ABI_VERSION),
                    u32_const(em, (uint32_t)em->entries.n),
                    array_ptr(em, em->entries.at, em->entries.n, "entries"),
                    image_bytes ? private_global(em, bytes, "image", 16)
                                : LLVMConstPointerNull(em->ptr),
                    i64_const(em, (int64_t)image_bytes),
                    text_ptr(em, cpu)};
    Val program = struct_of(em, fields, sizeof fields / sizeof *fields);
    Val g = LLVMAddGlobal(em->module, LLVMTypeOf(program), "nnl_program");
    LLVMSetInitializer(g, program);
    LLVMSetGlobalConstant(g, 1);
    LLVMSetAlignment(g, 16);
    if (em->di)
        LLVMDIBuilderFinalize(em->di);
}

const char *emit_verify(Emitter *em)
{
    char *message = NULL;
    int bad = LLVMVerifyModule(em->module, LLVMReturnStatusAction, &message);
    const char *kept = bad ? arena_strdup(em->arena, message) : NULL;
    LLVMDisposeMessage(message);
    return kept;
}
