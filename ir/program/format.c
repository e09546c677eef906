/* format.c: format(): a template (runtime/abi/template.h) and the values of its fields. What is known is shown at
 * once; results and options keep the template. */
#include <string.h>

#include "ir/program/elaborate_internal.h"
#include "runtime/abi/template.h"

typedef struct Format {
    Elab *e;
    const Ast *call, *string; /* string: NULL if the template is no literal */
    Value template;
    uint32_t n;
    Value *values;
    bool *taken;
} Format;

bool format_takes_template(Elab *e, Scope *s, const Ast *call)
{
    const AstList *args = &call->u.call.args;
    const Ast *first = args->n ? args->at[0]->u.bind.value : NULL;
    if (!first || args->at[0]->u.bind.name.text || first->kind == AST_integer ||
        first->kind == AST_number)
        return false;
    Diags *loud = e->diags;
    e->diags = e->quiet;
    Value v = eval(e, s, first, N_VOCABS);
    e->diags = loud;
    return v.kind == VAL_string || (v.kind == VAL_expr && v.expr->type == EXT_text);
}

static Range place(const Format *f, size_t begin, size_t end)
{
    return f->string ? ast_string_part(diag_sources(f->e->diags), f->string, begin, end)
                     : f->template.range;
}

/* ---- what fits a field ---- */

/* Is it a float whatever the run gives? */
static bool is_float(const Expr *x)
{
    switch (x->op) {
    case EX_number:
    case EX_option:
        return !x->is_int;
    case EX_result: /* losses and metrics */
        return !x->is_int && strcmp(x->text, "keys") != 0 && x->type != EXT_array;
    case EX_weight:
    case EX_div:
    case EX_exp:
    case EX_log:
    case EX_sqrt:
    case EX_tanh:
    case EX_sigmoid:
    case EX_sin:
    case EX_cos:
    case EX_mean:
    case EX_std:
        return true;
    case EX_add:
    case EX_sub:
    case EX_mul:
    case EX_rem:
    case EX_floordiv:
        return is_float(x->args[0]) || is_float(x->args[1]);
    case EX_neg:
    case EX_abs:
    case EX_last:
    case EX_index:
    case EX_min:
    case EX_max:
    case EX_sum:
        return is_float(x->args[0]);
    default: /* the run tells */
        return false;
    }
}

/* False: only the run knows. */
static bool shown(const Expr *x, RtShows *out)
{
    switch (x->type) {
    case EXT_number:
        *out = x->is_int ? RT_SHOWS_integer : is_float(x) ? RT_SHOWS_float : RT_SHOWS_number;
        return true;
    case EXT_series:
    case EXT_array:
        *out = is_float(x) ? RT_SHOWS_float : RT_SHOWS_number;
        return x->op != EX_list && (x->op != EX_result || strcmp(x->text, "keys") != 0);
    case EXT_bool:
    case EXT_text:
    case EXT_none:
    case EXT_texts:
        *out = RT_SHOWS_text;
        return true;
    case EXT_labels:
    case EXT_label:
    case EXT_tensor:
        return false;
    }
    return false;
}

/* ---- the fields ---- */

static bool check_spec(const Format *f, const RtPiece *field, const Expr *x)
{
    RtShows what;
    RtError error;
    bool right = true;
    for (uint32_t i = 0; x->op == EX_list && i < x->n_args && right; i++)
        right = check_spec(f, field, x->args[i]);
    if (!right || !shown(x, &what) || rt_spec_check(&field->spec, what, &error) == RT_OK)
        return right;
    diag_error(f->e->diags, place(f, field->begin, field->end), "%s", error.text);
    diag_note(f->e->diags, x->range, "the value is here");
    return false;
}

static bool check_field(Format *f, const RtPiece *field, const Expr *const *values, uint32_t *next,
                        bool numbered)
{
    uint32_t at;
    Range where = place(f, field->begin, field->end);
    if (!rt_piece_position(field, next, &at)) {
        diag_error(f->e->diags, where,
                   "a field of 'format' is {} or has the number of its value, not the name '%.*s'",
                   (int)field->n, field->text);
        return false;
    }
    if (numbered != (field->n > 0)) {
        diag_error(f->e->diags, where, "fields with and without a number cannot be mixed");
        return false;
    }
    if (at >= f->n) {
        diag_error(f->e->diags, where, "there is no value for this field: 'format' is given %u",
                   f->n);
        return false;
    }
    f->taken[at] = true;
    return check_spec(f, field, values[at]);
}

static bool check_template(Format *f, const Expr *const *values)
{
    RtTemplateFault fault;
    RtPiece piece;
    RtStatus status;
    size_t at = 0, fields = 0;
    uint32_t next = 0;
    bool right = true, numbered = false;
    while ((status = rt_template_next(f->template.text, &at, &piece, &fault)) == RT_OK && right) {
        if (!piece.is_field)
            continue;
        numbered = fields++ ? numbered : piece.n > 0;
        right = check_field(f, &piece, values, &next, numbered);
    }
    if (status == RT_ERROR && right)
        diag_error(f->e->diags, place(f, fault.begin, fault.end), "%s", fault.error.text);
    for (uint32_t i = 0; i < f->n && right && status == RT_END; i++)
        if (!f->taken[i]) {
            diag_error(f->e->diags, f->values[i].range,
                       "no field of the template takes this value");
            right = false;
        }
    return right && status == RT_END;
}

/* ---- what is known when compiling ---- */

static bool is_known(const Value *v)
{
    return value_is_number(v) || v->kind == VAL_bool || v->kind == VAL_none ||
           v->kind == VAL_string || v->kind == VAL_word;
}

static size_t show(const RtSpec *spec, const Value *v, char *out, size_t size)
{
    if (v->kind == VAL_int)
        return rt_spec_integer(spec, v->i, out, size);
    if (v->kind == VAL_float)
        return rt_spec_float(spec, v->f, out, size);
    const char *text = v->kind == VAL_bool ? (v->i ? "true" : "false") : v->text;
    return rt_spec_text(spec, v->kind == VAL_none ? "none" : text, out, size);
}

static Value filled(Elab *e, Range range, const char *template, const Value *values)
{
    StrBuf text = {0};
    RtPiece piece;
    RtTemplateFault fault;
    size_t at = 0;
    uint32_t next = 0, i = 0;
    while (rt_template_next(template, &at, &piece, &fault) == RT_OK) {
        if (!piece.is_field) {
            strbuf_add_n(&text, piece.text, piece.n);
            continue;
        }
        (void)rt_piece_position(&piece, &next, &i);
        size_t n = show(&piece.spec, &values[i], NULL, 0);
        char *room = ARENA_ARRAY(e->arena, char, n + 1);
        (void)show(&piece.spec, &values[i], room, n + 1);
        strbuf_add_n(&text, room, n);
    }
    const char *copy = arena_strdup(e->arena, text.text ? text.text : "");
    strbuf_close(&text);
    return value_string(range, copy);
}

/* A checked template: at once if all values are known. */
static Value format_value(Elab *e, Range range, const char *template, uint32_t n,
                          const Value *values, const Expr *const *exprs)
{
    bool known = true;
    for (uint32_t i = 0; i < n; i++)
        known = known && is_known(&values[i]);
    if (known)
        return filled(e, range, template, values);
    Expr *out = expr_new(e, EX_format, EXT_text, range, n);
    out->text = template;
    memcpy(out->args, exprs, n * sizeof *exprs);
    return value_expr(out);
}

Value format_digits(Elab *e, Range range, const Value *x, int64_t digits)
{
    const Expr *of = expr_of(e, x);
    if (!of)
        return value_error(range);
    return format_value(e, range, arena_printf(e->arena, "{:.%df}", (int)digits), 1, x, &of);
}

/* The values behind the template; false after errors. */
static bool take_values(Format *f, Scope *s, const Expr **exprs)
{
    const AstList *args = &f->call->u.call.args;
    for (uint32_t i = 0; i < f->n; i++) {
        const Ast *arg = args->at[i + 1];
        if (arg->u.bind.name.text) {
            diag_error(f->e->diags, arg->u.bind.name.range,
                       "behind a template 'format' takes values without names");
            return false;
        }
        f->values[i] = eval(f->e, s, arg->u.bind.value, N_VOCABS);
        exprs[i] = expr_of(f->e, &f->values[i]);
        if (!exprs[i])
            return false;
        if (exprs[i]->type == EXT_tensor) {
            diag_error(f->e->diags, f->values[i].range,
                       "'format' takes numbers, texts and results, not a tensor");
            return false;
        }
    }
    return true;
}

Value format_template(Elab *e, Scope *s, const Ast *call)
{
    const AstList *args = &call->u.call.args;
    const Ast *first = args->at[0]->u.bind.value;
    Format f = {.e = e,
                .call = call,
                .string = first->kind == AST_string ? first : NULL,
                .template = eval(e, s, first, N_VOCABS),
                .n = args->n - 1};
    if (f.template.kind == VAL_expr)
        report_runtime(e, f.template.expr, "the template of 'format'");
    if (f.template.kind != VAL_string)
        return value_error(call->range);
    const Expr **exprs = ARENA_ARRAY(e->arena, const Expr *, f.n + 1);
    f.values = ARENA_ARRAY(e->arena, Value, f.n + 1);
    f.taken = ARENA_ARRAY(e->arena, bool, f.n + 1);
    if (!take_values(&f, s, exprs) || !check_template(&f, exprs))
        return value_error(call->range);
    return format_value(e, call->range, f.template.text, f.n, f.values, exprs);
}
