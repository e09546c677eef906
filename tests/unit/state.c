/* States in their storages: copied out and in, as doubles, hashed, all as element by element. */
#include "runtime/train/state.h"

#include <math.h>

#include "runtime/abi/storage.h"
#include "tests/unit/check.h"

enum { PAD = 0x5a, MOST = 1 << 14 };

typedef struct Case {
    ImgState state;
    Storage storage;
    unsigned char block[MOST], logical[MOST];
} Case;

static uint32_t next(uint32_t *state)
{
    *state = *state * 1664525 + 1013904223;
    return *state >> 16;
}

/* A matrix in random strips, the last one possibly too wide. */
static void open_case(Case *c, RtDtype dtype, uint32_t *random, int64_t dims[2])
{
    Storage *st = &c->storage;
    memset(c, 0, sizeof *c);
    st->kind = next(random) % 4 ? STORAGE_strip_packed : STORAGE_row_major;
    st->rows = 1 + next(random) % 9;
    st->vector = 1 << next(random) % 3;
    st->wide = 1 + (int32_t)next(random) % 3;
    st->n_wide = (int32_t)next(random) % 4;
    st->narrow = 1 + (int32_t)next(random) % 2;
    st->n_narrow = (int32_t)next(random) % 3 + (st->n_wide == 0);
    int64_t width =
        ((int64_t)st->n_wide * st->wide + (int64_t)st->n_narrow * st->narrow) * st->vector;
    st->cols = width - next(random) % st->vector;
    dims[0] = st->rows;
    dims[1] = st->cols;
    c->state = (ImgState){.name = "w",
                          .dtype = dtype,
                          .dims = {2, dims},
                          .offset = 64,
                          .storage = st->kind,
                          .rows = st->rows,
                          .cols = st->cols,
                          .vector = (uint32_t)st->vector,
                          .wide = (uint32_t)st->wide,
                          .n_wide = (uint32_t)st->n_wide,
                          .narrow = (uint32_t)st->narrow,
                          .n_narrow = (uint32_t)st->n_narrow};
    for (size_t i = 0; i < MOST; i++)
        c->logical[i] = (unsigned char)next(random);
    memset(c->block, PAD, MOST);
}

static unsigned char *place(Case *c, int64_t i)
{
    size_t size = rt_dtype((RtDtype)c->state.dtype)->size;
    if (c->storage.kind == STORAGE_strip_packed)
        i = rt_storage_index(&c->storage, i / c->storage.cols, i % c->storage.cols);
    return c->block + c->state.offset + (size_t)i * size;
}

static void check_copies(Case *c)
{
    static unsigned char back[MOST];
    size_t size = rt_dtype((RtDtype)c->state.dtype)->size, wrong = 0, touched = 0;
    int64_t n = rt_state_count(&c->state);
    rt_state_set(&c->state, c->block, c->logical);
    for (int64_t i = 0; i < n; i++)
        wrong += memcmp(place(c, i), c->logical + (size_t)i * size, size) != 0;
    CHECK_EQ_INT(wrong, 0);
    for (int64_t i = 0; i < n; i++)
        memset(place(c, i), PAD, size);
    for (size_t i = 0; i < MOST; i++)
        touched += c->block[i] != PAD;
    CHECK_EQ_INT(touched, 0);
    rt_state_set(&c->state, c->block, c->logical);
    memset(back, PAD, MOST);
    rt_state_get(&c->state, c->block, back);
    CHECK(!memcmp(back, c->logical, (size_t)n * size) && back[(size_t)n * size] == PAD);
}

static void check_doubles(Case *c)
{
    static double values[MOST], back[MOST];
    RtDtype dtype = (RtDtype)c->state.dtype;
    int64_t n = rt_state_count(&c->state), wrong = 0;
    for (int64_t i = 0; i < n; i++)
        values[i] = (double)(i % 100) + 0.1;
    rt_state_set_f64(&c->state, c->block, values);
    rt_state_get_f64(&c->state, c->block, back);
    for (int64_t i = 0; i < n; i++) {
        double element = rt_element_get(dtype, place(c, i));
        double expected = dtype == RT_f32   ? (double)(float)values[i]
                          : dtype == RT_f64 ? values[i]
                                            : floor(values[i]);
        wrong += element != expected || back[i] != expected;
    }
    CHECK_EQ_INT(wrong, 0);
}

/* The hash knows no storage, and one NaN only. */
static void check_hash(Case *c)
{
    static Case plain;
    RtError error;
    ImgInstance packed = {.states = {1, &c->state}}, rows = {.states = {1, &plain.state}};
    plain = *c;
    plain.state.storage = STORAGE_row_major;
    c->state.role = plain.state.role = ROLE_weight;
    rt_state_set(&c->state, c->block, c->logical);
    rt_state_set(&plain.state, plain.block, c->logical);
    uint64_t hash = rt_block_hash(&packed, c->block, false, &error);
    CHECK(hash == rt_block_hash(&rows, plain.block, false, &error));
    rt_element_set((RtDtype)c->state.dtype, place(c, 0), NAN);
    CHECK(hash != rt_block_hash(&packed, c->block, false, &error));
    hash = rt_block_hash(&packed, c->block, false, &error);
    if (rt_dtype((RtDtype)c->state.dtype)->is_float) {
        rt_element_set((RtDtype)c->state.dtype, place(c, 0), -NAN);
        CHECK(hash == rt_block_hash(&packed, c->block, false, &error));
    }
}

static void check_start(Case *c)
{
    ImgStart start = {.state = 0, .value = 3};
    ImgCommand compile = {.starts = {1, &start}};
    ImgInstance m = {.states = {1, &c->state}};
    int64_t wrong = 0;
    c->state.role = ROLE_weight;
    memset(c->block, PAD, MOST);
    rt_slots_start(&m, c->block, &compile);
    for (int64_t i = 0, n = rt_state_count(&c->state); i < n; i++)
        wrong += rt_element_get((RtDtype)c->state.dtype, place(c, i)) != 3;
    CHECK_EQ_INT(wrong, 0);
}

int main(void)
{
    static const RtDtype dtypes[] = {RT_f32, RT_f64, RT_i64, RT_u8};
    static Case c;
    uint32_t random = 1;
    int64_t dims[2];
    for (int i = 0; i < 400; i++) {
        open_case(&c, dtypes[i % 4], &random, dims);
        check_copies(&c);
        check_doubles(&c);
        check_hash(&c);
        check_start(&c);
    }
    return check_done();
}
