/* Any bytes as an NPY file, plain or gzip; the same file stands for samples and targets. */
#include "tests/fuzz/mutate_npy.h"
#include "tests/fuzz/source_fuzz.h"

size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t size, size_t most, unsigned seed)
{
    return mutate_npy(bytes, size, most, seed);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    FuzzFile f;
    fuzz_file_open(&f, bytes, size);
    const RtSourceArg args[] = {{.name = "x", .kind = RT_ARG_TEXT, .text = f.path},
                                {.name = "y", .kind = RT_ARG_TEXT, .text = f.path}};
    fuzz_source("npy", 2, args);
    fuzz_file_close(&f);
    return 0;
}
