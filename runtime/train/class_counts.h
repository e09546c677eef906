/* class_counts.h: targets against predictions: how often classes are taken for each other, and what follows from that. */
#ifndef NNLC_RUNTIME_TRAIN_CLASS_COUNTS_H
#define NNLC_RUNTIME_TRAIN_CLASS_COUNTS_H

#include "runtime/train/value.h"

enum { RT_MOST_CLASSES = 4096 }; /* a matrix of them has 128 MiB */

/* y: class numbers, or a vector for each row. p: a score for each class, one score, which stands for class 1 above the
 * threshold, or class numbers. *error is set to a text if they do not fit. */

/* The class that scores stand for: the first of the largest; the first NaN if there is one. */
int64_t rt_largest(const double *scores, int64_t n);
/* The class numbers that such targets stand for, in malloc memory; NULL: an error. */
double *rt_class_numbers(const RtValue *y, int64_t *rows, const char **error);
/* [classes, classes]: a row for each true class, a column for each predicted one. */
RtValue rt_confusion_matrix(const RtValue *y, const RtValue *p, double threshold,
                            const char **error);
/* The fraction of rows whose predicted class is the true one. */
RtValue rt_accuracy(const RtValue *y, const RtValue *p, double threshold, const char **error);
/* Of two classes: how often a row of class 1 has the higher score, of all pairs with one of class 0. */
RtValue rt_roc_auc(const RtValue *y, const RtValue *p, const char **error);

#endif
