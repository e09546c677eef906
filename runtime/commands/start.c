/* start.c: weights that a model has before the first command: of the file that load_model named, or embedded. */
#include <stdlib.h>

#include "runtime/commands/commands.h"
#include "runtime/data/find.h"
#include "runtime/train/models.h"
#include "runtime/train/state.h"
#include "runtime/train/weights.h"

/* The file that the compiler made part of the program. */
static RtStatus start_embedded(RtRun *run, RtModel *m)
{
    RtTensorFile *file = NULL;
    const Img_BYTES *w = &m->image->weights;
    RtStatus status = rt_tensors_parse(w->at, w->n, m->image->weights_name, &file, &run->error);
    if (status == RT_OK)
        status = rt_weights_take(run, m, file, m->image->weights_name);
    rt_tensors_close(file);
    return status;
}

static RtStatus start_file(RtRun *run, RtModel *m)
{
    const char *dir[RT_MOST_DIRS];
    const RtDirs dirs = {rt_run_dirs(run, m->image->file_dir, dir), dir};
    char *path = NULL;
    RtStatus status = rt_find_file(&dirs, m->image->file, &path, &run->error);
    if (status == RT_END)
        status = rt_fail_missing(&dirs, m->image->file, &run->error);
    if (status == RT_OK)
        status = rt_weights_load(run, m, path);
    free(path);
    return status;
}

RtStatus rt_model_start(RtRun *run, RtModel *m)
{
    if (rt_run_need_block(run, (uint32_t)(m - run->models)) != RT_OK)
        return RT_ERROR;
    if (m->image->weights.n)
        return start_embedded(run, m);
    return *m->image->file ? start_file(run, m) : RT_ERROR;
}

/* The settings of the file hold when its optimizer is read. */
static RtStatus start_compile(RtRun *run, uint32_t instance)
{
    RtStatus status = RT_OK;
    for (uint32_t i = 0; i < run->image->commands.n && status == RT_OK; i++) {
        const ImgCommand *c = &run->image->commands.at[i];
        if (c->of_file && c->instance == instance)
            status = rt_command_compile(run, c);
    }
    return status;
}

RtStatus rt_models_start(RtRun *run)
{
    for (uint32_t i = 0; i < run->image->instances.n; i++) {
        RtModel *m = &run->models[i];
        if (!*m->image->file || !m->block)
            continue;
        run->place = m->image->file_place;
        if (start_compile(run, i) != RT_OK || rt_model_start(run, m) != RT_OK)
            return RT_ERROR;
        run->place = IMG_NONE;
    }
    return RT_OK;
}

RtStatus rt_side_start(RtSide *side, const RtRun *of, uint32_t instance, RtLane lane)
{
    RtRun *run = &side->run;
    RtStatus status = rt_side_open(side, of, instance, lane);
    if (status == RT_OK)
        status = rt_models_start(run);
    for (uint32_t i = 0; i < of->image->instances.n && status == RT_OK; i++) {
        RtModel *m = &run->models[i];
        if (!m->block || m->compile == of->models[i].compile)
            continue;
        m->compile = of->models[i].compile;
        rt_model_restart(m);
        if (m->compile)
            rt_slots_start(m->image, m->block, m->compile);
    }
    return status;
}
