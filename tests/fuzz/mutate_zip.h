/* mutate_zip.h: an archive changed in its parts. Members are added, dropped, doubled, renamed, packed in another way
 * and changed inside, and their checksums are right again; then fields of its headers change: lengths, offsets,
 * methods, flags. */
#ifndef NNLC_TESTS_FUZZ_MUTATE_ZIP_H
#define NNLC_TESTS_FUZZ_MUTATE_ZIP_H

#include "runtime/data/crc32.h"
#include "runtime/data/zip.h"
#include "tests/fuzz/mutate_deflate.h"
#include "tests/fuzz/mutate_npy.h"

enum { MUTATE_MEMBERS = 16, MUTATE_MOST_MEMBER = 1 << 16 };

typedef struct MutateMember {
    char *name;
    uint8_t *bytes; /* unpacked */
    size_t n;
    bool is_deflated, is_wide; /* sizes and offset in 64 bits */
} MutateMember;

typedef struct MutateZip {
    Mutation *m;
    uint32_t n;
    MutateMember at[MUTATE_MEMBERS];
} MutateZip;

/* ---- members ---- */

static inline MutateMember mutate_member_copy(const MutateMember *from)
{
    MutateMember copy = *from;
    copy.name = mutate_copy(from->name, strlen(from->name));
    copy.bytes = mutate_copy(from->bytes, from->n);
    return copy;
}

static inline void mutate_member_free(const MutateMember *member)
{
    free(member->name);
    free(member->bytes);
}

/* False: the archive cannot be read. */
static inline bool mutate_zip_read(MutateZip *z, const uint8_t *bytes, size_t size)
{
    RtZip zip;
    RtError error;
    if (rt_zip_open(bytes, size, "mutated", &zip, &error) != RT_OK)
        return false;
    for (uint32_t i = 0; i < zip.n && z->n < MUTATE_MEMBERS - 1; i++) {
        const RtZipMember *member = &zip.at[i];
        const unsigned char *content = NULL;
        unsigned char *owned = NULL;
        if (member->size > MUTATE_MOST_MEMBER ||
            rt_zip_unpack(&zip, member, &content, &owned, &error) != RT_OK)
            continue;
        MutateMember from = {.name = member->name,
                             .bytes = (uint8_t *)(uintptr_t)content,
                             .n = (size_t)member->size,
                             .is_deflated = member->is_deflated};
        z->at[z->n++] = mutate_member_copy(&from);
        free(owned);
    }
    rt_zip_close(&zip);
    return z->n > 0;
}

static inline bool mutate_is_npy(const MutateMember *member)
{
    return member->n > 6 && !memcmp(member->bytes, "\x93NUMPY", 6);
}

static inline void mutate_content(Mutation *m, MutateMember *member)
{
    size_t most = member->n + MUTATE_SLACK;
    if (mutate_is_npy(member) && !mutate_once_in(m, 8)) {
        Mutation made = mutate_open(mutate_random(m), MUTATE_MOST_MEMBER);
        mutate_put_npy(&made, member->bytes, member->n);
        free(member->bytes);
        member->bytes = made.bytes;
        member->n = made.n;
        return;
    }
    uint8_t *bytes = mutate_memory(most);
    memcpy(bytes, member->bytes, member->n);
    free(member->bytes);
    member->bytes = bytes;
    member->n = LLVMFuzzerMutate(bytes, member->n, most);
}

static inline void mutate_rename(Mutation *m, MutateMember *member, const char *other)
{
    static const char *const names[] = {"x.npy",
                                        "y.npy",
                                        "x",
                                        "",
                                        ".npy",
                                        "../x.npy",
                                        "config.json",
                                        "metadata.json",
                                        "model.weights.h5",
                                        "a/b/",
                                        "\xff.npy"};
    uint32_t n = sizeof names / sizeof *names, picked = mutate_pick(m, n + 1);
    const char *name = picked == n ? other : names[picked];
    char *copy = mutate_copy(name, strlen(name));
    free(member->name);
    member->name = copy;
}

static inline void mutate_members(MutateZip *z)
{
    Mutation *m = z->m;
    uint32_t i = mutate_pick(m, z->n), k = mutate_pick(m, z->n);
    MutateMember *member = &z->at[i], one = *member;
    switch (mutate_pick(m, 10)) {
    case 0:
        mutate_rename(m, member, z->at[k].name);
        break;
    case 1:
        member->is_deflated = !member->is_deflated;
        break;
    case 2:
        member->is_wide = !member->is_wide;
        break;
    case 3: /* two of one name */
        if (z->n < MUTATE_MEMBERS)
            z->at[z->n++] = mutate_member_copy(member);
        break;
    case 4:
        if (z->n > 1) {
            mutate_member_free(member);
            *member = z->at[--z->n];
        }
        break;
    case 5:
        *member = z->at[k];
        z->at[k] = one;
        break;
    default: /* mostly what is inside */
        mutate_content(m, member);
    }
}

/* ---- the archive of them ---- */

/* Fields that the local header and the directory share. */
static inline void mutate_zip_facts(Mutation *m, const MutateMember *member, size_t n_packed)
{
    bool wide = member->is_wide;
    mutate_put_number(m, wide ? 45 : 20, 2);
    mutate_put_number(m, 0, 2);
    mutate_put_number(m, member->is_deflated ? 8 : 0, 2);
    mutate_put_number(m, 0x210000, 4); /* the date */
    mutate_put_number(m, rt_crc32(0, member->bytes, member->n), 4);
    mutate_put_number(m, wide ? 0xffffffff : n_packed, 4);
    mutate_put_number(m, wide ? 0xffffffff : member->n, 4);
    mutate_put_number(m, strlen(member->name), 2);
}

static inline void mutate_zip_wide(Mutation *m, const MutateMember *member, size_t n_packed)
{
    mutate_put_number(m, 1, 2);
    mutate_put_number(m, 24, 2);
    mutate_put_number(m, member->n, 8);
    mutate_put_number(m, n_packed, 8);
}

static inline void mutate_zip_member(Mutation *m, const MutateMember *member, Mutation *directory)
{
    size_t at = m->n, n_packed = member->n;
    uint8_t *packed = member->is_deflated
                          ? mutate_deflate(m, member->bytes, member->n, -MAX_WBITS, NULL, &n_packed)
                          : NULL;
    mutate_put(m, "PK\3\4", 4);
    mutate_zip_facts(m, member, n_packed);
    mutate_put_number(m, 0, 2);
    mutate_put(m, member->name, strlen(member->name));
    mutate_put(m, packed ? packed : member->bytes, n_packed);
    mutate_put(directory, "PK\1\2\x14\0", 6);
    mutate_zip_facts(directory, member, n_packed);
    mutate_put_number(directory, member->is_wide ? 28 : 0, 2);
    mutate_put_number(directory, 0, 8); /* comment, part, attributes */
    mutate_put_number(directory, 0, 2);
    mutate_put_number(directory, member->is_wide ? 0xffffffff : at, 4);
    mutate_put(directory, member->name, strlen(member->name));
    if (member->is_wide) {
        mutate_zip_wide(directory, member, n_packed);
        mutate_put_number(directory, at, 8);
    }
    free(packed);
}

static inline void mutate_zip_end(Mutation *m, uint32_t n, size_t at, size_t length)
{
    bool wide = mutate_once_in(m, 8);
    size_t end = m->n;
    if (wide) {
        mutate_put(m, "PK\6\6", 4);
        mutate_put_number(m, 44, 8);
        mutate_put_number(m, 45 | 45 << 16, 4);
        mutate_put_number(m, 0, 8);
        mutate_put_number(m, n, 8);
        mutate_put_number(m, n, 8);
        mutate_put_number(m, length, 8);
        mutate_put_number(m, at, 8);
        mutate_put(m, "PK\6\7\0\0\0\0", 8);
        mutate_put_number(m, end, 8);
        mutate_put_number(m, 1, 4);
    }
    mutate_put(m, "PK\5\6\0\0\0\0", 8);
    mutate_put_number(m, wide ? 0xffff : n, 2);
    mutate_put_number(m, wide ? 0xffff : n, 2);
    mutate_put_number(m, wide ? 0xffffffff : length, 4);
    mutate_put_number(m, wide ? 0xffffffff : at, 4);
    uint32_t comment = mutate_once_in(m, 8) ? mutate_pick(m, 30) : 0;
    mutate_put_number(m, comment, 2);
    mutate_put_padded(m, NULL, 0, comment);
}

static inline void mutate_zip_write(MutateZip *z, size_t most)
{
    Mutation *m = z->m, directory = mutate_open(mutate_random(m), most);
    for (uint32_t i = 0; i < z->n; i++)
        mutate_zip_member(m, &z->at[i], &directory);
    size_t at = m->n;
    mutate_put(m, directory.bytes, directory.n);
    mutate_zip_end(m, z->n, at, directory.n);
    m->full = m->full || directory.full;
    free(directory.bytes);
}

/* ---- fields ---- */

/* By the signature of the record: where its fields lie. */
static const struct {
    char signature[5];
    struct {
        uint8_t at, bytes;
    } fields[8];
} mutate_records[] = {
    {"PK\3\4", {{26, 2}, {28, 2}, {18, 4}, {22, 4}, {8, 2}, {6, 2}, {14, 4}, {0, 4}}},
    {"PK\1\2", {{20, 4}, {24, 4}, {42, 4}, {28, 2}, {30, 2}, {10, 2}, {32, 2}, {8, 2}}},
    {"PK\5\6", {{8, 2}, {10, 2}, {12, 4}, {16, 4}, {20, 2}, {12, 4}, {16, 4}, {0, 4}}},
    {"PK\6\6", {{24, 8}, {32, 8}, {40, 8}, {48, 8}, {4, 8}, {48, 8}, {40, 8}, {0, 4}}},
    {"PK\6\7", {{8, 8}, {8, 8}, {16, 4}, {4, 4}, {8, 8}, {8, 8}, {8, 8}, {0, 4}}},
};
enum { MUTATE_RECORDS = sizeof mutate_records / sizeof *mutate_records };

static inline const uint8_t *mutate_record(Mutation *m, const uint8_t *bytes, size_t size,
                                           uint32_t *kind)
{
    size_t from = size > 22 ? mutate_random(m) % (size - 22) : size;
    for (size_t i = from; i + 4 <= size; i++)
        for (*kind = 0; *kind < MUTATE_RECORDS; ++*kind)
            if (!memcmp(bytes + i, mutate_records[*kind].signature, 4))
                return bytes + i;
    return NULL;
}

/* A field of some record becomes another number: near what it was, an edge, or what another record has there. */
static inline void mutate_field(Mutation *m, uint8_t *bytes, size_t size)
{
    uint32_t kind, other;
    const uint8_t *record = mutate_record(m, bytes, size, &kind);
    const uint8_t *from = record ? mutate_record(m, bytes, size, &other) : NULL;
    if (!from)
        return;
    uint32_t field = mutate_pick(m, 8);
    size_t at = mutate_records[kind].fields[field].at, n = mutate_records[kind].fields[field].bytes;
    size_t begin = (size_t)(record - bytes) + at, source = (size_t)(from - bytes) + at;
    if (begin + n > size || source + n > size)
        return;
    if (other == kind && from != record && mutate_once_in(m, 2)) {
        memmove(bytes + begin, from + at, n);
        return;
    }
    uint64_t number = 0;
    for (size_t i = n; i-- > 0;)
        number = number << 8 | bytes[begin + i];
    number = mutate_once_in(m, 4) ? size : mutate_number(m, number);
    for (size_t i = 0; i < n; i++)
        bytes[begin + i] = (uint8_t)(number >> 8 * i);
}

static inline size_t mutate_zip(uint8_t *bytes, size_t size, size_t most, unsigned seed)
{
    Mutation m = mutate_open(seed, most);
    MutateZip z = {.m = &m};
    uint32_t way = mutate_pick(&m, 8);
    if (way && way < 6 && mutate_zip_read(&z, bytes, size)) {
        for (uint32_t n = 1 + mutate_pick(&m, 3); n; n--)
            mutate_members(&z);
        mutate_zip_write(&z, most);
        if (way == 1)
            mutate_field(&m, m.bytes, m.n);
    } else if (way) {
        mutate_put(&m, bytes, size);
        for (uint32_t n = 1 + mutate_pick(&m, 3); n; n--)
            mutate_field(&m, m.bytes, m.n);
    }
    for (uint32_t i = 0; i < z.n; i++)
        mutate_member_free(&z.at[i]);
    return mutate_finish(&m, bytes, size, most);
}

#endif
