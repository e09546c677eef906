/* Parts with files of their own: one list of classes for all, equal shapes and types, labels in range. */
#include "runtime/abi/name_index.h"
#include "tests/unit/data_case.h"

static const RtSourceArg train_args[] = {CASE_TEXT("path", "a.csv"), CASE_TEXT("target", "y")};
static const RtSourceArg test_args[] = {CASE_TEXT("path", "b.csv"), CASE_TEXT("target", "y")};
static const RtSourceArg no_target[] = {CASE_TEXT("path", "b.csv"), CASE_NONE("target")};

typedef struct Labels {
    uint32_t n;
    const char *const *names;
} Labels;

static RtDataset *open_pair(DataCase *c, const char *a, const char *b, Labels labels)
{
    RtDatasetDesc d = {.name = "d", .n_labels = labels.n, .labels = labels.names};
    RtDataset *data = NULL;
    case_write(c, "a.csv", a, strlen(a));
    d.part[RT_TRAIN] = (RtPartDesc){.kind = RT_PART_SOURCE,
                                    .source = {.name = "csv", .n_args = 2, .args = train_args}};
    if (b) {
        case_write(c, "b.csv", b, strlen(b));
        d.part[RT_TEST] = (RtPartDesc){.kind = RT_PART_SOURCE,
                                       .source = {.name = "csv", .n_args = 2, .args = test_args}};
        if (!strstr(b, "y"))
            d.part[RT_TEST].source.args = no_target;
    }
    c->error.text[0] = 0;
    return rt_dataset_open(&d, RT_ALL_PARTS, &c->dirs, c->readings, &data, &c->error) == RT_OK
               ? data
               : NULL;
}

static void expect_labels(const RtPart *part, int64_t n, const int *labels)
{
    if (!CHECK_EQ_INT(part->rows, n))
        return;
    for (int64_t i = 0; i < n; i++)
        CHECK(rt_array_f64(part->y, i) == labels[i]);
}

static void check_texts(DataCase *c)
{
    static const char *const names[] = {"fig", "pear", "apple", "plum"};
    RtDataset *data =
        open_pair(c, "x,y\n1,pear\n2,apple\n3,fig\n", "x,y\n1,pear\n1,fig\n", (Labels){0, NULL});
    if (CHECK(data != NULL)) {
        expect_labels(&data->parts[RT_TRAIN], 3, (int[]){2, 0, 1});
        expect_labels(&data->parts[RT_TEST], 2, (int[]){2, 1});
        CHECK_EQ_INT(data->class_names.n, 3);
        CHECK_STR(data->class_names.at[1], "fig");
    }
    rt_dataset_close(data);
    data = open_pair(c, "x,y\n1,pear\n2,apple\n3,fig\n", "x,y\n1,plum\n", (Labels){4, names});
    if (CHECK(data != NULL)) {
        expect_labels(&data->parts[RT_TRAIN], 3, (int[]){1, 2, 0});
        expect_labels(&data->parts[RT_TEST], 1, (int[]){3});
        CHECK_EQ_INT(data->class_names.n, 4);
    }
    rt_dataset_close(data);
}

static void check_numbers(DataCase *c)
{
    static const char *const names[] = {"no", "yes"};
    RtDataset *data = open_pair(c, "x,y\n1,0.5\n", "x,y\n1,2\n", (Labels){0, NULL});
    if (CHECK(data != NULL)) { /* whole numbers become floats where the training part has some */
        CHECK_EQ_INT(data->parts[RT_TEST].y->dtype, RT_f32);
        expect_labels(&data->parts[RT_TEST], 1, (int[]){2});
        CHECK_EQ_INT(data->class_names.n, 0);
    }
    rt_dataset_close(data);
    data = open_pair(c, "x,y\n1,2\n2,3\n", "x,y\n1,0.5\n", (Labels){0, NULL});
    if (CHECK(data != NULL)) { /* or the other one */
        CHECK_EQ_INT(data->parts[RT_TRAIN].y->dtype, RT_f32);
        CHECK_EQ_INT(data->parts[RT_TEST].y->dtype, RT_f32);
        CHECK(rt_array_f64(data->parts[RT_TRAIN].y, 1) == 3);
    }
    rt_dataset_close(data);
    data = open_pair(c, "x,y\n1,0\n2,1\n", NULL, (Labels){2, names});
    if (CHECK(data != NULL)) {
        CHECK_EQ_INT(data->class_names.n, 2);
        CHECK_STR(data->class_names.at[1], "yes");
        CHECK(!data->parts[RT_TEST].x && !data->parts[RT_TEST].rows);
    }
    rt_dataset_close(data);
}

static void check_errors(DataCase *c)
{
    static const char *const names[] = {"apple", "fig"};
    static const Labels none = {0, NULL}, two = {2, names};
    static const struct {
        const char *a, *b;
        const Labels *labels;
        const char *message;
    } bad[] = {
        {"x,y\n1,fig\n", "x,y\n1,fig\n2,figs\n", &none,
         "line 3 of 'b.csv': 'd' has no class 'figs'; did you mean 'fig'?"},
        {"x,y\n1,fig\n", "x,y\n1,melon\n", &none,
         "line 2 of 'b.csv': 'd' has no class 'melon'; it has fig"},
        {"x,y\n1,fig\n2,melon\n", NULL, &two,
         "line 3 of 'a.csv': 'd' has no class 'melon'; it has apple, fig"},
        {"x,y\n1,2\n", NULL, &two,
         "labels(...) names 2 classes, but the data has 3; see line 2 of 'a.csv'"},
        {"x,y\n1,0.5\n", NULL, &two,
         "labels(...) names classes, but the targets of 'd' are floats (batch)"},
        {"x,y\n1,fig\n", "x,y\n1,2\n", &none,
         "the targets of 'b.csv' are numbers, those of 'a.csv' are texts"},
        {"x,y\n1,2\n", "z,y\n1,2\n", &none, "'b.csv' has no column \"x\", which 'd' takes"},
        {"x,y\n1,2\n", "x\n1\n", &none, "'a.csv' has targets, but 'b.csv' has none"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        CHECK(!open_pair(c, bad[i].a, bad[i].b, *bad[i].labels));
        CHECK_STR(case_error(c), bad[i].message);
    }
}

/* As many rows as classes, turned around in the other file. */
static uint64_t compared(DataCase *c, int n)
{
    char *a = malloc((size_t)n * 16 + 16), *b = malloc((size_t)n * 16 + 16);
    size_t at = (size_t)sprintf(a, "x,y\n"), other = (size_t)sprintf(b, "x,y\n");
    for (int i = 0; i < n; i++) {
        at += (size_t)sprintf(a + at, "1,c%d\n", i);
        other += (size_t)sprintf(b + other, "1,c%d\n", n - 1 - i);
    }
    uint64_t before = rt_names_compared;
    RtDataset *data = open_pair(c, a, b, (Labels){0, NULL});
    uint64_t count = rt_names_compared - before;
    if (CHECK(data != NULL)) {
        CHECK_EQ_INT(data->class_names.n, n);
        CHECK(rt_array_f64(data->parts[RT_TRAIN].y, 0) ==
              rt_array_f64(data->parts[RT_TEST].y, n - 1));
    }
    rt_dataset_close(data);
    free(a);
    free(b);
    return count;
}

/* Classes are sorted and looked up, not compared with each other. */
static void check_growth(DataCase *c)
{
    uint64_t few = compared(c, 5000), many = compared(c, 50000);
    CHECK(few > 5000 && many < 15 * few && many < 40 * 50000);
}

int main(void)
{
    DataCase c;
    case_open(&c);
    check_texts(&c);
    check_numbers(&c);
    check_errors(&c);
    check_growth(&c);
    rt_dataset_close(NULL);
    case_close(&c);
    return check_done();
}
