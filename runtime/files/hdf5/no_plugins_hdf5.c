/* no_plugins_hdf5.c: in programs without shared libraries libhdf5 finds no code to load: they are linked with
 * --wrap=dlopen. Without it the linker warns of the C library's own function, which would not work either. */
#include <stddef.h>

void *__wrap_dlopen(const char *file, int mode);

void *__wrap_dlopen(const char *file, int mode)
{
    (void)file;
    (void)mode;
    return NULL;
}
