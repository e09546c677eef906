/* output_paths.c: the files that a program writes: endings, and that no two writers have one. */
#include <string.h>

#include "ir/program/elaborate_internal.h"

const char *path_extension(const char *path)
{
    const char *slash = strrchr(path, '/'), *dot = strrchr(slash ? slash : path, '.');
    return dot ? dot : "";
}

static bool is_among(const char *list, const char *ext)
{
    const char *found = *ext ? strstr(list, ext) : NULL;
    size_t n = strlen(ext);
    return found && (found[n] == ' ' || found[n] == 0);
}

bool output_extension(Elab *e, const char *who, const char *path, Range range, const char *built,
                      const char *later)
{
    const char *ext = path_extension(path);
    if (is_among(built, ext))
        return true;
    if (is_among(later, ext))
        diag_error(e->diags, range, "files of type '%s' are not built yet; for now: %s", ext,
                   built);
    else if (*ext)
        diag_error(e->diags, range, "'%s' does not support files of type '%s'; it takes: %s", who,
                   ext, built);
    else
        diag_error(e->diags, range, "'%s' needs a path with an extension, one of: %s", who, built);
    return false;
}

bool output_claim(Elab *e, const char *path, Range range)
{
    for (size_t i = 0; i < e->outputs.n; i++)
        if (!strcmp(e->outputs.at[i].path, path) &&
            !branches_exclude(e->outputs.at[i].branch, e->branch)) {
            bool same = e->outputs.at[i].range.begin == range.begin;
            diag_error(e->diags, range,
                       same ? "every round of the loop writes \"%s\"" : "two commands write \"%s\"",
                       path);
            if (same)
                diag_help(e->diags, "let the path depend on the variable of the loop");
            else
                diag_note(e->diags, e->outputs.at[i].range, "the first one is here");
            return false;
        }
    Output output = {path, range, e->branch};
    vec_push(e->arena, &e->outputs, output);
    return true;
}
