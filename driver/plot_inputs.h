/* plot_inputs.h: which files nnlc plot reads, and what their runs are called. */
#ifndef NNLC_DRIVER_PLOT_INPUTS_H
#define NNLC_DRIVER_PLOT_INPUTS_H

#include <stdbool.h>

#include "support/arena.h"
#include "support/vec.h"

typedef struct PlotInput {
    const char *path;
    const char *name;   /* of the run: of a table its file's, of an event file its folder's */
    bool is_validation; /* the validation of the run before that has this name */
} PlotInput;

typedef Vec(PlotInput) PlotInputs;

/* Adds a file, "-" for standard input; of a folder the event files in it, and those of Keras's folders "train" and "validation". */
void plot_inputs_add(Arena *arena, const char *path, PlotInputs *out);
/* Names that several have become their paths. */
void plot_inputs_name(Arena *arena, PlotInputs *inputs);

#endif
