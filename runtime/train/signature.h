/* signature.h: what a model knows of the files that it can take, and whether its preprocessing is fitted.
 *
 * Recorded when compiling where the files are there, else at the first fit; saved and loaded with the
 * weights. Instances that share the layer that receives the rows share one. */
#ifndef NNLC_RUNTIME_TRAIN_SIGNATURE_H
#define NNLC_RUNTIME_TRAIN_SIGNATURE_H

#include "runtime/abi/image.h"
#include "runtime/data/columns.h"
#include "runtime/data/dataset.h"

typedef struct RtSignature {
    const ImgSignature *image;
    bool known;         /* columns or shape are */
    bool by_name;       /* the names of the columns are those of a file's header */
    char delimiter;     /* of the training file */
    RtNames columns;    /* tables: in the model's order; empty: arrays */
    RtPlan plan;        /* columns(...): what becomes of these; of none: they stay as they are */
    bool takes_missing; /* without it: cells may be empty, the transforms fill them */
    RtDtype dtype;      /* arrays: of one stored row */
    uint32_t rank;
    int64_t dims[RT_MAX_RANK];
    bool fitted;       /* the transforms' values are the model's own */
    char *loaded_bare; /* the file that was loaded and brought no such values; NULL: none */
} RtSignature;

/* As the compiler recorded it. */
RtStatus rt_signature_start(RtSignature *s, const ImgProgram *program, const ImgSignature *image,
                            RtError *error) RT_MUST_USE;
void rt_signature_free(RtSignature *s);
/* That of a part, if nothing is known yet. `columns`: the data set's. */
RtStatus rt_signature_learn(RtSignature *s, const RtPart *part, const RtNames *columns,
                            RtError *error) RT_MUST_USE;
/* Where the model's columns stand in a part that is a table, and what numbers their texts have: in malloc
 * memory; NULL if they stand as the data set's do. Their cells in the rows of the part must be what the model
 * takes. `model`: its name. */
RtStatus rt_signature_columns(const RtSignature *s, const RtPart *part, const char *model,
                              uint32_t **columns, int32_t ***maps, RtError *error) RT_MUST_USE;
/* Values of a stored row. */
int64_t rt_signature_row(const RtSignature *s);

#endif
