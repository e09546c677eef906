/* png_stored.h: small images as PNG without any library: not compressed, but one byte per pixel where they are gray or 256 colors do. */
#ifndef NNLC_RUNTIME_PLOT_PNG_STORED_H
#define NNLC_RUNTIME_PLOT_PNG_STORED_H

#include <stddef.h>
#include <stdint.h>

/* rgb[3 * (row * columns + column)]. The bytes of a file, from malloc; NULL: no memory. */
uint8_t *rt_png_stored(int64_t rows, int64_t columns, const uint8_t *rgb, size_t *size);

#endif
