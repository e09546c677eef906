/* The diagram of a model: what stands in its boxes, as they are asked for; each request for memory fails once.
 * wraps: malloc calloc realloc aligned_alloc */
#include "runtime/train/network.h"

#include "runtime/abi/dtype.h"
#include "tests/unit/check.h"
#include "tests/unit/failing_memory.h"

static int64_t two[] = {-1, 2}, four[] = {-1, 4};

/* a; inner { f; x }; inner again; c */
static ImgLayerRow rows[] = {
    {.name = "a", .type = "Dense", .activation = "relu", .params = 1234},
    {.name = "inner", .type = "Sequential", .activation = "", .params = 10, .trainable = 1},
    {.name = "f", .type = "Dense", .activation = "linear", .params = 4, .depth = 1},
    {.name = "x", .type = "Dropout", .activation = "", .depth = 1},
    {.name = "inner", .type = "Sequential", .activation = "", .params = 10, .trainable = 1},
    {.name = "f", .type = "Dense", .activation = "linear", .params = 4, .depth = 1},
    {.name = "x", .type = "Dropout", .activation = "", .depth = 1},
    {.name = "c", .type = "Flatten", .activation = ""},
};
enum { N_ROWS = sizeof rows / sizeof *rows };

/* Of each box "depth+inside name=value, ...;", then the arrows. */
static void describe(const RtDiagram *d, char *text)
{
    for (uint32_t i = 0; i < d->n_boxes; i++) {
        const RtDiagramBox *b = &d->boxes[i];
        text += sprintf(text, "%u+%u", b->depth, b->inside);
        for (uint32_t k = 0; k < b->n_lines; k++)
            text += sprintf(text, " %s=%s", b->lines[k], b->values[k]);
        text += sprintf(text, ";");
    }
    for (uint32_t i = 0; i < d->n_edges; i++)
        text += sprintf(text, " %u>%u", d->edges[i].from, d->edges[i].to);
}

static void test(const ImgInstance *m, RtNetworkShow show, const char *wanted)
{
    RtNetwork net;
    RtError error;
    char text[2000] = "";
    CHECK(rt_network(&net, m, &show, &error) == RT_OK);
    CHECK_STR(net.diagram.title, "Net");
    describe(&net.diagram, text);
    CHECK_STR(text, wanted);
    rt_network_close(&net);
}

static void test_memory(const ImgInstance *m)
{
    RtNetworkShow show = {.names = true, .expand_nested = true};
    RtStatus status = RT_ERROR;
    bool first = true;
    for (long n = 0; status != RT_OK; n++, first = false) {
        RtNetwork net;
        RtError error = {{0}, {0}};
        before_failure = n;
        status = rt_network(&net, m, &show, &error);
        before_failure = -1;
        CHECK((status == RT_OK) == !*error.text);
        if (first)
            CHECK_STR(error.text, "not enough memory for the picture of 'net'");
        rt_network_close(&net);
    }
}

int main(void)
{
    ImgInstance m = {.name = "net", .title = "Net"}, none = m;
    for (uint32_t i = 0; i < N_ROWS; i++) {
        rows[i].first = i < 4 || i == 7 ? i : i - 3;
        rows[i].dtype = RT_f32;
        rows[i].input = (Img_LIST_I64){2, two};
        rows[i].dims = (Img_LIST_I64){2, four};
    }
    m.layers.n = N_ROWS;
    m.layers.at = rows;
    test(&none, (RtNetworkShow){.names = true}, "");
    test(&m, (RtNetworkShow){.names = false},
         "0+0 Dense=;0+0 Sequential=;0+0 Flatten=; 0>1 1>1 1>2");
    test(&m, (RtNetworkShow){.names = true, .expand_nested = true},
         "0+0 a=Dense;0+2 inner=Sequential;1+0 f=Dense;1+0 x=Dropout;0+0 c=Flatten; 0>2 2>3 3>2 "
         "3>4");
    m.layers.n = 2;
    test(
        &m,
        (RtNetworkShow){.names = true,
                        .shapes = true,
                        .dtype = true,
                        .params = true,
                        .activations = true,
                        .trainable = true},
        "0+0 a=Dense Input shape=(None, 2) Output shape=(None, 4) Output dtype=f32 Activation=relu "
        "Params=1,234 Trainable=no;0+0 inner=Sequential Input shape=(None, 2) Output shape=(None, "
        "4) "
        "Output dtype=f32 Params=10 Trainable=yes; 0>1");
    m.layers.n = N_ROWS;
    test_memory(&m);
    return check_done();
}
