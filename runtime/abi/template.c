/* template.c: the pieces of a template, and what specs may stand in it. */
#include "runtime/abi/template.h"

#include <string.h>

#define RT_SPEC_FORM "[[fill]align][sign][0][width][,][.precision][type]"

/* ---- one spec ---- */

typedef struct Spec {
    const char *text;
    size_t n, at;
    RtSpec *out;
    RtTemplateFault *fault;
} Spec;

static void fault_at(RtTemplateFault *fault, size_t begin, size_t end)
{
    fault->begin = begin;
    fault->end = end;
}

static size_t character(const char *text, size_t n)
{
    size_t size = 1;
    while (size < n && size < 4 && ((unsigned char)text[size] & 0xc0) == 0x80)
        size++;
    return size;
}

static bool among(char c, const char *set)
{
    return c && strchr(set, c);
}

static char peek(const Spec *s)
{
    return s->at < s->n ? s->text[s->at] : 0;
}

static char take(Spec *s, const char *set)
{
    return among(peek(s), set) ? s->text[s->at++] : 0;
}

static void parse_align(Spec *s)
{
    size_t first = s->n ? character(s->text, s->n) : 0;
    if (first && first < s->n && among(s->text[first], "<>^=")) {
        memcpy(s->out->fill, s->text, first);
        s->at = first;
    }
    s->out->align = take(s, "<>^=");
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* False past the limit, which is reported. */
static bool parse_count(Spec *s, const char *what, int *out)
{
    size_t begin = s->at;
    int value = 0;
    for (; is_digit(peek(s)); s->at++)
        value = value > RT_SPEC_MOST ? value : value * 10 + (peek(s) - '0');
    *out = value;
    if (value <= RT_SPEC_MOST)
        return true;
    fault_at(s->fault, begin, s->at);
    (void)!rt_fail(&s->fault->error, "the %s of a field is at most %d", what, RT_SPEC_MOST);
    return false;
}

static RtStatus parse_type(Spec *s)
{
    size_t left = s->n - s->at, one = left ? character(s->text + s->at, left) : 0;
    s->out->type = left == one ? take(s, "defg%sEFG") : 0;
    if (s->at == s->n)
        return RT_OK;
    fault_at(s->fault, s->at, s->n);
    if (left == one)
        return rt_fail(&s->fault->error, "unknown type '%.*s' of a field; there are: d e f g %% s",
                       (int)left, s->text + s->at);
    fault_at(s->fault, 0, s->n);
    return rt_fail(&s->fault->error, "'%.*s' cannot be read as " RT_SPEC_FORM,
                   (int)(s->n < 100 ? s->n : 100), s->text);
}

RtStatus rt_spec_parse(const char *text, size_t n, RtSpec *out, RtTemplateFault *fault)
{
    Spec s = {text, n, 0, out, fault};
    *out = (RtSpec){.precision = -1};
    parse_align(&s);
    out->sign = take(&s, "+- ");
    if (!*out->fill && take(&s, "0")) {
        out->zero = true;
        out->fill[0] = '0';
    }
    if (!parse_count(&s, "width", &out->width))
        return RT_ERROR;
    out->comma = take(&s, ",") != 0;
    if (!take(&s, "."))
        return parse_type(&s);
    if (!is_digit(peek(&s))) {
        fault_at(fault, s.at - 1, s.at);
        return rt_fail(&fault->error, "the point of a field needs digits behind it, as in {:.2f}");
    }
    return parse_count(&s, "precision", &out->precision) ? parse_type(&s) : RT_ERROR;
}

/* ---- which specs go with what ---- */

static RtStatus check_text(const RtSpec *s, RtError *error)
{
    if (s->type && s->type != 's')
        return rt_fail(error, "the type '%c' of a field shows a number, but its value is not one",
                       s->type);
    if (s->sign || s->comma || s->align == '=')
        return rt_fail(error, "'%c' in a field is for numbers, but its value is not one",
                       s->sign    ? s->sign
                       : s->comma ? ','
                                  : '=');
    return RT_OK;
}

RtStatus rt_spec_check(const RtSpec *s, RtShows what, RtError *error)
{
    if (what == RT_SHOWS_text)
        return check_text(s, error);
    if (s->type == 's')
        return rt_fail(error, "the type 's' of a field shows a text, but its value is a number");
    if (s->type == 'd' && what == RT_SHOWS_float)
        return rt_fail(error, "the type 'd' of a field shows an integer, but its value is a float; "
                              "'.0f' rounds it");
    if (s->precision >= 0 && (s->type == 'd' || (!s->type && what == RT_SHOWS_integer)))
        return rt_fail(error, "an integer has no digits behind a point; '.%df' shows it as a float",
                       s->precision);
    return RT_OK;
}

/* ---- pieces ---- */

static RtStatus wrong(RtTemplateFault *fault, size_t begin, size_t end, const char *why)
{
    fault_at(fault, begin, end);
    return rt_fail(&fault->error, "%s", why);
}

/* The field whose brace stands at `begin`. */
static RtStatus parse_field(const char *text, size_t begin, RtPiece *out, RtTemplateFault *fault)
{
    size_t name = begin + 1, end = name, spec;
    while (text[end] && !among(text[end], ":{}"))
        end++;
    spec = text[end] == ':' ? end + 1 : end;
    out->is_field = true;
    out->text = text + name;
    out->n = end - name;
    for (end = spec; text[end] && !among(text[end], "{}"); end++)
        continue;
    if (text[end] == '{')
        return wrong(fault, end, end + 1, "a field cannot hold another one");
    if (!text[end])
        return wrong(fault, begin, begin + 1,
                     "this '{' opens a field that no '}' closes; a brace itself is written '{{'");
    if (memchr(out->text, '!', out->n))
        return wrong(fault, name, name + out->n, "conversions such as '!r' are not supported");
    out->begin = begin;
    out->end = end + 1;
    RtStatus status = rt_spec_parse(text + spec, end - spec, &out->spec, fault);
    if (status != RT_OK)
        fault_at(fault, fault->begin + spec, fault->end + spec);
    return status;
}

RtStatus rt_template_next(const char *text, size_t *at, RtPiece *out, RtTemplateFault *fault)
{
    size_t i = *at;
    bool doubled = among(text[i], "{}") && text[i + 1] == text[i];
    *out = (RtPiece){.text = text + i, .n = 1, .begin = i, .spec = {.precision = -1}};
    if (!text[i])
        return RT_END;
    if (text[i] == '{' && !doubled) {
        RtStatus status = parse_field(text, i, out, fault);
        *at = out->end;
        return status;
    }
    if (text[i] == '}' && !doubled)
        return wrong(fault, i, i + 1, "this '}' closes nothing; a brace itself is written '}}'");
    while (!doubled && text[i + out->n] && !among(text[i + out->n], "{}"))
        out->n++;
    out->end = i + out->n + doubled;
    *at = out->end;
    return RT_OK;
}

bool rt_piece_position(const RtPiece *field, uint32_t *next, uint32_t *out)
{
    *out = field->n ? 0 : (*next)++;
    for (size_t i = 0; i < field->n; i++) {
        if (!is_digit(field->text[i]) || *out > UINT16_MAX)
            return false;
        *out = *out * 10 + (uint32_t)(field->text[i] - '0');
    }
    return true;
}
