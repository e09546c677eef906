/* keeper.h: checkpoints of a run: --checkpoint writes them, --resume goes on from one.
 *
 * A checkpoint is a .safetensors file, so `load` and --weights take it. It holds every weight, slot and sum once, in
 * logical order, and a record (checkpoint.def): where the run is, results, models, the training and what its
 * callbacks remember. Order of rows and dropout are computed again from seeds and steps. It is copied at once and
 * written by another thread; the file before it stays until the new one is complete. */
#ifndef NNLC_RUNTIME_CHECKPOINT_KEEPER_H
#define NNLC_RUNTIME_CHECKPOINT_KEEPER_H

#include "runtime/callbacks/callbacks.h"
#include "runtime/checkpoint/record.h"
#include "runtime/files/background.h"
#include "runtime/files/tensors.h"

typedef struct RtKeeper {
    RtRun *run;
    const char *path; /* --checkpoint; NULL: none is asked for */
    int64_t every;    /* batches between two; 0: once per epoch */
    int64_t batches;  /* since the last one */
    RtBackground writer;
    ImgKept *from;      /* what was resumed; NULL: nothing, or all of it is taken */
    RtTensorFile *file; /* its tensors, as long as a training waits for its own */
    uint32_t command;   /* the first one to run */
    uint32_t fits;      /* fits that are over */
    bool finished;      /* the resumed run had come to its end */
    bool is_resumed;    /* the run goes on from a checkpoint */
    bool has_loaded;    /* a model was loaded since the last checkpoint */
} RtKeeper;

/* Where a run is, for a checkpoint. */
typedef struct RtPosition {
    uint32_t command;
    bool finished;
    RtTraining *training; /* NULL: none runs */
    const RtCallbacks *callbacks;
} RtPosition;

/* The record and the tensors of a checkpoint, not compared with anything so far. */
RtStatus rt_keeper_read(RtKeeper *k, const char *path);
void rt_keeper_drop(RtKeeper *k);
/* Reads what --resume names and puts models and results where they were. */
RtStatus rt_keeper_open(RtKeeper *k, RtRun *run);
/* Opens what --log names; where the run goes on, behind what it had written. */
RtStatus rt_keeper_log(RtKeeper *k);
/* Writes to --checkpoint, if there is one, or to `path`. */
RtStatus rt_keeper_save(RtKeeper *k, const RtPosition *at, const char *path);
/* The same, and waits until it is written. */
RtStatus rt_keeper_save_now(RtKeeper *k, const RtPosition *at, const char *path);
/* After a batch or an epoch: saves if it is time. */
RtStatus rt_keeper_did(RtKeeper *k, const RtPosition *at, RtDid did);
/* Does a training of this command wait to be restored? Then only the command itself can keep it. */
bool rt_keeper_has_training(const RtKeeper *k, uint32_t command);
/* The training of the command that was running: as it was. Others are left alone. */
RtStatus rt_keeper_restore(RtKeeper *k, uint32_t command, RtTraining *t, RtCallbacks *cbs);
/* Waits until all is written. An error before stays the run's. */
RtStatus rt_keeper_close(RtKeeper *k, RtStatus before);

#endif
