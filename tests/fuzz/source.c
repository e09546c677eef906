/* Any text as a .nn program: tokens, tree, program, and the graphs of every model and compile command up to
 * their plans. Of the files it names, tables and images are there as far as a compiler sees, others are not;
 * imports find the text itself. */
#include "ir/optim/train.h"
#include "ir/program/program.h"
#include "parser/parser.h"
#include "tests/fuzz/compile_fuzz.h"
#include "tests/fuzz/fuzz.h"

enum { BATCH = 32 };

static const char *no_key(void *cx, const char *path, Range from)
{
    (void)cx, (void)from;
    return path;
}

static const struct Ast *no_import(void *cx, const char *path, Range from, const char **message)
{
    (void)cx, (void)path, (void)from;
    *message = "not in this test";
    return NULL;
}

static bool no_file(void *cx, const Call *source, DataFacts *facts, const char **message)
{
    (void)cx, (void)source, (void)message;
    facts->have = false;
    return true;
}

static void build(FuzzText *t, const Program *p, Instance *m, const Compile *c, Use use)
{
    BuildRequest request = {.program = p,
                            .instance = m,
                            .compile = c,
                            .data = m->first_data,
                            .use = use,
                            .batch = BATCH,
                            .compute = RT_f32};
    PassCx passes = {.n_tracked = 0};
    BuildResult out;
    if (train_build(t->arena, t->names, t->diags, &request, &passes, &out) &&
        graph_verify(t->arena, out.graph))
        abort();
}

static void elaborated(FuzzText *t, Program *p)
{
    StrBuf shown = {0};
    program_print(&shown, p);
    strbuf_close(&shown);
    for (size_t i = 0; i < p->instances.n; i++)
        build(t, p, p->instances.at[i], NULL, USE_predict);
    for (size_t i = 0; i < p->compiles.n; i++)
        build(t, p, p->compiles.at[i]->instance, p->compiles.at[i], USE_train);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    FuzzText t = fuzz_text_open("fuzz.nn", bytes, size);
    LexCx cx = {t.arena, t.names, t.diags};
    Ast *ast = parse(&cx, lex(&cx, t.source));
    ElaborateOptions options = {.probe = {no_file, NULL},
                                .imports = {no_key, no_import, NULL, NULL}};
    Program *program = elaborate(t.arena, t.names, t.diags, ast, &options);
    if (program && !diag_errors(t.diags))
        elaborated(&t, program);
    fuzz_text_close(&t);
    return 0;
}
