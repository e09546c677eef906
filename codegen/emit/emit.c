/* emit.c: the module: code of kernels, phase tables with the places of operands, the one exported symbol. */
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
    LLVMTypeRef params[] = {em->ptr, em->ptr, em->ptr, em->ptr, em->ptr, em->i64, em->i64, em->ptr};
    em->phase_type = LLVMFunctionType(em->void_type, params, sizeof params / sizeof *params, 0);
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

static LLVMMetadataRef di_file(Emitter *em, const char *name)
{
    const char *dir = em->options.source_dir;
    return LLVMDIBuilderCreateFile(em->di, name, strlen(name), dir, strlen(dir));
}

static void open_debug_info(Emitter *em)
{
    em->di = LLVMCreateDIBuilder(em->module);
    em->di_file = di_file(em, em->options.source_name);
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
    em->scratch = arena_open();
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
    arena_close(em->scratch);
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
    em->data = ARENA_ARRAY(em->scratch, Val, ks->data.n + 1);
    for (size_t i = 0; i < ks->data.n; i++) {
        const Node *n = ks->data.at[i];
        size_t size = (size_t)shape_count(&n->shape, 1) * rt_dtype(n->dtype)->size;
        char *padded = arena_alloc(em->scratch, size + PLAN_ALIGN); /* loads may run past the end */
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
    const char *key = "frame-pointer", *all = "all";
    LLVMAddAttributeAtIndex(
        fn, LLVMAttributeFunctionIndex,
        LLVMCreateStringAttribute(em->cx, key, (unsigned)strlen(key), all, (unsigned)strlen(all)));
}

static void set_location(Emitter *em, Val fn, const Kernel *k)
{
    unsigned line = 1, column = 1;
    LLVMMetadataRef file = em->di_file;
    if (!em->di)
        return;
    if (k->origin.range.begin) {
        Place p = source_place(em->options.sources, k->origin.range.begin);
        line = p.line;
        column = p.column;
        file = di_file(em, p.source->name);
    }
    LLVMMetadataRef sp = LLVMDIBuilderCreateFunction(em->di, file, k->name, strlen(k->name),
                                                     k->name, strlen(k->name), file, line,
                                                     em->di_type, 1, 1, line, LLVMDIFlagZero, 0);
    LLVMSetSubprogram(fn, sp);
    LLVMSetCurrentDebugLocation2(em->b,
                                 LLVMDIBuilderCreateDebugLocation(em->cx, line, column, sp, NULL));
}

/* A batch holds one row at least. */
static Val rows_of_batch(Fn *f)
{
    Emitter *em = f->em;
    if (emitter_single(em))
        return i64_const(em, 1);
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

/* The parameters of a phase function, NnlPhaseFn. */
enum {
    PHASE_state,
    PHASE_arena,
    PHASE_scratch,
    PHASE_io,
    PHASE_scalars,
    PHASE_begin,
    PHASE_end,
    PHASE_places
};

/* The pointer to operand `i`: places[i] bytes into its block, or its slot. */
static Val operand_pointer(Fn *f, size_t i)
{
    Emitter *em = f->em;
    Val at = i64_const(em, (int64_t)i), io = f->io;
    Val p = LLVMBuildInBoundsGEP2(em->b, em->i64, LLVMGetParam(f->fn, PHASE_places), &at, 1, "");
    Val place = LLVMBuildLoad2(em->b, em->i64, p, "");
    switch (f->operands.at[i].base) {
    case BASE_value:
        return offset_ptr(em, LLVMGetParam(f->fn, PHASE_arena), place, RT_i8);
    case BASE_state:
        return offset_ptr(em, LLVMGetParam(f->fn, PHASE_state), place, RT_i8);
    case BASE_input:
        return pointer_field(em, pointer_field(em, io, i64_const(em, 0)), place);
    case BASE_output:
        return pointer_field(em, pointer_field(em, io, i64_const(em, 1)), place);
    case BASE_data:
        return LLVMBuildIntToPtr(em->b, place, em->ptr, "");
    default: /* BASE_scalar */
        return offset_ptr(em, LLVMGetParam(f->fn, PHASE_scalars), place, RT_f64);
    }
}

static void take_parameters(Fn *f)
{
    f->scratch = LLVMGetParam(f->fn, PHASE_scratch);
    f->io = LLVMGetParam(f->fn, PHASE_io);
    f->begin = LLVMGetParam(f->fn, PHASE_begin);
    f->end = LLVMGetParam(f->fn, PHASE_end);
    f->n = rows_of_batch(f);
    f->operand = ARENA_ARRAY(f->em->scratch, Val, f->operands.n + 1);
    for (size_t i = 0; i < f->operands.n; i++)
        f->operand[i] = operand_pointer(f, i);
}

static const KernelCode *emit_code(Emitter *em, const Kernel *k, const KernelKey *key,
                                   const Operands *operands)
{
    Fn f;
    memset(&f, 0, sizeof f);
    f.em = em;
    f.k = k;
    f.operands = *operands;
    f.cache = ARENA_ARRAY(em->scratch, Val, k->exprs.n + 1);
    f.varies = ARENA_ARRAY(em->scratch, signed char, k->exprs.n + 1);
    f.fn = LLVMAddFunction(em->module, strchr(k->name, '_') + 1, em->phase_type);
    LLVMSetLinkage(f.fn, LLVMInternalLinkage);
    set_attributes(em, f.fn);
    LLVMPositionBuilderAtEnd(em->b, LLVMAppendBasicBlockInContext(em->cx, f.fn, "entry"));
    set_location(em, f.fn, k);
    take_parameters(&f);
    LLVMBasicBlockRef start = LLVMAppendBasicBlockInContext(em->cx, f.fn, "start");
    LLVMBasicBlockRef entry_block = LLVMGetEntryBasicBlock(f.fn);
    LLVMPositionBuilderAtEnd(em->b, start);
    Units units = emit_body(&f);
    LLVMBuildRetVoid(em->b);
    LLVMPositionBuilderAtEnd(em->b, entry_block);
    LLVMBuildBr(em->b, start);
    if (em->di)
        LLVMSetCurrentDebugLocation2(em->b, NULL);
    nnl_assert(f.operands.n == operands->n);
    return kernel_code_add(em, key, f.fn, units);
}

static Val operand_place(Emitter *em, const Operand *o)
{
    switch (o->base) {
    case BASE_value:
        return i64_const(em, em->plan->offset[o->id]);
    case BASE_state:
        return i64_const(em, state_place(em, o->id)->offset);
    case BASE_data:
        return LLVMConstPtrToInt(em->data[o->id], em->i64);
    default: /* a slot */
        return i64_const(em, o->id);
    }
}

static Val struct_of(Emitter *em, Val *fields, unsigned n)
{
    return LLVMConstStructInContext(em->cx, fields, n, 0);
}

static Val u32_const(Emitter *em, uint32_t x)
{
    return LLVMConstInt(em->i32, x, 0);
}

/* A constant array of rows, or a null pointer for none. */
static Val array_ptr(Emitter *em, Val *rows, size_t n, const char *name)
{
    if (!n)
        return LLVMConstPointerNull(em->ptr);
    Val a = LLVMConstArray2(LLVMTypeOf(rows[0]), rows, n);
    return private_global(em, a, name, 8);
}

static Val places_ptr(Emitter *em, const Operands *list)
{
    Val *places = ARENA_ARRAY(em->scratch, Val, list->n + 1);
    for (size_t i = 0; i < list->n; i++)
        places[i] = operand_place(em, &list->at[i]);
    return array_ptr(em, places, list->n, "places");
}

static Val phase_row(Emitter *em, const Kernel *k)
{
    ArenaMark mark = arena_mark(em->scratch);
    Operands operands = {0};
    KernelKey key = kernel_key(em, k, &operands);
    const KernelCode *code = kernel_code_find(em, &key);
    if (!code)
        code = emit_code(em, k, &key, &operands);
    const Units *u = &code->units;
    const char *label = k->origin.label ? k->origin.label : "";
    Val fields[] = {code->fn,
                    places_ptr(em, &operands),
                    i64_const(em, u->mul),
                    i64_const(em, u->len),
                    i64_const(em, u->div),
                    i64_const(em, u->least),
                    u32_const(em, u->batch),
                    u32_const(em, k->origin.part),
                    text_ptr(em, label),
                    text_ptr(em, k->name),
                    LLVMConstReal(em->f64, k->flops),
                    LLVMConstReal(em->f64, k->bytes)};
    arena_reset(em->scratch, mark);
    return struct_of(em, fields, sizeof fields / sizeof *fields);
}

static Val name_row(Emitter *em, const Node *n, unsigned first_dim)
{
    Val dims[RT_MAX_RANK];
    const Shape *s = &n->shape;
    unsigned rank = s->rank > first_dim ? s->rank - first_dim : 0;
    for (unsigned d = 0; d < RT_MAX_RANK; d++)
        dims[d] = i64_const(em, d < rank ? s->dim[d + first_dim].n : 0);
    Val fields[] = {text_ptr(em, n->attr[0].text), u32_const(em, n->dtype), u32_const(em, rank),
                    LLVMConstArray2(em->i64, dims, RT_MAX_RANK)};
    return struct_of(em, fields, 4);
}

static Val names_ptr(Emitter *em, const Node *const *nodes, size_t n, unsigned first_dim)
{
    Val *rows = ARENA_ARRAY(em->scratch, Val, n + 1);
    for (size_t i = 0; i < n; i++) {
        unsigned skip = shape_batch_axis(&nodes[i]->shape) == 0 ? first_dim : 0;
        rows[i] = name_row(em, nodes[i], skip);
    }
    return array_ptr(em, rows, n, "names");
}

static Val scalars_ptr(Emitter *em, const Kernels *ks)
{
    Val *rows = ARENA_ARRAY(em->scratch, Val, ks->scalars.n + 1);
    for (size_t i = 0; i < ks->scalars.n; i++) {
        const Node *n = ks->scalars.at[i];
        Val fields[] = {u32_const(em, (uint32_t)n->attr[0].i),
                        u32_const(em, (uint32_t)n->attr[1].i), u32_const(em, n->dtype)};
        rows[i] = struct_of(em, fields, 3);
    }
    return array_ptr(em, rows, ks->scalars.n, "scalars");
}

void emit_entry(Emitter *em, const char *name, const EntryPlan *plan)
{
    const Kernels *ks = plan->kernels;
    em->plan = plan;
    emit_data(em, ks);
    Val *rows = ARENA_ARRAY(em->scratch, Val, ks->kernels.n + 1);
    for (size_t i = 0; i < ks->kernels.n; i++)
        rows[i] = phase_row(em, ks->kernels.at[i]);
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
                    scalars_ptr(em, ks)};
    vec_push(em->arena, &em->entries, struct_of(em, fields, sizeof fields / sizeof *fields));
    arena_reset(em->scratch, (ArenaMark){0});
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
