/* crc32.c: byte by byte, from a table of the remainders of all bytes; long texts by eight bytes, from tables of
 * their remainders in front of 0 to 7 more bytes ("slicing by 8", Kounavis and Berry 2005).
 *
 * A remainder is the sum of the remainders of the bits that are set. BITS has those of bits 0 to 7; that of bit 7
 * is the polynomial. */
#include "runtime/data/crc32.h"

#include <string.h>

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

/* Of `eights` times eight bytes. The tables take 2 us. */
static uint32_t by_eights(const uint32_t remainders[256], uint32_t crc, const unsigned char *b,
                          size_t eights)
{
    uint32_t t[8][256];
    memcpy(t[0], remainders, sizeof t[0]);
    for (int k = 1; k < 8; k++)
        for (int i = 0; i < 256; i++)
            t[k][i] = t[k - 1][i] >> 8 ^ remainders[t[k - 1][i] & 0xff];
    for (; eights; eights--, b += 8) {
        uint32_t low = crc ^ word_at(b), high = word_at(b + 4);
        crc = t[7][low & 0xff] ^ t[6][low >> 8 & 0xff] ^ t[5][low >> 16 & 0xff] ^ t[4][low >> 24] ^
              t[3][high & 0xff] ^ t[2][high >> 8 & 0xff] ^ t[1][high >> 16 & 0xff] ^
              t[0][high >> 24];
    }
    return crc;
}

static uint32_t go_on(const uint32_t remainders[256], uint32_t crc, const void *bytes, size_t size)
{
    enum { LONG = 16384 };
    const unsigned char *b = bytes;
    crc = ~crc;
    if (size >= LONG) {
        crc = by_eights(remainders, crc, b, size / 8);
        b += size / 8 * 8;
        size %= 8;
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
