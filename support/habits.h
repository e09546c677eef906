/* habits.h: what people write who come from Python, Keras or another language (habits.def). */
#ifndef NNLC_SUPPORT_HABITS_H
#define NNLC_SUPPORT_HABITS_H

#include <stddef.h>
#include <stdint.h>

typedef enum {
    HABIT_command, /* the first word of a line */
    HABIT_value,
    HABIT_member, /* behind a dot */
    HABIT_file,   /* there, too: the end of a file name */
    HABIT_entry   /* of a data set */
} HabitPlace;

typedef struct HabitForm {
    const char *pattern, *expected, *instead, *help;
} HabitForm;

typedef struct HabitArgument {
    const char *row, *name, *instead, *help;
} HabitArgument;

typedef struct HabitCharacter {
    uint32_t code;
    const char *instead, *help;
} HabitCharacter;

/* What to write instead of a word; NULL if nobody has this habit. */
const char *habit_word(HabitPlace place, const char *word);
/* NULL: none. */
const HabitCharacter *habit_character(uint32_t code);
const HabitArgument *habit_arguments(size_t *n);
const HabitForm *habit_forms(size_t *n);

#endif
