/* A NaN passes through maxima and minima, from either operand and from any term, and argmax gives the place
 * of the first: interpreted and compiled, for the baseline and for this machine's vectors. */
#include "runtime/math/philox.h"
#include "tests/unit/compile_graph.h"

enum { ROWS = 21, COLS = 47, LONG = 9000, N_OUTPUTS = 8 };

static const char *const names[N_OUTPUTS] = {"max",      "min",  "max_right", "max_left",
                                             "min_left", "rows", "columns",   "first"};

typedef struct World {
    float x[ROWS * COLS], y[ROWS * COLS], w[LONG + 64];
    float out[N_OUTPUTS][ROWS * COLS + 64];
    float all[64];
    InterpBind inputs[2], states[1], outputs[N_OUTPUTS + 1];
} World;

static float drawn(uint32_t stream, uint64_t i)
{
    return rt_bounded_u32(5, 0, stream + 9, i, 12) == 0 ? NAN
                                                        : (float)rt_normal_f64(5, 1, stream, i);
}

/* Row r of x has no NaN (r = 0), one in column r, or some by chance (from row 12 on). */
static float x_at(int r, int c)
{
    float number = (float)rt_normal_f64(3, 1, 7, (uint64_t)(r * COLS + c));
    if (r >= 12)
        return drawn(2, (uint64_t)(r * COLS + c));
    return r && c == (r == 11 ? COLS - 1 : r - 1) ? NAN : number;
}

static World *world_made(Arena *arena, int nan_at)
{
    World *w = ARENA_NEW(arena, World);
    for (int i = 0; i < ROWS * COLS; i++) {
        w->x[i] = x_at(i / COLS, i % COLS);
        w->y[i] = drawn(3, (uint64_t)i);
    }
    for (int i = 0; i < LONG; i++)
        w->w[i] = i == nan_at ? NAN : (float)(i % 100);
    w->inputs[0] = (InterpBind){"x", w->x};
    w->inputs[1] = (InterpBind){"y", w->y};
    w->states[0] = (InterpBind){"w", w->w};
    for (int i = 0; i < N_OUTPUTS; i++)
        w->outputs[i] = (InterpBind){names[i], w->out[i]};
    return w;
}

static Graph *graph_made(Arena *arena, Interner *interner, bool long_one)
{
    Graph *g = graph_new(arena, interner, NULL, "nans", ROWS);
    Builder b = {.g = g};
    Shape rows = {.rank = 2, .dim = {{1, true}, {COLS, false}}};
    Shape many = {.rank = 1, .dim = {{LONG, false}}};
    if (long_one) {
        graph_state_add(g, (State){.name = intern(interner, "w"),
                                   .dtype = RT_f32,
                                   .shape = many,
                                   .role = ROLE_weight});
        g_output(&b, "all", g_reduce_max(&b, g_read(&b, "w"), 0));
    } else {
        Node *x = g_input(&b, "x", RT_f32, rows), *y = g_input(&b, "y", RT_f32, rows);
        Node *c = g_const_like(&b, x, 0.5);
        Node *values[N_OUTPUTS] = {g_binary(&b, OP_max, x, y), g_binary(&b, OP_min, x, y),
                                   g_binary(&b, OP_max, x, c), g_binary(&b, OP_max, c, x),
                                   g_binary(&b, OP_min, c, x), g_reduce_max(&b, x, 1),
                                   g_reduce_max(&b, x, 0),     g_argmax(&b, x, 1)};
        for (int i = 0; i < N_OUTPUTS; i++)
            g_output(&b, names[i], values[i]);
    }
    PassCx passes = {.n_tracked = 0};
    pass_pipeline(&passes, g, PIPELINE_sums);
    return g;
}

static float larger(float a, float b)
{
    return isnan(a) || isnan(b) ? NAN : fmaxf(a, b);
}

static void check_number(const char *what, int at, double found, double want)
{
    if (!CHECK(isnan(want) ? isnan(found) : found == want))
        fprintf(stderr, "%s[%d] is %g, expected %g\n", what, at, found, want);
}

static void check_world(const World *w)
{
    float columns[COLS];
    for (int c = 0; c < COLS; c++)
        columns[c] = w->x[c];
    for (int r = 0; r < ROWS; r++) {
        float top = w->x[r * COLS];
        int first = 0;
        for (int c = 0; c < COLS; c++) {
            int i = r * COLS + c;
            float x = w->x[i], y = w->y[i];
            check_number(names[0], i, w->out[0][i], larger(x, y));
            check_number(names[1], i, w->out[1][i], -larger(-x, -y));
            check_number(names[2], i, w->out[2][i], larger(x, 0.5f));
            check_number(names[3], i, w->out[3][i], larger(x, 0.5f));
            check_number(names[4], i, w->out[4][i], -larger(-x, -0.5f));
            first = !isnan(top) && (isnan(x) || x > top) ? c : first;
            top = larger(top, x);
            columns[c] = larger(columns[c], x);
        }
        int32_t found;
        memcpy(&found, &w->out[7][r], sizeof found);
        check_number(names[5], r, w->out[5][r], top);
        check_number(names[7], r, found, first);
    }
    for (int c = 0; c < COLS; c++)
        check_number(names[6], c, w->out[6][c], columns[c]);
}

/* Interpreted (m: NULL), or compiled for m. */
static void run(Arena *arena, Graph *g, World *w, size_t n_states, size_t n_outputs,
                const Machine *m, RtPool *pool)
{
    InterpWorld world = {
        arena, ROWS, {2, w->inputs}, {0, NULL}, {n_states, w->states}, {n_outputs, w->outputs}};
    Compiled code;
    if (!m) {
        interp_run(&world, g);
    } else if (CHECK(compiled_open(&code, arena, g, m, 2))) {
        compiled_run(&code, &world, pool);
        compiled_close(&code);
    }
}

static void check_machine(const char *cpu, RtPool *pool)
{
    static const int places[] = {-1, 0, 1, 7, 8, 4095, LONG - 1};
    Arena *arena = arena_open();
    Interner *interner = interner_new(arena);
    const Machine *m = cpu ? machine_for(arena, cpu, 2) : NULL;
    World *w = world_made(arena, -1);
    run(arena, graph_made(arena, interner, false), w, 0, N_OUTPUTS, m, pool);
    check_world(w);
    Graph *g = graph_made(arena, interner, true);
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        w = world_made(arena, places[i]);
        w->outputs[0] = (InterpBind){"all", w->all};
        run(arena, g, w, 1, 1, m, pool);
        check_number("all", places[i], w->all[0], places[i] < 0 ? 99 : NAN);
    }
    arena_close(arena);
}

int main(void)
{
    RtPool *pool = rt_pool_open(1);
    check_machine(NULL, pool);
    check_machine("x86-64-v3", pool);
    check_machine("native", pool);
    rt_pool_close(pool);
    return check_done();
}
