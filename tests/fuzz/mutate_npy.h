/* mutate_npy.h: a .npy file changed in its parts: version, element type, order, sizes, the form of the dictionary, the
 * data, which often fits again. */
#ifndef NNLC_TESTS_FUZZ_MUTATE_NPY_H
#define NNLC_TESTS_FUZZ_MUTATE_NPY_H

#include "tests/fuzz/mutate.h"

enum { MUTATE_NPY_DIMS = 10, MUTATE_NPY_DATA = 1 << 14 };

typedef struct MutateNpy {
    uint8_t version;
    bool is_fortran;
    char order; /* of the bytes */
    uint32_t type, n_dims;
    uint64_t dims[MUTATE_NPY_DIMS];
    const uint8_t *data;
    size_t n_data;
} MutateNpy;

static const struct {
    const char *name;
    uint64_t size;
} mutate_npy_types[] = {{"f4", 4}, {"f8", 8}, {"f2", 2}, {"i8", 8}, {"i4", 4}, {"i2", 2}, {"i1", 1},
                        {"u4", 4}, {"u2", 2}, {"u1", 1}, {"b1", 1}, {"O", 8},  {"U3", 12}};
enum { MUTATE_NPY_TYPES = sizeof mutate_npy_types / sizeof *mutate_npy_types };

/* Of what it is not, it stays as it is. */
static inline void mutate_npy_read(MutateNpy *n, const uint8_t *bytes, size_t size)
{
    size_t front = size > 6 && bytes[6] > 1 ? 12 : 10;
    *n = (MutateNpy){.version = 1, .order = '<', .n_dims = 1};
    if (size < front)
        return;
    size_t length = bytes[8] | (size_t)bytes[9] << 8;
    length = length < size - front ? length : size - front;
    char *text = mutate_copy(bytes + front, length);
    const char *at = strstr(text, "'shape'");
    n->version = bytes[6];
    n->is_fortran = strstr(text, "True") != NULL;
    n->order = strchr(text, '>') ? '>' : '<';
    for (uint32_t i = 0; i < MUTATE_NPY_TYPES; i++)
        if (strstr(text, mutate_npy_types[i].name)) {
            n->type = i;
            break;
        }
    n->n_dims = 0;
    for (at = at ? strchr(at, '(') : NULL;
         at && *at && *at != ')' && n->n_dims < MUTATE_NPY_DIMS;) {
        char *end;
        uint64_t number = strtoull(at, &end, 10);
        if (end > at)
            n->dims[n->n_dims++] = number;
        at = end > at ? end : at + 1;
    }
    n->data = bytes + front + length;
    n->n_data = size - front - length;
    free(text);
}

static inline void mutate_npy_change(Mutation *m, MutateNpy *n)
{
    uint32_t dim = n->n_dims ? mutate_pick(m, n->n_dims) : 0;
    switch (mutate_pick(m, 6)) {
    case 0:
        n->dims[dim] = mutate_number(m, n->dims[dim]);
        break;
    case 1:
        n->type = mutate_pick(m, MUTATE_NPY_TYPES);
        break;
    case 2:
        n->order = "<>|="[mutate_pick(m, 4)];
        break;
    case 3:
        n->is_fortran = !n->is_fortran;
        break;
    case 4:
        n->n_dims = mutate_pick(m, MUTATE_NPY_DIMS + 1);
        break;
    default: /* of the format */
        n->version = (uint8_t)mutate_pick(m, 5);
    }
}

static inline void mutate_npy_head(Mutation *m, const MutateNpy *n)
{
    uint32_t form = mutate_pick(m, 8), first = form == 1 ? mutate_pick(m, 3) : 0;
    const char *mark = form == 2 ? "u" : "", *quote = form == 3 ? "\"" : "'";
    mutate_print(m, "{");
    for (uint32_t i = 0; i < 3; i++) {
        uint32_t field = (first + i) % 3;
        if (field == 0)
            mutate_print(m, "%s%sdescr%s: %s%s%c%s%s", mark, quote, quote, mark, quote, n->order,
                         mutate_npy_types[n->type].name, quote);
        else if (field == 1)
            mutate_print(m, "%sfortran_order%s: %s", quote, quote,
                         n->is_fortran ? "True" : "False");
        else
            mutate_print(m, "%sshape%s: (", quote, quote);
        for (uint32_t k = 0; k < n->n_dims && field == 2; k++)
            mutate_print(m, "%llu%s%s", (unsigned long long)n->dims[k], form == 4 ? "L" : "",
                         k + 1 < n->n_dims             ? ", "
                         : n->n_dims == 1 && form != 5 ? ","
                                                       : "");
        mutate_print(m, "%s%s", field == 2 ? ")" : "", i < 2 || form != 6 ? ", " : "");
    }
    mutate_print(m, "}");
    for (uint32_t i = mutate_pick(m, 64); i; i--)
        mutate_print(m, " ");
    mutate_print(m, "\n");
}

/* Bytes of the elements; more than can be: as many as there were. */
static inline size_t mutate_npy_size(const MutateNpy *n)
{
    uint64_t bytes = mutate_npy_types[n->type].size;
    for (uint32_t k = 0; k < n->n_dims && bytes <= MUTATE_NPY_DATA; k++)
        bytes = n->dims[k] > MUTATE_NPY_DATA ? UINT64_MAX : bytes * n->dims[k];
    return bytes <= MUTATE_NPY_DATA ? (size_t)bytes : n->n_data;
}

/* Adds a changed file to what is made. */
static inline void mutate_put_npy(Mutation *m, const uint8_t *bytes, size_t size)
{
    MutateNpy n;
    Mutation head = mutate_open(mutate_random(m), m->most);
    mutate_npy_read(&n, bytes, size);
    for (uint32_t k = mutate_pick(m, 3); k; k--)
        mutate_npy_change(m, &n);
    mutate_npy_head(&head, &n);
    if (mutate_once_in(m, 12)) /* any change of the text, whose length is right */
        head.n = LLVMFuzzerMutate(head.bytes, head.n, head.most);
    mutate_put(m, "\x93NUMPY", 6);
    mutate_put_number(m, n.version, 2);
    mutate_put_number(m, mutate_once_in(m, 16) ? mutate_number(m, head.n) : head.n,
                      n.version > 1 ? 4 : 2);
    mutate_put(m, head.bytes, head.n);
    mutate_put_padded(m, n.data, n.n_data, mutate_once_in(m, 12) ? n.n_data : mutate_npy_size(&n));
    m->full = m->full || head.full;
    free(head.bytes);
}

static inline size_t mutate_npy(uint8_t *bytes, size_t size, size_t most, unsigned seed)
{
    Mutation m = mutate_open(seed, most);
    if (size > 6 && !memcmp(bytes, "\x93NUMPY", 6) && !mutate_once_in(&m, 4))
        mutate_put_npy(&m, bytes, size);
    return mutate_finish(&m, bytes, size, most);
}

#endif
