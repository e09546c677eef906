/* print.c: --emit=kernels and --emit=cost. */
#include "codegen/schedule/kernel.h"

#include <string.h>

static const char *const scalar_names[] = {
#define SCALAR(id, inputs) #id,
#define MATH(id, inputs) #id,
#include "codegen/schedule/scalars.def"
};

const char *scalar_op_name(ScalarOp op)
{
    return scalar_names[op];
}

static void print_affine(StrBuf *out, const Affine *a)
{
    bool any = false;
    for (int i = 0; i < MAX_AXES; i++) {
        if (!a->coef[i])
            continue;
        strbuf_add(out, any ? " + " : "");
        if (a->coef[i] != 1)
            strbuf_printf(out, "%lld*", (long long)a->coef[i]);
        strbuf_printf(out, "i%d", i);
        any = true;
    }
    if (a->c || !any)
        strbuf_printf(out, "%s%lld", any ? " + " : "", (long long)a->c);
}

static void print_access(StrBuf *out, const Kernels *ks, const Access *a)
{
    switch (a->base) {
    case BASE_value:
        strbuf_printf(out, "%%%u", ks->values.at[a->id].node->id);
        break;
    case BASE_state:
        strbuf_printf(out, "@%s", ks->graph->states.at[a->id].name);
        break;
    case BASE_input:
        strbuf_printf(out, "input %s", ks->inputs.at[a->id]->attr[0].text);
        break;
    case BASE_output:
        strbuf_printf(out, "output %s", ks->outputs.at[a->id]->attr[0].text);
        break;
    case BASE_data:
        strbuf_printf(out, "data %u", a->id);
        break;
    }
    strbuf_char(out, '[');
    if (a->packed || a->base == BASE_input) {
        print_affine(out, &a->row);
        strbuf_add(out, ", ");
        print_affine(out, a->packed ? &a->col : &a->offset);
    } else {
        print_affine(out, &a->offset);
    }
    if (a->dynamic)
        strbuf_printf(out, " + %lld*e%u", (long long)a->dynamic_stride, a->dynamic->number);
    strbuf_char(out, ']');
}

static void print_const(StrBuf *out, const KExpr *e)
{
    double d = 0;
    float f;
    uint32_t low = (uint32_t)e->bits;
    if (e->dtype == RT_f32) {
        memcpy(&f, &low, sizeof f);
        d = f;
    } else if (e->dtype == RT_f64) {
        memcpy(&d, &e->bits, sizeof d);
    } else {
        strbuf_printf(out, "%lld", (long long)e->bits);
        return;
    }
    strbuf_double(out, d);
}

static void print_scalar(StrBuf *out, const Node *n)
{
    strbuf_printf(out, "scalar %s", rt_scalar_word((RunScalar)n->attr[0].i));
    if (n->attr[1].i)
        strbuf_printf(out, " %lld", (long long)n->attr[1].i);
}

static void print_expr(StrBuf *out, const Kernels *ks, const KExpr *e)
{
    strbuf_printf(out, "    e%u = ", e->number);
    switch (e->kind) {
    case KX_const:
        print_const(out, e);
        break;
    case KX_axis:
        strbuf_add(out, "index ");
        print_affine(out, e->offset);
        break;
    case KX_load:
        strbuf_add(out, "load ");
        print_access(out, ks, e->access);
        break;
    case KX_scalar:
        print_scalar(out, ks->scalars.at[e->id]);
        break;
    case KX_hero:
        strbuf_add(out, "result");
        if (e->id)
            strbuf_printf(out, " %u", e->id);
        break;
    case KX_rng:
        strbuf_printf(out, "rng stream %u element ", e->id);
        print_affine(out, e->offset);
        break;
    case KX_op:
        strbuf_add(out, scalar_op_name(e->op));
        for (uint32_t i = 0; i < e->n_in; i++)
            strbuf_printf(out, "%s e%u", i ? "," : "", e->in[i]->number);
        break;
    }
    strbuf_printf(out, " : %s\n", rt_dtype(e->dtype)->name);
}

static void print_axes(StrBuf *out, const Kernel *k)
{
    for (uint32_t a = 0; a < k->n_axes; a++) {
        Dim d = k->axis[a].size;
        strbuf_printf(out, "%s%s", a ? " x " : " ", k->axis[a].reduced ? "sum " : "");
        if (d.batch && d.n == 1)
            strbuf_add(out, "N");
        else
            strbuf_printf(out, "%lld%s", (long long)d.n, d.batch ? "*N" : "");
    }
}

static void print_kernel(StrBuf *out, const Kernels *ks, const Kernel *k)
{
    static const char *const kinds[] = {"map", "reduce", "tile", "scatter"};
    static const char *const folds[] = {"sum", "fma", "max", "argmax"};
    strbuf_printf(out, "  kernel %s: %s", k->name, kinds[k->kind]);
    print_axes(out, k);
    if (k->kind == KERNEL_reduce)
        for (size_t i = 0; i < k->folds.n; i++)
            strbuf_printf(out, "%s %s", i ? " +" : ",", folds[k->folds.at[i].kind]);
    if (k->kind == KERNEL_reduce)
        strbuf_printf(out, " %ux%u", k->sum.groups, k->sum.lanes);
    if (k->kind == KERNEL_tile) {
        const Storage *c = &k->tile.cut;
        strbuf_printf(out, ", rows %d, strips %dx%d + %dx%d vectors of %d%s", k->tile.rows,
                      c->n_wide, c->wide, c->n_narrow, c->narrow, c->vector,
                      k->tile.transpose_b ? ", panels transposed" : "");
    }
    strbuf_char(out, '\n');
    for (size_t i = 0; i < k->exprs.n; i++)
        print_expr(out, ks, k->exprs.at[i]);
    for (size_t i = 0; i < k->folds.n && k->kind == KERNEL_reduce; i++) {
        strbuf_printf(out, "    term e%u", k->folds.at[i].term[0]->number);
        if (k->folds.at[i].term[1])
            strbuf_printf(out, ", e%u", k->folds.at[i].term[1]->number);
        strbuf_char(out, '\n');
    }
    if (k->kind == KERNEL_tile) {
        strbuf_add(out, "    a ");
        print_access(out, ks, k->a);
        strbuf_add(out, ", b ");
        print_access(out, ks, k->b);
        strbuf_char(out, '\n');
    }
    for (size_t i = 0; i < k->folds.n; i++)
        if (k->folds.at[i].init)
            strbuf_printf(out, "    init e%u\n", k->folds.at[i].init->number);
    for (size_t i = 0; i < k->stores.n; i++) {
        const Store *s = &k->stores.at[i];
        strbuf_add(out, "    store ");
        print_access(out, ks, s->to);
        strbuf_printf(out, ", e%u", s->value->number);
        if (s->guard)
            strbuf_printf(out, " if e%u", s->guard->number);
        if (s->per_term)
            strbuf_add(out, " per term");
        strbuf_char(out, '\n');
    }
}

void kernels_print(StrBuf *out, const Kernels *ks)
{
    strbuf_printf(out, "kernels @%s batch=%lld target=%s {\n", ks->graph->name,
                  (long long)ks->graph->batch, ks->target.name);
    for (size_t i = 0; i < ks->kernels.n; i++)
        print_kernel(out, ks, ks->kernels.at[i]);
    strbuf_add(out, "}\n");
}

void kernels_print_cost(StrBuf *out, const Kernels *ks)
{
    double flops = 0, bytes = 0;
    strbuf_printf(out, "cost @%s, a batch of %lld\n", ks->graph->name, (long long)ks->graph->batch);
    strbuf_printf(out, "  %12s %12s %8s  kernel\n", "flop", "bytes", "flop/B");
    for (size_t i = 0; i < ks->kernels.n; i++) {
        const Kernel *k = ks->kernels.at[i];
        strbuf_printf(out, "  %12.0f %12.0f %8.2f  %s\n", k->flops, k->bytes,
                      k->bytes > 0 ? k->flops / k->bytes : 0.0, k->name);
        flops += k->flops;
        bytes += k->bytes;
    }
    strbuf_printf(out, "  %12.0f %12.0f %8.2f  in all\n", flops, bytes,
                  bytes > 0 ? flops / bytes : 0.0);
}
