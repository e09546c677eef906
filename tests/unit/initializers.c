/* Initializers: mean, variance and ends are those of Keras's definitions for the counts of inputs and outputs
 * of the shape; matrices drawn as a whole are what their names say; numbers depend on seed and stream. */
#include <math.h>
#include <string.h>

#include "runtime/math/initializers.h"
#include "tests/unit/check.h"

enum { ROWS = 300, COLS = 200, N = ROWS * COLS };

static double drawn[N], again[N];

/* "mean stddev" of the arguments; choices by their index. */
static bool draw(double *out, const char *name, uint32_t n, const char *const *names,
                 const double *values, uint32_t rank, const int64_t *dims, uint64_t seed)
{
    RtError error;
    RtInit init = {name, n, names, values, rank, dims, seed, 77};
    int64_t count = 1;
    for (uint32_t i = 0; i < rank; i++)
        count *= dims[i];
    bool right = CHECK(rt_init_draw(&init, 0, count, out, &error) == RT_OK);
    if (rt_init_is_whole(&init))
        return right;
    double part[5];
    for (int64_t first = 3; right && first + 5 <= count; first += 997) {
        right = CHECK(rt_init_draw(&init, first, 5, part, &error) == RT_OK) &&
                CHECK(!memcmp(part, out + first, sizeof part));
    }
    return right;
}

typedef struct Moments {
    double mean, variance, least, most;
} Moments;

static Moments moments(const double *x, int n)
{
    Moments m = {0, 0, INFINITY, -INFINITY};
    for (int i = 0; i < n; i++) {
        m.mean += x[i] / n;
        m.least = x[i] < m.least ? x[i] : m.least;
        m.most = x[i] > m.most ? x[i] : m.most;
    }
    for (int i = 0; i < n; i++)
        m.variance += (x[i] - m.mean) * (x[i] - m.mean) / n;
    return m;
}

/* `end`: nothing lies farther from the mean, something nearly as far; 0: no such end. */
static void check_draw(const char *name, uint32_t n, const char *const *names, const double *values,
                       uint32_t rank, const int64_t *dims, double mean, double variance, double end)
{
    if (!draw(drawn, name, n, names, values, rank, dims, 5))
        return;
    Moments m = moments(drawn, N);
    bool right = CHECK(fabs(m.mean - mean) < 5 * sqrt(variance / N)) &&
                 CHECK(fabs(m.variance / variance - 1) < 5 * sqrt(2.0 / N));
    right = CHECK(!end || (m.most - mean <= end && mean - m.least <= end &&
                           m.most - mean > 0.98 * end && mean - m.least > 0.98 * end)) &&
            right;
    if (!right)
        fprintf(stderr, "%s: mean %g, variance %g for %g, from %g to %g\n", name, m.mean,
                m.variance, variance, m.least, m.most);
}

/* Fans of [.., in, out]: in and out times what stands before them. */
static void check_scaled(uint32_t rank, const int64_t *dims, double in, double out)
{
    static const double cut = 0.87962566103423978; /* deviation of a normal cut at two deviations */
    const struct {
        const char *name;
        double variance;
        bool uniform;
    } rows[] = {{"glorot_uniform", 2 / (in + out), true},
                {"glorot_normal", 2 / (in + out), false},
                {"he_uniform", 2 / in, true},
                {"he_normal", 2 / in, false},
                {"lecun_uniform", 1 / in, true},
                {"lecun_normal", 1 / in, false}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        double s = sqrt(rows[i].variance);
        check_draw(rows[i].name, 0, NULL, NULL, rank, dims, 0, rows[i].variance,
                   rows[i].uniform ? s * sqrt(3.0) : 2 * s / cut);
    }
    static const char *const names[] = {"scale", "mode", "distribution"};
    for (int mode = 0; mode < 3; mode++)
        for (int how = 0; how < 4; how++) { /* truncated_normal normal untruncated_normal uniform */
            double values[] = {3, mode, how};
            double fan = mode == 0 ? in : mode == 1 ? out : (in + out) / 2, s = sqrt(3 / fan);
            bool cut_off = how == 0 || how == 1; /* "normal" is Keras's old word for it */
            check_draw("variance_scaling", 3, names, values, rank, dims, 0, 3 / fan,
                       how == 3  ? s * sqrt(3.0)
                       : cut_off ? 2 * s / cut
                                 : 0);
        }
}

static void check_plain(void)
{
    static const int64_t dims[] = {ROWS, COLS};
    static const char *const normal[] = {"mean", "stddev"}, *const uniform[] = {"minval", "maxval"};
    static const double values[] = {1, 0.5}, ends[] = {-1, 3};
    static const double cut = 0.87962566103423978;
    check_draw("random_normal", 0, NULL, NULL, 2, dims, 0, 0.0025, 0);
    check_draw("random_normal", 2, normal, values, 2, dims, 1, 0.25, 0);
    check_draw("truncated_normal", 2, normal, values, 2, dims, 1, 0.25 * cut * cut, 1);
    check_draw("random_uniform", 0, NULL, NULL, 2, dims, 0, 0.01 / 12, 0.05);
    check_draw("random_uniform", 2, uniform, ends, 2, dims, 1, 16.0 / 12, 2);
}

static void check_same(const char *name, double value)
{
    static const int64_t dims[] = {3, 2};
    static const char *const names[] = {"value"};
    static const double values[] = {-2.5};
    bool constant = !strcmp(name, "constant");
    if (draw(drawn, name, constant, names, values, 2, dims, 5))
        for (int i = 0; i < 6; i++)
            CHECK(drawn[i] == value);
}

/* Rows or columns, whichever are fewer, are orthonormal up to the gain. */
static void check_orthogonal(int64_t rows, int64_t cols, double gain)
{
    int64_t dims[] = {rows, cols}, few = rows < cols ? rows : cols;
    static const char *const names[] = {"gain"};
    double values[] = {gain}, worst = 0;
    if (!draw(drawn, "orthogonal", 1, names, values, 2, dims, 5))
        return;
    for (int64_t i = 0; i < few; i++)
        for (int64_t j = 0; j < few; j++) {
            double dot = 0;
            for (int64_t k = 0; k < (rows < cols ? cols : rows); k++)
                dot += rows < cols ? drawn[i * cols + k] * drawn[j * cols + k]
                                   : drawn[k * cols + i] * drawn[k * cols + j];
            double off = fabs(dot - (i == j ? gain * gain : 0));
            worst = off > worst ? off : worst;
        }
    CHECK(worst < 1e-12 * gain * gain);
}

static void check_identity(void)
{
    static const int64_t dims[] = {3, 5};
    static const char *const names[] = {"gain"};
    static const double values[] = {2};
    if (draw(drawn, "identity", 1, names, values, 2, dims, 5))
        for (int i = 0; i < 15; i++)
            CHECK(drawn[i] == (i / 5 == i % 5 ? 2 : 0));
}

static void check_seeds(void)
{
    static const int64_t dims[] = {ROWS, COLS}, part[] = {ROWS / 2, COLS};
    if (!draw(drawn, "random_normal", 0, NULL, NULL, 2, dims, 5))
        return;
    draw(again, "random_normal", 0, NULL, NULL, 2, dims, 5);
    CHECK(!memcmp(drawn, again, sizeof drawn));
    draw(again, "random_normal", 0, NULL, NULL, 2, part, 5);
    CHECK(!memcmp(drawn, again, sizeof drawn / 2)); /* a number knows its place, not the shape */
    draw(again, "random_normal", 0, NULL, NULL, 2, dims, 6);
    CHECK(memcmp(drawn, again, sizeof drawn) != 0);
}

int main(void)
{
    static const int64_t matrix[] = {ROWS, COLS}, vector[] = {N}, kernel[] = {3, 2, 100, 100};
    check_plain();
    check_scaled(2, matrix, ROWS, COLS);
    check_scaled(1, vector, N, N);
    check_scaled(4, kernel, 600, 600);
    check_same("zeros", 0);
    check_same("ones", 1);
    check_same("constant", -2.5);
    check_orthogonal(40, 40, 1);
    check_orthogonal(70, 30, 1);
    check_orthogonal(30, 70, 0.5);
    check_identity();
    check_seeds();
    return check_done();
}
