/* Metrics over several batches: the interpreter in double, and the rules of the runtime, agree with Keras in float64;
 * in float the compiled code gives the sums of the interpreter, bit for bit, with one thread and with three.
 *
 * The tolerance is that of sums in another order, 1e-9. Keras computes in float32 where it takes the mean of several
 * classes, the matrices of IoU, and r2 adjusted for the number of regressors: 1e-6. For r2 of numbers around 1e6 both take
 * a difference of sums of 1e12, which has 4 digits less: 1e-5. */
#include <math.h>

#include "ir/layers/build.h"
#include "runtime/train/metric_rules.h"
#include "tests/golden/metrics.h"
#include "tests/unit/calls.h"
#include "tests/unit/compile_graph.h"

enum { SLACK = 512, STATES = 16 };

/* One metric over one data set. */
typedef struct Case {
    Made m;
    const GoldenMetric *golden;
    const GoldenRows *rows;
    RtDtype compute;
    BuildResult built;
    InterpBind inputs[2], states[STATES];
} Case;

static int64_t choice_index(const ArgRow *row, const char *word)
{
    int64_t at = 0;
    for (const char *list = row->range; *list; at++) {
        size_t n = strcspn(list, "|");
        if (n == strlen(word) && !strncmp(list, word, n))
            return at;
        list += n + (list[n] == '|');
    }
    return !strcmp(word, "true");
}

/* "[0.5,1]" or "3" as one argument of all kinds. */
static void set_numbers(Made *m, ArgValue *v, const char *text)
{
    double *floats = ARENA_ARRAY(m->arena, double, 64);
    int64_t *ints = ARENA_ARRAY(m->arena, int64_t, 64);
    text += *text == '[';
    for (char *end; *text && *text != ']'; text = end + (*end == ',')) {
        floats[v->n] = strtod(text, &end);
        ints[v->n] = (int64_t)floats[v->n];
        v->n++;
    }
    v->f = floats[0];
    v->i = ints[0];
    v->floats = floats;
    v->ints = ints;
}

/* "thresholds=[0.1,0.5] top_k=2 curve=PR" */
static void set_args(Made *m, const Call *call, const char *text)
{
    char name[40], value[200];
    int used = 0;
    for (; sscanf(text, " %39[a-z_]=%199s%n", name, value, &used) == 2; text += used) {
        const ArgRow *row = &call->row->args[row_arg(call->row, name)];
        ArgValue *v = call_arg(call, name);
        *v = (ArgValue){.given = true, .range = call->range, .text = arena_strdup(m->arena, value)};
        v->none = !strcmp(value, "none") && row->fallback && !strcmp(row->fallback, "none");
        if (strchr("[-0123456789", *value))
            set_numbers(m, v, value);
        else
            v->i = choice_index(row, value);
    }
}

static const ClassWeights weights = {4, (const int64_t[]){0, 1, 2, 3}, golden_class_weights, false};

/* The model gives its inputs: the golden outputs. */
static bool case_build(Case *c)
{
    Made *m = &c->m;
    const GoldenRows *r = c->rows;
    const int64_t row[] = {r->outputs};
    Instance *net = instance_new(m, "net", 1, row);
    net->input_dtype = c->compute;
    Call *same = call_new(m, VOCAB_layer, "Activation");
    call_call(m, same, "activation", call_new(m, VOCAB_activation, "linear"));
    layer_add(m, net, "same", same);
    DataSet *data = data_new(m, "rows", 1, row, c->compute, r->sparse ? RT_i32 : c->compute,
                             r->sparse ? r->outputs : 0);
    data->facts.y_rank = r->sparse ? 0 : 1;
    data->facts.y_dims[0] = r->targets;
    data->facts.numbers = rt_numbers_none();
    Compile *compile =
        compile_new(m, net, call_new(m, VOCAB_optimizer, "SGD"),
                    call_new(m, VOCAB_loss,
                             r->sparse ? "sparse_categorical_crossentropy" : "mean_squared_error"));
    Call *metric = call_new(m, VOCAB_metric, c->golden->metric);
    set_args(m, metric, c->golden->arguments);
    const Call **metrics = ARENA_ARRAY(m->arena, const Call *, 1);
    const char **keys = ARENA_ARRAY(m->arena, const char *, 1);
    metrics[0] = metric;
    keys[0] = intern(m->names, "metric");
    compile->metrics = metrics;
    compile->keys = keys;
    compile->n_metrics = 1;
    compile->n_plain = c->golden->weighted ? 0 : 1;
    BuildRequest request = {.program = &m->program,
                            .instance = net,
                            .compile = compile,
                            .data = data,
                            .use = USE_eval,
                            .class_weights = c->golden->weighted ? &weights : NULL,
                            .batch = METRIC_BATCH,
                            .compute = c->compute};
    PassCx passes = {.n_tracked = 0};
    if (!build_graph(m->arena, m->names, m->diags, &request, &c->built))
        return false;
    pass_pipeline(&passes, c->built.graph, PIPELINE_sums);
    return true;
}

static bool case_open(Case *c, const GoldenMetric *golden, RtDtype compute)
{
    *c = (Case){.m = made_open("net"), .golden = golden, .compute = compute};
    c->rows = &golden_rows[golden->data];
    bool built = CHECK(case_build(c));
    if (!built) {
        fprintf(stderr, "%s(%s):\n", golden->metric, golden->arguments);
        diag_flush(c->m.diags, stderr, DIAG_TEXT, DIAG_COLOR_OFF);
        return false;
    }
    const Graph *g = c->built.graph;
    CHECK(g->states.n <= STATES);
    for (size_t i = 0; i < g->states.n; i++) {
        size_t n = (size_t)shape_count(&g->states.at[i].shape, 1);
        c->states[i] =
            (InterpBind){g->states.at[i].name, arena_alloc(c->m.arena, n * sizeof(double) + SLACK)};
        memset(c->states[i].data, 0, n * sizeof(double));
    }
    size_t bytes = METRIC_BATCH * 8 * sizeof(double) + SLACK;
    c->inputs[0] = (InterpBind){"x", arena_alloc(c->m.arena, bytes)};
    c->inputs[1] = (InterpBind){"y", arena_alloc(c->m.arena, bytes)};
    return true;
}

static void put(RtDtype t, void *to, int k, double v)
{
    if (t == RT_i32)
        ((int32_t *)to)[k] = (int32_t)v;
    else if (t == RT_f32)
        ((float *)to)[k] = (float)v;
    else
        ((double *)to)[k] = v;
}

static void case_run(Case *c, const Compiled *code, RtPool *pool)
{
    const GoldenRows *r = c->rows;
    const Graph *g = c->built.graph;
    for (int at = 0; at < r->rows; at += METRIC_BATCH) {
        int n = r->rows - at < METRIC_BATCH ? r->rows - at : METRIC_BATCH;
        for (int k = 0; k < n * r->outputs; k++)
            put(c->compute, c->inputs[0].data, k, r->p[at * r->outputs + k]);
        for (int k = 0; k < n * r->targets; k++)
            put(c->built.y_dtype, c->inputs[1].data, k, r->y[at * r->targets + k]);
        InterpWorld w = {c->m.arena, n, {2, c->inputs}, {0, NULL}, {g->states.n, c->states},
                         {0, NULL}};
        if (code)
            compiled_run(code, &w, pool);
        else
            interp_run(&w, g);
    }
}

static double value_of(const Case *c, const MetricUse *use)
{
    const Graph *g = c->built.graph;
    RtMetricInput in = {.n_params = use->n_params, .params = use->params};
    for (uint32_t k = 0; k < use->n_sums; k++) {
        const State *s = graph_state(g, use->sums[k]);
        in.sums[in.n_sums] = c->states[s - g->states.at].data;
        in.counts[in.n_sums++] = shape_count(&s->shape, 1);
    }
    return rt_metric_value(use->rule, &in);
}

static double tolerance_of(const GoldenMetric *golden)
{
    static const char *const by_float[] = {"multi_label", "average=m", "num_regressors",
                                           "uniform_average"};
    const char *given = golden->arguments;
    bool rough = strstr(golden->metric, "io_u") || (!*given && !strcmp(golden->metric, "r2_score"));
    for (size_t i = 0; i < sizeof by_float / sizeof *by_float; i++)
        rough = rough || strstr(given, by_float[i]);
    bool large = !strcmp(golden_rows[golden->data].name, "large");
    return large ? 1e-5 : rough ? 1e-6 : 1e-9;
}

/* What Keras computes otherwise: r2 of constant targets. Outputs are exact, or off by 1. */
static void check_constant_targets(void)
{
    double n = 3, y = 0.1f, params[] = {RT_AGGREGATE_none, 0, 0};
    for (int off = 0; off < 2; off++) {
        double sums[] = {3 * y, 3 * y * y, 3.0 * off, 3};
        RtMetricInput in = {2, {sums, &n}, {4, 1}, 3, params};
        CHECK(rt_metric_value(RT_RULE_r2, &in) == !off);
    }
    for (int how = RT_AGGREGATE_uniform; how <= RT_AGGREGATE_variance; how++) {
        double both[] = {3 * y, 3 * y, 3 * y * y, 3 * y * y, 0, 3, 3, 3};
        RtMetricInput in = {2, {both, &n}, {8, 1}, 3, params};
        params[0] = how;
        CHECK(rt_metric_value(RT_RULE_r2, &in) == (how == RT_AGGREGATE_uniform ? 0.5 : 0));
    }
}

/* Sums and parameters that do not fit the rule give 0, whatever they are. */
static void check_unfit(void)
{
    static const double values[] = {-1, 1e300, NAN, 0, 3, 7};
    double sums[] = {1, 2, 3, 4, 5, 6, 7}, params[3];
    for (uint32_t rule = 0; rule <= RT_N_RULES; rule++)
        for (int64_t n = 0; n < 7; n++)
            for (size_t v = 0; v < sizeof values / sizeof *values; v++) {
                params[0] = params[1] = params[2] = values[v];
                RtMetricInput in = {2, {sums, sums}, {n, n}, 3, params};
                double x = rt_metric_value(rule, &in);
                CHECK(n || x == 0);
                in.n_params = in.n_sums = 0;
                CHECK(rt_metric_value(rule, &in) == 0);
            }
}

static void check_keras(const GoldenMetric *golden)
{
    Case c;
    int k = 0;
    if (case_open(&c, golden, RT_f64)) {
        case_run(&c, NULL, NULL);
        for (size_t i = 0; i < c.built.metrics.n; i++) {
            const MetricUse *use = &c.built.metrics.at[i];
            if (!strcmp(use->name, "loss") || !CHECK(k < golden->n))
                continue;
            double found = value_of(&c, use), want = golden->values[k++];
            if (!CHECK(fabs(found - want) <= tolerance_of(golden) * (1 + fabs(want))))
                fprintf(stderr, "%s(%s) of %s%s: %s is %.17g, Keras %.17g\n", golden->metric,
                        golden->arguments, c.rows->name, golden->weighted ? ", weighted" : "",
                        use->name, found, want);
        }
        CHECK_EQ_INT(k, golden->n);
    }
    arena_close(c.m.arena);
}

static void check_bits(const GoldenMetric *golden, RtPool *pool)
{
    Case want, got;
    Compiled code;
    if (!case_open(&want, golden, RT_f32) || !case_open(&got, golden, RT_f32))
        return;
    const Machine *m = machine_for(got.m.arena, "native", 2);
    case_run(&want, NULL, NULL);
    if (CHECK(compiled_open(&code, got.m.arena, got.built.graph, m, 2))) {
        case_run(&got, &code, pool);
        const Graph *g = got.built.graph;
        for (size_t i = 0; i < g->states.n; i++) {
            const State *s = &g->states.at[i];
            int64_t at = first_difference(s->dtype, shape_count(&s->shape, 1), want.states[i].data,
                                          got.states[i].data);
            if (!CHECK_EQ_INT(at, -1))
                fprintf(stderr, "%s(%s) of %s: %s differs from the interpreter\n", golden->metric,
                        golden->arguments, got.rows->name, s->name);
        }
    }
    compiled_close(&code);
    arena_close(want.m.arena);
    arena_close(got.m.arena);
}

/* Every kind of sum compiled once, with and without weights. */
static void check_compiled(RtPool *alone, RtPool *three)
{
    const char *metric = "", *arguments = "";
    for (size_t i = 0; i < sizeof golden_metrics / sizeof *golden_metrics; i++) {
        const GoldenMetric *g = &golden_metrics[i];
        bool same = !strcmp(metric, g->metric) && !strcmp(arguments, g->arguments);
        if (!same)
            check_bits(g, i % 2 ? alone : three);
        metric = g->metric;
        arguments = g->arguments;
    }
}

int main(void)
{
    RtPool *alone = rt_pool_open(1), *three = rt_pool_open(3);
    for (size_t i = 0; i < sizeof golden_metrics / sizeof *golden_metrics; i++)
        check_keras(&golden_metrics[i]);
    check_compiled(alone, three);
    check_constant_targets();
    check_unfit();
    rt_pool_close(alone);
    rt_pool_close(three);
    return check_done();
}
