/* The layer Normalization: values and slopes in double against Keras's, for every kind of axes and numbers. */
#include <math.h>

#include "ir/grad/grad.h"
#include "ir/interp/interp.h"
#include "ir/layers/build.h"
#include "tests/unit/calls.h"
#include "tests/unit/check.h"

#include "tests/golden/normalization.h"

static const double tolerance = 1e-12; /* a few roundings */
static const int64_t row[] = {HIGH, WIDE};

static void give_floats(Made *m, Call *call, const char *name, uint32_t n, const double *values)
{
    ArgValue *v = call_arg(call, name);
    v->given = true;
    v->none = false;
    v->n = n;
    v->floats = arena_copy(m->arena, values, n * sizeof *values);
}

static Instance *model_of(Made *m, const Golden *golden)
{
    Instance *net = instance_new(m, "net", 2, row);
    Call *layer = call_new(m, VOCAB_layer, "Normalization");
    call_arg(layer, "axis")->none = !golden->n_axes;
    if (golden->n_axes > 1)
        call_ints(m, layer, "axis", golden->n_axes, golden->axes);
    else if (golden->n_axes)
        call_int(layer, "axis", golden->axes[0]);
    call_int(layer, "invert", golden->invert);
    if (!golden->learned) {
        give_floats(m, layer, "mean", golden->n, golden->mean);
        give_floats(m, layer, "variance", golden->n, golden->variance);
    }
    layer_add(m, net, "normalization", layer);
    return net;
}

static bool build(Made *m, const Golden *golden, BuildResult *out)
{
    BuildRequest request = {.program = &m->program,
                            .instance = model_of(m, golden),
                            .data = data_new(m, "rows", 2, row, RT_f64, RT_i32, 3),
                            .use = USE_predict,
                            .batch = ROWS,
                            .compute = RT_f64};
    return build_graph(m->arena, m->names, m->diags, &request, out);
}

static Node *input_of(const Graph *g)
{
    for (size_t i = 0; i < g->nodes.n; i++)
        if (g->nodes.at[i]->op == OP_input)
            return g->nodes.at[i];
    return NULL;
}

/* The sum of y[place] sin(1 + place). */
static Node *loss_of(Builder *b, Node *y)
{
    Shape flat = {.rank = 1, .dim = {{HIGH * WIDE, true}}};
    Node *place = g_cast(b, g_iota(b, RT_i32, flat, 0), RT_f64);
    Node *weight = g_unary(b, OP_sin, g_add(b, place, g_const(b, RT_f64, 1)));
    return g_sum_all(b, g_mul(b, g_reshape(b, y, flat), weight), RT_f64);
}

static void compare(int golden, const char *what, const double *found, const double *want)
{
    for (int place = 0; place < PLACES; place++)
        if (!CHECK(fabs(found[place] - want[place]) <= tolerance * fabs(want[place])))
            fprintf(stderr, "case %d: %s at place %d is %.17g, expected %.17g\n", golden, what,
                    place, found[place], want[place]);
}

/* Three weights, which no training changes; or none. */
static void check_states(const Graph *g, const Golden *golden)
{
    CHECK_EQ_INT(g->states.n, golden->learned ? 3 : 0);
    for (size_t i = 0; i < g->states.n; i++) {
        const State *s = &g->states.at[i];
        CHECK(s->role == ROLE_weight && !s->trainable);
        CHECK_EQ_INT(shape_count(&s->shape, 1), i < 2 ? golden->n : 1);
        CHECK_EQ_INT(s->dtype, i < 2 ? RT_f64 : RT_i32);
    }
}

static void check_case(int i)
{
    Made m = made_open("net");
    Golden golden = goldens[i];
    BuildResult built;
    Node *gradient;
    double y[PLACES], slope[PLACES];
    int32_t count = 0;
    if (CHECK(build(&m, &golden, &built))) {
        Builder b = {.g = built.graph};
        Node *x = input_of(built.graph);
        check_states(built.graph, &golden);
        grad_build(built.graph, loss_of(&b, built.output), &x, 1, &gradient, NULL);
        g_output(&b, intern(m.names, "slope"), gradient);
        CHECK_STR(graph_verify(m.arena, built.graph), NULL);
        InterpBind in = {"x", golden_x}, out[] = {{"y", y}, {"slope", slope}};
        InterpBind states[] = {{"normalization.mean", golden.mean},
                               {"normalization.variance", golden.variance},
                               {"normalization.count", &count}};
        InterpWorld w = {m.arena, ROWS, {1, &in}, {0, NULL}, {3, states}, {2, out}};
        interp_run(&w, built.graph);
        compare(i, "y", y, golden.y);
        compare(i, "slope", slope, golden.slope);
    } else {
        diag_flush(m.diags, stderr, DIAG_TEXT, DIAG_COLOR_OFF);
    }
    arena_close(m.arena);
}

int main(void)
{
    for (size_t i = 0; i < sizeof goldens / sizeof *goldens; i++)
        check_case((int)i);
    return check_done();
}
