/* hidden.c: lines and boxes that cross. */
#include "runtime/plot/hidden.h"

#include <math.h>

static bool crosses(RtBox b, const double *from, const double *to)
{
    double low = 0, high = 1;
    if (fmax(from[0], to[0]) < b.x || fmin(from[0], to[0]) > b.x + b.width ||
        fmax(from[1], to[1]) < b.y || fmin(from[1], to[1]) > b.y + b.height)
        return false;
    for (int axis = 0; axis < 2; axis++) {
        double at = from[axis], step = to[axis] - from[axis], least = axis ? b.y : b.x;
        double most = least + (axis ? b.height : b.width);
        if (fabs(step) < 1e-9) {
            if (at < least || at > most)
                return false;
            continue;
        }
        double first = (least - at) / step, second = (most - at) / step;
        low = fmax(low, fmin(first, second));
        high = fmin(high, fmax(first, second));
    }
    return low <= high;
}

bool rt_boxes_overlap(RtBox a, RtBox b)
{
    return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height &&
           b.y < a.y + a.height;
}

double rt_hidden_by(const RtPanelView *v, RtBox b)
{
    double sum = 0;
    bool line = v->of->kind == RT_CURVE_line;
    for (uint32_t k = 0; k < v->series.n; k++) {
        const RtSeries *s = &v->series.at[k];
        for (int64_t i = 0; i < s->n_xy; i++) {
            const double *to = s->xy + 2 * i, *from = i && line ? to - 2 : to;
            if (isnan(to[1]))
                continue;
            from = isnan(from[1]) ? to : from;
            double foot[] = {to[0], v->box.y + v->box.height}; /* of a bar */
            if (v->of->kind == RT_CURVE_bar || v->of->kind == RT_CURVE_hist)
                from = foot;
            sum += crosses(b, from, to);
        }
    }
    for (uint32_t i = 0; i < v->n_notes; i++)
        sum += rt_boxes_overlap(v->notes[i].box, b) ? 1e6 : 0;
    return sum;
}
