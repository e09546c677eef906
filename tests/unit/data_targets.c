/* Parts with files of their own: one list of classes for all, equal shapes and types, labels in range. */
#include "tests/unit/data_case.h"

static const RtSourceArg train_args[] = {CASE_TEXT("path", "a.csv"), CASE_TEXT("target", "y")};
static const RtSourceArg test_args[] = {CASE_TEXT("path", "b.csv"), CASE_TEXT("target", "y")};
static const RtSourceArg no_target[] = {CASE_TEXT("path", "b.csv"), CASE_NONE("target")};

typedef struct Labels {
    uint32_t n;
    const char *const *names;
    int64_t classes;
} Labels;

static RtDataset *open_pair(DataCase *c, const char *a, const char *b, Labels labels)
{
    RtDatasetDesc d = {
        .name = "d", .n_labels = labels.n, .labels = labels.names, .classes = labels.classes};
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
    return rt_dataset_open(&d, &c->dirs, &data, &c->error) == RT_OK ? data : NULL;
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
        open_pair(c, "x,y\n1,pear\n2,apple\n3,fig\n", "x,y\n1,pear\n1,fig\n", (Labels){0, NULL, 0});
    if (CHECK(data != NULL)) {
        expect_labels(&data->parts[RT_TRAIN], 3, (int[]){2, 0, 1});
        expect_labels(&data->parts[RT_TEST], 2, (int[]){2, 1});
        CHECK_EQ_INT(data->classes, 3);
        CHECK_STR(data->class_names.at[1], "fig");
    }
    rt_dataset_close(data);
    data = open_pair(c, "x,y\n1,pear\n2,apple\n3,fig\n", "x,y\n1,plum\n", (Labels){4, names, 0});
    if (CHECK(data != NULL)) {
        expect_labels(&data->parts[RT_TRAIN], 3, (int[]){1, 2, 0});
        expect_labels(&data->parts[RT_TEST], 1, (int[]){3});
        CHECK_EQ_INT(data->classes, 4);
    }
    rt_dataset_close(data);
}

static void check_numbers(DataCase *c)
{
    static const char *const names[] = {"no", "yes"};
    RtDataset *data = open_pair(c, "x,y\n1,0.5\n", "x,y\n1,2\n", (Labels){0, NULL, 0});
    if (CHECK(data != NULL)) { /* whole numbers become floats where the training part has some */
        CHECK_EQ_INT(data->parts[RT_TEST].y->dtype, RT_f32);
        expect_labels(&data->parts[RT_TEST], 1, (int[]){2});
        CHECK_EQ_INT(data->classes, 0);
    }
    rt_dataset_close(data);
    data = open_pair(c, "x,y\n1,0\n2,1\n", NULL, (Labels){2, names, 0});
    if (CHECK(data != NULL)) {
        CHECK_EQ_INT(data->classes, 2);
        CHECK_STR(data->class_names.at[1], "yes");
        CHECK(!data->parts[RT_TEST].x && !data->parts[RT_TEST].rows);
    }
    rt_dataset_close(data);
}

static void check_errors(DataCase *c)
{
    static const char *const names[] = {"apple", "fig"};
    static const Labels none = {0, NULL, 0}, two = {2, names, 0}, ten = {0, NULL, 10};
    static const struct {
        const char *a, *b;
        const Labels *labels;
        const char *message;
    } bad[] = {
        {"x,y\n1,fig\n", "x,y\n1,fig\n2,figs\n", &none,
         "class 'figs' in row 1 of 'b.csv' is not in the training data; did you mean 'fig'?"},
        {"x,y\n1,fig\n", "x,y\n1,melon\n", &none,
         "class 'melon' in row 0 of 'b.csv' is not in the training data"},
        {"x,y\n1,fig\n2,melon\n", NULL, &two,
         "class 'melon' in row 1 of 'a.csv' is not in labels(...)"},
        {"x,y\n1,0\n2,12\n", NULL, &ten, "label 12 in row 1 of 'a.csv' is outside 0..9"},
        {"x,y\n1,0\n", "x,y\n1,-1\n", &ten, "label -1 in row 0 of 'b.csv' is outside 0..9"},
        {"x,y\n1,2\n", NULL, &two, "label 2 in row 0 of 'a.csv' is outside 0..1"},
        {"x,y\n1,0.5\n", NULL, &two, "the targets of 'a.csv' are f32, not labels of 2 classes"},
        {"x,y\n1,fig\n", "x,y\n1,2\n", &none,
         "the targets of 'b.csv' are i32, those of 'a.csv' are texts"},
        {"x,y\n1,2\n", "x,y\n1,2.5\n", &none,
         "the targets of 'b.csv' are f32, those of 'a.csv' are i32"},
        {"x,y\n1,2\n", "x,z,y\n1,2,3\n", &none,
         "the rows of inputs in 'b.csv' have the shape 2, those in 'a.csv' 1"},
        {"x,y\n1,2\n", "x\n1\n", &none, "'a.csv' has targets, but 'b.csv' has none"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        CHECK(!open_pair(c, bad[i].a, bad[i].b, *bad[i].labels));
        CHECK_STR(case_error(c), bad[i].message);
    }
}

static void check_moments(DataCase *c)
{
    double mean[2], variance[2];
    RtPart empty = {NULL, NULL, NULL, 0};
    RtArray *hollow;
    int64_t dims[2] = {1, 0};
    uint32_t first = 0;
    RtDataset *data = open_pair(c, "a,b,y\n1,10,0\n2,10,0\n6,40,0\n", NULL, (Labels){0, NULL, 0});
    if (!CHECK(data != NULL))
        return;
    CHECK_EQ_INT(rt_fit_moments(&data->parts[RT_TRAIN], true, mean, variance, &c->error), RT_OK);
    CHECK(mean[0] == 3 && mean[1] == 20);
    CHECK(variance[0] == 14.0 / 3 && variance[1] == 200);
    CHECK_EQ_INT(rt_fit_moments(&data->parts[RT_TRAIN], false, mean, variance, &c->error), RT_OK);
    CHECK(mean[0] == 11.5 && variance[0] == 174.58333333333334);
    rt_dataset_close(data);
    CHECK_EQ_INT(rt_fit_moments(&empty, true, mean, variance, &c->error), RT_ERROR);
    CHECK_STR(c->error.text, "there are no rows to take a mean of");
    CHECK_EQ_INT(rt_array_open(RT_f32, 2, dims, "hollow", &hollow, &c->error), RT_OK);
    RtPart part = {hollow, NULL, &first, 1};
    CHECK_EQ_INT(rt_fit_moments(&part, true, mean, variance, &c->error), RT_ERROR);
    CHECK_STR(c->error.text, "there are no values to take a mean of");
    rt_array_close(hollow);
}

int main(void)
{
    DataCase c;
    case_open(&c);
    check_texts(&c);
    check_numbers(&c);
    check_errors(&c);
    check_moments(&c);
    rt_dataset_close(NULL);
    case_close(&c);
    return check_done();
}
