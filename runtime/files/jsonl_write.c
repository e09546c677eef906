/* jsonl_write.c: predictions as JSON, an object per line. */
#include <inttypes.h>

#include "runtime/files/atomic.h"
#include "runtime/files/predictions.h"
#include "runtime/files/text.h"

static void put_key(FILE *out, const char *comma, const char *key)
{
    fputs(comma, out);
    rt_put_json_string(out, key);
    fputs(": ", out);
}

static void put_class(FILE *out, const RtPredictions *p, int64_t label)
{
    if (label < p->n_classes)
        rt_put_json_string(out, p->classes[label]);
    else
        fprintf(out, "%" PRId64, label);
}

static void put_values(FILE *out, const RtPredictions *p, int64_t row, const char *comma)
{
    for (int64_t c = 0; c < p->cols; c++, comma = ", ") {
        put_key(out, comma, p->names[c]);
        rt_put_json_number(out, p->values[row * p->cols + c]);
    }
}

static void put_row(FILE *out, const RtPredictions *p, int64_t row)
{
    const char *comma = "";
    fputc('{', out);
    for (uint32_t k = 0; k < p->n_kept; k++, comma = ", ") {
        put_key(out, comma, p->kept[k].name);
        rt_put_json_string(out, p->kept[k].texts[row]);
    }
    if (p->labels) {
        put_key(out, comma, "class");
        put_class(out, p, p->labels[row]);
        put_key(out, ", ", "scores");
        fputc('{', out);
        put_values(out, p, row, "");
        fputs("}}\n", out);
        return;
    }
    put_values(out, p, row, comma);
    fputs("}\n", out);
}

RtStatus rt_predictions_jsonl(const char *path, const RtPredictions *p, RtError *error)
{
    RtFile file;
    RtStatus status = rt_file_begin(path, &file, error);
    if (status != RT_OK)
        return status;
    for (int64_t r = 0; r < p->rows && !file.stream->number; r++) {
        put_row(file.out, p, r);
        rt_stream_relieve(file.stream);
    }
    return rt_file_commit(&file, error);
}
