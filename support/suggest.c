/* suggest.c: edit distance with swaps, in quarter edits.
 *
 * An inserted, deleted, replaced or swapped letter costs 4, another case 1, an underscore more or
 * less 1. Up to a third of the letters may be wrong. A name that merely stops early ("Dropo",
 * "BatchNorm") is as good as the worst that is still shown. */
#include "support/suggest.h"

#include <stdbool.h>
#include <string.h>

enum { EDIT = 4, SLIGHT = 1, LENGTH_MAX = 64, PREFIX_MIN = 4 };

static size_t limit_for(size_t length)
{
    if (length < 2)
        return SLIGHT;
    return EDIT * (length < 3 ? 1 : length / 3);
}

Suggest suggest_start(const char *name)
{
    return (Suggest){.name = name, .best_cost = limit_for(strlen(name)) + 1};
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static size_t replace_cost(char a, char b)
{
    if (a == b)
        return 0;
    return lower(a) == lower(b) ? SLIGHT : EDIT;
}

static size_t insert_cost(char c)
{
    return c == '_' ? SLIGHT : EDIT;
}

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Optimal string alignment; row i of the table holds the costs for the first i letters of a. */
static size_t distance(const char *a, size_t n, const char *b, size_t m)
{
    size_t rows[3][LENGTH_MAX + 1];
    size_t *above2 = rows[0], *above = rows[1], *row = rows[2];
    above[0] = 0;
    for (size_t j = 1; j <= m; j++)
        above[j] = above[j - 1] + insert_cost(b[j - 1]);
    for (size_t i = 1; i <= n; i++) {
        row[0] = above[0] + insert_cost(a[i - 1]);
        for (size_t j = 1; j <= m; j++) {
            row[j] = above[j - 1] + replace_cost(a[i - 1], b[j - 1]);
            row[j] = smaller(row[j], above[j] + insert_cost(a[i - 1]));
            row[j] = smaller(row[j], row[j - 1] + insert_cost(b[j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = smaller(row[j], above2[j - 2] + EDIT);
        }
        size_t *free_row = above2;
        above2 = above;
        above = row;
        row = free_row;
    }
    return above[m];
}

static bool is_beginning(const char *name, size_t n, const char *candidate)
{
    size_t i = 0;
    while (i < n && candidate[i] && lower(name[i]) == lower(candidate[i]))
        i++;
    return i == n;
}

void suggest_offer(Suggest *s, const char *candidate)
{
    size_t n = strlen(s->name), m = strlen(candidate);
    if (n > LENGTH_MAX || m > LENGTH_MAX)
        return;
    size_t cost = distance(s->name, n, candidate, m);
    if (n >= PREFIX_MIN && is_beginning(s->name, n, candidate))
        cost = smaller(cost, limit_for(n));
    if (cost < s->best_cost) {
        s->best = candidate;
        s->best_cost = cost;
    }
}

const char *suggest_best(const Suggest *s)
{
    return s->best;
}
