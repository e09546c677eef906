/* Any bytes as the log of a training. */
#include <string.h>

#include "runtime/logs/run_logs.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    RtLogs logs;
    RtError error;
    char *text = malloc(size + 1);
    if (!text)
        abort();
    memcpy(text, bytes, size);
    if (rt_logs_parse("input", text, size, &logs, &error) == RT_OK && (!logs.n || !logs.runs[0].n))
        abort();
    rt_logs_free(&logs);
    free(text);
    return 0;
}
