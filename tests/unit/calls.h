/* calls.h: programs made by hand, for tests of the stages behind elaboration.
 *
 * A call has the defaults of its row; tests set what they change:
 *     Call *d = call_new(t, VOCAB_layer, "Dense"); call_int(d, "units", 10); */
#ifndef NNLC_TESTS_UNIT_CALLS_H
#define NNLC_TESTS_UNIT_CALLS_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ir/program/program.h"

typedef struct Made {
    Arena *arena;
    Interner *names;
    SourceMap *sources;
    Diags *diags;
    Program program;
} Made;

/* A text that ranges of hand-made programs can point into. */
static inline Made made_open(const char *text)
{
    Made m = {.arena = arena_open()};
    m.names = interner_new(m.arena);
    m.sources = source_map_new(m.arena);
    source_add(m.sources, "test.nn", text, strlen(text));
    m.diags = diag_new(m.arena, m.sources);
    m.program.arena = m.arena;
    m.program.names = m.names;
    m.program.diags = m.diags;
    return m;
}

static inline ArgValue *call_arg(const Call *call, const char *name)
{
    int i = row_arg(call->row, name);
    if (i < 0) {
        fprintf(stderr, "'%s' has no argument '%s'\n", call->row->name, name);
        abort();
    }
    return (ArgValue *)&call->args[i];
}

static Call *call_new(Made *m, VocabKind kind, const char *name);

static inline const Expr *number_expr(Made *m, double value)
{
    Expr *e = ARENA_NEW(m->arena, Expr);
    e->op = EX_number;
    e->type = EXT_number;
    e->value = value;
    return e;
}

/* The default of an argument, from its text. */
static inline void arg_default(Made *m, const ArgRow *row, ArgValue *v)
{
    const char *text = row->fallback ? row->fallback : "none";
    static const VocabKind vocab_of[] = {
        [ARG_ACTIVATION] = VOCAB_activation, [ARG_INITIALIZER] = VOCAB_initializer};
    v->none = strcmp(text, "none") == 0;
    if (v->none)
        return;
    v->text = text;
    v->f = strtod(text, NULL);
    v->i = strcmp(text, "true") == 0 ? 1 : (int64_t)v->f;
    v->expr = number_expr(m, v->f);
    if (row->kind == ARG_ACTIVATION || row->kind == ARG_INITIALIZER) {
        const Call **calls = ARENA_ARRAY(m->arena, const Call *, 1);
        calls[0] = call_new(m, vocab_of[row->kind], text);
        v->calls = calls;
        v->n = 1;
    }
    if (row->kind == ARG_FLOATS) {
        v->floats = arena_copy(m->arena, &v->f, sizeof v->f);
        v->n = 1;
    }
}

static Call *call_new(Made *m, VocabKind kind, const char *name)
{
    Call *call = ARENA_NEW(m->arena, Call);
    call->kind = kind;
    call->row = vocab_find(kind, name);
    if (!call->row) {
        fprintf(stderr, "no %s '%s'\n", vocab_name(kind), name);
        abort();
    }
    call->name = name;
    call->range = (Range){1, 2};
    ArgValue *args = ARENA_ARRAY(m->arena, ArgValue, call->row->n_args + 1);
    for (uint32_t i = 0; i < call->row->n_args; i++) {
        args[i].range = call->range;
        arg_default(m, &call->row->args[i], &args[i]);
    }
    call->args = args;
    return call;
}

static inline void call_int(Call *call, const char *name, int64_t value)
{
    ArgValue *v = call_arg(call, name);
    v->given = true;
    v->none = false;
    v->i = value;
    v->f = (double)value;
}

static inline void call_float(Made *m, Call *call, const char *name, double value)
{
    ArgValue *v = call_arg(call, name);
    v->given = true;
    v->none = false;
    v->f = value;
    v->expr = number_expr(m, value);
}

static inline void call_call(Made *m, Call *call, const char *name, const Call *value)
{
    ArgValue *v = call_arg(call, name);
    const Call **calls = ARENA_ARRAY(m->arena, const Call *, 1);
    calls[0] = value;
    v->given = true;
    v->none = false;
    v->calls = calls;
    v->n = 1;
}

static inline void call_ints(Made *m, Call *call, const char *name, uint32_t n,
                             const int64_t *values)
{
    ArgValue *v = call_arg(call, name);
    v->given = true;
    v->none = false;
    v->n = n;
    v->ints = arena_copy(m->arena, values, n * sizeof *values);
}

static inline Instance *instance_new(Made *m, const char *name, uint32_t rank, const int64_t *dims)
{
    Instance *instance = ARENA_NEW(m->arena, Instance);
    instance->name = instance->title = name;
    instance->range = instance->input_range = (Range){1, 2};
    instance->has_input = true;
    instance->input_rank = rank;
    memcpy(instance->input_dims, dims, rank * sizeof *dims);
    instance->input_dtype = RT_f32;
    instance->position = "";
    instance->top_level = true;
    return instance;
}

static inline void layer_add(Made *m, Instance *instance, const char *name, const Call *call)
{
    vec_push(m->arena, &instance->layers,
             (Layer){.call = call, .name = name, .range = call->range});
}

/* Dense(units, activation) with the given name. */
static inline Call *dense_add(Made *m, Instance *instance, const char *name, int64_t units,
                              const char *activation)
{
    Call *dense = call_new(m, VOCAB_layer, "Dense");
    call_int(dense, "units", units);
    if (activation)
        call_call(m, dense, "activation", call_new(m, VOCAB_activation, activation));
    layer_add(m, instance, name, dense);
    return dense;
}

static inline Compile *compile_new(Made *m, Instance *instance, Call *optimizer, Call *loss)
{
    Compile *c = ARENA_NEW(m->arena, Compile);
    c->instance = instance;
    c->optimizer = optimizer;
    c->loss = loss;
    c->loss_weight = 1;
    c->range = c->loss_range = c->metrics_range = (Range){1, 2};
    return c;
}

/* Samples of x with class numbers or values beside them. */
static inline DataSet *data_new(Made *m, const char *name, uint32_t rank, const int64_t *dims,
                                RtDtype x_dtype, RtDtype y_dtype, int64_t classes)
{
    DataSet *d = ARENA_NEW(m->arena, DataSet);
    d->name = name;
    d->range = (Range){1, 2};
    d->facts.have = true;
    d->facts.x_rank = rank;
    memcpy(d->facts.x_dims, dims, rank * sizeof *dims);
    d->facts.x_dtype = x_dtype;
    d->facts.y_dtype = y_dtype;
    d->facts.classes = classes;
    d->facts.numbers.most = classes > 0 ? (double)classes - 1 : 0;
    return d;
}

#endif
