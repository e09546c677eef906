/* range.c: is a number in a range? */
#include "runtime/abi/range.h"

#include <stdlib.h>
#include <string.h>

bool rt_range_has_ends(const char *range)
{
    return strstr(range, "..") != NULL;
}

bool rt_in_range(const char *range, double x)
{
    if (!*range)
        return true;
    if (!strncmp(range, ">= ", 3))
        return x >= strtod(range + 3, NULL);
    if (!strncmp(range, "> ", 2))
        return x > strtod(range + 2, NULL);
    if (!strncmp(range, "<= ", 3))
        return x <= strtod(range + 3, NULL);
    const char *dots = strstr(range, "..");
    bool above = dots > range && dots[-1] == '<', below = dots[2] == '<';
    double low = atof(range), high = strtod(dots + (below ? 3 : 2), NULL);
    return (above ? x > low : x >= low) && (below ? x < high : x <= high);
}
