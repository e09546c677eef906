/* target_labels.h: what stored labels look like, in words, so that a message can say what to write. */
#ifndef NNLC_RUNTIME_ABI_TARGET_LABELS_H
#define NNLC_RUNTIME_ABI_TARGET_LABELS_H

#include "runtime/abi/target_check.h"

/* Integers that hardly number classes from 0 on: others at the start, or many left out. targets = classes()
 * gives each its class. */
bool rt_labels_need_classes(const RtTargets *t);
/* So many different integers that they hardly name classes. */
bool rt_labels_are_amounts(const RtTargets *t);
/* So few different integers in so many rows that they look like classes. */
bool rt_labels_are_few(const RtTargets *t);
/* "0 and 1", "from 3 to 8", "from 1 to 40 with gaps". Their number must be known. Returns buf. */
const char *rt_labels_text(const RtTargets *t, char *buf, size_t size);

#endif
