/* plot_inputs.c: paths -> files and names. */
#include "driver/plot_inputs.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static bool is_folder(const char *path)
{
    struct stat st;
    return !stat(path, &st) && S_ISDIR(st.st_mode);
}

/* What follows the last slash; in front of it, up to where `end` is, the path of the folder. */
static const char *last_part(Arena *arena, const char *path, size_t *end)
{
    size_t n = strlen(path);
    while (n > 1 && path[n - 1] == '/')
        n--;
    size_t begin = n;
    while (begin && path[begin - 1] != '/')
        begin--;
    *end = begin;
    return arena_strndup(arena, path + begin, n - begin);
}

static bool is_event_file(const char *name)
{
    return strstr(name, "tfevents") != NULL;
}

/* "run1" of "logs/run1.csv"; "logs" of "logs/train/events.out.tfevents.1". */
static const char *run_name(Arena *arena, const char *path)
{
    size_t end;
    const char *name = last_part(arena, path, &end);
    if (is_event_file(name) && end) {
        const char *folder = arena_strndup(arena, path, end);
        const char *inner = last_part(arena, folder, &end);
        bool is_keras = !strcmp(inner, "train") || !strcmp(inner, "validation");
        return is_keras && end ? last_part(arena, arena_strndup(arena, folder, end), &end) : inner;
    }
    const char *dot = is_event_file(name) ? NULL : strrchr(name, '.');
    return dot && dot > name ? arena_strndup(arena, name, (size_t)(dot - name)) : name;
}

static bool is_in_validation(Arena *arena, const char *path)
{
    size_t end;
    return is_event_file(last_part(arena, path, &end)) && end &&
           !strcmp(last_part(arena, arena_strndup(arena, path, end), &end), "validation");
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* In the order of their names, which begin with the time. */
static void add_folder(Arena *arena, const char *path, PlotInputs *out)
{
    Vec(const char *) names = {0};
    DIR *folder = opendir(path);
    for (struct dirent *e; folder && (e = readdir(folder));)
        if (is_event_file(e->d_name)) {
            const char *name = arena_strdup(arena, e->d_name);
            vec_push(arena, &names, name);
        }
    if (folder)
        closedir(folder);
    if (names.n)
        qsort((void *)names.at, names.n, sizeof *names.at, by_text);
    for (size_t i = 0; i < names.n; i++) {
        const char *file = arena_printf(arena, "%s/%s", path, names.at[i]);
        PlotInput in = {file, run_name(arena, file), is_in_validation(arena, file)};
        vec_push(arena, out, in);
    }
}

void plot_inputs_add(Arena *arena, const char *path, PlotInputs *out)
{
    size_t before = out->n;
    if (!strcmp(path, "-")) {
        PlotInput in = {"/dev/stdin", "stdin", false};
        vec_push(arena, out, in);
    } else if (is_folder(path)) {
        add_folder(arena, path, out);
        add_folder(arena, arena_printf(arena, "%s/train", path), out);
        add_folder(arena, arena_printf(arena, "%s/validation", path), out);
    }
    if (out->n > before)
        return;
    PlotInput in = {path, run_name(arena, path), is_in_validation(arena, path)};
    vec_push(arena, out, in);
}

static const char *without_ending(Arena *arena, const char *path)
{
    const char *dot = strrchr(path, '.');
    return dot && dot > path && !strchr(dot, '/') ? arena_strndup(arena, path, (size_t)(dot - path))
                                                  : path;
}

void plot_inputs_name(Arena *arena, PlotInputs *inputs)
{
    for (size_t i = 0; i < inputs->n; i++) {
        const char *name = inputs->at[i].name;
        bool again = false;
        for (size_t k = i + 1; k < inputs->n; k++)
            if (!strcmp(inputs->at[k].name, name) && !is_event_file(inputs->at[k].path) &&
                strcmp(inputs->at[k].path, inputs->at[i].path) != 0) {
                inputs->at[k].name = without_ending(arena, inputs->at[k].path);
                again = true;
            }
        if (again)
            inputs->at[i].name = without_ending(arena, inputs->at[i].path);
    }
}
