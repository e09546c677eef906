/* files.c: reading sources, writing dumps whole or not at all, finding the runtime archive. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "driver/session.h"
#include "runtime/exec/surroundings.h"
#include "runtime/files/atomic.h"

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

LexCx session_lexer(Session *s)
{
    return (LexCx){s->arena, s->names, s->diags, &s->n_tokens};
}

const Source *file_read(Session *s, const char *path, const char **message)
{
    bool is_stdin = !strcmp(path, "-");
    FILE *in = is_stdin ? stdin : fopen(path, "rb");
    const Source *source = NULL;
    struct stat st;
    size_t size = 0;
    if (!in) {
        *message = arena_shown(s->arena, "cannot open '%s': %s", path, strerror(errno));
        return NULL;
    }
    if (fstat(fileno(in), &st)) {
        *message = arena_shown(s->arena, "cannot read '%s': %s", path, strerror(errno));
        fclose(in);
        return NULL;
    }
    if (S_ISDIR(st.st_mode)) {
        *message = arena_shown(s->arena, "cannot read '%s': it is a folder", path);
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
        *message = arena_shown(s->arena, "cannot read '%s': %s", path, strerror(errno));
    else if (!fits || !(source = source_add(s->sources, is_stdin ? "<stdin>" : path, text, size)))
        *message = arena_shown(s->arena, "'%s' makes the program larger than 64 MB", path);
    free(text);
    return source;
}

bool file_write(const Session *s, const char *path, const char *text, size_t size)
{
    RtFile file;
    RtError error;
    if (!path || !strcmp(path, "-")) {
        bool right = fwrite(text, 1, size, stdout) == size && !fflush(stdout);
        if (!right)
            report(s,
                   arena_shown(s->arena, "cannot write to standard output: %s", strerror(errno)));
        return right;
    }
    if (rt_file_begin(path, &file, &error) != RT_OK) {
        report_failure(s, &error);
        return false;
    }
    rt_stream_put(file.stream, text, size);
    if (rt_file_commit(&file, &error) == RT_OK)
        return true;
    report_failure(s, &error);
    return false;
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
    char *self = rt_own_path();
    const char *folder = self ? arena_strdup(arena, folder_of(arena, self)) : NULL;
    free(self);
    return folder;
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
