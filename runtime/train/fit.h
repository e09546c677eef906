/* fit.h: training, evaluation and prediction over whole parts of data sets. */
#ifndef NNLC_RUNTIME_TRAIN_FIT_H
#define NNLC_RUNTIME_TRAIN_FIT_H

#include "runtime/train/progress.h"
#include "runtime/train/step.h"

/* fit: epochs initial+1 … epochs of the command. Fills the command's result. RT_END: interrupted, and
 * run->error says where. */
RtStatus rt_fit(RtRun *run, const ImgCommand *c);
/* evaluate: loss and metrics of a part into the result and, if shown, onto the screen. */
RtStatus rt_evaluate(RtRun *run, const ImgCommand *c);
/* Outputs for every row of a part, row-major [rows, …] in the output's dtype; caller frees *data.
 * verbose: as a setting of the command. */
RtStatus rt_predict_rows(RtRun *run, uint32_t entry, const RtPart *part, int64_t verbose,
                         void **data);

/* How much is shown: 0 nothing, 1 a bar (one line per epoch where no terminal is), 2 lines. */
RtProgressStyle rt_progress_style(const RtRun *run, int64_t verbose);

#endif
