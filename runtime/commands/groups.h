/* groups.h: rows of a table that belong together, by the texts of a column. */
#ifndef NNLC_RUNTIME_COMMANDS_GROUPS_H
#define NNLC_RUNTIME_COMMANDS_GROUPS_H

#include "runtime/train/run.h"

/* The group of each row of a part: its place among the different texts of the column, which are sorted as numbers if
 * all of them are. The column must be kept (RtSourceDesc.keep). */
RtStatus rt_group_numbers(RtRun *run, const RtPart *part, const char *column, int64_t *group);

#endif
