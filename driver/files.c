/* files.c: reading sources, writing dumps whole or not at all, finding the runtime archive. */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "driver/session.h"

/* At most a byte more than `most`. */
static char *read_all(FILE *in, size_t most, size_t *size)
{
    size_t cap = 1 << 16, n = 0;
    char *text = malloc(cap);
    while (text) {
        n += fread(text + n, 1, cap - n, in);
        if (n < cap || n > most)
            break;
        char *more = realloc(text, cap *= 2);
        if (!more)
            free(text);
        text = more;
    }
    *size = n;
    return text;
}

const Source *file_read(Session *s, const char *path, const char **message)
{
    bool is_stdin = !strcmp(path, "-");
    FILE *in = is_stdin ? stdin : fopen(path, "rb");
    const Source *source = NULL;
    struct stat st;
    size_t size = 0;
    if (!in) {
        *message = arena_printf(s->arena, "cannot open '%s': %s", path, strerror(errno));
        return NULL;
    }
    if (fstat(fileno(in), &st)) {
        *message = arena_printf(s->arena, "cannot read '%s': %s", path, strerror(errno));
        fclose(in);
        return NULL;
    }
    if (S_ISDIR(st.st_mode)) {
        *message = arena_printf(s->arena, "cannot read '%s': it is a folder", path);
        fclose(in);
        return NULL;
    }
    size_t room = source_room(s->sources);
    bool fits = !S_ISREG(st.st_mode) || (unsigned long long)st.st_size <= room;
    char *text = fits ? read_all(in, room, &size) : NULL;
    bool bad = ferror(in);
    if (!is_stdin)
        fclose(in);
    if (fits && (!text || bad))
        *message = arena_printf(s->arena, "cannot read '%s': %s", path, strerror(errno));
    else if (!fits || !(source = source_add(s->sources, is_stdin ? "<stdin>" : path, text, size)))
        *message = arena_printf(s->arena, "'%s' makes the program larger than 64 MB", path);
    free(text);
    return source;
}

static bool write_failed(const Session *s, const char *path, int error)
{
    report(s, arena_printf(s->arena, "cannot write %s: %s", path, strerror(error)));
    return false;
}

/* To standard output, a device or a pipe: what is there cannot be replaced. */
static bool write_through(FILE *out, const char *text, size_t size)
{
    return fwrite(text, 1, size, out) == size && !fflush(out);
}

static bool write_beside(const Session *s, const char *path, const char *text, size_t size)
{
    char *temporary = arena_printf(s->arena, "%s.tmp.%ld", path, (long)getpid());
    FILE *out = fopen(temporary, "wb");
    if (!out)
        return false;
    bool ok = fwrite(text, 1, size, out) == size;
    ok = fclose(out) == 0 && ok && !rename(temporary, path);
    int error = errno;
    if (!ok)
        unlink(temporary);
    errno = error;
    return ok;
}

bool file_write(const Session *s, const char *path, const char *text, size_t size)
{
    struct stat st;
    if (!path || !strcmp(path, "-"))
        return write_through(stdout, text, size) || write_failed(s, "to standard output", errno);
    const char *quoted = arena_printf(s->arena, "'%s'", path);
    bool exists = !stat(path, &st);
    if (exists && S_ISDIR(st.st_mode))
        return write_failed(s, quoted, EISDIR);
    if (!exists || S_ISREG(st.st_mode))
        return write_beside(s, path, text, size) || write_failed(s, quoted, errno);
    FILE *out = fopen(path, "wb");
    bool ok = out && write_through(out, text, size);
    int error = errno;
    if (out)
        fclose(out);
    return ok || write_failed(s, quoted, error);
}

const char *folder_of(Arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash)
        return ".";
    return slash == path ? "/" : arena_strndup(arena, path, (size_t)(slash - path));
}

const char *own_folder(Arena *arena)
{
    char self[PATH_MAX];
    ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
    if (n < 0)
        return NULL;
    self[n] = 0;
    return folder_of(arena, self);
}

const char *runtime_archive(const Session *s)
{
    const char *folder = own_folder(s->arena);
    if (!folder)
        return NULL;
    bool cross = s->machine && !machine_is_host(s->machine);
    const char *triple = s->machine ? s->machine->triple : "";
    const char *tries[] = {
        cross ? NULL : arena_printf(s->arena, "%s/lib/libnnrt.a", folder),
        arena_printf(s->arena, "%s/lib/%s/libnnrt.a", folder, triple),
        arena_printf(s->arena, "%s/../lib/nnlc/%s/libnnrt.a", folder, triple),
        cross ? NULL : arena_printf(s->arena, "%s/../lib/nnlc/libnnrt.a", folder),
    };
    for (size_t i = 0; i < sizeof tries / sizeof *tries; i++)
        if (tries[i] && !access(tries[i], R_OK))
            return tries[i];
    return NULL;
}
