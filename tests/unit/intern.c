/* Interned names: one copy of each text, also after the table has grown. */
#include "support/intern.h"

#include "tests/unit/check.h"

int main(void)
{
    Arena *arena = arena_open();
    Interner *names = interner_new(arena);
    const char *dense = intern(names, "dense");
    CHECK_STR(dense, "dense");
    CHECK(intern_n(names, "dense_1", 5) == dense);
    CHECK(intern(names, "Dense") != dense);
    CHECK(intern(names, "") == intern_n(names, "x", 0));
    CHECK(intern_n(names, "a\0b", 3) != intern(names, "a"));
    CHECK(intern_n(names, "a\0b", 3) == intern_n(names, "a\0b", 3));
    CHECK(memcmp(intern_n(names, "a\0b", 3), "a\0b", 4) == 0);
    CHECK_EQ_INT(interner_count(names), 5);

    const char *early[2000];
    for (int i = 0; i < 2000; i++)
        early[i] = intern(names, arena_printf(arena, "layer_%d", i));
    for (int i = 0; i < 2000; i++)
        CHECK(intern(names, arena_printf(arena, "layer_%d", i)) == early[i]);
    CHECK(intern(names, "dense") == dense);
    CHECK_EQ_INT(interner_count(names), 2005);
    arena_close(arena);
    return check_done();
}
