/* A cross-validation and a sweep when memory runs out: every single request fails once. Each failure is a message with what there was
 * no memory for; nothing leaks (under ASan).
 *
 * wraps: malloc calloc realloc aligned_alloc */
#include "runtime/commands/commands.h"
#include "runtime/commands/groups.h"
#include "runtime/exec/jobs.h"
#include "tests/unit/failing_memory.h"
#include "tests/unit/run_case.h"

static struct {
    const char *text;
    bool seen;
} messages[] = {
    {"not enough memory for the folds of 'net'", false},
    {"not enough memory for the folds of 8 rows", false},
    {"not enough memory for a training beside others", false},
    {"not enough memory for the rows of a fold", false},
    {"not enough memory for the metrics of a fold", false},
    {"not enough memory for a sweep of 1 points", false},
    {"not enough memory for the metrics of a point", false},
};

static void note(const char *text)
{
    for (size_t i = 0; i < sizeof messages / sizeof *messages; i++)
        messages[i].seen = messages[i].seen || !strcmp(messages[i].text, text);
    if (!strstr(text, "ot enough memory") && !strstr(text, "cannot start"))
        CHECK_STR(text, "a message about memory");
}

static RtStatus run_all(const RunCase *c, FILE *out, RtError *error)
{
    RtValue option = rt_value_none();
    RtSettings settings = {.threads = 1, .quiet = true};
    RtRun run = {.options = &option};
    option = rt_value_text("w.npz");
    RtStatus status = rt_run_open(&run, &case_program, c->image, &settings, NULL, out);
    if (status == RT_OK)
        status = rt_commands_run(&run);
    *error = run.error;
    rt_run_close(&run);
    rt_value_free(&option);
    return status;
}

static void test_memory(const RunCase *c, FILE *out)
{
    bool has_failed = true;
    for (long request = 0; has_failed && request < 3000; request++) {
        RtError error;
        before_failure = request;
        RtStatus status = run_all(c, out, &error);
        has_failed = before_failure < 0;
        before_failure = -1;
        if (status != RT_OK)
            note(error.text);
        CHECK(has_failed || status == RT_OK);
    }
    CHECK(!has_failed);
}

static void test_seen(void)
{
    for (size_t i = 0; i < sizeof messages / sizeof *messages; i++)
        if (!CHECK(messages[i].seen))
            fprintf(stderr, "never seen: %s\n", messages[i].text);
}

static RtStatus work(void *cx, uint32_t job, RtLane lane)
{
    (void)cx, (void)job, (void)lane;
    return RT_OK;
}

static RtStatus take(void *cx, uint32_t job)
{
    *(uint32_t *)cx += job;
    return RT_OK;
}

static void test_jobs(void)
{
    uint32_t sum = 0;
    RtError error = {0};
    RtPool *pool = rt_pool_open(2);
    RtJobs jobs = {.n = 5, .work = work, .take = take, .cx = &sum};
    before_failure = 0;
    CHECK_EQ_INT(rt_jobs_run(&jobs, (RtLane){pool, NULL}, &error), RT_ERROR);
    before_failure = -1;
    CHECK_STR(error.text, "not enough memory for 5 jobs");
    CHECK_EQ_INT(rt_jobs_run(&jobs, (RtLane){pool, NULL}, &error), RT_OK);
    CHECK_EQ_INT(sum, 10);
    rt_pool_close(pool);
}

static void test_groups(const RunCase *c)
{
    uint32_t kept_at[] = {0, 1};
    RtTable table = {.rows = 2, .kept_at = kept_at};
    CHECK(rt_texts_add(&table.kept_texts, "b") == 0 && rt_texts_add(&table.kept_texts, "a") == 1);
    RtReading reading = {.table = &table, .path = "t.csv"};
    uint32_t index[] = {0, 1};
    RtPart part = {.from = &reading, .index = index, .rows = 2};
    RtRun run = {.image = c->image};
    int64_t group[2];
    CHECK_EQ_INT(rt_group_numbers(&run, &part, "who", group), RT_ERROR);
    CHECK_STR(run.error.text, "'t.csv' has no column 'who' to tell groups");
    CHECK_EQ_INT(rt_names_add(&table.kept, "who", &run.error), RT_OK);
    before_failure = 0;
    CHECK_EQ_INT(rt_group_numbers(&run, &part, "who", group), RT_ERROR);
    before_failure = -1;
    CHECK_STR(run.error.text, "not enough memory for the groups of 2 rows");
    CHECK_EQ_INT(rt_group_numbers(&run, &part, "who", group), RT_OK);
    CHECK(group[0] == 1 && group[1] == 0);
    rt_names_free(&table.kept);
    rt_texts_free(&table.kept_texts);
}

int main(void)
{
    RunCase c;
    FILE *out = fopen("/dev/null", "w");
    if (!out)
        abort();
    run_case_make_folds(&c);
    test_memory(&c, out);
    test_jobs();
    test_groups(&c);
    image_free(c.image);
    run_case_make_sweep(&c);
    test_memory(&c, out);
    image_free(c.image);
    test_seen();
    fclose(out);
    return check_done();
}
