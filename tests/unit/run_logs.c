/* Logs of trainings: tables, lines of JSON, histories, event files; what is damaged is refused or read as far as it goes, and
 * each request for memory fails once.
 * wraps: malloc calloc realloc aligned_alloc */
#include "runtime/logs/run_logs.h"

#include <math.h>

#include "runtime/files/events.h"
#include "tests/unit/data_case.h"
#include "tests/unit/failing_memory.h"

typedef struct Sample {
    const char *name, *text, *wanted; /* "!": the message */
} Sample;

static const Sample samples[] = {
    {"a.csv", "epoch,accuracy,loss\r\n0,0.5,1.25\r\n1,0.75,1e-05\r\n",
     "|: accuracy 1=0.5 2=0.75, loss 1=1.25 2=1e-05"},
    {"bom.csv",
     "\xef\xbb\xbf"
     "epoch;loss;val_loss\n1;2;NA\n2;nan;3\n\n3;-inf;\n",
     "|: loss 1=2 2=nan 3=-inf, val_loss 2=3"},
    {"space.csv", "epoch loss\n0 1\n", "|: loss 1=1"},
    {"appended.csv", "epoch,loss\n0,1\n1,2\n0,3\n1,4\n2,5\n", "|: loss 1=1 2=2|: loss 1=3 2=4 3=5"},
    {"joined.csv", "epoch,loss\n0,1\nepoch,loss\n0,3\n", "|: loss 1=1|: loss 1=3"},
    {"resumed.csv", "epoch,loss\n0,1\n1,2\n5,3\n", "|: loss 1=1 2=2 6=3"},
    {"index.csv", ",loss,what\n0,1,a\n1,2,b\n", "|: loss 1=1 2=2"},
    {"lists.csv", "epoch,lists,loss\n0,\"[1, 2]\",7\n1,8,9\n", "|: loss 1=7 2=9"},
    {"plain.csv", "loss\n3\n2\n", "|: loss 1=3 2=2"},
    {"cut.csv", "epoch,accuracy,loss\n0,0.5,1\n1,0.", "|: accuracy 1=0.5, loss 1=1"},
    {"whole.csv", "epoch,loss\n0,0.5\n1,0.25", "|: loss 1=0.5 2=0.25"},
    {"quote.csv", "epoch,\"f1,5\"\n0,0.5\n", "|: f1,5 1=0.5"},
    {"log.jsonl",
     "{\"time\":1.5,\"seconds\":   "
     "0.1,\"command\":\"fit\",\"model\":\"net\",\"line\":7,\"epoch\":1,"
     "\"epochs\":2,\"batches\":9,\"loss\":0.5,\"val_loss\":null}\n"
     "{\"time\":1.6,\"seconds\":0.2,\"command\":\"fit\",\"model\":\"net\",\"line\":7,\"epoch\":2,"
     "\"epochs\":2,\"batches\":9,\"loss\":0.25,\"val_loss\":1}\n"
     "{\"time\":1.7,\"seconds\":0.1,\"command\":\"evaluate\",\"model\":\"net\",\"line\":8,\"part\":"
     "\"test\",\"loss\":9}\n",
     "|net: loss 1=0.5 2=0.25, val_loss 1=nan 2=1"},
    {"models.jsonl",
     "{\"epoch\":1,\"model\":\"a\",\"loss\":1}\n{\"epoch\":1,\"model\":\"b\",\"loss\":2}\n"
     "{\"epoch\":2,\"model\":\"a\",\"loss\":3}\n{\"epoch\":1,\"model\":\"a\",\"loss\":4}\n",
     "|a: loss 1=1 2=3|b: loss 1=2|a: loss 1=4"},
    {"other.jsonl",
     "{\"loss\": 1.5, \"epoch\": 0, \"note\": \"x\", \"time\": 3, \"on\": true, \"in\": {\"a\": "
     "1}}",
     "|: loss 1=1.5, time 1=3"},
    {"lines.jsonl", "{\"loss\": 1}\n{\"loss\": NaN}\n{\"loss\": -Infinity}\n",
     "|: loss 1=1 2=nan 3=-inf"},
    {"history.json",
     " {\n  \"loss\": [3, 2.5],\n \"val_loss\": [4, null], \"epoch\": [0, 1], \"n\": 5, \"x\": "
     "[]\n}\n",
     "|: loss 1=3 2=2.5, val_loss 1=4 2=nan"},
    {"histories.json", "{\"loss\": [1]}{\"loss\": [2, 3]}", "|: loss 1=1|: loss 1=2 2=3"},
    {"cut.jsonl", "{\"epoch\":1,\"loss\":1}\n{\"epoch\":2,\"lo", "|: loss 1=1"},
    {"empty.csv", "", "!'empty.csv' is empty"},
    {"blank.csv", " \n\n", "!'blank.csv' is empty"},
    {"head.csv", "epoch,loss\n", "!'head.csv' is not the log of a training"},
    {"text.csv", "a,b\nx,y\n", "!'text.csv' is not the log of a training"},
    {"numbers.csv", "1,2\n3,4\n",
     "!'numbers.csv' is not the log of a training: its first line has no names"},
    {"long.csv", "epoch,loss\n0,1,2\n",
     "!long.csv:2:5: this line has 3 cells, but the first one 2"},
    {"epoch.csv", "epoch,loss\n0,1\nx1,2\n", "!epoch.csv:3:1: 'x1' is not the number of an epoch"},
    {"open.csv", "epoch,loss\n0,\"1\n", "!open.csv:2:3: this quote is never closed"},
    {"damaged.jsonl", "{\"epoch\":1,\"loss\":1}\n{\"epoch\":2,\"lo\n{}\n",
     "!'damaged.jsonl' has a line that is not JSON: byte 33 should be a string that ends"},
    {"none.json", "{\"class_name\": \"Sequential\", \"config\": {}}",
     "!'none.json' is not the log of a training"},
    {"wrong.json", "{\"epoch\"}",
     "!'wrong.json' has a line that is not JSON: byte 8 should be ':'"},
};
enum { N_SAMPLES = sizeof samples / sizeof *samples };

static void describe(const RtLogs *logs, char *text)
{
    *text = 0;
    for (uint32_t r = 0; r < logs->n; r++) {
        const RtLogRun *run = &logs->runs[r];
        text += sprintf(text, "|%s:", run->label);
        for (uint32_t i = 0; i < run->n; i++) {
            text += sprintf(text, "%s %s", i ? "," : "", run->metrics[i].name);
            for (int64_t k = 0; k < run->metrics[i].n; k++)
                text +=
                    sprintf(text, " %g=%g", run->metrics[i].epochs[k], run->metrics[i].values[k]);
        }
    }
}

static void test(DataCase *c, const Sample *s, size_t size)
{
    RtLogs logs;
    char path[128], text[4096];
    case_write(c, s->name, s->text, size);
    RtStatus status = rt_logs_read(case_path(c, s->name, path, sizeof path), &logs, &c->error);
    CHECK_EQ_INT(status == RT_ERROR, *s->wanted == '!');
    if (status == RT_OK)
        describe(&logs, text);
    CHECK_STR(status == RT_OK ? text : case_error(c), s->wanted + (*s->wanted == '!'));
    rt_logs_free(&logs);
}

/* Of "a.csv" it is said what there was no memory for. */
static void test_memory(DataCase *c, const Sample *s)
{
    char path[128];
    RtStatus status = RT_ERROR;
    bool said = strcmp(s->name, "a.csv") != 0;
    case_path(c, s->name, path, sizeof path);
    for (long n = 0; status != RT_OK; n++) {
        RtLogs logs;
        *c->error.text = 0;
        before_failure = n;
        status = rt_logs_read(path, &logs, &c->error);
        before_failure = -1;
        CHECK(status == RT_OK || strstr(c->error.text, "not enough memory"));
        said = said || !strcmp(case_error(c), "not enough memory for the values of 'a.csv'");
        rt_logs_free(&logs);
    }
    CHECK(said);
}

/* Any bytes are read or refused. */
static void try_bytes(char *bytes, size_t size)
{
    RtLogs logs;
    RtError error = {{0}, {0}};
    RtStatus status = rt_logs_parse("any", bytes, size, &logs, &error);
    CHECK(status == RT_OK ? logs.n > 0 && logs.runs[0].n > 0 : *error.text != 0);
    rt_logs_free(&logs);
}

static void damage(const char *text, size_t size)
{
    static const char bytes[] = {0, '\n', '"', ',', '{', '[', '}', '9', (char)0x80, (char)0xff};
    for (size_t i = 0; i < 3 * size; i++) {
        size_t at = i / 3, kept = i % 3 ? size : at;
        char *copy = malloc(kept + 1); /* no larger, so that reads behind its end are seen */
        if (!CHECK(copy != NULL))
            return;
        memcpy(copy, text, kept);
        if (i % 3)
            copy[at] = i % 3 == 1 ? bytes[at % sizeof bytes] : (char)(text[at] + 1);
        try_bytes(copy, kept);
        free(copy);
    }
}

/* What TensorBoard's callback writes; steps count from 0. */
static size_t write_events(const DataCase *c, char **bytes)
{
    RtAppend *f = NULL;
    RtError error;
    size_t size;
    if (rt_events_open(c->folder, "events", 0, &f, &error) != RT_OK)
        abort();
    for (int epoch = 0; epoch < 3; epoch++) {
        rt_events_scalar(f, "epoch_loss", epoch, 0.5 * epoch);
        rt_events_scalar(f, "epoch_learning_rate", epoch, epoch == 1 ? NAN : 1);
        rt_events_scalar(f, "batch_loss", epoch, 7);
    }
    rt_events_histogram(f, "dense/kernel", 0, (double[]){1, 2}, 2);
    if (rt_append_flush(f, &error) != RT_OK || rt_append_close(f, &error) != RT_OK)
        abort();
    *bytes = case_bytes(c, "events", &size);
    return size;
}

static void test_events(DataCase *c)
{
    static const char wanted[] = "|: loss 1=0 2=0.5 3=1, learning_rate 1=1 2=nan 3=1";
    char *bytes;
    size_t size = write_events(c, &bytes);
    const Sample whole = {"events", bytes, wanted}, cut = {"cut", bytes, wanted},
                 wrong = {"wrong", bytes,
                          "!'wrong' is damaged: the checksum of the record at byte 0 is wrong"};
    test(c, &whole, size);
    test_memory(c, &whole);
    test(c, &cut, size - 1);
    damage(bytes, size);
    bytes[14]++;
    test(c, &wrong, size);
    free(bytes);
}

/* Texts that are compared while a table of two rows is read. */
static uint64_t compared(uint32_t columns)
{
    RtLogs logs;
    RtError error;
    char *text = malloc(40 * (size_t)columns + 64), *at = text;
    if (!CHECK(text != NULL))
        return 0;
    at += sprintf(at, "epoch");
    for (uint32_t i = 0; i < columns; i++)
        at += sprintf(at, ",metric_%u", i);
    for (int row = 0; row < 2; row++) {
        at += sprintf(at, "\n%d", row);
        for (uint32_t i = 0; i < columns; i++)
            at += sprintf(at, i % 10 ? ",1" : ",a"); /* every tenth is no metric */
    }
    CHECK_EQ_INT(rt_logs_parse("any", text, (size_t)(at - text), &logs, &error), RT_OK);
    CHECK_EQ_INT(logs.runs[0].n, columns - columns / 10);
    uint64_t n = logs.runs[0].names.comparisons;
    rt_logs_free(&logs);
    free(text);
    return n;
}

static void test_growth(void)
{
    uint64_t few = compared(4000), many = compared(40000);
    if (!CHECK(few > 0 && many < 15 * few && many < 10 * 40000))
        fprintf(stderr, "%llu comparisons, then %llu\n", (unsigned long long)few,
                (unsigned long long)many);
}

int main(void)
{
    DataCase c;
    case_open(&c);
    for (size_t i = 0; i < N_SAMPLES; i++) {
        test(&c, &samples[i], strlen(samples[i].text));
        damage(samples[i].text, strlen(samples[i].text));
        if (*samples[i].wanted == '|')
            test_memory(&c, &samples[i]);
    }
    test(&c, &(Sample){"zero.csv", "a,b\0\n1,2\n", "!'zero.csv' is not the log of a training"}, 9);
    test_events(&c);
    test_growth();
    case_close(&c);
    return check_done();
}
