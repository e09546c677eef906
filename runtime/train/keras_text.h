/* keras_text.h: the configuration texts of an image (ir/keras/config_write.h) with what only the run knows. */
#ifndef NNLC_RUNTIME_TRAIN_KERAS_TEXT_H
#define NNLC_RUNTIME_TRAIN_KERAS_TEXT_H

#include "runtime/train/run.h"

/* In malloc memory; NULL: there is no memory, or an expression has no value. */
char *rt_keras_text(RtRun *run, const RtModel *m, const char *text);
/* The learning rate that the text marks, now. False: it is a schedule's, or the text is empty. */
bool rt_keras_rate(RtRun *run, const RtModel *m, const char *text, double *rate);

#endif
