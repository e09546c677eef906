/* signs.c: signs(y, p) of a fn: targets for losses of margins.
 *
 * Outputs p [N, ..., U] with U > 1 have a column for each class: 1 in the column of the sample's class, else -1.
 * With U = 1 class 1 is 1, class 0 is -1; targets that are -1 and 1 stay. */
#include "ir/layers/targets.h"

static Node *sign_of(Builder *b, Node *positive, RtDtype dtype)
{
    Node *one = g_splat(b, g_const(b, dtype, 1), positive->shape);
    return g_select(b, positive, one, g_splat(b, g_const(b, dtype, -1), positive->shape));
}

/* Messages about the targets name the loss that the fn is. */
static Call named_call(const BuildCx *cx, Row *row, Range range)
{
    const Compile *c = cx->request->compile;
    bool is_loss = c && !c->loss->row;
    *row = (Row){.vocab = VOCAB_loss, .name = is_loss ? c->loss->name : "of signs"};
    return (Call){.kind = VOCAB_loss, .row = row, .name = row->name, .range = range};
}

Node *positive_of(BuildCx *cx, const Call *call, Node *y, Node *p, const char *what)
{
    Builder *b = &cx->b;
    bool one = last_dim(p) == 1, classes = y->shape.rank < p->shape.rank || last_dim(y) == 1;
    RtNeedKind kind = one ? RT_NEED_SIGNS : classes ? RT_NEED_CLASSES : RT_NEED_VECTORS;
    y = targets_fit(cx, call, kind, y, p, what);
    if (!y)
        return NULL;
    if (kind == RT_NEED_CLASSES)
        y = one_hot_node(cx, g_cast(b, y, RT_i32), last_dim(p));
    return g_binary(b, OP_lt, g_const_like(b, y, 0), y);
}

Node *signs_of(BuildCx *cx, Range range, Node *y, Node *p)
{
    Row row;
    Call call = named_call(cx, &row, range);
    Node *positive = positive_of(cx, &call, y, p, "loss");
    return positive ? sign_of(&cx->b, positive, cx->request->compute) : NULL;
}
