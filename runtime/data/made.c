/* made.c: data sets without files, for first steps and tests.
 *
 * Row i belongs to class i mod classes, so that every stretch of rows holds all classes. Numbers are
 * computed in double and rounded once to f32; the same seed gives the same bits everywhere. */
#include "runtime/data/memory.h"
#include "runtime/data/source_internal.h"
#include "runtime/math/math_eval.h"
#include "runtime/math/philox.h"

static const double pi = 3.141592653589793;

/* Seconds of work; more is a mistake. A run keeps the place of each row in its order, too. */
enum { MOST_ROWS = 100000000, PLACE_BYTES = 4 };

typedef struct Made {
    int64_t rows, classes, features;
    double noise;
    uint64_t seed;
    uint32_t noise_stream;
    float *x;
    int32_t *y;
} Made;

static double sine(double angle)
{
    return math_eval_f64(MATH_sin, angle, 0);
}

static double cosine(double angle)
{
    return math_eval_f64(MATH_cos, angle, 0);
}

/* A whole number that counts something, from 1 to `most`. */
static RtStatus take_count(const RtReader *r, const char *name, double fallback, int64_t most,
                           int64_t *count)
{
    double n = rt_source_number(r->source, name, fallback);
    if (n >= 1 && n <= (double)most) {
        *count = (int64_t)n;
        return RT_OK;
    }
    return rt_fail(r->error, "'%s' of '%s' must lie in 1..%lld, not %.0f", name, r->source->name,
                   (long long)most, n);
}

/* Fills in the labels, which are all that a probe looks at. */
static RtStatus open_arrays(RtReader *r, Made *m, double features)
{
    const RtSourceArg *seed = rt_source_arg(r->source, "seed");
    m->seed = seed && seed->kind == RT_ARG_NUMBER ? (uint64_t)rt_to_i64(seed->number)
                                                  : r->source->default_seed;
    RtStatus status = take_count(r, "n", 0, MOST_ROWS, &m->rows);
    if (status == RT_OK)
        status = take_count(r, "classes", 2, INT32_MAX, &m->classes);
    if (status == RT_OK)
        status = take_count(r, "features", features, RT_MAX_ELEMENTS, &m->features);
    if (status != RT_OK)
        return status;
    if (m->classes > m->rows)
        return rt_fail(r->error, "the source '%s' has fewer rows than classes: %lld and %lld",
                       r->source->name, (long long)m->rows, (long long)m->classes);
    int64_t dims[2] = {m->rows, m->features};
    uint64_t row_bytes = (uint64_t)m->features * sizeof *m->x + sizeof *m->y + PLACE_BYTES;
    status = rt_memory_check(r->source->name, (uint64_t)m->rows * row_bytes, r->error);
    if (status == RT_OK)
        status = rt_array_open(RT_f32, 2, dims, r->source->name, &r->out->x, r->error);
    if (status == RT_OK)
        status = rt_array_open(RT_i32, 1, dims, r->source->name, &r->out->y, r->error);
    if (status != RT_OK)
        return status;
    m->x = r->out->x->data;
    m->y = r->out->y->data;
    for (int64_t i = 0; i < m->rows; i++)
        m->y[i] = (int32_t)(i % m->classes);
    return RT_OK;
}

static double noise(const Made *m, int64_t row, int64_t feature)
{
    return m->noise * rt_normal_f64(m->seed, (uint64_t)row, m->noise_stream, (uint64_t)feature);
}

/* Rows of a class. */
static int64_t class_size(const Made *m, int64_t label)
{
    return m->rows / m->classes + (label < m->rows % m->classes);
}

/* The row's place among those of its class, from 0 to 1. */
static double place_in_class(const Made *m, int64_t row)
{
    int64_t size = class_size(m, row % m->classes), place = row / m->classes;
    return size > 1 ? (double)place / (double)(size - 1) : 0;
}

/* x = centre of the class + spread * normal; centres are uniform in [-10, 10) per feature. */
RtStatus rt_read_blobs(RtReader *r)
{
    Made m = {.noise = rt_source_number(r->source, "spread", 1)};
    uint32_t centres = rt_stream_hash("blobs.centre");
    m.noise_stream = rt_stream_hash("blobs.noise");
    RtStatus status = open_arrays(r, &m, 2);
    if (status != RT_OK || r->facts_only)
        return status;
    for (int64_t i = 0; i < m.rows; i++)
        for (int64_t k = 0; k < m.features; k++) {
            double unit = rt_uniform_f64(m.seed, (uint64_t)m.y[i], centres, (uint64_t)k);
            m.x[i * m.features + k] = (float)(20 * unit - 10 + noise(&m, i, k));
        }
    return RT_OK;
}

/* Class 0: (cos t, sin t); class 1: (1 - cos t, 1/2 - sin t); t from 0 to pi; plus noise. */
RtStatus rt_read_moons(RtReader *r)
{
    Made m = {.noise = rt_source_number(r->source, "noise", 0.1)};
    m.noise_stream = rt_stream_hash("moons.noise");
    RtStatus status = open_arrays(r, &m, 2);
    if (status != RT_OK || r->facts_only)
        return status;
    for (int64_t i = 0; i < m.rows; i++) {
        double t = pi * place_in_class(&m, i), x = cosine(t), y = sine(t);
        m.x[2 * i] = (float)((m.y[i] ? 1 - x : x) + noise(&m, i, 0));
        m.x[2 * i + 1] = (float)((m.y[i] ? 0.5 - y : y) + noise(&m, i, 1));
    }
    return RT_OK;
}

/* (t sin a, t cos a); t from 0 to 1, a = 2 pi class / classes + 4 t + noise. */
RtStatus rt_read_spirals(RtReader *r)
{
    Made m = {.noise = rt_source_number(r->source, "noise", 0.1)};
    m.noise_stream = rt_stream_hash("spirals.noise");
    RtStatus status = open_arrays(r, &m, 2);
    if (status != RT_OK || r->facts_only)
        return status;
    for (int64_t i = 0; i < m.rows; i++) {
        double t = place_in_class(&m, i);
        double angle = 2 * pi * m.y[i] / (double)m.classes + 4 * t + noise(&m, i, 0);
        m.x[2 * i] = (float)(t * sine(angle));
        m.x[2 * i + 1] = (float)(t * cosine(angle));
    }
    return RT_OK;
}
