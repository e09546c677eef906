/* Confusion matrices, accuracies and areas under ROC curves are those of scikit-learn; what does not fit is told. */
#include "runtime/train/class_counts.h"

#include <math.h>
#include <string.h>

#include "tests/golden/class_counts.h"
#include "tests/unit/check.h"

static RtValue values(uint32_t rank, int64_t rows, int64_t columns, const double *data, bool whole)
{
    RtValue v = rt_value_array(rank, (int64_t[]){rows, columns}, data);
    v.is_int = whole;
    return v;
}

static void test_golden(const GoldenClasses *g)
{
    const char *why = NULL;
    int n = g->classes;
    RtValue y = values(1, g->rows, 0, g->y, true);
    RtValue p = values(2, g->rows, g->outputs, g->p, false);
    RtValue matrix = rt_confusion_matrix(&y, &p, 0.5, &why);
    RtValue part = rt_accuracy(&y, &p, 0.5, &why);
    CHECK(!why && matrix.rank == 2 && matrix.dims[0] == n && matrix.dims[1] == n && matrix.is_int);
    CHECK(matrix.data && !memcmp(matrix.data, g->matrix, (size_t)(n * n) * sizeof *g->matrix));
    CHECK(part.number == g->accuracy);
    RtValue auc = rt_roc_auc(&y, &p, &why);
    if (!isnan(g->auc))
        CHECK(!why && fabs(auc.number - g->auc) < 1e-14);
    else
        CHECK_STR(why, "'roc_auc' takes the scores of two classes");
    rt_value_free(&matrix);
    rt_value_free(&y);
    rt_value_free(&p);
}

/* Class numbers, vectors for targets, another threshold. */
static void test_forms(void)
{
    static const double y[] = {0, 1, 2, 2}, p[] = {0, 2, 2, 1};
    static const double one_hot[] = {1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 1};
    static const double logits[] = {-0.5, 0.25, 0.75, -2}, two[] = {0, 1, 1, 1};
    const char *why = NULL;
    RtValue labels = values(1, 4, 0, y, true), guessed = values(1, 4, 0, p, true);
    RtValue vectors = values(2, 4, 3, one_hot, true), scores = values(1, 4, 0, logits, false);
    RtValue binary = values(1, 4, 0, two, true), floats = values(1, 4, 0, two, false);
    CHECK(rt_accuracy(&labels, &guessed, 0.5, &why).number == 0.5);
    CHECK(rt_accuracy(&vectors, &guessed, 0.5, &why).number == 0.5);
    CHECK(rt_accuracy(&binary, &scores, 0, &why).number == 0.75);
    CHECK(rt_accuracy(&binary, &scores, 0.5, &why).number == 0.5);
    CHECK(rt_accuracy(&floats, &scores, 0, &why).number == 0.75);
    CHECK(rt_roc_auc(&binary, &scores, &why).number == 2.0 / 3 && !why);
    CHECK(!rt_roc_auc(&labels, &scores, &why).number);
    CHECK_STR(why, "'roc_auc' takes targets of two classes, 0 and 1");
    RtValue *all[] = {&labels, &guessed, &vectors, &scores, &binary, &floats};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        rt_value_free(all[i]);
}

static const char *refused(RtValue y, RtValue p, bool area)
{
    const char *why = NULL;
    RtValue v = area ? rt_roc_auc(&y, &p, &why) : rt_confusion_matrix(&y, &p, 0.5, &why);
    rt_value_free(&v);
    rt_value_free(&y);
    rt_value_free(&p);
    return why;
}

static void test_refused(void)
{
    static const double x[] = {0, 1, 0.5, -1, NAN, 4096, 0, 1};
    CHECK_STR(refused(values(1, 2, 0, x, true), values(1, 3, 0, x, false), false),
              "targets and predictions have different numbers of rows");
    CHECK_STR(refused(values(1, 2, 0, x, true), values(1, 3, 0, x, false), true),
              "targets and predictions have different numbers of rows");
    for (int i = 2; i < 6; i++)
        CHECK_STR(refused(values(1, 1, 0, x + i, false), values(1, 1, 0, x, true), false),
                  "class numbers must be integers from 0 to 4095");
    CHECK_STR(refused(values(2, 2, 0, x, true), values(1, 2, 0, x, true), false),
              "classes are numbers along one axis, or vectors along two (of a prediction p, not "
              "p.labels)");
    CHECK_STR(refused(values(1, 2, 0, x, true), values(1, 2, 0, x + 3, false), true),
              "a score of 'roc_auc' is NaN");
    CHECK_STR(refused(values(1, 2, 0, x, true), values(1, 2, 0, x, true), true),
              "'roc_auc' takes the scores of two classes");
}

int main(void)
{
    for (size_t i = 0; i < sizeof golden_classes / sizeof *golden_classes; i++)
        test_golden(&golden_classes[i]);
    test_forms();
    test_refused();
    return check_done();
}
