/* schedules.c: schedules of the learning rate as expressions of step, which counts from 0.
 *
 *     ExponentialDecay     i r^(step/n)                               staircase: floor(step/n)
 *     InverseTimeDecay     i / (1 + r step/n)                         staircase: floor(step/n)
 *     PolynomialDecay      (i - e) (1 - min(step, n)/n)^power + e     cycle: n becomes n ceil(step/n)
 *     CosineDecay          i ((1 - alpha) (1 + cos(pi min(step, n)/n))/2 + alpha)
 *     CosineDecayRestarts  i ((1 - alpha) m^k (1 + cos(pi f))/2 + alpha), f the fraction of the k-th period
 *     optimal              1 / (alpha (t0 + step))
 *     inverse_scaling      i / (step + 1)^power
 *
 * t0 of optimal makes the first rate s / max(1, slope), s = alpha^-1/4 being a typical weight and slope that of the
 * loss at y = 1, p = -s. No loss of a margin or a distance rises there, so the rate is s. Operations stand in the order in which Keras has them. Arguments may be options. */
#include <math.h>
#include <stdarg.h>

#include "ir/program/elaborate_internal.h"

typedef struct Rule {
    Elab *e;
    const Call *call;
    const Expr *step;
} Rule;

typedef const Expr *ScheduleRule(const Rule *r);

/* Of two numbers, or of one; false: only the run computes it. What is known is computed once, not in every step. */
static bool folded(ExprOp op, const Expr *x, double *out)
{
    const Expr *a = x->args[0], *b = x->n_args > 1 ? x->args[1] : NULL;
    if (!a || a->op != EX_number || (b && b->op != EX_number))
        return false;
    if (op == EX_sqrt)
        *out = sqrt(a->value);
    else if (op == EX_mul && b)
        *out = a->value * b->value;
    else if (op == EX_div && b)
        *out = a->value / b->value;
    else
        return false;
    return isfinite(*out);
}

/* An operator of numbers, or a comparison; NULL where an operand is. */
static const Expr *make(const Rule *r, ExprOp op, uint32_t n, ...)
{
    va_list args;
    bool compares = op >= EX_eq && op <= EX_ge, whole = true;
    Expr *x = expr_new(r->e, op, compares ? EXT_bool : EXT_number, r->call->range, n);
    va_start(args, n);
    for (uint32_t i = 0; i < n; i++) {
        x->args[i] = va_arg(args, const Expr *);
        whole = whole && x->args[i];
    }
    va_end(args);
    double value;
    Value v = value_expr(x);
    if (whole && folded(op, x, &value))
        v = value_float(r->call->range, value);
    return whole ? expr_of(r->e, &v) : NULL;
}

static const Expr *two(const Rule *r, const Expr *a, ExprOp op, const Expr *b)
{
    return make(r, op, 2, a, b);
}

static const Expr *one(const Rule *r, ExprOp op, const Expr *a)
{
    return make(r, op, 1, a);
}

static const Expr *number(const Rule *r, double value)
{
    Value v = value_float(r->call->range, value);
    return expr_of(r->e, &v);
}

static const Expr *argument(const Rule *r, int index)
{
    return r->call->args[index].expr;
}

static bool is_on(const Rule *r, int index)
{
    return r->call->args[index].i != 0;
}

/* step / n, or how many times n went by */
static const Expr *periods(const Rule *r, const Expr *n, bool whole)
{
    const Expr *p = two(r, r->step, EX_div, n);
    return whole ? one(r, EX_floor, p) : p;
}

static const Expr *rule_ExponentialDecay(const Rule *r)
{
    const Expr *p = periods(r, argument(r, ARG_ExponentialDecay_decay_steps),
                            is_on(r, ARG_ExponentialDecay_staircase));
    const Expr *factor = two(r, argument(r, ARG_ExponentialDecay_decay_rate), EX_pow, p);
    return two(r, argument(r, ARG_ExponentialDecay_initial_learning_rate), EX_mul, factor);
}

static const Expr *rule_InverseTimeDecay(const Rule *r)
{
    const Expr *p = periods(r, argument(r, ARG_InverseTimeDecay_decay_steps),
                            is_on(r, ARG_InverseTimeDecay_staircase));
    const Expr *grown = two(r, argument(r, ARG_InverseTimeDecay_decay_rate), EX_mul, p);
    return two(r, argument(r, ARG_InverseTimeDecay_initial_learning_rate), EX_div,
               two(r, number(r, 1), EX_add, grown));
}

/* Boundaries that are known must grow. */
static bool boundaries_grow(const Rule *r, const Expr *boundaries)
{
    for (uint32_t i = 1; i < boundaries->n_args; i++) {
        const Expr *a = boundaries->args[i - 1], *b = boundaries->args[i];
        if (a->op != EX_number || b->op != EX_number || a->value < b->value)
            continue;
        diag_error(r->e->diags, b->range, "boundaries must grow, but %g follows %g", b->value,
                   a->value);
        return false;
    }
    return true;
}

static bool pieces_fit(const Rule *r, const ArgValue *boundaries, const ArgValue *values)
{
    uint32_t n = boundaries->expr->n_args, m = values->expr->n_args;
    if (n == 0) {
        diag_error(r->e->diags, boundaries->range, "'%s' needs at least one boundary",
                   r->call->row->name);
        return false;
    }
    if (m == n + 1)
        return boundaries_grow(r, boundaries->expr);
    diag_error(r->e->diags, values->range, "%u boundar%s %u values, not %u", n,
               n == 1 ? "y needs" : "ies need", n + 1, m);
    diag_help(r->e->diags, "the last value counts behind the last boundary");
    return false;
}

static const Expr *rule_PiecewiseConstantDecay(const Rule *r)
{
    const ArgValue *boundaries = &r->call->args[ARG_PiecewiseConstantDecay_boundaries];
    const ArgValue *values = &r->call->args[ARG_PiecewiseConstantDecay_values];
    if (!pieces_fit(r, boundaries, values))
        return NULL;
    uint32_t n = boundaries->expr->n_args;
    const Expr *rate = values->expr->args[n];
    for (uint32_t i = n; i-- > 0;) {
        const Expr *before = two(r, r->step, EX_le, boundaries->expr->args[i]);
        rate = make(r, EX_where, 3, before, values->expr->args[i], rate);
    }
    return rate;
}

static const Expr *rule_PolynomialDecay(const Rule *r)
{
    const Expr *n = argument(r, ARG_PolynomialDecay_decay_steps), *step = r->step;
    const Expr *end = argument(r, ARG_PolynomialDecay_end_learning_rate);
    if (is_on(r, ARG_PolynomialDecay_cycle)) {
        const Expr *begins = two(r, step, EX_eq, number(r, 0));
        const Expr *cycles = one(r, EX_ceil, two(r, step, EX_div, n));
        n = two(r, n, EX_mul, make(r, EX_where, 3, begins, number(r, 1), cycles));
    } else {
        step = two(r, step, EX_minimum, n);
    }
    const Expr *rest = two(r, number(r, 1), EX_sub, two(r, step, EX_div, n));
    const Expr *power = two(r, rest, EX_pow, argument(r, ARG_PolynomialDecay_power));
    const Expr *range = two(r, argument(r, ARG_PolynomialDecay_initial_learning_rate), EX_sub, end);
    return two(r, two(r, range, EX_mul, power), EX_add, end);
}

/* from ((1 - alpha) wave + alpha) */
static const Expr *above(const Rule *r, const Expr *from, const Expr *alpha, const Expr *wave)
{
    const Expr *part = two(r, two(r, number(r, 1), EX_sub, alpha), EX_mul, wave);
    return two(r, from, EX_mul, two(r, part, EX_add, alpha));
}

/* height (1 + cos(pi f)) */
static const Expr *half_wave(const Rule *r, const Expr *height, const Expr *f)
{
    const Expr *cosine = one(r, EX_cos, two(r, number(r, VALUE_PI), EX_mul, f));
    return two(r, height, EX_mul, two(r, number(r, 1), EX_add, cosine));
}

static bool warmup_fits(const Rule *r)
{
    const ArgValue *steps = &r->call->args[ARG_CosineDecay_warmup_steps];
    if (!r->call->args[ARG_CosineDecay_warmup_target].none || !steps->given)
        return true;
    diag_error(r->e->diags, steps->range, "'warmup_steps' has no effect without 'warmup_target'");
    diag_help(r->e->diags, "write warmup_target = RATE: it rises to this rate");
    return false;
}

static const Expr *rule_CosineDecay(const Rule *r)
{
    const Expr *from = argument(r, ARG_CosineDecay_initial_learning_rate);
    const Expr *n = argument(r, ARG_CosineDecay_decay_steps);
    const Expr *alpha = argument(r, ARG_CosineDecay_alpha), *half = number(r, 0.5);
    if (!warmup_fits(r))
        return NULL;
    if (r->call->args[ARG_CosineDecay_warmup_target].none) {
        const Expr *f = two(r, two(r, r->step, EX_minimum, n), EX_div, n);
        return above(r, from, alpha, half_wave(r, half, f));
    }
    const Expr *target = argument(r, ARG_CosineDecay_warmup_target);
    const Expr *warmup = argument(r, ARG_CosineDecay_warmup_steps);
    const Expr *step = two(r, r->step, EX_minimum, two(r, n, EX_add, warmup));
    const Expr *rise = two(r, two(r, target, EX_sub, from), EX_mul, two(r, step, EX_div, warmup));
    const Expr *f = two(r, two(r, step, EX_sub, warmup), EX_div, n);
    return make(r, EX_where, 3, two(r, step, EX_lt, warmup), two(r, rise, EX_add, from),
                above(r, target, alpha, half_wave(r, half, f)));
}

/* The number of the period, from 0, and the fraction of it that went by. */
typedef struct Period {
    const Expr *number, *fraction;
} Period;

static Period equal_periods(const Rule *r, const Expr *c)
{
    const Expr *k = one(r, EX_floor, c);
    return (Period){k, two(r, c, EX_sub, k)};
}

/* k = floor(log(1 - c (1 - t)) / log t). At the first step of a period the quotient is a whole number, which
 * rounding may miss; what is added is less than a step of the longest training. */
static Period growing_periods(const Rule *r, const Expr *c, const Expr *t)
{
    const Expr *less = two(r, number(r, 1), EX_sub, t);
    const Expr *whole = two(r, number(r, 1), EX_sub, two(r, c, EX_mul, less));
    const Expr *k = two(r, one(r, EX_log, whole), EX_div, one(r, EX_log, t));
    k = one(r, EX_floor, two(r, k, EX_add, number(r, 1e-13)));
    const Expr *length = two(r, t, EX_pow, k);
    const Expr *before = two(r, two(r, number(r, 1), EX_sub, length), EX_div, less);
    return (Period){k, two(r, two(r, c, EX_sub, before), EX_div, length)};
}

static Period restart_period(const Rule *r)
{
    const Expr *t = argument(r, ARG_CosineDecayRestarts_t_mul), *is_one;
    const Expr *c = two(r, r->step, EX_div, argument(r, ARG_CosineDecayRestarts_first_decay_steps));
    if (t->op == EX_number)
        return t->value == 1 ? equal_periods(r, c) : growing_periods(r, c, t);
    Period equal = equal_periods(r, c), growing = growing_periods(r, c, t);
    is_one = two(r, t, EX_eq, number(r, 1));
    return (Period){make(r, EX_where, 3, is_one, equal.number, growing.number),
                    make(r, EX_where, 3, is_one, equal.fraction, growing.fraction)};
}

static const Expr *rule_CosineDecayRestarts(const Rule *r)
{
    Period p = restart_period(r);
    const Expr *m = two(r, argument(r, ARG_CosineDecayRestarts_m_mul), EX_pow, p.number);
    const Expr *height = two(r, number(r, 0.5), EX_mul, m);
    return above(r, argument(r, ARG_CosineDecayRestarts_initial_learning_rate),
                 argument(r, ARG_CosineDecayRestarts_alpha), half_wave(r, height, p.fraction));
}

static const Expr *rule_optimal(const Rule *r)
{
    const Expr *alpha = argument(r, ARG_optimal_alpha), *one_ = number(r, 1);
    const Expr *typical = one(r, EX_sqrt, two(r, one_, EX_div, one(r, EX_sqrt, alpha)));
    const Expr *t0 = two(r, one_, EX_div, two(r, typical, EX_mul, alpha));
    return two(r, one_, EX_div, two(r, alpha, EX_mul, two(r, t0, EX_add, r->step)));
}

static const Expr *rule_inverse_scaling(const Rule *r)
{
    const Expr *t = two(r, r->step, EX_add, number(r, 1));
    return two(r, argument(r, ARG_inverse_scaling_initial_learning_rate), EX_div,
               two(r, t, EX_pow, argument(r, ARG_inverse_scaling_power)));
}

const Expr *schedule_expr(Elab *e, const Call *call, const Expr *step)
{
    static ScheduleRule *const rules[N_SCHEDULE] = {
#define ROW(id, ...) [SCHEDULE_##id] = rule_##id,
#include "runtime/abi/schedules.def"
    };
    return rules[call->row->id](&(Rule){e, call, step});
}
