/* kept_view.c: the tensors of a checkpoint that belong to a model, by the names of that model. */
#include "runtime/train/kept_view.h"

#include <stdlib.h>
#include <string.h>

#include "runtime/data/store.h"
#include "runtime/train/saved.h"

static void add(RtKeptView *v, const RtTensor *t, const char *name)
{
    RtTensor *to = &v->tensors[v->file.n++];
    *to = *t;
    to->name = name;
}

/* A line at a time; lines that say nothing are passed over. */
static void add_shared(const RtTensorFile *file, RtKeptView *v)
{
    for (char *line = v->shared, *next; line && *line; line = next) {
        size_t n = strcspn(line, "\n");
        next = line + n + (line[n] == '\n');
        line[n] = 0;
        char *tab = strchr(line, '\t');
        const RtTensor *t = tab ? rt_tensors_find(file, tab + 1) : NULL;
        if (!t)
            continue;
        *tab = 0;
        add(v, t, line);
    }
}

/* The metadata of KEY/MODEL. */
static const char *meta_of(const RtTensorFile *file, const char *key, const char *model)
{
    size_t n = strlen(key);
    for (uint32_t i = 0; i < file->n_meta; i++) {
        const char *own = file->meta_keys[i];
        if (!strncmp(own, key, n) && own[n] == '/' && !strcmp(own + n + 1, model))
            return file->meta_values[i];
    }
    return NULL;
}

static RtStatus no_model(RtRun *run, const RtModel *m, const RtTensorFile *file, const char *path)
{
    char names[512];
    size_t n = 0, key = strlen(RT_SAVED_KEY);
    for (uint32_t i = 0; i < file->n_meta && n < sizeof names; i++)
        if (!strncmp(file->meta_keys[i], RT_SAVED_KEY "/", key + 1))
            n += (size_t)snprintf(names + n, sizeof names - n, "%s'%s'", n ? ", " : "",
                                  file->meta_keys[i] + key + 1);
    RtStatus status =
        rt_fail(&run->error, "the checkpoint '%s' has no model '%s'", path, m->image->name);
    if (n)
        rt_fail_help(&run->error, "its models are %s", names);
    return status;
}

static size_t count_lines(const char *text)
{
    size_t n = 1;
    for (; text && *text; text++)
        n += *text == '\n';
    return n;
}

static bool has_prefix(const RtTensor *t, const char *model, size_t n)
{
    return !strncmp(t->name, model, n) && t->name[n] == '/';
}

static void add_all(const RtTensorFile *file, const char *model, bool several, RtKeptView *v)
{
    size_t n = several ? strlen(model) : 0;
    for (uint32_t i = 0; i < file->n; i++) {
        const RtTensor *t = &file->tensors[i];
        bool own = several ? has_prefix(t, model, n)
                           : strncmp(t->name, RT_KEPT_OWN, strlen(RT_KEPT_OWN)) != 0;
        if (own)
            add(v, t, t->name + n + several);
    }
    if (several)
        add_shared(file, v);
}

RtStatus rt_kept_view(RtRun *run, const RtModel *m, const RtTensorFile *file, const char *path,
                      RtKeptView *out)
{
    memset(out, 0, sizeof *out);
    const char *model = m->image->name, *text = meta_of(file, RT_SAVED_KEY, model);
    bool several = text != NULL;
    if (!several)
        text = rt_tensors_meta(file, RT_SAVED_KEY);
    if (!text)
        return no_model(run, m, file, path);
    const char *shared = several ? meta_of(file, RT_KEPT_SHARED, model) : NULL;
    out->tensors = calloc(file->n + count_lines(shared), sizeof *out->tensors);
    out->shared = shared ? rt_text_copy(shared) : NULL;
    if (!out->tensors || (shared && !out->shared))
        return rt_fail(&run->error, "not enough memory to load '%s'", path);
    add_all(file, model, several, out);
    out->keys[0] = RT_SAVED_KEY;
    out->values[0] = text;
    out->keys[1] = "mode";
    out->values[1] = rt_tensors_meta(file, "mode");
    out->file = (RtTensorFile){.n = out->file.n,
                               .tensors = out->tensors,
                               .n_meta = out->values[1] ? 2 : 1,
                               .meta_keys = out->keys,
                               .meta_values = out->values};
    return rt_tensors_sort(&out->file, &out->room, &run->error);
}

void rt_kept_view_free(RtKeptView *view)
{
    free(view->tensors);
    free(view->shared);
    free(view->room);
    view->tensors = NULL;
    view->shared = NULL;
    view->room = NULL;
}
