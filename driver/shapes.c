/* shapes.c: elaboration's view of shapes: the graph of a prediction is built, and looked at. */
#include <string.h>

#include "driver/session.h"
#include "ir/layers/build.h"

static void keep(const Shape *s, uint32_t *rank, int64_t *dims)
{
    *rank = s->rank;
    for (uint32_t d = 0; d < s->rank; d++)
        dims[d] = s->dim[d].batch ? -1 : s->dim[d].n;
}

static bool look_into(Session *s, const BuildRequest *request, const char *state, Diags *diags,
                      uint32_t *rank, int64_t *dims)
{
    BuildResult built;
    if (!build_graph(s->arena, s->names, diags, request, &built))
        return false;
    const State *found = state ? graph_state(built.graph, intern(s->names, state)) : NULL;
    if (!state || found)
        keep(state ? &found->shape : &built.output_shape, rank, dims);
    return !state || found;
}

static bool look(void *cx, const Program *p, const Instance *m, const DataSet *data,
                 const char *state, Diags *diags, uint32_t *rank, int64_t *dims)
{
    Session *s = cx;
    BuildRequest request = {.program = p,
                            .instance = (Instance *)(uintptr_t)m,
                            .data = data,
                            .use = USE_predict,
                            .batch = 1,
                            .compute = RT_f32,
                            .nodes = arena_open()};
    Diags *to = diags ? diags : diag_new(s->arena, s->sources);
    bool known = look_into(s, &request, state, to, rank, dims);
    arena_close(request.nodes);
    return known;
}

ShapeProbe shapes_make(Session *s)
{
    return (ShapeProbe){look, s};
}
