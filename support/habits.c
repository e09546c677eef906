/* habits.c: the rows of habits.def as constants, and the ways to look them up. */
#include "support/habits.h"

#include <stdbool.h>
#include <string.h>

typedef struct Word {
    HabitPlace place;
    const char *words, *help;
} Word;

#define WORD(place, words, help) {HABIT_##place, words, help},
static const Word words_known[] = {
#include "support/habits.def"
};

#define CHARACTER(code, instead, help) {code, instead, help},
static const HabitCharacter characters[] = {
#include "support/habits.def"
};

#define ARGUMENT(row, name, instead, help) {row, name, instead, help},
static const HabitArgument arguments[] = {
#include "support/habits.def"
};

#define FORM(pattern, expected, instead, help) {pattern, expected, instead, help},
static const HabitForm forms[] = {
#include "support/habits.def"
};

static bool holds(const char *words, const char *word)
{
    size_t n = strlen(word);
    for (const char *at = words; (at = strstr(at, word)); at++)
        if ((at == words || at[-1] == ' ') && (at[n] == ' ' || !at[n]))
            return n > 0;
    return false;
}

const char *habit_word(HabitPlace place, const char *word)
{
    for (size_t i = 0; i < sizeof words_known / sizeof *words_known; i++)
        if (words_known[i].place == place && holds(words_known[i].words, word))
            return words_known[i].help;
    return NULL;
}

const HabitCharacter *habit_character(uint32_t code)
{
    for (size_t i = 0; i < sizeof characters / sizeof *characters; i++)
        if (characters[i].code == code)
            return &characters[i];
    return NULL;
}

const HabitArgument *habit_arguments(size_t *n)
{
    *n = sizeof arguments / sizeof *arguments;
    return arguments;
}

const HabitForm *habit_forms(size_t *n)
{
    *n = sizeof forms / sizeof *forms;
    return forms;
}
