/* link.c: object + runtime archive -> executable, by the system's compiler driver. */
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "codegen/target/target.h"
#include "support/vec.h"

extern char **environ;

typedef Vec(const char *) Words;

static bool write_all(int fd, const char *bytes, size_t size)
{
    while (size) {
        ssize_t n = write(fd, bytes, size);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        bytes += n;
        size -= (size_t)n;
    }
    return true;
}

static bool write_file(const char *path, const char *bytes, size_t size)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL, 0600);
    if (fd < 0)
        return false;
    bool ok = write_all(fd, bytes, size);
    return close(fd) == 0 && ok;
}

/* 0: ran and succeeded; 1: ran and failed; -1: could not be started. */
static int run(const char *const *words)
{
    pid_t pid;
    int status;
    char **argv = (char **)(void *)words;
    if (posix_spawnp(&pid, words[0], NULL, NULL, argv, environ))
        return -1;
    while (waitpid(pid, &status, 0) < 0)
        if (errno != EINTR)
            return -1;
    if (WIFEXITED(status) && WEXITSTATUS(status) == 127)
        return -1;
    return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? 0 : 1;
}

static void link_words(Arena *arena, Words *w, const LinkOptions *o, const char *linker,
                       const char *object, const char *out)
{
    vec_push(arena, w, linker);
    vec_push(arena, w, o->shared ? "-shared" : o->is_static ? "-static" : "-pie");
#ifdef NNLC_SANITIZE
    vec_push(arena, w, "-fsanitize=address,undefined"); /* as the runtime was compiled */
#endif
    vec_push(arena, w, "-o");
    vec_push(arena, w, out);
    vec_push(arena, w, object);
    if (!o->shared) {
        vec_push(arena, w, o->runtime);
        for (size_t i = 0; i < o->n_libraries; i++)
            vec_push(arena, w, o->libraries[i]);
        vec_push(arena, w, "-Wl,--gc-sections");
        vec_push(arena, w, "-lm");
        vec_push(arena, w, "-pthread");
    }
    vec_push(arena, w, NULL);
}

static void print_words(const Words *w)
{
    for (size_t i = 0; i + 1 < w->n; i++)
        fprintf(stderr, "%s%s", i ? " " : "", w->at[i]);
    fputc('\n', stderr);
}

/* Tries the linkers in order; the first that can be started decides. */
static int try_linkers(Arena *arena, const LinkOptions *o, const char *object, const char *out,
                       const char **tried)
{
    const char *cross = NULL;
    if (o->triple)
        cross = arena_printf(arena, "%s-gcc", o->triple);
    const char *names[] = {o->linker, getenv("NNLC_CC"), cross, cross ? NULL : "cc",
                           cross ? NULL : "clang"};
    *tried = "";
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (!names[i] || !*names[i])
            continue;
        Words w = {0};
        link_words(arena, &w, o, names[i], object, out);
        if (o->verbose)
            print_words(&w);
        int rc = run(w.at);
        if (rc >= 0)
            return rc;
        *tried = arena_printf(arena, "%s%s'%s'", *tried, **tried ? ", " : "", names[i]);
        if (i == 0)
            return -1;
    }
    return -1;
}

bool link_program(Arena *arena, const Object *o, const LinkOptions *options, const char **message)
{
    size_t size;
    const char *bytes = object_bytes(o, &size), *tried;
    const char *here = *options->output == '-' ? "./" : ""; /* no option of the linker's */
    char *object = arena_printf(arena, "%s%s.tmp.%ld.o", here, options->output, (long)getpid());
    char *out = arena_printf(arena, "%s%s.tmp.%ld", here, options->output, (long)getpid());
    struct stat st;
    bool ok = false;
    if (!stat(options->output, &st) && !S_ISREG(st.st_mode)) {
        *message = arena_printf(arena, "cannot write '%s': it is %s", options->output,
                                S_ISDIR(st.st_mode) ? "a folder" : "not a regular file");
        return false;
    }
    if (!write_file(object, bytes, size)) {
        *message = arena_printf(arena, "cannot write '%s': %s", options->output, strerror(errno));
        goto done;
    }
    int rc = try_linkers(arena, options, object, out, &tried);
    if (rc < 0)
        *message = arena_printf(arena,
                                "no linker: could not start %s; install gcc or clang, or "
                                "name one with --linker",
                                tried);
    else if (rc > 0)
        *message = "the linker failed; its messages are above";
    else if (rename(out, options->output))
        *message = arena_printf(arena, "cannot write '%s': %s", options->output, strerror(errno));
    else
        ok = true;
done:
    unlink(object);
    if (!ok)
        unlink(out);
    return ok;
}
