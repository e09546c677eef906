/* new_program.h: the text of a program that learns a column of a table. */
#ifndef NNLC_DRIVER_NEW_PROGRAM_H
#define NNLC_DRIVER_NEW_PROGRAM_H

#include "driver/new_table.h"
#include "support/strbuf.h"

/* Writes the program. `name`: of its file, without the ending; `data`: the table's path as it names it.
 * RT_ERROR: its target cannot be learned. */
RtStatus new_program_write(const NewTable *t, const char *name, const char *data, StrBuf *out,
                           RtError *error) RT_MUST_USE;

/* A word as a shell takes it, in quotes where it needs them. */
void new_shell_word(StrBuf *out, const char *word);

#endif
