/* gradients.c: from the gradients of the loss to those that a rule gets: the scale of the loss taken out, added up
 * over the batches of an update, clipped. */
#include "ir/optim/update.h"

Node *update_loss(Graph *g, const Call *optimizer, Node *loss)
{
    const ArgValue *scale = call_given(optimizer, "loss_scale_factor");
    Builder b = {g, loss->origin};
    return scale ? g_mul(&b, loss, g_const(&b, loss->dtype, scale->f)) : loss;
}

/* Between updates: acc += g. At an update: g = (g + acc) / k, acc = 0. */
static Node *accumulated(UpdateCx *u, const State *w, Node *g)
{
    Builder *b = &u->b;
    const ArgValue *steps = call_given(u->optimizer, "gradient_accumulation_steps");
    if (!steps)
        return g;
    Node *sum = g_add(b, g, slot_read(u, w, "gradient_accumulator", 0));
    g_write(b, slot_name(u, w, "gradient_accumulator"),
            g_select(b, u->applies, update_const(u, 0), sum), NULL);
    return g_div(b, sum, update_const(u, (double)steps->i));
}

/* g c / max(|g|, c) */
static Node *clipped_by_norm(UpdateCx *u, Node *g, double c)
{
    Builder *b = &u->b;
    Node *most = g_binary(b, OP_max, norm_of(u, g), update_const(u, c));
    return g_div(b, g_mul(b, g, update_const(u, c)), most);
}

static Node *clipped_by_value(UpdateCx *u, Node *g, double c)
{
    Builder *b = &u->b;
    return g_binary(b, OP_min, g_binary(b, OP_max, g, update_const(u, -c)), update_const(u, c));
}

/* c min(1 / G, 1 / c), G the norm of all gradients; NaN where G is NaN or infinite: so are all gradients then. */
static Node *global_scale(UpdateCx *u, size_t n, Node *const *gradients, double c)
{
    Builder *b = &u->b;
    Node *sum = NULL;
    for (size_t i = 0; i < n; i++) {
        Node *one = g_sum_all(b, g_mul(b, gradients[i], gradients[i]), u->dtype);
        sum = sum ? g_add(b, sum, one) : one;
    }
    Node *norm = g_unary(b, OP_sqrt, sum), *one = update_const(u, 1), *most = update_const(u, c);
    Node *least = g_binary(b, OP_min, g_div(b, one, norm), g_div(b, one, most));
    return g_add(b, g_mul(b, most, least), g_sub(b, norm, norm));
}

static Node *clipped(UpdateCx *u, Node *g)
{
    const ArgValue *norm = call_given(u->optimizer, "clipnorm");
    const ArgValue *value = call_given(u->optimizer, "clipvalue");
    if (norm)
        return clipped_by_norm(u, g, norm->f);
    return value ? clipped_by_value(u, g, value->f) : g;
}

void gradients_prepare(UpdateCx *u, size_t n, Node *const *reads, Node **gradients)
{
    Builder *b = &u->b;
    const ArgValue *scale = call_given(u->optimizer, "loss_scale_factor");
    const ArgValue *global = call_given(u->optimizer, "global_clipnorm");
    for (size_t i = 0; i < n; i++) {
        State w = update_state(u, reads[i]);
        if (scale)
            gradients[i] = g_div(b, gradients[i], update_const(u, scale->f));
        gradients[i] = clipped(u, accumulated(u, &w, gradients[i]));
    }
    if (!global || !n)
        return;
    b->origin = (Origin){.range = u->optimizer->range, .part = PART_update};
    Node *factor = global_scale(u, n, gradients, global->f);
    for (size_t i = 0; i < n; i++) {
        (void)update_state(u, reads[i]);
        gradients[i] = g_mul(b, gradients[i], factor);
    }
}
