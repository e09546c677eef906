/* Put before libc (LD_PRELOAD): counts allocations, and names those of the runtime's big blocks.
 *
 * At the end of the program standard error gets one line "allocations N", and one line "block BYTES" for each
 * aligned_alloc, and for each calloc of one element, which the runtime uses for what it does not touch at once. */
#define _GNU_SOURCE
#include <stdatomic.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *old, size_t size);
void *__libc_memalign(size_t align, size_t size);

enum { MOST = 4096 };

static atomic_long count, n_blocks;
static size_t blocks[MOST];

static void note(size_t size)
{
    long at = n_blocks++;
    count++;
    if (at < MOST)
        blocks[at] = size;
}

void *malloc(size_t size)
{
    count++;
    return __libc_malloc(size);
}

void *calloc(size_t n, size_t size)
{
    if (n == 1)
        note(size);
    else
        count++;
    return __libc_calloc(n, size);
}

void *realloc(void *old, size_t size)
{
    count++;
    return __libc_realloc(old, size);
}

void *aligned_alloc(size_t align, size_t size)
{
    note(size);
    return __libc_memalign(align, size);
}

__attribute__((destructor)) static void report(void)
{
    fprintf(stderr, "allocations %ld\n", (long)count);
    for (long i = 0; i < n_blocks && i < MOST; i++)
        fprintf(stderr, "block %zu\n", blocks[i]);
}
