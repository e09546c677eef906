/* Compiled code gives what the interpreter gives, bit for bit: random graphs, at every level, for the
 * baseline and for this machine's vectors, alone and over several threads.
 *
 *     unit_compiled [FIRST COUNT]    other seeds than the suite's; SHOW_GRAPH=1 prints what fails */
#include "tests/unit/graph_case.h"

enum { GRAPHS = 300 };

static void check_seed(uint64_t seed, RtPool *alone, RtPool *three)
{
    static const char *const cpus[] = {"x86-64-v3", "native"};
    Case c = case_open(seed);
    Compiled code;
    int level = (int)(seed % 4);
    const Machine *m = machine_for(c.arena, cpus[seed % 2], level);
    InterpWorld want = world_new(&c), got = world_new(&c);
    interp_run(&want, c.g);
    bool ran = compiled_open(&code, c.arena, c.g, m, level);
    if (ran)
        compiled_run(&code, &got, seed % 3 ? alone : three);
    if (!CHECK(ran && compare(&c, &want, &got))) {
        fprintf(stderr, "seed %llu, level %d, %s\n", (unsigned long long)seed, level,
                m->target.name);
        if (getenv("SHOW_GRAPH"))
            show_graph(&c);
    }
    compiled_close(&code);
    arena_close(c.arena);
}

int main(int argc, char **argv)
{
    uint64_t first = argc > 1 ? strtoull(argv[1], NULL, 10) : 1;
    uint64_t count = argc > 2 ? strtoull(argv[2], NULL, 10) : GRAPHS;
    RtPool *alone = rt_pool_open(1), *three = rt_pool_open(3);
    for (uint64_t seed = first; seed < first + count; seed++)
        check_seed(seed, alone, three);
    rt_pool_close(alone);
    rt_pool_close(three);
    return check_done();
}
