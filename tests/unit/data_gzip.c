/* Compressed files through zlib: several streams, cut and damaged ones, sizes beyond memory. */
#include "runtime/data/crc32.h"
#include "runtime/data/inflate.h"
#include "runtime/data/input.h"
#include "tests/unit/data_case.h"

static const RtSourceArg table[] = {CASE_TEXT("path", "t.csv.gz"), CASE_TEXT("target", "y")};
static const RtSourceArg pair[] = {CASE_TEXT("images", "x.gz"), CASE_TEXT("labels", "x.gz")};

static size_t put_number(unsigned char *to, uint32_t x)
{
    for (int i = 0; i < 4; i++)
        to[i] = (unsigned char)(x >> 8 * i);
    return 4;
}

/* One stream with a single stored block. */
static size_t put_gzip(unsigned char *to, const char *bytes, size_t n)
{
    size_t at = 15;
    memcpy(to, "\x1f\x8b\x08\0\0\0\0\0\0\xff\x01", 11);
    to[11] = (unsigned char)n;
    to[12] = (unsigned char)(n >> 8);
    to[13] = (unsigned char)~n;
    to[14] = (unsigned char)(~n >> 8);
    memcpy(to + at, bytes, n);
    at += n;
    at += put_number(to + at, rt_crc32(0, bytes, n));
    return at + put_number(to + at, (uint32_t)n);
}

static void check_table(DataCase *c)
{
    static const char text[] = "a,y\n1,2\n3,4\n";
    unsigned char file[256];
    size_t n = put_gzip(file, text, sizeof text - 1);
    case_write(c, "t.csv.gz", file, n);
    if (CHECK_EQ_INT(case_read(c, "csv", 2, table), RT_OK))
        CHECK_EQ_INT(c->x->dims[0], 2);
    size_t two = n + put_gzip(file + n, "5,6\n", 4);
    case_write(c, "t.csv.gz", file, two);
    if (CHECK_EQ_INT(case_read(c, "csv", 2, table), RT_OK))
        CHECK_EQ_INT(c->x->dims[0], 3);
    case_write(c, "t.csv.gz", file, n - 3);
    CHECK_STR(case_fails(c, "csv", 2, table),
              "'t.csv.gz' is cut off: its compressed data ends after 12 bytes");
    case_write(c, "t.csv.gz", file, 20);
    CHECK_STR(case_fails(c, "csv", 2, table),
              "'t.csv.gz' is cut off: its compressed data ends after 5 bytes");
    file[n] = 'x';
    case_write(c, "t.csv.gz", file, n + 1);
    CHECK_STR(case_fails(c, "csv", 2, table),
              "'t.csv.gz' goes on after the end of its gzip stream");
    file[n - 6] ^= 1;
    case_write(c, "t.csv.gz", file, n);
    CHECK_STR(case_fails(c, "csv", 2, table),
              "'t.csv.gz' is damaged: its compressed data is wrong after 12 bytes");
}

/* Zero bytes behind a stream, also before another one, and more of them than a buffer holds. */
static void check_padding(DataCase *c)
{
    static const char text[] = "a,y\n1,2\n3,4\n";
    enum { MOST = 70000 };
    unsigned char *file = calloc(MOST + 256, 1);
    if (!CHECK(file != NULL))
        return;
    size_t n = put_gzip(file, text, sizeof text - 1);
    static const size_t paddings[] = {1, 512, MOST};
    for (size_t i = 0; i < sizeof paddings / sizeof *paddings; i++) {
        size_t end = n + paddings[i];
        memset(file + n, 0, MOST + 256 - n);
        case_write(c, "t.csv.gz", file, end);
        if (CHECK_EQ_INT(case_read(c, "csv", 2, table), RT_OK))
            CHECK_EQ_INT(c->x->dims[0], 2);
        size_t more = end + put_gzip(file + end, "5,6\n", 4);
        case_write(c, "t.csv.gz", file, more);
        if (CHECK_EQ_INT(case_read(c, "csv", 2, table), RT_OK))
            CHECK_EQ_INT(c->x->dims[0], 3);
        file[end] = 'x';
        case_write(c, "t.csv.gz", file, end + 1);
        CHECK_STR(case_fails(c, "csv", 2, table),
                  "'t.csv.gz' goes on after the end of its gzip stream");
    }
    file[n + 1] = 0x1f;
    case_write(c, "t.csv.gz", file, n + 2);
    CHECK_STR(case_fails(c, "csv", 2, table),
              "'t.csv.gz' is cut off: its compressed data ends after 12 bytes");
    free(file);
}

static void check_sizes(DataCase *c)
{
    unsigned char file[256];
    size_t n = put_gzip(file, "\0\0\x08\x01\0\0\0\x03\1\2", 10);
    case_write(c, "x.gz", file, n);
    CHECK_STR(case_fails(c, "idx", 2, pair),
              "'x.gz' is cut off: 3 elements take 3 bytes, but only 2 are there");
    n = put_gzip(file, "\0\0\x08\x01\0\0\0\x02\1\2\3", 11);
    case_write(c, "x.gz", file, n);
    CHECK_STR(case_fails(c, "idx", 2, pair), "'x.gz' goes on after its 2 bytes of data");
    n = put_gzip(file, "\0\0\x0b\x01\0\0\0\x02\1\2\3", 11);
    case_write(c, "x.gz", file, n);
    CHECK_STR(case_fails(c, "idx", 2, pair),
              "'x.gz' is cut off: 2 elements take 4 bytes, but only 3 are there");
    n = put_gzip(file, "\0\0\x0e\x02\xff\xff\xff\xff\0\xff\xff\xff", 12);
    case_write(c, "x.gz", file, n);
    CHECK(case_read(c, "idx", 2, pair) == RT_ERROR);
    CHECK_STR(case_error(c),
              "'x.gz' is larger than memory allows: it needs 576460717809467400 bytes");
    CHECK(strstr(c->error.help, "bytes are left; --max-memory=SIZE sets another limit"));
}

static void check_input(RtError *error)
{
    RtInput *in;
    unsigned char *bytes;
    size_t n;
    CHECK_EQ_INT(rt_input_memory("abc", 3, "m", RT_PACKED_auto, &in, error), RT_OK);
    CHECK_EQ_INT(rt_input_left(in), 3);
    CHECK_EQ_INT(rt_input_all(in, NULL, &bytes, &n, error), RT_OK);
    CHECK_EQ_INT(n, 3);
    CHECK_STR((char *)bytes, "abc");
    CHECK_EQ_INT(rt_input_left(in), 0);
    CHECK_EQ_INT(rt_input_finish(in, "three", error), RT_OK);
    free(bytes);
    rt_input_close(in);
    rt_input_close(NULL);
}

static void check_crc(void)
{
    CHECK_EQ_INT(rt_crc32(0, "123456789", 9), 0xcbf43926);
    CHECK_EQ_INT(rt_crc32(rt_crc32(0, "12345", 5), "6789", 4), 0xcbf43926);
}

int main(void)
{
    DataCase c;
    case_open(&c);
    CHECK(rt_inflate_zlib.open != NULL); /* this program is linked with zlib */
    check_table(&c);
    check_padding(&c);
    check_sizes(&c);
    check_input(&c.error);
    check_crc();
    case_close(&c);
    return check_done();
}
