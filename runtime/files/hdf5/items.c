/* items.c: the stream: a letter for each item, lengths before texts, numbers as they lie in memory. */
#include "runtime/files/hdf5/items.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/data/elements.h"
#include "runtime/data/memory.h"

enum { LETTER_end = 'E', LETTER_fault = 'F', MOST_LENGTH = 1 << 26 };
static const char letters[] = "gatsn"; /* by RtH5Kind */
/* What follows of an array: nothing, its numbers, or their place in the file, 8 bytes. */
enum { NUMBERS_none, NUMBERS_here, NUMBERS_in_file };

typedef struct RtH5Store {
    RtH5Item *items;
    void **blocks; /* texts and lists */
    uint32_t n_blocks, room_items, room_blocks;
    RtArray **arrays; /* per item; NULL: none */
    uint64_t bytes;
} RtH5Store;

/* ---- writing ---- */

static void put_text(FILE *out, const char *text)
{
    uint32_t n = (uint32_t)strlen(text);
    fwrite(&n, sizeof n, 1, out);
    fwrite(text, 1, n, out);
}

static RtStatus put_array(const RtItemsOut *to, const RtTensor *t, RtError *error)
{
    FILE *out = to->out;
    uint64_t bytes, at = (uint64_t)((uintptr_t)t->data - (uintptr_t)to->bytes);
    if (!rt_tensor_bytes(t, &bytes)) /* it could not have been read */
        return rt_fail(error, "%s", strerror(EOVERFLOW));
    bool in_file = t->data && to->bytes && at < to->size;
    fputc((int)t->dtype, out);
    fputc((int)t->rank, out);
    fputc(in_file ? NUMBERS_in_file : t->data ? NUMBERS_here : NUMBERS_none, out);
    fwrite(t->dims, sizeof *t->dims, t->rank, out);
    if (in_file)
        fwrite(&at, sizeof at, 1, out);
    else if (t->data)
        fwrite(t->data, 1, (size_t)bytes, out);
    return RT_OK;
}

RtStatus rt_items_put(void *cx, const RtH5Item *item, RtError *error)
{
    const RtItemsOut *to = cx;
    FILE *out = to->out;
    fputc(letters[item->kind], out);
    put_text(out, item->path);
    put_text(out, item->name);
    if (item->kind == RT_H5_ARRAY) {
        RtStatus status = put_array(to, &item->array, error);
        if (status != RT_OK)
            return status;
    } else if (item->kind != RT_H5_GROUP) {
        fwrite(&item->n, sizeof item->n, 1, out);
        for (uint32_t i = 0; i < item->n; i++)
            put_text(out, item->texts[i]);
    }
    return ferror(out) ? rt_fail(error, "%s", strerror(errno)) : RT_OK;
}

void rt_items_end(FILE *out, const char *fault)
{
    fputc(fault ? LETTER_fault : LETTER_end, out);
    if (fault)
        put_text(out, fault);
}

/* ---- reading ---- */

enum { ITEM_BYTES = 512 }; /* with its texts and its place in lists */

typedef struct Reader {
    const RtItemsIn *from;
    RtH5File *file;
    RtError *error;
} Reader;

static RtStatus broken(const Reader *r)
{
    return rt_fail(r->error,
                   "'%s' is damaged: reading it needs too much memory or time, or ends in a crash",
                   r->from->name);
}

static RtStatus no_memory(const Reader *r)
{
    return rt_fail(r->error, "not enough memory to read '%s'", r->from->name);
}

/* Memory that lives as long as the file; NULL: there is none. */
static void *keep(RtH5Store *s, size_t bytes)
{
    if (s->n_blocks == s->room_blocks) {
        uint32_t room = s->room_blocks ? 2 * s->room_blocks : 64;
        void **more = realloc(s->blocks, room * sizeof *more);
        if (!more)
            return NULL;
        s->blocks = more;
        s->room_blocks = room;
    }
    void *block = malloc(bytes ? bytes : 1);
    if (block)
        s->blocks[s->n_blocks++] = block;
    return block;
}

static RtStatus get(const Reader *r, void *to, size_t n)
{
    return fread(to, 1, n, r->from->in) == n ? RT_OK : broken(r);
}

static RtStatus get_text(const Reader *r, const char **text)
{
    uint32_t n;
    RtStatus status = get(r, &n, sizeof n);
    if (status != RT_OK || n > MOST_LENGTH)
        return broken(r);
    char *to = keep(r->file->store, (size_t)n + 1);
    if (!to)
        return no_memory(r);
    to[n] = 0;
    *text = to;
    return get(r, to, n);
}

/* The numbers that follow. */
static RtStatus get_here(const Reader *r, const RtTensor *t, RtArray **array)
{
    RtStatus status = rt_array_open(t->dtype, t->rank, t->dims, r->from->name, array, r->error);
    return status == RT_OK ? get(r, (*array)->data, (*array)->bytes) : status;
}

/* Those at the place that follows. */
static RtStatus get_in_file(const Reader *r, const RtTensor *t, uint64_t bytes, RtArray **array)
{
    uint64_t at;
    const RtItemsIn *from = r->from;
    if (get(r, &at, sizeof at) != RT_OK || at > from->size || bytes > from->size - at)
        return broken(r);
    return rt_array_of(t->dtype, t->rank, t->dims, from->bytes + at, from->last, from->name, array,
                       r->error);
}

static RtStatus get_array(const Reader *r, RtH5Item *item)
{
    RtH5Store *s = r->file->store;
    unsigned char head[3];
    uint64_t bytes;
    RtTensor *t = &item->array;
    RtArray **array = &s->arrays[r->file->n];
    RtStatus status = get(r, head, sizeof head);
    if (status != RT_OK || head[0] >= RT_N_DTYPES || head[1] > RT_MAX_RANK ||
        head[2] > NUMBERS_in_file)
        return broken(r);
    *t = (RtTensor){.name = item->path, .dtype = (RtDtype)head[0], .rank = head[1]};
    status = get(r, t->dims, t->rank * sizeof *t->dims);
    if (status != RT_OK || !rt_tensor_bytes(t, &bytes))
        return broken(r);
    if (head[2] == NUMBERS_none)
        return rt_array_facts(t->dtype, t->rank, t->dims, r->from->name, array, r->error);
    if (bytes > r->from->most - s->bytes)
        return broken(r);
    s->bytes += bytes;
    status = rt_memory_check(r->from->name, s->bytes, r->error);
    if (status == RT_OK)
        status = head[2] == NUMBERS_here ? get_here(r, t, array) : get_in_file(r, t, bytes, array);
    if (status == RT_OK)
        t->data = (*array)->data;
    return status;
}

static RtStatus get_list(const Reader *r, RtH5Item *item)
{
    RtStatus status = get(r, &item->n, sizeof item->n);
    if (status != RT_OK || item->n > MOST_LENGTH / sizeof(char *))
        return broken(r);
    const char **texts = keep(r->file->store, item->n * sizeof *texts);
    if (!texts)
        return no_memory(r);
    for (uint32_t i = 0; i < item->n && status == RT_OK; i++)
        status = get_text(r, &texts[i]);
    item->texts = texts;
    return status;
}

static bool has_room(RtH5File *f)
{
    RtH5Store *s = f->store;
    if (f->n < s->room_items)
        return true;
    uint32_t room = s->room_items ? 2 * s->room_items : 64;
    RtH5Item *items = realloc(s->items, room * sizeof *items);
    if (items)
        s->items = items;
    RtArray **arrays = realloc(s->arrays, room * sizeof *arrays);
    if (arrays)
        s->arrays = arrays;
    f->items = s->items;
    s->room_items = items && arrays ? room : s->room_items;
    return items && arrays;
}

static RtStatus get_item(const Reader *r, RtH5Kind kind)
{
    RtH5Item item = {.kind = kind};
    if (r->file->n == r->file->store->room_items && !rt_memory_doubles(r->file->n, ITEM_BYTES)) {
        (void)!no_memory(r);
        rt_memory_help(r->error);
        return RT_ERROR;
    }
    if (!has_room(r->file))
        return no_memory(r);
    r->file->store->arrays[r->file->n] = NULL;
    RtStatus status = get_text(r, &item.path);
    if (status == RT_OK)
        status = get_text(r, &item.name);
    if (status == RT_OK && kind == RT_H5_ARRAY)
        status = get_array(r, &item);
    else if (status == RT_OK && kind != RT_H5_GROUP)
        status = get_list(r, &item);
    r->file->store->items[r->file->n++] = item; /* also after a failure: it has an array */
    return status;
}

static RtStatus get_fault(const Reader *r)
{
    const char *text;
    RtStatus status = get_text(r, &text);
    return status == RT_OK ? rt_fail(r->error, "cannot read '%s': %s", r->from->name, text)
                           : status;
}

RtStatus rt_items_get(const RtItemsIn *from, RtH5File **out, RtError *error)
{
    RtH5File *file = calloc(1, sizeof *file);
    Reader r = {from, file, error};
    RtStatus status = RT_OK;
    if (file)
        file->store = calloc(1, sizeof *file->store);
    if (!file || !file->store) {
        free(file);
        return no_memory(&r);
    }
    int c = fgetc(from->in);
    for (; status == RT_OK && c != LETTER_end; c = status == RT_OK ? fgetc(from->in) : 0) {
        const char *known = c > 0 ? strchr(letters, c) : NULL;
        status = known               ? get_item(&r, (RtH5Kind)(known - letters))
                 : c == LETTER_fault ? get_fault(&r)
                                     : broken(&r);
    }
    if (status == RT_OK)
        *out = file;
    else
        rt_hdf5_close(file);
    return status;
}

/* ---- what every user of files needs ---- */

void rt_hdf5_close(RtH5File *file)
{
    if (!file)
        return;
    RtH5Store *s = file->store;
    for (uint32_t i = 0; i < file->n; i++)
        rt_array_close(s->arrays[i]);
    for (uint32_t i = 0; i < s->n_blocks; i++)
        free(s->blocks[i]);
    free(s->blocks);
    free(s->arrays);
    free(s->items);
    free(s);
    free(file);
}

RtArray *rt_hdf5_take_array(RtH5File *file, uint32_t item)
{
    RtArray *array = file->store->arrays[item];
    file->store->arrays[item] = NULL;
    return array;
}

uint64_t rt_hdf5_most_numbers(size_t size)
{
    return UINT64_C(1100) * size + (1 << 20);
}

bool rt_hdf5_is(const void *bytes, size_t size)
{
    return size >= 8 && !memcmp(bytes, "\x89HDF\r\n\x1a\n", 8);
}
