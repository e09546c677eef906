/* Options of a program on the command line: found by name, however many there are. */
#include "runtime/cli/arguments.h"

#include <stdlib.h>

#include "runtime/abi/name_index.h"
#include "tests/unit/check.h"

enum { MOST = 40000, ROOM = 32 };

static ImgOption options[MOST];
static char names[MOST][ROOM], words[MOST][ROOM], *argv[MOST + 1];

/* Options a_1, a_2, ... of whole numbers, each given as --a-1=1. */
static uint64_t compared(uint32_t n)
{
    ImgProgram p = {.name = "p", .options = {n, options}};
    RtArguments a;
    RtError error = {.text = ""};
    argv[0] = (char[]){"p"};
    for (uint32_t i = 0; i < n; i++) {
        snprintf(names[i], ROOM, "a_%u", i);
        snprintf(words[i], ROOM, "--a%c%u=%u", i % 2 ? '-' : '_', i, i);
        options[i] = (ImgOption){.name = names[i], .type = VALUE_number, .is_int = true};
        argv[i + 1] = words[i];
    }
    uint64_t before = rt_names_compared;
    CHECK_EQ_INT(rt_arguments_parse(&p, (int)n + 1, argv, &a, &error), RT_OK);
    CHECK_STR(error.text, "");
    uint64_t after = rt_names_compared;
    for (uint32_t i = 0; i < n; i++)
        if (a.options[i].number != i)
            CHECK_EQ_INT(a.options[i].number, i);
    rt_arguments_free(&p, &a);
    return after - before;
}

/* The last one counts; a name that is longer is another one. */
static void check_twice(void)
{
    ImgProgram p = {.name = "p", .options = {3, options}};
    RtArguments a;
    RtError error = {.text = ""};
    char *twice[] = {(char[]){"p"}, (char[]){"--a_1=5"}, (char[]){"--a-1"}, (char[]){"7"}};
    CHECK_EQ_INT(rt_arguments_parse(&p, 4, twice, &a, &error), RT_OK);
    CHECK_EQ_INT(a.options[1].number, 7);
    rt_arguments_free(&p, &a);
    twice[3] = (char[]){"--a_12=3"};
    CHECK_EQ_INT(rt_arguments_parse(&p, 4, twice, &a, &error), RT_ERROR);
    rt_arguments_free(&p, &a);
}

int main(void)
{
    uint64_t few = compared(MOST / 10), many = compared(MOST);
    CHECK(few > MOST / 10);
    if (!CHECK(many < 13 * few))
        fprintf(stderr, "%llu, then %llu\n", (unsigned long long)few, (unsigned long long)many);
    check_twice();
    return check_done();
}
