/* ticks.c: round numbers within a range. */
#include "runtime/plot/ticks.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const double widest = 8e307,
                    narrowest = 1e-300; /* of what is computed with, so that nothing overflows */

static double limited(double value)
{
    return value > widest ? widest : value < -widest ? -widest : value;
}

/* ---- scales ---- */

static void grow(double *least, double *most, double margin)
{
    double size = fmax(fabs(*least), fabs(*most)), room = *most - *least;
    if (room <= 1e-12 * size || room < narrowest) {
        double half = size > 0 && size > narrowest ? 0.05 * size : 0.5;
        *least = limited(*least - half);
        *most = limited(*most + half);
        return;
    }
    *least = limited(*least - margin * room);
    *most = limited(*most + margin * room);
}

void rt_scale_fit(RtScale *s, double margin)
{
    s->least = limited(s->least);
    s->most = limited(s->most);
    if (s->log) {
        double least = log10(s->least), most = log10(s->most);
        if (most - least < 1e-9) {
            least -= 0.5;
            most += 0.5;
        }
        double room = margin * (most - least);
        s->least = pow(10, fmax(least - room, -307));
        s->most = pow(10, fmin(most + room, 307.9));
        return;
    }
    if (s->whole && s->most - s->least < 0.5) {
        s->least -= 0.5;
        s->most += 0.5;
        margin = 0;
    }
    grow(&s->least, &s->most, margin);
}

double rt_scale_at(const RtScale *s, double value)
{
    double part = s->log ? (log10(value) - log10(s->least)) / (log10(s->most) - log10(s->least))
                         : (limited(value) / 2 - s->least / 2) / (s->most / 2 - s->least / 2);
    return s->from + fmax(0, fmin(part, 1)) * (s->to - s->from);
}

/* ---- labels ---- */

/* Decimals that all multiples of a step need, up to 15. */
static int decimals_of(double step)
{
    int n = 0;
    for (; n < 15 && fabs(step - round(step)) > 1e-6 * step; n++)
        step *= 10;
    return n;
}

static void label_plain(RtTicks *t, double step)
{
    for (int i = 0; i < t->n; i++)
        snprintf(t->label[i], sizeof t->label[i], "%.*f", decimals_of(step), t->at[i]);
}

/* With one power of ten for all: "0.5e6", "1.0e6"; zero is just 0. */
static void label_powers(RtTicks *t, double step, double size)
{
    int power = (int)floor(log10(size) + 1e-9);
    double unit = pow(10, power),
           scaled = power < -300 ? step * 1e300 / (unit * 1e300) : step / unit;
    for (int i = 0; i < t->n; i++) {
        double value = power < -300 ? t->at[i] * 1e300 / (unit * 1e300) : t->at[i] / unit;
        if (t->at[i] == 0)
            strcpy(t->label[i], "0");
        else
            snprintf(t->label[i], sizeof t->label[i], "%.*fe%d", decimals_of(scaled), value, power);
    }
}

/* Of numbers that differ late only what differs is shown, and what to add once: 1e9 + 0.2. */
static bool label_offset(RtTicks *t, double step, double size)
{
    RtTicks rest = *t;
    double unit = pow(10, ceil(log10(step * t->n) + 1e-9)), offset = floor(t->at[0] / unit) * unit;
    if (size / step < 1e5 || offset == 0)
        return false;
    for (int i = 0; i < rest.n; i++)
        rest.at[i] = round((rest.at[i] - offset) / step) * step;
    double most = fmax(fabs(rest.at[0]), fabs(rest.at[rest.n - 1]));
    if (most == 0) /* there is one only */
        label_plain(&rest, 1);
    else if (most >= 1e5 || step < 1e-4)
        label_powers(&rest, step, most);
    else
        label_plain(&rest, step);
    memcpy(t->label, rest.label, sizeof rest.label);
    snprintf(t->offset, sizeof t->offset, "%+.15g", offset);
    return true;
}

static void label_linear(RtTicks *t, double step)
{
    double size = t->n ? fmax(fabs(t->at[0]), fabs(t->at[t->n - 1])) : 0;
    if (size == 0) /* the only tick is at zero */
        label_plain(t, 1);
    else if (!label_offset(t, step, size)) {
        if (size >= 1e6 || step < 0.99e-4)
            label_powers(t, step, size);
        else
            label_plain(t, step);
    }
}

/* Powers of ten and some multiples of them: as numbers where all are short. */
static void label_log(RtTicks *t)
{
    double step = 1;
    bool is_short = true;
    for (int i = 0; i < t->n; i++) {
        is_short = is_short && t->at[i] > 0.99e-3 && t->at[i] < 1.01e4;
        step = fmin(step, t->at[i]);
    }
    for (int i = 0; i < t->n; i++) {
        int power = (int)floor(log10(t->at[i]) + 1e-9);
        if (is_short)
            snprintf(t->label[i], sizeof t->label[i], "%.*f", decimals_of(fmin(1, pow(10, power))),
                     t->at[i]);
        else
            snprintf(t->label[i], sizeof t->label[i], "%.0fe%d", t->at[i] / pow(10, power), power);
    }
}

/* ---- places ---- */

/* The least of 1, 2, 2.5, 5 times a power of ten that is not below a step; of whole numbers, whole. */
static double round_step(double least, bool whole)
{
    static const double steps[] = {1, 2, 2.5, 5, 10};
    if (whole && least <= 1)
        return 1;
    double unit = pow(10, floor(log10(least) + 1e-9));
    for (int i = 0; i < 5; i++) {
        double step = steps[i] * unit;
        if (step >= least * (1 - 1e-9) && (!whole || step == floor(step)))
            return step;
    }
    return 10 * unit;
}

static double put_linear(const RtScale *s, int most, RtTicks *t)
{
    double room = s->most - s->least, step = round_step(fmax(room / most, narrowest), s->whole);
    for (;; step = round_step(1.01 * step, s->whole)) {
        double first = ceil(s->least / step - 1e-9), last = floor(s->most / step + 1e-9);
        if (last - first + 1 > most)
            continue;
        t->n = 0;
        for (double i = first; i <= last && t->n < most; i++)
            t->at[t->n++] = i == 0 ? 0 : i * step;
        return step;
    }
}

static void add_minor(const RtScale *s, RtTicks *t, double value)
{
    if (value >= s->least && value <= s->most && t->n_minor < RT_MOST_MINOR)
        t->minor[t->n_minor++] = value;
}

/* Powers of ten, each `each`-th of them; of few decades some multiples too. */
static void put_log(const RtScale *s, int most, int each, RtTicks *t)
{
    int first = (int)floor(log10(s->least) - 1e-9), last = (int)ceil(log10(s->most) + 1e-9);
    double decades = log10(s->most) - log10(s->least);
    const char *multiples = decades * 3 + 1 <= most ? "125" : decades * 2 + 1 <= most ? "13" : "1";
    t->n = t->n_minor = 0;
    for (int power = first; power <= last; power++)
        for (int k = 1; k <= 9; k++) {
            double value = k * pow(10, power);
            bool major = strchr(multiples, '0' + k) && power % each == 0;
            if (major && t->n < most && value >= s->least * (1 - 1e-9) &&
                value <= s->most * (1 + 1e-9))
                t->at[t->n++] = value;
            else if (each == 1 ? decades < 12 : k == 1)
                add_minor(s, t, value);
        }
}

void rt_ticks_make(const RtScale *s, int most, RtTicks *out)
{
    *out = (RtTicks){.n = 0};
    most = most < 2 ? 2 : most > RT_MOST_TICKS ? RT_MOST_TICKS : most;
    double decades = s->log ? log10(s->most) - log10(s->least) : 0;
    for (int each = 1 + (int)(decades / most); decades >= 0.7 && each > 0; each--) {
        put_log(s, most, each, out);
        if (out->n >= 2) {
            label_log(out);
            return;
        }
        *out = (RtTicks){.n = 0};
    }
    label_linear(out, put_linear(s, most, out));
}
