/* unused.c: the shapes of models that no command uses: a graph of each is built, and dropped. */
#include "driver/entries.h"

typedef struct Unused {
    Session *s;
    const Program *p;
    bool *inner, *seen,
        *failed; /* by Instance.serial: stands in another one; looked at; had errors */
    bool right;
} Unused;

static void mark_inner(const Unused *u, const Instance *m)
{
    for (size_t i = 0; i < m->layers.n; i++)
        if (m->layers.at[i].nested)
            u->inner[m->layers.at[i].nested->serial] = true;
}

/* It and all that stands in it. */
static void mark(bool *flags, const Instance *m)
{
    if (flags[m->serial])
        return;
    flags[m->serial] = true;
    for (size_t i = 0; i < m->layers.n; i++)
        if (m->layers.at[i].nested)
            mark(flags, m->layers.at[i].nested);
}

/* Then its own graph would say the same again. */
static bool holds_failed(const Unused *u, const Instance *m)
{
    for (size_t i = 0; i < m->layers.n; i++) {
        const Instance *inner = m->layers.at[i].nested;
        if (inner && (u->failed[inner->serial] || holds_failed(u, inner)))
            return true;
    }
    return false;
}

static void look_at(Unused *u, Instance *m)
{
    BuildResult dropped;
    mark(u->seen, m);
    if (holds_failed(u, m))
        return;
    BuildRequest request = {.program = u->p,
                            .instance = m,
                            .use = USE_predict,
                            .batch = 1,
                            .compute = RT_f32,
                            .nodes = arena_open()};
    if (!build_graph(u->s->arena, u->s->names, u->s->diags, &request, &dropped)) {
        mark(u->failed, m);
        u->right = false;
    }
    arena_close(request.nodes);
}

/* Without a declared input the shapes are known of the models inside, at most. */
static void look_inside(Unused *u, Instance *m)
{
    if (u->seen[m->serial])
        return;
    if (m->has_input) {
        look_at(u, m);
        return;
    }
    u->seen[m->serial] = true;
    for (size_t i = 0; i < m->layers.n; i++)
        if (m->layers.at[i].nested)
            look_inside(u, m->layers.at[i].nested);
}

bool unused_check(Session *s, const Program *p)
{
    size_t n = p->made.n + 1;
    Unused u = {.s = s,
                .p = p,
                .inner = ARENA_ARRAY(s->arena, bool, n),
                .seen = ARENA_ARRAY(s->arena, bool, n),
                .failed = ARENA_ARRAY(s->arena, bool, n),
                .right = true};
    for (size_t i = 0; i < p->instances.n; i++)
        mark(u.seen, p->instances.at[i]);
    for (size_t i = 0; i < p->made.n; i++)
        mark_inner(&u, p->made.at[i]);
    for (size_t i = 0; i < p->made.n; i++)
        if (!u.inner[i])
            look_inside(&u, p->made.at[i]);
    return u.right;
}
