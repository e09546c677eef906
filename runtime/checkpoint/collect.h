/* collect.h: a run as the tensors and the record of a checkpoint. */
#ifndef NNLC_RUNTIME_CHECKPOINT_COLLECT_H
#define NNLC_RUNTIME_CHECKPOINT_COLLECT_H

#include "runtime/checkpoint/keeper.h"
#include "runtime/files/tensor_list.h"
#include "runtime/train/kept_view.h"

/* The tensor that holds the record. */
#define RT_KEPT_TENSOR RT_KEPT_OWN "record"

/* A complete file, apart from the run. */
typedef struct RtKeptFile {
    char *path;
    RtTensorList list;
    uint32_t n_meta;
    char **keys, **values;
} RtKeptFile;

/* In malloc memory; NULL: no memory. */
RtKeptFile *rt_collect(const RtKeeper *k, const RtPosition *at, const char *path);
void rt_kept_file_free(RtKeptFile *f);

/* Names of a model's tensors begin with it: "" where the program has one model, else "net/". In malloc memory. */
char *rt_kept_prefix(const RtRun *run, const RtModel *m);
/* "run:callback/2/5/" */
void rt_kept_slot_prefix(uint32_t callback, uint32_t slot, char *text, size_t size);

#endif
