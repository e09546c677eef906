/* embed.c: files of weights into the image of a program, checked by the code that loads them. */
#include "driver/embed.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "runtime/data/input.h"
#include "runtime/files/place.h"
#include "runtime/train/models.h"
#include "runtime/train/saved.h"
#include "runtime/train/weights.h"

struct Embedded {
    const char *model; /* NULL: the only one */
    const char *path;
    unsigned char *bytes;
    size_t size;
    RtTensorFile *file;
    RtSaved saved;
};

/* ---- reading ---- */

/* FILE, or MODEL=FILE; a file may have a name with '='. */
static void split(Session *s, const char *text, Embedded *e)
{
    const char *equal = strchr(text, '=');
    e->path = text;
    if (!equal || access(text, F_OK) == 0)
        return;
    e->model = arena_strndup(s->arena, text, (size_t)(equal - text));
    e->path = equal + 1;
}

static RtStatus read_file(Embedded *e, RtError *error)
{
    RtInput *in;
    RtStatus status = rt_input_open(e->path, &in, error);
    if (status != RT_OK)
        return status;
    status = rt_input_all(in, rt_tensors_start, &e->bytes, &e->size, error);
    rt_input_close(in);
    if (status == RT_OK)
        status = rt_tensors_parse(e->bytes, e->size, e->path, &e->file, error);
    return status == RT_OK ? rt_saved_read(e->file, e->path, &e->saved, error) : status;
}

bool embed_has_hdf5(const Session *s)
{
    bool has = false;
    for (size_t i = 0; i < s->n_embedded; i++)
        has = has || rt_tensors_meta(s->embedded[i].file, RT_HDF5_KEY);
    return has;
}

bool embed_open(Session *s)
{
    size_t n = s->options->embed.n;
    RtError error;
    s->embedded = ARENA_ARRAY(s->arena, Embedded, n + 1);
    memset(s->embedded, 0, (n + 1) * sizeof *s->embedded);
    for (size_t i = 0; i < n; i++) {
        Embedded *e = &s->embedded[s->n_embedded++];
        split(s, s->options->embed.at[i], e);
        const char *output = s->options->output;
        RtStatus status =
            output && rt_same_file(e->path, output)
                ? rt_fail(&error, "the result would replace the weights that it holds: '%s'",
                          output)
                : read_file(e, &error);
        if (status == RT_OK)
            continue;
        report_failure(s, &error);
        return false;
    }
    return true;
}

void embed_close(Session *s)
{
    for (size_t i = 0; i < s->n_embedded; i++) {
        free(s->embedded[i].bytes);
        rt_tensors_close(s->embedded[i].file);
        rt_saved_free(&s->embedded[i].saved);
    }
}

/* ---- facts ---- */

static bool same_names(const RtNames *a, const RtNames *b)
{
    bool same = a->n == b->n;
    for (uint32_t i = 0; same && i < a->n; i++)
        same = !strcmp(a->at[i], b->at[i]);
    return same;
}

/* What all files agree on; NULL: they do not, or know nothing. */
static const RtSaved *common(const Session *s)
{
    const RtSaved *first = s->n_embedded ? &s->embedded[0].saved : NULL;
    bool same = first && first->is_there && first->signature.known;
    for (size_t i = 1; same && i < s->n_embedded; i++) {
        const RtSaved *other = &s->embedded[i].saved;
        same = other->is_there &&
               same_names(&first->signature.columns, &other->signature.columns) &&
               same_names(&first->class_names, &other->class_names) &&
               first->signature.rank == other->signature.rank &&
               !memcmp(first->signature.dims, other->signature.dims,
                       first->signature.rank * sizeof *first->signature.dims);
    }
    return same ? first : NULL;
}

static const char *const *kept(Arena *arena, const RtNames *names)
{
    const char **out = ARENA_ARRAY(arena, const char *, names->n + 1);
    for (uint32_t i = 0; i < names->n; i++)
        out[i] = arena_strdup(arena, names->at[i]);
    return out;
}

/* What its columns hold. */
static const ColumnFacts *told(Arena *arena, const RtPlan *plan)
{
    ColumnFacts *out = ARENA_ARRAY(arena, ColumnFacts, plan->n + 1);
    for (uint32_t i = 0; i < plan->n; i++) {
        const RtTexts *texts = &plan->at[i].texts;
        const char **names = ARENA_ARRAY(arena, const char *, texts->n + 1);
        for (uint32_t k = 0; k < texts->n; k++)
            names[k] = arena_strdup(arena, rt_texts_at(texts, k));
        out[i] = (ColumnFacts){
            .place = i, .kind = plan->at[i].kind, .few = "", .n_texts = texts->n, .texts = names};
    }
    return out;
}

void embed_facts(const Session *s, DataFacts *facts)
{
    const RtSaved *from = common(s);
    if (!from)
        return;
    const RtSignature *g = &from->signature;
    facts->have = facts->from_weights = true;
    facts->x_dtype = g->columns.n ? RT_f32 : g->dtype;
    facts->x_rank = g->rank;
    memcpy(facts->x_dims, g->dims, g->rank * sizeof *g->dims);
    facts->n_columns = g->columns.n;
    facts->columns = kept(s->arena, &g->columns);
    facts->told = g->plan.n == g->columns.n ? told(s->arena, &g->plan) : NULL;
    facts->by_name = g->by_name;
    facts->delimiter = g->delimiter;
    facts->n_class_names = from->class_names.n;
    facts->class_names = kept(s->arena, &from->class_names);
    facts->classes = from->class_names.n;
    facts->numbers = rt_numbers_none();
    for (int64_t i = 0; i < facts->classes; i++)
        rt_numbers_add(&facts->numbers, (double)i);
    facts->y_dtype = facts->classes ? RT_i32 : RT_f32;
}

/* ---- into the image ---- */

static ImgInstance *find_model(Session *s, ImgProgram *image, const Embedded *e)
{
    const char *names = "";
    for (uint32_t i = 0; i < image->instances.n; i++) {
        ImgInstance *m = &image->instances.at[i];
        if (e->model ? !strcmp(m->name, e->model) : image->instances.n == 1)
            return m;
        names = arena_printf(s->arena, "%s%s'%s'", names, i ? ", " : "", m->name);
    }
    report(s, e->model ? arena_shown(s->arena,
                                     "--embed-weights: there is no model '%s'; the program has %s",
                                     e->model, *names ? names : "none")
                       : arena_shown(s->arena,
                                     "--embed-weights: write MODEL=%s, where MODEL is one of %s",
                                     e->path, *names ? names : "none"));
    return NULL;
}

/* As the trainer will check it. */
static bool fits(Session *s, const ImgProgram *image, const ImgInstance *m, const Embedded *e)
{
    RtRun run = {.image = image, .out = stdout};
    RtSignature signature = {.image = NULL};
    RtModel model = {.image = m, .signature = &signature};
    RtStatus status =
        rt_signature_start(&signature, image, &image->signatures.at[m->signature], &run.error);
    if (status == RT_OK)
        status = rt_model_name_classes(&model, &run.error);
    if (status == RT_OK)
        status = rt_weights_check(&run, &model, e->file, e->path);
    rt_signature_free(&signature);
    rt_names_free(&model.class_names);
    if (status != RT_OK)
        report_failure(s, &run.error);
    return status == RT_OK;
}

bool embed_put(Session *s, ImgProgram *image)
{
    for (size_t i = 0; i < s->n_embedded; i++) {
        const Embedded *e = &s->embedded[i];
        ImgInstance *m = find_model(s, image, e);
        if (!m || !fits(s, image, m, e))
            return false;
        if (e->size > UINT32_MAX) {
            report(s,
                   arena_shown(s->arena, "'%s' is too large to become part of a program", e->path));
            return false;
        }
        m->weights = (Img_BYTES){(uint32_t)e->size, e->bytes};
        m->weights_name = e->path;
    }
    return true;
}
