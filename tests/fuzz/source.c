/* Any text as a .nn program: tokens, tree, program, and the graphs of every model and compile command up to
 * their plans. Of the files it names, tables and images are there as far as a compiler sees, others are not;
 * imports find the text itself. */
#include "ir/optim/train.h"
#include "ir/program/program.h"
#include "parser/parser.h"
#include "tests/fuzz/compile_fuzz.h"
#include "tests/fuzz/fuzz.h"

enum { BATCH = 32 };

static const char *import_key(void *cx, const char *path, Range from)
{
    (void)cx, (void)from;
    return path;
}

/* Every import finds the same declarations. */
static const struct Ast *import_read(void *cx, const char *path, Range from, const char **message)
{
    static const char text[] =
        "let width = 4\n"
        "block hidden(n, rate=0.5) { Dense(n, activation=relu); Dropout(rate) }\n"
        "model net { hidden(width); Dense(3, activation=softmax) }\n"
        "fn loss(y, p) = mean(square(y - p), axis=-1)\n";
    FuzzText *t = cx;
    LexCx lexer = {t->arena, t->names, t->diags, NULL};
    (void)path, (void)from, (void)message;
    return parse(&lexer, lex(&lexer, source_add(t->sources, "import.nn", text, sizeof text - 1)));
}

static bool probe(void *cx, const Call *source, PartId part, DataFacts *facts, ProbeFault *fault)
{
    static const char *const columns[] = {"a", "b", "c", "d"};
    (void)cx, (void)part, (void)fault;
    DataFacts f = {.have = true, .x_rank = 1, .x_dims = {4}, .x_dtype = RT_f32, .y_dtype = RT_i32};
    f.rows[PART_TRAIN] = 100;
    f.classes = 3;
    f.numbers.most = 2;
    if (!strcmp(source->row->name, "csv")) {
        f.n_columns = 4;
        f.columns = columns;
    } else if (!strcmp(source->row->name, "idx")) {
        f.x_rank = 2;
        f.x_dims[0] = f.x_dims[1] = 28;
        f.x_dtype = f.y_dtype = RT_u8;
        f.path = "images.gz";
    } else if (source->row->n_args && source->row->args[0].kind == ARG_PATH) {
        f.have = false;
    }
    *facts = f;
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
    if (!train_build(t->arena, t->names, t->diags, &request, &passes, &out))
        return;
    if (graph_verify(t->arena, out.graph))
        abort();
    fuzz_compile(t->arena, out.graph);
}

static void elaborated(FuzzText *t, Program *p)
{
    StrBuf shown = {0};
    program_print(&shown, p);
    strbuf_close(&shown);
    for (size_t i = 0; i < p->instances.n; i++)
        build(t, p, p->instances.at[i], NULL, USE_predict);
    for (size_t i = 0; i < p->compiles.n; i++) {
        build(t, p, p->compiles.at[i]->instance, p->compiles.at[i], USE_train);
        build(t, p, p->compiles.at[i]->instance, p->compiles.at[i], USE_eval);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    FuzzText t = fuzz_text_open("fuzz.nn", bytes, size);
    LexCx cx = {t.arena, t.names, t.diags, NULL};
    Ast *ast = parse(&cx, lex(&cx, t.source));
    ElaborateOptions options = {.probe = {.look = probe},
                                .imports = {.key = import_key, .read = import_read, .cx = &t}};
    Program *program = elaborate(t.arena, t.names, t.diags, ast, &options);
    if (program && !diag_errors(t.diags))
        elaborated(&t, program);
    fuzz_text_close(&t);
    return 0;
}
