/* suggest.c: edit distance with swaps, in quarters of an edit.
 *
 * People hit a wrong key, leave a letter out, double one or swap two; they seldom get the first letter
 * or a digit wrong (Conv2D and Conv3D are two words, not one misspelt). So an inserted or swapped letter
 * costs 4 and a replaced one 5, but a doubled one 2, an s at the end 3, another case or mark (`_`, `-`, `.`, blank) 1, a
 * first letter more, and a digit more than any name may. A third of the letters may be wrong; a name of up
 * to two letters only in the cheap ways, one of three not by a replaced letter: in so short a name it
 * makes another word. A name that merely stops early ("Dropo", "BatchNorm") comes last, if no second word
 * begins with it; a missing plural is nearer than more. */
#include "runtime/abi/suggest.h"

#include <string.h>

enum {
    MARK = 1,
    CASE = 1,
    DOUBLED = 2,
    PLURAL = 3,
    EDIT = 4,
    REPLACED = 5,
    FIRST = 8,
    NEVER = 1000,
    BEGINNING_MIN = 4
};

static bool is_mark(char c)
{
    return c == '_' || c == '-' || c == '.' || c == ' ';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

static size_t count_letters(const char *text)
{
    size_t n = 0;
    for (; *text; text++)
        n += !is_mark(*text);
    return n;
}

/* What a name of so many letters may cost. */
static size_t limit_for(size_t letters)
{
    return letters < 3 ? EDIT - 1 : letters == 3 ? EDIT : EDIT * (letters / 3) + 1;
}

RtSuggest rt_suggest_start(const char *name)
{
    return (RtSuggest){.name = name, .best_cost = NEVER};
}

static size_t replace_cost(const char *a, size_t i, const char *b, size_t j)
{
    char x = a[i], y = b[j];
    if (x == y)
        return 0;
    if (lower(x) == lower(y))
        return CASE;
    if (is_mark(x) && is_mark(y))
        return MARK;
    if (is_digit(x) || is_digit(y))
        return NEVER;
    return i == 0 || j == 0 ? FIRST : REPLACED;
}

/* The letter at i is in one name only. */
static size_t insert_cost(const char *text, size_t i)
{
    if (is_mark(text[i]))
        return MARK;
    if (is_digit(text[i]))
        return 2 * EDIT;
    if (i && text[i] == 's' && !text[i + 1])
        return PLURAL;
    return i == 0 ? REPLACED : text[i - 1] == text[i] ? DOUBLED : EDIT;
}

static bool is_swap(const char *a, size_t i, const char *b, size_t j)
{
    return i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] && !is_digit(a[i - 1]) &&
           !is_digit(a[i - 2]);
}

/* Optimal string alignment; row i of the table holds the costs for the first i letters of a. */
static size_t distance(const char *a, size_t n, const char *b, size_t m)
{
    size_t rows[3][RT_SUGGEST_MAX + 1];
    size_t *above2 = rows[0], *above = rows[1], *row = rows[2];
    above[0] = 0;
    for (size_t j = 1; j <= m; j++)
        above[j] = above[j - 1] + insert_cost(b, j - 1);
    for (size_t i = 1; i <= n; i++) {
        row[0] = above[0] + insert_cost(a, i - 1);
        for (size_t j = 1; j <= m; j++) {
            row[j] = above[j - 1] + replace_cost(a, i - 1, b, j - 1);
            row[j] = smaller(row[j], above[j] + insert_cost(a, i - 1));
            row[j] = smaller(row[j], row[j - 1] + insert_cost(b, j - 1));
            if (is_swap(a, i, b, j))
                row[j] = smaller(row[j], above2[j - 2] + EDIT);
        }
        size_t *free_row = above2;
        above2 = above;
        above = row;
        row = free_row;
    }
    return above[m];
}

/* Does the candidate go on where the name stops? The name is at least half of it, or, in a word that
 * is built, all that stands before a `_`. */
static bool is_beginning(const char *name, size_t n, const char *candidate, size_t m, bool later)
{
    size_t i = 0, same_case = 0;
    while (i < n && i < m && lower(name[i]) == lower(candidate[i])) {
        same_case += name[i] == candidate[i];
        i++;
    }
    if (i < n || n < BEGINNING_MIN || n == m)
        return false;
    return 2 * n >= m || (!later && same_case == n && candidate[n] == '_');
}

static void offer(RtSuggest *s, const char *candidate, bool later)
{
    size_t n = strlen(s->name), m = strlen(candidate);
    if (n > RT_SUGGEST_MAX || m > RT_SUGGEST_MAX || !strcmp(s->name, candidate))
        return;
    size_t limit = limit_for(smaller(count_letters(s->name), count_letters(candidate)));
    size_t cost = distance(s->name, n, candidate, m);
    bool beginning = cost > limit && is_beginning(s->name, n, candidate, m, later);
    if (cost > limit && !beginning)
        return;
    if (beginning)
        cost = limit + (m > n + 2);
    cost = 2 * cost + later; /* of equally near ones the built one */
    if (beginning && s->beginning && cost == s->best_cost && strcmp(candidate, s->best) != 0)
        s->ambiguous = true;
    if (cost >= s->best_cost)
        return;
    memcpy(s->best, candidate, m + 1);
    s->best_cost = cost;
    s->later = later;
    s->beginning = beginning;
    s->ambiguous = false;
}

void rt_suggest_offer(RtSuggest *s, const char *candidate)
{
    offer(s, candidate, false);
}

void rt_suggest_offer_words(RtSuggest *s, const char *words, bool later)
{
    char word[RT_SUGGEST_MAX + 1];
    for (size_t n; *words; words += n + (words[n] == ' ')) {
        n = strcspn(words, " ");
        if (!n || n > RT_SUGGEST_MAX)
            continue;
        memcpy(word, words, n);
        word[n] = 0;
        offer(s, word, later);
    }
}

const char *rt_suggest_best(const RtSuggest *s)
{
    return *s->best && !s->ambiguous ? s->best : NULL;
}

const char *rt_suggest_state(const RtSuggest *s)
{
    return s->later ? " (not built yet)" : "";
}
