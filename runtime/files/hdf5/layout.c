/* layout.c: layouts there and back, and their pieces. A stream: a letter, then places, length and bytes, or why there are
 * none. The numbers of arrays go to the file from where they are. */
#include "runtime/files/hdf5/layout.h"

#include <stdlib.h>
#include <string.h>

#include "runtime/data/memory.h"

enum { LETTER_layout = 'L', LETTER_fault = 'F' };
enum { AT_SIZE = 40 }; /* of the file, in its first block: 8 bytes */

static RtStatus no_memory(RtError *error)
{
    return rt_fail(error, "cannot make the HDF5 file: not enough memory");
}

void rt_layout_free(RtH5Layout *layout)
{
    free(layout->memory);
    free(layout->places);
}

/* ---- the stream ---- */

void rt_layout_put(FILE *out, const RtH5Layout *layout, uint32_t n)
{
    uint64_t length = layout->n;
    fputc(LETTER_layout, out);
    fwrite(layout->places, sizeof *layout->places, n, out);
    fwrite(&length, sizeof length, 1, out);
    fwrite(layout->memory, 1, layout->n, out);
}

void rt_layout_put_fault(FILE *out, const char *fault)
{
    fputc(LETTER_fault, out);
    fputs(fault, out);
}

static RtStatus broken(RtError *error)
{
    return rt_fail(error,
                   "cannot make the HDF5 file: not enough memory, or its process ended in a crash");
}

static RtStatus get_fault(FILE *in, RtError *error)
{
    char text[sizeof error->text] = "";
    size_t n = fread(text, 1, sizeof text - 1, in);
    return n ? rt_fail(error, "%s", text) : broken(error);
}

static RtStatus get_parts(FILE *in, uint32_t n, RtH5Layout *to, RtError *error)
{
    uint64_t length;
    to->places = calloc(n + (size_t)1, sizeof *to->places);
    if (!to->places)
        return no_memory(error);
    if (fread(to->places, sizeof *to->places, n, in) != n ||
        fread(&length, sizeof length, 1, in) != 1)
        return broken(error);
    if (length > SIZE_MAX - 1 || !rt_memory_fits(length))
        return no_memory(error);
    to->n = (size_t)length;
    to->memory = malloc(to->n + 1);
    if (!to->memory)
        return no_memory(error);
    return fread(to->memory, 1, to->n, in) == to->n ? RT_OK : broken(error);
}

RtStatus rt_layout_get(FILE *in, uint32_t n, RtH5Layout *out, RtError *error)
{
    RtH5Layout layout = {0};
    int letter = fgetc(in);
    if (letter != LETTER_layout)
        return letter == LETTER_fault ? get_fault(in, error) : broken(error);
    RtStatus status = get_parts(in, n, &layout, error);
    if (status == RT_OK)
        *out = layout;
    else
        rt_layout_free(&layout);
    return status;
}

/* ---- the file ---- */

/* The numbers of an array, at their place in the file. */
typedef struct Numbers {
    uint64_t at;
    RtSpan piece;
} Numbers;

static int by_place(const void *a, const void *b)
{
    uint64_t x = ((const Numbers *)a)->at, y = ((const Numbers *)b)->at;
    return x < y ? -1 : x > y;
}

/* In the order of their places. NULL: no memory. */
static Numbers *numbers_of(const RtH5Layout *layout, const RtH5Item *items, uint32_t n,
                           uint32_t *n_numbers)
{
    Numbers *list = calloc(n + (size_t)1, sizeof *list);
    uint64_t bytes;
    *n_numbers = 0;
    for (uint32_t i = 0; list && i < n; i++)
        if (items[i].kind == RT_H5_ARRAY && layout->places[i] &&
            rt_tensor_bytes(&items[i].array, &bytes))
            list[(*n_numbers)++] =
                (Numbers){layout->places[i], {items[i].array.data, (size_t)bytes}};
    if (*n_numbers)
        qsort(list, *n_numbers, sizeof *list, by_place);
    return list;
}

/* Adds the bytes of `memory` between two places of a file; behind its end there are zeros. */
static void add_between(RtH5Layout *to, const RtSpan *memory, uint64_t begin, uint64_t end)
{
    uint64_t there = end < memory->n ? end : memory->n;
    if (begin < there)
        memcpy(to->memory + to->n, (const char *)memory->bytes + begin, (size_t)(there - begin));
    to->n += (size_t)(end - begin);
}

RtStatus rt_layout_pack(RtH5Layout *layout, const RtH5Item *items, uint32_t n, RtError *error)
{
    RtSpan memory = {layout->memory, layout->n};
    uint64_t size = 0, at = 0, numbers = 0;
    uint32_t n_numbers;
    Numbers *list = numbers_of(layout, items, n, &n_numbers);
    for (int i = 7; memory.n >= AT_SIZE + 8 && i >= 0; i--)
        size = size << 8 | layout->memory[AT_SIZE + i];
    for (uint32_t i = 0; i < n_numbers; i++) {
        uint64_t end = i + 1 < n_numbers ? list[i + 1].at : size;
        numbers = list[i].at + list[i].piece.n <= end ? numbers + list[i].piece.n : size;
    }
    RtH5Layout packed = {.memory = list && size > numbers ? calloc(size - numbers, 1) : NULL};
    for (uint32_t i = 0; packed.memory && i < n_numbers; i++) {
        add_between(&packed, &memory, at, list[i].at);
        at = list[i].at + list[i].piece.n;
    }
    if (packed.memory)
        add_between(&packed, &memory, at, size);
    free(list);
    if (!packed.memory)
        return no_memory(error);
    free(layout->memory);
    layout->memory = packed.memory;
    layout->n = packed.n;
    return RT_OK;
}

RtStatus rt_layout_fill(RtH5Layout *layout, const RtH5Item *items, uint32_t n, RtH5Image *out,
                        RtError *error)
{
    uint64_t at = 0;
    size_t used = 0, n_pieces = 0;
    uint32_t n_numbers;
    Numbers *list = numbers_of(layout, items, n, &n_numbers);
    RtSpan *pieces = list ? calloc(2 * (size_t)n_numbers + 1, sizeof *pieces) : NULL;
    bool right = pieces != NULL;
    for (uint32_t i = 0; right && i < n_numbers; i++) {
        uint64_t gap = list[i].at - at;
        right = list[i].at >= at && gap <= layout->n - used;
        if (right && gap)
            pieces[n_pieces++] = (RtSpan){layout->memory + used, (size_t)gap};
        pieces[n_pieces++] = list[i].piece;
        used += right ? (size_t)gap : 0;
        at = list[i].at + list[i].piece.n;
    }
    free(list);
    if (!right) {
        RtStatus status = pieces ? broken(error) : no_memory(error);
        free(pieces);
        return status;
    }
    if (used < layout->n)
        pieces[n_pieces++] = (RtSpan){layout->memory + used, layout->n - used};
    *out = (RtH5Image){n_pieces, pieces, layout->memory};
    layout->memory = NULL;
    return RT_OK;
}
