/* Any bytes as an NPZ archive: as a source, and as a file of named arrays. */
#include "tests/fuzz/mutate_zip.h"
#include "tests/fuzz/source_fuzz.h"

size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t size, size_t most, unsigned seed)
{
    return mutate_zip(bytes, size, most, seed);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    FuzzFile f;
    RtTensorFile *tensors;
    RtError error;
    fuzz_file_open(&f, bytes, size);
    const RtSourceArg args[] = {{.name = "path", .kind = RT_ARG_TEXT, .text = f.path},
                                {.name = "x", .kind = RT_ARG_TEXT, .text = "x"},
                                {.name = "y", .kind = RT_ARG_TEXT, .text = "y"}};
    fuzz_source("npz", 3, args);
    if (rt_tensors_read(f.path, &tensors, &error) == RT_OK)
        rt_tensors_close(tensors);
    fuzz_file_close(&f);
    return 0;
}
