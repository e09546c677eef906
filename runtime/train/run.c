/* run.c: opening and closing a run, its results, data sets and paths. */
#include "runtime/train/run.h"

#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "runtime/abi/shown.h"
#include "runtime/data/memory.h"
#include "runtime/train/branches.h"
#include "runtime/train/models.h"
#include "runtime/train/rows.h"
#include "runtime/train/state.h"

uint64_t rt_run_seed(const RtRun *run, const RtModel *m)
{
    if (m && m->image->seed != IMG_NONE)
        return (uint64_t)run->seeds[m->image->seed];
    if (run->settings->has_seed)
        return (uint64_t)run->settings->seed;
    return run->image->seed != IMG_NONE ? (uint64_t)run->seeds[run->image->seed] : 0;
}

static int default_threads(void)
{
    int n = rt_processors();
    return n > 16 ? 16 : n;
}

/* Options may give seeds, so they are numbers only now. */
static RtStatus fill_seeds(RtRun *run)
{
    RtExprCx cx = {run->image, NULL, 0, run, rt_run_option, NULL, NULL, NULL};
    for (uint32_t i = 0; i < run->image->seeds.n; i++) {
        const char *why = NULL;
        RtValue v = rt_expr_value(&cx, run->image->seeds.at[i], &why);
        bool fits = v.kind == VALUE_number && fabs(v.number) < 9223372036854775808.0 &&
                    v.number == floor(v.number);
        run->seeds[i] = v.is_whole ? v.whole : fits ? (int64_t)v.number : 0;
        rt_value_free(&v);
        if (why || !(fits || v.is_whole))
            return rt_fail(&run->error, "a seed must be a 64-bit integer: %s",
                           why ? why : "this one is none");
    }
    return RT_OK;
}

/* The defaults of the program's options; the command line has overwritten those it named. */
static RtStatus fill_options(RtRun *run)
{
    for (uint32_t i = 0; i < run->image->options.n; i++) {
        if (run->options[i].kind != VALUE_none)
            continue;
        RtStatus status = rt_run_value(run, run->image->options.at[i].value, &run->options[i]);
        if (status != RT_OK)
            return status;
    }
    return RT_OK;
}

/* Before a training, not after it. */
static RtStatus check_out_dir(RtRun *run)
{
    char *inside = rt_run_out_path(run, ".");
    RtStatus status = inside ? RT_OK : RT_ERROR;
    if (inside && access(inside, W_OK | X_OK) != 0)
        status = rt_fail(&run->error, "cannot write into the folder '%s': %s",
                         run->settings->out_dir, strerror(errno));
    free(inside);
    return status;
}

RtStatus rt_run_open(RtRun *run, const NnlProgram *program, const ImgProgram *image,
                     const RtSettings *settings, RtReadings *readings, FILE *out)
{
    run->program = program;
    run->image = image;
    run->settings = settings;
    run->out = out;
    run->place = IMG_NONE;
    if (settings->max_memory)
        rt_memory_set_limit(settings->max_memory);
    if (settings->out_dir && check_out_dir(run) != RT_OK)
        return RT_ERROR;
    int threads = settings->threads ? settings->threads : default_threads();
    run->pool = rt_pool_open(threads);
    if (!run->pool && !settings->threads) /* nobody asked for so many */
        run->pool = rt_pool_open(1);
    if (!run->pool)
        return rt_fail(&run->error, "cannot start %d threads: %s", threads, strerror(errno));
    bool chooses =
        settings->threads || rt_pool_choose(run->pool, program->entries, program->n_entries);
    run->own_readings = !readings;
    run->readings = readings ? readings : rt_readings_open();
    run->models = calloc(image->instances.n + 1, sizeof *run->models);
    run->signatures = calloc(image->signatures.n + 1, sizeof *run->signatures);
    run->data = calloc(image->data.n + 1, sizeof *run->data);
    run->results = calloc(image->results.n + 1, sizeof *run->results);
    run->seeds = calloc(image->seeds.n + (size_t)1, sizeof *run->seeds);
    if (!chooses || !run->readings || !run->models || !run->signatures || !run->data ||
        !run->results || !run->seeds)
        return rt_fail(&run->error, "not enough memory to start");
    RtStatus status = fill_options(run);
    if (status == RT_OK)
        status = fill_seeds(run);
    for (uint32_t i = 0; i < image->signatures.n && status == RT_OK; i++)
        status =
            rt_signature_start(&run->signatures[i], image, &image->signatures.at[i], &run->error);
    return status == RT_OK ? rt_run_open_models(run) : status;
}

static void free_result(RtResult *r)
{
    for (uint32_t i = 0; i < r->n; i++) {
        free(r->keys[i]);
        rt_value_free(&r->values[i]);
    }
    free(r->keys);
    free(r->values);
}

void rt_run_close_results(RtRun *run)
{
    for (uint32_t i = 0; run->results && i < run->image->results.n; i++)
        free_result(&run->results[i]);
    free(run->results);
    free(run->told);
}

void rt_run_close(RtRun *run)
{
    rt_run_close_models(run);
    for (uint32_t i = 0; run->data && i < run->image->data.n; i++)
        rt_run_forget_data(&run->data[i]);
    rt_run_close_results(run);
    if (run->own_readings)
        rt_readings_close(run->readings);
    free(run->data);
    free(run->seeds);
    free(run->reserve);
    rt_pool_close(run->pool);
}

void rt_warn(const RtRun *run, const char *format, ...)
{
    va_list list;
    FILE *to = run->warnings ? run->warnings : stderr;
    if (!run->warnings)
        fflush(run->out);
    rt_print(to, "%s: warning: ", run->image->name);
    va_start(list, format);
    rt_vprint(to, format, list);
    va_end(list);
    fputc('\n', to);
}

void rt_warn_lines(const RtRun *run, const char *text)
{
    rt_print_message(run->warnings ? run->warnings : stderr, text);
}

void rt_warnings_tell(RtRun *run, char *text)
{
    FILE *to = run->warnings ? run->warnings : stderr;
    if (!text)
        return;
    if (!run->told || strcmp(run->told, text) != 0) {
        if (!run->warnings)
            fflush(run->out);
        rt_print_message(to, text);
    }
    free(run->told);
    run->told = text;
}

/* ---- results ---- */

static RtStatus no_room(RtRun *run, RtValue *value)
{
    rt_value_free(value);
    return rt_fail(&run->error, "not enough memory for the results");
}

RtStatus rt_result_set(RtRun *run, uint32_t result, const char *key, RtValue value)
{
    if (result == IMG_NONE) {
        rt_value_free(&value);
        return RT_OK;
    }
    if (value.lost)
        return no_room(run, &value);
    RtResult *r = &run->results[result];
    for (uint32_t i = 0; i < r->n; i++)
        if (!strcmp(r->keys[i], key)) {
            rt_value_free(&r->values[i]);
            r->values[i] = value;
            return RT_OK;
        }
    char **keys = realloc(r->keys, (r->n + 1) * sizeof *keys);
    if (keys)
        r->keys = keys;
    RtValue *values = realloc(r->values, (r->n + 1) * sizeof *values);
    if (values)
        r->values = values;
    char *name = malloc(strlen(key) + 1);
    if (!keys || !values || !name) {
        free(name);
        return no_room(run, &value);
    }
    strcpy(name, key);
    r->keys[r->n] = name;
    r->values[r->n++] = value;
    return RT_OK;
}

const RtValue *rt_result_get(const RtRun *run, uint32_t result, const char *key)
{
    const RtResult *r = &run->results[result];
    for (uint32_t i = 0; i < r->n; i++)
        if (!strcmp(r->keys[i], key))
            return &r->values[i];
    return NULL;
}

/* ---- expressions ---- */

RtValue rt_run_option(void *cx, uint32_t option)
{
    const RtRun *run = cx;
    return option < run->image->options.n ? rt_value_copy(&run->options[option]) : rt_value_none();
}

static RtValue run_result(void *cx, uint32_t result, const char *key, const char **why)
{
    RtRun *run = cx;
    const RtValue *v = result < run->image->results.n ? rt_result_get(run, result, key) : NULL;
    if (!v && result < run->image->results.n && !run->results[result].n &&
        rt_branch_check(run, result) != RT_OK)
        *why = run->error.text;
    return v ? rt_value_copy(v) : rt_value_none();
}

static RtValue run_weight(void *cx, uint32_t instance, const char *name)
{
    const RtRun *run = cx;
    if (instance >= run->image->instances.n)
        return rt_value_none();
    const RtModel *m = &run->models[instance];
    const ImgState *s = rt_state_named(m->image, name);
    if (!s || s->dims.n > RT_MAX_RANK)
        return rt_value_none();
    RtValue v = rt_value_array(s->dims.n, s->dims.at, NULL);
    if (v.data)
        rt_state_get_f64(s, m->block, v.data);
    return v;
}

RtStatus rt_part_has_rows(RtRun *run, const RtPart *part, const int64_t rows[2])
{
    if (rows[0] >= 0 && rows[0] <= rows[1] && rows[1] <= part->rows)
        return RT_OK;
    return rt_fail(&run->error, "the range %lld..%lld does not lie in the rows 0..%lld of the part",
                   (long long)rows[0], (long long)rows[1], (long long)part->rows);
}

/* What the program calls P.inputs: rows behind the transforms, as f32, like a model would get them. */
static bool put_inputs(RtRun *run, uint32_t data, const RtPart *p, const int64_t rows[2],
                       RtValue *v)
{
    const RtChain *chain;
    if (rt_data_chain(run, data, &chain) != RT_OK)
        return false;
    if (chain->rank > RT_MAX_ROW_RANK)
        return true;
    double *row = malloc((size_t)(chain->most + 1) * sizeof *row);
    *v = row ? rt_value_array(chain->rank + 1,
                              (int64_t[]){rows[1] - rows[0], chain->dims[0], chain->dims[1],
                                          chain->dims[2], chain->dims[3], chain->dims[4],
                                          chain->dims[5], chain->dims[6]},
                              NULL)
             : (RtValue){.kind = VALUE_none, .lost = true};
    for (int64_t r = 0; v->data && r < rows[1] - rows[0]; r++) {
        rt_part_get(p, p->index[rows[0] + r], NULL, 0, row);
        rt_chain_apply(chain, chain->n, row);
        for (int64_t i = 0; i < chain->n_out; i++)
            v->data[r * chain->n_out + i] = (float)row[i];
    }
    free(row);
    return true;
}

static void put_targets(const RtPart *p, const int64_t rows[2], RtValue *v)
{
    int64_t dims[RT_MAX_RANK], row = rt_array_row(p->y);
    memcpy(dims, p->y->dims, sizeof dims);
    dims[0] = rows[1] - rows[0];
    *v = rt_value_array(p->y->rank, dims, NULL);
    v->is_int = !rt_dtype(p->y->dtype)->is_float;
    for (int64_t r = 0; v->data && r < dims[0]; r++)
        rt_array_get_f64(p->y, (int64_t)p->index[rows[0] + r] * row, row, v->data + r * row);
}

static RtValue run_part(void *cx, uint32_t data, uint32_t part, const char *what,
                        const int64_t *some, const char **why)
{
    RtRun *run = cx;
    RtValue v = rt_value_none();
    RtDataset *d = data < run->image->data.n && part < RT_N_PARTS
                       ? rt_run_data(run, data, 1u << part | 1u << RT_TRAIN)
                       : NULL;
    const RtPart *p = d ? &d->parts[part] : NULL;
    bool inputs = !strcmp(what, "inputs");
    int64_t rows[2] = {some ? some[0] : 0, some ? some[1] : p ? p->rows : 0};
    if (!p || rt_part_has_rows(run, p, rows) != RT_OK) {
        *why = run->error.text;
        return v;
    }
    if (inputs && p->from && !put_inputs(run, data, p, rows, &v))
        *why = run->error.text;
    else if (!inputs && p->y)
        put_targets(p, rows, &v);
    return v;
}

static RtExprCx expr_cx(RtRun *run)
{
    RtExprCx cx = {run->image, NULL, 0, run, rt_run_option, run_result, run_weight, run_part};
    return cx;
}

static RtStatus give_value(RtRun *run, uint32_t expr, bool shown, RtValue *out)
{
    const char *why = NULL;
    RtExprCx cx = expr_cx(run);
    RtValue v = (shown ? rt_expr_shown : rt_expr_value)(&cx, expr, &why);
    if (!why) {
        *out = v;
        return RT_OK;
    }
    rt_value_free(&v);
    if (why == run->error.text) /* data that could not be read: the message is there */
        return RT_ERROR;
    return rt_fail(&run->error, "%s", why);
}

RtStatus rt_run_value(RtRun *run, uint32_t expr, RtValue *out)
{
    return give_value(run, expr, false, out);
}

RtStatus rt_run_shown(RtRun *run, uint32_t expr, RtValue *out)
{
    return give_value(run, expr, true, out);
}

const ImgArg *rt_call_arg(const ImgCall *call, const char *name)
{
    for (uint32_t i = 0; i < call->args.n; i++)
        if (!strcmp(call->args.at[i].name, name))
            return &call->args.at[i];
    return NULL;
}

const ImgArg *rt_setting(const ImgCommand *c, const char *name)
{
    for (uint32_t i = 0; i < c->settings.n; i++)
        if (!strcmp(c->settings.at[i].name, name))
            return &c->settings.at[i];
    return NULL;
}

RtStatus rt_setting_count(RtRun *run, const ImgCommand *c, const char *name, int64_t fallback,
                          int64_t least, int64_t *out)
{
    static const double most = 9007199254740992.0; /* 2^53 */
    const ImgArg *a = rt_setting(c, name);
    RtValue v = rt_value_none();
    *out = fallback;
    if (!a || a->none)
        return RT_OK;
    if (a->expr == IMG_NONE) {
        *out = a->f != 0 ? rt_to_i64(a->f) : a->i;
        return RT_OK;
    }
    RtStatus status = rt_run_value(run, a->expr, &v);
    if (status != RT_OK)
        return status;
    if (!(v.number >= (double)least))
        return rt_fail(&run->error, "'%s' of '%s' must be >= %lld, not %.0f", name, c->name,
                       (long long)least, v.number);
    *out = rt_to_i64(v.number < most ? v.number : most);
    return RT_OK;
}

/* ---- paths ---- */

char *rt_run_out_path(RtRun *run, const char *path)
{
    const char *dir = run->settings->out_dir;
    if (!dir || path[0] == '/')
        dir = "";
    size_t n = strlen(dir) + strlen(path) + 2;
    char *full = malloc(n);
    if (full)
        snprintf(full, n, "%s%s%s", dir, *dir && dir[strlen(dir) - 1] != '/' ? "/" : "", path);
    else
        (void)!rt_fail(&run->error, "not enough memory for the path '%s'", path);
    return full;
}

char *rt_run_path(RtRun *run, const ImgCommand *c)
{
    RtValue v;
    if (c->path_expr != IMG_NONE)
        return rt_run_value(run, c->path_expr, &v) == RT_OK ? v.text : NULL;
    char *path = rt_text_copy(c->path);
    if (!path)
        (void)!rt_fail(&run->error, "not enough memory for the path '%s'", c->path);
    return path;
}

/* ---- places ---- */

const ImgPlace *rt_run_place(const RtRun *run, uint32_t place)
{
    static const ImgPlace none = {.source = "", .shown = ""};
    return place < run->image->places.n ? &run->image->places.at[place] : &none;
}
