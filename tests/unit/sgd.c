/* Linear models of the prelude: the interpreter in double agrees with scikit-learn to 1e-6 of the largest coefficient,
 * sample by sample in the order of the rows. */
#include <math.h>

#include "codegen/image/image_make.h"
#include "ir/optim/train.h"
#include "ir/program/prelude.h"
#include "lexer/lexer.h"
#include "parser/parser.h"
#include "tests/golden/sgd.h"
#include "tests/unit/calls.h"
#include "tests/unit/compile_graph.h"

enum { SLACK = 64, MOST_STATES = 32, CLASSES = 3 };

static const double tolerance = 1e-6;

typedef struct Model {
    Made m;
    const SgdCase *of;
    const double *targets;
    bool labels;
    const Expr *rate;
    BuildResult built;
    InterpBind states[MOST_STATES];
    InterpScalar scalars[2 + CLASSES];
    uint32_t n_scalars;
    double eta, t, weights[CLASSES];
    double row[SGD_FEATURES + SLACK], target[SLACK];
    int32_t label[SLACK];
} Model;

/* ---- from the text of the case to a graph ---- */

static const Ast *parsed(Made *m, const char *name, const char *text)
{
    LexCx cx = {m->arena, m->names, m->diags, NULL};
    return parse(&cx, lex(&cx, source_add(m->sources, name, text, strlen(text))));
}

static const Ast *read_prelude(void *cx)
{
    return parsed(cx, PRELUDE_NAME, prelude_text);
}

static bool probe(void *cx, const Call *source, PartId part, DataFacts *facts, ProbeFault *fault)
{
    const Model *s = cx;
    (void)source, (void)part, (void)fault;
    int64_t classes = !s->labels ? 0 : s->targets == sgd_two ? 2 : 3;
    *facts = (DataFacts){.have = true,
                         .x_rank = 1,
                         .x_dims = {SGD_FEATURES},
                         .x_dtype = RT_f64,
                         .y_dtype = s->labels ? RT_i32 : RT_f64,
                         .classes = classes};
    facts->rows[PART_TRAIN] = SGD_ROWS;
    facts->numbers.most = classes ? (double)classes - 1 : 100;
    facts->numbers.least = classes ? 0 : -100;
    facts->numbers.has_fraction = !classes;
    return true;
}

static bool build(Model *s)
{
    Made *m = &s->m;
    const char *text = arena_printf(
        m->arena, "data d { train = npy(\"x.npy\", \"y.npy\") }\nlet m = %s\nfit m on d\n",
        s->of->call);
    ElaborateOptions options = {.probe = {.look = probe, .cx = s},
                                .imports = {.prelude = read_prelude, .cx = m}};
    Program *p = elaborate(m->arena, m->names, m->diags, parsed(m, "case.nn", text), &options);
    PassCx passes = {.n_tracked = 0};
    if (!CHECK(p != NULL))
        return false;
    BuildRequest request = command_graphs(p, &p->commands.at[1]).at[0];
    request.compute = RT_f64;
    const Call *optimizer = request.compile->optimizer;
    s->rate = optimizer->args[ARG_StochasticGradient_learning_rate].expr;
    s->eta = optimizer->args[ARG_StochasticGradient_learning_rate].f;
    return CHECK(train_build(m->arena, m->names, m->diags, &request, &passes, &s->built));
}

/* ---- its memory ---- */

static void states_start(Model *s)
{
    const Graph *g = s->built.graph;
    for (size_t i = 0; i < g->states.n; i++) {
        const State *w = &g->states.at[i];
        size_t n = (size_t)shape_count(&w->shape, 1);
        s->states[i] = (InterpBind){w->name, arena_alloc(s->m.arena, n * 8 + SLACK)};
        bool one = w->init.name && w->init.n_args;
        for (size_t k = 0; k < n; k++)
            number_put(w->dtype, s->states[i].data, k, one ? w->init.arg[0] : 0);
    }
}

static void scalars_set(Model *s)
{
    int counts[CLASSES] = {0};
    for (int i = 0; s->labels && i < SGD_ROWS; i++)
        counts[(int)s->targets[i]]++;
    s->scalars[0] = (InterpScalar){SCALAR_rate, 0, &s->eta};
    s->scalars[1] = (InterpScalar){SCALAR_t, 0, &s->t};
    s->n_scalars = 2;
    for (int c = 0; s->labels && c < CLASSES; c++) {
        s->weights[c] = counts[c] ? SGD_ROWS / (3.0 * counts[c]) : 1;
        s->scalars[s->n_scalars++] = (InterpScalar){SCALAR_class_weight, c, &s->weights[c]};
    }
}

/* The rate after `step` steps, as the runtime computes it. */
static double rate_at(const Expr *x, double step)
{
    double a = x->n_args ? rate_at(x->args[0], step) : 0,
           b = x->n_args > 1 ? rate_at(x->args[1], step) : 0;
    switch (x->op) {
    case EX_number:
        return x->value;
    case EX_argument:
        return step;
    case EX_add:
        return a + b;
    case EX_mul:
        return a * b;
    case EX_div:
        return a / b;
    case EX_pow:
        return pow(a, b);
    case EX_sqrt:
        return sqrt(a);
    default: /* none of these schedules has another one */
        return NAN;
    }
}

/* ---- training ---- */

static void step(Model *s, int row, int64_t done)
{
    InterpBind inputs[] = {{"x", s->row}, {"y", s->labels ? (void *)s->label : (void *)s->target}};
    for (int k = 0; k < SGD_FEATURES; k++)
        s->row[k] = sgd_x[row * SGD_FEATURES + k];
    s->target[0] = s->targets[row];
    s->label[0] = (int32_t)s->targets[row];
    s->t = (double)done + 1;
    if (s->rate)
        s->eta = rate_at(s->rate, (double)done);
    Arena *scratch = arena_open();
    InterpWorld w = {
        scratch,  1, {2, inputs}, {s->n_scalars, s->scalars}, {s->built.graph->states.n, s->states},
        {0, NULL}};
    interp_run(&w, s->built.graph);
    arena_close(scratch);
}

/* Means stand in the place of weights at the end, as a run has it. */
static const double *values_of(const Model *s, const char *name, size_t *n)
{
    const Graph *g = s->built.graph;
    const char *mean = arena_printf(s->m.arena, "%s." MEAN_SLOT, name);
    const double *found = NULL;
    for (size_t i = 0; i < g->states.n; i++) {
        const State *w = &g->states.at[i];
        if (strcmp(w->name, name) != 0 && strcmp(w->name, mean) != 0)
            continue;
        *n = (size_t)shape_count(&w->shape, 1);
        found = s->states[i].data;
        if (!strcmp(w->name, mean))
            break;
    }
    return found;
}

static size_t compare(const Model *s, const char *name, const double *want, double scale)
{
    size_t n = 0;
    const double *got = values_of(s, name, &n);
    for (size_t i = 0; i < n; i++)
        if (!CHECK(fabs(got[i] - want[i]) <= tolerance * scale))
            fprintf(stderr, "%s on %s: %s[%zu] is %.17g, scikit-learn %.17g\n", s->of->call,
                    s->of->data, name, i, got[i], want[i]);
    return n;
}

static void check_case(const SgdCase *c)
{
    Model *s = calloc(1, sizeof *s);
    if (!CHECK(s != NULL))
        return;
    *s = (Model){.m = made_open(""), .of = c, .labels = strcmp(c->data, "number") != 0};
    s->targets = !s->labels ? sgd_number : !strcmp(c->data, "two") ? sgd_two : sgd_three;
    if (build(s) && CHECK(s->built.graph->states.n <= MOST_STATES)) {
        double scale = 0;
        states_start(s);
        scalars_set(s);
        for (int64_t done = 0; done < (int64_t)c->epochs * SGD_ROWS; done++)
            step(s, (int)(done % SGD_ROWS), done);
        for (int i = 0; i < SGD_MOST; i++)
            scale = fmax(scale, fabs(c->want[i]));
        size_t n = compare(s, "output.kernel", c->want, scale);
        compare(s, "output.bias", c->want + n, scale);
    } else {
        diag_flush(s->m.diags, stderr, DIAG_TEXT, DIAG_COLOR_OFF);
    }
    arena_close(s->m.arena);
    free(s);
}

int main(void)
{
    for (size_t i = 0; i < sizeof sgd_cases / sizeof *sgd_cases; i++)
        check_case(&sgd_cases[i]);
    return check_done();
}
