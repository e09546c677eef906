/* Any text as a .nn program: tokens, tree, program, and the graphs of every model and compile command.
 * Files it names are not there. */
#include "ir/optim/train.h"
#include "ir/program/program.h"
#include "parser/parser.h"
#include "tests/fuzz/fuzz.h"

enum { BATCH = 32 };

static const struct Ast *no_import(void *cx, const char *path, Range from, const char **key,
                                   const char **message)
{
    (void)cx, (void)from;
    *key = path;
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
    ElaborateOptions options = {.probe = {no_file, NULL}, .open_import = no_import};
    Program *program = elaborate(t.arena, t.names, t.diags, ast, &options);
    if (program && !diag_errors(t.diags))
        elaborated(&t, program);
    fuzz_text_close(&t);
    return 0;
}
