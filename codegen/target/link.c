/* link.c: object + runtime archive -> executable, by the system's compiler driver or its linker. */
#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "codegen/target/target.h"
#include "runtime/abi/shown.h"
#include "support/vec.h"

extern char **environ;

typedef Vec(const char *) Words;

static volatile sig_atomic_t stopped; /* the signal that came while the linker ran, or 0 */
static volatile sig_atomic_t child;   /* its process, or 0 */

static void on_signal(int number)
{
    stopped = number;
    if (child)
        kill(child, number);
}

enum { MOST_SIGNALS = 65 };

/* A fault of this process is not the linker's. */
static bool is_fault(int number)
{
    return number == SIGSEGV || number == SIGBUS || number == SIGFPE || number == SIGILL ||
           number == SIGTRAP || number == SIGABRT || number == SIGSYS;
}

/* Those that this process does something about, as process_begin and on_signal do; nohup stays. */
static bool is_caught(int number, struct sigaction *old)
{
    return !is_fault(number) && !sigaction(number, NULL, old) && old->sa_handler != SIG_DFL &&
           old->sa_handler != SIG_IGN;
}

/* 0: ran and succeeded; 1: ran and failed; -1: could not be started, *number says why. A signal to end goes to the linker,
 * and is kept in `stopped`: what is half-written can be removed first. */
static int run(const char *const *words, int *number)
{
    struct sigaction old[MOST_SIGNALS] = {{.sa_flags = 0}}, now, action = {.sa_handler = on_signal};
    pid_t pid;
    int status, error;
    char **argv = (char **)(void *)words;
    for (int i = 1; i < MOST_SIGNALS; i++)
        if (is_caught(i, &old[i]))
            sigaction(i, &action, NULL);
    error = posix_spawnp(&pid, words[0], NULL, NULL, argv, environ);
    child = error ? 0 : pid;
    if (!error && stopped) /* came before its number was known */
        kill(pid, stopped);
    while (!error && waitpid(pid, &status, 0) < 0)
        if (errno != EINTR)
            error = errno;
    child = 0;
    for (int i = 1; i < MOST_SIGNALS; i++)
        if (is_caught(i, &now) && now.sa_handler == on_signal)
            sigaction(i, &old[i], NULL);
    *number = error ? error : ENOENT;
    if (error || (WIFEXITED(status) && WEXITSTATUS(status) == 127))
        return -1;
    return WIFEXITED(status) && WEXITSTATUS(status) == 0 && !stopped ? 0 : 1;
}

static void link_words(Arena *arena, Words *w, const LinkOptions *o, const char *linker)
{
    vec_push(arena, w, linker);
    vec_push(arena, w, o->shared ? "-shared" : o->is_static ? "-static" : "-pie");
#ifdef NNLC_SANITIZE
    vec_push(arena, w, "-fsanitize=address,undefined"); /* as the runtime was compiled */
#endif
    vec_push(arena, w, "-o");
    vec_push(arena, w, o->output);
    vec_push(arena, w, o->object);
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
        rt_print(stderr, "%s%s", i ? " " : "", w->at[i]);
    fputc('\n', stderr);
}

/* ---- without a compiler driver ---- */

/* Where the C library's start files lie, or NULL. */
static const char *crt_folder(Arena *arena, const char *arch)
{
    const char *folders[] = {arena_printf(arena, "/usr/lib/%s-linux-gnu", arch), "/usr/lib64",
                             "/usr/lib"};
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
        if (!access(arena_printf(arena, "%s/Scrt1.o", folders[i]), R_OK))
            return folders[i];
    return NULL;
}

/* An option of a compiler driver as the linker itself takes it: -Wl,-u,name is -u name. */
static void add_plain(Arena *arena, Words *w, const char *word)
{
    if (strncmp(word, "-Wl,", 4) != 0) {
        vec_push(arena, w, word);
        return;
    }
    for (const char *part = word + 4; *part;) {
        size_t n = strcspn(part, ",");
        vec_push(arena, w, arena_strndup(arena, part, n));
        part += n + (part[n] == ',');
    }
}

/* The words for `ld` itself; false where it could not make a program. */
static bool plain_words(Arena *arena, Words *w, const LinkOptions *o, const char *linker)
{
#if defined(__x86_64__)
    const char *arch = "x86_64", *loader = "/lib64/ld-linux-x86-64.so.2";
#elif defined(__aarch64__)
    const char *arch = "aarch64", *loader = "/lib/ld-linux-aarch64.so.1";
#else
    const char *arch = NULL, *loader = NULL;
#endif
    const char *crt = arch ? crt_folder(arena, arch) : NULL;
#ifdef NNLC_SANITIZE
    crt = NULL; /* only a compiler knows its sanitizers */
#endif
    if (!crt || o->is_static || o->shared || o->triple)
        return false;
    const char *words[] = {linker, "-pie", "-dynamic-linker", loader, "-o", o->output};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        vec_push(arena, w, words[i]);
    vec_push(arena, w, arena_printf(arena, "%s/Scrt1.o", crt));
    vec_push(arena, w, arena_printf(arena, "%s/crti.o", crt));
    vec_push(arena, w, arena_printf(arena, "-L%s", crt));
    vec_push(arena, w, o->object);
    vec_push(arena, w, o->runtime);
    for (size_t i = 0; i < o->n_libraries; i++)
        add_plain(arena, w, o->libraries[i]);
    vec_push(arena, w, "--gc-sections");
    vec_push(arena, w, "-lm");
    vec_push(arena, w, "-lc");
    vec_push(arena, w, arena_printf(arena, "%s/crtn.o", crt));
    vec_push(arena, w, NULL);
    return true;
}

/* ---- the linkers in order ---- */

/* Is this a linker, not a compiler driver: ld, ld.lld, aarch64-linux-gnu-ld? */
static bool is_plain(const char *name)
{
    const char *slash = strrchr(name, '/'), *base = slash ? slash + 1 : name;
    size_t n = strlen(base);
    return !strcmp(base, "ld") || !strncmp(base, "ld.", 3) || !strcmp(base, "mold") ||
           (n > 3 && !strcmp(base + n - 3, "-ld"));
}

/* Did the linker that ended well make a file? */
static bool has_result(Arena *arena, const char *name, const char *out, const char **message)
{
    if (!access(out, F_OK))
        return true;
    *message = arena_shown(arena, "'%s' ended without an error, but made no program", name);
    return false;
}

/* Tries them; the first that can be started decides. One that somebody named must start. */
static bool try_linkers(Arena *arena, const LinkOptions *o, const char **message)
{
    const char *cross = o->triple ? arena_printf(arena, "%s-gcc", o->triple) : NULL;
    const char *asked = o->linker ? NULL : getenv("NNLC_CC");
    const char *names[] = {o->linker, asked, cross ? cross : "cc", cross ? NULL : "clang",
                           "ld.lld",  "ld"};
    const char *tried = "";
    (void)setenv("PATH", "/usr/local/bin:/usr/bin:/bin",
                 0); /* without any, gcc does not find its own parts */
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *name = names[i];
        Words w = {0};
        if (!name || !*name)
            continue;
        if (!is_plain(name)) {
            link_words(arena, &w, o, name);
        } else if (!plain_words(arena, &w, o, name)) {
            if (name != o->linker && name != asked)
                continue;
            *message = arena_shown(
                arena,
                "'%s' is not a compiler: by itself it only links programs for this system "
                "with the C library's start files, and not --static",
                name);
            return false;
        }
        if (o->verbose)
            print_words(&w);
        int number, rc = run(w.at, &number);
        if (rc > 0)
            *message = "the linker failed; its messages are above";
        if (rc >= 0)
            return rc == 0 && has_result(arena, name, o->output, message);
        if (number == EAGAIN || number == ENOMEM || number == EMFILE || number == ENFILE) {
            *message = arena_shown(arena, "cannot start '%s': %s", name, strerror(number));
            return false;
        }
        if (name == asked) {
            *message = arena_shown(arena, "NNLC_CC is '%s', which could not be started", name);
            return false;
        }
        tried = arena_printf(arena, "%s%s'%s'", tried, *tried ? ", " : "", name);
        if (name == o->linker)
            break;
    }
    *message = arena_shown(arena,
                           "no linker: could not start %s; install gcc or clang, or name one with "
                           "--linker",
                           tried);
    return false;
}

bool link_program(Arena *arena, const LinkOptions *options, const char **message)
{
    unsetenv("LD_RUN_PATH"); /* a trainer looks for libraries where the system does */
    return try_linkers(arena, options, message);
}

int link_stopped(void)
{
    return stopped;
}
