/* side.h: a run beside another: the same program and data, but models, results and errors of its own. Several may go
 * on at once in threads; none changes the run that it stands beside. */
#ifndef NNLC_RUNTIME_TRAIN_SIDE_H
#define NNLC_RUNTIME_TRAIN_SIDE_H

#include "runtime/exec/jobs.h"
#include "runtime/train/run.h"

typedef struct RtSide {
    RtRun run;
    RtSettings settings;
    const RtRun *of;
    char *warnings; /* what would be on standard error */
    size_t warned;
    uint32_t own_data; /* the data set whose rows are its own; IMG_NONE: none */
} RtSide;

/* Fresh weights for the instance and those that share weights with it, under the compile in force. What it reads must
 * be open in `of`: data sets are taken from there as they are. The caller closes the side, also after a failure. */
RtStatus rt_side_open(RtSide *side, const RtRun *of, uint32_t instance, RtLane lane);
void rt_side_close(RtSide *side);
/* Jobs that open a side each for a training of one of these instances, on the threads of the run; fewer at the same time
 * where memory is short. Of a failure the error may lie in a side. */
RtStatus rt_sides_run(RtRun *run, RtJobs jobs, uint32_t n_instances, const uint32_t *instances);
/* What it warned of, in malloc memory; NULL: nothing. */
char *rt_side_warnings(RtSide *side);

/* Its training part of the data set gets the rows of `part` (an RtPartId) whose fold is another than `held`, its test
 * part the rest; `split` (NULL: none) draws a validation part from the training rows. */
RtStatus rt_side_fold(RtSide *side, uint32_t data, int part, const uint32_t *fold, uint32_t held,
                      const ImgPart *split);
/* Its training part gets all rows of the training part, with `both` also those of the validation part that were drawn
 * from the same rows; it has no validation part. */
RtStatus rt_side_whole(RtSide *side, uint32_t data, bool both);

#endif
