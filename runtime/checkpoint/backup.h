/* backup.h: the file of BackupAndRestore: a checkpoint of one fit. */
#ifndef NNLC_RUNTIME_CHECKPOINT_BACKUP_H
#define NNLC_RUNTIME_CHECKPOINT_BACKUP_H

#include "runtime/checkpoint/keeper.h"

typedef struct RtBackup {
    RtKeeper keeper;
    char *folder, *path; /* NULL: the fit has no such callback */
    bool deletes;        /* at the end */
} RtBackup;

/* If the fit has the callback and its folder a backup: training, callbacks and model as they were. Not in a run that
 * goes on from a checkpoint, whose logs may end before the backup. */
RtStatus rt_backup_open(RtBackup *b, const RtPosition *at, RtTraining *t, RtCallbacks *cbs);
/* Before the first batch: files that grow begin in the backup as long as they are now. */
RtStatus rt_backup_begin(RtBackup *b, const RtPosition *at);
/* Writes one, if a callback asked for it or `now`. */
RtStatus rt_backup_did(RtBackup *b, const RtPosition *at, RtTraining *t, bool now);
/* Waits until all is written. `ended`: the fit has come to its end: removes the backup. */
RtStatus rt_backup_close(RtBackup *b, RtRun *run, bool ended);

#endif
