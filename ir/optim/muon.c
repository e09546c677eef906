/* muon.c: Muon: for matrices, the momentum made orthogonal; for all else, and for what is excluded, Adam with rates and
 * decay of its own.
 *
 *     m += g + m (mu - 1);  X = g + mu m, without nesterov m
 *     X /= |X| + 1e-7
 *     ns_steps times: A = X X';  X = a X + (b A + c A A) X
 *     w -= lr sqrt(max(rows, columns)) rms_rate X
 *
 * Keras turns a matrix that is higher than wide on its side; here A = X' X and X = a X + X (b A + c A A) do the same. */
#include "ir/optim/update.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

static bool names_embedding(const char *name)
{
    static const char word[] = "embedding";
    for (; *name; name++) {
        size_t n = 0;
        while (word[n] && tolower((unsigned char)name[n]) == word[n])
            n++;
        if (!word[n])
            return true;
    }
    return false;
}

bool muon_leaves_to_adam(const UpdateCx *u, const State *w)
{
    const ArgValue *args = u->optimizer->args;
    if (u->optimizer->row->id != OPTIMIZER_Muon)
        return false;
    const ArgValue *excluded = &args[ARG_Muon_exclude_layers];
    bool leaves =
        w->shape.rank != 2 || (args[ARG_Muon_exclude_embeddings].i && names_embedding(w->name));
    for (uint32_t i = 0; !excluded->none && i < excluded->n; i++)
        leaves = leaves || strstr(w->name, excluded->texts[i]);
    return leaves;
}

void prepare_Muon(UpdateCx *u)
{
    const ArgValue *args = u->optimizer->args;
    Node *ratio = g_const(&u->b, RT_f64, args[ARG_Muon_adam_lr_ratio].f);
    u->shared[0] = adam_alpha(u, g_mul(&u->b, u->rate_f64, ratio), args[ARG_Muon_adam_beta_1].f,
                              args[ARG_Muon_adam_beta_2].f);
}

/* x y, summed over axis i of x and axis j of y */
static Node *product(UpdateCx *u, Node *x, int64_t i, Node *y, int64_t j)
{
    static const IntList none = {0, NULL};
    return g_dot(&u->b, x, y, none, none, (IntList){1, &i}, (IntList){1, &j}, NULL);
}

/* One step of the iteration that takes all singular values towards 1. */
static Node *nearer(UpdateCx *u, Node *x, bool tall)
{
    Builder *b = &u->b;
    const ArgValue *args = u->optimizer->args;
    Node *square = tall ? product(u, x, 0, x, 0) : product(u, x, 1, x, 1);
    Node *scaled = g_mul(b, update_const(u, args[ARG_Muon_muon_c].f), square);
    Node *poly = g_add(b, g_mul(b, update_const(u, args[ARG_Muon_muon_b].f), square),
                       product(u, scaled, 1, square, 0));
    Node *turned = tall ? product(u, x, 1, poly, 0) : product(u, poly, 1, x, 0);
    return g_add(b, g_mul(b, update_const(u, args[ARG_Muon_muon_a].f), x), turned);
}

static Node *orthogonal(UpdateCx *u, Node *x)
{
    Builder *b = &u->b;
    bool tall = x->shape.dim[0].n > x->shape.dim[1].n;
    x = g_div(b, x, g_add(b, norm_of(u, x), update_const(u, 1e-7)));
    for (int64_t i = 0; i < u->optimizer->args[ARG_Muon_ns_steps].i; i++)
        x = nearer(u, x, tall);
    return x;
}

static Node *adam(UpdateCx *u, const State *w, Node *value, Node *g)
{
    const ArgValue *args = u->optimizer->args;
    Node *m = moving_mean(u, w, "momentum", g, args[ARG_Muon_adam_beta_1].f);
    Node *square = g_mul(&u->b, g, g);
    Node *v = moving_mean(u, w, "velocity", square, args[ARG_Muon_adam_beta_2].f);
    return adam_value(u, value, m, v, u->shared[0]);
}

Node *update_Muon(UpdateCx *u, const State *w, Node *value, Node *g)
{
    Builder *b = &u->b;
    const ArgValue *args = u->optimizer->args;
    double mu = args[ARG_Muon_momentum].f, scale = 1;
    if (muon_leaves_to_adam(u, w))
        return adam(u, w, value, g);
    Node *m = slot_read(u, w, "momentum", 0);
    m = g_add(b, m, g_add(b, g, g_mul(b, m, update_const(u, mu - 1))));
    slot_write(u, w, "momentum", m);
    Node *ahead = args[ARG_Muon_nesterov].i ? g_add(b, g, g_mul(b, update_const(u, mu), m)) : m;
    double rows = (double)w->shape.dim[0].n, columns = (double)w->shape.dim[1].n;
    if (!args[ARG_Muon_rms_rate].none)
        scale = sqrt(rows > columns ? rows : columns) * args[ARG_Muon_rms_rate].f;
    Node *size = update_scalar(u, g_mul(b, u->rate_f64, g_const(b, RT_f64, scale)));
    return g_sub(b, value, g_mul(b, size, orthogonal(u, ahead)));
}
