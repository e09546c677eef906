/* warnings.c: the names of the warnings. */
#include "ir/defs/warnings.h"

const char *warning_name(WarningId id)
{
#define ROW(id, name, doc) name,
    static const char *const names[] = {WARNING_ROWS(ROW)};
#undef ROW
    return names[id];
}
