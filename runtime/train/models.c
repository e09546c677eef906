/* models.c: opens and closes the blocks of models. */
#include "runtime/train/models.h"

#include <stdlib.h>
#include <string.h>

#include "runtime/data/memory.h"
#include "runtime/train/state.h"

enum { BLOCK_ALIGN = 64 };

const RtModel *rt_run_state_owner(const RtRun *run, const RtModel *m, const ImgState **s)
{
    for (uint32_t i = 0; (*s)->shared && i < run->image->instances.n; i++) {
        const RtModel *other = &run->models[i];
        for (uint32_t k = 0; other->image->block == m->image->block && k < other->image->states.n;
             k++)
            if (other->image->states.at[k].offset == (*s)->offset &&
                !other->image->states.at[k].shared) {
                *s = &other->image->states.at[k];
                return other;
            }
    }
    return m;
}

void rt_model_restart(RtModel *m)
{
    m->step = 0;
    m->epochs_done = 0;
    m->sets_rate = false;
    m->averaged = false;
    m->rate = 0;
}

void rt_model_own_weights(RtModel *m)
{
    if (m->averaged && m->compile)
        rt_averages_back(m->image, m->block, m->compile);
    m->averaged = false;
}

RtStatus rt_model_name_classes(RtModel *m, RtError *error)
{
    RtStatus status = RT_OK;
    for (uint32_t k = 0; k < m->image->class_names.n && status == RT_OK; k++)
        status = rt_names_add(&m->class_names, m->image->class_names.at[k], error);
    return status;
}

static void *open_block(const ImgInstance *owner, RtError *error)
{
    size_t bytes = ((size_t)owner->block_bytes + 2 * BLOCK_ALIGN - 1) / BLOCK_ALIGN * BLOCK_ALIGN;
    bool fits = rt_memory_fits(bytes);
    void *block = fits ? aligned_alloc(BLOCK_ALIGN, bytes) : NULL;
    if (block)
        return memset(block, 0, bytes);
    (void)!rt_fail(error, "not enough memory for '%s': its weights and optimizer need %lld bytes",
                   owner->name, (long long)owner->block_bytes);
    if (!fits)
        rt_memory_help(error);
    return NULL;
}

static RtStatus start_block(RtRun *run, uint32_t i)
{
    RtModel *m = &run->models[i], *owner = &run->models[m->image->block];
    if (!owner->block)
        owner->block = open_block(m->image, &run->error);
    m->block = owner->block;
    return m->block
               ? rt_block_init(m->image, m->block, rt_run_seed(run, m), run->seeds, &run->error)
               : RT_ERROR;
}

RtStatus rt_run_open_model(RtRun *run, uint32_t i)
{
    RtModel *m = &run->models[i];
    m->image = &run->image->instances.at[i];
    m->signature = &run->signatures[m->image->signature];
    m->compile = NULL;
    return rt_model_name_classes(m, &run->error) == RT_OK ? start_block(run, i) : RT_ERROR;
}

RtStatus rt_run_open_models(RtRun *run)
{
    const ImgProgram *p = run->image;
    RtStatus status = RT_OK;
    for (uint32_t i = 0; i < p->instances.n && status == RT_OK; i++) {
        RtModel *m = &run->models[i];
        m->image = &p->instances.at[i];
        m->signature = &run->signatures[m->image->signature];
        status = p->instances.at[m->image->block].of_sweep ? rt_model_name_classes(m, &run->error)
                                                           : rt_run_open_model(run, i);
    }
    return status;
}

RtStatus rt_run_need_block(RtRun *run, uint32_t instance)
{
    uint32_t block = run->image->instances.at[instance].block;
    RtStatus status = RT_OK;
    if (run->models[block].block)
        return RT_OK;
    for (uint32_t i = 0; i < run->image->instances.n && status == RT_OK; i++)
        if (run->image->instances.at[i].block == block)
            status = start_block(run, i);
    return status;
}

void rt_run_drop_block(RtRun *run, uint32_t instance)
{
    uint32_t block = run->image->instances.at[instance].block;
    if (!run->image->instances.at[block].of_sweep)
        return;
    free(run->models[block].block);
    for (uint32_t i = 0; i < run->image->instances.n; i++)
        if (run->image->instances.at[i].block == block)
            run->models[i].block = NULL;
}

void rt_run_swap_blocks(RtRun *a, RtRun *b, uint32_t block)
{
    for (uint32_t i = 0; i < a->image->instances.n; i++)
        if (a->image->instances.at[i].block == block) {
            void *of_a = a->models[i].block;
            a->models[i].block = b->models[i].block;
            b->models[i].block = of_a;
        }
}

void rt_run_close_models(RtRun *run)
{
    for (uint32_t i = 0; run->models && i < run->image->instances.n; i++) {
        if (run->image->instances.at[i].block == i)
            free(run->models[i].block);
        rt_names_free(&run->models[i].class_names);
    }
    for (uint32_t i = 0; run->signatures && i < run->image->signatures.n; i++)
        rt_signature_free(&run->signatures[i]);
    free(run->models);
    free(run->signatures);
}
