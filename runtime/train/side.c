/* side.c: opens and closes runs beside another. */
#include "runtime/train/side.h"

#include <stdlib.h>
#include <string.h>

#include "runtime/data/memory.h"
#include "runtime/train/models.h"
#include "runtime/train/state.h"

/* ---- models ---- */

static RtStatus open_models(RtSide *side, uint32_t instance)
{
    RtRun *run = &side->run;
    uint32_t block = run->image->instances.at[instance].block;
    RtStatus status = RT_OK;
    for (uint32_t i = 0; i < run->image->instances.n && status == RT_OK; i++) {
        RtModel *m = &run->models[i];
        m->image = &run->image->instances.at[i];
        m->signature = &run->signatures[m->image->signature];
        if (m->image->block != block)
            continue;
        if (!m->signature->image)
            status =
                rt_signature_start(m->signature, run->image,
                                   &run->image->signatures.at[m->image->signature], &run->error);
        if (status == RT_OK)
            status = rt_run_open_model(run, i);
        m->compile = side->of->models[i].compile;
        if (status == RT_OK && m->compile)
            rt_slots_start(m->image, m->block, m->compile);
    }
    return status;
}

RtStatus rt_side_open(RtSide *side, const RtRun *of, uint32_t instance, RtLane lane)
{
    const ImgProgram *image = of->image;
    memset(side, 0, sizeof *side);
    side->of = of;
    side->own_data = IMG_NONE;
    side->settings = *of->settings;
    side->settings.quiet = true;
    side->settings.checkpoint = side->settings.resume = side->settings.log = NULL;
    RtRun *run = &side->run;
    *run = (RtRun){.program = of->program,
                   .image = image,
                   .settings = &side->settings,
                   .reserve = of->reserve,
                   .pool = lane.pool,
                   .turn = lane.turn,
                   .readings = of->readings,
                   .options = of->options,
                   .seeds = of->seeds,
                   .out = of->out,
                   .place = of->place};
    run->models = calloc(image->instances.n + (size_t)1, sizeof *run->models);
    run->signatures = calloc(image->signatures.n + (size_t)1, sizeof *run->signatures);
    run->data = calloc(image->data.n + (size_t)1, sizeof *run->data);
    run->results = calloc(image->results.n + (size_t)1, sizeof *run->results);
    run->warnings = open_memstream(&side->warnings, &side->warned);
    if (!run->models || !run->signatures || !run->data || !run->results || !run->warnings)
        return rt_fail(&run->error, "not enough memory for a training beside others");
    for (uint32_t i = 0; i < image->data.n; i++)
        run->data[i] = (RtRunData){
            .set = of->data[i].set, .parts = of->data[i].parts, .checked = of->data[i].checked};
    return open_models(side, instance);
}

/* The block of a training, and what its steps need with one thread. */
static uint64_t side_bytes(const RtRun *run, uint32_t instance)
{
    uint64_t bytes = (uint64_t)run->image->instances.at[instance].block_bytes;
    for (uint32_t i = 0; i < run->program->n_entries; i++) {
        const NnlEntry *e = &run->program->entries[i];
        if (run->image->entries.at[i].instance == instance)
            bytes += e->arena_bytes + rt_scratch_stride(e);
    }
    return bytes;
}

/* How many fit into what is left, where of several instances one is kept beside; the first one goes on in any case, and fails
 * for itself. */
static uint32_t sides_that_fit(const RtRun *run, uint32_t n, const uint32_t *instances)
{
    uint64_t most = 1;
    for (uint32_t i = 0; i < n; i++) {
        uint64_t bytes = side_bytes(run, instances[i]);
        most = bytes > most ? bytes : most;
    }
    uint64_t fit = rt_memory_left() / most;
    fit -= fit > 0 && n > 1;
    return fit < 1 ? 1 : fit < UINT32_MAX ? (uint32_t)fit : UINT32_MAX;
}

RtStatus rt_sides_run(RtRun *run, RtJobs jobs, uint32_t n_instances, const uint32_t *instances)
{
    jobs.most = sides_that_fit(run, n_instances, instances);
    jobs.entries = run->program->entries;
    jobs.n_entries = run->program->n_entries;
    return rt_jobs_run(&jobs, (RtLane){run->pool, run->turn}, &run->error);
}

/* ---- rows ---- */

static void close_rows(RtDataset *d)
{
    for (int i = 0; i < RT_N_PARTS; i++)
        free(d->parts[i].index);
    free(d);
}

static RtStatus deal(RtDataset *d, const RtPart *from, const uint32_t *fold, uint32_t held)
{
    RtPart *parts[] = {&d->parts[RT_TRAIN], &d->parts[RT_TEST]};
    for (size_t k = 0; k < 2; k++) {
        *parts[k] = *from;
        parts[k]->rows = 0;
        parts[k]->index = malloc(((size_t)from->rows + 1) * sizeof *from->index);
    }
    for (int64_t i = 0; parts[0]->index && parts[1]->index && i < from->rows; i++) {
        RtPart *to = parts[fold[i] == held];
        to->index[to->rows++] = from->index[i];
    }
    return parts[0]->index && parts[1]->index ? RT_OK : RT_ERROR;
}

static RtStatus draw_validation(RtSide *side, uint32_t data, const ImgPart *split, RtDataset *d)
{
    RtRun *run = &side->run;
    RtDatasetDesc desc = {.name = run->image->data.at[data].name};
    desc.part[RT_VALIDATION] =
        (RtPartDesc){.kind = RT_PART_SPLIT,
                     .fraction = split->fraction,
                     .stratify = split->stratify,
                     .from_end = split->from_end,
                     .seed = split->seed != IMG_NONE ? (uint64_t)run->seeds[split->seed]
                                                     : rt_run_seed(run, NULL)};
    d->parts[RT_VALIDATION] = d->parts[RT_TRAIN];
    d->parts[RT_VALIDATION].index = NULL;
    d->parts[RT_VALIDATION].rows = 0;
    return rt_split_take(&desc, d, &run->error);
}

/* A data set of its own in the place of the whole one, with no rows so far. */
static RtDataset *own_data(RtSide *side, uint32_t data)
{
    RtRun *run = &side->run;
    RtDataset *d = calloc(1, sizeof *d);
    if (!d) {
        (void)rt_fail(&run->error, "not enough memory for the rows of a fold");
        return NULL;
    }
    *d = *side->of->data[data].set;
    memset(d->parts, 0, sizeof d->parts);
    run->data[data] = (RtRunData){.set = d, .parts = RT_ALL_PARTS, .checked = RT_ALL_PARTS};
    side->own_data = data;
    return d;
}

static int by_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

RtStatus rt_side_whole(RtSide *side, uint32_t data, bool both)
{
    const RtPart *whole = side->of->data[data].set->parts;
    RtDataset *d = own_data(side, data);
    if (!d)
        return RT_ERROR;
    RtPart *to = &d->parts[RT_TRAIN];
    int64_t more = both ? whole[RT_VALIDATION].rows : 0;
    *to = whole[RT_TRAIN];
    to->index = malloc((size_t)(to->rows + more + 1) * sizeof *to->index);
    if (!to->index)
        return rt_fail(&side->run.error, "not enough memory for the rows of a fold");
    memcpy(to->index, whole[RT_TRAIN].index, (size_t)to->rows * sizeof *to->index);
    if (more)
        memcpy(to->index + to->rows, whole[RT_VALIDATION].index, (size_t)more * sizeof *to->index);
    to->rows += more;
    qsort(to->index, (size_t)to->rows, sizeof *to->index, by_number);
    return RT_OK;
}

RtStatus rt_side_fold(RtSide *side, uint32_t data, int part, const uint32_t *fold, uint32_t held,
                      const ImgPart *split)
{
    RtDataset *d = own_data(side, data);
    if (!d)
        return RT_ERROR;
    if (deal(d, &side->of->data[data].set->parts[part], fold, held) != RT_OK)
        return rt_fail(&side->run.error, "not enough memory for the rows of a fold");
    return split ? draw_validation(side, data, split, d) : RT_OK;
}

/* ---- closing ---- */

char *rt_side_warnings(RtSide *side)
{
    char *text = NULL;
    if (!side->run.warnings)
        return NULL;
    (void)fclose(side->run.warnings);
    side->run.warnings = NULL;
    if (side->warned) {
        text = side->warnings;
        side->warnings = NULL;
    }
    return text;
}

void rt_side_close(RtSide *side)
{
    RtRun *run = &side->run;
    rt_run_close_models(run);
    for (uint32_t i = 0; run->data && i < run->image->data.n; i++)
        rt_chain_close(&run->data[i].chain);
    if (side->own_data != IMG_NONE && run->data)
        close_rows(run->data[side->own_data].set);
    rt_run_close_results(run);
    free(run->data);
    if (run->warnings)
        fclose(run->warnings);
    free(side->warnings);
    memset(side, 0, sizeof *side);
}
