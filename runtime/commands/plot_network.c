/* plot_network.c: the command plot of a model. */
#include "runtime/commands/commands.h"
#include "runtime/commands/picture.h"
#include "runtime/train/network.h"

static bool is_on(const ImgCommand *c, const char *setting)
{
    const ImgArg *a = rt_setting(c, setting);
    return a && a->i != 0;
}

RtStatus rt_plot_network(RtRun *run, const ImgCommand *c, const RtCaptions *t)
{
    const RtNetworkShow show = {.names = is_on(c, "show_layer_names"),
                                .shapes = is_on(c, "show_shapes"),
                                .dtype = is_on(c, "show_dtype"),
                                .params = is_on(c, "show_params"),
                                .activations = is_on(c, "show_layer_activations"),
                                .trainable = is_on(c, "show_trainable"),
                                .expand_nested = is_on(c, "expand_nested")};
    RtNetwork net;
    RtStatus status = rt_network(&net, &run->image->instances.at[c->instance], &show, &run->error);
    if (t->title)
        net.diagram.title = t->title;
    if (status == RT_OK)
        status =
            rt_picture_put(run, c, &(RtFigure){.kind = RT_FIGURE_diagram, .diagram = &net.diagram});
    rt_network_close(&net);
    return status;
}
