/* EXACT passes keep every bit: random graphs computed plainly before and after each, alone and as the
 * pipeline of -O1. The text form keeps them, too. */
#include "tests/unit/graph_case.h"

enum { GRAPHS = 300 };

static Graph *copy_of(Case *c)
{
    Graph *copy = graph_like(c->g, c->g->arena);
    graph_take(copy, c->g);
    return copy;
}

static void check_same(Case *c, const InterpWorld *want, const Graph *after, const char *what)
{
    InterpWorld got = world_new(c);
    CHECK_STR(graph_verify(c->arena, after), NULL);
    interp_run(&got, after);
    if (!CHECK(compare(c, want, &got))) {
        fprintf(stderr, "seed %llu after %s\n", (unsigned long long)c->seed, what);
        if (getenv("SHOW_GRAPH"))
            show_graph(c);
    }
}

/* With a spare arena the graph changes places, and needs nothing of where it was. */
static void check_spare(Case *c, const InterpWorld *want)
{
    Arena *own = arena_open();
    PassCx passes = {.spare = arena_beside(own)};
    Graph *g = ARENA_NEW(c->arena, Graph);
    Node **map = ARENA_ARRAY(c->arena, Node *, c->g->nodes.n + 1);
    *g = *graph_like(c->g, own);
    for (size_t i = 0; i < c->g->nodes.n; i++) {
        const Node *n = c->g->nodes.at[i];
        Node **in = ARENA_ARRAY(c->arena, Node *, n->n_in + 1);
        for (uint32_t k = 0; k < n->n_in; k++)
            in[k] = map[n->in[k]->id];
        map[i] = graph_copy(g, n, in);
    }
    pass_pipeline(&passes, g, PIPELINE_exact);
    CHECK(g->arena != passes.spare && arena_used(passes.spare) == 0);
    check_same(c, want, g, "passes with a spare arena");
    arena_close(passes.spare);
    arena_close(g->arena);
}

static void check_text(Case *c, const InterpWorld *want)
{
    StrBuf first = {0}, second = {0};
    SourceMap *sources = source_map_new(c->arena);
    Diags *diags = diag_new(c->arena, sources);
    size_t n = 0;
    graph_print(&first, c->g);
    const Source *source = source_add(sources, "case.nnir", first.text, strlen(first.text));
    Graph **graphs = graph_parse(c->arena, c->g->names, diags, source, &n);
    diag_flush(diags, stderr, DIAG_TEXT, DIAG_COLOR_OFF);
    if (CHECK(graphs && n == 1)) {
        graph_print(&second, graphs[0]);
        CHECK_STR(second.text, first.text);
        check_same(c, want, graphs[0], "text");
    }
    strbuf_close(&first);
    strbuf_close(&second);
}

static void check_seed(uint64_t seed, bool *changed)
{
    Case c = case_open(seed);
    InterpWorld want = world_new(&c);
    PassCx passes = {.n_tracked = 0};
    interp_run(&want, c.g);
    for (PassId pass = 0; pass < N_PASSES; pass++)
        if (pass_is_exact(pass)) {
            Graph *after = copy_of(&c);
            changed[pass] |= pass_run(&passes, after, pass);
            check_same(&c, &want, after, pass_name(pass));
        }
    Graph *after = copy_of(&c);
    pass_pipeline(&passes, after, PIPELINE_exact);
    check_same(&c, &want, after, "all EXACT passes");
    check_spare(&c, &want);
    check_text(&c, &want);
    arena_close(c.arena);
}

int main(int argc, char **argv)
{
    uint64_t first = argc > 1 ? strtoull(argv[1], NULL, 10) : 1;
    uint64_t count = argc > 2 ? strtoull(argv[2], NULL, 10) : GRAPHS;
    bool changed[N_PASSES] = {false};
    for (uint64_t seed = first; seed < first + count; seed++)
        check_seed(seed, changed);
    for (PassId pass = 0; pass < N_PASSES; pass++)
        if (!CHECK(changed[pass] == pass_is_exact(pass)))
            fprintf(stderr, "%s never had anything to do\n", pass_name(pass));
    return check_done();
}
