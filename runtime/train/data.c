/* data.c: the image's data sets, read when first used: where files are looked for, and what the compiler
 * saw against what is there now. */
#include <stdlib.h>
#include <string.h>

#include "runtime/abi/dtype.h"
#include "runtime/data/rows_digest.h"
#include "runtime/train/run.h"

enum { MOST_KEPT = 64 };

/* ---- where files are looked for ---- */

typedef struct Search {
    RtDirs dirs;
    const char *name[RT_MOST_DIRS];
    const char *keep[MOST_KEPT];
    uint32_t n_keep;
} Search;

uint32_t rt_run_dirs(const RtRun *run, const char *beside, const char *dir[RT_MOST_DIRS])
{
    uint32_t n = 0;
    dir[n++] = run->settings->data_dir;
    dir[n++] = getenv("NNLC_DATA");
    dir[n++] = *beside ? beside : run->image->source_dir;
    dir[n++] = ".";
    dir[n++] = run->settings->program_dir;
    return n;
}

/* The folders for a part's files; those of an imported text lie beside that text. */
static void set_search(const RtRun *run, const ImgPart *part, Search *s)
{
    uint32_t n = rt_run_dirs(run, part->source.n ? part->source.at[0].dir : "", s->name);
    s->dirs = (RtDirs){n, s->name};
}

/* ---- ImgDataSet -> RtDatasetDesc ---- */

/* What an option gives is kept in the argument until `forget`. */
static RtStatus option_arg(RtRun *run, const char *source, const ImgArg *a, RtSourceArg *out)
{
    RtValue v = rt_value_none();
    RtStatus status = rt_run_value(run, a->expr, &v);
    if (status == RT_OK && v.lost)
        status = rt_fail(&run->error, "not enough memory for '%s'", a->name);
    else if (status == RT_OK && v.kind == VALUE_text && !*v.text)
        status = rt_fail(&run->error, "'%s' of '%s' must not be empty", a->name, source);
    if (status != RT_OK) {
        rt_value_free(&v);
        return status;
    }
    *out = (RtSourceArg){.name = a->name, .kind = RT_ARG_NUMBER, .number = v.number};
    if (v.kind == VALUE_text) {
        out->kind = RT_ARG_TEXT;
        out->text = v.text;
    } else {
        rt_value_free(&v);
    }
    return RT_OK;
}

static RtSourceArg source_arg(const ImgArg *a)
{
    RtSourceArg out = {.name = a->name};
    if (a->none) {
        out.kind = RT_ARG_NONE;
    } else if (a->texts.n) {
        out.kind = RT_ARG_TEXTS;
        out.n = a->texts.n;
        out.texts = a->texts.at;
        out.places = a->ints.n ? a->ints.at : NULL;
    } else if (*a->text) {
        out.kind = RT_ARG_TEXT;
        out.text = a->text;
    } else {
        out.kind = RT_ARG_NUMBER;
        out.number = a->f != 0 ? a->f : (double)a->i;
    }
    return out;
}

/* Fills `out`, whose arguments `forget` frees. */
static RtStatus source_desc(RtRun *run, const ImgCall *call, const RtDirs *dirs, RtSourceDesc *out)
{
    RtSourceArg *args = calloc(call->args.n + (size_t)1, sizeof *args);
    *out = (RtSourceDesc){.name = call->name,
                          .n_args = call->args.n,
                          .args = args,
                          .default_seed = rt_run_seed(run, NULL),
                          .dirs = dirs};
    if (!args)
        return rt_fail(&run->error, "not enough memory for the source '%s'", call->name);
    for (uint32_t i = 0; i < call->args.n; i++) {
        const ImgArg *a = &call->args.at[i];
        args[i] = a->expr == IMG_NONE ? source_arg(a) : (RtSourceArg){.name = a->name};
        if (a->expr != IMG_NONE && option_arg(run, call->name, a, &args[i]) != RT_OK)
            return RT_ERROR;
    }
    return RT_OK;
}

static uint32_t keep_column(const char **keep, uint32_t n, const char *name)
{
    uint32_t at = 0;
    while (at < n && strcmp(keep[at], name) != 0)
        at++;
    if (at == n && n < MOST_KEPT)
        keep[n++] = name;
    return n;
}

/* The columns whose texts commands of the program need of this data set. */
static uint32_t kept_columns(const RtRun *run, const ImgDataSet *d, const char **keep, uint32_t n)
{
    for (uint32_t i = 0; i < run->image->commands.n; i++) {
        const ImgCommand *c = &run->image->commands.at[i];
        const ImgArg *a = rt_setting(c, "keep"), *groups = rt_setting(c, "groups");
        if (c->data == IMG_NONE || &run->image->data.at[c->data] != d)
            continue;
        for (uint32_t k = 0; a && k < a->texts.n; k++)
            n = keep_column(keep, n, a->texts.at[k]);
        if (groups && !groups->none)
            n = keep_column(keep, n, groups->text);
    }
    return n;
}

static RtStatus describe(RtRun *run, const ImgDataSet *d, const Search *search, RtPlan *plan,
                         RtDatasetDesc *out)
{
    memset(out, 0, sizeof *out);
    out->name = d->name;
    out->shuffle = d->shuffle;
    out->n_labels = d->labels.n;
    out->labels = d->labels.at;
    out->numbers_classes = d->numbers_classes;
    out->n_class_names = d->class_names.n;
    out->class_names = d->class_names.at;
    out->n_columns = d->columns.n;
    out->columns = d->columns.at;
    out->plan = plan->n ? plan : NULL;
    out->takes_missing = rt_calls_fill(d->inputs.n, d->inputs.at);
    for (uint32_t i = 0; i < d->parts.n && i < RT_N_PARTS; i++) {
        const ImgPart *p = &d->parts.at[i];
        RtPartDesc *part = &out->part[i];
        part->kind = p->kind == 1 ? RT_PART_SOURCE : p->kind == 2 ? RT_PART_SPLIT : RT_PART_ABSENT;
        part->fraction = p->fraction;
        part->stratify = p->stratify;
        part->from_end = p->from_end;
        part->seed = p->seed != IMG_NONE ? (uint64_t)run->seeds[p->seed] : rt_run_seed(run, NULL);
        if (p->source.n &&
            source_desc(run, &p->source.at[0], &search[i].dirs, &part->source) != RT_OK)
            return RT_ERROR;
        part->source.held_out = i != RT_TRAIN;
        if (p->source.n && !strcmp(p->source.at[0].name, "csv")) {
            part->source.n_keep = search[i].n_keep;
            part->source.keep = search[i].keep;
        }
    }
    return RT_OK;
}

static void forget(const ImgDataSet *d, RtDatasetDesc *desc)
{
    for (uint32_t i = 0; i < d->parts.n && i < RT_N_PARTS; i++) {
        const RtSourceDesc *s = &desc->part[i].source;
        for (uint32_t k = 0; s->args && k < s->n_args; k++)
            if (d->parts.at[i].source.at[0].args.at[k].expr != IMG_NONE &&
                s->args[k].kind == RT_ARG_TEXT)
                free((void *)(uintptr_t)s->args[k].text);
        free((void *)(uintptr_t)s->args);
    }
}

/* ---- what the compiler saw ---- */

/* Types may differ: batches take the values as the code wants them (step.h). */
static bool same_row(const RtArray *a, const Img_LIST_I64 *dims)
{
    if (!a)
        return dims->n == 0;
    if (a->rank != dims->n + 1)
        return false;
    for (uint32_t i = 0; i < dims->n; i++)
        if (a->dims[i + 1] != dims->at[i])
            return false;
    return true;
}

static void row_text(char *buf, size_t size, uint32_t dtype, uint32_t rank, const int64_t *dims)
{
    size_t n = (size_t)snprintf(buf, size, "(");
    for (uint32_t i = 0; i < rank && n < size; i++)
        n += (size_t)snprintf(buf + n, size - n, "%s%lld", i ? ", " : "", (long long)dims[i]);
    if (n < size)
        snprintf(buf + n, size - n, ") %s", rt_dtype((RtDtype)dtype)->name);
}

static RtStatus check_array(RtRun *run, const ImgDataSet *d, const char *what, const RtArray *a,
                            uint32_t dtype, const Img_LIST_I64 *dims)
{
    char was[160], now[160];
    if (same_row(a, dims))
        return RT_OK;
    row_text(was, sizeof was, dtype, dims->n, dims->at);
    if (a)
        row_text(now, sizeof now, a->dtype, a->rank - 1, a->dims + 1);
    run->place = d->place;
    return rt_fail(&run->error,
                   "the %s of '%s' were %s when the program was compiled, but are %s now; "
                   "compile it again",
                   what, d->name, was, a ? now : "not there");
}

/* Columns and names of classes were compared when the files were read. */
static RtStatus check(RtRun *run, const ImgDataSet *d, const RtDataset *data)
{
    RtStatus status = RT_OK;
    for (int i = 0; d->checked && i < RT_N_PARTS && status == RT_OK; i++) {
        const RtPart *p = &data->parts[i];
        if (p->x)
            status = check_array(run, d, "inputs", p->x, d->x_dtype, &d->x_dims);
        if (status == RT_OK && p->y)
            status = check_array(run, d, "targets", p->y, d->y_dtype, &d->y_dims);
    }
    return status;
}

/* Cells that columns(...) does not take are told before anything is done. */
static RtStatus check_cells(RtRun *run, const ImgDataSet *d, const RtDataset *data)
{
    RtStatus status = RT_OK;
    for (int i = 0; i < RT_N_PARTS && status == RT_OK; i++)
        if (data->parts[i].from && data->parts[i].maps)
            status = rt_part_check(&data->parts[i], &run->error);
    if (status != RT_OK)
        run->place = d->place;
    return status;
}

/* ---- reading ---- */

void rt_run_forget_data(RtRunData *data)
{
    RtRunData kept = *data;
    rt_chain_close(&data->chain);
    rt_dataset_close(data->set);
    rt_plan_close(&data->plan);
    memset(data, 0, sizeof *data);
    data->kept = kept.kept;
    data->kept_path = kept.kept_path;
    memcpy(data->kept_digest, kept.kept_digest, sizeof data->kept_digest);
}

uint64_t rt_run_rows_digest(RtRunData *data, int part)
{
    if (!(data->digested & 1u << part))
        data->digest[part] = rt_rows_digest(&data->set->parts[part]);
    data->digested |= 1u << part;
    return data->digest[part];
}

RtStatus rt_run_rows_check(RtRun *run, uint32_t data)
{
    static const char *const names[] = {"training", "validation", "test"};
    RtRunData *own = &run->data[data];
    for (int part = 0; own->set && part < RT_N_PARTS; part++) {
        if (!(own->kept & 1u << part) || !own->set->parts[part].from ||
            rt_run_rows_digest(own, part) == own->kept_digest[part])
            continue;
        run->place = run->image->data.at[data].place;
        return rt_fail(&run->error,
                       "the rows of the %s part have changed since '%s' was written: their digest "
                       "was %016llx and is %016llx",
                       names[part], own->kept_path, (unsigned long long)own->kept_digest[part],
                       (unsigned long long)own->digest[part]);
    }
    return RT_OK;
}

RtDataset *rt_run_data(RtRun *run, uint32_t data, unsigned parts)
{
    Search search[RT_N_PARTS];
    RtRunData *own = &run->data[data];
    const ImgDataSet *d = &run->image->data.at[data];
    RtDatasetDesc desc;
    RtDataset *made = NULL;
    if (own->set && (own->parts & parts) == parts)
        return own->set;
    parts = run->sparing ? parts | own->parts : RT_ALL_PARTS;
    rt_run_forget_data(own);
    for (uint32_t i = 0; i < d->parts.n && i < RT_N_PARTS; i++) {
        set_search(run, &d->parts.at[i], &search[i]);
        search[i].n_keep = kept_columns(run, d, search[i].keep, 0);
    }
    RtStatus status = rt_plan_open(run->image, d->plan, &own->plan, &run->error);
    if (status == RT_OK)
        status = describe(run, d, search, &own->plan, &desc);
    else
        memset(&desc, 0, sizeof desc);
    if (status == RT_OK)
        status = rt_dataset_open(&desc, parts, &search[RT_TRAIN].dirs, run->readings, &made,
                                 &run->error);
    forget(d, &desc);
    if (status == RT_OK)
        status = check(run, d, made);
    if (status == RT_OK)
        status = check_cells(run, d, made);
    if (status != RT_OK) {
        rt_dataset_close(made);
        return NULL;
    }
    own->set = made;
    own->parts = parts;
    return rt_run_rows_check(run, data) == RT_OK ? made : NULL;
}
