/* help.h: the rows of options.def, and what --help and --version print of them. */
#ifndef NNLC_DRIVER_HELP_H
#define NNLC_DRIVER_HELP_H

#include "driver/session.h"

typedef enum {
#define OPTION(id, spelling, value, doc) OPT_##id,
#include "driver/options.def"
    N_OPTIONS
} OptionId;

typedef struct OptionRow {
    const char *spelling, *value, *doc;
} OptionRow;

extern const OptionRow option_rows[N_OPTIONS];

/* Of nnlc, or of nnlc plot. */
void help_print(Mode mode);
void help_version(void);

#endif
