/* Texts and their numbers: found in time that grows with the number of texts, not with its square. */
#include <stdio.h>
#include <string.h>

#include "runtime/data/texts.h"
#include "tests/unit/check.h"

static void check_numbers(void)
{
    RtTexts t = {0};
    CHECK_EQ_INT(rt_texts_find(&t, "a"), -1);
    CHECK_EQ_INT(rt_texts_add(&t, "a"), 0);
    CHECK_EQ_INT(rt_texts_add(&t, ""), 1);
    CHECK_EQ_INT(rt_texts_add(&t, "a"), 0);
    CHECK_EQ_INT(rt_texts_find(&t, ""), 1);
    CHECK_EQ_INT(rt_texts_find(&t, "b"), -1);
    CHECK_STR(rt_texts_at(&t, 1), "");
    rt_texts_free(&t);
    CHECK_EQ_INT(t.n, 0);
}

/* Texts of any length inside others, and those that a byte more or less, or another one, makes differ. */
static void check_parts(void)
{
    static const char text[] = "the quick brown fox jumps over the lazy dog; now what?";
    RtTexts t = {0};
    for (int round = 0; round < 2; round++)
        for (int n = 0; n <= 32; n++)
            for (int i = 0; i < 2; i++) {
                char part[64];
                snprintf(part, sizeof part, "%.*s", n, text + i);
                int64_t number = rt_texts_add_n(&t, text + i, (size_t)n);
                CHECK_EQ_INT(number, n ? 2 * n - 1 + i : 0);
                CHECK_EQ_INT(rt_texts_find(&t, part), number);
                CHECK_STR(rt_texts_at(&t, (uint32_t)number), part);
            }
    CHECK_EQ_INT(t.n, 65);
    rt_texts_free(&t);
}

static void check_comparisons(void)
{
    enum { MANY = 100000 };
    RtTexts t = {0};
    char text[32];
    for (int round = 0; round < 2; round++)
        for (int i = 0; i < MANY; i++) {
            snprintf(text, sizeof text, "class %d", i);
            if (rt_texts_add(&t, text) != i)
                CHECK_EQ_INT(rt_texts_find(&t, text), i);
        }
    CHECK_EQ_INT(t.n, MANY);
    CHECK(t.comparisons < 6 * (uint64_t)MANY);
    rt_texts_free(&t);
}

int main(void)
{
    check_numbers();
    check_parts();
    check_comparisons();
    return check_done();
}
