/* Any bytes as what a child tells of an HDF5 file, which are the same bytes: what is taken is told again in the same
 * way. */
#include <string.h>

#include "runtime/files/hdf5/items.h"
#include "tests/fuzz/fuzz.h"

static bool same_item(const RtH5Item *a, const RtH5Item *b)
{
    uint64_t bytes = 0;
    bool same = a->kind == b->kind && !strcmp(a->path, b->path) && !strcmp(a->name, b->name) &&
                a->n == b->n;
    for (uint32_t i = 0; same && a->kind != RT_H5_ARRAY && i < a->n; i++)
        same = !strcmp(a->texts[i], b->texts[i]);
    if (!same || a->kind != RT_H5_ARRAY)
        return same;
    if (!a->array.data || !b->array.data)
        return !a->array.data == !b->array.data;
    return rt_tensor_bytes(&a->array, &bytes) && a->array.dtype == b->array.dtype &&
           !memcmp(a->array.data, b->array.data, (size_t)bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    RtH5File *first = NULL, *second = NULL;
    RtError error;
    FILE *in = fmemopen((void *)(uintptr_t)bytes, size ? size : 1, "rb"), *copy = tmpfile();
    if (!in || !copy)
        abort();
    RtItemsOut to = {copy, NULL, 0};
    if (size && rt_items_get(&(RtItemsIn){in, "input", bytes, size, size % 2, 1 << 24}, &first,
                             &error) == RT_OK) {
        for (uint32_t i = 0; i < first->n; i++)
            if (rt_items_put(&to, &first->items[i], &error) != RT_OK)
                abort();
        rt_items_end(copy, NULL);
        rewind(copy);
        if (rt_items_get(&(RtItemsIn){copy, "copy", NULL, 0, false, 1 << 24}, &second, &error) !=
                RT_OK ||
            second->n != first->n)
            abort();
        for (uint32_t i = 0; i < first->n; i++)
            if (!same_item(&first->items[i], &second->items[i]))
                abort();
    }
    rt_hdf5_close(first);
    rt_hdf5_close(second);
    fclose(in);
    fclose(copy);
    return 0;
}
