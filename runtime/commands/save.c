/* save.c: save and load: the weights of a model to a file and back. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "runtime/commands/commands.h"
#include "runtime/train/models.h"
#include "runtime/train/weights.h"

RtStatus rt_command_save(RtRun *run, const ImgCommand *c)
{
    char *path = rt_run_path(run, c), *full = path ? rt_run_out_path(run, path) : NULL;
    RtStatus status = full ? rt_weights_save(run, &run->models[c->instance], full) : RT_ERROR;
    free(path);
    free(full);
    return status;
}

/* Files that the program wrote itself come first. NULL: error. */
static char *input_path(RtRun *run, const char *path)
{
    char *full = rt_run_out_path(run, path), *found = NULL;
    if (!full || access(full, F_OK) == 0)
        return full;
    const char *dirs[3] = {".", run->image->source_dir, run->settings->program_dir};
    RtStatus status = rt_find_file(&(RtDirs){3, dirs}, path, &found, &run->error);
    if (status == RT_END) /* nowhere: opening it says so */
        return full;
    free(full);
    return found;
}

RtStatus rt_command_load(RtRun *run, const ImgCommand *c)
{
    char *path = rt_run_path(run, c), *full = path ? input_path(run, path) : NULL;
    rt_model_own_weights(&run->models[c->instance]);
    RtStatus status = full ? rt_weights_load(run, &run->models[c->instance], full) : RT_ERROR;
    free(path);
    free(full);
    return status;
}
