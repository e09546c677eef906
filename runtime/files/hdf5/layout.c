/* layout.c: layouts there and back, and their pieces. A stream: a letter, then places, length and bytes, or why there are
 * none. The numbers of arrays go to the file from where they are. */
#include "runtime/files/hdf5/layout.h"

#include <stdlib.h>
#include <string.h>

#include "runtime/data/memory.h"

enum { LETTER_layout = 'L', LETTER_fault = 'F' };
enum { AT_SIZE = 40 }; /* of the file, in its first block: 8 bytes */
enum { MOST_HOLE = 1 << 12, MOST_HOLES = 1 << 20 };

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

/* ---- the pieces ---- */

/* The numbers of an array, at their place in the file. */
typedef struct Numbers {
    uint64_t at;
    RtSpan piece;
} Numbers;

typedef struct Pieces {
    const RtH5Layout *from;
    uint64_t at; /* bytes so far */
    size_t n, room;
    RtSpan *list;
} Pieces;

static bool add_piece(Pieces *p, const void *bytes, size_t n)
{
    if (p->n == p->room) {
        size_t room = p->room ? 2 * p->room : 16;
        RtSpan *list = realloc(p->list, room * sizeof *list);
        if (!list)
            return false;
        p->list = list;
        p->room = room;
    }
    if (n)
        p->list[p->n++] = (RtSpan){bytes, n};
    p->at += n;
    return true;
}

/* The bytes up to there that are no numbers: from memory, zeros behind its end. */
static bool add_others(Pieces *p, uint64_t end)
{
    static const unsigned char zeros[4096];
    bool fine = true;
    while (fine && p->at < end) {
        uint64_t left = end - p->at, n = p->from->n;
        if (p->at < n)
            fine = add_piece(p, p->from->memory + p->at,
                             (size_t)(n - p->at < left ? n - p->at : left));
        else
            fine = add_piece(p, zeros, left < sizeof zeros ? (size_t)left : sizeof zeros);
    }
    return fine;
}

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

/* What is neither memory nor numbers is little: libhdf5 leaves holes. */
static bool size_of(const RtH5Layout *layout, const Numbers *list, uint32_t n, uint64_t *size)
{
    uint64_t most = layout->n + (uint64_t)n * MOST_HOLE + MOST_HOLES;
    if (layout->n < AT_SIZE + 8)
        return false;
    *size = 0;
    for (int i = 7; i >= 0; i--)
        *size = *size << 8 | layout->memory[AT_SIZE + i];
    for (uint32_t i = 0; i < n; i++)
        most += list[i].piece.n;
    return *size <= most;
}

RtStatus rt_layout_fill(RtH5Layout *layout, const RtH5Item *items, uint32_t n, RtH5Image *out,
                        RtError *error)
{
    Pieces p = {.from = layout};
    uint64_t size;
    uint32_t n_numbers;
    Numbers *list = numbers_of(layout, items, n, &n_numbers);
    bool fine = list != NULL, right = fine && size_of(layout, list, n_numbers, &size);
    for (uint32_t i = 0; i < n_numbers && fine && right; i++) {
        right = list[i].at >= p.at && list[i].at <= size;
        fine = !right ||
               (add_others(&p, list[i].at) && add_piece(&p, list[i].piece.bytes, list[i].piece.n));
    }
    right = right && size >= p.at;
    fine = fine && (!right || add_others(&p, size));
    free(list);
    if (fine && right) {
        *out = (RtH5Image){p.n, p.list, layout->memory};
        layout->memory = NULL;
        return RT_OK;
    }
    free(p.list);
    return fine ? broken(error) : no_memory(error);
}
