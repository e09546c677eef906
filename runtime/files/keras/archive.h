/* archive.h: a .keras file: a zip archive of a Keras model, read in memory. */
#ifndef NNLC_RUNTIME_FILES_KERAS_ARCHIVE_H
#define NNLC_RUNTIME_FILES_KERAS_ARCHIVE_H

#include "runtime/data/store.h"
#include "runtime/data/zip.h"

/* Members. The last one is nnlc's own: what a model knows besides its weights (saved.h). */
#define RT_KERAS_WEIGHTS "model.weights.h5"
#define RT_KERAS_CONFIG "config.json"
#define RT_KERAS_METADATA "metadata.json"
#define RT_KERAS_SAVED "assets/nnlc.json"

typedef struct RtKerasArchive {
    const unsigned char *weights; /* an HDF5 file */
    size_t n_weights;
    char *label;          /* of it in messages: "net.keras:model.weights.h5" */
    RtNames names, texts; /* the other members above that are there */
    unsigned char *owned;
} RtKerasArchive;

/* Told by its members, or by the name of the file. */
bool rt_keras_archive_is(const RtZip *zip);
/* Unpacks the members above into memory and compares them with their checksums; others are only looked at by
 * name. The zip must stay open. The caller closes *out, also after a failure. */
RtStatus rt_keras_archive_open(const RtZip *zip, RtKerasArchive *out, RtError *error) RT_MUST_USE;
void rt_keras_archive_close(RtKerasArchive *archive);

#endif
