/* Any bytes as an IDX file, plain or gzip; the same file stands for samples and labels. */
#include "tests/fuzz/source_fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    FuzzFile f;
    fuzz_file_open(&f, bytes, size);
    const RtSourceArg args[] = {{.name = "images", .kind = RT_ARG_TEXT, .text = f.path},
                                {.name = "labels", .kind = RT_ARG_TEXT, .text = f.path}};
    fuzz_source("idx", 2, args);
    fuzz_file_close(&f);
    return 0;
}
