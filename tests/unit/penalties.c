/* Short trainings with regularizers and constraints: the interpreter in double agrees with Keras in float64 to 1e-9,
 * loss by loss and weight by weight, and so does the loss of an evaluation (tests/golden/make_penalties.py). */
#include <math.h>

#include "ir/interp/interp.h"
#include "ir/optim/train.h"
#include "tests/golden/penalties.h"
#include "tests/unit/calls.h"
#include "tests/unit/check.h"

enum { N_BATCHES = (ROWS + BATCH - 1) / BATCH, MOST_STATES = 32 };

static const double tolerance = 1e-9;

/* A graph with the memory of its states, and the rows of a batch. */
typedef struct Step {
    BuildResult built;
    InterpBind states[MOST_STATES];
} Step;

typedef struct Training {
    Made m;
    const Golden *golden;
    Instance *net;
    DataSet *data;
    Compile *compile;
    Step train, eval;
    double x[BATCH * FEATURES], rate, t;
    int32_t y[BATCH];
    int64_t seed, step;
} Training;

/* ---- the layers of a run ---- */

/* "[0,1]" */
static void set_axes(Made *m, Call *call, const char *name, const char *text)
{
    int64_t axes[4];
    uint32_t n = 0;
    for (char *at = (char *)(uintptr_t)text; *at && *at != ']'; n++)
        axes[n] = strtoll(at + 1, &at, 10);
    call_ints(m, call, name, n, axes);
}

/* "l2=0.1,mode=columns" */
static void set_arguments(Made *m, Call *call, const char *text)
{
    char name[32], value[32];
    int used = 0;
    for (; sscanf(text, " %31[a-z0-9_]=%31[^,[]%n", name, value, &used) == 2 ||
           sscanf(text, " %31[a-z0-9_]=%31[[0-9,]%n", name, value, &used) == 2;
         text += used + strspn(text + used, ",]")) {
        if (*value == '[')
            set_axes(m, call, name, value);
        else if (!strcmp(value, "columns"))
            call_int(call, name, 1);
        else if (!strcmp(name, "axis"))
            call_int(call, name, strtoll(value, NULL, 10));
        else
            call_float(m, call, name, strtod(value, NULL));
    }
    CHECK_STR(text, "");
}

static void give(Made *m, Call *layer, const char *name, const char *value)
{
    char row[32], arguments[128] = "";
    if (sscanf(value, "%31[a-z_0-9](%127[^)]", row, arguments) < 1 || !strchr(value, '(')) {
        call_float(m, layer, name, strtod(value, NULL));
        call_arg(layer, name)->i = (int64_t)strtod(value, NULL);
        return;
    }
    bool rule = strstr(name, "_constraint") != NULL;
    Call *call = call_new(m, rule ? VOCAB_constraint : VOCAB_regularizer, row);
    set_arguments(m, call, arguments);
    call_call(m, layer, name, call);
}

static void make_layers(Training *s)
{
    Made *m = &s->m;
    const char *text = s->golden->layers;
    char layer[2], name[32], value[128];
    int used = 0;
    Call *a = dense_add(m, s->net, "a", HIDDEN, "tanh");
    Call *p = call_new(m, VOCAB_layer, strstr(text, "p.l1=") ? "ActivityRegularization" : "PReLU");
    layer_add(m, s->net, "p", p);
    Call *b = dense_add(m, s->net, "b", CLASSES, "softmax");
    for (; sscanf(text, " %1[apb].%31[a-z0-9_]=%127s%n", layer, name, value, &used) == 3;
         text += used)
        give(m, *layer == 'a' ? a : *layer == 'p' ? p : b, name, value);
    CHECK_STR(text, "");
}

/* ---- graphs ---- */

static void *memory_of(const Step *step, const char *state)
{
    for (size_t i = 0; i < step->built.graph->states.n; i++)
        if (!strcmp(step->states[i].name, state))
            return step->states[i].data;
    return NULL;
}

/* The states of an evaluation are those of the training. */
static bool step_open(Training *s, Step *step, Use use, const Step *like)
{
    PassCx passes = {.n_tracked = 0};
    BuildRequest request = {.program = &s->m.program,
                            .instance = s->net,
                            .compile = s->compile,
                            .data = s->data,
                            .use = use,
                            .batch = BATCH,
                            .compute = RT_f64};
    if (!CHECK(train_build(s->m.arena, s->m.names, s->m.diags, &request, &passes, &step->built))) {
        diag_flush(s->m.diags, stderr, DIAG_TEXT, DIAG_COLOR_OFF);
        return false;
    }
    const Graph *g = step->built.graph;
    for (size_t i = 0; i < g->states.n && i < MOST_STATES; i++) {
        size_t n = (size_t)shape_count(&g->states.at[i].shape, 1);
        step->states[i].name = g->states.at[i].name;
        step->states[i].data = like ? memory_of(like, g->states.at[i].name)
                                    : arena_alloc(s->m.arena, n * sizeof(double));
    }
    return CHECK(g->states.n <= MOST_STATES);
}

/* The k-th of the weights as Keras has them: a, p, b. */
static double *weight_at(const Training *s, size_t k)
{
    static const char *const names[] = {"a.kernel", "a.bias", "p.alpha", "b.kernel", "b.bias"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const State *w = graph_state(s->train.built.graph, intern(s->m.names, names[i]));
        size_t n = w ? (size_t)shape_count(&w->shape, 1) : 0;
        if (k < n)
            return (double *)memory_of(&s->train, w->name) + k;
        k -= n;
    }
    return NULL;
}

/* Weights of a layer that the run has not are passed over. */
static void weights_start(Training *s)
{
    enum { N_START = sizeof golden_start / sizeof *golden_start, BEFORE = (FEATURES + 1) * HIDDEN };
    size_t k = 0;
    bool alpha = memory_of(&s->train, "p.alpha") != NULL;
    for (size_t i = 0; i < N_START; i++)
        if (alpha || i < BEFORE || i >= BEFORE + HIDDEN)
            *weight_at(s, k++) = golden_start[i];
    CHECK(!weight_at(s, k));
}

static bool training_open(Training *s, const Golden *golden)
{
    static const int64_t row[] = {FEATURES};
    *s = (Training){.m = made_open("net"), .golden = golden, .rate = golden->rate};
    s->net = instance_new(&s->m, "net", 1, row);
    make_layers(s);
    s->compile = compile_new(&s->m, s->net, call_new(&s->m, VOCAB_optimizer, golden->optimizer),
                             call_new(&s->m, VOCAB_loss, "sparse_categorical_crossentropy"));
    s->data = data_new(&s->m, "rows", 1, row, RT_f64, RT_i32, CLASSES);
    if (!step_open(s, &s->train, USE_train, NULL) || !step_open(s, &s->eval, USE_eval, &s->train))
        return false;
    weights_start(s);
    return true;
}

/* ---- running ---- */

/* One batch; adds to total and count of the loss. */
static void run_batch(Training *s, const Step *step, int batch)
{
    int first = batch * BATCH, n = ROWS - first < BATCH ? ROWS - first : BATCH;
    InterpBind inputs[] = {{"x", s->x}, {"y", s->y}};
    InterpScalar scalars[] = {{SCALAR_rate, 0, &s->rate},
                              {SCALAR_t, 0, &s->t},
                              {SCALAR_seed, 0, &s->seed},
                              {SCALAR_step, 0, &s->step}};
    InterpWorld w = {
        s->m.arena, n, {2, inputs}, {4, scalars}, {step->built.graph->states.n, step->states},
        {0, NULL}};
    memcpy(s->x, golden_x + first * FEATURES, (size_t)(n * FEATURES) * sizeof(double));
    for (int r = 0; r < n; r++)
        s->y[r] = (int32_t)golden_label[first + r];
    interp_run(&w, step->built.graph);
}

static double *loss_state(const Training *s, const char *which)
{
    return memory_of(&s->train, strcmp(which, "total") ? "metric.loss.count" : "metric.loss.total");
}

static double loss_read(const Training *s)
{
    double loss = *loss_state(s, "total") / *loss_state(s, "count");
    *loss_state(s, "total") = *loss_state(s, "count") = 0;
    return loss;
}

static void check_near(const Golden *golden, const char *what, size_t at, double found,
                       double expected)
{
    if (!CHECK(fabs(found - expected) <= tolerance * (1 + fabs(expected))))
        fprintf(stderr, "%s: %s %zu is %.17g, Keras %.17g\n", golden->name, what, at, found,
                expected);
}

static void check_training(const Golden *golden)
{
    Training s;
    if (training_open(&s, golden)) {
        for (int step = 0; step < EPOCHS * N_BATCHES; step++) {
            s.t = step + 1;
            s.step = step;
            run_batch(&s, &s.train, step % N_BATCHES);
            check_near(golden, "loss of step", (size_t)step, loss_read(&s), golden->losses[step]);
        }
        for (size_t k = 0; weight_at(&s, k); k++)
            check_near(golden, "weight", k, *weight_at(&s, k), golden->weights[k]);
        for (int batch = 0; batch < N_BATCHES; batch++)
            run_batch(&s, &s.eval, batch);
        check_near(golden, "evaluation", 0, loss_read(&s), golden->loss);
    }
    arena_close(s.m.arena);
}

int main(void)
{
    for (size_t i = 0; i < sizeof goldens / sizeof *goldens; i++)
        check_training(&goldens[i]);
    return check_done();
}
