/* scores.c: means and deviations of figures, as a table. */
#include "runtime/train/scores.h"

#include <math.h>
#include <string.h>

#include "runtime/abi/shown.h"

double rt_mean(const double *values, int64_t n)
{
    double sum = 0;
    for (int64_t i = 0; i < n; i++)
        sum += values[i];
    return sum / (double)n;
}

double rt_deviation(const double *values, int64_t n)
{
    double mean = rt_mean(values, n), sum = 0;
    for (int64_t i = 0; i < n; i++)
        sum += (values[i] - mean) * (values[i] - mean);
    return sqrt(sum / (double)n);
}

void rt_measure_print(FILE *out, double value, int width)
{
    double size = fabs(value);
    if (isnan(value))
        rt_print(out, "%*s", width, "nan");
    else
        rt_print(out, size > 1e-3 || size == 0 ? "%*.4f" : "%*.2e", width, value);
}

void rt_measures_print(FILE *out, const RtMeasure *figures, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        rt_print(out, " - %s: ", figures[i].name);
        rt_measure_print(out, figures[i].value, 0);
    }
}

void rt_scores_print(FILE *out, const char *title, uint32_t n, const RtScores *scores,
                     int64_t trainings)
{
    int width = rt_shown_columns(title);
    for (uint32_t i = 0; i < n; i++) {
        int columns = rt_shown_columns(scores[i].name);
        width = columns > width ? columns : width;
    }
    rt_print(out, "\n%-*s        mean ± deviation      lowest     highest\n", width, title);
    for (uint32_t i = 0; i < n; i++) {
        const double *v = scores[i].values;
        double low = v[0], high = v[0];
        for (int64_t k = 1; k < trainings; k++) {
            low = v[k] < low || isnan(v[k]) ? v[k] : low;
            high = v[k] > high || isnan(v[k]) ? v[k] : high;
        }
        rt_print(out, "%-*s", width, scores[i].name);
        rt_measure_print(out, rt_mean(v, trainings), 12);
        fputs(" ± ", out);
        rt_measure_print(out, rt_deviation(v, trainings), -9);
        rt_measure_print(out, low, 11);
        rt_measure_print(out, high, 12);
        fputc('\n', out);
    }
    fputc('\n', out);
}
