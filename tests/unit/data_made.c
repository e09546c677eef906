/* Made data: shapes, balanced classes, seeds, and the formulas at their simplest points. */
#include "tests/unit/data_case.h"

static float x_at(const DataCase *c, int i)
{
    return ((const float *)c->x->data)[i];
}

static bool near(double a, double b)
{
    return a - b < 1e-6 && b - a < 1e-6;
}

static void check_blobs(DataCase *c)
{
    RtSourceArg args[] = {CASE_NUMBER("n", 1000), CASE_NUMBER("classes", 3),
                          CASE_NUMBER("features", 4), CASE_NUMBER("spread", 0.5),
                          CASE_NUMBER("seed", 3)};
    double mean = 0, variance = 0;
    float first;
    if (!CHECK_EQ_INT(case_read(c, "blobs", 5, args), RT_OK))
        return;
    CHECK_EQ_INT(c->x->dims[0], 1000);
    CHECK_EQ_INT(c->x->dims[1], 4);
    CHECK(rt_array_f64(c->y, 0) == 0 && rt_array_f64(c->y, 4) == 1 && rt_array_f64(c->y, 999) == 0);
    for (int i = 0; i < 1000; i += 3)
        mean += x_at(c, 4 * i) / 334.0;
    for (int i = 0; i < 1000; i += 3)
        variance += (x_at(c, 4 * i) - mean) * (x_at(c, 4 * i) - mean) / 334.0;
    CHECK(mean > -10.2 && mean < 10.2);
    CHECK(variance > 0.19 && variance < 0.32);
    first = x_at(c, 0);
    CHECK_EQ_INT(case_read(c, "blobs", 5, args), RT_OK);
    CHECK(x_at(c, 0) == first);
    args[4].number = 4;
    CHECK_EQ_INT(case_read(c, "blobs", 5, args), RT_OK);
    CHECK(x_at(c, 0) != first);
    args[3].number = 0; /* without spread every row is its centre */
    CHECK_EQ_INT(case_read(c, "blobs", 5, args), RT_OK);
    CHECK(x_at(c, 0) == x_at(c, 12));
}

static void check_seed(DataCase *c)
{
    RtSourceArg args[] = {CASE_NUMBER("n", 4), CASE_NONE("seed")};
    RtSourceDesc source = {.name = "blobs", .n_args = 2, .args = args, .default_seed = 9};
    case_forget(c);
    CHECK_EQ_INT(rt_source_read(&source, &c->dirs, false, &c->read, &c->error), RT_OK);
    c->x = c->read.x;
    float own = x_at(c, 0);
    args[1] = (RtSourceArg)CASE_NUMBER("seed", 9);
    CHECK_EQ_INT(case_read(c, "blobs", 2, args), RT_OK);
    CHECK(x_at(c, 0) == own);
}

static void check_moons(DataCase *c)
{
    const RtSourceArg args[] = {CASE_NUMBER("n", 6), CASE_NUMBER("noise", 0)};
    RtProbe p;
    if (!CHECK_EQ_INT(case_read(c, "moons", 2, args), RT_OK))
        return;
    CHECK(near(x_at(c, 0), 1) && near(x_at(c, 1), 0));
    CHECK(near(x_at(c, 2), 0) && near(x_at(c, 3), 0.5));
    CHECK(near(x_at(c, 4), 0) && near(x_at(c, 5), 1));
    CHECK(near(x_at(c, 6), 1) && near(x_at(c, 7), -0.5));
    CHECK(near(x_at(c, 8), -1) && near(x_at(c, 9), 0));
    CHECK(near(x_at(c, 10), 2) && near(x_at(c, 11), 0.5));
    CHECK_EQ_INT(case_probe(c, "moons", 2, args, &p), RT_OK);
    CHECK_EQ_INT(p.rows, 6);
    CHECK_EQ_INT(p.classes, 2);
    CHECK(!p.from->path);
}

static void check_spirals(DataCase *c)
{
    const RtSourceArg args[] = {CASE_NUMBER("n", 4), CASE_NUMBER("classes", 2),
                                CASE_NUMBER("noise", 0)};
    if (!CHECK_EQ_INT(case_read(c, "spirals", 3, args), RT_OK))
        return;
    CHECK(x_at(c, 0) == 0 && x_at(c, 1) == 0); /* both arms start in the middle */
    CHECK(x_at(c, 2) == 0 && x_at(c, 3) == 0);
    CHECK(near(x_at(c, 4), -0.7568024953) && near(x_at(c, 5), -0.6536436209));
    CHECK(near(x_at(c, 6), 0.7568024953) && near(x_at(c, 7), 0.6536436209));
}

static void check_errors(DataCase *c)
{
    const RtSourceArg none[] = {CASE_NUMBER("n", 0)};
    const RtSourceArg few[] = {CASE_NUMBER("n", 2), CASE_NUMBER("classes", 3)};
    CHECK_STR(case_fails(c, "moons", 1, none), "'n' of 'moons' must lie in 1..100000000, not 0");
    CHECK_STR(case_fails(c, "spirals", 2, few),
              "the source 'spirals' has fewer rows than classes: 2 and 3");
}

int main(void)
{
    DataCase c;
    case_open(&c);
    check_blobs(&c);
    check_seed(&c);
    check_moons(&c);
    check_spirals(&c);
    check_errors(&c);
    case_close(&c);
    return check_done();
}
