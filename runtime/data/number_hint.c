/* number_hint.c: texts that a person takes for a number, as spreadsheets write them: 1,234.50, $5, 20 %, 1,5. */
#include <string.h>

#include "runtime/data/number.h"

enum { LONGEST = 63 };

/* A copy with plain spaces; longer texts are no numbers. */
static bool copy_plain(const char *text, char *to)
{
    size_t n = 0;
    while (*text && n < LONGEST) {
        size_t space = !strncmp(text, "\xc2\xa0", 2)       ? 2
                       : !strncmp(text, "\xe2\x80\xaf", 3) ? 3
                                                           : 0;
        to[n++] = space ? ' ' : *text;
        text += space ? space : 1;
    }
    to[n] = 0;
    return !*text;
}

/* "1,234,567.5": groups of three digits behind the first one. */
static bool has_thousands(const char *text, char point)
{
    size_t n = strspn(text += *text == '-' || *text == '+', "0123456789"), groups = 0;
    char between = text[n];
    if (n < 1 || n > 3 || !between || !strchr(",.' ", between) || between == point)
        return false;
    for (text += n; *text == between; groups++, text += 4)
        if (strspn(text + 1, "0123456789") < 3)
            return false;
    return groups && (!*text || *text == point) &&
           (!*text || strlen(text + 1) == strspn(text + 1, "0123456789"));
}

static bool is_number(const char *text, char point)
{
    double value;
    bool is_int;
    return rt_parse_decimal(text, point, &value, &is_int);
}

static bool is_any_number(const char *text, char point)
{
    char other = point == '.' ? ',' : '.';
    return is_number(text, point) || is_number(text, other) || has_thousands(text, point) ||
           has_thousands(text, other);
}

/* What stands in front of the number, or behind it, with the spaces between; false: it does not. */
static bool take_away(char *text, const char *mark)
{
    size_t n = strlen(text), size = strlen(mark), sign = *text == '-' || *text == '+';
    if (n > size + sign && !strncmp(text + sign, mark, size)) {
        size_t end = sign + size + strspn(text + sign + size, " ");
        memmove(text + sign, text + end, n - end + 1);
        return true;
    }
    if (n <= size || strcmp(text + n - size, mark) != 0)
        return false;
    for (n -= size; n && text[n - 1] == ' ';)
        n--;
    text[n] = 0;
    return true;
}

static bool has_mark(const char *text, const char *mark, char point)
{
    char own[LONGEST + 1];
    memcpy(own, text, sizeof own);
    return take_away(own, mark) && is_any_number(own, point);
}

const char *rt_number_hint(const char *text, char point)
{
    static const char *const money[] = {"$",   "\xe2\x82\xac", "\xc2\xa3", "\xc2\xa5",
                                        "USD", "EUR",          "GBP",      "CHF"};
    char plain[LONGEST + 1] = "", other = point == '.' ? ',' : '.';
    if (!copy_plain(text, plain))
        return NULL;
    if (has_thousands(plain, point))
        return "in numbers nothing stands between thousands";
    if (is_number(plain, other))
        return other == ',' ? "should it be decimal=\",\"?" : "should it be decimal=\".\"?";
    if (has_thousands(plain, other))
        return other == ',' ? "should it be decimal=\",\"? Nothing stands between thousands then"
                            : "should it be decimal=\".\"? Nothing stands between thousands then";
    if (has_mark(plain, "%", point))
        return "numbers have no percent sign";
    for (size_t i = 0; i < sizeof money / sizeof *money; i++)
        if (has_mark(plain, money[i], point))
            return "numbers have no sign of a currency";
    return has_mark(plain, "\xe2\x88\x92", point) ? "its minus sign is not the one of numbers, '-'"
                                                  : NULL;
}
