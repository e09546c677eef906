/* mutate_gzip.h: a gzip file changed inside, cut into streams with headers of all kinds, whose checksums are right; at
 * times a checksum or a length is another one. */
#ifndef NNLC_TESTS_FUZZ_MUTATE_GZIP_H
#define NNLC_TESTS_FUZZ_MUTATE_GZIP_H

#include "runtime/data/input.h"
#include "tests/fuzz/mutate_deflate.h"

enum { MUTATE_MOST_CONTENT = 1 << 12 };

static inline void mutate_put_stream(Mutation *m, const uint8_t *bytes, size_t n)
{
    Bytef extra[] = "ab\2\0cd", name[] = "x.csv", comment[] = "a text";
    gz_header header = {.extra = mutate_once_in(m, 4) ? extra : NULL,
                        .extra_len = sizeof extra - 1,
                        .name = mutate_once_in(m, 4) ? name : NULL,
                        .comment = mutate_once_in(m, 4) ? comment : NULL,
                        .hcrc = mutate_once_in(m, 4)};
    size_t n_packed;
    uint8_t *packed = mutate_deflate(m, bytes, n, 16 + MAX_WBITS, &header, &n_packed);
    if (mutate_once_in(m, 16))
        packed[n_packed - 1 - mutate_pick(m, 8)] = (uint8_t)mutate_number(m, n);
    mutate_put(m, packed, n_packed);
    if (mutate_once_in(m, 8)) /* as on tapes */
        mutate_put_padded(m, NULL, 0, mutate_pick(m, 20));
    free(packed);
}

static inline void mutate_streams(Mutation *m, const uint8_t *bytes, size_t n)
{
    for (uint32_t left = 1 + mutate_pick(m, 3); left; left--) {
        size_t piece = left == 1 ? n : (size_t)(mutate_random(m) % (n + 1));
        mutate_put_stream(m, bytes, piece);
        bytes += piece;
        n -= piece;
    }
}

static inline size_t mutate_gzip(uint8_t *bytes, size_t size, size_t most, unsigned seed)
{
    Mutation m = mutate_open(seed, most);
    RtError error;
    RtInput *in = NULL;
    unsigned char *content = NULL;
    size_t n;
    if (!mutate_once_in(&m, 3) &&
        rt_input_memory(bytes, size, "mutated", RT_PACKED_auto, &in, &error) == RT_OK &&
        rt_input_all(in, NULL, &content, &n, &error) == RT_OK && n <= MUTATE_MOST_CONTENT) {
        uint8_t *changed = mutate_memory(n + MUTATE_SLACK);
        memcpy(changed, content, n);
        n = LLVMFuzzerMutate(changed, n, n + MUTATE_SLACK);
        mutate_streams(&m, changed, n);
        free(changed);
    }
    free(content);
    rt_input_close(in);
    return mutate_finish(&m, bytes, size, most);
}

#endif
