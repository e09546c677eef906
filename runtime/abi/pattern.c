/* pattern.c: the fields of a path against those that a training has. */
#include "runtime/abi/pattern.h"

#include <stdio.h>
#include <string.h>

#include "runtime/abi/shown.h"
#include "runtime/abi/suggest.h"

static void list_fields(const RtPatternFields *fields, RtError *error)
{
    size_t n = rt_show(error->help, sizeof error->help, "its fields are epoch%s",
                       fields->has_batch ? ", batch" : "");
    for (uint32_t i = 0; i < fields->n && n < sizeof error->help; i++)
        n += rt_show(error->help + n, sizeof error->help - n, ", %s", fields->figures[i]);
}

static RtStatus unknown(const RtPatternFields *fields, const char *name, RtError *error)
{
    RtSuggest best = rt_suggest_start(name);
    rt_suggest_offer(&best, "epoch");
    if (fields->has_batch)
        rt_suggest_offer(&best, "batch");
    for (uint32_t i = 0; i < fields->n; i++)
        rt_suggest_offer(&best, fields->figures[i]);
    const char *near = rt_suggest_best(&best);
    RtStatus status = near
                          ? rt_fail(error, "unknown field '{%s}'; did you mean '{%s}'?", name, near)
                          : rt_fail(error, "unknown field '{%s}'", name);
    list_fields(fields, error);
    return status;
}

static RtStatus check_field(const RtPiece *field, const RtPatternFields *fields, RtError *error)
{
    char name[RT_PATTERN_NAME];
    snprintf(name, sizeof name, "%.*s", (int)(field->n < sizeof name ? field->n : sizeof name - 1),
             field->text);
    bool counts = !strcmp(name, "epoch") || (fields->has_batch && !strcmp(name, "batch"));
    bool known = counts;
    for (uint32_t i = 0; i < fields->n; i++)
        known = known || !strcmp(name, fields->figures[i]);
    return known ? rt_spec_check(&field->spec, counts ? RT_SHOWS_integer : RT_SHOWS_float, error)
                 : unknown(fields, name, error);
}

RtStatus rt_pattern_check(const char *pattern, const RtPatternFields *fields, bool *has_field,
                          RtTemplateFault *fault)
{
    RtPiece piece;
    RtStatus status;
    size_t at = 0;
    *has_field = false;
    while ((status = rt_template_next(pattern, &at, &piece, fault)) == RT_OK) {
        if (!piece.is_field)
            continue;
        *has_field = true;
        fault->begin = piece.begin;
        fault->end = piece.end;
        if (check_field(&piece, fields, &fault->error) != RT_OK)
            return RT_ERROR;
    }
    return status == RT_END ? RT_OK : RT_ERROR;
}
