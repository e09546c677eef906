/* formats.h: the formats of files of models (formats.def). */
#ifndef NNLC_RUNTIME_ABI_FORMATS_H
#define NNLC_RUNTIME_ABI_FORMATS_H

#include <stdbool.h>
#include <stddef.h>

#define FORMAT(id, extension, holds, library, state) RT_FORMAT_##id,
typedef enum {
#include "runtime/abi/formats.def"
    RT_N_FORMATS
} RtFormat;

/* Of the longest ending that fits: "a.weights.h5" is no "a.h5". RT_N_FORMATS: none does. */
RtFormat rt_format_of(const char *path);
bool rt_format_is_later(RtFormat f);
/* Also the structure of a model. False for RT_N_FORMATS. */
bool rt_format_holds_model(RtFormat f);
/* "hdf5", or "". */
const char *rt_format_library(RtFormat f);
/* ".safetensors .npz": those that are built, or the others. Returns buf, cut to what fits. */
const char *rt_formats_text(bool later, char *buf, size_t size);

#endif
