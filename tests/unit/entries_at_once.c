/* Entries that run at once, each on a thread, a block, an arena and a scratch of its own, give the bits that they give
 * one after the other. */
#include <pthread.h>

#include "tests/unit/graph_case.h"

enum { GRAPHS = 40, SIDES = 4 };

typedef struct Side {
    const Compiled *code;
    InterpWorld *world;
} Side;

static void *run_entry(void *cx)
{
    const Side *s = cx;
    compiled_run(s->code, s->world, NULL);
    return NULL;
}

static void check_seed(uint64_t seed)
{
    Case c = case_open(seed);
    Compiled code;
    InterpWorld want = world_new(&c), got[SIDES];
    Side sides[SIDES];
    pthread_t threads[SIDES];
    if (!CHECK(compiled_open(&code, c.arena, c.g, machine_for(c.arena, "native", 2), 2)))
        return;
    compiled_run(&code, &want, NULL);
    for (int i = 0; i < SIDES; i++) {
        got[i] = world_new(&c);
        sides[i] = (Side){&code, &got[i]};
    }
    for (int i = 0; i < SIDES; i++)
        CHECK(pthread_create(&threads[i], NULL, run_entry, &sides[i]) == 0);
    for (int i = 0; i < SIDES; i++)
        pthread_join(threads[i], NULL);
    for (int i = 0; i < SIDES; i++)
        CHECK(compare(&c, &want, &got[i]));
    compiled_close(&code);
    arena_close(c.arena);
}

int main(void)
{
    for (uint64_t seed = 1; seed <= GRAPHS; seed++)
        check_seed(seed);
    return check_done();
}
