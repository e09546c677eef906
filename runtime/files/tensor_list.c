/* tensor_list.c: a list that grows by doubling. */
#include "runtime/files/tensor_list.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void *rt_tensor_list_add(RtTensorList *list, const char *prefix, const char *name, RtDtype dtype,
                         uint32_t rank, const int64_t *dims, size_t bytes)
{
    if (list->n == list->room) {
        uint32_t room = list->room ? 2 * list->room : 16;
        RtTensor *more = realloc(list->tensors, room * sizeof *more);
        if (!more)
            return NULL;
        list->tensors = more;
        list->room = room;
    }
    size_t size = strlen(prefix) + strlen(name) + 1;
    char *copy = malloc(size);
    void *data = malloc(bytes + 1);
    if (!copy || !data) {
        free(copy);
        free(data);
        return NULL;
    }
    snprintf(copy, size, "%s%s", prefix, name);
    RtTensor *t = &list->tensors[list->n++];
    *t = (RtTensor){.name = copy, .dtype = dtype, .rank = rank, .data = data};
    for (uint32_t d = 0; d < rank; d++)
        t->dims[d] = dims[d];
    return data;
}

void rt_tensor_list_free(RtTensorList *list)
{
    for (uint32_t i = 0; i < list->n; i++) {
        free((void *)(uintptr_t)list->tensors[i].data);
        free((void *)(uintptr_t)list->tensors[i].name);
    }
    free(list->tensors);
    *list = (RtTensorList){NULL, 0, 0};
}
