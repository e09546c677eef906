/* Losses: the loss of a batch and its gradient in double against Keras's, with all arguments, reductions, weights of
 * classes, on ordinary rows, at kinks, far out. Metrics that are a mean over samples: their value after several
 * batches, of which the last one is short. */
#include <math.h>

#include "ir/grad/grad.h"
#include "ir/interp/interp.h"
#include "ir/layers/build.h"
#include "tests/golden/losses.h"
#include "tests/unit/calls.h"
#include "tests/unit/check.h"

enum { MOST = 128, N_LOSSES = sizeof golden_losses / sizeof *golden_losses };

static const double tolerance = 1e-12;

/* The numbers of "1,2.5", and how many there are. */
static uint32_t numbers_of(const char *text, double *out)
{
    uint32_t n = 0;
    char *end;
    for (const char *at = text; n < 8; at = end + 1) {
        out[n++] = strtod(at, &end);
        if (*end != ',')
            break;
    }
    return n;
}

static void set_arg(Made *m, Call *call, const char *name, const char *text)
{
    double values[8];
    int64_t whole[8];
    ArgValue *v = call_arg(call, name);
    uint32_t n = numbers_of(text, values);
    ArgKind kind = call->row->args[row_arg(call->row, name)].kind;
    call_float(m, call, name, values[0]);
    v->i = (int64_t)values[0];
    for (uint32_t i = 0; i < n; i++)
        whole[i] = (int64_t)values[i];
    if (kind == ARG_AXES && n > 1)
        call_ints(m, call, name, n, whole);
    if (kind == ARG_FLOATS) {
        v->n = n;
        v->floats = arena_copy(m->arena, values, n * sizeof *values);
    }
    if (kind == ARG_CHOICE)
        v->text = arena_printf(m->arena, "%s", text);
}

/* "delta=2.5 axis=1,2 reduction=sum" */
static void set_args(Made *m, Call *call, const char *text)
{
    char name[32], value[64];
    int used = 0;
    for (; sscanf(text, " %31[a-z_]=%63s%n", name, value, &used) == 2; text += used)
        set_arg(m, call, name, value);
}

typedef struct Case {
    Made m;
    const Golden *golden;
    BuildResult built;
    Node *p; /* the outputs */
} Case;

static int64_t elements(uint32_t rank, const int64_t *dims)
{
    int64_t n = 1;
    for (uint32_t i = 0; i < rank; i++)
        n *= dims[i];
    return n;
}

static Node *input_named(const Graph *g, const char *name)
{
    for (size_t i = 0; i < g->nodes.n; i++)
        if (g->nodes.at[i]->op == OP_input && !strcmp(g->nodes.at[i]->attr[0].text, name))
            return g->nodes.at[i];
    return NULL;
}

/* A model that gives what it is fed. */
static bool case_build(Case *c, Call *loss, const Call *metric)
{
    static const int64_t classes[] = {0, 1, 2, 3};
    static const ClassWeights weights = {4, classes, golden_class_weights, false};
    Made *m = &c->m;
    const Golden *g = c->golden;
    Instance *net = instance_new(m, "net", g->p_rank, g->p_dims);
    layer_add(m, net, "identity", call_new(m, VOCAB_layer, "Identity"));
    DataSet *data =
        data_new(m, "rows", g->p_rank, g->p_dims, RT_f64, g->whole ? RT_i32 : RT_f64, 0);
    data->facts.y_rank = g->y_rank;
    memcpy(data->facts.y_dims, g->y_dims, g->y_rank * sizeof *g->y_dims);
    BuildRequest request = {.program = &m->program,
                            .instance = net,
                            .compile =
                                compile_new(m, net, call_new(m, VOCAB_optimizer, "SGD"), loss),
                            .data = data,
                            .use = USE_train,
                            .class_weights = g->weighted ? &weights : NULL,
                            .batch = g->rows,
                            .compute = RT_f64};
    if (metric) {
        Compile *compile = (Compile *)request.compile;
        const char **keys = ARENA_ARRAY(m->arena, const char *, 1);
        keys[0] = intern(m->names, "metric");
        compile->metrics = arena_copy(m->arena, &metric, sizeof(Call *));
        compile->n_metrics = 1;
        compile->keys = keys;
    }
    if (!build_graph(m->arena, m->names, m->diags, &request, &c->built))
        return false;
    c->p = input_named(c->built.graph, "x");
    return true;
}

/* Targets as the graph takes them. */
static void *targets_of(Case *c, int64_t first)
{
    const Golden *g = c->golden;
    int64_t each = elements(g->y_rank, g->y_dims), n = (g->rows - first) * each;
    int32_t *whole = ARENA_ARRAY(c->m.arena, int32_t, n);
    for (int64_t i = 0; i < n; i++)
        whole[i] = (int32_t)g->y[first * each + i];
    return g->whole ? (void *)whole : (void *)(g->y + first * each);
}

static bool close_to(double found, double want)
{
    return found == want || fabs(found - want) <= tolerance * (1 + fabs(want));
}

/* ---- losses ---- */

static void compare(const Golden *g, const double *loss, const double *gradient)
{
    if (!CHECK(close_to(*loss, g->value)))
        fprintf(stderr, "%s(%s): the loss is %.17g, expected %.17g\n", g->name, g->args, *loss,
                g->value);
    for (int64_t i = 0; i < g->rows * elements(g->p_rank, g->p_dims); i++)
        if (!CHECK(close_to(gradient[i], g->gradient[i])))
            fprintf(stderr,
                    "%s(%s), number %d: the gradient at %d (p = %g) is %.17g, expected %.17g\n",
                    g->name, g->args, (int)(g - golden_losses), (int)i, g->p[i], gradient[i],
                    g->gradient[i]);
}

static void check_loss(const Golden *g)
{
    Case c = {.m = made_open("net"), .golden = g};
    Node *gradient;
    double loss = NAN, dp[MOST];
    Call *call = call_new(&c.m, VOCAB_loss, g->name);
    set_args(&c.m, call, g->args);
    if (CHECK(case_build(&c, call, NULL))) {
        Builder b = {.g = c.built.graph};
        grad_build(c.built.graph, c.built.loss, &c.p, 1, &gradient, NULL);
        g_output(&b, intern(c.m.names, "loss"), c.built.loss);
        g_output(&b, intern(c.m.names, "dp"), gradient);
        CHECK_STR(graph_verify(c.m.arena, c.built.graph), NULL);
        double sums[2] = {0, 0};
        InterpBind in[] = {{"x", (void *)g->p}, {"y", targets_of(&c, 0)}},
                   out[] = {{"loss", &loss}, {"dp", dp}},
                   states[] = {{"metric.loss.total", &sums[0]}, {"metric.loss.count", &sums[1]}};
        InterpScalar n = {SCALAR_n, 0, &g->rows};
        InterpWorld w = {c.m.arena, g->rows, {2, in}, {1, &n}, {2, states}, {2, out}};
        interp_run(&w, c.built.graph);
        compare(g, &loss, dp);
    } else {
        diag_flush(c.m.diags, stderr, DIAG_TEXT, DIAG_COLOR_OFF);
    }
    arena_close(c.m.arena);
}

/* Every loss that is built is compared, with each of its arguments. */
static void check_complete(void)
{
    for (size_t r = 0; r < vocab_count(VOCAB_loss); r++) {
        const Row *row = vocab_row(VOCAB_loss, r);
        bool known = row->later;
        for (int i = 0; i < N_LOSSES && !known; i++)
            known = !strcmp(golden_losses[i].name, row->name);
        if (!CHECK(known))
            fprintf(stderr, "no numbers for '%s'\n", row->name);
        for (uint32_t a = 0; a < row->n_args && !row->later; a++) {
            const char *arg = row->args[a].name;
            bool shared =
                !strcmp(arg, "reduction") || !strcmp(arg, "name") || !strcmp(arg, "dtype");
            bool compared = shared;
            for (int i = 0; i < N_LOSSES && !compared; i++)
                compared =
                    !strcmp(golden_losses[i].name, row->name) && strstr(golden_losses[i].args, arg);
            if (!CHECK(compared))
                fprintf(stderr, "no numbers for '%s' of '%s'\n", arg, row->name);
        }
    }
}

/* ---- metrics ---- */

/* The words of a class, after which Keras names its objects. */
static double value_after_batches(Case *c)
{
    const Golden *g = c->golden;
    double sums[4] = {0, 0, 0, 0};
    InterpBind states[] = {{"metric.loss.total", &sums[0]},
                           {"metric.loss.count", &sums[1]},
                           {"metric.metric.total", &sums[2]},
                           {"metric.metric.count", &sums[3]}};
    for (int64_t k = 0; k < g->rows; k += METRIC_BATCH) {
        int64_t n = g->rows - k < METRIC_BATCH ? g->rows - k : METRIC_BATCH;
        InterpBind in[] = {{"x", (void *)(g->p + k * elements(g->p_rank, g->p_dims))},
                           {"y", targets_of(c, k)}};
        InterpScalar rows = {SCALAR_n, 0, &n};
        InterpWorld w = {c->m.arena, n, {2, in}, {1, &rows}, {4, states}, {0, NULL}};
        interp_run(&w, c->built.graph);
    }
    return sums[2] / sums[3];
}

static void check_metric(const Golden *g)
{
    Case c = {.m = made_open("net"), .golden = g};
    Call *call = call_new(&c.m, VOCAB_metric, g->name);
    set_args(&c.m, call, g->args);
    /* A loss that fits, whatever is compared. */
    Call *loss = call_new(&c.m, VOCAB_loss, g->whole ? "sparse_categorical_crossentropy" : "mse");
    if (CHECK(case_build(&c, loss, call))) {
        double value = value_after_batches(&c);
        if (call->row->id == METRIC_root_mean_squared_error)
            value = sqrt(value);
        if (!CHECK(close_to(value, g->value)))
            fprintf(stderr, "%s(%s) is %.17g, expected %.17g\n", g->name, g->args, value, g->value);
    } else {
        diag_flush(c.m.diags, stderr, DIAG_TEXT, DIAG_COLOR_OFF);
    }
    arena_close(c.m.arena);
}

/* ---- in float ---- */

/* One output beside one target, in f32: what a formula in double gives of the same numbers. */
typedef struct Point {
    const char *loss;
    double y, p, value;
} Point;

static double log_cosh(double e)
{
    return fabs(e) < 1e-3 ? e * e / 2 : fabs(e) + log1p(exp(-2 * fabs(e))) - log(2);
}

static void check_float(const Point *at)
{
    static const int64_t row[] = {1};
    float x = (float)at->p, y = (float)at->y, loss = NAN;
    Made m = made_open("net");
    Instance *net = instance_new(&m, "net", 1, row);
    layer_add(&m, net, "identity", call_new(&m, VOCAB_layer, "Identity"));
    DataSet *data = data_new(&m, "rows", 1, row, RT_f32, RT_f32, 0);
    Call *call = call_new(&m, VOCAB_loss, at->loss);
    BuildRequest request = {.program = &m.program,
                            .instance = net,
                            .compile =
                                compile_new(&m, net, call_new(&m, VOCAB_optimizer, "SGD"), call),
                            .data = data,
                            .use = USE_eval,
                            .batch = 1,
                            .compute = RT_f32};
    BuildResult built;
    if (CHECK(build_graph(m.arena, m.names, m.diags, &request, &built))) {
        Builder b = {.g = built.graph};
        int64_t one = 1;
        double sums[2] = {0, 0};
        g_output(&b, intern(m.names, "loss"), built.loss);
        InterpBind in[] = {{"x", &x}, {"y", &y}}, out[] = {{"loss", &loss}},
                   states[] = {{"metric.loss.total", &sums[0]}, {"metric.loss.count", &sums[1]}};
        InterpScalar n = {SCALAR_n, 0, &one};
        InterpWorld w = {m.arena, 1, {2, in}, {1, &n}, {2, states}, {1, out}};
        interp_run(&w, built.graph);
        if (!CHECK(fabs((double)loss - at->value) <= 3e-7 * fabs(at->value)))
            fprintf(stderr, "%s of %g beside %g is %.9g in float, expected %.9g\n", at->loss, at->p,
                    at->y, (double)loss, at->value);
    }
    arena_close(m.arena);
}

/* Differences of large numbers would lose these: a few roundings are all that may be lost. */
static void check_floats(void)
{
    const float near = 1 + 0x1p-10F;
    const Point points[] = {
        {"log_cosh", 0, 0x1p-14, log_cosh(0x1p-14)},
        {"log_cosh", 0, -0.03125, log_cosh(0.03125)},
        {"log_cosh", 0, 1.5, log_cosh(1.5)},
        {"log_cosh", 0, -19.75, log_cosh(19.75)},
        {"log_cosh", 0, 1e30F, 1e30F},
        {"huber", 0, 0x1p-20, 0x1p-41},
        {"huber", 0, -near, near - 0.5},
        {"mean_squared_logarithmic_error", 0x1p-12, 0x1p-11,
         pow(log1p(0x1p-11) - log1p(0x1p-12), 2)},
        {"mean_absolute_percentage_error", 1e-3F, 2e-3F, 100 * ((double)2e-3F - 1e-3F) / 1e-3F},
    };
    for (size_t i = 0; i < sizeof points / sizeof *points; i++)
        check_float(&points[i]);
}

int main(void)
{
    check_floats();
    check_complete();
    for (int i = 0; i < N_LOSSES; i++)
        check_loss(&golden_losses[i]);
    for (size_t i = 0; i < sizeof golden_metrics / sizeof *golden_metrics; i++)
        check_metric(&golden_metrics[i]);
    return check_done();
}
