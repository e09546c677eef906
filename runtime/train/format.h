/* format.h: a template with values in its fields, as format() gives it. */
#ifndef NNLC_RUNTIME_TRAIN_FORMAT_H
#define NNLC_RUNTIME_TRAIN_FORMAT_H

#include "runtime/train/value.h"

/* A text. If a value does not fit its field, *why is set and the value is none. */
RtValue rt_value_format(const char *template, const RtValue *args, uint32_t n, const char **why);

#endif
