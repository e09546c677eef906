/* csv_logger.c: CSVLogger: a line of a table for each epoch. Its columns are those of the first epoch, as
 * Keras writes them: sorted, and with val_ columns also where nothing is validated. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/callbacks/callbacks.h"
#include "runtime/data/store.h"
#include "runtime/files/text.h"

RtStatus rt_CSVLogger_writes(RtRun *run, const ImgCommand *c, const RtCallback *cb, char **alone)
{
    char *path = NULL;
    (void)c;
    RtStatus status = rt_callback_path_check(run, cb->args[CB_CSVLogger_filename].text, &path);
    if (cb->args[CB_CSVLogger_append].count)
        free(path);
    else
        *alone = path;
    return status;
}

RtStatus rt_CSVLogger_open(RtTraining *t, RtCallback *cb)
{
    RtSlot *file = &cb->slots[SLOT_CSVLogger_file];
    char *path;
    int64_t at = !isnan(file->number)                  ? (int64_t)file->number
                 : cb->args[CB_CSVLogger_append].count ? RT_AT_END
                                                       : 0;
    RtStatus status = rt_callback_path(t, cb->args[CB_CSVLogger_filename].text, &path);
    if (status == RT_OK)
        status = rt_append_open(path, at, &file->file, t->train.error);
    free(path);
    return status;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The keys of the logs, each followed by a line end; in malloc memory. */
static char *keys_text(const RtTraining *t)
{
    bool validated = false;
    size_t size = 1;
    const char **keys = malloc((t->n_logs + (size_t)1) * sizeof *keys);
    for (uint32_t i = 0; keys && i < t->n_logs; i++) {
        keys[i] = t->logs[i].name;
        validated = validated || !strncmp(keys[i], "val_", 4);
        size += 2 * strlen(keys[i]) + 6;
    }
    char *text = keys ? malloc(size) : NULL;
    if (text) {
        size_t n = 0;
        qsort((void *)keys, t->n_logs, sizeof *keys, by_text);
        *text = 0;
        for (uint32_t i = 0; i < t->n_logs; i++)
            n += (size_t)snprintf(text + n, size - n, "%s\n", keys[i]);
        for (uint32_t i = 0; i < t->n_logs && !validated; i++)
            n += (size_t)snprintf(text + n, size - n, "val_%s\n", keys[i]);
    }
    free((void *)keys);
    return text;
}

static void put_key(FILE *out, const char *key, size_t n, char separator)
{
    bool quotes = memchr(key, separator, n) || memchr(key, '"', n) || memchr(key, '\r', n);
    if (quotes)
        fputc('"', out);
    for (size_t i = 0; i < n; i++) {
        if (key[i] == '"')
            fputc('"', out);
        fputc(key[i], out);
    }
    if (quotes)
        fputc('"', out);
}

static void put_value(FILE *out, const RtTraining *t, const char *key, size_t n)
{
    for (uint32_t i = 0; i < t->n_logs; i++)
        if (!strncmp(t->logs[i].name, key, n) && !t->logs[i].name[n]) {
            rt_put_repr(out, t->logs[i].value);
            return;
        }
    fputs("NA", out);
}

RtStatus rt_CSVLogger_epoch_end(RtTraining *t, RtCallback *cb)
{
    RtAppend *file = cb->slots[SLOT_CSVLogger_file].file;
    char **keys = &cb->slots[SLOT_CSVLogger_keys].text;
    char separator = cb->args[CB_CSVLogger_separator].text[0];
    bool header = !*keys && file->length == 0;
    if (!*keys && !(*keys = keys_text(t)))
        return rt_fail(t->train.error, "not enough memory for the columns of '%s'", file->path);
    fputs(header ? "epoch" : "", file->out);
    for (const char *k = *keys; header && *k; k = strchr(k, '\n') + 1) {
        fputc(separator, file->out);
        put_key(file->out, k, strcspn(k, "\n"), separator);
    }
    fprintf(file->out, "%s%lld", header ? "\r\n" : "", (long long)t->epoch);
    for (const char *k = *keys; *k; k = strchr(k, '\n') + 1) {
        fputc(separator, file->out);
        put_value(file->out, t, k, strcspn(k, "\n"));
    }
    fputs("\r\n", file->out);
    return rt_append_flush(file, t->train.error);
}
