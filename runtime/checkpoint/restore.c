/* restore.c: believes nothing in a checkpoint before it has been compared with the program. */
#include "runtime/checkpoint/restore.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/checkpoint/collect.h"
#include "runtime/data/store.h"
#include "runtime/train/models.h"
#include "runtime/train/state.h"
#include "runtime/train/weights.h"

enum { MOST_STEPS_LOG2 = 53 };
#define MOST_STEPS ((int64_t)1 << MOST_STEPS_LOG2)

static RtStatus damaged(RtError *error, const char *path)
{
    return rt_fail(error, "the checkpoint '%s' is damaged", path);
}

/* ---- values ---- */

static RtValue array_of(const ImgKeptValue *v)
{
    int64_t n = 1;
    if (v->dims.n > RT_MAX_RANK || !rt_multiply(v->dims.at, v->dims.n, &n) || n != v->data.n)
        return rt_value_none();
    RtValue out = rt_value_array(v->dims.n, v->dims.at, v->data.at);
    out.kind = (RtValueKind)v->kind;
    out.is_int = v->is_int;
    return out;
}

static RtValue list_of(const ImgKeptValue *v)
{
    RtValue out = {.kind = VALUE_list, .items = calloc(v->texts.n + (size_t)1, sizeof(RtValue))};
    out.lost = !out.items;
    for (uint32_t i = 0; out.items && i < v->texts.n; i++) {
        out.items[i] = rt_value_text(v->texts.at[i]);
        out.lost = out.lost || out.items[i].lost;
        out.n_items++;
    }
    return out;
}

static RtValue value_of(const ImgKeptValue *v)
{
    RtValue out = rt_value_number(v->number, v->is_int);
    switch ((RtValueKind)v->kind) {
    case VALUE_number:
    case VALUE_bool:
        out.kind = (RtValueKind)v->kind;
        out.is_whole = v->is_whole;
        out.whole = v->whole;
        return out;
    case VALUE_text:
        return rt_value_text(v->text);
    case VALUE_series:
    case VALUE_array:
        return array_of(v);
    case VALUE_list:
        return list_of(v);
    case VALUE_none:
        break;
    }
    return rt_value_none();
}

/* Bit for bit. */
static bool same_value(const RtValue *a, const ImgKeptValue *b)
{
    if ((uint32_t)a->kind != b->kind)
        return false;
    if (a->kind == VALUE_text)
        return a->text && !strcmp(a->text, b->text);
    return a->number == b->number && a->is_whole == b->is_whole && a->whole == b->whole;
}

RtStatus rt_restore_results(RtRun *run, const ImgKept *from)
{
    RtStatus status = RT_OK;
    for (uint32_t i = 0; i < from->results.n && i < run->image->results.n; i++) {
        const ImgKeptResult *r = &from->results.at[i];
        for (uint32_t k = 0; k < r->values.n && status == RT_OK; k++)
            status = rt_result_set(run, i, r->values.at[k].key, value_of(&r->values.at[k]));
    }
    return status;
}

/* ---- identity ---- */

static RtStatus check_options(const RtRun *run, const ImgKept *from, const char *path,
                              RtError *error)
{
    if (from->options.n != run->image->options.n)
        return damaged(error, path);
    for (uint32_t i = 0; i < from->options.n; i++) {
        const ImgKeptValue *was = &from->options.at[i];
        if (same_value(&run->options[i], was))
            continue;
        RtValue old = value_of(was);
        char *a = rt_value_show(&old), *b = rt_value_show(&run->options[i]);
        (void)!rt_fail(error, "the checkpoint '%s' was written with --%s=%s, but this run has %s",
                       path, was->key, a ? a : "", b ? b : "");
        rt_fail_help(error, "to go on, give the option the same value");
        free(a);
        free(b);
        rt_value_free(&old);
        return RT_ERROR;
    }
    return RT_OK;
}

/* `last`: of the fit that is open; 0: none. */
static void epochs_text(bool given, int64_t epochs, int64_t last, char *text, size_t size)
{
    if (given)
        snprintf(text, size, "--epochs=%lld", (long long)epochs);
    else if (last)
        snprintf(text, size, "no --epochs (the fit has %lld)", (long long)last);
    else
        snprintf(text, size, "no --epochs");
}

/* More epochs than before give what a run with that many gives from its start, as long as no fit is over. */
static RtStatus check_epochs(const RtRun *run, const ImgKept *from, const char *path,
                             RtError *error)
{
    const RtSettings *s = run->settings;
    char was[64], now[64];
    bool same =
        s->has_epochs == (bool)from->has_epochs && (!s->has_epochs || s->epochs == from->epochs);
    bool fit_is_open = !from->fits && !from->finished;
    int64_t before = from->has_epochs   ? from->epochs
                     : from->training.n ? from->training.at->last
                                        : 0;
    if (same || (fit_is_open && s->has_epochs && s->epochs >= before))
        return RT_OK;
    epochs_text(from->has_epochs, from->epochs, from->training.n ? from->training.at->last : 0, was,
                sizeof was);
    epochs_text(s->has_epochs, s->epochs, 0, now, sizeof now);
    RtStatus status = rt_fail(error, "the checkpoint '%s' was written with %s, but this run has %s",
                              path, was, now);
    rt_fail_help(error, "the number may only grow, and only while the first fit is not over");
    return status;
}

RtStatus rt_restore_check(const RtRun *run, const ImgKept *from, const char *path, RtError *error)
{
    const ImgProgram *p = run->image;
    int64_t seed = (int64_t)rt_run_seed(run, NULL);
    if (strcmp(from->program, p->digest) != 0) {
        RtStatus status =
            rt_fail(error,
                    "the checkpoint '%s' belongs to another program: '%s' with digest "
                    "%s, but this is '%s' with digest %s",
                    path, from->name, from->program, p->name, p->digest);
        rt_fail_help(error,
                     "to take only weights, use load, with a name that ends in .safetensors");
        return status;
    }
    if (strcmp(from->mode, p->mode) != 0)
        return rt_fail(error,
                       "the checkpoint '%s' was made in numerics mode '%s', this program uses '%s'",
                       path, from->mode, p->mode);
    if (from->seed != seed)
        return rt_fail(error,
                       "the checkpoint '%s' was written with seed %lld, but this run has %lld",
                       path, (long long)from->seed, (long long)seed);
    if (from->models.n != p->instances.n || from->results.n != p->results.n ||
        (!from->finished && from->command >= p->commands.n) || from->training.n > 1)
        return damaged(error, path);
    for (uint32_t i = 0; i < from->rows.n; i++)
        if (from->rows.at[i].data >= p->data.n || from->rows.at[i].part >= RT_N_PARTS)
            return damaged(error, path);
    RtStatus status = check_options(run, from, path, error);
    return status == RT_OK ? check_epochs(run, from, path, error) : status;
}

RtStatus rt_restore_rows(RtRun *run, const ImgKept *from, const char *path)
{
    RtStatus status = RT_OK;
    for (uint32_t i = 0; i < from->rows.n; i++) {
        const ImgKeptRows *r = &from->rows.at[i];
        RtRunData *own = &run->data[r->data];
        own->kept |= 1u << r->part;
        own->kept_digest[r->part] = (uint64_t)r->digest;
        own->kept_path = path;
    }
    for (uint32_t i = 0; i < run->image->data.n && status == RT_OK; i++)
        status = rt_run_rows_check(run, i);
    return status;
}

/* ---- models ---- */

static bool is_count(int64_t n)
{
    return n >= 0 && n <= MOST_STEPS;
}

static bool is_state_of(const RtRun *run, uint32_t model, const ImgKeptModel *k)
{
    const ImgProgram *p = run->image;
    const ImgCommand *c = k->compile < p->commands.n ? &p->commands.at[k->compile] : NULL;
    bool compiled =
        c ? !strcmp(c->name, "compile") && c->instance == model : k->compile == IMG_NONE;
    return compiled && is_count(k->step) && is_count(k->epochs_done);
}

RtStatus rt_restore_model(RtRun *run, uint32_t model, const ImgKept *from, const RtTensorFile *file,
                          const char *path)
{
    RtModel *m = &run->models[model];
    const ImgKeptModel *k = &from->models.at[model];
    char name[1024], *prefix = rt_kept_prefix(run, m);
    if (!prefix)
        return rt_fail(&run->error, "not enough memory to read '%s'", path);
    RtStatus status = rt_run_need_block(run, model);
    if (status == RT_OK)
        status = rt_weights_take_from(run, m, file, path);
    for (uint32_t i = 0; i < m->image->states.n && status == RT_OK; i++) {
        const ImgState *s = &m->image->states.at[i];
        if (rt_state_role(s)->saved != SAVED_no || s->shared)
            continue;
        snprintf(name, sizeof name, RT_KEPT_OWN "%s%s", prefix, s->name);
        status = rt_state_take(s, m->block, file, name, &run->error);
    }
    free(prefix);
    if (status == RT_OK && !is_state_of(run, model, k))
        status = damaged(&run->error, path);
    if (status != RT_OK)
        return status;
    m->compile = k->compile == IMG_NONE ? NULL : &run->image->commands.at[k->compile];
    m->step = k->step;
    m->epochs_done = k->epochs_done;
    m->sets_rate = k->sets_rate;
    m->rate = k->rate;
    m->averaged = k->averaged;
    m->signature->fitted = k->fitted;
    m->scales = k->scales;
    free(m->signature->loaded_bare);
    m->signature->loaded_bare = *k->loaded_bare ? rt_text_copy(k->loaded_bare) : NULL;
    return RT_OK;
}

/* ---- the training ---- */

static RtStatus take_series(RtTraining *t, const ImgKeptTraining *k, const char *path)
{
    RtError *error = t->train.error;
    RtHistory *h = &t->history;
    RtStatus status = RT_OK;
    for (uint32_t i = 0; i < k->series.n && status == RT_OK; i++) {
        const ImgKeptSeries *s = &k->series.at[i];
        if (s->values.n != s->epochs.n)
            return damaged(error, path);
        status = rt_history_open(h, s->name, error);
        for (uint32_t e = 0; e < s->values.n && status == RT_OK; e++) {
            int64_t before = e ? s->epochs.at[e - 1] : k->first - 1;
            if (s->epochs.at[e] <= before || s->epochs.at[e] >= k->epoch)
                return damaged(error, path);
            h->epochs = s->epochs.at[e] - h->first;
            status = rt_history_add(h, s->name, s->values.at[e], error);
        }
    }
    h->epochs = k->epochs;
    return status;
}

/* The length of a file, or none; lines have their ends, and the name of a file is in no other folder. */
static bool is_slot(const ImgKeptSlot *s, RtStateKind kind)
{
    size_t n = strlen(s->text);
    bool length = isnan(s->number) || (s->number >= 0 && s->number <= (double)MOST_STEPS);
    if ((kind == RT_STATE_LINES && n && s->text[n - 1] != '\n') ||
        (kind == RT_STATE_TEXT && strchr(s->text, '/')))
        return false;
    return kind == RT_STATE_NUMBER || length;
}

static RtStatus take_callback(RtTraining *t, RtCallback *cb, uint32_t at, const ImgKeptCallback *k,
                              const RtTensorFile *file, const char *path)
{
    RtStatus status = RT_OK;
    if (strcmp(k->name, cb->row->name) != 0 || k->slots.n != cb->row->n_states)
        return damaged(t->train.error, path);
    for (uint32_t i = 0; i < k->slots.n && status == RT_OK; i++) {
        const ImgKeptSlot *from = &k->slots.at[i];
        RtSlot *s = &cb->slots[i];
        char prefix[64];
        if (!is_slot(from, cb->row->states[i].kind))
            return damaged(t->train.error, path);
        s->number = from->number;
        if (from->has_text && !(s->text = rt_text_copy(from->text)))
            return rt_fail(t->train.error, "not enough memory to read '%s'", path);
        rt_kept_slot_prefix(at, i, prefix, sizeof prefix);
        if (from->has_weights)
            status = rt_copy_fill(&s->weights, t->model->image, prefix, file, t->train.error);
    }
    return status;
}

static bool fits(const RtTraining *t, const ImgKeptTraining *k, const RtCallbacks *cbs)
{
    int64_t last = k->is_begun ? t->last : t->first;
    return k->first == t->first && k->epoch >= t->first && k->epoch <= last && k->batch >= 0 &&
           k->batch <= t->steps && k->next >= 0 && k->next <= t->epoch_rows &&
           k->epochs == k->epoch - k->first && k->callbacks.n == cbs->n;
}

RtStatus rt_restore_training(RtTraining *t, RtCallbacks *cbs, const ImgKept *from,
                             const RtTensorFile *file, const char *path)
{
    const ImgKeptTraining *k = from->training.at;
    if (!fits(t, k, cbs))
        return damaged(t->train.error, path);
    RtStatus status = take_series(t, k, path);
    for (uint32_t i = 0; i < cbs->n && status == RT_OK; i++)
        status = take_callback(t, &cbs->at[i], i, &k->callbacks.at[i], file, path);
    if (status == RT_OK && k->is_begun)
        rt_training_resume(t, k->epoch, k->batch, k->next, (uint64_t)k->order_of, k->in_epoch);
    t->stops = k->stops;
    return status;
}
