/* pipeline.c: text -> tokens -> Ast -> Program -> graphs -> kernels, plan -> LLVM -> object -> run or
 * file. The map of the compiler: each stage is one call, and --emit shows what it gives. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "codegen/emit/emit.h"
#include "driver/dot.h"
#include "driver/embed.h"
#include "driver/entries.h"
#include "driver/keras_file.h"
#include "driver/memory.h"
#include "ir/defs/warnings.h"
#include "ir/program/prelude.h"
#include "lexer/lexer.h"
#include "parser/parser.h"
#include "runtime/abi/formats.h"
#include "runtime/abi/picture_formats.h"
#include "runtime/abi/shown.h"
#include "runtime/cli/cli.h"
#include "runtime/files/hdf5/hdf5.h"
#include "runtime/files/place.h"
#include "runtime/files/private.h"
#include "runtime/plot/png.h"
#include "support/bug.h"

enum { MOST_STAGES = 12 };

typedef struct Pipeline {
    Session *s;
    StrBuf dump;        /* what --emit shows */
    StrBuf passes_dump; /* what --print-after shows */
    PassTime times[N_PASSES];
    PassCx passes;
    struct {
        const char *name;
        double seconds;
    } stage[MOST_STAGES];
    int n_stages;
    double started;
} Pipeline;

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* Notes how long the stage that ends here took; stages that entries go through one by one add up. */
static void stage_done(Pipeline *p, const char *name)
{
    double t = now();
    int i = 0;
    while (i < p->n_stages && strcmp(p->stage[i].name, name) != 0)
        i++;
    if (i < MOST_STAGES) {
        p->n_stages += i == p->n_stages;
        p->stage[i].name = name;
        p->stage[i].seconds += t - p->started;
    }
    p->started = now();
}

static void print_times(const Pipeline *p)
{
    for (int i = 0; i < p->n_stages; i++)
        rt_print(stderr, "%10.3f ms  %s\n", 1e3 * p->stage[i].seconds, p->stage[i].name);
    for (int i = 0; i < N_PASSES; i++)
        if (p->times[i].runs)
            rt_print(stderr, "%10.3f ms  pass %s, %u runs\n", 1e3 * p->times[i].seconds,
                     pass_name((PassId)i), p->times[i].runs);
}

static int show(Pipeline *p)
{
    bool right =
        file_write(p->s, p->s->options->output, p->dump.text ? p->dump.text : "", p->dump.n);
    return right ? EXIT_FINE : EXIT_WRONG;
}

static int fail(const Pipeline *p, const char *message)
{
    report(p->s, message);
    return EXIT_WRONG;
}

/* The arena that graphs change to and from; between passes it is empty, and others' scratch. */
static void spare_close(Pipeline *p)
{
    arena_close(p->passes.spare);
    p->passes.spare = NULL;
}

/* ---- object code ---- */

/* What file names in line tables are relative to. */
static const char *working_folder(const Session *s)
{
    char *folder = getcwd(NULL, 0);
    const char *kept = folder ? arena_strdup(s->arena, folder) : ".";
    free(folder);
    return kept;
}

static EmitOptions emit_options(const Pipeline *p, const Source *source)
{
    const Session *s = p->s;
    return (EmitOptions){.module_name = source->name,
                         .target = s->machine->target,
                         .sources = s->options->debug ? s->sources : NULL,
                         .source_name = source->name,
                         .source_dir = s->options->no_source_dir ? "." : working_folder(s)};
}

/* Shows the module or makes it an object. Returns EXIT_FINE with an open object, or the exit code. */
static int finish_module(Pipeline *p, Emitter *em, Object *object, bool *shown)
{
    Session *s = p->s;
    const char *message = NULL;
    Emit emit = s->options->emit;
#ifdef NNLC_DEV
    const char *wrong = emit_verify(em);
    if (wrong)
        nnl_bug("LLVM refuses the module: %s", wrong);
#endif
    stage_done(p, "emit");
    *shown = emit == EMIT_llvm || emit == EMIT_asm || emit == EMIT_obj;
    if (emit == EMIT_llvm) {
        module_print(emit_module(em), &p->dump);
        return show(p);
    }
    if (!object_make(s->arena, emit_module(em), s->machine, emit == EMIT_asm, object, &message))
        return fail(p, message);
    stage_done(p, "LLVM");
    if (*shown) {
        size_t size;
        const char *bytes = object_bytes(object, &size);
        bool right = file_write(s, s->options->output, bytes, size);
        object_close(object);
        return right ? EXIT_FINE : EXIT_WRONG;
    }
    return EXIT_FINE;
}

/* ---- the trainer ---- */

static bool has_gzip(const DataSet *d)
{
    for (int part = 0; part < N_PARTS; part++) {
        const Call *c = d->part[part].source;
        if (c && c->row->id == SOURCE_idx && c->args[ARG_idx_labels].none)
            return true; /* a folder, whose files may be compressed */
        for (uint32_t i = 0; c && i < c->row->n_args; i++) {
            const char *path = c->row->args[i].kind == ARG_PATH ? c->args[i].text : NULL;
            size_t n = path ? strlen(path) : 0;
            if ((n > 3 && !strcmp(path + n - 3, ".gz")) || (n > 4 && !strcmp(path + n - 4, ".npz")))
                return true;
        }
    }
    return false;
}

static bool needs_gzip(const Pipeline *p, const Program *program)
{
    if (p->s->options->gzip)
        return true;
    for (size_t i = 0; i < program->data.n; i++)
        if (has_gzip(program->data.at[i]))
            return true;
    return false;
}

static bool path_needs(void *library, const char *path, bool is_default)
{
    RtFormat format = rt_format_of(path);
    (void)is_default;
    return format < RT_N_FORMATS && !strcmp(rt_format_library(format), library);
}

static bool has_hdf5_data(const Program *program)
{
    for (size_t i = 0; i < program->data.n; i++)
        for (int part = 0; part < N_PARTS; part++) {
            const Call *c = program->data.at[i]->part[part].source;
            if (c && c->row->id == SOURCE_h5)
                return true;
        }
    return false;
}

/* What the linker is told about libraries. */
typedef struct Libraries {
    const char *at[16];
    size_t n;
} Libraries;

static void add_library(Libraries *out, const char *option)
{
    out->at[out->n++] = option;
}

static bool needs_hdf5(const Pipeline *p, const Program *program)
{
    char library[] = "hdf5";
    return p->s->options->hdf5 || embed_has_hdf5(p->s) || has_hdf5_data(program) ||
           program_names_path(program, path_needs, library) ||
           program_loads_model(program, path_needs, library);
}

static bool picture_needs(void *library, const char *path, bool is_default)
{
    RtPictureFormat format = rt_picture_format_of(path);
    (void)is_default;
    return format < RT_N_PICTURES && !strcmp(rt_picture_format_library(format), library);
}

static bool needs_cairo(const Pipeline *p, const Program *program)
{
    char library[] = "cairo";
    return p->s->options->png || program_names_path(program, picture_needs, library);
}

static const char *add_cairo(Pipeline *p, Libraries *out)
{
    if (p->s->options->is_static)
        return "the program writes .png pictures, which take shared libraries: write .svg, or "
               "compile it without --static";
    if (!rt_png_is_there() || !machine_is_host(p->s->machine))
        return arena_shown(p->s->arena,
                           "the program writes .png pictures, for which this nnlc lacks Cairo for "
                           "'%s': write .svg",
                           p->s->machine->triple);
    add_library(out, "-Wl,-u,rt_plot_cairo");
    add_library(out, "-l:libcairo.so.2");
    add_library(out, "-l:libfreetype.so.6");
    return NULL;
}

/* Returns what is wrong, or NULL. */
static const char *add_libraries(Pipeline *p, const Program *program, Libraries *out)
{
    const Options *o = p->s->options;
    bool hdf5 = needs_hdf5(p, program);
    if (hdf5 && (!rt_hdf5_is_there() || !machine_is_host(p->s->machine)))
        return arena_shown(p->s->arena, "the program needs HDF5, which this nnlc lacks for '%s'",
                           p->s->machine->triple);
    if (hdf5) {
        add_library(out, "-Wl,-u,rt_hdf5_library");
        add_library(out, "-l:libhdf5_serial.a");
        add_library(out, "-l:libsz.a");
        add_library(out, "-l:libaec.a");
    }
    if (needs_gzip(p, program) || hdf5) {
        add_library(out, "-Wl,-u,rt_inflate_zlib");
        add_library(out, o->is_static ? "-lz" : "-l:libz.a");
    }
    if (hdf5)
        add_library(out, o->is_static ? "-Wl,--wrap=dlopen,-u,__wrap_dlopen" : "-ldl");
    return needs_cairo(p, program) ? add_cairo(p, out) : NULL;
}

/* In a folder of its own, from where the result gets its name. */
static int link_object(Pipeline *p, const Object *object, LinkOptions *link)
{
    Session *s = p->s;
    RtPrivate private;
    RtError error;
    size_t size;
    const char *bytes = object_bytes(object, &size), *message = error.text;
    if (rt_private_begin(s->options->output, &private, &error) != RT_OK) {
        report_failure(s, &error);
        return EXIT_WRONG;
    }
    link->object = arena_printf(s->arena, "%s/" RT_PRIVATE_OBJECT, private.folder);
    link->output = arena_printf(s->arena, "%s/" RT_PRIVATE_RESULT, private.folder);
    bool right = rt_private_write(&private, bytes, size, &error) == RT_OK &&
                 link_program(s->arena, link, &message);
    if (right)
        right = rt_private_commit(&private, &error) == RT_OK;
    else
        rt_private_abandon(&private);
    if (link_stopped())
        raise(link_stopped());
    if (!right)
        return fail(p, message);
    stage_done(p, "link");
    return EXIT_FINE;
}

static int make_executable(Pipeline *p, const Program *program, const Object *object)
{
    Session *s = p->s;
    const Options *o = s->options;
    Libraries libraries = {.n = 0};
    const char *message = add_libraries(p, program, &libraries);
    if (message)
        return fail(p, message);
    LinkOptions link = {.runtime = runtime_archive(s),
                        .linker = o->linker,
                        .triple = machine_is_host(s->machine) ? NULL : s->machine->triple,
                        .is_static = o->is_static,
                        .verbose = o->verbose,
                        .libraries = libraries.at,
                        .n_libraries = libraries.n};
    if (!link.runtime)
        return fail(p, arena_shown(s->arena,
                                   "the runtime for '%s' (libnnrt.a) was not found next to nnlc",
                                   s->machine->triple));
    return link_object(p, object, &link);
}

static int run_at_once(Pipeline *p, const Program *program, Object *object)
{
    Session *s = p->s;
    const char *message = NULL;
    Jit *jit = jit_open(s->arena, object, &message);
    if (!jit)
        return fail(p, message);
    const void *found = jit_find(jit, s->arena, "nnl_program", &message);
    stage_done(p, "load");
    if (s->options->time_passes)
        print_times(p);
    int n = 0;
    char **argv = ARENA_ARRAY(s->arena, char *, (size_t)s->options->n_trainer_args + 3);
    argv[n++] = arena_strdup(s->arena, program->name);
    if (s->options->data_dir)
        argv[n++] = arena_printf(s->arena, "--data-dir=%s", s->options->data_dir);
    for (int i = 0; i < s->options->n_trainer_args; i++)
        argv[n++] = s->options->trainer_args[i];
    int code = found ? rt_main(found, s->readings, n, argv) : fail(p, message);
    jit_close(jit);
    return code;
}

static const char *recorded_folder(void *cx, const Source *source)
{
    Session *s = cx;
    if (s->options->no_source_dir)
        return "";
    char *full = realpath(folder_of(s->arena, source->name), NULL);
    const char *kept = full ? arena_strdup(s->arena, full) : "";
    free(full);
    return kept;
}

static ImgProgram *make_image(Pipeline *p, const Program *program, const Entries *entries,
                              StatePlan *const *states, const Source *source)
{
    Session *s = p->s;
    ImageInput in = {.program = program,
                     .entries = entries->at,
                     .n_entries = entries->n,
                     .states = states,
                     .compiler = "nnlc " NNLC_VERSION,
                     .sources = s->sources,
                     .main = source,
                     .folder = recorded_folder,
                     .folder_cx = s};
    return image_make(s->arena, &in);
}

static bool add_image(Pipeline *p, const Program *program, const Entries *entries,
                      StatePlan *const *states, const Source *source, Emitter *em)
{
    Session *s = p->s;
    size_t size;
    ImgProgram *image = make_image(p, program, entries, states, source);
    if (!embed_put(s, image))
        return false;
    unsigned char *bytes = image_write(image, &size);
    if (!bytes)
        nnl_no_memory(size);
    emit_program(em, bytes, size, s->machine->needs);
    free(bytes);
    return true;
}

/* One after the other, so that the kernels of one entry are held at a time. */
static void emit_entries(Pipeline *p, Entries *entries, StatePlan *const *states, Emitter *em)
{
    Arena *scratch = p->passes.spare;
    for (size_t i = 0; i < entries->n; i++) {
        const EntryPlan *plan = entry_plan(p->s, scratch, &entries->at[i], states);
        stage_done(p, "schedule, plan");
        emit_entry(em, entries->at[i].name, plan);
        arena_reset(scratch, (ArenaMark){0});
        stage_done(p, "emit");
    }
}

static int compile_program(Pipeline *p, const Program *program, Entries *entries,
                           StatePlan *const *states, const Source *source)
{
    Object object = {NULL};
    bool shown = false;
    EmitOptions options = emit_options(p, source);
    Emitter *em = emit_open(p->s->arena, &options);
    emit_entries(p, entries, states, em);
    bool right = add_image(p, program, entries, states, source, em);
    entries_close(entries);
    spare_close(p);
    int code = right ? finish_module(p, em, &object, &shown) : EXIT_WRONG;
    emit_close(em);
    if (code != EXIT_FINE || shown)
        return code;
    if (p->s->options->mode == MODE_run)
        return run_at_once(p, program, &object);
    code = make_executable(p, program, &object);
    object_close(&object);
    return code;
}

/* ---- .nn ---- */

static const char *import_path(Session *s, const char *path, Range from)
{
    const Source *importer = source_of(s->sources, from.begin);
    return *path == '/'
               ? path
               : arena_printf(s->arena, "%s/%s", folder_of(s->arena, importer->name), path);
}

static const char *real_path(Session *s, const char *path)
{
    char *real = realpath(path, NULL);
    const char *kept = real ? arena_strdup(s->arena, real) : path;
    free(real);
    return kept;
}

static const char *import_key(void *cx, const char *path, Range from)
{
    return real_path(cx, import_path(cx, path, from));
}

static const struct Ast *import_read(void *cx, const char *path, Range from, const char **message)
{
    Session *s = cx;
    const char *found = import_path(s, path, from), *output = s->options->output;
    if (output && rt_same_file(found, output)) {
        *message = arena_shown(s->arena, "the result would replace what is imported: '%s'", output);
        return NULL;
    }
    const Source *source = file_read(s, found, message);
    if (!source)
        return NULL;
    LexCx lexer = session_lexer(s);
    return parse(&lexer, lex(&lexer, source));
}

static const struct Ast *prelude_read(void *cx)
{
    Session *s = cx;
    const Source *source = source_add(s->sources, PRELUDE_NAME, prelude_text, strlen(prelude_text));
    LexCx lexer = session_lexer(s);
    return source ? parse(&lexer, lex(&lexer, source)) : NULL;
}

static const char *base_name(Arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    const char *dot = strrchr(name, '.');
    return arena_strndup(arena, name, dot && dot != name ? (size_t)(dot - name) : strlen(name));
}

/* What a trainer calls itself in its messages: its file's name, or the source's without an end. */
static const char *program_name(const Session *s, const Source *source)
{
    const char *output = s->options->emit ? NULL : s->options->output;
    const char *slash = output ? strrchr(output, '/') : NULL;
    if (output)
        return slash ? slash + 1 : output;
    return base_name(s->arena, source->name);
}

static Program *read_program(Pipeline *p, const Source *source, bool *shown)
{
    Session *s = p->s;
    LexCx lexer = session_lexer(s);
    Tokens *tokens = lex(&lexer, source);
    stage_done(p, "lex");
    *shown = true;
    if (s->options->emit == EMIT_tokens) {
        tokens_print(&p->dump, s->sources, tokens, s->arena);
        return NULL;
    }
    Ast *ast = parse(&lexer, tokens);
    stage_done(p, "parse");
    if (s->options->emit == EMIT_ast) {
        if (!diag_errors(s->diags))
            ast_print(&p->dump, ast);
        return NULL;
    }
    ElaborateOptions options = {.n_defines = (uint32_t)s->options->defines.n,
                                .defines = s->options->defines.at,
                                .probe = probe_make(s),
                                .shapes = shapes_make(s),
                                .imports = {import_key, import_read, keras_file_read, prelude_read,
                                            s, real_path(s, source->name)},
                                .warn_missing = s->options->mode == MODE_check};
    Program *program = elaborate(s->arena, s->names, s->diags, ast, &options);
    stage_done(p, "elaborate");
    if (!program || diag_errors(s->diags))
        return NULL;
    program->source_name = source->name;
    program->name = program_name(s, source);
    if (s->options->emit == EMIT_program) {
        program_print(&p->dump, program);
        return NULL;
    }
    *shown = false;
    return program;
}

static void print_graphs(Pipeline *p, const Entries *entries)
{
    for (size_t i = 0; i < entries->n; i++)
        graph_print(&p->dump, entries->at[i].built.graph);
}

static bool shows_entries(Emit emit)
{
    return emit == EMIT_kernels || emit == EMIT_plan || emit == EMIT_cost;
}

/* The summary and the last lines add up what is known once all entries are planned. */
static int show_entries(Pipeline *p, const Program *program, Entries *entries,
                        StatePlan *const *states)
{
    StrBuf text = {0};
    Arena *scratch = p->passes.spare;
    Emit emit = p->s->options->emit;
    for (size_t i = 0; i < entries->n; i++) {
        const EntryPlan *plan = entry_plan(p->s, scratch, &entries->at[i], states);
        if (emit == EMIT_kernels)
            kernels_print(&text, plan->kernels);
        else if (emit == EMIT_plan)
            plan_print(&text, plan);
        else
            kernels_print_cost(&text, plan->kernels);
        arena_reset(scratch, (ArenaMark){0});
    }
    stage_done(p, "schedule, plan");
    if (emit == EMIT_plan)
        memory_summary(p->s, &p->dump, program, entries, states);
    strbuf_add_n(&p->dump, text.text ? text.text : "", text.n);
    strbuf_close(&text);
    if (emit != EMIT_kernels)
        memory_lines(p->s, &p->dump, program, entries, states);
    return show(p);
}

static int run_entries(Pipeline *p, const Program *program, Entries *entries, const Source *source)
{
    Session *s = p->s;
    Emit emit = s->options->emit;
    bool built = entries_build(s, program, &p->passes, emit == EMIT_ir, entries);
    built = unused_check(s, program) && built;
    stage_done(p, "build");
    if (!built)
        return EXIT_WRONG;
    if (emit == EMIT_ir || emit == EMIT_train_ir) {
        print_graphs(p, entries);
        return show(p);
    }
    StatePlan **states = entries_states(s, program, &p->passes, entries);
    stage_done(p, "schedule, plan");
    if (!entries_check_weights(s, program, states))
        return EXIT_WRONG;
    diag_flush(s->diags, stderr, s->options->format, s->options->color);
    if (emit == EMIT_dot) {
        dot_print(&p->dump, make_image(p, program, entries, states, source));
        return show(p);
    }
    if (shows_entries(emit))
        return show_entries(p, program, entries, states);
    if (s->options->mode == MODE_check)
        return EXIT_FINE;
    return compile_program(p, program, entries, states, source);
}

static int run_nn(Pipeline *p, const Source *source)
{
    bool shown;
    Entries entries = {0};
    Program *program = read_program(p, source, &shown);
    if (!program)
        return diag_errors(p->s->diags) ? EXIT_WRONG : show(p);
    p->passes.spare = arena_open();
    int code = run_entries(p, program, &entries, source);
    entries_close(&entries);
    spare_close(p);
    return code;
}

/* ---- import ---- */

/* The text must be one that nnlc takes: what is wrong in it is wrong in the file. */
static bool check_imported(Pipeline *p, const Source *source)
{
    bool shown;
    Entries entries = {0};
    Program *program = read_program(p, source, &shown);
    if (!program)
        return false;
    p->passes.spare = arena_open();
    bool right = entries_build(p->s, program, &p->passes, false, &entries);
    right = unused_check(p->s, program) && right;
    entries_close(&entries);
    spare_close(p);
    return right;
}

static int run_import(Pipeline *p)
{
    Session *s = p->s;
    ProbeFault fault;
    KerasWarnings warnings = {0};
    const Source *source = keras_file_source(s, s->options->input, &warnings, &fault);
    if (!source) {
        report_help(s, fault.text, fault.help);
        return EXIT_WRONG;
    }
    for (size_t i = 0; i < warnings.n; i++)
        diag_warning(s->diags, (Range){0, 0}, warning_name(WARNING_keras_file), "'%s': %s",
                     source->name, warnings.at[i]);
    if (!check_imported(p, source))
        return EXIT_WRONG;
    strbuf_add_n(&p->dump, source->text, source->size);
    return show(p);
}

/* ---- .nnir ---- */

static void run_passes(Pipeline *p, Graph *g)
{
    const char *list = p->s->options->passes;
    while (list && *list) {
        size_t n = strcspn(list, ",");
        pass_run(&p->passes, g, pass_named(arena_strndup(p->s->arena, list, n)));
        list += n + (list[n] == ',');
    }
}

static int emit_graphs(Pipeline *p, Graph **graphs, size_t n, const Source *source)
{
    Object object = {NULL};
    bool shown;
    EmitOptions options = emit_options(p, source);
    Emitter *em = emit_open(p->s->arena, &options);
    for (size_t i = 0; i < n; i++)
        emit_entry(em, graphs[i]->name, graph_plan(p->s, graphs[i]));
    emit_program(em, NULL, 0, p->s->machine->needs);
    int code = finish_module(p, em, &object, &shown);
    emit_close(em);
    if (code == EXIT_FINE && !shown)
        object_close(&object);
    return code;
}

static int run_nnir(Pipeline *p, const Source *source)
{
    Session *s = p->s;
    Emit emit = s->options->emit ? s->options->emit : EMIT_ir;
    size_t n = 0;
    Graph **graphs = graph_parse(s->arena, s->names, s->diags, source, &n);
    stage_done(p, "parse");
    if (!graphs)
        return EXIT_WRONG;
    for (size_t i = 0; i < n; i++) {
        const char *wrong = graph_verify(s->arena, graphs[i]);
        if (wrong)
            return fail(p, arena_shown(s->arena, "graph '%s': %s", graphs[i]->name, wrong));
        run_passes(p, graphs[i]);
    }
    if (s->options->mode == MODE_check && !s->options->emit)
        return EXIT_FINE;
    for (size_t i = 0; i < n; i++) {
        if (emit == EMIT_ir || emit == EMIT_train_ir)
            graph_print(&p->dump, graphs[i]);
        else if (emit == EMIT_kernels)
            kernels_print(&p->dump, graph_plan(s, graphs[i])->kernels);
        else if (emit == EMIT_cost)
            kernels_print_cost(&p->dump, graph_plan(s, graphs[i])->kernels);
        else if (emit == EMIT_plan)
            plan_print(&p->dump, graph_plan(s, graphs[i]));
    }
    if (emit >= EMIT_llvm)
        return emit_graphs(p, graphs, n, source);
    if (emit < EMIT_ir)
        return fail(p, "a .nnir file has no such stage: it begins with ir");
    return show(p);
}

/* ---- all ---- */

static bool check_pass(const Session *s, const char *name)
{
    StrBuf text = {0};
    if (pass_named(name) != N_PASSES)
        return true;
    strbuf_printf(&text, "unknown pass '%s': one of", name);
    for (int i = 0; i < N_PASSES; i++)
        strbuf_printf(&text, " %s", pass_name((PassId)i));
    report(s, text.text);
    strbuf_close(&text);
    return false;
}

/* Are all names that --passes and --print-after give those of passes? If not, that is reported. */
static bool check_passes(const Session *s)
{
    const char *list = s->options->passes;
    while (list && *list) {
        size_t n = strcspn(list, ",");
        if (!check_pass(s, arena_strndup(s->arena, list, n)))
            return false;
        list += n + (list[n] == ',');
    }
    return !s->options->print_after || check_pass(s, s->options->print_after);
}

int pipeline_run(Session *s)
{
    Pipeline p = {.s = s, .started = now()};
    const char *message = NULL;
    if (!check_passes(s))
        return EXIT_USAGE;
    p.passes =
        (PassCx){.print_after = s->options->print_after, .dump = &p.passes_dump, .times = p.times};
    bool imports = s->options->mode == MODE_import;
    const Source *source = imports ? NULL : file_read(s, s->options->input, &message);
    if (!imports && !source)
        return fail(&p, message);
    int code = imports               ? run_import(&p)
               : s->options->is_nnir ? run_nnir(&p, source)
                                     : run_nn(&p, source);
    diag_flush(s->diags, stderr, s->options->format, s->options->color);
    if (p.passes_dump.n)
        rt_print_message(stderr, p.passes_dump.text);
    if (s->options->time_passes && s->options->mode != MODE_run)
        print_times(&p);
    strbuf_close(&p.dump);
    strbuf_close(&p.passes_dump);
    return code;
}
