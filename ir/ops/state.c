/* state.c: read, write, output. */
#include "ir/graph/rules.h"

bool shape_state(ShapeCx *cx, Op op, uint32_t n_in, Node *const *in, const Attr *attr, Shape *shape,
                 RtDtype *dtype)
{
    const State *s = NULL;
    if (op == OP_output) {
        *shape = in[0]->shape;
        *dtype = in[0]->dtype;
        return true;
    }
    s = graph_state(cx->g, attr[0].text);
    if (!s)
        return shape_error(cx, "there is no state '@%s'", attr[0].text);
    *shape = s->shape;
    *dtype = s->dtype;
    if (op == OP_read)
        return true;
    if (in[0]->dtype != s->dtype || !shape_equal(&in[0]->shape, &s->shape))
        return shape_error(cx, "state '@%s' is %s, the value written to it is %s", s->name,
                           type_text(cx->g->arena, s->dtype, &s->shape), shape_of(cx, in[0]));
    if (n_in > 1 && (in[1]->dtype != RT_bool || in[1]->shape.rank))
        return shape_error(cx, "the guard of a write must be bool[], not %s", shape_of(cx, in[1]));
    return true;
}
