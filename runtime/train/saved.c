/* saved.c: the JSON text beside the tensors of a model, both ways, and the names of fitted values. */
#include "runtime/train/saved.h"

#include <stdlib.h>
#include <string.h>

#include "runtime/files/json.h"
#include "runtime/files/keras/archive.h"
#include "runtime/files/text.h"
#include "runtime/train/state.h"

/* ---- writing ---- */

static void put_key(FILE *out, const char *key, bool first)
{
    fputs(first ? "{" : ",", out);
    (void)rt_put_json_string(out, key);
    fputc(':', out);
}

static void put_names(FILE *out, const RtNames *names)
{
    fputc('[', out);
    for (uint32_t i = 0; i < names->n; i++) {
        fputs(i ? "," : "", out);
        (void)rt_put_json_string(out, names->at[i]);
    }
    fputc(']', out);
}

/* What each column holds, and what its values are numbered by: [["texts","female","male"],["numbers"]] */
static void put_plan(FILE *out, const RtPlan *plan)
{
    put_key(out, "values", false);
    for (uint32_t i = 0; i < plan->n; i++) {
        const RtPlanColumn *c = &plan->at[i];
        fputs(i ? ",[" : "[[", out);
        (void)rt_put_json_string(out, c->kind == RT_COLUMN_texts ? "texts" : "numbers");
        for (uint32_t k = 0; k < c->texts.n; k++) {
            fputc(',', out);
            (void)rt_put_json_string(out, rt_texts_at(&c->texts, k));
        }
        fputc(']', out);
    }
    fputc(']', out);
}

char *rt_saved_text(const RtModel *m)
{
    char *text = NULL, delimiter[2] = {m->signature->delimiter, 0};
    size_t size;
    const RtSignature *s = m->signature;
    FILE *out = open_memstream(&text, &size);
    if (!out)
        return NULL;
    put_key(out, "digest", true);
    (void)rt_put_json_string(out, m->image->digest);
    put_key(out, "transforms", false);
    (void)rt_put_json_string(out, s->image->transforms);
    put_key(out, "classes", false);
    put_names(out, &m->class_names);
    put_key(out, "columns", false);
    put_names(out, &s->columns);
    if (s->plan.n)
        put_plan(out, &s->plan);
    put_key(out, "header", false);
    fputs(s->by_name ? "true" : "false", out);
    put_key(out, "delimiter", false);
    (void)rt_put_json_string(out, delimiter);
    put_key(out, "type", false);
    (void)rt_put_json_string(out, rt_dtype(s->dtype)->name);
    put_key(out, "shape", false);
    for (uint32_t i = 0; i < s->rank; i++)
        fprintf(out, "%s%lld", i ? "," : "[", (long long)s->dims[i]);
    fputs(s->rank ? "]}" : "[]}", out);
    if (fclose(out) == 0)
        return text;
    free(text);
    return NULL;
}

/* ---- reading ---- */

static RtStatus read_shape(RtJson *r, RtSignature *s)
{
    uint64_t size;
    int64_t count;
    if (!rt_json_take(r, '['))
        return rt_json_fail(r, "'['");
    for (s->rank = 0; !rt_json_take(r, ']'); s->rank++) {
        if ((s->rank && !rt_json_take(r, ',')) || s->rank == RT_MAX_RANK)
            return rt_json_fail(r, "']'");
        RtStatus status = rt_json_number(r, &size);
        if (status != RT_OK)
            return status;
        s->dims[s->rank] = (int64_t)size;
    }
    return rt_elements(s->dims, s->rank, &count) ? RT_OK
                                                 : rt_json_fail(r, "behind a smaller shape");
}

/* The values of one column, behind its kind. */
static RtStatus read_column(RtJson *r, RtPlanColumn *c)
{
    RtNames list = {0, NULL};
    RtStatus status = rt_json_strings(r, &list);
    bool texts = list.n && !strcmp(list.at[0], "texts");
    c->kind = texts ? RT_COLUMN_texts : RT_COLUMN_numbers;
    if (status == RT_OK && !texts && (!list.n || strcmp(list.at[0], "numbers") != 0))
        status = rt_json_fail(r, "behind the kind of a column");
    if (status == RT_OK)
        status = rt_plan_values(c, list.n - 1, (const char *const *)list.at + 1, r->error);
    rt_names_free(&list);
    return status;
}

static RtStatus read_plan(RtJson *r, RtPlan *plan)
{
    RtStatus status = RT_OK;
    size_t cap = 0;
    if (!rt_json_take(r, '['))
        return rt_json_fail(r, "'['");
    while (status == RT_OK && !rt_json_take(r, ']')) {
        if (plan->n && !rt_json_take(r, ','))
            return rt_json_fail(r, "',' or ']'");
        if (plan->n == cap) {
            cap = 2 * cap + 16;
            RtPlanColumn *at = realloc(plan->at, cap * sizeof *at);
            if (!at)
                return rt_fail(r->error, "not enough memory to read '%s'", r->path);
            plan->at = at;
        }
        memset(&plan->at[plan->n], 0, sizeof *plan->at);
        status = read_column(r, &plan->at[plan->n++]);
    }
    return status;
}

static RtStatus read_bool(RtJson *r, bool *out)
{
    const char *word = rt_json_take(r, 't') ? "rue" : rt_json_take(r, 'f') ? "alse" : NULL;
    if (!word)
        return rt_json_fail(r, "true or false");
    *out = *word == 'r';
    for (; *word; word++)
        if (r->at >= r->stop || *r->at++ != (unsigned char)*word)
            return rt_json_fail(r, "true or false");
    return RT_OK;
}

static RtStatus read_text(RtJson *r, char **out)
{
    free(*out);
    *out = NULL;
    return rt_json_string(r, out);
}

static RtStatus read_value(RtJson *r, const char *key, RtSaved *s)
{
    char *text = NULL;
    RtStatus status;
    if (!strcmp(key, "digest"))
        return read_text(r, &s->digest);
    if (!strcmp(key, "transforms"))
        return read_text(r, &s->transforms);
    if (!strcmp(key, "classes"))
        return rt_json_strings(r, &s->class_names);
    if (!strcmp(key, "columns"))
        return rt_json_strings(r, &s->signature.columns);
    if (!strcmp(key, "values"))
        return read_plan(r, &s->signature.plan);
    if (!strcmp(key, "header"))
        return read_bool(r, &s->signature.by_name);
    if (!strcmp(key, "shape"))
        return read_shape(r, &s->signature);
    if (strcmp(key, "delimiter") && strcmp(key, "type"))
        return rt_json_fail(r, "the value of a known key");
    status = rt_json_string(r, &text);
    if (status == RT_OK && !strcmp(key, "delimiter"))
        s->signature.delimiter = *text;
    for (int i = 0; status == RT_OK && !strcmp(key, "type") && i < RT_N_DTYPES; i++)
        if (!strcmp(rt_dtype((RtDtype)i)->name, text))
            s->signature.dtype = (RtDtype)i;
    free(text);
    return status;
}

static RtStatus read_pair(RtJson *r, RtNames *keys, RtSaved *s)
{
    char *key;
    RtStatus status = rt_json_string(r, &key);
    if (status != RT_OK)
        return status;
    if (rt_names_find(keys, key) >= 0)
        status = rt_fail(r->error, "'%s' has %s: '%s' is there twice", r->path, r->what, key);
    else
        status = rt_names_add(keys, key, r->error);
    if (status == RT_OK)
        status = rt_json_take(r, ':') ? read_value(r, key, s) : rt_json_fail(r, "':'");
    free(key);
    return status;
}

static RtStatus read_object(RtJson *r, RtSaved *s)
{
    RtNames keys = {0, NULL};
    RtStatus status = RT_OK;
    if (!rt_json_take(r, '{'))
        return rt_json_fail(r, "'{'");
    while (status == RT_OK && !rt_json_take(r, '}'))
        status = keys.n && !rt_json_take(r, ',') ? rt_json_fail(r, "',' or '}'")
                                                 : read_pair(r, &keys, s);
    rt_names_free(&keys);
    if (status != RT_OK)
        return status;
    return rt_json_is_end(r) ? RT_OK : rt_json_fail(r, "the end");
}

/* A model without columns and shape knew no files. */
static RtStatus complete(RtSaved *s, const char *path, RtError *error)
{
    RtSignature *g = &s->signature;
    if (!s->digest || !s->transforms)
        return rt_fail(error, "'%s' has a damaged description of its model: a part is missing",
                       path);
    g->known = g->columns.n || g->rank;
    if (!g->delimiter)
        g->delimiter = ',';
    return RT_OK;
}

RtStatus rt_saved_read(const RtTensorFile *file, const char *path, RtSaved *out, RtError *error)
{
    const char *text = rt_tensors_meta(file, RT_SAVED_KEY);
    const RtTensor *array = rt_tensors_find(file, RT_SAVED_ARRAY);
    text = text ? text : rt_tensors_meta(file, RT_KERAS_SAVED);
    size_t size = text ? strlen(text) : 0;
    memset(out, 0, sizeof *out);
    if (!text && array && array->dtype == RT_u8 && array->rank == 1) {
        text = array->data;
        size = (size_t)array->dims[0];
    }
    if (!text)
        return RT_OK;
    const unsigned char *start = (const unsigned char *)text;
    RtJson r = {.path = path,
                .what = "a damaged description of its model",
                .start = start,
                .at = start,
                .stop = start + size,
                .error = error};
    out->is_there = true;
    RtStatus status = read_object(&r, out);
    return status == RT_OK ? complete(out, path, error) : status;
}

void rt_saved_free(RtSaved *s)
{
    free(s->digest);
    free(s->transforms);
    rt_signature_free(&s->signature);
    rt_names_free(&s->class_names);
    memset(s, 0, sizeof *s);
}

/* ---- fitted values ---- */

bool rt_saved_is_fitted(const RtTensorFile *file)
{
    for (uint32_t i = 0; i < file->n; i++)
        if (!strncmp(file->tensors[i].name, "fitted/", 7))
            return true;
    return false;
}

/* "2/age" looks like the name "age" with the number of a transform in front. */
static bool looks_numbered(const char *column)
{
    size_t digits = strspn(column, "0123456789");
    return digits && column[digits] == '/';
}

/* "fitted/age/mean". Behind the first fitted transform, and where else it could not be told apart, the
 * number of the transform stands in front: "fitted/2/age/mean". In malloc memory; NULL: there is none. */
static char *fitted_name(uint32_t nth, const char *column, const char *kind)
{
    size_t size = strlen(column) + strlen(kind) + 32;
    char *name = malloc(size), number[16] = "";
    if (nth || looks_numbered(column))
        snprintf(number, sizeof number, "%u/", nth + 1);
    if (name)
        snprintf(name, size, "fitted/%s%s/%s", number, column, kind);
    return name;
}

static bool visit_column(const ImgState *s, uint32_t nth, const char *kind, const char *column,
                         int64_t place, int64_t n, RtFittedVisit *visit, void *cx)
{
    char *name = fitted_name(nth, column, kind);
    bool right = name && visit(cx, name, s, place, n);
    free(name);
    return right;
}

static bool visit_state(const ImgState *s, uint32_t nth, const char *kind, const RtNames *columns,
                        RtFittedVisit *visit, void *cx)
{
    int64_t n = rt_state_count(s);
    if (!columns->n || columns->n != n)
        return visit_column(s, nth, kind, "inputs", 0, n, visit, cx);
    for (uint32_t c = 0; c < columns->n; c++)
        if (!visit_column(s, nth, kind, columns->at[c], c, 1, visit, cx))
            return false;
    return true;
}

/* Of columns(...): each column has values of its own. */
typedef struct CellsVisit {
    const ImgState *s;
    const RtStage *columns;
    RtFittedVisit *visit;
    void *cx;
} CellsVisit;

static bool visit_cells(void *cx, uint32_t c, const RtStage *s, uint32_t k, int64_t at, int64_t n)
{
    const CellsVisit *v = cx;
    uint32_t nth = 0;
    for (const RtStage *before = v->columns->cells[c].chain.at; before < s; before++)
        nth += before->id == s->id;
    return visit_column(v->s, nth, rt_transform_row(s->id)->fitted[k], v->columns->plan->at[c].name,
                        at, n, v->visit, v->cx);
}

static bool is_of_columns(const ImgState *s)
{
    return !strcmp(s->fitted, rt_transform_row(RT_TRANSFORM_columns)->fitted[0]);
}

static bool visit_columns(const ImgState *s, const RtPlan *plan, RtFittedVisit *visit, void *cx)
{
    RtStage columns;
    RtError unused;
    CellsVisit v = {s, &columns, visit, cx};
    bool right = rt_cells_open(plan, &columns, &unused) == RT_OK &&
                 columns.n_fitted == rt_state_count(s) && rt_cells_visit(&columns, visit_cells, &v);
    rt_cells_close(&columns);
    return right;
}

bool rt_fitted_visit(const RtModel *m, const RtSignature *signature, RtFittedVisit *visit, void *cx)
{
    const RtNames *columns = &signature->columns;
    uint32_t nth = 0, stage = IMG_NONE;
    for (uint32_t i = 0; i < m->image->states.n; i++) {
        const ImgState *s = &m->image->states.at[i];
        if (rt_state_role(s)->saved != SAVED_columns)
            continue;
        nth += stage != IMG_NONE && s->stage != stage;
        stage = s->stage;
        bool cells = is_of_columns(s);
        if (rt_is_of_targets(s)) {
            if (!visit_column(s, s->stage - RT_TARGET_STAGES, s->fitted, "targets", 0,
                              rt_state_count(s), visit, cx))
                return false;
            continue;
        }
        if (cells ? !visit_columns(s, &signature->plan, visit, cx)
                  : !visit_state(s, nth, s->fitted, columns, visit, cx))
            return false;
    }
    return true;
}
