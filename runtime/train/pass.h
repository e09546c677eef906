/* pass.h: a whole part of a data set through an entry that trains nothing. */
#ifndef NNLC_RUNTIME_TRAIN_PASS_H
#define NNLC_RUNTIME_TRAIN_PASS_H

#include "runtime/train/step.h"

/* How much is shown: 0 nothing, 1 a bar (one line per epoch where no terminal is), 2 lines. */
RtProgressStyle rt_progress_style(const RtRun *run, int64_t verbose);
/* ceil(rows / batch) */
int64_t rt_batches(int64_t rows, int64_t batch);
/* After batch `done`: draws, and RT_END if somebody asked to stop. `where`: in what. */
RtStatus rt_batch_done(RtStep *s, RtProgress *p, int64_t done, const char *where);
/* The first `steps` batches of a part through an evaluation; the figures are in s->figures then. */
RtStatus rt_evaluate_part(RtStep *s, const RtPart *part, int64_t steps, RtProgress *progress,
                          const char *where);
/* The same with the weights of the run's own instance, silently: the value of each metric into `out`. */
RtStatus rt_score_part(RtRun *run, uint32_t entry, const RtPart *part, double *out);
/* Outputs for every row of a part, row-major [rows, …] in the output's dtype; caller frees *data.
 * verbose: as a setting of the command. */
RtStatus rt_predict_rows(RtRun *run, uint32_t entry, const RtPart *part, int64_t verbose,
                         void **data);

#endif
