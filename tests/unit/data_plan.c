/* Plans of columns when memory runs out: every request fails once, each failure is a message; and what a damaged
 * file or image could bring.
 *
 * wraps: malloc calloc realloc aligned_alloc */
#include "runtime/data/categories.h"
#include "runtime/data/chain.h"
#include "tests/unit/data_case.h"
#include "tests/unit/failing_memory.h"

static const char *const messages[] = {
    "not enough memory for the columns of a table",
    "not enough memory for the columns of 't.csv'",
    "not enough memory for the values of the column \"a\"",
    "not enough memory for the values of the column \"b\"",
    "not enough memory for 'columns'",
    "not enough memory for 1 transforms",
    "not enough memory for 1 names",
    "not enough memory for 2 names",
    "not enough memory for 3 names",
    "not enough memory for a row of 1 values",
    "not enough memory for a row of 7 values",
    "not enough memory for 'fill'",
    "not enough memory for 'one_hot'",
    "not enough memory to fit 'fill'",
};

static bool is_known(const char *text)
{
    for (size_t i = 0; i < sizeof messages / sizeof *messages; i++)
        if (!strcmp(messages[i], text))
            return true;
    return false;
}

/* a: one_hot of texts; b: its median where a cell is missing. */
static RtStatus make_plan(RtPlan *plan, ImgPlan *image, ImgCall *calls, RtError *error)
{
    RtStatus status = rt_plan_room(2, plan, error);
    plan->image = image;
    for (uint32_t i = 0; i < 2 && status == RT_OK; i++) {
        RtPlanColumn *c = &plan->at[i];
        status = rt_plan_name(c, i ? "b" : "a", error);
        c->n_calls = 1;
        c->calls = calloc(1, sizeof *c->calls);
        if (!c->calls)
            return rt_fail(error, "not enough memory for the columns of a table");
        c->calls[0] = calls[i];
        c->takes_missing = c->takes_unknown = true;
        c->by_value = i == 0;
        c->n_slots = i ? 0 : 2;
        c->width = i ? 1 : 2;
    }
    return status;
}

static void cells(const void *cx, int64_t row, double *values)
{
    const RtTable *t = cx;
    rt_table_row(t, row, (const uint32_t[]){0, 1}, 2, values);
}

static double cell(const void *cx, int64_t row, int64_t value)
{
    double both[2];
    cells(cx, row, both);
    return both[value];
}

static RtStatus fit(const RtPlan *plan, const RtReading *r, RtError *error)
{
    ImgCall columns = {.name = "columns", .args = {3, (ImgArg[3]){{0}}}};
    RtChain chain = {0};
    RtRows rows = {r->table, r->table->rows, cells, NULL, cell};
    RtStatus status = rt_chain_open(1, &columns, plan, 1, (const int64_t[]){2}, &chain, error);
    if (status == RT_OK)
        status = rt_chain_fit(&chain, &rows, error);
    rt_chain_close(&chain);
    return status;
}

static RtStatus run(const RtReading *r, RtError *error)
{
    static const uint32_t places[] = {0, 1};
    ImgArg one_hot[] = {
        {.name = "n", .none = 1}, {.name = "unknown", .i = 1}, {.name = "most", .none = 1}};
    ImgArg fill[] = {{.name = "value", .i = RT_FILL_median}, {.name = "indicator"}};
    ImgCall calls[] = {{.name = "one_hot", .args = {3, one_hot}},
                       {.name = "fill", .args = {2, fill}}};
    ImgPlan image = {.dropped = {0, NULL}};
    RtPlan plan;
    int32_t **maps = NULL;
    uint32_t n = 0;
    RtStatus status = make_plan(&plan, &image, calls, error);
    if (status == RT_OK)
        status = rt_plan_learn(&plan, r, error);
    const char **texts = status == RT_OK ? rt_plan_texts(&plan, &n) : NULL;
    if (status == RT_OK && !texts)
        status = rt_fail(error, "not enough memory for the columns of a table");
    free(texts);
    if (status == RT_OK)
        status = rt_plan_map(&plan, r, places, &maps, error);
    if (status == RT_OK)
        status = rt_plan_check(&plan, r, places, maps, NULL, r->table->rows, error);
    if (status == RT_OK)
        status = fit(&plan, r, error);
    rt_maps_free(maps, plan.n);
    rt_plan_close(&plan);
    return status;
}

static void check_memory(DataCase *c)
{
    bool has_failed = true;
    for (long request = 0; has_failed && request < 200; request++) {
        before_failure = request;
        RtStatus status = run(&c->read, &c->error);
        has_failed = before_failure < 0;
        before_failure = -1;
        CHECK(has_failed || status == RT_OK);
        if (status != RT_OK && !is_known(case_error(c)))
            CHECK_STR(case_error(c), "one of the messages above");
    }
    CHECK(!has_failed);
}

/* Values that no compiler writes. */
static void check_damage(DataCase *c)
{
    RtPlan plan, other;
    RtNames names = {0, NULL};
    CHECK_EQ_INT(rt_plan_room(1, &plan, &c->error), RT_OK);
    CHECK_EQ_INT(rt_plan_room(1, &other, &c->error), RT_OK);
    CHECK_EQ_INT(rt_plan_name(plan.at, "a", &c->error), RT_OK);
    plan.at->kind = RT_COLUMN_numbers;
    plan.at->by_value = true;
    CHECK_EQ_INT(rt_plan_values(plan.at, 1, (const char *const[]){"abc"}, &c->error), RT_ERROR);
    CHECK_STR(c->error.text, "the value 'abc' of the column \"a\" is not a number");
    CHECK_EQ_INT(rt_plan_join(&other, &plan, &names, &c->error), RT_ERROR);
    CHECK_STR(c->error.text, "columns: the columns are not known");
    rt_plan_close(&plan);
    rt_plan_close(&other);
    static const uint32_t places[] = {1};
    CHECK_EQ_INT(rt_plan_room(1, &plan, &c->error), RT_OK);
    CHECK_EQ_INT(rt_plan_name(plan.at, "b", &c->error), RT_OK);
    plan.at->kind = RT_COLUMN_texts;
    CHECK_EQ_INT(rt_plan_check(&plan, &c->read, places, (int32_t *[]){NULL}, NULL, 3, &c->error),
                 RT_ERROR);
    CHECK_STR(case_error(c), "the column \"b\" of 't.csv' holds numbers, but texts are needed");
    rt_plan_close(&plan);
}

int main(void)
{
    DataCase c;
    const RtSourceArg args[] = {CASE_TEXT("path", "t.csv")};
    case_open(&c);
    case_write(&c, "t.csv", "a,b\nx,1\ny,\n,3\n", 14);
    RtSourceDesc source = {.name = "csv", .n_args = 1, .args = args};
    CHECK_EQ_INT(rt_source_read(&source, &c.dirs, false, &c.read, &c.error), RT_OK);
    check_memory(&c);
    check_damage(&c);
    case_close(&c);
    return check_done();
}
