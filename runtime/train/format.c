/* format.c: format(): the compiler has checked the template against the types it knows; what values are
 * integers or texts may show only now. */
#include "runtime/train/format.h"

#include <math.h>
#include <stdlib.h>

static bool is_number(const RtValue *v)
{
    return v->kind == VALUE_number || v->kind == VALUE_series || v->kind == VALUE_array;
}

/* Why the spec cannot show the value, or NULL. */
static const char *misfit(const RtValue *v, const RtSpec *spec)
{
    RtError unused;
    const char *why = NULL;
    for (uint32_t i = 0; v->kind == VALUE_list && i < v->n_items && !why; i++)
        why = misfit(&v->items[i], spec);
    if (v->kind == VALUE_list)
        return why;
    if (!is_number(v) && rt_spec_check(spec, RT_SHOWS_text, &unused) != RT_OK)
        return "a field of 'format' is for a number, but its value is a text";
    if (is_number(v) && spec->type == 's')
        return "a field of 'format' is for a text, but its value is a number";
    if (is_number(v) && spec->type == 'd' && (!v->is_int || isnan(v->number)))
        return "a field of 'format' is for an integer, but its value is a float";
    return NULL;
}

RtValue rt_value_format(const char *template, const RtValue *args, uint32_t n, const char **why)
{
    RtText t = {0};
    RtPiece piece;
    RtTemplateFault fault;
    RtStatus status;
    size_t at = 0;
    uint32_t next = 0, place;
    rt_text_add(&t, "", 0);
    while ((status = rt_template_next(template, &at, &piece, &fault)) == RT_OK && !*why) {
        if (!piece.is_field)
            rt_text_add(&t, piece.text, piece.n);
        else if (!rt_piece_position(&piece, &next, &place) || place >= n)
            *why = "a field of 'format' has no value";
        else if (!(*why = misfit(&args[place], &piece.spec)))
            rt_value_add(&t, &args[place], &piece.spec);
    }
    if (status == RT_ERROR)
        *why = "the template of 'format' is damaged";
    RtValue v = {
        .kind = t.failed || *why ? VALUE_none : VALUE_text, .lost = t.failed, .text = t.at};
    if (v.kind == VALUE_none) {
        free(t.at);
        v.text = NULL;
    }
    return v;
}
