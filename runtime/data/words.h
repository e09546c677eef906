/* words.h: eight bytes of a text at once, the first one lowest.
 *
 * Marks are the top bits of bytes. Of those that a search gives the lowest is right; others above it may be wrong. */
#ifndef NNLC_RUNTIME_DATA_WORDS_H
#define NNLC_RUNTIME_DATA_WORDS_H

#include <stdint.h>

/* So many bytes behind a text must be there for whoever looks at it so. */
enum { RT_WORD_AHEAD = 16 };

#define RT_WORD_ONES 0x0101010101010101u
#define RT_WORD_TOPS 0x8080808080808080u

/* Compilers make one load of it. */
static inline uint64_t rt_word(const char *text)
{
    const unsigned char *p = (const unsigned char *)text;
    return (uint64_t)p[0] | (uint64_t)p[1] << 8 | (uint64_t)p[2] << 16 | (uint64_t)p[3] << 24 |
           (uint64_t)p[4] << 32 | (uint64_t)p[5] << 40 | (uint64_t)p[6] << 48 |
           (uint64_t)p[7] << 56;
}

/* Marks zero bytes. */
static inline uint64_t rt_word_zeros(uint64_t word)
{
    return (word - RT_WORD_ONES) & ~word & RT_WORD_TOPS;
}

/* Marks bytes that are `c`. */
static inline uint64_t rt_word_finds(uint64_t word, char c)
{
    return rt_word_zeros(word ^ (unsigned char)c * RT_WORD_ONES);
}

/* Bytes below the lowest mark; 8: there is none. */
static inline unsigned rt_word_first(uint64_t marks)
{
#if defined(__GNUC__)
    return marks ? (unsigned)__builtin_ctzll(marks) / 8 : 8;
#else
    uint64_t below = ((marks & (0 - marks)) >> 7) - 1;
    return (unsigned)((below & RT_WORD_ONES) * RT_WORD_ONES >> 56);
#endif
}

/* The first n bytes, the others 0. */
static inline uint64_t rt_word_head(uint64_t word, uint64_t n)
{
    uint64_t mask = n < 8 ? ((uint64_t)1 << 8 * n) - 1 : ~(uint64_t)0;
    return word & mask;
}

#endif
