/* move.c: ops that move elements, and those that take them by an index. */
#include <string.h>

#include "ir/interp/interp_internal.h"
#include "support/bug.h"

static void put(Interp *ip, const Node *n, int64_t to, const Node *x, int64_t from)
{
    size_t size = element_size(n);
    memcpy(value_of(ip, n) + (size_t)to * size, value_of(ip, x) + (size_t)from * size, size);
}

/* Where the element of the result comes from; false: nowhere (padding). */
static bool source_index(const Node *n, const Sizes *in, const int64_t *to, int64_t *from)
{
    for (int d = 0; d < in->rank; d++) {
        switch (n->op) {
        case OP_transpose: /* result axis i is axis order[i] of x */
            from[n->attr[0].ints.at[d]] = to[d];
            break;
        case OP_broadcast:
            from[d] = to[n->attr[1].ints.at[d]];
            break;
        case OP_slice:
            from[d] =
                n->attr[0].ints.at[d] + to[d] * (n->attr[2].ints.n ? n->attr[2].ints.at[d] : 1);
            break;
        case OP_reverse:
            from[d] = to[d];
            for (uint32_t i = 0; i < n->attr[0].ints.n; i++)
                if (n->attr[0].ints.at[i] == d)
                    from[d] = in->n[d] - 1 - to[d];
            break;
        default: { /* pad */
            int64_t at = to[d] - n->attr[0].ints.at[d], step = n->attr[2].ints.at[d] + 1;
            if (at < 0 || at % step || at / step >= in->n[d])
                return false;
            from[d] = at / step;
            break;
        }
        }
    }
    return true;
}

static void concat(Interp *ip, const Node *n)
{
    Sizes out = sizes_of(ip, &n->shape);
    int64_t axis = n->attr[0].i, base = 0;
    for (uint32_t k = 0; k < n->n_in; k++) {
        Sizes in = sizes_of(ip, &n->in[k]->shape);
        for (int64_t i = 0; i < in.count; i++) {
            int64_t index[MAX_RANK];
            index_of(&in, i, index);
            index[axis] += base;
            put(ip, n, offset_of(&out, index), n->in[k], i);
        }
        base += in.n[axis];
    }
}

void interp_move(Interp *ip, const Node *n)
{
    const Node *x = n->in[0];
    Sizes out = sizes_of(ip, &n->shape), in = sizes_of(ip, &x->shape);
    if (n->op == OP_concat) {
        concat(ip, n);
        return;
    }
    for (int64_t i = 0; i < out.count; i++) {
        int64_t to[MAX_RANK], from[MAX_RANK];
        index_of(&out, i, to);
        if (n->op == OP_reshape)
            put(ip, n, i, x, i);
        else if (source_index(n, &in, to, from))
            put(ip, n, i, x, offset_of(&in, from));
        else
            put(ip, n, i, n->in[1], 0);
    }
}

/* ---- gather, scatter_add: slices along an axis; an index outside is clamped ---- */

typedef struct Slices {
    int64_t outer, axis, inner, count; /* x: outer x axis x inner; slices: outer x count x inner */
} Slices;

static Slices slices_of(Interp *ip, const Node *x, const Node *index, int64_t axis)
{
    Sizes in = sizes_of(ip, &x->shape);
    Slices s = {1, in.n[axis], 1, sizes_of(ip, &index->shape).count};
    for (int d = 0; d < in.rank; d++)
        if (d < axis)
            s.outer *= in.n[d];
        else if (d > axis)
            s.inner *= in.n[d];
    return s;
}

static int64_t clamped(Interp *ip, const Node *index, int64_t i, int64_t size)
{
    int64_t at = integer_at(index->dtype, value_of(ip, index) + (size_t)i * element_size(index));
    return at < 0 ? 0 : at >= size ? size - 1 : at;
}

void interp_index(Interp *ip, const Node *n)
{
    const Node *x = n->in[0], *index = n->in[1];
    Slices s = slices_of(ip, x, index, n->attr[0].i);
    size_t size = element_size(n);
    if (n->op == OP_scatter_add)
        memcpy(value_of(ip, n), value_of(ip, x), (size_t)sizes_of(ip, &x->shape).count * size);
    for (int64_t o = 0; o < s.outer; o++)
        for (int64_t i = 0; i < s.count; i++) {
            int64_t row = clamped(ip, index, i, s.axis);
            for (int64_t k = 0; k < s.inner; k++) {
                int64_t whole = (o * s.axis + row) * s.inner + k;
                int64_t slice = (o * s.count + i) * s.inner + k;
                if (n->op == OP_gather) {
                    put(ip, n, slice, x, whole);
                    continue;
                }
                char *to = value_of(ip, n) + (size_t)whole * size;
                interp_scalar(OP_add, n->dtype, n->dtype, to,
                              value_of(ip, n->in[2]) + (size_t)slice * size, NULL, to);
            }
        }
}
