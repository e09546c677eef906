/* kept_view.c: the tensors of a checkpoint that belong to a model, by the names of that model. */
#include "runtime/train/kept_view.h"

#include <stdlib.h>
#include <string.h>

#include "runtime/train/saved.h"
#include "runtime/train/state.h"

static void add(RtKeptView *v, const RtTensor *t, const char *name)
{
    RtTensor *to = &v->tensors[v->file.n++];
    *to = *t;
    to->name = name;
}

/* Those that lie under the names of models before. */
static void add_shared(const RtRun *run, const RtModel *m, const RtTensorFile *file, RtKeptView *v)
{
    char name[1024];
    for (uint32_t i = 0; i < m->image->states.n; i++) {
        const ImgState *own = &m->image->states.at[i], *s = own;
        if (!own->shared || rt_state_role(own)->saved != SAVED_whole)
            continue;
        const RtModel *owner = rt_run_state_owner(run, m, &s);
        snprintf(name, sizeof name, "%s/%s", owner->image->name, s->name);
        const RtTensor *t = rt_tensors_find(file, name);
        if (t)
            add(v, t, own->name);
    }
}

RtStatus rt_kept_view(RtRun *run, const RtModel *m, const RtTensorFile *file, const char *path,
                      RtKeptView *out)
{
    char prefix[512], key[540];
    memset(out, 0, sizeof *out);
    snprintf(key, sizeof key, "%s/%s", RT_SAVED_KEY, m->image->name);
    snprintf(prefix, sizeof prefix, "%s/", m->image->name);
    const char *text = rt_tensors_meta(file, key);
    bool several = text != NULL;
    if (!several)
        text = rt_tensors_meta(file, RT_SAVED_KEY);
    if (!text)
        return rt_fail(&run->error, "the checkpoint '%s' has no model '%s'", path, m->image->name);
    out->tensors = calloc(file->n + (size_t)m->image->states.n + 1, sizeof *out->tensors);
    if (!out->tensors)
        return rt_fail(&run->error, "not enough memory to load '%s'", path);
    size_t n = several ? strlen(prefix) : 0;
    for (uint32_t i = 0; i < file->n; i++) {
        const RtTensor *t = &file->tensors[i];
        bool own = several ? !strncmp(t->name, prefix, n) : strncmp(t->name, "run/", 4) != 0;
        if (own)
            add(out, t, t->name + n);
    }
    if (several)
        add_shared(run, m, file, out);
    out->keys[0] = RT_SAVED_KEY;
    out->values[0] = text;
    out->keys[1] = "mode";
    out->values[1] = rt_tensors_meta(file, "mode");
    out->file = (RtTensorFile){out->file.n, out->tensors, out->values[1] ? 2 : 1,
                               out->keys,   out->values,  NULL};
    return RT_OK;
}

void rt_kept_view_free(RtKeptView *view)
{
    free(view->tensors);
    view->tensors = NULL;
}
