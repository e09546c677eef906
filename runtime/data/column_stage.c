/* column_stage.c: columns(...) as a transform of rows: a chain for each column, side by side. Its fitted values
 * are those of all of them, one after the other. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/data/chain.h"

/* ---- shape ---- */

static int32_t flag_of(const RtChain *chain)
{
    for (uint32_t i = 0; i < chain->n; i++)
        if (chain->at[i].id == RT_TRANSFORM_fill &&
            chain->at[i].call->args.at[RT_ARG_fill_indicator].i)
            return (int32_t)i;
    return -1;
}

static int64_t count_fitted(const RtChain *chain)
{
    int64_t n = 0;
    for (uint32_t i = 0; i < chain->n; i++)
        n += chain->at[i].n_fitted * rt_transform_row(chain->at[i].id)->n_fitted;
    return n;
}

RtStatus rt_shape_columns(RtStage *s, RtError *error)
{
    RtStatus status = RT_OK;
    const RtPlan *plan = s->plan;
    int64_t out = 0;
    if (!plan || !plan->n || s->n != plan->n)
        return rt_fail(error, "columns: the columns are not known");
    s->cells = calloc(plan->n, sizeof *s->cells);
    if (!s->cells)
        return rt_fail(error, "not enough memory for 'columns'");
    for (uint32_t i = 0; i < plan->n && status == RT_OK; i++) {
        RtCells *c = &s->cells[i];
        status = rt_chain_open_column(&plan->at[i], &c->chain, error);
        c->flag = flag_of(&c->chain);
        c->out = out;
        out += c->chain.n_out + (c->flag >= 0);
        s->n_fitted += count_fitted(&c->chain);
        s->widest = c->chain.most > s->widest ? c->chain.most : s->widest;
    }
    s->room = out + s->widest + s->n;
    s->out_rank = 1;
    s->out_dims[0] = out;
    return status;
}

void rt_cells_close(RtStage *columns)
{
    for (uint32_t i = 0; columns->cells && i < columns->plan->n; i++)
        rt_chain_close(&columns->cells[i].chain);
    free(columns->cells);
    columns->cells = NULL;
}

RtStatus rt_cells_open(const RtPlan *plan, RtStage *out, RtError *error)
{
    *out = (RtStage){.id = RT_TRANSFORM_columns, .plan = plan, .n = plan->n};
    return rt_shape_columns(out, error);
}

/* ---- values ---- */

/* From behind: a column's numbers lie nowhere before its cell. */
void rt_apply_columns(const RtStage *s, double *values)
{
    double *work = values + s->n_out, *cells = work + s->widest;
    memcpy(cells, values, (size_t)s->n * sizeof *values);
    for (uint32_t i = 0; i < s->plan->n; i++) {
        const RtCells *c = &s->cells[i];
        uint32_t first = c->flag >= 0 ? (uint32_t)c->flag : 0;
        double flag = 0;
        work[0] = cells[i];
        rt_chain_apply(&c->chain, first, work);
        if (c->flag >= 0)
            flag = isnan(work[0]);
        rt_chain_apply_from(&c->chain, first, c->chain.n, work);
        memcpy(values + c->out, work, (size_t)c->chain.n_out * sizeof *work);
        if (c->flag >= 0)
            values[c->out + c->chain.n_out] = flag;
    }
}

/* ---- fitted values ---- */

bool rt_cells_visit(const RtStage *columns, RtCellsVisit *visit, void *cx)
{
    int64_t at = 0;
    for (uint32_t i = 0; i < columns->plan->n; i++)
        for (uint32_t k = 0; k < columns->cells[i].chain.n; k++) {
            const RtStage *s = &columns->cells[i].chain.at[k];
            for (uint32_t v = 0; s->n_fitted && v < rt_transform_row(s->id)->n_fitted; v++) {
                if (!visit(cx, i, s, v, at, s->n_fitted))
                    return false;
                at += s->n_fitted;
            }
        }
    return true;
}

static bool take(void *cx, uint32_t c, const RtStage *s, uint32_t k, int64_t at, int64_t n)
{
    RtStage *columns = cx;
    (void)c;
    memcpy(s->fitted[k], columns->fitted[0] + at, (size_t)n * sizeof(double));
    return true;
}

static bool give(void *cx, uint32_t c, const RtStage *s, uint32_t k, int64_t at, int64_t n)
{
    RtStage *columns = cx;
    (void)c;
    memcpy(columns->fitted[0] + at, s->fitted[k], (size_t)n * sizeof(double));
    return true;
}

void rt_ready_columns(RtStage *s)
{
    (void)rt_cells_visit(s, take, s);
    for (uint32_t i = 0; i < s->plan->n; i++)
        rt_chain_ready(&s->cells[i].chain);
}

/* The rows of one column. */
typedef struct OneColumn {
    const RtRows *rows;
    uint32_t column;
} OneColumn;

static void get_cell(const void *cx, int64_t row, double *values)
{
    const OneColumn *one = cx;
    values[0] = one->rows->cell(one->rows->cx, row, one->column);
}

static void place_cell(const void *cx, int64_t row, char *buf, size_t size)
{
    const OneColumn *one = cx;
    one->rows->place(one->rows->cx, row, buf, size);
}

RtStatus rt_cells_check(const RtStage *columns, const RtRows *rows, RtError *error)
{
    RtStatus status = RT_OK;
    for (uint32_t i = 0; i < columns->plan->n && status == RT_OK; i++) {
        OneColumn one = {rows, i};
        RtRows own = {&one, rows->n, get_cell, place_cell, NULL};
        status = rt_chain_check(&columns->cells[i].chain, &own, error);
    }
    return status;
}

RtStatus rt_fit_columns(RtStage *s, const RtFitting *f, RtError *error)
{
    RtStatus status = RT_OK;
    for (uint32_t i = 0; i < s->plan->n && status == RT_OK; i++) {
        OneColumn one = {f->rows, i};
        RtRows rows = {&one, f->rows->n, get_cell, place_cell, NULL};
        status = rt_chain_fit(&s->cells[i].chain, &rows, error);
    }
    if (status == RT_OK)
        (void)rt_cells_visit(s, give, s);
    return status;
}
