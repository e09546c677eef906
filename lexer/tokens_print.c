/* tokens_print.c: --emit=tokens. */
#include <string.h>

#include "lexer/filter.h"

static void print_text(StrBuf *out, const Token *t)
{
    switch (t->kind) {
    case TOK_name:
        strbuf_printf(out, " %s%s", t->text, t->reserved ? " (reserved)" : "");
        break;
    case TOK_integer:
        strbuf_printf(out, " %lld", (long long)t->integer);
        break;
    case TOK_number:
        strbuf_char(out, ' ');
        strbuf_double(out, t->number);
        break;
    case TOK_string:
        strbuf_char(out, ' ');
        strbuf_quote(out, t->text, strlen(t->text));
        break;
    default: /* the kind says it all */
        break;
    }
}

void tokens_print(StrBuf *out, const SourceMap *map, const Tokens *tokens, Arena *arena)
{
    Filter filter = filter_start(tokens, arena, diag_new(arena, map));
    Token t;
    do {
        t = filter_next(&filter);
        Place place = source_place(map, t.range.begin);
        strbuf_printf(out, "%u:%u\t%s", place.line, place.column, token_kind_text(t.kind));
        print_text(out, &t);
        strbuf_char(out, '\n');
    } while (t.kind != TOK_end);
}
