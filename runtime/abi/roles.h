/* roles.h: what the states of a model are for, from roles.def. */
#ifndef NNLC_RUNTIME_ABI_ROLES_H
#define NNLC_RUNTIME_ABI_ROLES_H

#include <stdbool.h>

typedef enum {
#define ROLE(id, word, saved, counted, reset, hashed) ROLE_##id,
#include "runtime/abi/roles.def"
    N_ROLES
} StateRole;

typedef enum { SAVED_no, SAVED_whole, SAVED_columns } RoleSaved;
typedef enum { COUNTED_no, COUNTED_params, COUNTED_optimizer, COUNTED_fitted } RoleCounted;
typedef enum { HASHED_no, HASHED_always, HASHED_if_fitted } RoleHashed;

typedef struct RoleRow {
    const char *word;
    RoleSaved saved;
    RoleCounted counted;
    bool reset;
    RoleHashed hashed;
} RoleRow;

/* `role` below N_ROLES; the image's roles are checked when it is read. */
const RoleRow *rt_role(StateRole role);

#endif
