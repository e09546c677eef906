/* layout.c: lines of at most 100 columns, as the examples of the language have them. */
#include <string.h>

#include "ir/keras/keras_internal.h"

enum { MOST_COLUMNS = 100, STEP = 4 };

static size_t flat_width(const CallText *call)
{
    size_t n = strlen(call->name) + (call->args.n ? 2 : 0);
    for (size_t i = 0; i < call->args.n; i++)
        n += strlen(call->args.at[i]) + (i ? 2 : 0);
    return n;
}

static void flat_args(StrBuf *out, const CallText *call)
{
    for (size_t i = 0; i < call->args.n; i++)
        strbuf_printf(out, "%s%s", i ? ", " : "", call->args.at[i]);
}

/* As many to a line as fit. */
static void broken_args(StrBuf *out, int indent, const CallText *call)
{
    size_t column = 0;
    for (size_t i = 0; i < call->args.n; i++) {
        size_t n = strlen(call->args.at[i]) + 1;
        bool fresh = !column || column + 1 + n > MOST_COLUMNS;
        if (fresh)
            strbuf_printf(out, "\n%*s", indent + STEP, "");
        else
            strbuf_char(out, ' ');
        column = (fresh ? (size_t)indent + STEP : column + 1) + n;
        strbuf_printf(out, "%s%s", call->args.at[i], i + 1 < call->args.n ? "," : "");
    }
    strbuf_printf(out, "\n%*s", indent, "");
}

void layout_call(StrBuf *out, int indent, const char *prefix, const CallText *call,
                 const char *suffix)
{
    bool list = !strcmp(call->name, "[");
    size_t width = (size_t)indent + strlen(prefix) + flat_width(call) + strlen(suffix);
    strbuf_printf(out, "%*s%s%s", indent, "", prefix, call->name);
    if (call->args.n) {
        strbuf_add(out, list ? "" : "(");
        if (width <= MOST_COLUMNS)
            flat_args(out, call);
        else
            broken_args(out, indent, call);
        strbuf_add(out, list ? "]" : ")");
    } else if (call->is_layer) {
        strbuf_add(out, "()");
    }
    strbuf_printf(out, "%s\n", suffix);
}
