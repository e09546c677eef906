/* keeper.c: when a checkpoint is written, and what is taken from one. */
#include "runtime/checkpoint/keeper.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "runtime/abi/shown.h"
#include "runtime/checkpoint/collect.h"
#include "runtime/checkpoint/restore.h"
#include "runtime/files/atomic.h"

/* ---- reading ---- */

RtStatus rt_keeper_read(RtKeeper *k, const char *path)
{
    RtError *error = &k->run->error;
    RtStatus status = rt_tensors_read(path, &k->file, error);
    const RtTensor *t = status == RT_OK ? rt_tensors_find(k->file, RT_KEPT_TENSOR) : NULL;
    if (status != RT_OK)
        return status;
    if (!t || t->dtype != RT_u8 || t->rank != 1) {
        status = rt_fail(error, "'%s' is no checkpoint", path);
        rt_fail_help(error, "--resume takes a file that --checkpoint wrote");
        return status;
    }
    return rt_kept_read(t->data, (size_t)t->dims[0], path, &k->from, error);
}

void rt_keeper_drop(RtKeeper *k)
{
    rt_kept_free(k->from);
    rt_tensors_close(k->file);
    k->from = NULL;
    k->file = NULL;
}

static RtStatus take_all(RtKeeper *k, const char *path)
{
    RtRun *run = k->run;
    RtStatus status = rt_restore_check(run, k->from, path, &run->error);
    for (uint32_t i = 0; i < run->image->instances.n && status == RT_OK; i++)
        if (k->from->models.at[i].is_there)
            status = rt_restore_model(run, i, k->from, k->file, path);
    if (status == RT_OK)
        status = rt_restore_results(run, k->from);
    if (status == RT_OK)
        status = rt_restore_rows(run, k->from, path);
    k->is_resumed = true;
    k->command = k->from->command;
    k->fits = k->from->fits;
    k->finished = k->from->finished;
    return status;
}

static RtStatus resume(RtKeeper *k)
{
    RtRun *run = k->run;
    const char *path = run->settings->resume;
    if (access(path, F_OK) != 0 && errno == ENOENT) {
        if (!run->settings->quiet)
            rt_print(run->out, "'%s' is not there: starting anew\n", path);
        return RT_OK;
    }
    RtStatus status = rt_keeper_read(k, path);
    if (status == RT_OK)
        status = take_all(k, path);
    const char *where = status == RT_OK ? rt_tensors_meta(k->file, "position") : NULL;
    if (where && !run->settings->quiet)
        rt_print(run->out,
                 k->finished ? "'%s': the run had finished; nothing is left to do\n"
                             : "going on from '%s': %s\n",
                 path, where);
    return status;
}

/* The log goes on where the checkpoint was written, if it is the same file. */
RtStatus rt_keeper_log(RtKeeper *k)
{
    RtRun *run = k->run;
    const char *path = run->settings->log;
    if (!path || k->finished)
        return RT_OK;
    if (!strcmp(path, "-"))
        path = "/dev/stdout";
    bool same = k->from && !strcmp(k->from->log_path, path);
    return rt_append_open(path, same ? k->from->log_length : 0, &run->log, &run->error);
}

RtStatus rt_keeper_open(RtKeeper *k, RtRun *run)
{
    memset(k, 0, sizeof *k);
    k->run = run;
    k->path = run->settings->checkpoint;
    k->every = run->settings->checkpoint_every;
    RtStatus status = run->settings->resume ? resume(k) : RT_OK;
    if (status == RT_OK && k->path && !k->finished)
        status = rt_file_check(k->path, &run->error);
    return status;
}

bool rt_keeper_has_training(const RtKeeper *k, uint32_t command)
{
    return k->file && k->from->command == command && k->from->training.n;
}

RtStatus rt_keeper_restore(RtKeeper *k, uint32_t command, RtTraining *t, RtCallbacks *cbs)
{
    RtStatus status = RT_OK;
    if (!k->from || k->from->command != command || !k->file)
        return RT_OK;
    if (k->from->training.n)
        status = rt_restore_training(t, cbs, k->from, k->file, k->run->settings->resume);
    rt_tensors_close(k->file);
    k->file = NULL;
    return status;
}

/* ---- writing ---- */

static RtStatus write_file(void *data, RtError *error)
{
    const RtKeptFile *f = data;
    return rt_safetensors_write(f->path, f->list.tensors, f->list.n, (const char *const *)f->keys,
                                (const char *const *)f->values, f->n_meta, error);
}

static void free_file(void *data)
{
    rt_kept_file_free(data);
}

/* What files that grow hold must last as long as the checkpoint that says how long they are. */
static RtStatus sync_files(RtKeeper *k, const RtPosition *at)
{
    RtError *error = &k->run->error;
    RtStatus status = k->run->log ? rt_append_sync(k->run->log, error) : RT_OK;
    if (status == RT_OK && at->training)
        status = rt_training_settle(at->training);
    for (uint32_t i = 0; at->training && i < at->callbacks->n; i++)
        for (uint32_t s = 0; s < at->callbacks->at[i].row->n_states && status == RT_OK; s++)
            if (at->callbacks->at[i].slots[s].file)
                status = rt_append_sync(at->callbacks->at[i].slots[s].file, error);
    return status;
}

typedef struct Collecting {
    const RtKeeper *k;
    const RtPosition *at;
    const char *path;
    RtKeptFile *out;
} Collecting;

static RtStatus collect(void *cx, RtError *error)
{
    Collecting *c = cx;
    c->out = rt_collect(c->k, c->at, c->path);
    return c->out ? RT_OK : rt_fail(error, "not enough memory for the checkpoint '%s'", c->path);
}

RtStatus rt_keeper_save(RtKeeper *k, const RtPosition *at, const char *path)
{
    if (!path)
        path = k->path;
    if (!path)
        return RT_OK;
    RtStatus status = rt_background_wait(&k->writer, &k->run->error); /* one copy at a time */
    if (status == RT_OK)
        status = sync_files(k, at);
    if (status != RT_OK)
        return status;
    Collecting c = {k, at, path, NULL};
    status = rt_reserve_run(k->run->reserve, collect, &c, &k->run->error);
    k->batches = 0;
    k->has_loaded = false;
    return status == RT_OK
               ? rt_background_start(&k->writer,
                                     (RtJob){write_file, free_file, c.out, k->run->reserve},
                                     &k->run->error)
               : status;
}

RtStatus rt_keeper_save_now(RtKeeper *k, const RtPosition *at, const char *path)
{
    RtStatus status = rt_keeper_save(k, at, path);
    return status == RT_OK ? rt_background_wait(&k->writer, &k->run->error) : status;
}

RtStatus rt_keeper_did(RtKeeper *k, const RtPosition *at, RtDid did)
{
    if (!k->path || did == RT_DID_end)
        return RT_OK;
    k->batches += did == RT_DID_batch;
    bool now = k->every ? k->batches >= k->every : did == RT_DID_epoch;
    return now ? rt_keeper_save(k, at, NULL) : RT_OK;
}

RtStatus rt_keeper_close(RtKeeper *k, RtStatus before)
{
    RtError error;
    RtStatus status = rt_background_wait(&k->writer, &error);
    rt_keeper_drop(k);
    if (k->run->log) {
        RtError closing;
        k->run->is_unread = k->run->is_unread || k->run->log->is_gone;
        if (rt_append_close(k->run->log, &closing) != RT_OK && status == RT_OK) {
            error = closing;
            status = RT_ERROR;
        }
        k->run->log = NULL;
    }
    if (before == RT_ERROR || status == RT_OK)
        return before;
    k->run->error = error;
    k->run->place = IMG_NONE;
    return status;
}
