/* Arenas: zeroed and aligned memory, marks, big requests, printing, vectors on top. */
#include "support/arena.h"

#include <stdint.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/vec.h"
#include "tests/unit/check.h"

static bool is_zero(const unsigned char *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (bytes[i])
            return false;
    return true;
}

static void check_requests(void)
{
    Arena *arena = arena_open();
    void *before = NULL;
    for (size_t size = 0; size < 300; size += 7) {
        unsigned char *memory = arena_alloc(arena, size);
        CHECK(memory && memory != before);
        CHECK_EQ_INT((uintptr_t)memory % 16, 0);
        CHECK(is_zero(memory, size));
        memset(memory, 0xAA, size);
        before = memory;
    }
    unsigned char *big = arena_alloc(arena, 5 << 20);
    CHECK(is_zero(big, 5 << 20));
    CHECK(arena_used(arena) >= 5 << 20);
    int *numbers = ARENA_ARRAY(arena, int, 100);
    CHECK(is_zero((unsigned char *)numbers, 100 * sizeof(int)));
    arena_close(arena);
    arena_close(NULL);
}

static void check_texts(void)
{
    Arena *arena = arena_open();
    CHECK_STR(arena_strdup(arena, "dense"), "dense");
    CHECK_STR(arena_strndup(arena, "dense", 3), "den");
    CHECK_STR(arena_strndup(arena, "", 0), "");
    CHECK_STR(arena_printf(arena, "%s_%d", "dense", 12), "dense_12");
    CHECK(memcmp(arena_copy(arena, "a\0b", 3), "a\0b", 3) == 0);
    CHECK(arena_copy(arena, NULL, 0) != NULL);
    arena_close(arena);
}

static void check_marks(void)
{
    Arena *arena = arena_open();
    ArenaMark empty = arena_mark(arena);
    char *kept = arena_strdup(arena, "kept");
    ArenaMark mark = arena_mark(arena);
    size_t used = arena_used(arena);
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < 1000; i++) {
            unsigned char *memory = arena_alloc(arena, 100);
            CHECK(is_zero(memory, 100));
            memset(memory, 0xFF, 100);
        }
        arena_alloc(arena, 3 << 20);
        arena_reset(arena, mark);
        CHECK_EQ_INT(arena_used(arena), used);
    }
    CHECK_STR(kept, "kept");
    arena_reset(arena, empty);
    CHECK_EQ_INT(arena_used(arena), 0);
    CHECK_STR(arena_strdup(arena, "again"), "again");
    arena_close(arena);
}

/* Two arenas that share what they keep: memory is zeroed again, and each can be closed first. */
static void check_beside(void)
{
    for (int first = 0; first < 2; first++) {
        Arena *a[2] = {arena_open(), NULL};
        a[1] = arena_beside(a[0]);
        for (int round = 0; round < 4; round++) {
            unsigned char *memory = arena_alloc(a[round % 2], 5 << 20);
            CHECK(is_zero(memory, 5 << 20));
            memset(memory, 0xFF, 5 << 20);
            arena_reset(a[round % 2], (ArenaMark){0});
        }
        arena_close(a[first]);
        CHECK(is_zero(arena_alloc(a[!first], 5 << 20), 5 << 20));
        arena_close(a[!first]);
    }
}

static void check_vectors(void)
{
    Arena *arena = arena_open();
    Vec(int) squares = {0};
    for (int i = 0; i < 1000; i++)
        vec_push(arena, &squares, i * i);
    CHECK_EQ_INT(squares.n, 1000);
    CHECK_EQ_INT(squares.at[31], 961);
    CHECK_EQ_INT(vec_last(&squares), 998001);
    arena_close(arena);
}

/* Runs `request` in a child, which must say that there is no memory and end with status 1. */
static void check_refused(void (*request)(Arena *))
{
    int ends[2];
    if (!CHECK(pipe(ends) == 0))
        return;
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        dup2(ends[1], STDERR_FILENO);
        request(arena_open());
        _exit(0);
    }
    close(ends[1]);
    char text[200] = {0};
    CHECK(read(ends[0], text, sizeof text - 1) > 0);
    close(ends[0]);
    int status = 0;
    CHECK(waitpid(child, &status, 0) == child);
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 1);
    CHECK(strstr(text, "nnlc: error: out of memory: ") == text);
}

static void ask_overflowing_product(Arena *arena)
{
    arena_array(arena, SIZE_MAX / 2, 4);
}

static void ask_everything(Arena *arena)
{
    arena_alloc(arena, SIZE_MAX - 8);
}

int main(void)
{
    check_requests();
    check_texts();
    check_marks();
    check_beside();
    check_vectors();
    check_refused(ask_overflowing_product);
    check_refused(ask_everything);
    return check_done();
}
