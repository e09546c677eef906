/* mallocs.c: preloaded, lets requests for memory fail that the program's own code makes, not those of libraries.
 *
 *     FAULT_AT=K        the K-th request, from 1; 0: none
 *     FAULT_ALWAYS=1    and all after it
 *     FAULT_NOT=A-B     but not of the code between these addresses of the file, of a library inside (hexadecimal)
 *     FAULT_COUNT=FILE  gets how many there were */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *block, size_t size);
void *__libc_memalign(size_t align, size_t size);

static atomic_long count;
static long at;
static int always;
static uintptr_t first, last; /* the program's code */
static uintptr_t not_first, not_last;

/* The first object is the program itself. */
static int look(struct dl_phdr_info *info, size_t size, void *cx)
{
    (void)size, (void)cx;
    for (int i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *h = &info->dlpi_phdr[i];
        if (h->p_type == PT_LOAD && (h->p_flags & PF_X)) {
            first = info->dlpi_addr + h->p_vaddr;
            last = first + h->p_memsz;
            not_first += info->dlpi_addr;
            not_last += info->dlpi_addr;
        }
    }
    return 1;
}

__attribute__((constructor)) static void begin(void)
{
    at = getenv("FAULT_AT") ? atol(getenv("FAULT_AT")) : 0;
    unsigned long a = 0, b = 0;
    if (getenv("FAULT_NOT") && sscanf(getenv("FAULT_NOT"), "%lx-%lx", &a, &b) == 2)
        not_first = a, not_last = b;
    always = getenv("FAULT_ALWAYS") != NULL;
    dl_iterate_phdr(look, NULL);
    unsetenv("LD_PRELOAD"); /* not in linkers */
}

__attribute__((destructor)) static void end(void)
{
    char text[32];
    const char *path = getenv("FAULT_COUNT");
    int fd = path ? open(path, O_WRONLY | O_CREAT | O_TRUNC, 0666) : -1;
    if (fd >= 0 && write(fd, text, (size_t)snprintf(text, sizeof text, "%ld", (long)count)) < 0)
        abort();
}

static int fails(const void *caller)
{
    uintptr_t from = (uintptr_t)caller;
    if (from < first || from >= last || (from >= not_first && from < not_last))
        return 0;
    long k = atomic_fetch_add(&count, 1) + 1;
    if (!at || k < at || (k > at && !always))
        return 0;
    errno = ENOMEM;
    return 1;
}

#define OWN fails(__builtin_return_address(0))

void *malloc(size_t size)
{
    return OWN ? NULL : __libc_malloc(size);
}

void *calloc(size_t n, size_t size)
{
    return OWN ? NULL : __libc_calloc(n, size);
}

void *realloc(void *block, size_t size)
{
    return OWN ? NULL : __libc_realloc(block, size);
}

void *aligned_alloc(size_t align, size_t size)
{
    return OWN ? NULL : __libc_memalign(align, size);
}
