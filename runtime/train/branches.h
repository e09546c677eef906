/* branches.h: `if` and `jump` in the list of commands. */
#ifndef NNLC_RUNTIME_TRAIN_BRANCHES_H
#define NNLC_RUNTIME_TRAIN_BRANCHES_H

#include "runtime/train/run.h"

bool rt_is_branch(const ImgCommand *c);
/* The command to go on with behind the branch at this place. */
RtStatus rt_branch_next(RtRun *run, uint32_t at, uint32_t *next);
/* Where what an `if` decides about ends, its else included. */
uint32_t rt_branch_end(const ImgProgram *p, uint32_t at);
/* The innermost `if` around a command; IMG_NONE: it runs in any case. */
uint32_t rt_branch_around(const ImgProgram *p, uint32_t at);
/* A result that has no values: an error if that is because an `if` did not hold. */
RtStatus rt_branch_check(RtRun *run, uint32_t result);
/* Do they stand on the two sides of one `if`? */
bool rt_branches_exclude(const ImgProgram *p, uint32_t a, uint32_t b);

#endif
