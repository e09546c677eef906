/* inputs.h: the files that a run will read, as far as names tell before it does. */
#ifndef NNLC_RUNTIME_TRAIN_INPUTS_H
#define NNLC_RUNTIME_TRAIN_INPUTS_H

#include "runtime/train/run.h"

/* Gets a path where a file may be. True: it is this one, and no other folder is looked into for the name. */
typedef bool RtInputVisit(void *cx, const char *path);

/* A name, in the folders that the program looks into, in their order; of a pattern the folder. `beside` as for rt_run_dirs. */
void rt_input_visit(RtRun *run, const char *beside, const char *name, RtInputVisit *visit,
                    void *cx);
/* All names in the sources of data. Names of columns are texts, too; a file of such a name is one that the program names. */
void rt_inputs_visit(RtRun *run, RtInputVisit *visit, void *cx);
/* Are data read from this file? */
bool rt_inputs_have(RtRun *run, const char *path);

#endif
