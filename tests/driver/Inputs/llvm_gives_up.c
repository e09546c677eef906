/* llvm_gives_up.c: preloaded, LLVM that finds what it cannot go on from when it makes an object: with FATAL set it reports a
 * fatal error, else the C++ library gets no memory from the K-th of its requests after that, K = MEMORY. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

void *__libc_malloc(size_t size);
void _ZN4llvm18report_fatal_errorEPKcb(const char *reason, _Bool with_crash);

static atomic_long left = -1;

int LLVMTargetMachineEmitToMemoryBuffer(void *machine, void *module, int kind, char **message,
                                        void **out)
{
    int (*real)(void *, void *, int, char **, void **) =
        (int (*)(void *, void *, int, char **, void **))dlsym(
            RTLD_NEXT, "LLVMTargetMachineEmitToMemoryBuffer");
    if (getenv("FATAL"))
        _ZN4llvm18report_fatal_errorEPKcb("no such instruction", 1);
    left = atol(getenv("MEMORY"));
    return real(machine, module, kind, message, out);
}

void *malloc(size_t size)
{
    Dl_info from;
    if (left < 0 || !dladdr(__builtin_return_address(0), &from) ||
        !strstr(from.dli_fname, "stdc++"))
        return __libc_malloc(size);
    if (left == 0)
        return NULL;
    left--;
    return __libc_malloc(size);
}
