/* config_write.h: models and their compile settings as the JSON that Keras 3 keeps in .keras and .h5 files.
 *
 * Names of classes and arguments are those of our tables, which are Keras's. Numbers that only the run knows
 * (options) and the learning rate stand as marks: \x01 N \x01, \x01 r N \x01, where N is the number of an
 * expression of the image; the writer of the file puts them in (runtime/train/keras_text.h). */
#ifndef NNLC_IR_KERAS_CONFIG_WRITE_H
#define NNLC_IR_KERAS_CONFIG_WRITE_H

#include "ir/layers/build.h"
#include "ir/program/program.h"
#include "support/strbuf.h"

/* Layers, losses and metrics as .keras has them, or as .h5 has them: without their modules. */
typedef enum { KERAS_modern, KERAS_legacy } KerasStyle;

typedef struct KerasWriter {
    StrBuf out;
    KerasStyle style;
    uint32_t (*expr)(void *cx, const Expr *e); /* its number in the image */
    void *cx;
} KerasWriter;

/* The configuration of a Sequential model. `row`: the shape of one row of its input, behind the array transforms of
 * `data`, which become its first layers; data NULL: there are none, or they have no such form. `layers` are
 * those of its graph. */
void keras_write_model(KerasWriter *w, const Instance *m, const DataSet *data, const Shape *stored,
                       const Shape *row, const LayerShape *layers, size_t n);
/* compile_config of a .keras, or training_config of an .h5. */
void keras_write_compile(KerasWriter *w, const Compile *c);

/* Can these transforms be layers? */
bool keras_transforms_fit(const DataSet *d);

#endif
