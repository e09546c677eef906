/* logs.c: the figures that fit and evaluate report, by their keys. */
#include <string.h>

#include "ir/program/elaborate_internal.h"

bool command_validates(const Command *c)
{
    return !c->no_validation && (c->has_part || c->data->part[PART_VALIDATION].kind != PART_ABSENT);
}

/* Key number i: loss, the metrics, then the same of the validation; NULL: there are no more. */
static const char *log_key(Elab *e, const Command *c, bool validation, uint32_t i)
{
    uint32_t n = c->compile->n_metrics + 1;
    bool val = i >= n;
    if (i >= (validation ? 2 * n : n))
        return NULL;
    i -= val ? n : 0;
    const char *key = i ? c->compile->keys[i - 1] : "loss";
    return val ? arena_printf(e->arena, "val_%s", key) : key;
}

const char **log_keys(Elab *e, const Command *c, bool validation, uint32_t *n)
{
    const char **keys = ARENA_ARRAY(e->arena, const char *, 2 * c->compile->n_metrics + 3), *key;
    for (*n = 0; (key = log_key(e, c, validation, *n)); ++*n)
        keys[*n] = key;
    return keys;
}

const char *log_key_direction(const Command *c, const char *key)
{
    if (!strncmp(key, "val_", 4))
        key += 4;
    for (uint32_t i = 0; i < c->compile->n_metrics; i++)
        if (!strcmp(c->compile->keys[i], key))
            return c->compile->metrics[i]->row ? c->compile->metrics[i]->row->kind_name : "";
    return "down"; /* the loss */
}

bool log_key_find(Elab *e, const Command *c, const char *text, bool validation, RtSuggest *best)
{
    bool found = false;
    const char *key;
    for (uint32_t i = 0; (key = log_key(e, c, validation, i)); i++) {
        rt_suggest_offer(best, key);
        found = found || !strcmp(key, text);
    }
    return found;
}

const char *log_keys_text(Elab *e, const Command *c, bool validation)
{
    const char *text = "", *key;
    for (uint32_t i = 0; (key = log_key(e, c, validation, i)); i++)
        text = arena_printf(e->arena, "%s%s%s", text, i ? ", " : "", key);
    return text;
}
