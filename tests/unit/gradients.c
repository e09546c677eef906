/* Gradients of every op against central differences in double; at kinks, zeros and far out against the
 * one-sided values that docs/ir.md states. */
#include <math.h>

#include "ir/grad/grad.h"
#include "ir/interp/interp.h"
#include "runtime/math/philox.h"
#include "tests/unit/calls.h"
#include "tests/unit/check.h"

enum { ROWS = 3, LONGEST = 64, MAX_TARGETS = 4 };

/* %y is made of %a, %b, %c (f64 states of these types; "" where there is none) and of %x, an input
 * f64[N, 4]; numbers of the inputs are drawn evenly from low..high. */
typedef struct Case {
    Op op;
    const char *a, *b, *c;
    double low, high;
    const char *body;
} Case;

#define V "f64[7]"
#define M "f64[3, 4]"

static const Case cases[] = {
    {OP_neg, V, "", "", -2, 2, "%y = neg %a : f64[7]"},
    {OP_abs, V, "", "", -2, 2, "%y = abs %a : f64[7]"},
    {OP_sign, V, "", "", -2, 2, "%y = sign %a : f64[7]"},
    {OP_floor, V, "", "", -2, 2, "%y = floor %a : f64[7]"},
    {OP_round, V, "", "", -2, 2, "%y = round %a : f64[7]"},
    {OP_sqrt, V, "", "", 0.5, 3, "%y = sqrt %a : f64[7]"},
    {OP_exp, V, "", "", -2, 2, "%y = exp %a : f64[7]"},
    {OP_expm1, V, "", "", -2, 2, "%y = expm1 %a : f64[7]"},
    {OP_log, V, "", "", 0.5, 3, "%y = log %a : f64[7]"},
    {OP_log1p, V, "", "", -0.5, 3, "%y = log1p %a : f64[7]"},
    {OP_tanh, V, "", "", -2, 2, "%y = tanh %a : f64[7]"},
    {OP_sigmoid, V, "", "", -3, 3, "%y = sigmoid %a : f64[7]"},
    {OP_softplus, V, "", "", -3, 3, "%y = softplus %a : f64[7]"},
    {OP_erf, V, "", "", -2, 2, "%y = erf %a : f64[7]"},
    {OP_sin, V, "", "", -4, 4, "%y = sin %a : f64[7]"},
    {OP_cos, V, "", "", -4, 4, "%y = cos %a : f64[7]"},
    {OP_add, V, V, "", -2, 2, "%y = add %a, %b : f64[7]"},
    {OP_add, V, "", "", -2, 2, "%y = add %a, %a : f64[7]"},
    {OP_sub, V, V, "", -2, 2, "%y = sub %a, %b : f64[7]"},
    {OP_mul, V, V, "", -2, 2, "%y = mul %a, %b : f64[7]"},
    {OP_mul, V, "", "", -2, 2, "%y = mul %a, %a : f64[7]"},
    {OP_div, V, V, "", 0.5, 2, "%y = div %a, %b : f64[7]"},
    {OP_fma, V, V, V, -2, 2, "%y = fma %a, %b, %c : f64[7]"},
    {OP_max, V, V, "", -2, 2, "%y = max %a, %b : f64[7]"},
    {OP_min, V, V, "", -2, 2, "%y = min %a, %b : f64[7]"},
    {OP_pow, V, V, "", 0.5, 3, "%y = pow %a, %b : f64[7]"},
    {OP_pow, V, "", "", -2, 2, "%e = const splat 3.0 : f64[7]\n%y = pow %a, %e : f64[7]"},
    {OP_pow, V, "", "", -2, 2, "%e = const splat 2.0 : f64[7]\n%y = pow %a, %e : f64[7]"},
    {OP_pow, V, "", "", 0.5, 2, "%e = const splat -1.5 : f64[7]\n%y = pow %a, %e : f64[7]"},
    {OP_select, V, V, V, -2, 2, "%q = lt %c, %a : bool[7]\n%y = select %q, %a, %b : f64[7]"},
    {OP_cast, V, "", "", -2, 2, "%h = cast %a : f64[7]\n%y = mul %h, %h : f64[7]"},
    {OP_stop_gradient, V, V, "", -2, 2,
     "%p = mul %a, %b : f64[7]\n%s = stop_gradient %c : f64[7]\n%y = mul %p, %s : f64[7]"},
    {OP_dot, "f64[3, 4]", "f64[4, 5]", "", -2, 2,
     "%y = dot %a, %b contract_a=[1] contract_b=[0] acc=f64 : f64[3, 5]"},
    {OP_dot, "f64[3, 4]", "f64[4, 5]", "f64[3, 5]", -2, 2,
     "%y = dot %a, %b, %c contract_a=[1] contract_b=[0] acc=f64 : f64[3, 5]"},
    {OP_dot, "f64[4, 3]", "f64[5, 4]", "", -2, 2,
     "%y = dot %a, %b contract_a=[0] contract_b=[1] acc=f64 : f64[3, 5]"},
    {OP_dot, "f64[2, 3, 4]", "f64[2, 4, 5]", "", -2, 2,
     "%y = dot %a, %b batch_a=[0] batch_b=[0] contract_a=[2] contract_b=[1] acc=f64 : f64[2, 3, "
     "5]"},
    {OP_dot, "f64[3, 2, 4]", "f64[4, 5, 2]", "", -2, 2,
     "%y = dot %a, %b batch_a=[1] batch_b=[2] contract_a=[2] contract_b=[0] acc=f64 : f64[2, 3, "
     "5]"},
    {OP_dot, "f64[3, 2, 4]", "f64[2, 4, 5]", "", -2, 2,
     "%y = dot %a, %b contract_a=[1, 2] contract_b=[0, 1] acc=f64 : f64[3, 5]"},
    {OP_dot, "f64[3]", "f64[5]", "", -2, 2, "%y = dot %a, %b acc=f64 : f64[3, 5]"},
    {OP_dot, "f64[4, 5]", "", "", -2, 2,
     "%y = dot %x, %a contract_a=[1] contract_b=[0] acc=f64 : f64[N, 5]"},
    {OP_dot, "", "", "", -2, 2,
     "%y = dot %x, %x contract_a=[0] contract_b=[0] acc=f64 : f64[4, 4]"},
    {OP_sum, "f64[2, 3, 4]", "", "", -2, 2, "%y = sum %a axes=[1] acc=f64 : f64[2, 4]"},
    {OP_sum, "f64[2, 3, 4]", "", "", -2, 2, "%y = sum %a axes=[0, 2] acc=f64 : f64[3]"},
    {OP_sum, "", "", "", -2, 2, "%y = sum %x axes=[0] acc=f64 : f64[4]"},
    {OP_reduce_max, M, "", "", -2, 2, "%y = reduce_max %a axes=[1] : f64[3]"},
    {OP_reduce_max, M, "", "", -2, 2, "%y = reduce_max %a axes=[0, 1] : f64[]"},
    {OP_reduce_max, "f64[3, 2, 4]", "", "", -2, 2, "%y = reduce_max %a axes=[0, 2] : f64[2]"},
    {OP_reduce_max, "", "", "", -2, 2, "%y = reduce_max %x axes=[0] : f64[4]"},
    {OP_reduce_max, "f64[2, 3, 2, 2]", "f64[3, 2]", "", -2, 2,
     "%m = reduce_max %a axes=[3] : f64[2, 3, 2]\n%n = reduce_max %m axes=[0] : f64[3, 2]\n"
     "%y = mul %n, %b : f64[3, 2]"},
    {OP_sum, "f64[2, 3, 2, 4]", "f64[2, 2]", "", -2, 2,
     "%e = exp %a : f64[2, 3, 2, 4]\n%s = sum %e axes=[1, 3] acc=f64 : f64[2, 2]\n"
     "%y = mul %s, %b : f64[2, 2]"},
    /* softmax over axes 1 and 3, brought together at the end */
    {OP_transpose, "f64[2, 3, 2, 4]", "f64[2, 3, 2, 4]", "", -2, 2,
     "%t = transpose %a order=[0, 2, 1, 3] : f64[2, 2, 3, 4]\n%x12 = reshape %t : f64[2, 2, 12]\n"
     "%m = reduce_max %x12 axes=[2] : f64[2, 2]\n%g = stop_gradient %m : f64[2, 2]\n"
     "%w = broadcast %g axes=[0, 1] : f64[2, 2, 12]\n%d = sub %x12, %w : f64[2, 2, "
     "12]\n"
     "%e = exp %d : f64[2, 2, 12]\n%s = sum %e axes=[2] acc=f64 : f64[2, 2]\n"
     "%v = broadcast %s axes=[0, 1] : f64[2, 2, 12]\n%q = div %e, %v : f64[2, 2, "
     "12]\n"
     "%u = reshape %q : f64[2, 2, 3, 4]\n%r = transpose %u order=[0, 2, 1, 3] : f64[2, 3, 2, 4]\n"
     "%y = mul %r, %b : f64[2, 3, 2, 4]"},
    {OP_reshape, M, "", "", -2, 2, "%y = reshape %a : f64[2, 6]"},
    {OP_transpose, "f64[2, 3, 4]", "", "", -2, 2,
     "%y = transpose %a order=[2, 0, 1] : f64[4, 2, 3]"},
    {OP_broadcast, "f64[3]", "", "", -2, 2, "%y = broadcast %a axes=[1] : f64[2, 3, 4]"},
    {OP_broadcast, "f64[4]", "", "", -2, 2, "%y = broadcast %a axes=[1] : f64[N, 4]"},
    {OP_slice, M, "", "", -2, 2, "%y = slice %a begin=[1, 0] end=[3, 4] step=[1, 2] : f64[2, 2]"},
    {OP_pad, M, "f64[]", "", -2, 2,
     "%y = pad %a, %b low=[1, 0] high=[0, 2] interior=[0, 1] : f64[4, 9]"},
    {OP_pad, M, "f64[]", "", -2, 2,
     "%y = pad %a, %b low=[-1, 1] high=[1, -2] interior=[0, 0] : f64[3, 3]"},
    {OP_concat, M, "f64[2, 4]", "", -2, 2, "%y = concat %a, %b axis=0 : f64[5, 4]"},
    {OP_concat, "", "", "", -2, 2, "%y = concat %x, %x axis=1 : f64[N, 8]"},
    {OP_reverse, M, "", "", -2, 2, "%y = reverse %a axes=[1] : f64[3, 4]"},
    {OP_gather, "f64[5, 4]", "", "", -2, 2,
     "%r = iota axis=0 : i32[3]\n%t = const splat 2 : i32[3]\n%i = mul %r, %t : i32[3]\n"
     "%y = gather %a, %i axis=0 : f64[3, 4]"},
    {OP_scatter_add, "f64[5, 4]", "f64[3, 4]", "", -2, 2,
     "%i = const splat 2 : i32[3]\n%y = scatter_add %a, %i, %b axis=0 : f64[5, 4]"},
};

/* A graph with its loss and the gradients as outputs, and what it is fed. */
typedef struct Trial {
    Made m;
    Graph *g;
    Node *target[MAX_TARGETS];
    InterpBind input, states[8], outputs[MAX_TARGETS + 2];
    size_t n_targets;
    double loss, x[ROWS * 4], y[LONGEST], gradient[MAX_TARGETS][LONGEST];
} Trial;

static const char *trial_text(Made *m, const Case *c)
{
    static const char names[] = "abc";
    const char *const types[] = {c->a, c->b, c->c};
    const char *text = "graph @case batch=3 {\n", *body = "%x = input name=\"x\" : f64[N, 4]\n";
    for (int i = 0; i < 3; i++) {
        const char *type = *types[i] ? types[i] : c->op == OP_stop_gradient ? V : "f64[]";
        text = arena_printf(m->arena, "%sstate @%c : %s weight\n", text, names[i], type);
        body = arena_printf(m->arena, "%s%%%c = read @%c : %s\n", body, names[i], names[i], type);
    }
    return arena_printf(m->arena, "%s%s%s\noutput %%y name=\"y\"\n}\n", text, body, c->body);
}

/* loss = sum of y times sin(1), sin(2), …: every element counts differently. */
static Node *loss_of(Builder *b, Node *y)
{
    Shape flat = {.rank = 1};
    int64_t per_row = 1;
    bool batch = false;
    for (int d = 0; d < y->shape.rank; d++) {
        per_row *= y->shape.dim[d].n;
        batch |= y->shape.dim[d].batch;
    }
    flat.dim[0] = (Dim){per_row, batch};
    Node *place = g_cast(b, g_iota(b, RT_i32, flat, 0), RT_f64);
    Node *weight = g_unary(b, OP_sin, g_add(b, place, g_const(b, RT_f64, 1)));
    return g_sum_all(b, g_mul(b, g_reshape(b, y, flat), weight), RT_f64);
}

static bool is_float_leaf(const Node *n)
{
    return (n->op == OP_read || n->op == OP_input) && n->dtype == RT_f64;
}

static void trial_gradients(Trial *t, Node *y)
{
    Builder b = {.g = t->g};
    Node *loss = loss_of(&b, y), *gradients[MAX_TARGETS];
    for (size_t i = 0; i < t->g->nodes.n; i++)
        if (is_float_leaf(t->g->nodes.at[i]))
            t->target[t->n_targets++] = t->g->nodes.at[i];
    grad_build(t->g, loss, t->target, t->n_targets, gradients, NULL);
    g_output(&b, intern(t->m.names, "loss"), loss);
    for (size_t i = 0; i < t->n_targets; i++) {
        const char *name = intern(t->m.names, arena_printf(t->m.arena, "d%zu", i));
        g_output(&b, name, gradients[i]);
        t->outputs[i + 1] = (InterpBind){name, t->gradient[i]};
    }
    t->outputs[0] = (InterpBind){"loss", &t->loss};
    t->outputs[t->n_targets + 1] = (InterpBind){"y", t->y};
}

static int64_t elements(const Node *n)
{
    return shape_count(&n->shape, ROWS);
}

static double *target_memory(Trial *t, size_t i)
{
    if (t->target[i]->op == OP_input)
        return t->x;
    for (size_t s = 0; s < t->g->states.n; s++)
        if (t->states[s].name == t->target[i]->attr[0].text)
            return t->states[s].data;
    return NULL;
}

static bool trial_open(Trial *t, const Case *c)
{
    size_t n = 0;
    *t = (Trial){.m = made_open("case")};
    const char *text = trial_text(&t->m, c);
    const Source *source = source_add(t->m.sources, "case.nnir", text, strlen(text));
    Graph **graphs = graph_parse(t->m.arena, t->m.names, t->m.diags, source, &n);
    if (!CHECK(graphs && n == 1)) {
        diag_flush(t->m.diags, stderr, DIAG_TEXT, DIAG_COLOR_OFF);
        return false;
    }
    t->g = graphs[0];
    trial_gradients(t, t->g->nodes.at[t->g->nodes.n - 1]->in[0]);
    CHECK_STR(graph_verify(t->m.arena, t->g), NULL);
    t->input = (InterpBind){"x", t->x};
    for (size_t s = 0; s < t->g->states.n; s++)
        t->states[s] = (InterpBind){
            t->g->states.at[s].name,
            ARENA_ARRAY(t->m.arena, double, (size_t)shape_count(&t->g->states.at[s].shape, 1))};
    for (size_t i = 0; i < t->n_targets; i++)
        for (int64_t k = 0; k < elements(t->target[i]); k++)
            target_memory(t, i)[k] =
                c->low + (c->high - c->low) * rt_uniform_f64(17, 0, (uint32_t)i, (uint64_t)k);
    return true;
}

static double trial_run(Trial *t)
{
    InterpWorld w = {t->m.arena,
                     ROWS,
                     {1, &t->input},
                     {0, NULL},
                     {t->g->states.n, t->states},
                     {t->n_targets + 2, t->outputs}};
    interp_run(&w, t->g);
    return t->loss;
}

static double central_difference(Trial *t, double *x)
{
    double old = *x, h = 1e-5 * (1 + fabs(old));
    *x = old + h;
    double above = trial_run(t);
    *x = old - h;
    double below = trial_run(t);
    *x = old;
    return (above - below) / (2 * h);
}

static void check_case(const Case *c)
{
    Trial t;
    bool any = false;
    if (!trial_open(&t, c)) {
        arena_close(t.m.arena);
        return;
    }
    trial_run(&t);
    double found[MAX_TARGETS][LONGEST];
    memcpy(found, t.gradient, sizeof found);
    for (size_t i = 0; i < t.n_targets; i++)
        for (int64_t k = 0; k < elements(t.target[i]); k++) {
            bool stopped = c->op == OP_stop_gradient && i == 3;
            double want = stopped ? 0 : central_difference(&t, target_memory(&t, i) + k);
            any |= want != 0;
            if (!CHECK(fabs(found[i][k] - want) <= 1e-8 * (1 + fabs(want))))
                fprintf(stderr, "%s (%s): gradient %zu[%lld] is %.12g, expected %.12g\n",
                        op_info(c->op)->name, c->body, i, (long long)k, found[i][k], want);
        }
    CHECK(any || c->op == OP_sign || c->op == OP_floor || c->op == OP_round);
    arena_close(t.m.arena);
}

/* dy/da of %y = OP %a (then "op %a, %b"), a and b given. */
typedef struct Point {
    const char *body;
    double a, b, da;
} Point;

#define U(op) "%y = " op " %a : f64[]"
#define B(op) "%y = " op " %a, %b : f64[]"
#define TO(c) "%e = const splat " c " : f64[]\n%y = pow %a, %e : f64[]"

static const Point points[] = {
    {U("abs"), 0, 0, 0},
    {U("abs"), -0.0, 0, 0},
    {U("abs"), 1e-30, 0, 1},
    {U("abs"), -1e-30, 0, -1},
    {U("abs"), -1e30, 0, -1},
    {U("sign"), 0, 0, 0},
    {U("floor"), 1, 0, 0},
    {U("round"), 0.5, 0, 0},
    {U("sqrt"), 0, 0, INFINITY},
    {U("sqrt"), -0.0, 0, INFINITY},
    {U("sqrt"), INFINITY, 0, 0},
    {U("sqrt"), 1e-30, 0, 5e14},
    {U("sqrt"), 1e30, 0, 5e-16},
    {U("exp"), 0, 0, 1},
    {U("exp"), -1e30, 0, 0},
    {U("exp"), 1e30, 0, INFINITY},
    {U("expm1"), 0, 0, 1},
    {U("expm1"), -1e-30, 0, 1},
    {U("expm1"), -1e30, 0, 0},
    {U("log"), 0, 0, INFINITY},
    {U("log"), -0.0, 0, INFINITY},
    {U("log"), INFINITY, 0, 0},
    {U("log"), 1e30, 0, 1e-30},
    {U("log1p"), -1, 0, INFINITY},
    {U("log1p"), 1e-30, 0, 1},
    {U("tanh"), 0, 0, 1},
    {U("tanh"), 100, 0, 0},
    {U("tanh"), -100, 0, 0},
    {U("tanh"), 1e30, 0, 0},
    {U("sigmoid"), 0, 0, 0.25},
    {U("sigmoid"), -100, 0, 3.7200759760208361e-44},
    {U("sigmoid"), 100, 0, 0},
    {U("sigmoid"), -1e30, 0, 0},
    {U("softplus"), 0, 0, 0.5},
    {U("softplus"), 100, 0, 1},
    {U("softplus"), -100, 0, 3.7200759760208361e-44},
    {U("softplus"), 1e30, 0, 1},
    {U("softplus"), -1e30, 0, 0},
    {U("erf"), 0, 0, 1.1283791670955126},
    {U("erf"), -0.0, 0, 1.1283791670955126},
    {U("erf"), 100, 0, 0},
    {U("erf"), -1e30, 0, 0},
    {U("sin"), 0, 0, 1},
    {U("cos"), 0, 0, 0},
    {B("max"), 1, 1, 0}, /* equal: to the second */
    {B("max"), 0, 0, 0},
    {B("max"), 0, -0.0, 0},
    {B("max"), 1e-30, 0, 1},
    {B("max"), -1e-30, 0, 0},
    {B("max"), NAN, 0, 0}, /* no order, so to the second */
    {B("min"), 1, 1, 0},
    {B("min"), 0, 0, 0},
    {B("min"), -1e-30, 0, 1},
    {B("div"), 0, 1e30, 1e-30},
    {TO("0.0"), 0, 0, 0},
    {TO("0.0"), INFINITY, 0, 0},
    {TO("2.0"), 0, 0, 0},
    {TO("3.0"), -0.0, 0, 0},
    {TO("1.0"), 0, 0, 1},
    {TO("0.5"), 0, 0, INFINITY},
    {TO("2.0"), -1e30, 0, -2e30},
    {TO("3.0"), -2, 0, 12},
    {TO("-1.0"), 0, 0, -INFINITY},
    {TO("0.5"), INFINITY, 0, 0},
#define SQUARE "%s = mul %a, %a : f64[]\n"
#define LENGTH SQUARE "%r = sqrt %s : f64[]\n"
#define WHERE(condition, branch)                                                                   \
    "%o = const 0.0 : f64[]\n%q = " condition " : bool[]\n" branch "%y = select %q, %u, %o : "     \
    "f64[]"
    /* the customary gradient, where the square root of a square is 0 */
    {LENGTH "%y = add %r, %b : f64[]", 0, 0, 0},
    {LENGTH "%y = add %r, %b : f64[]", -0.0, 0, 0},
    {LENGTH "%y = add %r, %b : f64[]", 1e-200, 0, 0},
    {LENGTH "%y = add %r, %b : f64[]", -3, 0, -1},
    {"%e = const 2.0 : f64[]\n%s = pow %a, %e : f64[]\n%y = sqrt %s : f64[]", 0, 0, 0},
    {"%e = const 2.0 : f64[]\n%s = pow %a, %e : f64[]\n%y = sqrt %s : f64[]", 1e-200, 0, 0},
    {"%s = pow %a, %b : f64[]\n%y = sqrt %s : f64[]", 0, 3, 0},
    {"%s = abs %a : f64[]\n%y = sqrt %s : f64[]", 0, 0, 0},
    {"%s = cos %a : f64[]\n%o = const 1.0 : f64[]\n%t = sub %o, %s : f64[]\n%y = sqrt %t : f64[]",
     0, 0, 0},
    {"%s = sigmoid %a : f64[]\n%y = sqrt %s : f64[]", -1e30, 0, 0},
    {"%s = sqrt %a : f64[]\n%y = mul %s, %a : f64[]", 0, 0, 0},
    /* gradients that cancel */
    {"%s = sqrt %a : f64[]\n%t = sub %s, %s : f64[]\n%y = add %t, %b : f64[]", 0, 0, 0},
    /* a standard deviation of equal numbers */
    {"%v = broadcast %a : f64[4]\n%t = sum %v axes=[0] acc=f64 : f64[]\n%n = const 4.0 : f64[]\n"
     "%m = div %t, %n : f64[]\n%w = broadcast %m : f64[4]\n%d = sub %v, %w : f64[4]\n"
     "%p = mul %d, %d : f64[4]\n%s = sum %p axes=[0] acc=f64 : f64[]\n%y = sqrt %s : f64[]",
     3, 0, 0},
    /* a number over its length, kept away from 0 */
    {LENGTH "%e = const 1e-9 : f64[]\n%m = max %r, %e : f64[]\n%y = div %a, %m : f64[]", 0, 0, 1e9},
    /* a value that does not count */
    {WHERE("lt %o, %a", "%u = log %a : f64[]\n"), 0, 0, 0},
    {WHERE("lt %o, %a", "%u = sqrt %a : f64[]\n"), 0, 0, 0},
    {WHERE("lt %o, %a", "%l = log %a : f64[]\n%u = mul %a, %l : f64[]\n"), 0, 0, 0},
    {WHERE("lt %o, %a", "%l = log %a : f64[]\n%u = mul %a, %l : f64[]\n"), 1, 0, 1},
    {WHERE("lt %o, %a", "%u = pow %a, %b : f64[]\n"), -2, 0.5, 0},
    {WHERE("lt %o, %a", "%u = div %b, %a : f64[]\n"), 0, 1, 0},
    {WHERE("lt %a, %o", "%u = exp %a : f64[]\n"), 1e30, 0, 0},
    {WHERE("lt %o, %a", "%l = log %a : f64[]\n%u = tanh %l : f64[]\n"), -1, 0, 0},
    {WHERE("lt %o, %a", "%l = sqrt %a : f64[]\n%u = div %b, %l : f64[]\n"), -1, 1, 0},
    {"%f = const -100.0 : f64[]\n%l = log %a : f64[]\n%y = max %l, %f : f64[]", 0, 0, 0},
    {"%o = const 1.0 : f64[]\n%n = neg %a : f64[]\n%x2 = exp %n : f64[]\n%s = add %o, %x2 : f64[]\n"
     "%y = div %o, %s : f64[]",
     -1000, 0, 0},
};

/* As a point, with the gradient of b. */
typedef struct Pair {
    const char *body;
    double a, b, da, db;
} Pair;

static const Pair pairs[] = {
    {B("pow"), 0, 2, 0, 0},
    {B("pow"), -0.0, 2, 0, 0},
    {B("pow"), 0, 1, 1, 0},
    {B("pow"), 0, 0, 0, 0},
    {B("pow"), 5, 0, 0, 1.6094379124341003},
    {B("pow"), 0, 0.5, INFINITY, 0},
    {B("pow"), 0, -1, -INFINITY, -INFINITY},
    {B("pow"), 1e-300, 2, 2e-300, 0},
    {B("pow"), 1e-30, 1.5, 1.5e-15, -6.9077552789821368e-44},
    {B("pow"), 2, 1e-30, 5e-31, 0.69314718055994529},
    {B("pow"), -2, 3, 12, 0},
    {B("pow"), INFINITY, 2, INFINITY, INFINITY},
    {B("pow"), INFINITY, 0, 0, INFINITY},
    {B("pow"), INFINITY, -1, 0, 0},
    {B("div"), 0, 1e-310, INFINITY, 0},
    {B("div"), 1, 0, INFINITY, -INFINITY},
    {B("div"), 1, INFINITY, 0, 0},
    {B("div"), 1e-30, 1e-30, 1e30, -1e30},
    {B("div"), 1e200, 1e250, 1e-250, -1e-300},
    {B("mul"), 0, INFINITY, INFINITY, 0},
    {B("max"), 2, NAN, 0, 1},
    {B("max"), INFINITY, 1, 1, 0},
    {B("min"), -INFINITY, 1, 1, 0},
};

/* The gradients of a and b at a point; false if the text is wrong. */
static bool slopes_at(const char *body, double a, double b, double c, double *y, double *da,
                      double *db)
{
    Case point = {OP_add, "", "", "", 0, 0, body};
    Trial t;
    bool good = trial_open(&t, &point);
    if (good) {
        *target_memory(&t, 1) = a;
        *target_memory(&t, 2) = b;
        *target_memory(&t, 3) = c;
        trial_run(&t);
        *y = t.y[0];
        *da = t.gradient[1][0] / sin(1);
        *db = t.gradient[2][0] / sin(1);
    }
    arena_close(t.m.arena);
    return good;
}

static void check_slope(const char *body, double a, double b, double found, double want)
{
    if (!CHECK(found == want || fabs(found - want) <= 1e-14 * fabs(want)))
        fprintf(stderr, "%s at %g, %g: slope %.17g, expected %.17g\n", body, a, b, found, want);
}

static void check_point(const Point *p)
{
    double y, da, db;
    if (slopes_at(p->body, p->a, p->b, 0, &y, &da, &db))
        check_slope(p->body, p->a, p->b, da, p->da);
}

static void check_pair(const Pair *p)
{
    double y, da, db;
    if (slopes_at(p->body, p->a, p->b, 0, &y, &da, &db)) {
        check_slope(p->body, p->a, p->b, da, p->da);
        check_slope(p->body, p->a, p->b, db, p->db);
    }
}

/* Ops that carry no gradient, by design; what a later version fills is left out, too. */
static bool has_no_gradient(Op op)
{
    static const Op none[] = {OP_const, OP_iota,      OP_input, OP_scalar, OP_read,
                              OP_write, OP_output,    OP_rng,   OP_eq,     OP_lt,
                              OP_le,    OP_is_finite, OP_and,   OP_or,     OP_xor,
                              OP_not,   OP_shl,       OP_shr,   OP_rem,    OP_argmax};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        if (none[i] == op)
            return true;
    return op_info(op)->traits & OPT_LATER;
}

/* Finite: what is not tame at the start of a graph is nobody's to guard. */
static const double corners[] = {0, -0.0, 1, -1, 1e-310, -1e-310, 1e30, -1e300, 1e300, 709.78, 2.5};
enum { N_CORNERS = sizeof corners / sizeof *corners };

/* Whatever the slope of an op is, a branch that is not taken has the gradient 0. */
static void check_not_taken(const char *call, double a, double b)
{
    char body[256];
    double y, da = NAN, db = NAN;
    snprintf(body, sizeof body,
             "%%k = const 1.0 : f64[]\n%%u = %s : f64[]\n%%q = lt %%c, %%c : bool[]\n%%y = select "
             "%%q, %%u, %%c : f64[]",
             call);
    if (slopes_at(body, a, b, 0, &y, &da, &db)) {
        check_slope(body, a, b, da, 0);
        check_slope(body, a, b, db, 0);
    }
}

/* Under an infinite gradient a slope that is 0 gives no NaN. */
static void check_steep(const char *call, double a, double b)
{
    char body[256];
    double u = NAN, y, da, db;
    snprintf(body, sizeof body, "%%k = const 1.0 : f64[]\n%%y = %s : f64[]", call);
    if (!slopes_at(body, a, b, 0, &u, &da, &db) || !isfinite(u) || isnan(da) || isnan(db))
        return;
    snprintf(body, sizeof body,
             "%%k = const 1.0 : f64[]\n%%u = %s : f64[]\n%%d = sub %%u, %%c : f64[]\n%%y = sqrt "
             "%%d : f64[]",
             call);
    if (slopes_at(body, a, b, u, &y, &da, &db) && !CHECK(!isnan(da) && !isnan(db)))
        fprintf(stderr, "%s at %g, %g: slopes %g, %g\n", body, a, b, da, db);
}

/* Every op that computes with floats, at every corner. */
static void check_corners(void)
{
    for (Op op = 0; op < N_OPS; op++) {
        bool computes =
            (op_info(op)->traits & OPT_ELEMENTWISE) && !has_no_gradient(op) && op != OP_select;
        for (int i = 0; computes && i < N_CORNERS; i++)
            for (int k = 0; k < (op_info(op)->least > 1 ? N_CORNERS : 1); k++) {
                char call[64];
                const char *rest[] = {"", ", %b", ", %b, %k"};
                snprintf(call, sizeof call, "%s %%a%s", op_info(op)->name,
                         rest[op_info(op)->least - 1]);
                check_not_taken(call, corners[i], corners[k]);
                if (op != OP_sign && op != OP_stop_gradient)
                    check_steep(call, corners[i], corners[k]);
            }
    }
}

static void check_complete(void)
{
    for (Op op = 0; op < N_OPS; op++) {
        bool tested = has_no_gradient(op);
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
            tested |= cases[i].op == op;
        if (!CHECK(tested))
            fprintf(stderr, "the gradient of '%s' is not tested\n", op_info(op)->name);
    }
}

int main(void)
{
    check_complete();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check_case(&cases[i]);
    for (size_t i = 0; i < sizeof points / sizeof *points; i++)
        check_point(&points[i]);
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        check_pair(&pairs[i]);
    check_corners();
    return check_done();
}
