/* image.h: the command image in memory: structs ImgProgram … made from image.def.
 *
 * image_write and image_read are each other's inverse. What image_read returns is one block, freed
 * with image_free; all strings in it are NUL-terminated and never NULL. */
#ifndef NNLC_RUNTIME_ABI_IMAGE_H
#define NNLC_RUNTIME_ABI_IMAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { IMAGE_VERSION = 12 };
#define IMG_NONE 0xffffffffu

typedef uint32_t Img_U32;
typedef int64_t Img_I64;
typedef double Img_F64;
typedef const char *Img_STR;
typedef struct Img_BYTES {
    uint32_t n;
    const unsigned char *at;
} Img_BYTES;
typedef struct Img_LIST_U32 {
    uint32_t n;
    uint32_t *at;
} Img_LIST_U32;
typedef struct Img_LIST_I64 {
    uint32_t n;
    int64_t *at;
} Img_LIST_I64;
typedef struct Img_LIST_F64 {
    uint32_t n;
    double *at;
} Img_LIST_F64;
typedef struct Img_LIST_STR {
    uint32_t n;
    const char **at;
} Img_LIST_STR;

#define RECORDS_FILE "runtime/abi/image.def"
#include "runtime/abi/expand_structs.def"

/* The image as bytes, in malloc memory; NULL if there is not enough. */
unsigned char *image_write(const ImgProgram *program, size_t *size);
/* NULL with a text in error (of error_size bytes) if the bytes are no image. */
ImgProgram *image_read(const unsigned char *bytes, size_t size, char *error, size_t error_size);
void image_free(ImgProgram *program);

#endif
