/* Long lists of names in a program: ten times as many are found with little more than ten times as many comparisons. */
#include "ir/program/program.h"
#include "parser/parser.h"
#include "runtime/abi/name_index.h"
#include "support/strbuf.h"
#include "tests/unit/check.h"

typedef struct Growth {
    const char *what, *before, *each, *between,
        *after; /* each: with the number in it, up to twice */
} Growth;

static const Growth growths[] = {
    {"let", "", "let a%zu = %zu", "\n", "\n"},
    {"let of the one before", "let a0 = 1\n", "let b%zu = a0 + %zu", "\n", "\n"},
    {"param", "", "param a%zu = %zu", "\n", "\n"},
    {"option", "", "option a%zu = %zu", "\n", "\n"},
    {"fn", "", "fn f%zu(x) = x + %zu", "\n", "\n"},
    {"parameters", "fn f(", "a%zu = %zu", ", ", ") = 1\nprint f()\n"},
    {"named arguments", "fn f(a1=0, a2=0, a3=0, a4=0, a5=0, a6=0, a7=0, a8=0, a9=0) = 1\n",
     "print f(a9=%zu, a8=%zu)", "\n", "\n"},
    {"model", "", "model m%zu { Input(2); Dense(%zu + 1) }", "\n", "\n"},
    {"block", "", "block m%zu(x) { Dense(x + %zu) }", "\n", "\n"},
    {"layers", "model m { Input(2)\n", "Dense(1, name=\"n%zu\"); Dense(1) # %zu", "\n", "\n}\n"},
    {"data", "", "data d%zu { train = moons(10 + %zu) }", "\n", "\n"},
    {"class names", "data d { train = moons(10), targets = labels([", "\"a%zu of %zu\"", ", ",
     "]) }\n"},
    {"keys of a map", "let m = [", "\"k%zu\": %zu", ", ", "]\nprint m[\"k1\"], m[\"k9\"]\n"},
    {"values of a map",
     "let m = [\"x\": 1, \"y\": 2, \"a\": 1, \"b\": 2, \"c\": 3, \"d\": 1, \"e\": 2, "
     "\"f\": 3, \"g\": 4, \"h\": 5]\n",
     "let v%zu = m[\"h\"] + %zu", "\n", "\n"},
    {"metrics",
     "data d { train = moons(10) }\nmodel m { Input(2); Dense(2, activation=softmax) }\n"
     "compile m { loss = sparse_categorical_crossentropy, metrics = [",
     "SparseCategoricalAccuracy(), SparseTopKCategoricalAccuracy(name=\"k%zu_%zu\")", ", ",
     "] }\nfit m on d\n"},
    {"results",
     "data d { train = moons(10) }\nmodel m { Input(2); Dense(2, activation=softmax) }\n"
     "compile m { loss = sparse_categorical_crossentropy }\n",
     "fit m on d as r[%zu] # %zu", "\n", "\n"},
    {"files that are written", "model m { Input(2); Dense(2) }\n", "save m to \"a%zu.npz\" # %zu",
     "\n", "\n"},
};

static bool elaborated(Arena *arena, const char *what, const StrBuf *text)
{
    SourceMap *sources = source_map_new(arena);
    Interner *names = interner_new(arena);
    Diags *diags = diag_new(arena, sources);
    LexCx cx = {arena, names, diags, NULL};
    const Source *source = source_add(sources, what, text->text, text->n);
    const Ast *ast = parse(&cx, lex(&cx, source));
    ElaborateOptions options = {.n_defines = 0};
    bool right = elaborate(arena, names, diags, ast, &options) && !diag_errors(diags);
    if (!right)
        diag_flush(diags, stderr, DIAG_TEXT, DIAG_COLOR_OFF);
    return right;
}

static uint64_t compared(const Growth *g, size_t n)
{
    Arena *arena = arena_open();
    StrBuf text = {0};
    strbuf_add(&text, g->before);
    for (size_t i = 1; i <= n; i++) {
        char number[32];
        snprintf(number, sizeof number, "%zu", i);
        for (const char *c = g->each; *c; c++)
            if (!strncmp(c, "%zu", 3)) {
                strbuf_add(&text, number);
                c += 2;
            } else {
                strbuf_char(&text, *c);
            }
        strbuf_add(&text, i < n ? g->between : g->after);
    }
    uint64_t before = rt_names_compared;
    CHECK(elaborated(arena, g->what, &text));
    strbuf_close(&text);
    arena_close(arena);
    return rt_names_compared - before;
}

int main(void)
{
    for (size_t i = 0; i < sizeof growths / sizeof *growths; i++) {
        uint64_t few = compared(&growths[i], 1000), many = compared(&growths[i], 10000);
        if (!CHECK(few > 0 && many < 15 * few && many < 40 * 10000))
            fprintf(stderr, "%s: %llu comparisons, then %llu\n", growths[i].what,
                    (unsigned long long)few, (unsigned long long)many);
    }
    return check_done();
}
