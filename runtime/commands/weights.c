/* weights.c: save and load: the weights of a model as named arrays, .safetensors or .npz.
 *
 * Loading believes nothing before names, types and shapes agree with the model; what differs is shown
 * as a table, and the model keeps the weights it had. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "runtime/abi/dtype.h"
#include "runtime/commands/commands.h"
#include "runtime/files/tensors.h"
#include "runtime/train/state.h"

enum { ROLE_WEIGHT = 0, FORMAT_VERSION = 1 };

static bool is_saved(const ImgState *s)
{
    return s->role == ROLE_WEIGHT;
}

typedef struct Saved {
    RtTensor *tensors;
    uint32_t n;
} Saved;

static void saved_free(Saved *s)
{
    for (uint32_t i = 0; i < s->n; i++)
        free((void *)(uintptr_t)s->tensors[i].data);
    free(s->tensors);
}

static bool collect(const RtModel *m, Saved *out)
{
    out->n = 0;
    out->tensors = calloc(m->image->states.n + 1, sizeof *out->tensors);
    for (uint32_t i = 0; out->tensors && i < m->image->states.n; i++) {
        const ImgState *s = &m->image->states.at[i];
        if (!is_saved(s))
            continue;
        RtTensor t = {.name = s->name, .dtype = (RtDtype)s->dtype, .rank = s->dims.n};
        void *data = malloc(rt_state_bytes(s) + 1);
        if (!data)
            return false;
        rt_state_get(s, m->block, data);
        t.data = data;
        for (uint32_t d = 0; d < s->dims.n; d++)
            t.dims[d] = s->dims.at[d];
        out->tensors[out->n++] = t;
    }
    return out->tensors != NULL;
}

static bool ends_with(const char *path, const char *end)
{
    size_t n = strlen(path), m = strlen(end);
    return n > m && !strcmp(path + n - m, end);
}

RtStatus rt_weights_save(RtRun *run, const RtModel *m, const char *path)
{
    char seed[32], version[16];
    const char *keys[] = {"format", "model", "mode", "seed", "producer"};
    const char *values[] = {version, m->image->title, run->image->mode, seed, run->image->compiler};
    Saved saved;
    snprintf(version, sizeof version, "%d", FORMAT_VERSION);
    snprintf(seed, sizeof seed, "%llu", (unsigned long long)rt_run_seed(run, m));
    RtStatus status;
    if (!collect(m, &saved))
        status = rt_fail(&run->error, "not enough memory to save '%s'", m->image->name);
    else if (ends_with(path, ".safetensors"))
        status = rt_safetensors_write(path, saved.tensors, saved.n, keys, values, 5, &run->error);
    else if (ends_with(path, ".npz"))
        status = rt_npz_write(path, saved.tensors, saved.n, &run->error);
    else
        status =
            rt_fail(&run->error, "weights are saved as .safetensors or .npz, not as '%s'", path);
    saved_free(&saved);
    return status;
}

/* ---- loading ---- */

typedef struct Differences {
    char text[700];
    size_t n;
    uint32_t count;
} Differences;

static void shape_text(char *buf, size_t size, RtDtype dtype, uint32_t rank, const int64_t *dims)
{
    size_t n = (size_t)snprintf(buf, size, "%s[", rt_dtype(dtype)->name);
    for (uint32_t i = 0; i < rank && n < size; i++)
        n += (size_t)snprintf(buf + n, size - n, "%s%lld", i ? ", " : "", (long long)dims[i]);
    if (n < size)
        snprintf(buf + n, size - n, "]");
}

static void differ(Differences *d, const char *name, const char *model, const char *file)
{
    d->count++;
    if (d->count <= 8 && d->n < sizeof d->text)
        d->n += (size_t)snprintf(d->text + d->n, sizeof d->text - d->n, "\n  %-24s %-20s %s", name,
                                 model, file);
}

static void compare(Differences *d, const ImgState *s, const RtTensor *t)
{
    char model[96], file[96] = "missing";
    bool same = t && (uint32_t)t->dtype == s->dtype && t->rank == s->dims.n;
    for (uint32_t i = 0; same && i < t->rank; i++)
        same = t->dims[i] == s->dims.at[i];
    if (same)
        return;
    shape_text(model, sizeof model, (RtDtype)s->dtype, s->dims.n, s->dims.at);
    if (t)
        shape_text(file, sizeof file, t->dtype, t->rank, t->dims);
    differ(d, s->name, model, file);
}

static RtStatus check(RtRun *run, const RtModel *m, const RtTensorFile *file, const char *path)
{
    Differences d = {.n = 0};
    for (uint32_t i = 0; i < m->image->states.n; i++)
        if (is_saved(&m->image->states.at[i]))
            compare(&d, &m->image->states.at[i],
                    rt_tensors_find(file, m->image->states.at[i].name));
    for (uint32_t i = 0; i < file->n; i++) {
        const RtTensor *t = &file->tensors[i];
        const ImgState *s = rt_state_named(m->image, t->name);
        char text[96];
        shape_text(text, sizeof text, t->dtype, t->rank, t->dims);
        if (!s || !is_saved(s))
            differ(&d, t->name, "not there", text);
    }
    if (!d.count)
        return RT_OK;
    return rt_fail(&run->error,
                   "'%s' holds the weights of another model than '%s':\n  %-24s %-20s "
                   "%s%s%s",
                   path, m->image->name, "weight", "model", "file", d.text,
                   d.count > 8 ? "\n  ..." : "");
}

RtStatus rt_weights_load(RtRun *run, RtModel *m, const char *path)
{
    RtTensorFile *file = NULL;
    RtStatus status = rt_tensors_read(path, &file, &run->error);
    if (status != RT_OK)
        return status;
    const char *mode = rt_tensors_meta(file, "mode");
    if (mode && strcmp(mode, run->image->mode) != 0)
        status = rt_fail(&run->error, "'%s' was made in numerics mode '%s', this program uses '%s'",
                         path, mode, run->image->mode);
    if (status == RT_OK)
        status = check(run, m, file, path);
    for (uint32_t i = 0; status == RT_OK && i < m->image->states.n; i++)
        if (is_saved(&m->image->states.at[i]))
            rt_state_set(&m->image->states.at[i], m->block,
                         rt_tensors_find(file, m->image->states.at[i].name)->data);
    rt_tensors_close(file);
    return status;
}

/* ---- the commands ---- */

RtStatus rt_command_save(RtRun *run, const ImgCommand *c)
{
    char *path = rt_run_path(run, c), *full = path ? rt_run_out_path(run, path) : NULL;
    RtStatus status = full ? rt_weights_save(run, &run->models[c->instance], full) : RT_ERROR;
    free(path);
    free(full);
    return status;
}

/* Files that the program wrote itself come first. NULL: error. */
static char *input_path(RtRun *run, const char *path)
{
    char *full = rt_run_out_path(run, path), *found = NULL;
    if (!full || access(full, F_OK) == 0)
        return full;
    const char *dirs[3] = {".", run->image->source_dir, run->settings->program_dir};
    RtStatus status = rt_find_file(&(RtDirs){3, dirs}, path, &found, &run->error);
    if (status == RT_END) /* nowhere: opening it says so */
        return full;
    free(full);
    return found;
}

RtStatus rt_command_load(RtRun *run, const ImgCommand *c)
{
    char *path = rt_run_path(run, c), *full = path ? input_path(run, path) : NULL;
    RtStatus status = full ? rt_weights_load(run, &run->models[c->instance], full) : RT_ERROR;
    free(path);
    free(full);
    return status;
}
