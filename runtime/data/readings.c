/* readings.c: readings by what they were made of: source, arguments, files with size and time. */
#include "runtime/data/readings.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct Kept {
    char *key;
    bool whole; /* x has its data */
    RtReading reading;
} Kept;

struct RtReadings {
    Kept **at;
    uint32_t n;
};

RtReadings *rt_readings_open(void)
{
    return calloc(1, sizeof(RtReadings));
}

void rt_readings_close(RtReadings *all)
{
    for (uint32_t i = 0; all && i < all->n; i++) {
        free(all->at[i]->key);
        rt_reading_close(&all->at[i]->reading);
        free(all->at[i]);
    }
    if (all)
        free(all->at);
    free(all);
}

/* ---- keys ---- */

static bool is_path(const char *source, const char *argument)
{
#define ARG(row, name, kind, fallback, range, state, doc)                                          \
    if (!strcmp(source, #row) && !strcmp(argument, #name))                                         \
        return !strcmp(#kind, "PATH");
#include "runtime/abi/sources.def"
    return false;
}

static void put_state(FILE *out, const char *name, const struct stat *st)
{
    fprintf(out, "%zu:%s %lld %lld.%09ld", strlen(name), name, (long long)st->st_size,
            (long long)st->st_mtim.tv_sec, st->st_mtim.tv_nsec);
}

/* The files of a folder, in the order of their names. */
static void put_folder(FILE *out, const char *path)
{
    struct dirent **entries;
    struct stat st;
    int fd = open(path, O_RDONLY | O_DIRECTORY), n = scandir(path, &entries, NULL, alphasort);
    for (int i = 0; i < n; i++) {
        if (fd >= 0 && fstatat(fd, entries[i]->d_name, &st, 0) == 0)
            put_state(out, entries[i]->d_name, &st);
        free(entries[i]);
    }
    if (n >= 0)
        free(entries);
    if (fd >= 0)
        close(fd);
}

/* A file, or a folder, as it is now. */
static void put_file(FILE *out, const RtDirs *dirs, const char *name)
{
    char *path = NULL;
    RtError unused;
    struct stat st;
    if (rt_find_file(dirs, name, &path, &unused) == RT_OK && stat(path, &st) == 0) {
        put_state(out, path, &st);
        if (S_ISDIR(st.st_mode))
            put_folder(out, path);
    }
    free(path);
}

static void put_list(FILE *out, uint32_t n, const char *const *texts)
{
    for (uint32_t i = 0; i < n; i++)
        fprintf(out, "%zu:%s,", strlen(texts[i]), texts[i]);
}

/* Columns by index are different from others of the same texts. */
static void put_columns(FILE *out, const RtSourceArg *a)
{
    put_list(out, a->n, a->texts);
    for (uint32_t i = 0; a->places && i < a->n; i++)
        fprintf(out, "%lld,", (long long)a->places[i]);
}

static void put_argument(FILE *out, const RtSourceDesc *source, const RtDirs *dirs,
                         const RtSourceArg *a)
{
    fprintf(out, " %s=", a->name);
    if (a->kind == RT_ARG_NUMBER)
        fprintf(out, "%a", a->number);
    else if (a->kind == RT_ARG_TEXTS)
        put_columns(out, a);
    else if (a->kind == RT_ARG_TEXT && is_path(source->name, a->name))
        put_file(out, source->dirs ? source->dirs : dirs, a->text);
    else if (a->kind == RT_ARG_TEXT)
        put_list(out, 1, &a->text);
}

/* In malloc memory; NULL: there is none. */
static char *key_of(const RtSourceDesc *source, const RtDirs *dirs)
{
    char *key = NULL;
    size_t size;
    FILE *out = open_memstream(&key, &size);
    if (!out)
        return NULL;
    fprintf(out, "%s %llu %d", source->name, (unsigned long long)source->default_seed,
            source->held_out);
    for (uint32_t i = 0; i < source->n_args; i++)
        put_argument(out, source, dirs, &source->args[i]);
    put_list(out, source->n_keep, source->keep);
    fputc(';', out);
    put_list(out, source->n_texts, source->texts);
    if (fclose(out) == 0)
        return key;
    free(key);
    return NULL;
}

/* ---- readings ---- */

static Kept *find(const RtReadings *all, const char *key, bool facts_only)
{
    for (uint32_t i = 0; i < all->n; i++)
        if (!strcmp(all->at[i]->key, key) && (facts_only || all->at[i]->whole))
            return all->at[i];
    return NULL;
}

static RtStatus add(RtReadings *all, Kept *kept, const char *name, RtError *error)
{
    Kept **at = realloc(all->at, (all->n + (size_t)1) * sizeof *at);
    if (!at)
        return rt_fail(error, "not enough memory for the source '%s'", name);
    all->at = at;
    at[all->n++] = kept;
    return RT_OK;
}

RtStatus rt_readings_get(RtReadings *all, const RtSourceDesc *source, const RtDirs *dirs,
                         bool facts_only, const RtReading **out, bool *missing, RtError *error)
{
    char *key = key_of(source, dirs);
    Kept *kept = key ? find(all, key, facts_only) : NULL;
    if (missing)
        *missing = false;
    if (kept) {
        free(key);
        *out = &kept->reading;
        return RT_OK;
    }
    kept = key ? calloc(1, sizeof *kept) : NULL;
    if (!kept) {
        free(key);
        return rt_fail(error, "not enough memory for the source '%s'", source->name);
    }
    kept->key = key;
    RtStatus status = rt_source_read(source, dirs, facts_only, &kept->reading, error);
    if (missing)
        *missing = kept->reading.missing;
    kept->whole = kept->reading.table || !facts_only;
    if (status == RT_OK)
        status = add(all, kept, source->name, error);
    if (status == RT_OK) {
        *out = &kept->reading;
        return RT_OK;
    }
    rt_reading_close(&kept->reading);
    free(kept->key);
    free(kept);
    return status;
}
