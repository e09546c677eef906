/* Any bytes as a safetensors file: what is read, written and read again stays the same. */
#include <string.h>

#include "tests/fuzz/mutate_safetensors.h"
#include "tests/fuzz/source_fuzz.h"

static void check_same(const RtTensorFile *a, const RtTensorFile *b)
{
    if (a->n != b->n || a->n_meta != b->n_meta)
        abort();
    for (uint32_t i = 0; i < a->n; i++) {
        const RtTensor *t = rt_tensors_find(b, a->tensors[i].name);
        int64_t count;
        if (!t || !rt_multiply(t->dims, t->rank, &count) || t->dtype != a->tensors[i].dtype)
            abort();
        if (memcmp(t->data, a->tensors[i].data, (size_t)count * rt_dtype(t->dtype)->size) != 0)
            abort();
    }
}

size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t size, size_t most, unsigned seed)
{
    return mutate_safetensors(bytes, size, most, seed);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    RtTensorFile *first, *second;
    RtError error;
    if (rt_tensors_parse(bytes, size, "input", &first, &error) != RT_OK)
        return 0;
    char path[] = "/dev/shm/nnlc-fuzz-XXXXXX";
    int fd = mkstemp(path);
    if (fd < 0)
        abort();
    close(fd);
    if (rt_safetensors_write(path, first->tensors, first->n, first->meta_keys, first->meta_values,
                             first->n_meta, &error) != RT_OK ||
        rt_tensors_read(path, &second, &error) != RT_OK)
        abort();
    check_same(first, second);
    rt_tensors_close(first);
    rt_tensors_close(second);
    unlink(path);
    return 0;
}
