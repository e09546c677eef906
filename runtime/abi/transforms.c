/* transforms.c: transforms.def as an array. */
#include "runtime/abi/transforms.h"

#include <string.h>

const char *rt_fill_name(RtFill fill)
{
    static const char *const names[RT_N_FILLS] = {"", "", "mean", "median", "most_frequent"};
    return names[fill];
}

RtTransformId rt_transform_named(const char *name)
{
    static const char *const names[] = {
#define ROW(id, name, aliases, state, family, doc) name,
#include "runtime/abi/transforms.def"
    };
    int i = 0;
    while (i < RT_N_TRANSFORMS && strcmp(names[i], name) != 0)
        i++;
    return (RtTransformId)i;
}

const RtTransformRow *rt_transform_row(RtTransformId id)
{
    static const RtTransformRow plain[] = {
#define ROW(id, name, aliases, state, family, doc) {name, 0, {"", ""}},
#include "runtime/abi/transforms.def"
    };
    static const RtTransformRow fitted[RT_N_TRANSFORMS] = {
#define FIT(row, first, second)                                                                    \
    [RT_TRANSFORM_##row] = {#row, sizeof second > 1 ? 2 : 1, {first, second}},
#include "runtime/abi/transforms.def"
    };
    return fitted[id].name ? &fitted[id] : &plain[id];
}

const char *rt_transform_layer(RtTransformId id)
{
    static const char *const layers[RT_N_TRANSFORMS + 1] = {
#define LAYER(row, class) [RT_TRANSFORM_##row] = class,
#include "runtime/abi/transforms.def"
    };
    return layers[id] ? layers[id] : "";
}
