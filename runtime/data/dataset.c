/* dataset.c: reads the sources of a data set and puts its parts together. */
#include "runtime/data/dataset.h"

#include <stdlib.h>

#include "runtime/data/dataset_internal.h"

const char *rt_part_name(RtPartId part)
{
    static const char *const names[RT_N_PARTS] = {"train", "validation", "test"};
    return names[part];
}

void rt_dataset_close(RtDataset *data)
{
    if (!data)
        return;
    for (int i = 0; i < RT_N_PARTS; i++) {
        free(data->parts[i].index);
        if (data->store)
            rt_reading_close(&data->store->parts[i]);
    }
    rt_names_free(&data->class_names);
    rt_names_free(&data->columns);
    free(data->store);
    free(data);
}

static RtStatus read_sources(const RtDatasetDesc *desc, const RtDirs *dirs, RtDataset *data,
                             RtError *error)
{
    RtStatus status = RT_OK;
    for (int i = 0; i < RT_N_PARTS && status == RT_OK; i++) {
        RtReading *r = &data->store->parts[i];
        *r = (RtReading){.source = &desc->part[i].source, .dirs = dirs, .error = error};
        if (desc->part[i].kind == RT_PART_SOURCE)
            status = rt_reading_run(r);
    }
    return status;
}

/* Each part's arrays: its own, or the training part's. */
static void place_arrays(const RtDatasetDesc *desc, RtDataset *data)
{
    for (int i = 0; i < RT_N_PARTS; i++) {
        bool own = desc->part[i].kind == RT_PART_SOURCE;
        const RtReading *r = &data->store->parts[own ? i : RT_TRAIN];
        if (desc->part[i].kind == RT_PART_ABSENT)
            continue;
        data->parts[i].x = r->x;
        data->parts[i].y = r->y;
    }
}

static RtStatus fill(const RtDatasetDesc *desc, const RtDirs *dirs, RtDataset *data, RtError *error)
{
    RtStatus status = read_sources(desc, dirs, data, error);
    if (status == RT_OK)
        status = rt_targets_settle(desc, data, error);
    if (status != RT_OK)
        return status;
    place_arrays(desc, data);
    status = rt_split_draw(desc, data, error);
    if (status == RT_OK) {
        data->columns = data->store->parts[RT_TRAIN].columns;
        data->store->parts[RT_TRAIN].columns = (RtNames){0, NULL};
    }
    return status;
}

RtStatus rt_dataset_open(const RtDatasetDesc *desc, const RtDirs *dirs, RtDataset **out,
                         RtError *error)
{
    if (desc->part[RT_TRAIN].kind != RT_PART_SOURCE)
        return rt_fail(error, "the data set '%s' has no source for training", desc->name);
    RtDataset *data = calloc(1, sizeof *data);
    if (data)
        data->store = calloc(1, sizeof *data->store);
    if (!data || !data->store) {
        free(data);
        return rt_fail(error, "not enough memory for the data set '%s'", desc->name);
    }
    data->shuffle = desc->shuffle;
    RtStatus status = fill(desc, dirs, data, error);
    if (status == RT_OK)
        *out = data;
    else
        rt_dataset_close(data);
    return status;
}
