/* arena.c: a stack of malloc blocks, filled from the front.
 *
 * Requests are cut from the newest block; what does not fit opens another, at least as large as the
 * request. A mark is the newest block and its fill, so a reset frees the blocks above it; large ones are
 * kept for the requests to come, since the kernel clears memory slower than a stage fills it. With
 * NNLC_ARENA_BLOCKS every request opens a block of exactly its size, and none is kept. */
#define _DEFAULT_SOURCE /* madvise */
#include "support/arena.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "runtime/abi/shown.h"
#include "support/bug.h"

enum { ALIGNMENT = 16, BLOCK_MIN = 16 << 10, BLOCK_MAX = 32 << 20, HUGE_PAGE = 2 << 20 };

typedef struct Block {
    struct Block *below;
    size_t size, used;
    _Alignas(ALIGNMENT) unsigned char data[];
} Block;

/* Free blocks, linked as the others, of the arenas that share it. */
typedef struct Pool {
    Block *kept;
    size_t arenas;
} Pool;

struct Arena {
    Block *top;
    Pool *pool;
    size_t next_size;
};

static void *small_new(size_t size)
{
    void *memory = malloc(size);
    if (!memory)
        nnl_no_memory(size);
    return memory;
}

static Arena *arena_in(Pool *pool)
{
    Arena *arena = small_new(sizeof *arena);
    *arena = (Arena){.next_size = BLOCK_MIN, .pool = pool};
    pool->arenas++;
    return arena;
}

Arena *arena_open(void)
{
    Pool *pool = small_new(sizeof *pool);
    *pool = (Pool){NULL, 0};
    return arena_in(pool);
}

Arena *arena_beside(Arena *other)
{
    return arena_in(other->pool);
}

void arena_close(Arena *arena)
{
    if (!arena)
        return;
    arena_reset(arena, (ArenaMark){0});
    Pool *pool = --arena->pool->arenas ? NULL : arena->pool;
    while (pool && pool->kept) {
        Block *dead = pool->kept;
        pool->kept = dead->below;
        free(dead);
    }
    free(pool);
    free(arena);
}

/* Large blocks ask for large pages: a graph of many layers is gigabytes of small nodes. */
static void *block_memory(size_t size)
{
    if (size < HUGE_PAGE)
        return malloc(size);
    void *memory = aligned_alloc(HUGE_PAGE, (size + HUGE_PAGE - 1) / HUGE_PAGE * HUGE_PAGE);
#ifdef MADV_HUGEPAGE
    if (memory)
        (void)madvise(memory, size / HUGE_PAGE * HUGE_PAGE, MADV_HUGEPAGE);
#endif
    return memory;
}

static bool (*may_have)(uint64_t bytes);

void arena_ask(bool (*fits)(uint64_t bytes))
{
    may_have = fits;
}

static Block *block_new(size_t size)
{
    if (may_have && size >= BLOCK_MIN && !may_have(size))
        nnl_over_limit(size);
    Block *block = size > SIZE_MAX / 2 ? NULL : block_memory(sizeof *block + size);
    if (!block)
        nnl_no_memory(size);
    block->size = size;
    return block;
}

static void block_push(Arena *arena, Block *block)
{
    block->below = arena->top;
    block->used = 0;
    arena->top = block;
}

#ifdef NNLC_ARENA_BLOCKS
static size_t request_size(size_t size)
{
    return size;
}

static void make_room(Arena *arena, size_t size)
{
    block_push(arena, block_new(size));
}

static void block_drop(Arena *arena, Block *block)
{
    (void)arena;
    free(block);
}
#else
static size_t request_size(size_t size)
{
    if (size > SIZE_MAX / 2)
        nnl_no_memory(size);
    return size ? (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT : ALIGNMENT;
}

static void make_room(Arena *arena, size_t size)
{
    if (arena->top && arena->top->size - arena->top->used >= size)
        return;
    Block **kept = &arena->pool->kept;
    while (*kept && (*kept)->size < size)
        kept = &(*kept)->below;
    Block *block = *kept;
    if (block) {
        *kept = block->below;
        block_push(arena, block);
        return;
    }
    block_push(arena, block_new(size > arena->next_size ? size : arena->next_size));
    if (arena->next_size < BLOCK_MAX)
        arena->next_size *= 2;
}

static void block_drop(Arena *arena, Block *block)
{
    if (block->size < HUGE_PAGE) {
        free(block);
        return;
    }
    block->below = arena->pool->kept;
    arena->pool->kept = block;
}
#endif

void *arena_alloc(Arena *arena, size_t size)
{
    size = request_size(size);
    make_room(arena, size);
    void *memory = arena->top->data + arena->top->used;
    arena->top->used += size;
    memset(memory, 0, size);
    return memory;
}

void *arena_array(Arena *arena, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / size)
        nnl_no_memory(SIZE_MAX);
    return arena_alloc(arena, count * size);
}

void *arena_copy(Arena *arena, const void *data, size_t size)
{
    void *copy = arena_alloc(arena, size);
    if (size)
        memcpy(copy, data, size);
    return copy;
}

char *arena_strdup(Arena *arena, const char *text)
{
    return arena_strndup(arena, text, strlen(text));
}

char *arena_strndup(Arena *arena, const char *text, size_t length)
{
    if (length == SIZE_MAX)
        nnl_no_memory(length);
    char *copy = arena_alloc(arena, length + 1);
    if (length)
        memcpy(copy, text, length);
    return copy;
}

char *arena_vprintf(Arena *arena, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (length < 0)
        nnl_bug("cannot format '%s'", format);
    char *text = arena_alloc(arena, (size_t)length + 1);
    vsnprintf(text, (size_t)length + 1, format, args);
    return text;
}

char *arena_printf(Arena *arena, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *text = arena_vprintf(arena, format, args);
    va_end(args);
    return text;
}

char *arena_vshown(Arena *arena, const char *format, va_list args)
{
    enum { LONG = 8 << 10, SHORT = 1 << 10 }; /* any path of a file is whole */
    size_t n = rt_vshow(NULL, 0, format, args), size = n < LONG ? n + 1 : SHORT;
    char *text = arena_alloc(arena, size);
    rt_vshow_short(text, size, format, args);
    return text;
}

char *arena_shown(Arena *arena, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *text = arena_vshown(arena, format, args);
    va_end(args);
    return text;
}

ArenaMark arena_mark(Arena *arena)
{
    return (ArenaMark){arena->top, arena->top ? arena->top->used : 0};
}

void arena_reset(Arena *arena, ArenaMark mark)
{
    while (arena->top != mark.block) {
        Block *dead = arena->top;
        if (!dead)
            nnl_bug("an arena was reset to a mark that is no longer in it");
        arena->top = dead->below;
        block_drop(arena, dead);
    }
    if (arena->top)
        arena->top->used = mark.used;
}

size_t arena_used(const Arena *arena)
{
    size_t used = 0;
    for (const Block *block = arena->top; block; block = block->below)
        used += block->used;
    return used;
}
