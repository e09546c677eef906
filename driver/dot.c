/* dot.c: --emit=dot: networks as Graphviz's text: a table for each layer, clusters for nested models and, if there are
 * several, for models. */
#include "driver/dot.h"

#include <string.h>

#include "runtime/train/network.h"
#include "support/bug.h"

enum { MOST_INDENT = 16 };

typedef struct Dot {
    StrBuf *out;
    const RtDiagram *d;
    uint32_t first;  /* the number of its first node in the text */
    uint32_t indent; /* in steps of two blanks */
} Dot;

static void begin_line(const Dot *dot)
{
    uint32_t n = dot->indent < MOST_INDENT ? dot->indent : MOST_INDENT;
    for (uint32_t i = 0; i < n; i++)
        strbuf_add(dot->out, "  ");
}

/* Labels are a kind of HTML: no character of a name has a meaning there. */
static void add_text(StrBuf *out, const char *text)
{
    for (; *text; text++)
        if (*text == '&')
            strbuf_add(out, "&amp;");
        else if (*text == '<')
            strbuf_add(out, "&lt;");
        else if (*text == '>')
            strbuf_add(out, "&gt;");
        else
            strbuf_char(out, (unsigned char)*text < ' ' ? ' ' : *text);
}

static void add_head(StrBuf *out, const RtDiagramBox *box)
{
    strbuf_add(out, "<b>");
    add_text(out, box->lines[0]);
    strbuf_add(out, "</b> (");
    add_text(out, box->values[0]);
    strbuf_add(out, ")");
}

static void add_cell(StrBuf *out, const RtDiagramBox *box, uint32_t line)
{
    strbuf_add(out, "<td align=\"left\">");
    add_text(out, box->lines[line]);
    strbuf_add(out, ": <b>");
    add_text(out, box->values[line]);
    strbuf_add(out, "</b></td>");
}

/* Two facts in a row, the second column going on where the first one ends. */
static void add_node(const Dot *dot, uint32_t i)
{
    const RtDiagramBox *box = &dot->d->boxes[i];
    uint32_t rows = box->n_lines / 2;
    begin_line(dot);
    strbuf_printf(
        dot->out,
        "n%u [label=<<table border=\"0\" cellborder=\"1\" cellspacing=\"0\" "
        "cellpadding=\"6\"><tr><td bgcolor=\"black\" colspan=\"2\"><font color=\"white\">",
        dot->first + i);
    add_head(dot->out, box);
    strbuf_add(dot->out, "</font></td></tr>");
    for (uint32_t r = 1; r <= rows; r++) {
        strbuf_add(dot->out, "<tr>");
        add_cell(dot->out, box, r);
        if (r + rows < box->n_lines)
            add_cell(dot->out, box, r + rows);
        else
            strbuf_add(dot->out, "<td></td>");
        strbuf_add(dot->out, "</tr>");
    }
    strbuf_add(dot->out, "</table>>];\n");
}

static void begin_cluster(Dot *dot, uint32_t id)
{
    begin_line(dot);
    strbuf_printf(dot->out, "subgraph cluster_%u {\n", id);
    dot->indent++;
    begin_line(dot);
    strbuf_add(dot->out, "style=dashed; labeljust=l; label=<");
}

static void end_cluster(Dot *dot)
{
    dot->indent--;
    begin_line(dot);
    strbuf_add(dot->out, "}\n");
}

/* A box or, around the boxes in it, a cluster; returns what is behind it. */
static uint32_t add_box(Dot *dot, uint32_t i)
{
    const RtDiagramBox *box = &dot->d->boxes[i];
    uint32_t end = i + 1 + box->inside;
    if (!box->inside) {
        add_node(dot, i);
        return end;
    }
    begin_cluster(dot, dot->first + i);
    add_head(dot->out, box);
    strbuf_add(dot->out, ">;\n");
    while (++i < end)
        i = add_box(dot, i) - 1;
    end_cluster(dot);
    return end;
}

static void add_diagram(Dot *dot)
{
    for (uint32_t i = 0; i < dot->d->n_boxes;)
        i = add_box(dot, i);
    for (uint32_t e = 0; e < dot->d->n_edges; e++) {
        begin_line(dot);
        strbuf_printf(dot->out, "n%u -> n%u;\n", dot->first + dot->d->edges[e].from,
                      dot->first + dot->d->edges[e].to);
    }
}

/* Returns the first number that the next model may use. */
static uint32_t add_model(StrBuf *out, const ImgInstance *m, uint32_t first, bool alone)
{
    static const RtNetworkShow all = {.names = true,
                                      .shapes = true,
                                      .dtype = true,
                                      .params = true,
                                      .activations = true,
                                      .expand_nested = true};
    RtNetwork net;
    RtError error;
    if (rt_network(&net, m, &all, &error) != RT_OK)
        nnl_no_memory(0);
    Dot dot = {out, &net.diagram, first + 1, 1};
    if (!alone) {
        begin_cluster(&dot, first);
        add_text(out, m->name);
        strbuf_add(out, ">;\n");
    }
    add_diagram(&dot);
    if (!alone)
        end_cluster(&dot);
    first = dot.first + net.diagram.n_boxes;
    rt_network_close(&net);
    return first;
}

void dot_print(StrBuf *out, const ImgProgram *p)
{
    uint32_t first = 0;
    strbuf_add(out, "digraph network {\n"
                    "  rankdir=TB;\n"
                    "  node [shape=plain, fontname=\"Helvetica\", fontsize=14];\n"
                    "  graph [fontname=\"Helvetica\", fontsize=14];\n");
    for (uint32_t i = 0; i < p->instances.n; i++)
        first = add_model(out, &p->instances.at[i], first, p->instances.n == 1);
    strbuf_add(out, "}\n");
}
