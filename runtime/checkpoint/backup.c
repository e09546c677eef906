/* backup.c: DIR/backup: written like a checkpoint; a fit takes from it its own model and training alone. */
#include "runtime/checkpoint/backup.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "runtime/abi/shown.h"
#include "runtime/checkpoint/restore.h"

static const RtCallback *find(const RtCallbacks *cbs)
{
    for (uint32_t i = 0; i < cbs->n; i++)
        if (!strcmp(cbs->at[i].row->name, "BackupAndRestore"))
            return &cbs->at[i];
    return NULL;
}

static RtStatus name_path(RtBackup *b, RtTraining *t, const RtCallback *cb)
{
    static const char name[] = "/backup";
    const char *dir = cb->args[CB_BackupAndRestore_backup_dir].text;
    size_t size = strlen(dir) + sizeof name;
    char *inside = malloc(size);
    if (!inside)
        return rt_fail(t->train.error, "not enough memory for the path '%s'", dir);
    strcat(strcpy(inside, dir), name);
    RtStatus status = rt_callback_path(t, inside, &b->path);
    free(inside);
    b->folder = status == RT_OK ? malloc(strlen(b->path) + 1) : NULL;
    if (!b->folder)
        return status == RT_OK ? rt_fail(t->train.error, "not enough memory for the path '%s'", dir)
                               : status;
    strcpy(b->folder, b->path);
    *strrchr(b->folder, '/') = 0;
    b->deletes = cb->args[CB_BackupAndRestore_delete_checkpoint].count;
    return RT_OK;
}

static RtStatus restore(RtBackup *b, const RtPosition *at, RtTraining *t, RtCallbacks *cbs)
{
    RtKeeper *k = &b->keeper;
    RtRun *run = k->run;
    RtStatus status = rt_keeper_read(k, b->path);
    if (status == RT_OK)
        status = rt_restore_check(run, k->from, b->path, &run->error);
    if (status == RT_OK && (k->from->command != at->command || !k->from->training.n)) {
        status =
            rt_fail(&run->error, "the backup '%s' belongs to another fit of this program", b->path);
        rt_fail_help(&run->error, "give each fit a folder of its own");
    }
    if (status == RT_OK)
        status = rt_restore_rows(run, k->from, b->path);
    if (status == RT_OK)
        status =
            rt_restore_model(run, (uint32_t)(t->model - run->models), k->from, k->file, b->path);
    if (status == RT_OK)
        status = rt_restore_training(t, cbs, k->from, k->file, b->path);
    if (status == RT_OK && t->style != PROGRESS_silent)
        rt_print(run->out, "going on from '%s': %lld of %lld epochs are done\n", b->path,
                 (long long)t->epoch, (long long)t->last);
    return status;
}

RtStatus rt_backup_open(RtBackup *b, const RtPosition *at, RtTraining *t, RtCallbacks *cbs)
{
    const RtCallback *cb = find(cbs);
    const RtKeeper *whole = t->run->keeper;
    b->keeper.run = t->run;
    RtStatus status = cb ? name_path(b, t, cb) : RT_OK;
    if (!cb || status != RT_OK || (whole && whole->is_resumed) || access(b->path, F_OK) != 0)
        return status;
    status = restore(b, at, t, cbs);
    for (uint32_t i = 0; i < t->run->image->data.n; i++)
        t->run->data[i].kept = 0; /* of this fit alone */
    rt_keeper_drop(&b->keeper);
    return status;
}

RtStatus rt_backup_begin(RtBackup *b, const RtPosition *at)
{
    return b->path ? rt_keeper_save_now(&b->keeper, at, b->path) : RT_OK;
}

RtStatus rt_backup_did(RtBackup *b, const RtPosition *at, RtTraining *t, bool now)
{
    bool wants = t->wants_backup || now;
    t->wants_backup = false;
    return b->path && wants ? rt_keeper_save(&b->keeper, at, b->path) : RT_OK;
}

RtStatus rt_backup_close(RtBackup *b, RtRun *run, bool ended)
{
    RtError error;
    RtStatus status = rt_background_wait(&b->keeper.writer, &error);
    if (status != RT_OK)
        run->error = error;
    if (status == RT_OK && b->path && ended && b->deletes) {
        if (unlink(b->path) != 0 && errno != ENOENT)
            rt_warn(run, "cannot remove '%s': %s", b->path, strerror(errno));
        (void)rmdir(b->folder); /* other files may be there */
    }
    free(b->path);
    free(b->folder);
    return status;
}
