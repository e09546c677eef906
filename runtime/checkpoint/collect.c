/* collect.c: copies all that a run is made of. What the record points to hangs on a chain that is freed with it. */
#include "runtime/checkpoint/collect.h"

#include <stdlib.h>
#include <string.h>

#include "runtime/data/store.h"
#include "runtime/train/models.h"
#include "runtime/train/saved.h"
#include "runtime/train/state.h"
#include "runtime/train/weights.h"

/* ---- memory of a record ---- */

typedef struct Piece {
    struct Piece *next;
    max_align_t data[];
} Piece;

typedef struct Collect {
    const RtKeeper *k;
    const RtPosition *at;
    Piece *pieces;
    bool lost; /* there was no memory for something */
} Collect;

/* Zeroed; never NULL where count is 0. */
static void *get(Collect *c, size_t count, size_t size)
{
    Piece *p = calloc(1, sizeof *p + (count + 1) * size);
    if (!p) {
        c->lost = true;
        return NULL;
    }
    p->next = c->pieces;
    c->pieces = p;
    return p->data;
}

static void forget(Collect *c)
{
    while (c->pieces) {
        Piece *next = c->pieces->next;
        free(c->pieces);
        c->pieces = next;
    }
}

#define LIST(c, list, count)                                                                       \
    ((list).at = get(c, count, sizeof *(list).at), (list).n = (list).at ? (uint32_t)(count) : 0)

static const char *text_of(const char *text)
{
    return text ? text : "";
}

/* ---- values ---- */

static ImgKeptValue put_value(Collect *c, const char *key, const RtValue *v)
{
    ImgKeptValue out = {.key = key,
                        .kind = v->kind,
                        .is_int = v->is_int,
                        .is_whole = v->is_whole,
                        .number = v->number,
                        .whole = v->whole,
                        .text = text_of(v->text)};
    bool array = v->kind == VALUE_series || v->kind == VALUE_array;
    int64_t n = array ? rt_value_count(v) : 0;
    LIST(c, out.dims, array ? v->rank : 0);
    for (uint32_t i = 0; i < out.dims.n; i++)
        out.dims.at[i] = v->dims[i];
    out.data = (Img_LIST_F64){(uint32_t)n, v->data};
    LIST(c, out.texts, v->kind == VALUE_list ? v->n_items : 0);
    for (uint32_t i = 0; i < out.texts.n; i++)
        out.texts.at[i] = text_of(v->items[i].text);
    return out;
}

static void put_results(Collect *c, ImgKept *out)
{
    const RtRun *run = c->k->run;
    LIST(c, out->results, run->image->results.n);
    for (uint32_t i = 0; i < out->results.n; i++) {
        const RtResult *r = &run->results[i];
        ImgKeptResult *to = &out->results.at[i];
        LIST(c, to->values, r->n);
        for (uint32_t v = 0; v < to->values.n; v++)
            to->values.at[v] = put_value(c, r->keys[v], &r->values[v]);
    }
}

/* ---- identity ---- */

static void put_options(Collect *c, ImgKept *out)
{
    const RtRun *run = c->k->run;
    LIST(c, out->options, run->image->options.n);
    for (uint32_t i = 0; i < out->options.n; i++)
        out->options.at[i] = put_value(c, run->image->options.at[i].name, &run->options[i]);
}

static void put_rows(Collect *c, ImgKept *out)
{
    RtRun *run = c->k->run;
    LIST(c, out->rows, (size_t)run->image->data.n * RT_N_PARTS);
    out->rows.n = 0;
    for (uint32_t i = 0; out->rows.at && i < run->image->data.n; i++)
        for (int part = 0; part < RT_N_PARTS; part++) {
            RtRunData *d = &run->data[i];
            bool is_read = d->set && d->set->parts[part].from;
            if (is_read || d->kept & 1u << part)
                out->rows.at[out->rows.n++] = (ImgKeptRows){
                    i, (uint32_t)part,
                    (int64_t)(is_read ? rt_run_rows_digest(d, part) : d->kept_digest[part])};
        }
}

/* ---- models and the training ---- */

static void put_models(Collect *c, ImgKept *out)
{
    const RtRun *run = c->k->run;
    LIST(c, out->models, run->image->instances.n);
    for (uint32_t i = 0; i < out->models.n; i++) {
        const RtModel *m = &run->models[i];
        uint32_t compile = m->compile ? (uint32_t)(m->compile - run->image->commands.at) : IMG_NONE;
        out->models.at[i] = (ImgKeptModel){.name = m->image->name,
                                           .is_there = m->block != NULL,
                                           .compile = compile,
                                           .step = m->step,
                                           .epochs_done = m->epochs_done,
                                           .sets_rate = m->sets_rate,
                                           .rate = m->rate,
                                           .averaged = m->averaged,
                                           .fitted = m->signature->fitted,
                                           .scales = m->scales,
                                           .loaded_bare = text_of(m->signature->loaded_bare)};
    }
}

static ImgKeptCallback put_callback(Collect *c, const RtCallback *cb)
{
    ImgKeptCallback out = {.name = cb->row->name};
    LIST(c, out.slots, cb->row->n_states);
    for (uint32_t i = 0; i < out.slots.n; i++) {
        const RtSlot *s = &cb->slots[i];
        out.slots.at[i] = (ImgKeptSlot){.number = s->file ? (double)s->file->length : s->number,
                                        .has_text = s->text != NULL,
                                        .text = text_of(s->text),
                                        .has_weights = s->weights.bytes != NULL};
    }
    return out;
}

static void put_training(Collect *c, ImgKept *out)
{
    const RtTraining *t = c->at->training;
    const RtCallbacks *cbs = c->at->callbacks;
    LIST(c, out->training, t ? 1 : 0);
    if (!t || !out->training.n)
        return;
    ImgKeptTraining *to = out->training.at;
    *to = (ImgKeptTraining){.epoch = t->epoch,
                            .batch = t->batch,
                            .is_begun = t->is_begun,
                            .in_epoch = t->in_epoch,
                            .stops = t->stops,
                            .is_over = t->is_over,
                            .next = t->next,
                            .order_of = (int64_t)t->order_of,
                            .first = t->first,
                            .last = t->last,
                            .epochs = t->history.epochs};
    LIST(c, to->series, t->history.n);
    for (uint32_t i = 0; i < to->series.n; i++) {
        const RtSeries *s = &t->history.series[i];
        to->series.at[i] = (ImgKeptSeries){.name = s->name,
                                           .values = {(uint32_t)s->n, s->values},
                                           .epochs = {(uint32_t)s->n, s->epochs}};
    }
    LIST(c, to->callbacks, cbs->n);
    for (uint32_t i = 0; i < to->callbacks.n; i++)
        to->callbacks.at[i] = put_callback(c, &cbs->at[i]);
}

static void put_record(Collect *c, ImgKept *out)
{
    const RtRun *run = c->k->run;
    *out = (ImgKept){.version = RT_KEPT_VERSION,
                     .program = run->image->digest,
                     .name = run->image->name,
                     .mode = run->image->mode,
                     .seed = (int64_t)rt_run_seed(run, NULL),
                     .has_epochs = run->settings->has_epochs,
                     .epochs = run->settings->epochs,
                     .finished = c->at->finished,
                     .command = c->at->command,
                     .fits = c->k->fits,
                     .log_path = text_of(run->settings->log),
                     .log_length = run->log ? run->log->length : 0};
    put_options(c, out);
    put_rows(c, out);
    put_results(c, out);
    put_models(c, out);
    put_training(c, out);
}

/* ---- tensors ---- */

char *rt_kept_prefix(const RtRun *run, const RtModel *m)
{
    size_t size = strlen(m->image->name) + 2;
    char *text = malloc(size);
    if (text)
        snprintf(text, size, "%s%s", run->image->instances.n > 1 ? m->image->name : "",
                 run->image->instances.n > 1 ? "/" : "");
    return text;
}

void rt_kept_slot_prefix(uint32_t callback, uint32_t slot, char *text, size_t size)
{
    snprintf(text, size, RT_KEPT_OWN "callback/%u/%u/", callback, slot);
}

/* What `save` leaves out: slots of the optimizer, sums of metrics, counters. */
static bool add_rest(RtTensorList *list, const RtModel *m, const char *prefix)
{
    char *inside = malloc(strlen(prefix) + sizeof RT_KEPT_OWN);
    bool right = inside != NULL;
    if (right)
        strcat(strcpy(inside, RT_KEPT_OWN), prefix);
    for (uint32_t i = 0; i < m->image->states.n && right; i++) {
        const ImgState *s = &m->image->states.at[i];
        if (rt_state_role(s)->saved != SAVED_no || s->shared)
            continue;
        void *data = rt_tensor_list_add(list, inside, s->name, (RtDtype)s->dtype, s->dims.n,
                                        s->dims.at, rt_state_bytes(s));
        right = data != NULL;
        if (right)
            rt_state_get(s, m->block, data);
    }
    free(inside);
    return right;
}

static bool add_meta(RtKeptFile *f, const char *key, const char *name, char *value)
{
    char **keys = realloc(f->keys, (f->n_meta + (size_t)1) * sizeof *keys);
    if (keys)
        f->keys = keys;
    char **values = realloc(f->values, (f->n_meta + (size_t)1) * sizeof *values);
    if (values)
        f->values = values;
    size_t size = strlen(key) + strlen(name) + 2;
    char *whole = malloc(size);
    if (!keys || !values || !whole || !value) {
        free(whole);
        free(value);
        return false;
    }
    snprintf(whole, size, "%s%s%s", key, *name ? "/" : "", name);
    f->keys[f->n_meta] = whole;
    f->values[f->n_meta++] = value;
    return true;
}

/* Of a model whose weights lie under the name of another; NULL: no memory. */
static char *shared_text(const RtRun *run, const RtModel *m)
{
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    for (uint32_t i = 0; out && i < m->image->states.n; i++) {
        const ImgState *own = &m->image->states.at[i], *s = own;
        if (!own->shared || rt_state_role(own)->saved != SAVED_whole)
            continue;
        const RtModel *owner = rt_run_state_owner(run, m, &s);
        fprintf(out, "%s\t%s/%s\n", own->name, owner->image->name, s->name);
    }
    if (out && fclose(out) == 0)
        return text;
    free(text);
    return NULL;
}

static bool add_shared(RtKeptFile *f, const RtRun *run, const RtModel *m)
{
    char *text = shared_text(run, m);
    if (text && !*text) {
        free(text);
        return true;
    }
    return add_meta(f, RT_KEPT_SHARED, m->image->name, text);
}

static bool add_models(const RtKeeper *k, RtKeptFile *f)
{
    const RtRun *run = k->run;
    bool right = true;
    for (uint32_t i = 0; i < run->image->instances.n && right; i++) {
        const RtModel *m = &run->models[i];
        if (!m->block)
            continue;
        char *prefix = rt_kept_prefix(run, m);
        right = prefix && rt_weights_gather(m, prefix, false, &f->list) &&
                add_rest(&f->list, m, prefix) &&
                add_meta(f, RT_SAVED_KEY, *prefix ? m->image->name : "", rt_saved_text(m)) &&
                add_shared(f, run, m);
        free(prefix);
    }
    return right;
}

static bool add_slots(const RtPosition *at, RtTensorList *list)
{
    const RtCallbacks *cbs = at->callbacks;
    bool right = true;
    for (uint32_t i = 0; at->training && i < cbs->n; i++)
        for (uint32_t k = 0; k < cbs->at[i].row->n_states && right; k++) {
            char prefix[64];
            rt_kept_slot_prefix(i, k, prefix, sizeof prefix);
            right = !cbs->at[i].slots[k].weights.bytes ||
                    rt_copy_gather(&cbs->at[i].slots[k].weights, at->training->model->image, prefix,
                                   list);
        }
    return right;
}

static bool add_record(Collect *c, RtTensorList *list)
{
    ImgKept kept;
    size_t size = 0;
    put_record(c, &kept);
    unsigned char *bytes = c->lost ? NULL : rt_kept_write(&kept, &size);
    int64_t dims = (int64_t)size;
    void *data = bytes ? rt_tensor_list_add(list, "", RT_KEPT_TENSOR, RT_u8, 1, &dims, size) : NULL;
    if (data)
        memcpy(data, bytes, size);
    free(bytes);
    return data != NULL;
}

/* For people, and for programs that look at the file. */
static bool add_facts(const RtKeeper *k, const RtPosition *at, RtKeptFile *f)
{
    const RtRun *run = k->run;
    const RtTraining *t = at->training;
    char where[128];
    if (at->finished)
        snprintf(where, sizeof where, "finished");
    else if (t)
        snprintf(where, sizeof where, "epoch %lld of %lld, batch %lld of %lld",
                 (long long)(t->epoch + (t->in_epoch || !t->history.epochs)), (long long)t->last,
                 (long long)(t->in_epoch || !t->history.epochs ? t->batch : t->steps),
                 (long long)t->steps);
    else
        snprintf(where, sizeof where, "line %u",
                 rt_run_place(run, run->image->commands.at[at->command].place)->line);
    return add_meta(f, RT_KEPT_KEY, "", rt_text_copy(run->image->digest)) &&
           add_meta(f, "program", "", rt_text_copy(run->image->name)) &&
           add_meta(f, "mode", "", rt_text_copy(run->image->mode)) &&
           add_meta(f, "producer", "", rt_text_copy(run->image->compiler)) &&
           add_meta(f, "position", "", rt_text_copy(where));
}

RtKeptFile *rt_collect(const RtKeeper *k, const RtPosition *at, const char *path)
{
    Collect c = {.k = k, .at = at};
    RtKeptFile *f = calloc(1, sizeof *f);
    bool right = f && (f->path = rt_text_copy(path)) && add_facts(k, at, f) && add_models(k, f) &&
                 add_slots(at, &f->list) && add_record(&c, &f->list);
    forget(&c);
    if (right)
        return f;
    rt_kept_file_free(f);
    return NULL;
}

void rt_kept_file_free(RtKeptFile *f)
{
    if (!f)
        return;
    for (uint32_t i = 0; i < f->n_meta; i++) {
        free(f->keys[i]);
        free(f->values[i]);
    }
    free(f->keys);
    free(f->values);
    free(f->path);
    rt_tensor_list_free(&f->list);
    free(f);
}
