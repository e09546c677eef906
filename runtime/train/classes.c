/* classes.c: classes are the same by name; each data set numbers them by itself. */
#include "runtime/train/classes.h"

#include <stdlib.h>
#include <string.h>

#include "runtime/data/probe.h"

/* Do the part's class numbers mean the same classes to the model? */
static bool same_classes(const RtModel *m, const RtPart *part)
{
    const RtNames *own = &m->class_names, *names = part->classes;
    bool same = !names || names->n <= own->n;
    for (uint32_t i = 0; names && own->n && same && i < names->n; i++)
        same = !strcmp(own->at[i], names->at[i]);
    return same || !own->n || !names->n;
}

static RtStatus fail_class(RtRun *run, const RtModel *m, const RtPart *part, int64_t stored,
                           uint32_t label)
{
    char place[300], list[360];
    return rt_fail(&run->error, "%s: '%s' was not trained with the class '%.60s'; it knows %s",
                   rt_reading_place(part->from, stored, true, place, sizeof place), m->image->name,
                   label < part->classes->n ? part->classes->at[label] : "?",
                   rt_names_text(&m->class_names, list, sizeof list));
}

/* The model's number of each of the part's classes; -1: it knows none of this name. */
static int64_t *numbers_of(const RtModel *m, const RtNames *classes)
{
    int64_t *numbers = malloc(classes->n * sizeof *numbers);
    RtNamePlace *room = NULL;
    RtNameIndex own;
    RtError unused;
    if (!numbers || rt_names_index(&m->class_names, &room, &own, &unused) != RT_OK) {
        free(numbers);
        return NULL;
    }
    for (uint32_t i = 0; i < classes->n; i++)
        numbers[i] = rt_name_index_find(&own, classes->at[i]);
    free(room);
    return numbers;
}

/* All rows of the store, those of other parts, too. */
static RtStatus convert(RtRun *run, const RtModel *m, const RtPart *part, RtConverted *kept)
{
    const RtArray *y = part->y;
    rt_array_close(kept->to);
    *kept = (RtConverted){y, NULL};
    int64_t *numbers = numbers_of(m, part->classes);
    RtStatus status =
        numbers ? rt_array_open(RT_i32, y->rank, y->dims, "targets", &kept->to, &run->error)
                : rt_fail(&run->error, "not enough memory for the classes of '%s'", m->image->name);
    for (int64_t r = 0; status == RT_OK && r < y->dims[0]; r++) {
        uint32_t label = (uint32_t)((const int32_t *)y->data)[r];
        ((int32_t *)kept->to->data)[r] = label < part->classes->n ? (int32_t)numbers[label] : -1;
    }
    free(numbers);
    return status;
}

RtStatus rt_classes_renumber(RtRun *run, const RtModel *m, const RtPart *part, RtConverted *kept,
                             const RtArray **out)
{
    *out = part->y;
    if (part->y->dtype != RT_i32 || rt_array_row(part->y) != 1 || same_classes(m, part))
        return RT_OK;
    RtStatus status = kept->from == part->y ? RT_OK : convert(run, m, part, kept);
    *out = kept->to;
    for (int64_t r = 0; r < part->rows && status == RT_OK; r++) {
        uint32_t stored = part->index[r];
        if (((const int32_t *)kept->to->data)[stored] < 0)
            status = fail_class(run, m, part, stored, ((const uint32_t *)part->y->data)[stored]);
    }
    return status;
}
