/* Optimizers: 50 steps along given gradients. In double the interpreter agrees with Keras in float64
 * (tests/golden/make_optimizers.py) to 1e-9; the compiled code agrees with the interpreter in float, bit for bit. */
#include <math.h>

#include "ir/optim/update.h"
#include "tests/golden/optimizers.h"
#include "tests/unit/calls.h"
#include "tests/unit/compile_graph.h"

enum { MOST_STATES = 64, SLACK = 256 };

static const double tolerance = 1e-9;

/* The updates of one optimizer as a graph; gradients are states, so that the test can write them. */
typedef struct Updates {
    Made m;
    const Golden *golden;
    RtDtype dtype;
    Graph *g;
    InterpBind states[MOST_STATES];
    InterpScalar scalars[2];
    double rate, t;
} Updates;

/* ---- the optimizer ---- */

/* "bias,ai" */
static void set_texts(Made *m, ArgValue *v, const char *text)
{
    const char **texts = ARENA_ARRAY(m->arena, const char *, strlen(text) + 1);
    for (v->n = 0; *text; text += *text == ',') {
        size_t n = strcspn(text, ",");
        texts[v->n++] = arena_strndup(m->arena, text, n);
        text += n;
    }
    v->texts = texts;
}

/* "momentum=0.9 nesterov=1 rms_rate=none" */
static void set_args(Made *m, Call *call, const char *text)
{
    char name[40], value[40];
    int used = 0;
    for (; sscanf(text, " %39[a-z_0-9]=%39s%n", name, value, &used) == 2; text += used) {
        ArgValue *v = call_arg(call, name);
        call_float(m, call, name, strtod(value, NULL));
        v->i = (int64_t)v->f;
        v->none = !strcmp(value, "none");
        if (call->row->args[v - call->args].kind == ARG_TEXTS)
            set_texts(m, v, value);
    }
}

/* ---- the graph ---- */

static Shape weight_shape(int i)
{
    Shape s = {.rank = (uint8_t)golden_weights[i].rank};
    for (int d = 0; d < s.rank; d++)
        s.dim[d].n = golden_weights[i].dims[d];
    return s;
}

static Node *state_new(Updates *u, const char *name, Shape shape, StateRole role)
{
    State s = {.name = intern(u->m.names, name),
               .dtype = u->dtype,
               .shape = shape,
               .role = role,
               .trainable = role == ROLE_weight};
    Builder b = {u->g, {NULL, {0, 0}, PART_forward}};
    graph_state_add(u->g, s);
    return g_read(&b, s.name);
}

static void build(Updates *u)
{
    Made *m = &u->m;
    Node *reads[N_WEIGHTS], *gradients[N_WEIGHTS];
    Call *optimizer = call_new(m, VOCAB_optimizer, u->golden->optimizer);
    set_args(m, optimizer, u->golden->args);
    u->rate = call_arg(optimizer, "learning_rate")->f;
    u->g = graph_new(m->arena, m->names, m->diags, "updates", 1);
    for (int i = 0; i < N_WEIGHTS; i++) {
        const char *name =
            arena_printf(m->arena, "%s.%s", golden_weights[i].layer, golden_weights[i].name);
        reads[i] = state_new(u, name, weight_shape(i), ROLE_weight);
        name = arena_printf(m->arena, "gradient.%d", i);
        gradients[i] = state_new(u, name, weight_shape(i), ROLE_counter);
    }
    UpdateCx cx = update_begin(u->g, optimizer, u->dtype, 0);
    static const Call *const free_weights[N_WEIGHTS];
    update_weights(&cx, N_WEIGHTS, reads, gradients, free_weights);
    PassCx passes = {.n_tracked = 0};
    pass_pipeline(&passes, u->g, PIPELINE_sums);
}

static const State *state_at(const Updates *u, const char *name)
{
    return graph_state(u->g, intern(u->m.names, name));
}

static void *memory_of(const Updates *u, const State *s)
{
    return u->states[s - u->g->states.at].data;
}

/* All states named like the weights, "" or ".average" behind, in their order: element k of all. */
static const State *weight_at(const Updates *u, const char *end, size_t k, size_t *inside)
{
    for (int i = 0; i < N_WEIGHTS; i++) {
        Shape shape = weight_shape(i);
        size_t n = (size_t)shape_count(&shape, 1);
        if (k < n) {
            *inside = k;
            return state_at(u, arena_printf(u->m.arena, "%s.%s%s", golden_weights[i].layer,
                                            golden_weights[i].name, end));
        }
        k -= n;
    }
    return NULL;
}

static void open_updates(Updates *u, const Golden *golden, RtDtype dtype)
{
    size_t inside = 0;
    *u = (Updates){.m = made_open("net"), .golden = golden, .dtype = dtype};
    build(u);
    CHECK(u->g->states.n <= MOST_STATES);
    for (size_t i = 0; i < u->g->states.n; i++) {
        const State *s = &u->g->states.at[i];
        size_t n = (size_t)shape_count(&s->shape, 1);
        u->states[i].name = s->name;
        u->states[i].data = arena_alloc(u->m.arena, n * rt_dtype(s->dtype)->size + SLACK);
        for (size_t k = 0; k < n; k++)
            number_put(s->dtype, u->states[i].data, k, s->init.name ? s->init.arg[0] : 0);
    }
    for (size_t k = 0; k < NUMBERS; k++) {
        const State *w = weight_at(u, "", k, &inside);
        number_put(dtype, memory_of(u, w), inside, golden_start[k]);
    }
    u->scalars[0] = (InterpScalar){SCALAR_rate, 0, &u->rate};
    u->scalars[1] = (InterpScalar){SCALAR_t, 0, &u->t};
}

/* ---- the steps ---- */

static double scale_of(GradientKind kind, int step)
{
    static const double scales[] = {1, 1e8, 1, 1e-8, 1};
    return kind == GRADIENTS_huge ? scales[step % 5] : 1;
}

static void set_gradients(Updates *u, int step)
{
    const double *values = &golden_gradients[step * NUMBERS];
    for (int i = 0; i < N_WEIGHTS; i++) {
        const State *s = state_at(u, arena_printf(u->m.arena, "gradient.%d", i));
        for (int64_t k = 0; k < shape_count(&s->shape, 1); k++)
            number_put(u->dtype, memory_of(u, s), (size_t)k,
                       *values++ * scale_of(u->golden->kind, step));
    }
    if (u->golden->kind == GRADIENTS_broken && step == BROKEN_AT)
        number_put(u->dtype, memory_of(u, state_at(u, intern(u->m.names, "gradient.0"))), 8,
                   INFINITY);
}

static void take_step(Updates *u, int step, const Compiled *code, RtPool *pool)
{
    InterpWorld w = {u->m.arena, 1, {0, NULL}, {2, u->scalars}, {u->g->states.n, u->states},
                     {0, NULL}};
    u->t = step + 1;
    if (u->golden->falls)
        u->rate = 0.05 / (1 + 0.1 * step);
    set_gradients(u, step);
    if (code)
        compiled_run(code, &w, pool);
    else
        interp_run(&w, u->g);
}

/* ---- Keras ---- */

static double sum_of(const Updates *u, const char *end)
{
    size_t inside = 0;
    double sum = 0;
    for (size_t k = 0; k < NUMBERS; k++) {
        const State *w = weight_at(u, end, k, &inside);
        sum += number_get(u->dtype, memory_of(u, w), inside) * (double)(1 + k % 7);
    }
    return sum;
}

static void check_near(const Golden *golden, const char *what, double found, double expected)
{
    bool same = isfinite(expected) ? fabs(found - expected) <= tolerance * (1 + fabs(expected))
                : isnan(expected)  ? isnan(found)
                                   : found == expected;
    if (!CHECK(same))
        fprintf(stderr, "%s(%s), gradients %d: %s is %.17g, Keras %.17g\n", golden->optimizer,
                golden->args, golden->kind, what, found, expected);
}

static void check_keras(const Golden *golden)
{
    Updates u;
    size_t inside = 0;
    open_updates(&u, golden, RT_f64);
    for (int step = 0; step < STEPS; step++) {
        take_step(&u, step, NULL, NULL);
        check_near(golden, arena_printf(u.m.arena, "the sum of step %d", step + 1), sum_of(&u, ""),
                   golden->sums[step]);
    }
    if (state_at(&u, "tall.kernel.average"))
        check_near(golden, "the sum of the averages", sum_of(&u, ".average"), golden->sums[STEPS]);
    for (size_t k = 0; golden->last && k < NUMBERS; k++) {
        const State *w = weight_at(&u, "", k, &inside);
        check_near(golden, arena_printf(u.m.arena, "%s[%zu]", w->name, inside),
                   number_get(RT_f64, memory_of(&u, w), inside), golden->last[k]);
    }
    arena_close(u.m.arena);
}

/* ---- compiled code ---- */

static void check_compiled(const Updates *want, const char *cpu, int level, RtPool *pool)
{
    Updates u;
    Compiled code;
    open_updates(&u, want->golden, RT_f32);
    const Machine *m = machine_for(u.m.arena, cpu, level);
    if (CHECK(compiled_open(&code, u.m.arena, u.g, m, level)))
        for (int step = 0; step < STEPS; step++)
            take_step(&u, step, &code, pool);
    for (size_t i = 0; i < u.g->states.n; i++) {
        const State *s = &u.g->states.at[i];
        int64_t at = first_difference(s->dtype, shape_count(&s->shape, 1), want->states[i].data,
                                      u.states[i].data);
        if (!CHECK_EQ_INT(at, -1))
            fprintf(stderr, "%s(%s) -O%d: %s differs from the interpreter\n", u.golden->optimizer,
                    u.golden->args, level, s->name);
    }
    compiled_close(&code);
    arena_close(u.m.arena);
}

static void check_bits(const Golden *golden, size_t number, RtPool *alone, RtPool *three)
{
    Updates want;
    open_updates(&want, golden, RT_f32);
    for (int step = 0; step < STEPS; step++)
        take_step(&want, step, NULL, NULL);
    check_compiled(&want, "native", (int)(number % 4), number % 2 ? alone : three);
    arena_close(want.m.arena);
}

int main(void)
{
    RtPool *alone = rt_pool_open(1), *three = rt_pool_open(3);
    for (size_t i = 0; i < sizeof goldens / sizeof *goldens; i++) {
        check_keras(&goldens[i]);
        if (goldens[i].last || goldens[i].falls)
            check_bits(&goldens[i], i, alone, three);
    }
    rt_pool_close(alone);
    rt_pool_close(three);
    return check_done();
}
