/* keras_file.h: files of whole Keras models as texts of our language. */
#ifndef NNLC_DRIVER_KERAS_FILE_H
#define NNLC_DRIVER_KERAS_FILE_H

#include "driver/session.h"
#include "ir/keras/keras.h"

/* The structure that a .keras or .h5 file holds, as a source of the name of the file. NULL with *fault. */
const Source *keras_file_source(Session *s, const char *path, KerasWarnings *warnings,
                                ProbeFault *fault);
/* The same as what load_model names: found as data files are, read once. */
const struct Ast *keras_file_read(void *session, const char *path, Range from, ProbeFault *fault);

#endif
