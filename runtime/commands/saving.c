/* saving.c: how much memory it takes to save what the program and the command line want saved. */
#include <string.h>

#include "runtime/commands/commands.h"

/* Of a file: its JSON, its names, what libraries need. Of a tensor: its name, its place, its layout. */
enum { FILE_BYTES = 1 << 20, TENSOR_BYTES = 4 << 10 };

static size_t model_bytes(const RtRun *run, uint32_t instance)
{
    const ImgInstance *m = &run->image->instances.at[instance];
    return (size_t)m->block_bytes + TENSOR_BYTES * (size_t)m->states.n;
}

/* Of a checkpoint: all models, the best point of a sweep, the best weights that a callback keeps. */
static size_t all_bytes(const RtRun *run)
{
    size_t sum = 0, most = 0;
    for (uint32_t i = 0; i < run->image->instances.n; i++) {
        const ImgInstance *m = &run->image->instances.at[i];
        size_t bytes = model_bytes(run, i);
        sum += m->block == i && !m->of_sweep ? bytes : 0;
        most = bytes > most ? bytes : most;
    }
    return sum + 2 * most;
}

static bool has_callback(const RtRun *run, const ImgCommand *c, const char *name)
{
    const ImgArg *list = rt_setting(c, "callbacks");
    bool has = false;
    for (uint32_t i = 0; list && i < list->calls.n && !has; i++)
        has = !strcmp(run->image->calls.at[list->calls.at[i]].name, name);
    return has;
}

size_t rt_saving_bytes(const RtRun *run)
{
    size_t most = run->settings->checkpoint ? all_bytes(run) : 0;
    for (uint32_t i = 0; i < run->image->commands.n; i++) {
        const ImgCommand *c = &run->image->commands.at[i];
        size_t bytes = has_callback(run, c, "BackupAndRestore") ? all_bytes(run)
                       : c->instance != IMG_NONE &&
                               (rt_command_writes(c) || has_callback(run, c, "ModelCheckpoint"))
                           ? model_bytes(run, c->instance)
                       : rt_command_writes(c) ? 1
                                              : 0;
        most = bytes > most ? bytes : most;
    }
    return most ? most + FILE_BYTES : 0;
}
