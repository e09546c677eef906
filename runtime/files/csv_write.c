/* csv_write.c: predictions as a table: RFC 4180, numbers as text that reads back as the same numbers. */
#include <inttypes.h>
#include <string.h>

#include "runtime/files/atomic.h"
#include "runtime/files/predictions.h"
#include "runtime/files/text.h"

static void put_text(FILE *out, const char *text)
{
    if (!strpbrk(text, ",\"\r\n") && *text && *text != ' ') {
        fputs(text, out);
        return;
    }
    fputc('"', out);
    for (; *text; text++)
        fputs(*text == '"' ? "\"\"" : (char[]){*text, 0}, out);
    fputc('"', out);
}

static void put_class(FILE *out, const RtPredictions *p, int64_t label)
{
    if (label < p->n_classes)
        put_text(out, p->classes[label]);
    else
        fprintf(out, "%" PRId64, label);
}

static void put_header(FILE *out, const RtPredictions *p)
{
    const char *comma = "";
    for (uint32_t k = 0; k < p->n_kept; k++, comma = ",") {
        fputs(comma, out);
        put_text(out, p->kept[k].name);
    }
    if (p->labels) {
        fprintf(out, "%sclass", comma);
        comma = ",";
    }
    for (int64_t c = 0; c < p->cols; c++, comma = ",") {
        fputs(comma, out);
        put_text(out, p->names[c]);
    }
    fputc('\n', out);
}

static void put_row(FILE *out, const RtPredictions *p, int64_t row)
{
    const char *comma = "";
    for (uint32_t k = 0; k < p->n_kept; k++, comma = ",") {
        fputs(comma, out);
        put_text(out, p->kept[k].texts[row]);
    }
    if (p->labels) {
        fputs(comma, out);
        put_class(out, p, p->labels[row]);
        comma = ",";
    }
    for (int64_t c = 0; c < p->cols; c++, comma = ",") {
        fputs(comma, out);
        rt_put_number(out, p->values[row * p->cols + c]);
    }
    fputc('\n', out);
}

RtStatus rt_predictions_csv(const char *path, const RtPredictions *p, RtError *error)
{
    RtFile file;
    if (!strcmp(path, "-")) {
        put_header(stdout, p);
        for (int64_t r = 0; r < p->rows && !ferror(stdout); r++)
            put_row(stdout, p, r);
        return RT_OK; /* the end of the program tells what could not be written */
    }
    RtStatus status = rt_file_begin(path, &file, error);
    if (status != RT_OK)
        return status;
    put_header(file.out, p);
    for (int64_t r = 0; r < p->rows && !file.stream->number; r++) {
        put_row(file.out, p, r);
        rt_stream_relieve(file.stream);
    }
    return rt_file_commit(&file, error);
}
