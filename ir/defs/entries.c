/* entries.c: the rows of entries.def, and the ways to look them up. */
#include "ir/defs/entries.h"

#include <string.h>

#include "support/bug.h"

/* The state column. */
enum { BUILT = 0, LATER = 1 };

static const DeclEntry rows[] = {
#define ENTRY(owner, name, state, doc) {#owner, name, state, false, doc},
#define MEMBER(owner, name, state, doc) {owner, name, state, true, doc},
#include "ir/defs/entries.def"
};

size_t decl_entry_count(void)
{
    return sizeof rows / sizeof *rows;
}

const DeclEntry *decl_entry(size_t i)
{
    nnl_assert(i < decl_entry_count());
    return &rows[i];
}

const DeclEntry *decl_entry_find(const char *owner, const char *name)
{
    for (size_t i = 0; i < decl_entry_count(); i++)
        if (!strcmp(rows[i].owner, owner) && !strcmp(rows[i].name, name))
            return &rows[i];
    return NULL;
}

void decl_entry_offer(const char *owner, RtSuggest *s)
{
    for (size_t i = 0; i < decl_entry_count(); i++)
        if (!strcmp(rows[i].owner, owner))
            rt_suggest_offer_words(s, rows[i].name, rows[i].later);
}
