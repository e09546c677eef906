/* Any bytes as a gzip file: whole and piece by piece, from memory and from a file, the same comes out, or the same
 * error. The last byte is the size of the pieces. */
#include <string.h>

#include "tests/fuzz/mutate_gzip.h"
#include "tests/fuzz/source_fuzz.h"

enum { MOST_PIECE = 256 };

typedef struct Content {
    RtStatus status;
    unsigned char *bytes;
    size_t n;
    RtError error;
} Content;

/* A piece of 0 bytes: all at once. */
static Content read_content(RtInput *in, size_t piece)
{
    Content c = {.status = RT_OK};
    size_t got = piece, most = 0;
    if (!piece)
        c.status = rt_input_all(in, NULL, &c.bytes, &c.n, &c.error);
    while (piece && c.status == RT_OK && got == piece) {
        if (most - c.n < piece) {
            most = 2 * most + MOST_PIECE;
            c.bytes = realloc(c.bytes, most);
        }
        if (!c.bytes)
            abort();
        c.status = rt_input_read(in, c.bytes + c.n, piece, &got, &c.error);
        c.n += c.status == RT_OK ? got : 0;
    }
    if (c.status == RT_OK && rt_input_finish(in, "its end", &c.error) != RT_OK)
        abort();
    rt_input_close(in);
    return c;
}

static void check_same(const Content *a, const Content *b)
{
    if (a->status != b->status)
        abort();
    if (a->status != RT_OK && strcmp(a->error.text, b->error.text) != 0)
        abort();
    if (a->status == RT_OK && (a->n != b->n || memcmp(a->bytes, b->bytes, a->n) != 0))
        abort();
}

size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t size, size_t most, unsigned seed)
{
    return mutate_gzip(bytes, size, most, seed);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    FuzzFile f;
    RtInput *whole, *pieces, *file;
    RtError error;
    size_t piece = 1 + (size ? bytes[size - 1] : 0);
    fuzz_file_open(&f, bytes, size);
    if (rt_input_memory(bytes, size, f.path, RT_PACKED_auto, &whole, &error) != RT_OK ||
        rt_input_memory(bytes, size, f.path, RT_PACKED_auto, &pieces, &error) != RT_OK ||
        rt_input_open(f.path, &file, &error) != RT_OK)
        abort();
    Content all[] = {read_content(whole, 0), read_content(pieces, piece),
                     read_content(file, piece)};
    check_same(&all[0], &all[1]);
    check_same(&all[1], &all[2]);
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        free(all[i].bytes);
    fuzz_file_close(&f);
    return 0;
}
