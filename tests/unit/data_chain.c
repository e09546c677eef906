/* Transforms on rows: shapes, values, what they are fitted with against exact arithmetic, and what cannot
 * be. The statistics in tests/golden/statistics were computed by tests/golden/make_statistics.py. */
#include <math.h>

#include "runtime/data/chain.h"
#include "tests/unit/data_case.h"

static ImgArg number(const char *name, double f, int64_t i)
{
    return (ImgArg){.name = name, .f = f, .i = i};
}

static void from_matrix(const void *cx, int64_t row, double *values)
{
    const double *const *m = cx;
    for (int64_t i = 0; i < (int64_t)m[1][0]; i++)
        values[i] = m[0][row * (int64_t)m[1][0] + i];
}

static void row_place(const void *cx, int64_t row, char *buf, size_t size)
{
    (void)cx;
    snprintf(buf, size, "row %lld", (long long)row + 1);
}

static RtStatus fit(RtChain *chain, const double *values, int64_t rows, RtError *error)
{
    double width = (double)chain->n_in;
    const double *m[2] = {values, &width};
    return rt_chain_fit(chain, &(RtRows){m, rows, from_matrix, row_place, NULL}, error);
}

static void check_lists(void)
{
    RtError error;
    RtChain chain;
    int64_t two = 2, sizes[] = {2, -1}, dims[] = {4};
    ImgArg args[] = {number("factor", 2, 0), number("value", -1, 0),  number("shape", 0, 0),
                     number("n", 0, 3),      number("unknown", 0, 0), number("most", 0, 0)};
    args[2].ints = (Img_LIST_I64){2, sizes};
    ImgCall calls[] = {{.name = "scale", .args = {1, &args[0]}},
                       {.name = "offset", .args = {1, &args[1]}},
                       {.name = "reshape", .args = {1, &args[2]}},
                       {.name = "one_hot", .args = {3, &args[3]}}};
    double values[12] = {0.5, 1, 1.5, 5};
    CHECK_EQ_INT(rt_chain_open(4, calls, NULL, 1, dims, &chain, &error), RT_OK);
    CHECK_EQ_INT(chain.rank, 3);
    CHECK(chain.dims[0] == 2 && chain.dims[1] == 2 && chain.dims[2] == 3);
    CHECK(chain.n_in == 4 && chain.n_out == 12 && chain.most == 12);
    rt_chain_apply(&chain, chain.n, values);
    static const double hot[] = {1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0};
    CHECK(!memcmp(values, hot, sizeof hot));
    CHECK(!rt_chain_is_fitted(&chain));
    rt_chain_close(&chain);
    sizes[0] = 3;
    CHECK_EQ_INT(rt_chain_open(4, calls, NULL, 1, dims, &chain, &error), RT_ERROR);
    CHECK_STR(error.text, "reshape: a sample of shape (4) cannot become (3 x -1)");
    rt_chain_close(&chain);
    const int64_t full[RT_MAX_ROW_RANK] = {1, 1, 1, 1, 1, 1, 1};
    CHECK_EQ_INT(rt_chain_open(1, &calls[3], NULL, RT_MAX_ROW_RANK, full, &chain, &error),
                 RT_ERROR);
    CHECK_STR(error.text, "one_hot: a sample would get more than 7 axes");
    rt_chain_close(&chain);
    args[3].i = INT64_MAX;
    CHECK_EQ_INT(rt_chain_open(1, &calls[3], NULL, 1, &two, &chain, &error), RT_ERROR);
    CHECK_STR(error.text, "one_hot: a sample would have more than 2^40 values");
    rt_chain_close(&chain);
    CHECK_EQ_INT(rt_chain_open(0, calls, NULL, 2, (int64_t[]){INT64_MAX, 2}, &chain, &error),
                 RT_ERROR);
    CHECK_STR(error.text, "a sample has more than 2^40 values");
    rt_chain_close(&chain);
    calls[0].name = "sort";
    CHECK_EQ_INT(rt_chain_open(1, calls, NULL, 1, &two, &chain, &error), RT_ERROR);
    CHECK_STR(error.text, "the transform 'sort' is not part of this runtime");
    rt_chain_close(&chain);
}

static void check_fit_errors(void)
{
    RtError error;
    RtChain chain;
    int64_t dims[] = {2};
    ImgArg axis = number("axis", 0, -1);
    ImgCall call = {.name = "normalize", .args = {1, &axis}};
    const double missing[] = {1, 2, 3, NAN, 5, INFINITY}, large[] = {1e300, 1, -1e300, 2};
    CHECK_EQ_INT(rt_chain_open(1, &call, NULL, 1, dims, &chain, &error), RT_OK);
    CHECK_EQ_INT(fit(&chain, missing, 0, &error), RT_ERROR);
    CHECK_STR(error.text, "there are no rows to fit 'normalize' on");
    CHECK_EQ_INT(fit(&chain, missing, 3, &error), RT_ERROR);
    CHECK_STR(error.text, "normalize: missing (NaN) or infinite values would make a whole column "
                          "NaN: 2, the first in row 2");
    CHECK_EQ_INT(fit(&chain, large, 2, &error), RT_ERROR);
    CHECK_STR(error.text, "normalize: the values are too large for a mean and a variance");
    rt_chain_close(&chain);
}

/* A file of the script: a line "NAME ROWS COLUMNS", a line per row, a line of means, a line of variances. */
static bool read_numbers(FILE *in, double *to, int64_t n)
{
    for (int64_t i = 0; i < n; i++)
        if (fscanf(in, "%la", &to[i]) != 1)
            return false;
    return true;
}

static bool close_to(double x, double exact, double ulps)
{
    return x == exact || fabs(x - exact) <= ulps * fabs(exact) * 0x1p-53;
}

/* The mean to the last bit or next to it; the variance as far as the rounding of (x - mean) goes. */
static void check_case(const char *name, const double *values, int64_t rows, int64_t cols,
                       const double *expected)
{
    RtError error;
    RtChain chain;
    ImgArg axis = number("axis", 0, -1);
    ImgCall call = {.name = "normalize", .args = {1, &axis}};
    CHECK_EQ_INT(rt_chain_open(1, &call, NULL, 1, &cols, &chain, &error), RT_OK);
    CHECK_EQ_INT(fit(&chain, values, rows, &error), RT_OK);
    for (int64_t c = 0; c < cols; c++) {
        bool right = CHECK(close_to(chain.at[0].fitted[0][c], expected[c], 2)) &&
                     CHECK(close_to(chain.at[0].fitted[1][c], expected[cols + c], 8));
        if (!right)
            fprintf(stderr, "%s, column %lld: %a %a\n", name, (long long)c,
                    chain.at[0].fitted[0][c], chain.at[0].fitted[1][c]);
    }
    rt_chain_close(&chain);
}

static void check_statistics(void)
{
    char name[64];
    long long rows, cols;
    int cases = 0;
    FILE *in = fopen("tests/golden/statistics", "r");
    if (!CHECK(in != NULL))
        return;
    while (fscanf(in, "%63s %lld %lld", name, &rows, &cols) == 3) {
        double *values = calloc((size_t)(rows * cols + 2 * cols), sizeof *values);
        if (CHECK(values && read_numbers(in, values, rows * cols + 2 * cols)))
            check_case(name, values, rows, cols, values + rows * cols);
        free(values);
        cases++;
    }
    CHECK_EQ_INT(cases, 8);
    fclose(in);
}

int main(void)
{
    check_lists();
    check_fit_errors();
    check_statistics();
    return check_done();
}
