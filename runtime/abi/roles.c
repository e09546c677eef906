/* roles.c: the rows of roles.def as a table. */
#include "runtime/abi/roles.h"

static const RoleRow roles[] = {
#define ROLE(id, word, saved, counted, reset, hashed)                                              \
    {word, SAVED_##saved, COUNTED_##counted, reset, HASHED_##hashed},
#include "runtime/abi/roles.def"
};

const RoleRow *rt_role(StateRole role)
{
    return &roles[role];
}
