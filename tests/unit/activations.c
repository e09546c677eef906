/* Activations: values and slopes in double against Keras's, on ordinary rows, at kinks and far out. */
#include <math.h>

#include "ir/grad/grad.h"
#include "ir/interp/interp.h"
#include "ir/layers/build.h"
#include "tests/golden/activations.h"
#include "tests/unit/calls.h"
#include "tests/unit/check.h"

enum { PLACES = ROWS * FEATURES };

static const double tolerance = 1e-12;

/* Where we differ from Keras. Places count through golden_x. At their ends clipped functions have slope
 * 0 here; elu and selu belong to their line at 0; sparsemax adds up to 1. */
static const struct {
    const char *name, *args, *what;
    int place;
    double value;
} own[] = {
    {"relu", "max_value=1.5 threshold=-0.5", "slope", 12, 0},
    {"relu", "max_value=1.5 threshold=-0.5", "slope", 13, 0},
    {"relu", "negative_slope=0.1 max_value=1.5 threshold=-0.5", "slope", 12, 0},
    {"relu", "negative_slope=0.1 max_value=1.5 threshold=-0.5", "slope", 13, 0},
    {"elu", "alpha=0.5", "slope", 12, 0.4201670368266409},
    {"elu", "alpha=0.5", "slope", 13, 0.9906073556948704},
    {"selu", "", "slope", 12, 0.44146992044797811},
    {"selu", "", "slope", 13, 1.0408321267102019},
    {"sparse_sigmoid", "", "slope", 16, 0},
    {"sparse_sigmoid", "", "slope", 17, 0},
    {"hard_tanh", "", "slope", 16, 0},
    {"hard_tanh", "", "slope", 17, 0},
    {"sparsemax", "", "y", 16, 0.5},
    {"sparsemax", "", "y", 17, 0.5},
    {"sparsemax", "", "slope", 12, -0.023122692176749782},
    {"sparsemax", "", "slope", 13, 0.54731762669147965},
    {"sparsemax", "", "slope", 14, 0.20699811115372624},
    {"sparsemax", "", "slope", 16, -0.10520512255394032},
    {"sparsemax", "", "slope", 17, 0.10520512255394032},
};

/* "alpha=0.5 approximate=1.0" */
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

static Instance *model_of(Made *m, const Golden *golden)
{
    static const int64_t row[] = {FEATURES};
    Instance *net = instance_new(m, "net", 1, row);
    Call *f = call_new(m, VOCAB_activation, golden->name);
    Call *layer = call_new(m, VOCAB_layer, "Activation");
    set_args(m, f, golden->args);
    call_call(m, layer, "activation", f);
    layer_add(m, net, "activation", layer);
    return net;
}

static bool build(Made *m, const Golden *golden, BuildResult *out)
{
    static const int64_t row[] = {FEATURES};
    BuildRequest request = {.program = &m->program,
                            .instance = model_of(m, golden),
                            .data = data_new(m, "rows", 1, row, RT_f64, RT_i32, 3),
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
    Shape flat = {.rank = 1, .dim = {{y->shape.dim[1].n, true}}};
    Node *place = g_cast(b, g_iota(b, RT_i32, flat, 0), RT_f64);
    Node *weight = g_unary(b, OP_sin, g_add(b, place, g_const(b, RT_f64, 1)));
    return g_sum_all(b, g_mul(b, g_reshape(b, y, flat), weight), RT_f64);
}

static void compare(const Golden *golden, const char *what, int place, double found, double want)
{
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (own[i].place == place && !strcmp(own[i].name, golden->name) &&
            !strcmp(own[i].args, golden->args) && !strcmp(own[i].what, what))
            want = own[i].value;
    bool same = found == want || fabs(found - want) <= tolerance * (1 + fabs(want));
    if (!CHECK(same))
        fprintf(stderr, "%s(%s): %s at place %d (x = %g) is %.17g, expected %.17g\n", golden->name,
                golden->args, what, place, golden_x[place], found, want);
}

static void check_activation(const Golden *golden)
{
    Made m = made_open("net");
    BuildResult built;
    Node *gradient;
    double y[PLACES], slope[PLACES];
    if (CHECK(build(&m, golden, &built))) {
        Builder b = {.g = built.graph};
        Node *x = input_of(built.graph);
        grad_build(built.graph, loss_of(&b, built.output), &x, 1, &gradient, NULL);
        g_output(&b, intern(m.names, "slope"), gradient);
        CHECK_STR(graph_verify(m.arena, built.graph), NULL);
        InterpBind in = {"x", (void *)golden_x}, out[] = {{"y", y}, {"slope", slope}};
        InterpWorld w = {m.arena, ROWS, {1, &in}, {0, NULL}, {0, NULL}, {2, out}};
        interp_run(&w, built.graph);
        int64_t n = shape_count(&built.output->shape, ROWS);
        for (int place = 0; place < n; place++)
            compare(golden, "y", place, y[place], golden->y[place]);
        for (int place = 0; place < PLACES; place++)
            compare(golden, "slope", place, slope[place], golden->slope[place]);
    }
    arena_close(m.arena);
}

/* Every activation that is built is compared. */
static void check_complete(void)
{
    for (size_t r = 0; r < vocab_count(VOCAB_activation); r++) {
        const Row *row = vocab_row(VOCAB_activation, r);
        bool compared = row->later;
        for (size_t i = 0; i < sizeof goldens / sizeof *goldens; i++)
            compared |= !strcmp(goldens[i].name, row->name);
        if (!CHECK(compared))
            fprintf(stderr, "no figures for '%s'\n", row->name);
    }
}

int main(void)
{
    check_complete();
    for (size_t i = 0; i < sizeof goldens / sizeof *goldens; i++)
        check_activation(&goldens[i]);
    return check_done();
}
