/* report.h: how good predictions are, as tables: by class, or of numbers. */
#ifndef NNLC_RUNTIME_TRAIN_REPORT_H
#define NNLC_RUNTIME_TRAIN_REPORT_H

#include <stdint.h>
#include <stdio.h>

#include "runtime/data/store.h"

/* counts[true * classes + predicted]. Precision, recall, F1 and support of each class, accuracy and means, as
 * scikit-learn's classification_report prints them (0 where nothing is divided by nothing); the matrix, or of many
 * classes the pairs that are taken for each other most often; the accuracy of `usual`, the most frequent class of the
 * training part (-1: not known). */
void rt_report_classes(FILE *out, const RtNames *names, int64_t classes, const int64_t *counts,
                       int64_t usual);

/* y, p: [rows, columns]; means: of the training targets, [columns]. Mean absolute error, root of the mean squared
 * error and R2 of each column, and of the means; the rows that are worst. */
void rt_report_values(FILE *out, const RtNames *names, int64_t rows, int64_t columns,
                      const double *y, const double *p, const double *means);

#endif
