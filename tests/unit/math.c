/* Elementary functions against MPFR: no error is larger than the bound that stands in the table, in both
 * types; at the ends of the number line the results are exact.
 *
 * links: mpfr gmp */
#include <float.h>
#include <math.h>
#include <mpfr.h>
#include <stdint.h>

#include "runtime/math/math_table.h"
#include "tests/unit/check.h"

enum { PRECISION = 160, STEP_F32 = 150001, RANDOM_F64 = 8000 };

/* Beyond it sin and cos have defined bits, but no bound (runtime/abi/math.def). */
static const double sine_most = 32768;

static const double edges[] = {0.0,
                               -0.0,
                               1.0,
                               -1.0,
                               0.5,
                               -0.5,
                               2.0,
                               3.0,
                               -3.0,
                               0x1p-149,
                               0x1p-1074,
                               FLT_MIN,
                               DBL_MIN,
                               FLT_MAX,
                               -FLT_MAX,
                               DBL_MAX,
                               -DBL_MAX,
                               88.72283,
                               -103.97,
                               709.782712893384,
                               -745.1332191019411,
                               1.5707963267948966,
                               3.141592653589793,
                               INFINITY,
                               -INFINITY,
                               NAN};
enum { N_EDGES = sizeof edges / sizeof *edges };

typedef struct Worst {
    const MathFn *fn;
    double error, x, y; /* in ulp, and where */
    unsigned long n;
} Worst;

static mpfr_t ex, ey, exact;

static void compute(MathId id, double x, double y)
{
    mpfr_set_d(ex, x, MPFR_RNDN);
    mpfr_set_d(ey, y, MPFR_RNDN);
    switch (id) {
    case MATH_exp:
        mpfr_exp(exact, ex, MPFR_RNDN);
        break;
    case MATH_expm1:
        mpfr_expm1(exact, ex, MPFR_RNDN);
        break;
    case MATH_log:
        mpfr_log(exact, ex, MPFR_RNDN);
        break;
    case MATH_log1p:
        mpfr_log1p(exact, ex, MPFR_RNDN);
        break;
    case MATH_tanh:
        mpfr_tanh(exact, ex, MPFR_RNDN);
        break;
    case MATH_sigmoid: /* 1 / (1 + exp(-x)) */
        mpfr_neg(ex, ex, MPFR_RNDN);
        mpfr_exp(exact, ex, MPFR_RNDN);
        mpfr_add_ui(exact, exact, 1, MPFR_RNDN);
        mpfr_ui_div(exact, 1, exact, MPFR_RNDN);
        break;
    case MATH_softplus: /* log(1 + exp(x)); beyond 2000 that is x in any double */
        if (x <= 2000) {
            mpfr_exp(ex, ex, MPFR_RNDN);
            mpfr_log1p(exact, ex, MPFR_RNDN);
        } else {
            mpfr_set(exact, ex, MPFR_RNDN);
        }
        break;
    case MATH_erf:
        mpfr_erf(exact, ex, MPFR_RNDN);
        break;
    case MATH_sin:
        mpfr_sin(exact, ex, MPFR_RNDN);
        break;
    case MATH_cos:
        mpfr_cos(exact, ex, MPFR_RNDN);
        break;
    case MATH_pow:
        mpfr_pow(exact, ex, ey, MPFR_RNDN);
        break;
    case N_MATH:
        break;
    }
}

/* The distance to `exact` in units of the last place of a float with so many bits. */
static double distance(double found, bool is_f64)
{
    mpfr_exp_t bits = is_f64 ? 53 : 24, least = is_f64 ? -1074 : -149, most = is_f64 ? 1024 : 128;
    if (mpfr_nan_p(exact) || isnan(found))
        return mpfr_nan_p(exact) && isnan(found) ? 0 : INFINITY;
    if (mpfr_inf_p(exact))
        return isinf(found) && !signbit(found) == (mpfr_sgn(exact) > 0) ? 0 : INFINITY;
    if (mpfr_zero_p(exact))
        return found == 0 && !signbit(found) == !mpfr_signbit(exact) ? 0 : INFINITY;
    mpfr_exp_t unit = mpfr_get_exp(exact) - bits;
    if (isinf(found) && mpfr_get_exp(exact) > most) /* too large for the type */
        return !signbit(found) == (mpfr_sgn(exact) > 0) ? 0 : INFINITY;
    unit = unit < least ? least : unit;
    if (isinf(found)) /* what comes after the largest number */
        mpfr_set_si_2exp(ex, signbit(found) ? -1 : 1, most, MPFR_RNDN);
    else
        mpfr_set_d(ex, found, MPFR_RNDN);
    mpfr_sub(ex, ex, exact, MPFR_RNDN);
    mpfr_mul_2si(ex, ex, -unit, MPFR_RNDN);
    return fabs(mpfr_get_d(ex, MPFR_RNDN));
}

static void look(Worst *w, double x, double y)
{
    MathId id = w->fn->id;
    bool sine = id == MATH_sin || id == MATH_cos;
    if (!w->fn->is_f64) {
        x = (float)x;
        y = (float)y;
    }
    if (sine && isfinite(x) && fabs(x) > sine_most)
        return;
    double found =
        w->fn->is_f64 ? math_eval_f64(id, x, y) : (double)math_eval_f32(id, (float)x, (float)y);
    compute(id, x, y);
    double error = distance(found, w->fn->is_f64);
    w->n++;
    if (error > w->error) {
        w->error = error;
        w->x = x;
        w->y = y;
    }
}

/* ---- points ---- */

static uint64_t state = 88172645463325252u;

static uint64_t next(void)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state;
}

static double between(double low, double high)
{
    return low + (high - low) * ((double)(next() >> 11) * 0x1p-53);
}

static double any_bits(bool is_f64)
{
    union {
        uint64_t u;
        double f;
    } wide = {.u = next()};
    union {
        uint32_t u;
        float f;
    } narrow = {.u = (uint32_t)next()};
    return is_f64 ? wide.f : (double)narrow.f;
}

static void one_argument(Worst *w)
{
    for (int i = 0; i < N_EDGES; i++)
        look(w, edges[i], 0);
    for (uint64_t bits = 0; bits <= UINT32_MAX && !w->fn->is_f64; bits += STEP_F32) {
        union {
            uint32_t u;
            float f;
        } x = {.u = (uint32_t)bits};
        look(w, x.f, 0);
    }
    for (int i = 0; i < RANDOM_F64; i++) {
        look(w, any_bits(w->fn->is_f64), 0);
        look(w, between(-50, 50), 0);
        look(w, between(-1, 1), 0);
        look(w, 1 + ldexp(between(-1, 1), -(int)(next() % 40)), 0);
        look(w, ldexp(between(-1, 1), -(int)(next() % 60)), 0);
    }
}

static void two_arguments(Worst *w)
{
    for (int i = 0; i < N_EDGES; i++)
        for (int k = 0; k < N_EDGES; k++)
            look(w, edges[i], edges[k]);
    for (int i = 0; i < RANDOM_F64; i++) {
        look(w, any_bits(w->fn->is_f64), any_bits(w->fn->is_f64));
        look(w, between(0, 4), between(-30, 30));
        look(w, 1 + ldexp(between(-1, 1), -(int)(next() % 30)), between(-1e6, 1e6));
        look(w, between(-9, 9), floor(between(-20, 20)));
        look(w, fabs(any_bits(w->fn->is_f64)), between(-3, 3));
    }
}

int main(void)
{
    mpfr_inits2(PRECISION, ex, ey, exact, (mpfr_ptr)NULL);
    for (int id = 0; id < N_MATH; id++)
        for (int wide = 0; wide < 2; wide++) {
            Worst w = {.fn = math_fn((MathId)id, wide)};
            if (w.fn->n_args == 2)
                two_arguments(&w);
            else
                one_argument(&w);
            CHECK(w.n > RANDOM_F64);
            if (!CHECK(w.error <= w.fn->ulp))
                fprintf(stderr, "%s(%.17g, %.17g) is off by %g ulp; the table says %g\n",
                        w.fn->name, w.x, w.y, w.error, w.fn->ulp);
            if (getenv("MATH_VERBOSE"))
                printf("%-14s %8lu points: at most %.3f ulp (table %.2f), at %.9g %.9g\n",
                       w.fn->name, w.n, w.error, w.fn->ulp, w.x, w.y);
        }
    mpfr_clears(ex, ey, exact, (mpfr_ptr)NULL);
    mpfr_free_cache();
    return check_done();
}
