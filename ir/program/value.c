/* value.c: compile-time values: making, naming, comparing, printing them. */
#include <string.h>

#include "ir/program/elaborate_internal.h"

Value value_none(Range r)
{
    return (Value){.kind = VAL_none, .range = r};
}

Value value_error(Range r)
{
    return (Value){.kind = VAL_error, .range = r};
}

Value value_int(Range r, int64_t i)
{
    return (Value){.kind = VAL_int, .range = r, .i = i, .f = (double)i};
}

Value value_float(Range r, double f)
{
    return (Value){.kind = VAL_float, .range = r, .f = f};
}

Value value_bool(Range r, bool b)
{
    return (Value){.kind = VAL_bool, .range = r, .i = b};
}

Value value_string(Range r, const char *text)
{
    return (Value){.kind = VAL_string, .range = r, .text = text};
}

Value value_expr(Expr *e)
{
    return (Value){.kind = VAL_expr, .range = e->range, .expr = e};
}

Value value_list(Elab *e, Range r, ValueKind kind, uint32_t n, const Value *items)
{
    Value v = {.kind = kind, .range = r, .n = n, .size = n, .depth = 1};
    for (uint32_t i = 0; i < n && v.size <= STEP_LIMIT; i++) {
        v.size += items[i].size;
        v.depth = items[i].depth >= v.depth ? items[i].depth + 1 : v.depth;
    }
    if (v.depth > DEPTH_LIMIT)
        diag_error(e->diags, r, "lists nested deeper than %d levels", DEPTH_LIMIT);
    else if (v.size > STEP_LIMIT)
        diag_error(e->diags, r, "a list with more than %d elements in total", STEP_LIMIT);
    if (v.depth > DEPTH_LIMIT || v.size > STEP_LIMIT)
        return value_error(r);
    v.items = arena_copy(e->arena, items, n * sizeof *items);
    return v;
}

bool value_is_number(const Value *v)
{
    return v->kind == VAL_int || v->kind == VAL_float;
}

bool value_is_split(const Value *v)
{
    const Row *row = v->kind == VAL_call ? v->call->row : NULL;
    return row && row->vocab == VOCAB_function && row->id == FUNCTION_split;
}

static const char *row_text(Elab *e, const Row *row)
{
    return arena_printf(e->arena, "the %s '%s'", vocab_name(row->vocab), row->name);
}

static const char *expr_text(const Expr *x)
{
    if (x->type == EXT_texts)
        return "an array of texts";
    if (expr_has_result(x))
        return "a result";
    if (expr_find(x, EX_option))
        return "an option";
    return x->type == EXT_tensor ? "a tensor" : "a number that the run computes";
}

static const char *float_text(Elab *e, double x)
{
    StrBuf text = {0};
    strbuf_double(&text, x);
    const char *out = arena_printf(e->arena, "the float %s", text.text);
    strbuf_close(&text);
    return out;
}

const char *value_text(Elab *e, const Value *v)
{
    const Row *row;
    switch (v->kind) {
    case VAL_error:
        return "an error";
    case VAL_none:
        return "none";
    case VAL_bool:
        return "a bool";
    case VAL_int:
        return arena_printf(e->arena, "the integer %lld", (long long)v->i);
    case VAL_float:
        return float_text(e, v->f);
    case VAL_string:
        return "a string";
    case VAL_word:
        row = vocab_any(v->text, N_VOCABS);
        return row ? row_text(e, row) : arena_printf(e->arena, "'%s'", v->text);
    case VAL_list:
        return v->n ? "a list" : "an empty list";
    case VAL_tuple:
        return v->n ? "a tuple" : "an empty tuple";
    case VAL_map:
        return "a map";
    case VAL_range:
        return "a range";
    case VAL_fn:
        return "a fn";
    case VAL_call:
        return row_text(e, v->call->row);
    case VAL_block:
        return arena_printf(e->arena, "the block '%s'", v->decl->name);
    case VAL_model:
        return arena_printf(e->arena, "the model '%s'", v->decl->name);
    case VAL_instance:
        return arena_printf(e->arena, "the model instance '%s'", v->instance->name);
    case VAL_layer:
        return arena_printf(e->arena, "the layer '%s'", v->text);
    case VAL_weights:
        return "the weights of a model";
    case VAL_data:
        return arena_printf(e->arena, "the data set '%s'", v->data->name);
    case VAL_part:
        return v->has_rows ? "rows of a part" : "a part of a data set";
    case VAL_result:
        return arena_printf(e->arena, "the result '%s'", v->text);
    case VAL_space:
        return "an imported file";
    case VAL_expr:
        return expr_text(v->expr);
    }
    return "";
}

/* Comparing counts as steps, many small ones as one. */
enum { COMPARED_ITEMS = 16, COMPARED_BYTES = 1024 };

static bool items_equal(Elab *e, const Value *a, const Value *b)
{
    if (a->n != b->n || !count_steps(e, a->range, a->n / COMPARED_ITEMS))
        return false;
    for (uint32_t i = 0; i < a->n; i++)
        if (!value_equal(e, &a->items[i], &b->items[i]))
            return false;
    return true;
}

bool value_among(Elab *e, const Value *v, const Value *list)
{
    uint32_t step = list->kind == VAL_map ? 2 : 1;
    bool found = false;
    if (!count_steps(e, v->range, list->n / COMPARED_ITEMS))
        return false;
    for (uint32_t i = 0; i < list->n && !found && e->steps <= STEP_LIMIT; i += step)
        found = value_equal(e, v, &list->items[i]);
    return found;
}

/* The word that a string, a name or a row is written as. */
static const char *word_of(const Value *v)
{
    return v->kind == VAL_string || v->kind == VAL_word ? v->text : NULL;
}

static bool texts_equal(Elab *e, const Value *a, const Value *b)
{
    const char *x = word_of(a), *y = word_of(b);
    return x == y || (count_text(e, a->range, x, COMPARED_BYTES) && !strcmp(x, y));
}

bool value_equal(Elab *e, const Value *a, const Value *b)
{
    if (value_is_number(a) && value_is_number(b))
        return a->kind == VAL_int && b->kind == VAL_int ? a->i == b->i : a->f == b->f;
    if (word_of(a) && word_of(b))
        return texts_equal(e, a, b);
    if (a->kind != b->kind)
        return false;
    switch (a->kind) {
    case VAL_none:
        return true;
    case VAL_bool:
        return a->i == b->i;
    case VAL_list:
    case VAL_tuple:
    case VAL_map:
        return items_equal(e, a, b);
    case VAL_range:
        return a->i == b->i && a->end == b->end;
    default: /* objects: the same one */
        return a->instance == b->instance && a->decl == b->decl && a->call == b->call &&
               a->fn == b->fn && a->data == b->data && a->part == b->part;
    }
}

static void print_items(StrBuf *out, const Value *v, const char *open, const char *close)
{
    strbuf_add(out, open);
    for (uint32_t i = 0; i < v->n; i++) {
        if (i)
            strbuf_add(out, v->kind == VAL_map && i % 2 ? ": " : ", ");
        value_print(out, &v->items[i]);
    }
    strbuf_add(out, v->kind == VAL_tuple && v->n == 1 ? ",)" : close);
}

void value_print(StrBuf *out, const Value *v)
{
    switch (v->kind) {
    case VAL_none:
        strbuf_add(out, "none");
        break;
    case VAL_bool:
        strbuf_add(out, v->i ? "true" : "false");
        break;
    case VAL_int:
        strbuf_printf(out, "%lld", (long long)v->i);
        break;
    case VAL_float:
        strbuf_double(out, v->f);
        break;
    case VAL_string:
        strbuf_quote(out, v->text, strlen(v->text));
        break;
    case VAL_word:
        strbuf_add(out, v->text);
        break;
    case VAL_list:
    case VAL_map:
        print_items(out, v, "[", "]");
        break;
    case VAL_tuple:
        print_items(out, v, "(", ")");
        break;
    case VAL_range:
        strbuf_printf(out, "%lld..%lld", (long long)v->i, (long long)v->end);
        break;
    case VAL_call:
        strbuf_add(out, v->call->row->name);
        break;
    case VAL_instance:
        strbuf_add(out, v->instance->name);
        break;
    case VAL_data:
        strbuf_add(out, v->data->name);
        break;
    case VAL_fn:
        strbuf_add(out, fn_name(v));
        break;
    default: /* has no text of its own */
        strbuf_add(out, "?");
        break;
    }
}
