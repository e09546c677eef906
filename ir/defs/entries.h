/* entries.h: the entries of declarations, and members of data sets and results (ir/defs/entries.def). */
#ifndef NNLC_IR_DEFS_ENTRIES_H
#define NNLC_IR_DEFS_ENTRIES_H

#include <stdbool.h>
#include <stddef.h>

#include "runtime/abi/suggest.h"

typedef struct DeclEntry {
    const char *owner; /* the keyword: data, config; of a member what it belongs to: "a data set" */
    const char *name;
    bool later, is_member;
    const char *doc;
} DeclEntry;

size_t decl_entry_count(void);
const DeclEntry *decl_entry(size_t i);
/* By exact name; NULL if the owner has no such entry. */
const DeclEntry *decl_entry_find(const char *owner, const char *name);
/* All entries of the owner as candidates. */
void decl_entry_offer(const char *owner, RtSuggest *s);

#endif
