/* data_case.h: a folder with small files, for tests of readers and writers.
 *
 *     DataCase c;
 *     case_open(&c);
 *     case_write(&c, "a.csv", "x,y\n1,2\n", 8);
 *     RtStatus status = case_read(&c, "csv", 1, (RtSourceArg[]){CASE_TEXT("path", "a.csv")});
 *     CHECK_STR(case_error(&c), "…");            // without the folder's name
 *     case_close(&c); */
#ifndef NNLC_TESTS_UNIT_DATA_CASE_H
#define NNLC_TESTS_UNIT_DATA_CASE_H

#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

#include "runtime/data/columns.h"
#include "runtime/data/dataset.h"
#include "runtime/data/probe.h"
#include "tests/unit/check.h"

typedef struct DataCase {
    char folder[64];
    const char *dir[1];
    RtDirs dirs;
    RtError error;
    RtReading read; /* the last case_read ... */
    RtArray *x;     /* ... its samples; of a table, its columns as doubles */
    const RtArray *y;
    RtNames class_names, columns;
    RtReadings *readings;
} DataCase;

#define CASE_TEXT(arg, value)                                                                      \
    {                                                                                              \
        .name = (arg), .kind = RT_ARG_TEXT, .text = (value)                                        \
    }
#define CASE_NUMBER(arg, value)                                                                    \
    {                                                                                              \
        .name = (arg), .kind = RT_ARG_NUMBER, .number = (value)                                    \
    }
#define CASE_NONE(arg)                                                                             \
    {                                                                                              \
        .name = (arg), .kind = RT_ARG_NONE                                                         \
    }

static inline void case_open(DataCase *c)
{
    memset(c, 0, sizeof *c);
    strcpy(c->folder, "/tmp/nnlc-unit-XXXXXX");
    if (!mkdtemp(c->folder))
        abort();
    c->dir[0] = c->folder;
    c->dirs = (RtDirs){1, c->dir};
    c->readings = rt_readings_open();
}

static inline const char *case_path(const DataCase *c, const char *name, char *buf, size_t size)
{
    snprintf(buf, size, "%s/%s", c->folder, name);
    return buf;
}

static inline void case_write(const DataCase *c, const char *name, const void *bytes, size_t size)
{
    char path[128];
    FILE *out = fopen(case_path(c, name, path, sizeof path), "wb");
    if (!out || fwrite(bytes, 1, size, out) != size || fclose(out))
        abort();
}

/* The whole file, with a zero byte behind; abort if it is not there. */
static inline char *case_bytes(const DataCase *c, const char *name, size_t *size)
{
    char path[128], *bytes = calloc(1 << 16, 1);
    FILE *in = fopen(case_path(c, name, path, sizeof path), "rb");
    if (!in || !bytes)
        abort();
    *size = fread(bytes, 1, (1 << 16) - 1, in);
    fclose(in);
    return bytes;
}

static inline int case_count_files(const DataCase *c)
{
    int n = 0;
    DIR *d = opendir(c->folder);
    for (struct dirent *e; d && (e = readdir(d));)
        n += e->d_name[0] != '.';
    if (d)
        closedir(d);
    return n;
}

static inline void case_forget(DataCase *c)
{
    if (c->read.table)
        rt_array_close(c->x);
    rt_reading_close(&c->read);
    c->x = NULL;
    c->y = NULL;
}

/* A folder and all that is in it. */
static inline void case_remove(const char *folder)
{
    char path[1024];
    DIR *d = opendir(folder);
    for (struct dirent *e; d && (e = readdir(d));) {
        snprintf(path, sizeof path, "%.700s/%s", folder, e->d_name);
        if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0 && unlink(path) != 0)
            case_remove(path);
    }
    if (d)
        closedir(d);
    rmdir(folder);
}

static inline void case_close(DataCase *c)
{
    case_remove(c->folder);
    case_forget(c);
    rt_readings_close(c->readings);
}

/* The message, without the name of the folder. */
static inline const char *case_error(DataCase *c)
{
    size_t n = strlen(c->folder);
    for (char *at; (at = strstr(c->error.text, c->folder));)
        memmove(at, at + n + (at[n] == '/'), strlen(at + n + (at[n] == '/')) + 1);
    return c->error.text;
}

/* The columns of the inputs as a matrix; they must hold numbers. */
static inline RtStatus case_matrix(DataCase *c)
{
    const RtReading *r = &c->read;
    uint32_t places[16];
    RtWanted want = {"'t'", true, r->columns.n, (const char *const *)r->columns.at, false, false};
    int64_t dims[2] = {r->table->rows, r->columns.n};
    RtStatus status = rt_columns_find(r, &want, places, &c->error);
    if (status == RT_OK)
        status = rt_array_open(RT_f64, 2, dims, "t", &c->x, &c->error);
    for (int64_t i = 0; status == RT_OK && i < dims[0]; i++)
        rt_table_row(r->table, i, places, want.n, (double *)c->x->data + i * dims[1]);
    return status;
}

/* Reads a source; its results stay in the case until the next one. */
static inline RtStatus case_read(DataCase *c, const char *row, uint32_t n, const RtSourceArg *args)
{
    RtSourceDesc source = {.name = row, .n_args = n, .args = args};
    case_forget(c);
    c->error.text[0] = 0;
    RtStatus status = rt_source_read(&source, &c->dirs, false, &c->read, &c->error);
    c->x = c->read.x;
    c->y = c->read.y;
    c->class_names = c->read.class_names;
    c->columns = c->read.columns;
    return status == RT_OK && c->read.table ? case_matrix(c) : status;
}

/* As case_read, for what must fail: the message. */
static inline const char *case_fails(DataCase *c, const char *row, uint32_t n,
                                     const RtSourceArg *args)
{
    return case_read(c, row, n, args) == RT_ERROR ? case_error(c) : "(no failure)";
}

static inline RtStatus case_probe(DataCase *c, const char *row, uint32_t n, const RtSourceArg *args,
                                  RtProbe *probe)
{
    RtSourceDesc source = {.name = row, .n_args = n, .args = args};
    return rt_probe(c->readings, &source, &c->dirs, probe, &c->error);
}

#endif
