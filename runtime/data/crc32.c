/* crc32.c: byte by byte, from a table of the remainders of all bytes; long texts by sixteen bytes, from tables of
 * their remainders in front of 0 to 15 more bytes ("slicing", Kounavis and Berry 2005).
 *
 * A remainder is the sum of the remainders of the bits that are set. BITS has those of bits 0 to 7; that of bit 7
 * is the polynomial. */
#include "runtime/data/crc32.h"

#include <string.h>

enum { BLOCK = 16 };

#define BIT(byte, k, remainder) (((byte) >> (k)&1) * UINT32_C(remainder))
#define BITS(byte, a, b, c, d, e, f, g, h)                                                         \
    (BIT(byte, 0, a) ^ BIT(byte, 1, b) ^ BIT(byte, 2, c) ^ BIT(byte, 3, d) ^ BIT(byte, 4, e) ^     \
     BIT(byte, 5, f) ^ BIT(byte, 6, g) ^ BIT(byte, 7, h))
#define FOUR(of, byte) of(byte), of((byte) + 1), of((byte) + 2), of((byte) + 3)
#define SIXTEEN(of, byte)                                                                          \
    FOUR(of, byte), FOUR(of, (byte) + 4), FOUR(of, (byte) + 8), FOUR(of, (byte) + 12)
#define QUARTER(of, byte)                                                                          \
    SIXTEEN(of, byte), SIXTEEN(of, (byte) + 16), SIXTEEN(of, (byte) + 32), SIXTEEN(of, (byte) + 48)
#define ALL(of) QUARTER(of, 0), QUARTER(of, 64), QUARTER(of, 128), QUARTER(of, 192)

#define ZIP(byte)                                                                                  \
    BITS(byte, 0x77073096, 0xee0e612c, 0x076dc419, 0x0edb8832, 0x1db71064, 0x3b6e20c8, 0x76dc4190, \
         0xedb88320)
#define CASTAGNOLI(byte)                                                                           \
    BITS(byte, 0xf26b8303, 0xe13b70f7, 0xc79a971f, 0x8ad958cf, 0x105ec76f, 0x20bd8ede, 0x417b1dbc, \
         0x82f63b78)

static const uint32_t zip[256] = {ALL(ZIP)};
static const uint32_t castagnoli[256] = {ALL(CASTAGNOLI)};

static uint32_t word_at(const unsigned char *b)
{
    return b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24;
}

/* Of four bytes; t: the tables of bytes in front of as many as stand behind the last of the four, and of 1, 2, 3 more. */
static uint32_t of_word(const uint32_t t[4][256], uint32_t word)
{
    return t[3][word & 0xff] ^ t[2][word >> 8 & 0xff] ^ t[1][word >> 16 & 0xff] ^ t[0][word >> 24];
}

/* Of `blocks` times sixteen bytes. The tables take 4 us. */
static uint32_t by_blocks(const uint32_t remainders[256], uint32_t crc, const unsigned char *b,
                          size_t blocks)
{
    uint32_t t[BLOCK][256];
    memcpy(t[0], remainders, sizeof t[0]);
    for (int k = 1; k < BLOCK; k++)
        for (int i = 0; i < 256; i++)
            t[k][i] = t[k - 1][i] >> 8 ^ remainders[t[k - 1][i] & 0xff];
    for (; blocks; blocks--, b += BLOCK)
        crc = of_word(t + 12, crc ^ word_at(b)) ^ of_word(t + 8, word_at(b + 4)) ^
              of_word(t + 4, word_at(b + 8)) ^ of_word(t, word_at(b + 12));
    return crc;
}

static uint32_t go_on(const uint32_t remainders[256], uint32_t crc, const void *bytes, size_t size)
{
    enum { LONG = 16384 };
    const unsigned char *b = bytes;
    crc = ~crc;
    if (size >= LONG) {
        crc = by_blocks(remainders, crc, b, size / BLOCK);
        b += size / BLOCK * BLOCK;
        size %= BLOCK;
    }
    for (size_t i = 0; i < size; i++)
        crc = remainders[(crc ^ b[i]) & 0xff] ^ crc >> 8;
    return ~crc;
}

uint32_t rt_crc32(uint32_t crc, const void *bytes, size_t size)
{
    return go_on(zip, crc, bytes, size);
}

uint32_t rt_crc32c(uint32_t crc, const void *bytes, size_t size)
{
    return go_on(castagnoli, crc, bytes, size);
}
