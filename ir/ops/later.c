/* later.c: rows that a later version fills. */
#include "ir/graph/rules.h"

bool shape_later(ShapeCx *cx, Op op, uint32_t n_in, Node *const *in, const Attr *attr, Shape *shape,
                 RtDtype *dtype)
{
    (void)n_in;
    (void)in;
    (void)attr;
    (void)shape;
    (void)dtype;
    return shape_error(cx, "'%s' is not built yet", op_info(op)->name);
}
