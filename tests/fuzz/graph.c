/* Any text as graphs (.nnir): what is read back verifies, survives the EXACT passes, and is printed to
 * a text that reads back to the same; it computes the same before and after the passes, and gives kernels and
 * a plan. */
#include <string.h>

#include "tests/fuzz/compile_fuzz.h"
#include "tests/fuzz/fuzz.h"

static void check(FuzzText *t, Graph *g)
{
    StrBuf first = {0}, second = {0};
    size_t n = 0;
    if (graph_verify(t->arena, g))
        abort();
    graph_print(&first, g);
    const Source *again = source_add(t->sources, "again.nnir", first.text, strlen(first.text));
    Graph **graphs = graph_parse(t->arena, t->names, t->diags, again, &n);
    if (!graphs || n != 1)
        abort();
    graph_print(&second, graphs[0]);
    if (strcmp(first.text, second.text) != 0)
        abort();
    strbuf_close(&first);
    strbuf_close(&second);
    fuzz_interpret(t->arena, g);
    fuzz_compile(t->arena, g);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    FuzzText t = fuzz_text_open("fuzz.nnir", bytes, size);
    size_t n = 0;
    Graph **graphs = graph_parse(t.arena, t.names, t.diags, t.source, &n);
    for (size_t i = 0; graphs && i < n; i++)
        check(&t, graphs[i]);
    fuzz_text_close(&t);
    return 0;
}
