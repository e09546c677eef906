/* Any bytes as a table; the first byte chooses header, delimiter, target and how the text is written. */
#include "tests/fuzz/source_fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    FuzzFile f;
    if (size < 1)
        return 0;
    fuzz_file_open(&f, bytes + 1, size - 1);
    const RtSourceArg args[] = {
        {.name = "path", .kind = RT_ARG_TEXT, .text = f.path},
        {.name = "header", .kind = RT_ARG_NUMBER, .number = bytes[0] & 1},
        {.name = "delimiter", .kind = RT_ARG_TEXT, .text = bytes[0] & 2 ? ";" : ","},
        {.name = "target",
         .kind = bytes[0] & 4   ? RT_ARG_NUMBER
                 : bytes[0] & 8 ? RT_ARG_TEXT
                                : RT_ARG_NONE,
         .number = -1,
         .text = "y"},
        {.name = "decimal", .kind = RT_ARG_TEXT, .text = bytes[0] & 16 ? "," : "."},
        {.name = "missing_target", .kind = RT_ARG_TEXT, .text = bytes[0] & 32 ? "drop" : "error"},
        {.name = "encoding", .kind = RT_ARG_TEXT, .text = bytes[0] & 64 ? "cp1252" : "utf-8"},
        {.name = "missing", .kind = bytes[0] & 128 ? RT_ARG_TEXT : RT_ARG_NONE, .text = "-"},
    };
    fuzz_source("csv", 8, args);
    fuzz_file_close(&f);
    return 0;
}
