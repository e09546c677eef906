/* vjp_move.c: gradients of ops that move elements: they move back, repeats are summed. */
#include "ir/grad/rules.h"

#include <string.h>

/* Back to the old shape. */
void vjp_reshape(Grad *gr, const Node *y, Node *dy)
{
    grad_add(gr, y->in[0], g_reshape(&gr->b, dy, y->in[0]->shape));
}

/* By the inverse order. */
void vjp_transpose(Grad *gr, const Node *y, Node *dy)
{
    int64_t inverse[MAX_RANK];
    for (uint32_t i = 0; i < y->attr[0].ints.n; i++)
        inverse[y->attr[0].ints.at[i]] = i;
    grad_add(gr, y->in[0], g_transpose(&gr->b, dy, inverse));
}

/* Sum over the axes that were added. */
void vjp_broadcast(Grad *gr, const Node *y, Node *dy)
{
    int64_t axes[MAX_RANK];
    uint32_t n = 0;
    for (int d = 0; d < y->shape.rank; d++) {
        bool kept = false;
        for (uint32_t i = 0; i < y->attr[1].ints.n; i++)
            kept |= y->attr[1].ints.at[i] == d;
        if (!kept)
            axes[n++] = d;
    }
    grad_add(gr, y->in[0], n ? g_sum(&gr->b, dy, axes, n, dy->dtype) : dy);
}

static Node *pad(Grad *gr, Node *x, const int64_t *low, const int64_t *high,
                 const int64_t *interior)
{
    uint32_t r = x->shape.rank;
    Node *in[2] = {x, g_const(&gr->b, x->dtype, 0)};
    Attr a[3];
    memset(a, 0, sizeof a);
    a[0].ints = (IntList){r, low};
    a[1].ints = (IntList){r, high};
    a[2].ints = (IntList){r, interior};
    return graph_must(gr->b.g, OP_pad, 2, in, a, gr->b.origin);
}

static Node *slice(Grad *gr, Node *x, const int64_t *begin, const int64_t *end, const int64_t *step)
{
    uint32_t r = x->shape.rank;
    Attr a[3];
    memset(a, 0, sizeof a);
    a[0].ints = (IntList){r, begin};
    a[1].ints = (IntList){r, end};
    a[2].ints = (IntList){r, step};
    return graph_must(gr->b.g, OP_slice, 1, &x, a, gr->b.origin);
}

/* Zeros where nothing was taken. */
void vjp_slice(Grad *gr, const Node *y, Node *dy)
{
    int64_t low[MAX_RANK], high[MAX_RANK], interior[MAX_RANK];
    const Node *x = y->in[0];
    for (int d = 0; d < x->shape.rank; d++) {
        int64_t step = y->attr[2].ints.n ? y->attr[2].ints.at[d] : 1, n = y->shape.dim[d].n;
        if (!n) {
            grad_add(gr, y->in[0], g_const_like(&gr->b, x, 0));
            return;
        }
        low[d] = y->attr[0].ints.at[d];
        interior[d] = step - 1;
        high[d] = x->shape.dim[d].n - low[d] - ((n - 1) * step + 1);
    }
    grad_add(gr, y->in[0], pad(gr, dy, low, high, interior));
}

/* What lies at x's own places; the rest goes to the padding value. */
void vjp_pad(Grad *gr, const Node *y, Node *dy)
{
    int64_t low[MAX_RANK], high[MAX_RANK], none[MAX_RANK] = {0}, zero[MAX_RANK] = {0};
    int64_t end[MAX_RANK], step[MAX_RANK];
    const Node *x = y->in[0];
    for (int d = 0; d < x->shape.rank; d++) {
        low[d] = -y->attr[0].ints.at[d];
        high[d] = -y->attr[1].ints.at[d];
        step[d] = y->attr[2].ints.at[d] + 1;
        end[d] = x->shape.dim[d].n ? (x->shape.dim[d].n - 1) * step[d] + 1 : 0;
    }
    Node *cut = pad(gr, dy, low, high, none);
    Node *dx = slice(gr, cut, zero, end, step);
    grad_add(gr, y->in[0], dx);
    if (grad_wants(gr, y->in[1]))
        grad_add(gr, y->in[1],
                 g_sub(&gr->b, g_sum_all(&gr->b, dy, dy->dtype), g_sum_all(&gr->b, dx, dx->dtype)));
}

/* To each piece its own slice. */
void vjp_concat(Grad *gr, const Node *y, Node *dy)
{
    int64_t axis = y->attr[0].i, at = 0, begin[MAX_RANK] = {0}, end[MAX_RANK], step[MAX_RANK];
    for (uint32_t i = 0; i < y->n_in; i++) {
        for (int d = 0; d < y->shape.rank; d++) {
            end[d] = y->shape.dim[d].n;
            step[d] = 1;
        }
        begin[axis] = at;
        at += y->in[i]->shape.dim[axis].n;
        end[axis] = at;
        if (grad_wants(gr, y->in[i]))
            grad_add(gr, y->in[i], slice(gr, dy, begin, end, step));
    }
}

void vjp_reverse(Grad *gr, const Node *y, Node *dy)
{
    grad_add(gr, y->in[0], graph_must(gr->b.g, OP_reverse, 1, &dy, y->attr, gr->b.origin));
}

/* Added back at the places they were taken from. */
void vjp_gather(Grad *gr, const Node *y, Node *dy)
{
    Node *in[3] = {g_const_like(&gr->b, y->in[0], 0), y->in[1], dy};
    grad_add(gr, y->in[0], graph_must(gr->b.g, OP_scatter_add, 3, in, y->attr, gr->b.origin));
}

void vjp_scatter_add(Grad *gr, const Node *y, Node *dy)
{
    Node *in[2] = {dy, y->in[1]};
    grad_add(gr, y->in[0], dy);
    if (grad_wants(gr, y->in[2]))
        grad_add(gr, y->in[2], graph_must(gr->b.g, OP_gather, 2, in, y->attr, gr->b.origin));
}
