/* warnings.h: the warnings by name, as -Wno-NAME takes them. */
#ifndef NNLC_IR_DEFS_WARNINGS_H
#define NNLC_IR_DEFS_WARNINGS_H

#define WARNING_ROWS(ROW)                                                                          \
    ROW(index_column, "index-column", "a column of the inputs only numbers the rows")              \
    ROW(keras_file, "keras-file", "a Keras file holds what a program cannot say")                  \
    ROW(keras_settings, "keras-settings", "a Keras file cannot hold the compile settings")         \
    ROW(labels, "labels", "a loss for numbers is given what looks like classes")                   \
    ROW(many_values, "many-values", "one_hot makes more than 1,000 numbers of a column")           \
    ROW(missing_file, "missing-file", "a data file is not there (nnlc check)")                     \
    ROW(not_fitted, "not-fitted", "a model is used before its preprocessing is fitted")            \
    ROW(renamed, "renamed", "an argument has another name now")                                    \
    ROW(scores, "scores", "the last activation does not suit the loss")                            \
    ROW(shadow, "shadow", "a name hides another one")                                              \
    ROW(unused_param, "unused-param", "a param is not used")

#define ROW(id, name, doc) WARNING_##id,
typedef enum WarningId { WARNING_ROWS(ROW) N_WARNINGS } WarningId;
#undef ROW

const char *warning_name(WarningId id);

#endif
