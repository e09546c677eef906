/* csv_write.c: numbers as text that reads back as the same numbers. */
#include <stdlib.h>
#include <string.h>

#include "runtime/files/atomic.h"
#include "runtime/files/tensors.h"

static void put_name(FILE *out, const char *name)
{
    if (!strpbrk(name, ",\"\r\n") && *name && *name != ' ') {
        fputs(name, out);
        return;
    }
    fputc('"', out);
    for (; *name; name++)
        fputs(*name == '"' ? "\"\"" : (char[]){*name, 0}, out);
    fputc('"', out);
}

/* A value that is a float needs at most 9 digits, a double 17. */
static void put_value(FILE *out, double value)
{
    char text[40];
    bool is_float = (double)(float)value == value;
    if (value != value) {
        fputs("nan", out);
        return;
    }
    for (int digits = is_float ? 6 : 15; digits <= 17; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, value);
        double back = strtod(text, NULL);
        if (is_float ? (double)(float)back == value : back == value)
            break;
    }
    fputs(text, out);
}

static void put_table(FILE *out, const char *const *header, int64_t rows, int64_t cols,
                      const double *values)
{
    for (int64_t c = 0; header && c < cols; c++) {
        put_name(out, header[c]);
        fputc(c + 1 < cols ? ',' : '\n', out);
    }
    for (int64_t r = 0; r < rows && !ferror(out); r++)
        for (int64_t c = 0; c < cols; c++) {
            put_value(out, values[r * cols + c]);
            fputc(c + 1 < cols ? ',' : '\n', out);
        }
}

RtStatus rt_csv_write_f64(const char *path, const char *const *header, int64_t rows, int64_t cols,
                          const double *values, RtError *error)
{
    RtFile file;
    if (!strcmp(path, "-")) {
        put_table(stdout, header, rows, cols, values);
        return fflush(stdout) == 0 && !ferror(stdout)
                   ? RT_OK
                   : rt_fail(error, "cannot write to standard output");
    }
    RtStatus status = rt_file_begin(path, &file, error);
    if (status != RT_OK)
        return status;
    put_table(file.out, header, rows, cols, values);
    return rt_file_commit(&file, error);
}
