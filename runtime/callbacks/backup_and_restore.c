/* backup_and_restore.c: BackupAndRestore: when a backup is due. What is in it, and how a fit goes on from it, is in
 * runtime/checkpoint/backup.c, since a backup holds what all callbacks remember. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/callbacks/callbacks.h"

RtStatus rt_BackupAndRestore_writes(RtRun *run, const ImgCommand *c, const RtCallback *cb,
                                    char **alone)
{
    const char *dir = cb->args[CB_BackupAndRestore_backup_dir].text;
    size_t size = strlen(dir) + sizeof "/backup";
    char *path = malloc(size);
    (void)c;
    if (!path)
        return rt_fail(&run->error, "not enough memory for the path '%s'", dir);
    snprintf(path, size, "%s%s", dir, *dir ? "/backup" : "");
    RtStatus status = rt_callback_path_check(run, path, alone);
    free(path);
    return status;
}

RtStatus rt_BackupAndRestore_batch_end(RtTraining *t, RtCallback *cb)
{
    double *batches = &cb->slots[SLOT_BackupAndRestore_batches].number;
    int64_t freq = cb->args[CB_BackupAndRestore_save_freq].count;
    *batches = isnan(*batches) ? 1 : *batches + 1;
    if (!freq || *batches < (double)freq)
        return RT_OK;
    *batches = 0;
    t->wants_backup = true;
    return RT_OK;
}

RtStatus rt_BackupAndRestore_epoch_end(RtTraining *t, RtCallback *cb)
{
    t->wants_backup = t->wants_backup || !cb->args[CB_BackupAndRestore_save_freq].count;
    return RT_OK;
}
