/* picture_formats.h: the formats of files of pictures (picture_formats.def). */
#ifndef NNLC_RUNTIME_ABI_PICTURE_FORMATS_H
#define NNLC_RUNTIME_ABI_PICTURE_FORMATS_H

#include <stddef.h>

#define PICTURE(id, extension, library) RT_PICTURE_##id,
typedef enum {
#include "runtime/abi/picture_formats.def"
    RT_N_PICTURES
} RtPictureFormat;

/* RT_N_PICTURES: no ending fits. */
RtPictureFormat rt_picture_format_of(const char *path);
/* "cairo", or "". */
const char *rt_picture_format_library(RtPictureFormat f);
/* ".svg .png". Returns buf, cut to what fits. */
const char *rt_picture_formats_text(char *buf, size_t size);

#endif
