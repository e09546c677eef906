/* log.c: --log: a line of JSON for each epoch, evaluation and fold. */
#include <time.h>

#include "runtime/commands/commands.h"
#include "runtime/files/text.h"

static void put_key(FILE *out, const char *key)
{
    fputc(',', out);
    (void)rt_put_json_string(out, key);
    fputc(':', out);
}

static void put_count(FILE *out, const char *key, int64_t n)
{
    put_key(out, key);
    fprintf(out, "%lld", (long long)n);
}

static void begin(RtRun *run, const ImgCommand *c, double seconds)
{
    struct timespec now;
    FILE *out = run->log->out;
    clock_gettime(CLOCK_REALTIME, &now);
    fprintf(out, "{\"time\":%lld.%03ld,\"seconds\":%11.6f", (long long)now.tv_sec,
            now.tv_nsec / 1000000, seconds);
    put_key(out, "command");
    (void)rt_put_json_string(out, c->name);
    put_key(out, "model");
    (void)rt_put_json_string(out, run->image->instances.at[c->instance].name);
    put_count(out, "line", rt_run_place(run, c->place)->line);
}

static RtStatus end(RtRun *run, const RtMeasure *figures, uint32_t n)
{
    FILE *out = run->log->out;
    for (uint32_t i = 0; i < n; i++) {
        put_key(out, figures[i].name);
        rt_put_json_number(out, figures[i].value);
    }
    fputs("}\n", out);
    fflush(run->out); /* both may go to one place */
    return rt_append_flush(run->log, &run->error);
}

RtStatus rt_log_epoch(const RtTraining *t)
{
    RtRun *run = t->run;
    if (!run->log)
        return RT_OK;
    begin(run, t->c, rt_now() - t->progress.start);
    put_count(run->log->out, "epoch", t->epoch + 1);
    put_count(run->log->out, "epochs", t->last);
    put_count(run->log->out, "batches", t->batch);
    return end(run, t->logs, t->n_logs);
}

RtStatus rt_log_one(RtRun *run, const ImgCommand *c, const char *what, uint32_t k, uint32_t all,
                    const RtMeasure *figures, uint32_t n, double seconds)
{
    char several[16];
    if (!run->log)
        return RT_OK;
    begin(run, c, seconds);
    snprintf(several, sizeof several, "%ss", what);
    put_count(run->log->out, what, k + 1);
    put_count(run->log->out, several, all);
    return end(run, figures, n);
}

RtStatus rt_log_evaluation(RtRun *run, const ImgCommand *c, const RtStep *s, double seconds)
{
    static const char *const parts[] = {"train", "validation", "test"};
    if (!run->log)
        return RT_OK;
    begin(run, c, seconds);
    put_key(run->log->out, "part");
    (void)rt_put_json_string(run->log->out, parts[c->part]);
    return end(run, s->metrics.figures, s->image->metrics.n);
}
