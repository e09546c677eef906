/* logs_csv.c: a table with a line for each epoch. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/data/csv_scan.h"
#include "runtime/data/missing.h"
#include "runtime/data/store.h"
#include "runtime/logs/run_logs_internal.h"

enum { NO_COLUMN = -1 };

typedef struct Table {
    const RtLogFile *f;
    RtCsvScan scan;
    RtNames names;
    bool *is_text; /* columns that hold other things than numbers */
    int64_t epoch; /* the column of the epochs, or NO_COLUMN: lines are counted */
    int64_t n_rows;
    bool is_cut_off; /* the last line has no end: that of a run that was killed may be half there */
} Table;

/* Of the header: what follows "epoch", else what occurs most often. */
static char separator_of(const char *text)
{
    static const char known[] = ",;\t|";
    char best = ',';
    size_t most = 0;
    if (!strncmp(text, "\xef\xbb\xbf", 3))
        text += 3;
    if (!strncmp(text, "epoch", 5) && strchr(" ,;:\t|/&#", text[5]) && text[5])
        return text[5];
    for (const char *k = known; *k; k++) {
        size_t n = 0;
        for (const char *at = text; *at && *at != '\n'; at++)
            n += *at == *k;
        if (n > most) {
            most = n;
            best = *k;
        }
    }
    return best;
}

static RtStatus not_a_table(const Table *t)
{
    RtStatus status = rt_fail(
        t->f->error, "'%s' is not the log of a training: its first line has no names", t->f->path);
    rt_fail_help(t->f->error,
                 "a table of CSVLogger begins with a line such as 'epoch,accuracy,loss'");
    return status;
}

static RtStatus read_header(Table *t)
{
    bool names = false;
    double number;
    RtStatus status = rt_csv_next(&t->scan, t->f->error);
    t->epoch = NO_COLUMN;
    for (uint32_t i = 0; i < t->scan.n && status == RT_OK; i++) {
        const char *name = t->scan.cells[i].text;
        names = names || (*name && !rt_logs_number(name, &number));
        if (t->epoch == NO_COLUMN && (!strcmp(name, "epoch") || (i == 0 && !*name)))
            t->epoch = i;
        status = rt_names_add(&t->names, name, t->f->error);
    }
    if (status == RT_OK && !names)
        status = not_a_table(t);
    if (status != RT_OK)
        return status == RT_END ? not_a_table(t) : status;
    t->is_text = calloc(t->names.n + (size_t)1, sizeof *t->is_text);
    return t->is_text ? RT_OK : rt_logs_no_memory(t->f);
}

/* The header again: tables that were joined. */
static bool is_header(const Table *t)
{
    for (uint32_t i = 0; i < t->scan.n; i++)
        if (i >= t->names.n || strcmp(t->scan.cells[i].text, t->names.at[i]) != 0)
            return false;
    return true;
}

static RtStatus add_row(Table *t)
{
    double epoch = (double)++t->n_rows, value;
    const RtCell *cells = t->scan.cells;
    if (t->scan.n > t->names.n)
        return rt_fail(t->f->error, "%s:%lld:%u: this line has %u cells, but the first one %u",
                       t->f->path, (long long)cells[0].line, cells[t->names.n].column, t->scan.n,
                       t->names.n);
    const RtCell *own = t->epoch >= 0 && t->epoch < t->scan.n ? &cells[t->epoch] : NULL;
    if (own && (!rt_logs_number(own->text, &epoch) || !isfinite(epoch)))
        return rt_fail(t->f->error, "%s:%lld:%u: '%.50s' is not the number of an epoch", t->f->path,
                       (long long)own->line, own->column, own->text);
    RtLogRun *run = rt_logs_run(t->f->logs, "", epoch);
    if (!run)
        return rt_logs_no_memory(t->f);
    for (uint32_t i = 0; i < t->scan.n; i++) {
        if (i == t->epoch || t->is_text[i])
            continue;
        if (rt_logs_number(cells[i].text, &value)) {
            if (!rt_logs_add(run, t->names.at[i], epoch, value))
                return rt_logs_no_memory(t->f);
        } else if (!rt_is_missing(cells[i].text)) {
            t->is_text[i] = true;
        }
    }
    return RT_OK;
}

/* Columns with a text are no metrics. */
static void drop_texts(const Table *t, RtLogRun *run)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < t->names.n; i++) {
        int64_t at = t->is_text[i] ? rt_texts_find(&run->names, t->names.at[i]) : -1;
        if (at < 0)
            continue;
        RtLogMetric *gone = &run->metrics[at];
        free(gone->name);
        free(gone->epochs);
        free(gone->values);
        *gone = (RtLogMetric){.name = NULL};
    }
    for (uint32_t i = 0; i < run->n; i++)
        if (run->metrics[i].name)
            run->metrics[kept++] = run->metrics[i];
    run->n = kept;
}

static RtStatus read_rows(Table *t)
{
    RtStatus status;
    while ((status = rt_csv_next(&t->scan, t->f->error)) == RT_OK) {
        if (is_header(t) || (t->is_cut_off && t->scan.at >= t->scan.end && t->scan.n < t->names.n))
            continue;
        status = add_row(t);
        if (status != RT_OK)
            return status;
    }
    for (uint32_t r = 0; r < t->f->logs->n && status == RT_END; r++)
        drop_texts(t, &t->f->logs->runs[r]);
    return status == RT_END ? RT_OK : status;
}

RtStatus rt_logs_csv(const RtLogFile *f)
{
    Table t = {.f = f, .is_cut_off = f->size && f->text[f->size - 1] != '\n'};
    RtStatus status =
        rt_csv_start(&t.scan, f->path, separator_of(f->text), f->text, f->size, f->error);
    if (status == RT_OK)
        status = read_header(&t);
    if (status == RT_OK)
        status = read_rows(&t);
    rt_csv_stop(&t.scan);
    rt_names_free(&t.names);
    free(t.is_text);
    return status;
}
