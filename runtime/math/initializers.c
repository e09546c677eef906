/* initializers.c: the rows of initializers.def. Formulas: Keras 3 (docs/language.md); element i of a
 * weight is a function of (seed, stream, i) alone. */
#include "runtime/math/initializers.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/abi/dtype.h"
#include "runtime/math/philox.h"

enum { MOST_REDRAWS = 1000 };

typedef struct Draw {
    const RtInit *of;
    int64_t first, count; /* the elements wanted */
    double *out;
    RtError *error;
} Draw;

static double argument(const Draw *d, const char *name, double usual)
{
    for (uint32_t i = 0; i < d->of->n_args; i++)
        if (!strcmp(d->of->arg_names[i], name))
            return d->of->arg_values[i];
    return usual;
}

static double normal_at(const Draw *d, uint64_t step, int64_t i)
{
    return rt_normal_f64(d->of->seed, step, d->of->stream, (uint64_t)(d->first + i));
}

static void fill(const Draw *d, double value)
{
    for (int64_t i = 0; i < d->count; i++)
        d->out[i] = value;
}

static void normal(const Draw *d, double mean, double deviation)
{
    for (int64_t i = 0; i < d->count; i++)
        d->out[i] = mean + deviation * normal_at(d, 0, i);
}

/* Drawn again beyond two deviations; the attempt is the counter's step. */
static void truncated(const Draw *d, double mean, double deviation)
{
    for (int64_t i = 0; i < d->count; i++) {
        double z = 0;
        for (uint64_t step = 0; step < MOST_REDRAWS; step++) {
            z = normal_at(d, step, i);
            if (fabs(z) <= 2)
                break;
        }
        d->out[i] = mean + deviation * z;
    }
}

static void uniform(const Draw *d, double low, double high)
{
    for (int64_t i = 0; i < d->count; i++)
        d->out[i] = low + (high - low) * rt_uniform_f64(d->of->seed, 0, d->of->stream,
                                                        (uint64_t)(d->first + i));
}

typedef enum { FAN_in, FAN_out, FAN_avg } Fan;
typedef enum { DRAW_truncated, DRAW_truncated_too, DRAW_normal, DRAW_uniform } Distribution;

static double fan_of(const RtInit *w, Fan fan)
{
    double in = 1, out = 1, field = 1;
    if (w->rank == 1)
        in = out = (double)w->dims[0];
    for (uint32_t i = 0; w->rank >= 2 && i + 2 < w->rank; i++)
        field *= (double)w->dims[i];
    if (w->rank >= 2) {
        in = (double)w->dims[w->rank - 2] * field;
        out = (double)w->dims[w->rank - 1] * field;
    }
    double n = fan == FAN_in ? in : fan == FAN_out ? out : (in + out) / 2;
    return n < 1 ? 1 : n;
}

static void scaled(const Draw *d, double scale, Fan fan, Distribution distribution)
{
    double s = scale / fan_of(d->of, fan);
    if (distribution == DRAW_uniform)
        uniform(d, -sqrt(3 * s), sqrt(3 * s));
    else if (distribution == DRAW_normal)
        normal(d, 0, sqrt(s));
    else
        truncated(d, 0, sqrt(s) / 0.87962566103423978);
}

/* ---- orthogonal: Householder QR of a normal matrix, columns signed so that R's diagonal is > 0 ---- */

/* Turns column k of a [m, n] into a reflection; returns its factor, R's diagonal in *diagonal. */
static double reflect_column(double *a, int64_t m, int64_t n, int64_t k, double *diagonal)
{
    double norm = 0;
    for (int64_t i = k; i < m; i++)
        norm += a[i * n + k] * a[i * n + k];
    norm = sqrt(norm);
    double first = a[k * n + k];
    double r = first > 0 ? -norm : norm;
    *diagonal = r;
    if (norm == 0)
        return 0;
    a[k * n + k] = first - r;
    double square = 0;
    for (int64_t i = k; i < m; i++)
        square += a[i * n + k] * a[i * n + k];
    return square == 0 ? 0 : 2 / square;
}

/* Column j of b minus the reflection that column k of a holds. */
static void apply_reflection(const double *a, double *b, int64_t m, int64_t n, int64_t k, int64_t j,
                             double factor)
{
    double product = 0;
    for (int64_t i = k; i < m; i++)
        product += a[i * n + k] * b[i * n + j];
    product *= factor;
    for (int64_t i = k; i < m; i++)
        b[i * n + j] -= product * a[i * n + k];
}

/* q [m, n], m >= n: orthonormal columns from the normal matrix a, which is destroyed. */
static void orthonormal(double *a, double *q, double *factor, double *diagonal, int64_t m,
                        int64_t n)
{
    for (int64_t k = 0; k < n; k++) {
        factor[k] = reflect_column(a, m, n, k, &diagonal[k]);
        for (int64_t j = k + 1; j < n; j++)
            apply_reflection(a, a, m, n, k, j, factor[k]);
    }
    for (int64_t i = 0; i < m; i++)
        for (int64_t j = 0; j < n; j++)
            q[i * n + j] = i == j;
    for (int64_t k = n - 1; k >= 0; k--)
        for (int64_t j = k; j < n; j++)
            apply_reflection(a, q, m, n, k, j, factor[k]);
}

static RtStatus orthogonal(const Draw *d, double gain)
{
    const RtInit *w = d->of;
    if (w->rank < 2)
        return rt_fail(d->error, "the initializer 'orthogonal' needs weights of at least two axes");
    int64_t cols = w->dims[w->rank - 1], rows = cols ? d->count / cols : 0;
    int64_t m = rows > cols ? rows : cols, n = rows > cols ? cols : rows;
    double *work = malloc((size_t)(2 * m * n + 2 * n + 1) * sizeof *work);
    if (!work)
        return rt_fail(d->error, "not enough memory for the initializer 'orthogonal'");
    double *a = work, *q = a + m * n, *factor = q + m * n, *diagonal = factor + n;
    Draw draw = *d;
    draw.out = a;
    normal(&draw, 0, 1);
    orthonormal(a, q, factor, diagonal, m, n);
    for (int64_t i = 0; i < m; i++)
        for (int64_t j = 0; j < n; j++) {
            double value = gain * (diagonal[j] < 0 ? -q[i * n + j] : q[i * n + j]);
            d->out[rows < cols ? j * cols + i : i * cols + j] = value;
        }
    free(work);
    return RT_OK;
}

static RtStatus identity(const Draw *d, double gain)
{
    if (d->of->rank != 2)
        return rt_fail(d->error, "the initializer 'identity' needs a matrix");
    for (int64_t i = 0; i < d->count; i++) {
        int64_t at = d->first + i, cols = d->of->dims[1];
        d->out[i] = at / cols == at % cols ? gain : 0;
    }
    return RT_OK;
}

/* ---- the rows ---- */

#define INITIALIZER(id) static RtStatus init_##id(const Draw *d)
#define A(name, usual) argument(d, name, usual)

INITIALIZER(zeros)
{
    fill(d, 0);
    return RT_OK;
}
INITIALIZER(ones)
{
    fill(d, 1);
    return RT_OK;
}
INITIALIZER(constant)
{
    fill(d, A("value", 0));
    return RT_OK;
}
INITIALIZER(random_normal)
{
    normal(d, A("mean", 0), A("stddev", 0.05));
    return RT_OK;
}
INITIALIZER(truncated_normal)
{
    truncated(d, A("mean", 0), A("stddev", 0.05));
    return RT_OK;
}
INITIALIZER(random_uniform)
{
    uniform(d, A("minval", -0.05), A("maxval", 0.05));
    return RT_OK;
}
INITIALIZER(variance_scaling)
{
    scaled(d, A("scale", 1), (Fan)rt_to_i64(A("mode", FAN_in)),
           (Distribution)rt_to_i64(A("distribution", DRAW_truncated)));
    return RT_OK;
}
INITIALIZER(glorot_uniform)
{
    scaled(d, 1, FAN_avg, DRAW_uniform);
    return RT_OK;
}
INITIALIZER(glorot_normal)
{
    scaled(d, 1, FAN_avg, DRAW_truncated);
    return RT_OK;
}
INITIALIZER(he_uniform)
{
    scaled(d, 2, FAN_in, DRAW_uniform);
    return RT_OK;
}
INITIALIZER(he_normal)
{
    scaled(d, 2, FAN_in, DRAW_truncated);
    return RT_OK;
}
INITIALIZER(lecun_uniform)
{
    scaled(d, 1, FAN_in, DRAW_uniform);
    return RT_OK;
}
INITIALIZER(lecun_normal)
{
    scaled(d, 1, FAN_in, DRAW_truncated);
    return RT_OK;
}
INITIALIZER(orthogonal)
{
    return orthogonal(d, A("gain", 1));
}
INITIALIZER(identity)
{
    return identity(d, A("gain", 1));
}

static const struct {
    const char *name;
    RtStatus (*draw)(const Draw *d);
} rows[] = {
#define ROW_BUILT(id) {#id, init_##id},
#define ROW_LATER(id)
#define ROW(id, name, aliases, state, family, doc) ROW_##state(id)
#include "runtime/abi/initializers.def"
};

bool rt_init_is_whole(const RtInit *init)
{
    return !strcmp(init->name, "orthogonal");
}

RtStatus rt_init_draw(const RtInit *init, int64_t first, int64_t n, double *out, RtError *error)
{
    Draw d = {init, first, n, out, error};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (!strcmp(rows[i].name, init->name))
            return rows[i].draw(&d);
    return rt_fail(error, "unknown initializer '%s'", init->name);
}
