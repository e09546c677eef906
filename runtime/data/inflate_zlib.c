/* inflate_zlib.c: the table of inflate.h over zlib; the only object that needs zlib. */
#include "runtime/data/inflate.h"

#include <limits.h>
#include <stdlib.h>

#define ZLIB_CONST
#include <zlib.h>

static void *z_open(int is_gzip)
{
    z_stream *z = calloc(1, sizeof *z);
    if (z && inflateInit2(z, is_gzip ? 16 + MAX_WBITS : -MAX_WBITS) != Z_OK) {
        free(z);
        return NULL;
    }
    return z;
}

static RtInflateResult z_run(void *stream, const unsigned char **in, size_t *n_in,
                             unsigned char **out, size_t *n_out)
{
    z_stream *z = stream;
    uInt have = *n_in > INT_MAX ? INT_MAX : (uInt)*n_in;
    uInt room = *n_out > INT_MAX ? INT_MAX : (uInt)*n_out;
    z->next_in = *in;
    z->avail_in = have;
    z->next_out = *out;
    z->avail_out = room;
    int result = inflate(z, Z_NO_FLUSH);
    *in += have - z->avail_in;
    *n_in -= have - z->avail_in;
    *out += room - z->avail_out;
    *n_out -= room - z->avail_out;
    if (result == Z_STREAM_END)
        return RT_INFLATE_END;
    return result == Z_OK || result == Z_BUF_ERROR ? RT_INFLATE_MORE : RT_INFLATE_CORRUPT;
}

static void z_reset(void *stream)
{
    inflateReset(stream);
}

static void z_close(void *stream)
{
    inflateEnd(stream);
    free(stream);
}

const RtInflate rt_inflate_zlib = {z_open, z_run, z_reset, z_close};
