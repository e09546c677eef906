/* Short trainings: the interpreter in double agrees with Keras in float64 to 1e-9 after 20 steps, loss
 * by loss and weight by weight; the compiled code agrees with the interpreter in float, bit for bit. */
#include <math.h>

#include "ir/optim/train.h"
#include "tests/golden/short_trainings.h"
#include "tests/unit/calls.h"
#include "tests/unit/compile_graph.h"

enum { N_BATCHES = (ROWS + BATCH - 1) / BATCH, SLACK = 256 };

static const double tolerance = 1e-9;

/* One training: the graph of a step and the memory of all it names. */
typedef struct Training {
    Made m;
    const Golden *golden;
    RtDtype compute;
    BuildResult built;
    InterpBind inputs[2], states[32];
    InterpScalar scalars[4];
    double lr, t;
    int64_t seed, step;
} Training;

/* "momentum=0.9 nesterov=1.0" */
static void set_args(Made *m, Call *call, const char *text)
{
    char name[32];
    double value;
    int used = 0;
    for (; sscanf(text, " %31[a-z_]=%lf%n", name, &value, &used) == 2; text += used) {
        call_float(m, call, name, value);
        call_arg(call, name)->i = (int64_t)value;
    }
}

static bool training_build(Training *s)
{
    static const int64_t row[] = {FEATURES};
    Made *m = &s->m;
    Instance *net = instance_new(m, "net", 1, row);
    dense_add(m, net, "hidden", HIDDEN, "tanh");
    dense_add(m, net, "last", CLASSES, s->golden->activation);
    Call *optimizer = call_new(m, VOCAB_optimizer, s->golden->optimizer);
    Call *loss = call_new(m, VOCAB_loss, s->golden->loss);
    set_args(m, optimizer, s->golden->optimizer_args);
    set_args(m, loss, s->golden->loss_args);
    bool by_class = !strncmp(s->golden->loss, "sparse", 6);
    static const int64_t classes[CLASSES] = {0, 1, 2};
    static const ClassWeights weights = {CLASSES, classes, golden_class_weights, false};
    DataSet *data = data_new(m, "rows", 1, row, s->compute, by_class ? RT_i32 : s->compute,
                             by_class ? CLASSES : 0);
    data->facts.y_rank = by_class ? 0 : 1;
    data->facts.y_dims[0] = CLASSES;
    BuildRequest request = {.program = &m->program,
                            .instance = net,
                            .compile = compile_new(m, net, optimizer, loss),
                            .data = data,
                            .use = USE_train,
                            .class_weights =
                                strncmp(s->golden->name, "weighted", 8) ? NULL : &weights,
                            .batch = BATCH,
                            .compute = s->compute};
    PassCx passes = {.n_tracked = 0};
    s->lr = call_arg(optimizer, "learning_rate")->f;
    return train_build(m->arena, m->names, m->diags, &request, &passes, &s->built);
}

/* The k-th value of golden_start or of Golden.weights: the weights in Keras's order. */
static const State *weight_at(const Graph *g, size_t k, size_t *inside)
{
    static const char *const order[] = {"hidden.kernel", "hidden.bias", "last.kernel", "last.bias"};
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        const State *w = graph_state(g, intern(g->names, order[i]));
        size_t n = (size_t)shape_count(&w->shape, 1);
        if (k < n) {
            *inside = k;
            return w;
        }
        k -= n;
    }
    return NULL;
}

static void *state_memory(const Training *s, const State *w)
{
    return s->states[w - s->built.graph->states.at].data;
}

static void states_start(Training *s)
{
    const Graph *g = s->built.graph;
    size_t inside = 0;
    for (size_t i = 0; i < g->states.n; i++) {
        const State *w = &g->states.at[i];
        size_t n = (size_t)shape_count(&w->shape, 1);
        s->states[i].name = w->name;
        s->states[i].data = arena_alloc(s->m.arena, n * rt_dtype(w->dtype)->size + SLACK);
        for (size_t k = 0; k < n; k++)
            number_put(w->dtype, s->states[i].data, k, w->init.name ? w->init.arg[0] : 0);
    }
    for (size_t k = 0; k < sizeof golden_start / sizeof *golden_start; k++) {
        const State *w = weight_at(g, k, &inside);
        number_put(w->dtype, state_memory(s, w), inside, golden_start[k]);
    }
}

static void inputs_new(Training *s)
{
    size_t size = rt_dtype(s->compute)->size;
    s->inputs[0] = (InterpBind){"x", arena_alloc(s->m.arena, BATCH * FEATURES * size + SLACK)};
    s->inputs[1] = (InterpBind){"y", arena_alloc(s->m.arena, BATCH * CLASSES * size + SLACK)};
    s->scalars[0] = (InterpScalar){SCALAR_rate, 0, &s->lr};
    s->scalars[1] = (InterpScalar){SCALAR_t, 0, &s->t};
    s->scalars[2] = (InterpScalar){SCALAR_seed, 0, &s->seed};
    s->scalars[3] = (InterpScalar){SCALAR_step, 0, &s->step};
}

static bool training_open(Training *s, const Golden *golden, RtDtype compute)
{
    *s = (Training){.m = made_open("net"), .golden = golden, .compute = compute};
    bool built = CHECK(training_build(s));
    if (!built)
        diag_flush(s->m.diags, stderr, DIAG_TEXT, DIAG_COLOR_OFF);
    if (built && CHECK(s->built.graph->states.n <= sizeof s->states / sizeof *s->states)) {
        states_start(s);
        inputs_new(s);
    }
    return built;
}

static void inputs_fill(Training *s, int first, int n)
{
    bool by_class = s->built.y_dtype == RT_i32;
    for (int k = 0; k < n * FEATURES; k++)
        number_put(s->compute, s->inputs[0].data, (size_t)k, golden_x[first * FEATURES + k]);
    for (int r = 0; r < n; r++) {
        int label = (int)golden_label[first + r];
        if (by_class)
            ((int32_t *)s->inputs[1].data)[r] = label;
        for (int c = 0; !by_class && c < CLASSES; c++)
            number_put(s->compute, s->inputs[1].data, (size_t)(r * CLASSES + c), c == label);
    }
}

/* One step, by the interpreter or by compiled code; gives the loss of its batch. */
static double training_step(Training *s, int step, const Compiled *code, RtPool *pool)
{
    const Graph *g = s->built.graph;
    const MetricUse *loss = s->built.metrics.at;
    int first = step % N_BATCHES * BATCH, n = ROWS - first < BATCH ? ROWS - first : BATCH;
    while (strcmp(loss->name, "loss") != 0)
        loss++;
    double *total = state_memory(s, graph_state(g, loss->sums[0]));
    double *count = state_memory(s, graph_state(g, loss->sums[1]));
    *total = *count = 0;
    s->t = step + 1;
    s->step = step;
    inputs_fill(s, first, n);
    InterpWorld w = {s->m.arena, n, {2, s->inputs}, {4, s->scalars}, {g->states.n, s->states},
                     {0, NULL}};
    if (code)
        compiled_run(code, &w, pool);
    else
        interp_run(&w, g);
    return *total / *count;
}

static bool is_near(double found, double expected)
{
    return fabs(found - expected) <= tolerance * (1 + fabs(expected));
}

static void check_keras(const Golden *golden)
{
    Training s;
    size_t inside = 0;
    if (training_open(&s, golden, RT_f64)) {
        for (int step = 0; step < EPOCHS * N_BATCHES; step++) {
            double loss = training_step(&s, step, NULL, NULL);
            if (!CHECK(is_near(loss, golden->losses[step])))
                fprintf(stderr, "%s: loss of step %d is %.17g, Keras %.17g\n", golden->name, step,
                        loss, golden->losses[step]);
        }
        for (size_t k = 0; k < sizeof golden_start / sizeof *golden_start; k++) {
            const State *w = weight_at(s.built.graph, k, &inside);
            double v = number_get(w->dtype, state_memory(&s, w), inside);
            if (!CHECK(is_near(v, golden->weights[k])))
                fprintf(stderr, "%s: %s[%zu] is %.17g, Keras %.17g\n", golden->name, w->name,
                        inside, v, golden->weights[k]);
        }
    }
    arena_close(s.m.arena);
}

static void check_states(const Training *want, const Training *got, const char *what)
{
    const Graph *g = want->built.graph;
    for (size_t i = 0; i < g->states.n; i++) {
        const State *w = &g->states.at[i];
        int64_t at = first_difference(w->dtype, shape_count(&w->shape, 1), want->states[i].data,
                                      got->states[i].data);
        if (!CHECK_EQ_INT(at, -1))
            fprintf(stderr, "%s, %s: %s differs from the interpreter\n", want->golden->name, what,
                    w->name);
    }
}

static void check_compiled(const Golden *golden, const Training *want, const char *cpu, int level,
                           RtPool *pool)
{
    Training s;
    Compiled code;
    if (!training_open(&s, golden, want->compute))
        return;
    const Machine *m = machine_for(s.m.arena, cpu, level);
    if (CHECK(compiled_open(&code, s.m.arena, s.built.graph, m, level))) {
        for (int step = 0; step < EPOCHS * N_BATCHES; step++)
            training_step(&s, step, &code, pool);
        check_states(want, &s, arena_printf(s.m.arena, "%s -O%d", m->target.name, level));
    }
    compiled_close(&code);
    arena_close(s.m.arena);
}

/* In the type of the weights: at every level, for the baseline and for this machine, 1 and 3 threads. */
static void check_bits(const Golden *golden, RtDtype compute, RtPool *alone, RtPool *three)
{
    Training want;
    if (training_open(&want, golden, compute)) {
        for (int step = 0; step < EPOCHS * N_BATCHES; step++)
            training_step(&want, step, NULL, NULL);
        for (int level = 0; level <= 3; level++) {
            check_compiled(golden, &want, "x86-64-v3", level, level % 2 ? alone : three);
            check_compiled(golden, &want, "native", level, level % 2 ? three : alone);
        }
    }
    arena_close(want.m.arena);
}

int main(void)
{
    RtPool *alone = rt_pool_open(1), *three = rt_pool_open(3);
    for (size_t i = 0; i < sizeof goldens / sizeof *goldens; i++) {
        check_keras(&goldens[i]);
        check_bits(&goldens[i], RT_f32, alone, three);
    }
    rt_pool_close(alone);
    rt_pool_close(three);
    return check_done();
}
