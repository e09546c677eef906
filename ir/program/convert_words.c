/* convert_words.c: words as arguments: choices, types, columns, and the rows of a vocabulary. */
#include <string.h>

#include "ir/program/convert_internal.h"

bool convert_not_built(Convert *c, const Value *v, const Row *row)
{
    diag_error(c->e->diags, v->range, "the %s '%s' is not built yet", vocab_name(row->vocab),
               row->name);
    return false;
}

/* `none` is a word of some choices. */
static const char *choice_word(const Value *v)
{
    return v->kind == VAL_none ? "none" : convert_word(v);
}

/* A word that is none of those an argument takes: the nearest one, or all. */
static bool wrong_word(Convert *c, const char *w, const char *all, const RtSuggest *best)
{
    const char *near = rt_suggest_best(best);
    diag_error(c->e->diags, c->v->range, "%s cannot be '%s'", convert_place(c), w);
    if (near)
        diag_fix(c->e->diags, c->v->range, near, "did you mean '%s'?", near);
    else
        diag_help(c->e->diags, "it is one of: %s", all);
    return false;
}

bool convert_choice(Convert *c)
{
    const char *w = choice_word(c->v), *list = c->arg->range, *all = "";
    if (!w)
        return convert_wrong(c, c->v);
    RtSuggest best = rt_suggest_start(w);
    for (int64_t i = 0; *list; i++) {
        size_t n = strcspn(list, "|");
        const char *one = intern_n(c->e->names, list, n);
        if (!strcmp(one, w)) {
            c->out->i = i;
            c->out->text = one;
            return true;
        }
        rt_suggest_offer(&best, one);
        all = arena_printf(c->e->arena, "%s%s%s", all, i ? ", " : "", one);
        list += n + (list[n] == '|');
    }
    return wrong_word(c, w, all, &best);
}

/* Keras's names of types as ours: float32 is f32. */
static const char *dtype_word(Elab *e, const char *w)
{
    static const char *const families[][2] = {
        {"bfloat", "bf"}, {"float", "f"}, {"uint", "u"}, {"int", "i"}};
    for (size_t i = 0; i < sizeof families / sizeof *families; i++) {
        size_t n = strlen(families[i][0]);
        if (!strncmp(w, families[i][0], n) && w[n] >= '0' && w[n] <= '9')
            return arena_printf(e->arena, "%s%s", families[i][1], w + n);
    }
    return w;
}

bool convert_dtype(Convert *c)
{
    const char *typed = convert_word(c->v), *w = typed ? dtype_word(c->e, typed) : NULL, *all = "";
    if (!w)
        return convert_wrong(c, c->v);
    RtSuggest best = rt_suggest_start(w);
    for (int d = 0; d < RT_N_DTYPES; d++) {
        const char *one = rt_dtype((RtDtype)d)->name;
        if (!strcmp(one, w)) {
            c->out->i = d;
            c->out->text = w;
            return true;
        }
        rt_suggest_offer(&best, one);
        all = arena_printf(c->e->arena, "%s%s%s", all, d ? ", " : "", one);
    }
    return wrong_word(c, typed, all, &best);
}

bool convert_column(Convert *c)
{
    if (convert_word(c->v)) {
        c->out->text = convert_word(c->v);
        return true;
    }
    if (c->v->kind != VAL_int)
        return convert_wrong(c, c->v);
    c->out->i = c->v->i;
    c->out->f = c->v->f;
    return true;
}

/* ---- words of a vocabulary ---- */

static const Call *fn_call(Convert *c, const Value *v, VocabKind vocab)
{
    uint32_t n = vocab == VOCAB_activation ? 1 : 2;
    if (vocab != VOCAB_activation && vocab != VOCAB_loss && vocab != VOCAB_metric) {
        convert_wrong(c, v);
        return NULL;
    }
    Call *call = ARENA_NEW(c->e->arena, Call);
    call->kind = vocab;
    call->n_params = n;
    call->name = fn_name(v);
    call->range = v->range;
    call->body = convert_fn(c, v, n, EXT_tensor, n == 1 ? "a fn(x)" : "a fn(y, p)");
    return call->body ? call : NULL;
}

/* No word of the vocabulary. A string is never a name of the program. */
static void report_word(Convert *c, const Value *v, VocabKind vocab)
{
    bool text = v->kind == VAL_string;
    if (!text && vocab_knows(v->text)) {
        convert_wrong(c, v);
        return;
    }
    report_unknown(c->e, text ? NULL : c->s, vocab, v->text, v->range);
    if (text && scope_find(c->s, intern(c->e->names, v->text)))
        diag_fix(c->e->diags, v->range, v->text, "names of the program are written without quotes");
}

/* Keras takes "Accuracy" for "accuracy"; its class of this name is the word Accuracy. */
static const Row *row_of_word(const Value *v, VocabKind vocab)
{
    const char *word = convert_word(v);
    bool text = v->kind == VAL_string && vocab == VOCAB_metric;
    return vocab_find(vocab, text && !strcmp(word, "Accuracy") ? "accuracy" : word);
}

static const Call *word_call(Convert *c, const Value *v, VocabKind vocab)
{
    const Row *row = row_of_word(v, vocab);
    if (!row) {
        report_word(c, v, vocab);
        return NULL;
    }
    if (row->later) {
        convert_not_built(c, v, row);
        return NULL;
    }
    const char *name = v->kind == VAL_string ? convert_word(v) : call_name(row, convert_word(v));
    return call_default(c->e, row, name, v->range);
}

const Call *convert_call(Convert *c, const Value *v)
{
    VocabKind vocab = arg_want(c->arg->kind);
    if (v->kind == VAL_fn)
        return fn_call(c, v, vocab);
    if (convert_word(v))
        return word_call(c, v, vocab);
    if (v->kind == VAL_call && v->call->kind == vocab)
        return v->call;
    convert_wrong(c, v);
    return NULL;
}

bool convert_calls(Convert *c)
{
    bool many = c->arg->kind == ARG_METRICS || c->arg->kind == ARG_CALLBACKS ||
                c->arg->kind == ARG_TRANSFORMS;
    const Value *items = c->v;
    uint32_t n = many ? convert_elements(c->v, &items) : 1;
    const Call **out = ARENA_ARRAY(c->e->arena, const Call *, n + 1);
    for (uint32_t i = 0; i < n; i++)
        if (!(out[i] = convert_call(c, &items[i])))
            return false;
    c->out->n = n;
    c->out->calls = out;
    return true;
}
