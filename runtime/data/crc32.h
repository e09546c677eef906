/* crc32.h: the checksum of zip files, and that of TensorBoard's records. */
#ifndef NNLC_RUNTIME_DATA_CRC32_H
#define NNLC_RUNTIME_DATA_CRC32_H

#include <stddef.h>
#include <stdint.h>

/* The checksum goes on from `crc`, that of the bytes before (0: none). */
uint32_t rt_crc32(uint32_t crc, const void *bytes, size_t size);
/* With the polynomial of Castagnoli. */
uint32_t rt_crc32c(uint32_t crc, const void *bytes, size_t size);

#endif
