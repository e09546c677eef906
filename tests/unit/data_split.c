/* Splits: counts, order, seeds, proportions of classes, parts of their own files. */
#include "runtime/data/shuffle.h"
#include "tests/unit/data_case.h"

enum { ROWS = 50 };

static const RtSourceArg args[] = {CASE_TEXT("path", "t.csv"), CASE_TEXT("target", "y")};

/* 50 rows, x = row; classes 0, 1, 2 for 50 %, 30 %, 20 % of them. */
static void write_table(DataCase *c)
{
    char text[1024] = "x,y\n";
    size_t n = strlen(text);
    for (int i = 0; i < ROWS; i++)
        n += (size_t)snprintf(text + n, sizeof text - n, "%d,%d\n", i, (i % 10 > 4) + (i % 10 > 7));
    case_write(c, "t.csv", text, n);
}

static RtDatasetDesc describe(RtPartDesc validation, RtPartDesc test)
{
    RtDatasetDesc d = {.name = "d", .shuffle = true};
    d.part[RT_TRAIN] =
        (RtPartDesc){.kind = RT_PART_SOURCE, .source = {.name = "csv", .n_args = 2, .args = args}};
    d.part[RT_VALIDATION] = validation;
    d.part[RT_TEST] = test;
    return d;
}

static RtDataset *open_data(DataCase *c, RtPartDesc validation, RtPartDesc test)
{
    RtDatasetDesc d = describe(validation, test);
    RtDataset *data = NULL;
    c->error.text[0] = 0;
    return rt_dataset_open(&d, RT_ALL_PARTS, &c->dirs, c->readings, &data, &c->error) == RT_OK
               ? data
               : NULL;
}

static RtPartDesc split(double fraction, uint64_t seed)
{
    return (RtPartDesc){.kind = RT_PART_SPLIT, .fraction = fraction, .seed = seed};
}

/* Each row of the file is in exactly one part, and parts keep the order of the file. */
static void check_cover(const RtDataset *data)
{
    int seen[ROWS] = {0};
    for (int k = 0; k < RT_N_PARTS; k++)
        for (int64_t i = 0; i < data->parts[k].rows; i++) {
            seen[data->parts[k].index[i]]++;
            CHECK(i == 0 || data->parts[k].index[i - 1] < data->parts[k].index[i]);
        }
    for (int i = 0; i < ROWS; i++)
        CHECK_EQ_INT(seen[i], 1);
}

static void check_counts(void)
{
    int64_t rows[3];
    rt_split_counts(150, 0.2, 0.1, rows);
    CHECK_EQ_INT(rows[2], 30);
    CHECK_EQ_INT(rows[1], 15);
    CHECK_EQ_INT(rows[0], 105);
    rt_split_counts(7, 0.5, 0, rows);
    CHECK_EQ_INT(rows[2], 4);
    CHECK_EQ_INT(rows[1], 0);
    CHECK_EQ_INT(rows[0], 3);
    rt_split_counts(2, 0.6, 0.6, rows);
    CHECK(rows[0] < 1);
}

static void check_random(DataCase *c)
{
    RtDataset *a = open_data(c, split(0.2, 1), split(0.1, 1));
    RtDataset *b = open_data(c, split(0.2, 1), split(0.1, 1));
    RtDataset *other = open_data(c, split(0.2, 2), split(0.1, 1));
    if (!CHECK(a && b && other))
        return;
    CHECK_EQ_INT(a->parts[RT_TEST].rows, 5);
    CHECK_EQ_INT(a->parts[RT_VALIDATION].rows, 10);
    CHECK_EQ_INT(a->parts[RT_TRAIN].rows, 35);
    CHECK(a->parts[RT_TEST].x == a->parts[RT_TRAIN].x);
    CHECK(a->shuffle);
    CHECK_STR(a->columns.at[0], "x");
    check_cover(a);
    check_cover(other);
    for (int k = 0; k < RT_N_PARTS; k++)
        CHECK(!memcmp(a->parts[k].index, b->parts[k].index,
                      (size_t)a->parts[k].rows * sizeof(uint32_t)));
    CHECK(!memcmp(a->parts[RT_TEST].index, other->parts[RT_TEST].index, 5 * sizeof(uint32_t)));
    CHECK(memcmp(a->parts[RT_VALIDATION].index, other->parts[RT_VALIDATION].index,
                 10 * sizeof(uint32_t)) != 0);
    rt_dataset_close(a);
    rt_dataset_close(b);
    rt_dataset_close(other);
}

static void check_end(DataCase *c)
{
    RtPartDesc test = split(0.1, 0), validation = split(0.2, 0);
    test.from_end = validation.from_end = true;
    RtDataset *data = open_data(c, validation, test);
    if (!CHECK(data != NULL))
        return;
    CHECK_EQ_INT(data->parts[RT_TEST].index[0], 45);
    CHECK_EQ_INT(data->parts[RT_VALIDATION].index[0], 35);
    CHECK_EQ_INT(data->parts[RT_TRAIN].index[34], 34);
    check_cover(data);
    rt_dataset_close(data);
}

static void count_classes(const RtPart *part, int counts[3])
{
    counts[0] = counts[1] = counts[2] = 0;
    for (int64_t i = 0; i < part->rows; i++)
        counts[(int)rt_array_f64(part->y, part->index[i])]++;
}

static void check_strata(DataCase *c)
{
    int counts[3];
    RtPartDesc test = split(0.2, 7), validation = split(0.1, 7);
    test.stratify = validation.stratify = true;
    RtDataset *data = open_data(c, validation, test);
    if (!CHECK(data != NULL))
        return;
    check_cover(data);
    count_classes(&data->parts[RT_TEST], counts);
    CHECK_EQ_INT(counts[0], 5);
    CHECK_EQ_INT(counts[1], 3);
    CHECK_EQ_INT(counts[2], 2);
    count_classes(&data->parts[RT_VALIDATION], counts); /* of 5: 2.5, 1.5 and 1 */
    CHECK_EQ_INT(counts[0], 3);
    CHECK_EQ_INT(counts[1], 1);
    CHECK_EQ_INT(counts[2], 1);
    rt_dataset_close(data);
}

static void check_errors(DataCase *c)
{
    RtPartDesc none = {.kind = RT_PART_ABSENT}, strata = split(0.5, 0);
    strata.stratify = true;
    CHECK(!open_data(c, split(0.6, 0), split(0.6, 0)));
    CHECK_STR(c->error.text, "the splits of 'd' leave none of 50 rows for training");
    CHECK(!open_data(c, none, split(1e-20, 0)));
    CHECK_STR(c->error.text, "the split 'test' of 'd' takes none of 50 rows");
    case_write(c, "t.csv", "x,y\n1,2.5\n2,3\n", 14);
    CHECK(!open_data(c, strata, none));
    CHECK_STR(c->error.text, "a stratified split needs targets that are classes");
    RtDatasetDesc empty = describe(none, none);
    RtDataset *data;
    empty.part[RT_TRAIN].kind = RT_PART_ABSENT;
    CHECK_EQ_INT(rt_dataset_open(&empty, RT_ALL_PARTS, &c->dirs, c->readings, &data, &c->error),
                 RT_ERROR);
    CHECK_STR(c->error.text, "the data set 'd' has no source for training");
}

static void check_shuffle(void)
{
    uint32_t a[100], b[100], first[5] = {0};
    int seen[100] = {0};
    for (uint32_t i = 0; i < 100; i++)
        a[i] = b[i] = i;
    rt_shuffle(a, 100, 5, 0);
    rt_shuffle(b, 100, 5, 0);
    CHECK(!memcmp(a, b, sizeof a));
    for (uint32_t i = 0; i < 100; i++)
        b[i] = i;
    rt_shuffle(b, 100, 5, 1);
    CHECK(memcmp(a, b, sizeof a) != 0);
    for (int i = 0; i < 100; i++)
        seen[a[i]]++;
    for (int i = 0; i < 100; i++)
        CHECK_EQ_INT(seen[i], 1);
    for (uint64_t seed = 0; seed < 5000; seed++) { /* each of 5 rows comes first equally often */
        uint32_t five[5] = {0, 1, 2, 3, 4};
        rt_shuffle(five, 5, seed, 0);
        first[five[0]]++;
    }
    for (int i = 0; i < 5; i++)
        CHECK(first[i] > 870 && first[i] < 1130);
    rt_shuffle(a, 0, 1, 1);
    rt_shuffle(a, 1, 1, 1);
}

int main(void)
{
    DataCase c;
    case_open(&c);
    write_table(&c);
    check_counts();
    check_random(&c);
    check_end(&c);
    check_strata(&c);
    check_errors(&c);
    check_shuffle();
    case_close(&c);
    return check_done();
}
