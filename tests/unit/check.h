/* check.h: what a unit test needs.
 *
 *     CHECK(stack_is_empty(s));
 *     CHECK_EQ_INT(list_count(l), 3);          // found first, expected second
 *     CHECK_STR(name, "dense");                // NULL equals NULL only
 *     return check_done();                     // prints "N passed, N failed"
 *
 * A failure prints file, line and both values, and the test goes on. One program per file. */
#ifndef NNLC_TESTS_UNIT_CHECK_H
#define NNLC_TESTS_UNIT_CHECK_H

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static unsigned long check_passed_, check_failed_;

static inline bool check_at(const char *file, int line, bool good)
{
    if (good)
        check_passed_++;
    else
        check_failed_++;
    if (!good)
        fprintf(stderr, "%s:%d: check failed: ", file, line);
    return good;
}

static inline bool check_true_at(const char *file, int line, bool good, const char *text)
{
    if (!check_at(file, line, good))
        fprintf(stderr, "%s\n", text);
    return good;
}

static inline bool check_int_at(const char *file, int line, long long found, long long expected,
                                const char *text)
{
    if (!check_at(file, line, found == expected))
        fprintf(stderr, "%s is %lld, expected %lld\n", text, found, expected);
    return found == expected;
}

static inline bool check_str_at(const char *file, int line, const char *found, const char *expected,
                                const char *text)
{
    bool same = found && expected ? strcmp(found, expected) == 0 : found == expected;
    if (!check_at(file, line, same))
        fprintf(stderr, "%s\n--- found:\n%s\n--- expected:\n%s\n---\n", text,
                found ? found : "(NULL)", expected ? expected : "(NULL)");
    return same;
}

static inline int check_done(void)
{
    printf("%lu passed, %lu failed\n", check_passed_, check_failed_);
    return check_failed_ != 0;
}

/* Each gives whether it held, for tests that cannot go on without. */
#define CHECK(condition) check_true_at(__FILE__, __LINE__, (condition), #condition)
#define CHECK_EQ_INT(found, expected)                                                              \
    check_int_at(__FILE__, __LINE__, (long long)(found), (long long)(expected), #found)
#define CHECK_STR(found, expected) check_str_at(__FILE__, __LINE__, (found), (expected), #found)

#endif
