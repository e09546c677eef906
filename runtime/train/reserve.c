/* reserve.c: a block that is given back for the copies that a save makes. */
#include "runtime/train/reserve.h"

#include <stdlib.h>
#include <string.h>

/* Of a file: its JSON, its names, what libraries need. Of a tensor: its name, its place, its layout. */
enum { FILE_BYTES = 1 << 20, TENSOR_BYTES = 4 << 10 };

static bool saves(const ImgProgram *image)
{
    bool found = false;
    for (uint32_t i = 0; i < image->commands.n && !found; i++)
        found = !strcmp(image->commands.at[i].name, "save");
    return found;
}

RtStatus rt_reserve_take(RtRun *run)
{
    size_t most = 0;
    if (run->reserve || !saves(run->image))
        return RT_OK;
    for (uint32_t i = 0; i < run->image->instances.n; i++) {
        const ImgInstance *m = &run->image->instances.at[i];
        size_t bytes = (size_t)m->block_bytes + TENSOR_BYTES * (size_t)m->states.n;
        most = bytes > most ? bytes : most;
    }
    run->reserve = malloc(most + FILE_BYTES);
    return run->reserve ? RT_OK : rt_fail(&run->error, "not enough memory to save later");
}

bool rt_reserve_give(RtRun *run)
{
    bool had = run->reserve != NULL;
    free(run->reserve);
    run->reserve = NULL;
    return had;
}
