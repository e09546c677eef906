/* The colors of series: each pair is told apart with normal vision and with each kind of color blindness, and each color
 * stands out from its page.
 *
 * How people without one kind of cones see is a matrix on linear RGB (Machado, Oliveira and Fernandes, 2009); distances
 * are those of Oklab, where 0.02 is about the least that is seen. */
#include <math.h>

#include "runtime/plot/canvas_format.h"
#include "tests/unit/check.h"

static const double vision[4][9] = {
    {1, 0, 0, 0, 1, 0, 0, 0, 1},
    {0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998},
    {0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881},
    {1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900}};

static void multiply(const double m[9], const double in[3], double out[3])
{
    for (int i = 0; i < 3; i++)
        out[i] = m[3 * i] * in[0] + m[3 * i + 1] * in[1] + m[3 * i + 2] * in[2];
}

static void linear_of(uint32_t color, double out[3])
{
    for (int k = 0; k < 3; k++) {
        double c = (color >> (16 - 8 * k) & 255) / 255.0;
        out[k] = c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
    }
}

static void oklab_of(uint32_t color, const double eyes[9], double out[3])
{
    static const double cones[9] = {0.4122214708, 0.5363325363, 0.0514459929,
                                    0.2119034982, 0.6806995451, 0.1073969566,
                                    0.0883024619, 0.2817188376, 0.6299787005};
    static const double lab[9] = {0.2104542553, 0.7936177850,  -0.0040720468,
                                  1.9779984951, -2.4285922050, 0.4505937099,
                                  0.0259040371, 0.7827717662,  -0.8086757660};
    double rgb[3], seen[3];
    linear_of(color, rgb);
    multiply(eyes, rgb, seen);
    for (int k = 0; k < 3; k++)
        seen[k] = fmax(0, fmin(seen[k], 1));
    multiply(cones, seen, rgb);
    for (int k = 0; k < 3; k++)
        rgb[k] = cbrt(rgb[k]);
    multiply(lab, rgb, out);
}

static double contrast(uint32_t a, uint32_t b)
{
    double x[3], y[3];
    linear_of(a, x);
    linear_of(b, y);
    double one = 0.2126 * x[0] + 0.7152 * x[1] + 0.0722 * x[2] + 0.05,
           other = 0.2126 * y[0] + 0.7152 * y[1] + 0.0722 * y[2] + 0.05;
    return fmax(one, other) / fmin(one, other);
}

static void check_page(uint32_t (*shown)(RtColor))
{
    double a[3], b[3];
    for (uint32_t i = 0; i < RT_N_SERIES_COLORS; i++) {
        CHECK(contrast(shown(RT_COLOR_SERIES + i), shown(RT_COLOR_PAPER)) >= 3);
        for (uint32_t k = 0; k < i; k++)
            for (int eyes = 0; eyes < 4; eyes++) {
                oklab_of(shown(RT_COLOR_SERIES + i), vision[eyes], a);
                oklab_of(shown(RT_COLOR_SERIES + k), vision[eyes], b);
                double apart = sqrt((a[0] - b[0]) * (a[0] - b[0]) + (a[1] - b[1]) * (a[1] - b[1]) +
                                    (a[2] - b[2]) * (a[2] - b[2]));
                if (!CHECK(apart > 0.05))
                    fprintf(stderr, "colors %u and %u, eyes %d: %.3f\n", (unsigned)i, (unsigned)k,
                            eyes, apart);
            }
    }
    CHECK(contrast(shown(RT_COLOR_INK), shown(RT_COLOR_PAPER)) >= 7);
    CHECK(contrast(shown(RT_COLOR_MUTED), shown(RT_COLOR_PAPER)) >= 4.5);
    CHECK(contrast(shown(RT_COLOR_WRONG), shown(RT_COLOR_PAPER)) >= 4);
}

int main(void)
{
    check_page(rt_color_light);
    check_page(rt_color_dark);
    CHECK_EQ_INT(rt_pen_dash((RtPen){RT_COLOR_SERIES + RT_N_SERIES_COLORS, 1, 0}),
                 2); /* the colors begin again */
    return check_done();
}
