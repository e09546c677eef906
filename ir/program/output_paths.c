/* output_paths.c: the files that a program writes: endings, and that no two writers have one. */
#include <string.h>

#include "ir/program/elaborate_internal.h"
#include "runtime/abi/formats.h"

const char *path_extension(const char *path)
{
    const char *slash = strrchr(path, '/'), *dot = strrchr(slash ? slash : path, '.');
    return dot ? dot : "";
}

/* Does the path end with a word of the list? */
static bool is_among(const char *list, const char *path)
{
    for (const char *word = list; *word; word += strspn(word, " ")) {
        size_t n = strcspn(word, " "), m = strlen(path);
        if (m > n && !strncmp(path + m - n, word, n))
            return true;
        word += n;
    }
    return false;
}

bool output_extension(Elab *e, const char *who, const char *path, Range range, const char *built,
                      const char *later)
{
    const char *ext = path_extension(path);
    if (is_among(built, path))
        return true;
    RtSuggest best = rt_suggest_start(ext);
    for (const char *word = built; *word; word += strspn(word, " ")) {
        rt_suggest_offer(&best, arena_strndup(e->arena, word, strcspn(word, " ")));
        word += strcspn(word, " ");
    }
    const char *near = *ext ? rt_suggest_best(&best) : NULL;
    if (is_among(later, path))
        diag_error(e->diags, range, "files of type '%s' are not built yet; for now: %s", ext,
                   built);
    else if (*ext)
        diag_error(e->diags, range, "'%s' does not support files of type '%s'; it takes: %s", who,
                   ext, built);
    else
        diag_error(e->diags, range, "'%s' needs a path with an extension, one of: %s", who, built);
    if (near)
        diag_help(e->diags, "did you mean '%s'?", near);
    return false;
}

bool output_format(Elab *e, const char *who, const char *path, Range range)
{
    char built[128], later[128];
    return output_extension(e, who, path, range,
                            arena_strdup(e->arena, rt_formats_text(false, built, sizeof built)),
                            rt_formats_text(true, later, sizeof later));
}

/* What two writers of one path have in common decides how it is told. */
static void report_twins(Elab *e, const Output *first, const Output *second)
{
    bool same_text = first->range.begin == second->range.begin;
    bool same_line = first->by.begin == second->by.begin;
    bool same_command = same_line && first->command == second->command;
    if (same_command) {
        diag_error(e->diags, second->range, "two callbacks of this fit write \"%s\"", second->path);
    } else if (same_line) {
        diag_error(e->diags, second->range, "every round of the loop writes \"%s\"", second->path);
        diag_help(e->diags, "let the path depend on the variable of the loop");
        return;
    } else {
        diag_error(e->diags, same_text ? second->by : second->range, "two commands write \"%s\"",
                   second->path);
    }
    if (!same_text || !same_command)
        diag_note(e->diags, same_text ? first->by : first->range, "the first one is here");
}

bool output_claim(Elab *e, const char *path, Range range, Range by)
{
    const char *key = intern(e->names, path);
    size_t last = places_get(&e->output_paths, key), first = NO_PLACE;
    Output output = {path, range, by, e->p->commands.n, e->branch, last};
    for (size_t i = last; i != NO_PLACE; i = e->outputs.at[i].before)
        if (!branches_exclude(e->outputs.at[i].branch, e->branch))
            first = i;
    if (first != NO_PLACE) {
        report_twins(e, &e->outputs.at[first], &output);
        return false;
    }
    places_set(e->arena, &e->output_paths, key, e->outputs.n);
    vec_push(e->arena, &e->outputs, output);
    return true;
}
