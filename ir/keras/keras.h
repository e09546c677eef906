/* keras.h: the structure of a Keras model as a text of our language.
 *
 * In: the JSON that Keras writes into a .keras or .h5 file. Out: models with their layers and a compile block, as a
 * person would have written them. What a layer takes comes from the tables (ir/defs/vocab.h): their names are Keras's.
 * Nothing of the file is executed: objects that hold code are refused. */
#ifndef NNLC_IR_KERAS_KERAS_H
#define NNLC_IR_KERAS_KERAS_H

#include <stdbool.h>
#include <stddef.h>

#include "support/arena.h"
#include "support/strbuf.h"
#include "support/vec.h"

/* What a file says of its model. */
typedef struct KerasConfig {
    const char *model; /* config.json of a .keras file; model_config of an .h5 file */
    size_t model_size;
    const char
        *training; /* training_config of an .h5 file; NULL: there is none, or a .keras file */
    size_t training_size;
} KerasConfig;

typedef Vec(const char *) KerasWarnings;

/* Adds the text to *out. False with *message, which says where in the model: "layer 'conv2d' (Conv2D): ...". */
bool keras_text(Arena *arena, const KerasConfig *config, StrBuf *out, KerasWarnings *warnings,
                const char **message);

#endif
