/* saved.h: what a file of weights says of its model besides the tensors, as JSON: architecture, transforms,
 * signature, classes. */
#ifndef NNLC_RUNTIME_TRAIN_SAVED_H
#define NNLC_RUNTIME_TRAIN_SAVED_H

#include "runtime/files/tensors.h"
#include "runtime/train/run.h"

/* The key of the metadata (.safetensors), and the name of the array of bytes (.npz). */
#define RT_SAVED_KEY "nnlc"
#define RT_SAVED_ARRAY "nnlc_json"

typedef struct RtSaved {
    bool is_there;         /* false: another program wrote the file, or an nnlc before 0.2 */
    char *digest;          /* of the architecture */
    char *transforms;      /* "[normalize(axis=-1)]" */
    RtSignature signature; /* without `fitted` */
    RtNames class_names;
} RtSaved;

/* The text for a model, in malloc memory; NULL: no memory. */
char *rt_saved_text(const RtModel *m);
/* What a file says; `path` for messages. The caller frees *out, also after a failure. */
RtStatus rt_saved_read(const RtTensorFile *file, const char *path, RtSaved *out,
                       RtError *error) RT_MUST_USE;
void rt_saved_free(RtSaved *s);
/* Does the file hold fitted values? */
bool rt_saved_is_fitted(const RtTensorFile *file);

/* The tensors of a model's fitted values: one number for each column of a table, "fitted/age/mean", else an
 * array, "fitted/inputs/mean". `signature`: which columns there are, in which order. `visit` gets each by name with the state and the place of its first number.
 * False: visit returned false, or there is no memory for a name. */
typedef bool RtFittedVisit(void *cx, const char *name, const ImgState *s, int64_t place, int64_t n);
bool rt_fitted_visit(const RtModel *m, const RtSignature *signature, RtFittedVisit *visit,
                     void *cx);

#endif
