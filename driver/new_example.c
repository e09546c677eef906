/* new_example.c: copies an example and the files of its data that stand beside it. */
#include "driver/new_example.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "driver/new_program.h"
#include "runtime/abi/shown.h"
#include "runtime/abi/suggest.h"
#include "support/strbuf.h"

static int failed(const Session *s, const char *what, const char *path)
{
    report(s, arena_shown(s->arena, "cannot %s '%s': %s", what, path, strerror(errno)));
    return EXIT_WRONG;
}

/* The folder of the examples: installed, or of the sources that nnlc was built from; NULL: there is none. */
static const char *examples_folder(const Session *s)
{
    const char *folder = own_folder(s->arena);
    if (!folder)
        return NULL;
    const char *tries[] = {arena_printf(s->arena, "%s/../share/nnlc/examples", folder),
                           arena_printf(s->arena, "%s/../../examples", folder)};
    for (size_t i = 0; i < sizeof tries / sizeof *tries; i++)
        if (!access(tries[i], R_OK))
            return tries[i];
    return NULL;
}

static int is_example(const struct dirent *e)
{
    size_t n = strlen(e->d_name);
    return n > 3 && !strcmp(e->d_name + n - 3, ".nn");
}

/* There is no such example: the nearest one, else all. */
static int unknown_example(const Session *s, const char *folder, const char *name)
{
    struct dirent **entries = NULL;
    StrBuf all = {0};
    RtSuggest best = rt_suggest_start(name);
    int n = scandir(folder, &entries, is_example, alphasort);
    for (int i = 0; i < n; i++) {
        const char *word =
            arena_strndup(s->arena, entries[i]->d_name, strlen(entries[i]->d_name) - 3);
        rt_suggest_offer(&best, word);
        strbuf_printf(&all, "%s%s", i ? ", " : "", word);
        free(entries[i]);
    }
    free(entries);
    const char *near = rt_suggest_best(&best);
    report(s,
           near ? arena_shown(s->arena, "there is no example '%s'; did you mean '%s'?", name, near)
                : arena_shown(s->arena, "there is no example '%s'; there are %s", name,
                              all.n ? all.text : "none"));
    strbuf_close(&all);
    return EXIT_USAGE;
}

/* ---- copying ---- */

static bool read_bytes(const char *path, StrBuf *out)
{
    char buf[1 << 14];
    size_t n;
    FILE *in = fopen(path, "rb");
    while (in && (n = fread(buf, 1, sizeof buf, in)) > 0)
        strbuf_add_n(out, buf, n);
    bool right = in && !ferror(in);
    if (in)
        fclose(in);
    return right;
}

/* What is there already stays. */
static int copy_file(const Session *s, const char *from, const char *to)
{
    struct stat st;
    StrBuf bytes = {0};
    errno = EEXIST;
    if (!lstat(to, &st))
        return failed(s, "write", to);
    if (!read_bytes(from, &bytes)) {
        strbuf_close(&bytes);
        return failed(s, "read", from);
    }
    bool right = file_write(s, to, bytes.n ? bytes.text : "", bytes.n);
    strbuf_close(&bytes);
    return right ? EXIT_FINE : EXIT_WRONG;
}

/* The folders of a path below `folder`. */
static bool make_folders(const Session *s, const char *folder, const char *path)
{
    for (const char *slash = strchr(path, '/'); slash; slash = strchr(slash + 1, '/')) {
        const char *part = arena_printf(s->arena, "%s/%.*s", folder, (int)(slash - path), path);
        if (mkdir(part, 0777) && errno != EEXIST)
            return false;
    }
    return true;
}

/* A file of the example, by its path in the text. *found: it is there. */
static int copy_named(const Session *s, const char *examples, const char *path, bool *found)
{
    struct stat st;
    const char *from = arena_printf(s->arena, "%s/%s", examples, path),
               *to = arena_printf(s->arena, "%s/%s", s->options->input, path);
    *found = !stat(from, &st) && S_ISREG(st.st_mode);
    if (!*found || !access(to, F_OK))
        return EXIT_FINE;
    if (!make_folders(s, s->options->input, path))
        return failed(s, "make the folder of", to);
    return copy_file(s, from, to);
}

/* A path in the text: not upwards, not from the root. */
static bool is_own_path(const char *path)
{
    return *path && *path != '/' && !strstr(path, "..") && strchr(path, '/');
}

/* What stands between quotes and is a file beside the example. */
static int copy_data(const Session *s, const char *examples, const char *text)
{
    int code = EXIT_FINE;
    for (const char *at = strchr(text, '"'); at && code == EXIT_FINE; at = strchr(at + 1, '"')) {
        size_t n = strcspn(at + 1, "\"\n");
        const char *path = arena_strndup(s->arena, at + 1, n);
        bool found = true;
        if (at[n + 1] != '"')
            continue;
        if (is_own_path(path))
            code = copy_named(s, examples, path, &found);
        if (!found)
            rt_print(
                stdout,
                "note: '%s' is not part of the examples: it must be there when the program runs\n",
                path);
        at += n + 1;
    }
    return code;
}

int new_example_copy(const Session *s)
{
    const Options *o = s->options;
    const char *examples = examples_folder(s);
    if (!examples) {
        report(s, "the examples are not there: they are installed in share/nnlc/examples");
        return EXIT_WRONG;
    }
    const char *file = arena_printf(s->arena, "%s.nn", o->example),
               *from = arena_printf(s->arena, "%s/%s", examples, file),
               *to = arena_printf(s->arena, "%s/%s", o->input, file);
    if (strchr(o->example, '/') || access(from, R_OK))
        return unknown_example(s, examples, o->example);
    if (mkdir(o->input, 0777) && errno != EEXIST)
        return failed(s, "make the folder", o->input);
    int code = copy_file(s, from, to);
    StrBuf text = {0};
    if (code == EXIT_FINE)
        code = read_bytes(to, &text) ? copy_data(s, examples, text.n ? text.text : "")
                                     : failed(s, "read", to);
    strbuf_close(&text);
    StrBuf word = {0};
    new_shell_word(&word, to);
    if (code == EXIT_FINE)
        rt_print(stdout, "next: nnlc run %s\n", word.text);
    strbuf_close(&word);
    return code;
}
