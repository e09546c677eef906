/* weights.c: save and load: what a model has learned, as named arrays: weights, fitted values, and as JSON the signature, the classes and a digest of the architecture.
 *
 * Loading believes nothing before names, types, shapes, transforms, columns and classes agree with the
 * model; what differs is shown as a table, and the model keeps what it had. A file of another program has the
 * weights alone: the rest stays the model's own. */
#include "runtime/train/weights.h"

#include <stdlib.h>
#include <string.h>

#include "runtime/abi/dtype.h"
#include "runtime/abi/formats.h"
#include "runtime/abi/shown.h"
#include "runtime/files/hdf5/hdf5.h"
#include "runtime/train/rows.h"
#include "runtime/train/keras_file.h"
#include "runtime/train/keras_names.h"
#include "runtime/train/keras_optimizer.h"
#include "runtime/train/kept_view.h"
#include "runtime/train/saved.h"
#include "runtime/train/state.h"
#include "runtime/train/weights_file.h"

enum { MOST_DIFFERENCES = 8, ROW = 320 };

static bool is_saved(const ImgState *s)
{
    return rt_state_role(s)->saved == SAVED_whole;
}

/* ---- saving ---- */

/* What a walk over a model's states adds to. */
typedef struct Gather {
    RtTensorList *list;
    const RtModel *model;
    const char *prefix;
} Gather;

static bool add_fitted(void *cx, const char *name, const ImgState *s, int64_t place, int64_t n)
{
    const Gather *g = cx;
    int64_t all = rt_state_count(s);
    if (rt_is_of_targets(s) ? !g->model->scales : !g->model->signature->fitted)
        return true;
    bool whole = n == all && n > 1;
    void *data = rt_tensor_list_add(g->list, g->prefix, name, RT_f64, whole ? s->dims.n : n > 1,
                                    whole ? s->dims.at : &n, (size_t)n * sizeof(double));
    const double *values = rt_state_plain(s, g->model->block) + place;
    if (data)
        memcpy(data, values, (size_t)n * sizeof *values);
    return data != NULL;
}

bool rt_weights_gather(const RtModel *m, const char *prefix, bool shared, RtTensorList *list)
{
    Gather g = {list, m, prefix};
    for (uint32_t i = 0; i < m->image->states.n; i++) {
        const ImgState *s = &m->image->states.at[i];
        if (!is_saved(s) || (s->shared && !shared))
            continue;
        void *data = rt_tensor_list_add(list, prefix, s->name, (RtDtype)s->dtype, s->dims.n,
                                        s->dims.at, rt_state_bytes(s));
        if (!data)
            return false;
        rt_state_get(s, m->block, data);
    }
    return (!m->signature->fitted && !m->scales) ||
           rt_fitted_visit(m, m->signature, add_fitted, &g);
}

RtStatus rt_weights_path_check(RtRun *run, const ImgInstance *m, const char *path)
{
    char built[128];
    RtFormat format = rt_format_of(path);
    if (format >= RT_N_FORMATS || rt_format_is_later(format))
        return rt_fail(&run->error, "weights are saved as %s, not as '%s'",
                       rt_formats_text(false, built, sizeof built), path);
    RtStatus status = *rt_format_library(format) ? rt_hdf5_check(path, &run->error) : RT_OK;
    return status == RT_OK ? rt_keras_model_check(run, m, path) : status;
}

static RtStatus file_make(RtRun *run, const RtModel *m, const char *path, RtWeightsFile **out)
{
    if (rt_weights_path_check(run, m->image, path) != RT_OK)
        return RT_ERROR;
    RtWeightsFile *f = calloc(1, sizeof *f);
    if (!f)
        return rt_fail(&run->error, "not enough memory to save '%s'", m->image->name);
    *f = (RtWeightsFile){.path = rt_text_copy(path),
                         .text = rt_saved_text(m),
                         .model = m->image,
                         .mode = run->image->mode,
                         .compiler = run->image->compiler};
    snprintf(f->seed, sizeof f->seed, "%llu", (unsigned long long)rt_run_seed(run, m));
    bool whole = rt_format_holds_model(rt_format_of(path));
    f->keras = whole ? rt_keras_model_make(run, m, rt_format_of(path)) : NULL;
    if (f->path && f->text && (!whole || f->keras) && rt_weights_gather(m, "", true, &f->tensors)) {
        *out = f;
        return RT_OK;
    }
    rt_weights_file_free(f);
    return rt_fail(&run->error, "not enough memory to save '%s'", m->image->name);
}

RtStatus rt_weights_save(RtRun *run, const RtModel *m, const char *path)
{
    RtWeightsFile *f;
    RtStatus status = file_make(run, m, path, &f);
    if (status != RT_OK)
        return status;
    status = rt_weights_file_write(f, &run->error);
    rt_weights_file_free(f);
    if (status == RT_OK)
        rt_keras_model_tell(run, m, path);
    return status;
}

RtStatus rt_weights_start(RtRun *run, const RtModel *m, const char *path, RtBackground *writer)
{
    RtWeightsFile *f;
    RtStatus status = file_make(run, m, path, &f);
    return status == RT_OK
               ? rt_background_start(
                     writer, (RtJob){rt_weights_file_write, rt_weights_file_free, f, run->reserve},
                     &run->error)
               : status;
}

/* ---- what differs ---- */

typedef struct Differences {
    char rows[MOST_DIFFERENCES][3][ROW];
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

/* Cut to what fits; of a long name the end stays. */
static void differ(Differences *d, const char *name, const char *model, const char *file)
{
    enum { MOST = 44 };
    if (d->count++ >= MOST_DIFFERENCES)
        return;
    char(*row)[ROW] = d->rows[d->count - 1];
    bool is_long = rt_shown_columns(name) > MOST;
    size_t end = is_long ? rt_shown_tail(name, MOST - 3) : strlen(name);
    rt_show(row[0], ROW, "%s%s", is_long ? "..." : "", name + strlen(name) - end);
    rt_shown_cut(model, 40, row[1], ROW);
    rt_shown_cut(file, 40, row[2], ROW);
}

static int longest(const Differences *d, int column, int least)
{
    for (uint32_t i = 0; i < d->count && i < MOST_DIFFERENCES; i++)
        if (rt_shown_columns(d->rows[i][column]) > least)
            least = rt_shown_columns(d->rows[i][column]);
    return least;
}

/* The table behind a sentence; what: of what its lines are. */
static RtStatus fail_table(RtRun *run, const Differences *d, const char *path, const char *sentence,
                           const char *model, const char *what)
{
    int name = longest(d, 0, 24), own = longest(d, 1, 20);
    RtStatus status = rt_fail(&run->error, "'%.120s' %s '%.60s':\n  %-*s %-*s file", path, sentence,
                              model, name, what, own, "model");
    for (uint32_t i = 0; i < d->count && i < MOST_DIFFERENCES; i++)
        rt_fail_more(&run->error, "\n  %-*s %-*s %s", name, d->rows[i][0], own, d->rows[i][1],
                     d->rows[i][2]);
    if (d->count > MOST_DIFFERENCES)
        rt_fail_more(&run->error, "\n  ...");
    return status;
}

/* ---- the checks ---- */

typedef struct Loading {
    RtRun *run;
    RtModel *m;
    const char *path;
    const RtTensorFile *file;
    RtKerasView view; /* that file, where it is Keras's */
    RtSaved saved;
} Loading;

/* With TensorFlow Keras counts in 64 bits. */
static bool is_wider_count(const ImgState *s, const RtTensor *t)
{
    return s->dtype == RT_i32 && t->dtype == RT_i64;
}

static void compare(Differences *d, const ImgState *s, const RtTensor *t)
{
    char model[96], file[96] = "missing";
    bool same =
        t && ((uint32_t)t->dtype == s->dtype || is_wider_count(s, t)) && t->rank == s->dims.n;
    for (uint32_t i = 0; same && i < t->rank; i++)
        same = t->dims[i] == s->dims.at[i];
    if (same)
        return;
    shape_text(model, sizeof model, (RtDtype)s->dtype, s->dims.n, s->dims.at);
    if (t)
        shape_text(file, sizeof file, t->dtype, t->rank, t->dims);
    differ(d, s->name, model, file);
}

/* What load_model made has in its layers what was preprocessing in the program that saved the file. */
static bool is_bare(const Loading *l)
{
    return *l->m->image->file && l->view.tensors;
}

/* What is in the file besides weights. */
static bool is_extra(const Loading *l, const char *name)
{
    bool is_fitted = !strncmp(name, "fitted/", 7);
    return (is_fitted && l->view.made.n) ||
           ((l->saved.is_there || is_bare(l)) && (is_fitted || !strcmp(name, RT_SAVED_ARRAY)));
}

/* Tensors of the file that the model has no state for. */
static RtStatus find_others(const Loading *l, Differences *d)
{
    const ImgInstance *m = l->m->image;
    RtNames names = {0, NULL};
    RtNamePlace *room = NULL;
    RtNameIndex index;
    RtStatus status = RT_OK;
    for (uint32_t i = 0; i < m->states.n && status == RT_OK; i++)
        status = rt_names_add(&names, m->states.at[i].name, &l->run->error);
    if (status == RT_OK)
        status = rt_names_index(&names, &room, &index, &l->run->error);
    for (uint32_t i = 0; i < l->file->n && status == RT_OK; i++) {
        const RtTensor *t = &l->file->tensors[i];
        int64_t state = rt_name_index_find(&index, t->name);
        char text[96];
        if ((state >= 0 && is_saved(&m->states.at[state])) || is_extra(l, t->name))
            continue;
        shape_text(text, sizeof text, t->dtype, t->rank, t->dims);
        differ(d, t->name, "not there", text);
    }
    free(room);
    rt_names_free(&names);
    return status;
}

static RtStatus check_weights(const Loading *l)
{
    Differences d = {.count = 0};
    const ImgInstance *m = l->m->image;
    for (uint32_t i = 0; i < m->states.n; i++)
        if (is_saved(&m->states.at[i]))
            compare(&d, &m->states.at[i], rt_tensors_find(l->file, m->states.at[i].name));
    RtStatus status = find_others(l, &d);
    if (status != RT_OK)
        return status;
    return d.count ? fail_table(l->run, &d, l->path, "holds the weights of another model than",
                                m->name, "weight")
                   : RT_OK;
}

/* Fitted values belong to places in the list of transforms. */
static RtStatus check_transforms(const Loading *l)
{
    const char *own = l->m->signature->image->transforms;
    bool fitted = rt_saved_is_fitted(l->file) || rt_model_has_fitted(l->m);
    if (!fitted || !strcmp(own, l->saved.transforms))
        return RT_OK;
    RtStatus status =
        rt_fail(&l->run->error, "'%.120s' was made with other transforms than '%s' has:", l->path,
                l->m->image->name);
    rt_fail_more(&l->run->error, "\n  model  %.300s", own);
    rt_fail_more(&l->run->error, "\n  file   %.300s", l->saved.transforms);
    return status;
}

static void plan_text(const RtPlanColumn *c, char *buf, size_t size)
{
    const char *kind = c->kind == RT_COLUMN_texts ? "texts" : "numbers";
    if (c->texts.n)
        snprintf(buf, size, "%s, %u values", kind, c->texts.n);
    else
        snprintf(buf, size, "%s", kind);
}

/* What the columns hold. With other values than the model has, the file's are taken, if they are as many. */
static RtStatus check_plan(Loading *l)
{
    Differences d = {.count = 0};
    char model[64], file[64];
    const RtSignature *own = l->m->signature;
    RtPlan *plan = &l->saved.signature.plan;
    if (!own->plan.n)
        return RT_OK;
    if (plan->n != own->plan.n)
        return rt_fail(&l->run->error, "'%.120s' does not say what its columns hold", l->path);
    RtStatus status = rt_plan_join(plan, &own->plan, &l->saved.signature.columns, &l->run->error);
    for (uint32_t i = 0; i < plan->n && status == RT_OK; i++) {
        const RtPlanColumn *c = &plan->at[i], *mine = &own->plan.at[c->like];
        bool kinds = mine->kind == c->kind || mine->kind == RT_COLUMN_unknown;
        if (kinds && (mine->texts.n ? c->texts.n == mine->texts.n : c->texts.n <= c->n_slots))
            continue;
        plan_text(mine, model, sizeof model);
        plan_text(c, file, sizeof file);
        differ(&d, c->name, model, file);
    }
    return d.count ? fail_table(l->run, &d, l->path, "was made for columns with other values than",
                                l->m->image->name, "column")
                   : status;
}

static RtStatus check_columns(Loading *l)
{
    Differences d = {.count = 0};
    const RtSignature *own = l->m->signature, *file = &l->saved.signature;
    if (!own->known || !file->known || !own->by_name || !file->by_name)
        return own->known && file->known && rt_signature_row(own) != rt_signature_row(file)
                   ? rt_fail(&l->run->error,
                             "'%.120s' was made for %lld values per row, '%s' takes %lld", l->path,
                             (long long)rt_signature_row(file), l->m->image->name,
                             (long long)rt_signature_row(own))
                   : RT_OK;
    RtNamePlace *own_room = NULL, *file_room = NULL;
    RtNameIndex own_names, file_names;
    RtStatus status = rt_names_index(&own->columns, &own_room, &own_names, &l->run->error);
    if (status == RT_OK)
        status = rt_names_index(&file->columns, &file_room, &file_names, &l->run->error);
    for (uint32_t i = 0; i < own->columns.n && status == RT_OK; i++)
        if (rt_name_index_find(&file_names, own->columns.at[i]) < 0)
            differ(&d, own->columns.at[i], "there", "missing");
    for (uint32_t i = 0; i < file->columns.n && status == RT_OK; i++)
        if (rt_name_index_find(&own_names, file->columns.at[i]) < 0)
            differ(&d, file->columns.at[i], "missing", "there");
    free(own_room);
    free(file_room);
    if (status != RT_OK)
        return status;
    return d.count ? fail_table(l->run, &d, l->path, "was made for other columns than",
                                l->m->image->name, "column")
                   : check_plan(l);
}

static RtStatus check_classes(const Loading *l)
{
    Differences d = {.count = 0};
    const RtNames *own = &l->m->class_names, *file = &l->saved.class_names;
    char number[32];
    for (uint32_t i = 0; own->n && file->n && (i < own->n || i < file->n); i++) {
        const char *a = i < own->n ? own->at[i] : "missing",
                   *b = i < file->n ? file->at[i] : "missing";
        snprintf(number, sizeof number, "%u", i);
        if (strcmp(a, b) != 0)
            differ(&d, number, a, b);
    }
    return d.count ? fail_table(l->run, &d, l->path, "was made for other classes than",
                                l->m->image->name, "class")
                   : RT_OK;
}

/* Fitted values of the file's own columns must all be there. */
static bool find_fitted(void *cx, const char *name, const ImgState *s, int64_t place, int64_t n)
{
    Loading *l = cx;
    const RtTensor *t = rt_tensors_find(l->file, name);
    int64_t count = 1;
    (void)place;
    (void)s;
    for (uint32_t i = 0; t && i < t->rank; i++)
        count *= t->dims[i];
    if (t && t->dtype == RT_f64 && count == n)
        return true;
    (void)!rt_fail(&l->run->error, "'%.120s' lacks '%.120s' with %lld values of f64", l->path, name,
                   (long long)n);
    return false;
}

static RtStatus check_all(Loading *l)
{
    const char *mode = rt_tensors_meta(l->file, "mode");
    if (mode && strcmp(mode, l->run->image->mode) != 0)
        return rt_fail(&l->run->error,
                       "'%s' was made in numerics mode '%s', this program uses '%s'", l->path, mode,
                       l->run->image->mode);
    RtStatus status = check_weights(l);
    if (status != RT_OK || !l->saved.is_there)
        return status;
    status = check_transforms(l);
    if (status == RT_OK)
        status = check_columns(l);
    if (status == RT_OK)
        status = check_classes(l);
    if (status != RT_OK || !rt_saved_is_fitted(l->file))
        return status;
    status = rt_fail(&l->run->error, "not enough memory to load '%s'", l->path);
    return rt_fitted_visit(l->m, &l->saved.signature, find_fitted, l) ? RT_OK : status;
}

/* ---- taking over ---- */

static bool take_fitted(void *cx, const char *name, const ImgState *s, int64_t place, int64_t n)
{
    const Loading *l = cx;
    double *values = rt_state_plain(s, l->m->block) + place;
    memcpy(values, rt_tensors_find(l->file, name)->data, (size_t)n * sizeof *values);
    return true;
}

/* In another order they would be other values. */
static bool same_columns(const RtSignature *a, const RtSignature *b)
{
    bool same = a->columns.n == b->columns.n;
    for (uint32_t i = 0; same && i < a->columns.n; i++)
        same = !strcmp(a->columns.at[i], b->columns.at[i]);
    return same;
}

static RtStatus take_signature(Loading *l)
{
    RtSignature *own = l->m->signature, *file = &l->saved.signature;
    const char *own_digest = l->m->image->digest;
    if (strcmp(own_digest, l->saved.digest) != 0)
        rt_warn(l->run,
                "'%s' belongs to a model of another architecture than '%s', whose weights have the "
                "same "
                "names and shapes",
                l->path, l->m->image->name);
    if (l->saved.class_names.n) {
        rt_names_free(&l->m->class_names);
        l->m->class_names = l->saved.class_names;
        l->saved.class_names = (RtNames){0, NULL};
    }
    if (file->known) {
        file->image = own->image;
        file->takes_missing = own->takes_missing;
        file->fitted =
            own->fitted && same_columns(own, file) && rt_plan_same(&own->plan, &file->plan);
        rt_signature_free(own);
        *own = *file;
        memset(file, 0, sizeof *file);
    }
    return RT_OK;
}

/* A Keras file may have them without the rest: its first layers. */
static RtStatus take_fitted_values(Loading *l)
{
    RtSignature *own = l->m->signature;
    if (!rt_saved_is_fitted(l->file))
        return RT_OK;
    bool right = rt_fitted_visit(l->m, own, take_fitted, l);
    own->fitted = right && rt_model_has_fitted(l->m);
    l->m->scales = right && rt_model_has_scales(l->m);
    return right ? RT_OK : rt_fail(&l->run->error, "not enough memory to load '%s'", l->path);
}

static bool take_weight(const RtModel *m, const ImgState *s, const RtTensor *t)
{
    if (!is_wider_count(s, t)) {
        rt_state_set(s, m->block, t->data);
        return true;
    }
    size_t n = (size_t)rt_state_count(s), size = rt_dtype(t->dtype)->size;
    double *values = malloc((n ? n : 1) * sizeof *values);
    for (size_t i = 0; values && i < n; i++)
        values[i] = rt_element_get(t->dtype, (const char *)t->data + i * size);
    if (values)
        rt_state_set_f64(s, m->block, values);
    free(values);
    return values != NULL;
}

static RtStatus take_all(Loading *l)
{
    bool fine = true;
    const ImgInstance *m = l->m->image;
    RtSignature *own = l->m->signature;
    for (uint32_t i = 0; i < m->states.n; i++)
        if (is_saved(&m->states.at[i]))
            fine = take_weight(l->m, &m->states.at[i],
                               rt_tensors_find(l->file, m->states.at[i].name)) &&
                   fine;
    if (!fine)
        return rt_fail(&l->run->error, "not enough memory to load '%s'", l->path);
    RtStatus status = l->saved.is_there ? take_signature(l) : RT_OK;
    if (status == RT_OK && (l->saved.is_there || l->view.made.n))
        status = take_fitted_values(l);
    free(own->loaded_bare);
    own->loaded_bare = own->fitted ? NULL : rt_text_copy(l->path);
    return status;
}

/* Reads what the file says of its model, and compares. Where Keras's places stand for names, the model's names
 * take their place. */
static RtStatus look(Loading *l)
{
    RtStatus status = RT_OK;
    if (rt_keras_is(l->file)) {
        status = rt_keras_view(l->run, l->m, l->file, l->path, &l->view);
        l->file = &l->view.file;
    }
    if (status == RT_OK && !is_bare(l))
        status = rt_saved_read(l->file, l->path, &l->saved, &l->run->error);
    if (status == RT_OK)
        status = check_all(l);
    if (status == RT_OK)
        rt_keras_others_tell(&l->view.others, l->run, l->m, l->path);
    return status;
}

static void loading_free(Loading *l)
{
    rt_saved_free(&l->saved);
    rt_keras_view_free(&l->view);
}

RtStatus rt_weights_check(RtRun *run, RtModel *m, const RtTensorFile *file, const char *path)
{
    Loading l = {.run = run, .m = m, .path = path, .file = file};
    RtStatus status = look(&l);
    loading_free(&l);
    return status;
}

RtStatus rt_weights_take(RtRun *run, RtModel *m, const RtTensorFile *file, const char *path)
{
    Loading l = {.run = run, .m = m, .path = path, .file = file};
    RtStatus status = look(&l);
    if (status == RT_OK)
        status = take_all(&l);
    if (status == RT_OK)
        rt_keras_optimizer_take(run, m, &l.view, path);
    loading_free(&l);
    return status;
}

RtStatus rt_weights_load(RtRun *run, RtModel *m, const char *path)
{
    RtTensorFile *file = NULL;
    RtStatus status = rt_tensors_read(path, &file, &run->error);
    if (status == RT_OK)
        status = rt_weights_take_from(run, m, file, path);
    rt_tensors_close(file);
    return status;
}

RtStatus rt_weights_take_from(RtRun *run, RtModel *m, const RtTensorFile *file, const char *path)
{
    RtKeptView view;
    if (!rt_tensors_meta(file, RT_KEPT_KEY))
        return rt_weights_take(run, m, file, path);
    RtStatus status = rt_kept_view(run, m, file, path, &view);
    if (status == RT_OK)
        status = rt_weights_take(run, m, &view.file, path);
    rt_kept_view_free(&view);
    return status;
}
