/* NPY files: element types, byte orders, column-major data, and headers that lie. */
#include "tests/unit/data_case.h"

static const RtSourceArg one[] = {CASE_TEXT("x", "x.npy"), CASE_NONE("y")};
static const RtSourceArg two[] = {CASE_TEXT("x", "x.npy"), CASE_TEXT("y", "y.npy")};

/* A file with this dictionary, and `data` behind it. */
static void write_npy(DataCase *c, const char *name, int version, const char *dictionary,
                      const void *data, size_t size)
{
    char bytes[1024] = "\x93NUMPY";
    size_t n = strlen(dictionary), at = version > 1 ? 12 : 10;
    bytes[6] = (char)version;
    bytes[8] = (char)n;
    bytes[9] = (char)(n >> 8);
    memcpy(bytes + at, dictionary, n);
    memcpy(bytes + at + n, data, size);
    case_write(c, name, bytes, at + n + size);
}

static void write_vector(DataCase *c, const char *descr, const void *data, size_t size)
{
    char text[128];
    snprintf(text, sizeof text, "{'descr': '%s', 'fortran_order': False, 'shape': (2,), }\n",
             descr);
    write_npy(c, "x.npy", 1, text, data, size);
}

static void check_types(DataCase *c)
{
    static const struct {
        const char *descr, *bytes;
        size_t size;
        RtDtype dtype;
        double first, second;
    } files[] = {
        {"u1", "\xff\x01", 2, RT_u8, 255, 1},
        {"|b1", "\x00\x01", 2, RT_bool, 0, 1},
        {"|u1", "\xff\x01", 2, RT_u8, 255, 1},
        {"|i1", "\xff\x01", 2, RT_i8, -1, 1},
        {"<u2", "\xff\xff\x01\x02", 4, RT_i32, 65535, 513},
        {">u2", "\xff\xfe\x01\x02", 4, RT_i32, 65534, 258},
        {"<i2", "\xfe\xff\x01\x02", 4, RT_i32, -2, 513},
        {"<u4", "\xff\xff\xff\xff\1\0\0\0", 8, RT_u32, 4294967295.0, 1},
        {"<i4", "\xff\xff\xff\xff\1\0\0\0", 8, RT_i32, -1, 1},
        {">i4", "\xff\xff\xff\xfe\0\0\0\1", 8, RT_i32, -2, 1},
        {"<i8", "\xff\xff\xff\xff\xff\xff\xff\xff\0\0\0\0\1\0\0\0", 16, RT_i64, -1, 4294967296.0},
        {"<f2", "\x00\x3c\x01\x80", 4, RT_f32, 1, -0x1p-24},
        {">f2", "\x3e\x00\x7b\xff", 4, RT_f32, 1.5, 65504},
        {"<f4", "\0\0\xc0\x3f\0\0\0\xc0", 8, RT_f32, 1.5, -2},
        {">f4", "\x3f\xc0\0\0\xc0\0\0\0", 8, RT_f32, 1.5, -2},
        {"=f8", "\0\0\0\0\0\0\xf8\x3f\0\0\0\0\0\0\0\xc0", 16, RT_f64, 1.5, -2},
    };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        write_vector(c, files[i].descr, files[i].bytes, files[i].size);
        if (!CHECK_EQ_INT(case_read(c, "npy", 2, one), RT_OK))
            continue;
        CHECK_EQ_INT(c->x->dtype, files[i].dtype);
        CHECK(rt_array_f64(c->x, 0) == files[i].first);
        CHECK(rt_array_f64(c->x, 1) == files[i].second);
    }
}

static void check_forms(DataCase *c)
{
    RtProbe p;
    write_npy(c, "x.npy", 2, "{\"shape\":(2,3),\"descr\":\"|u1\",\"fortran_order\":True}",
              "\1\2\3\4\5\6", 6);
    if (CHECK_EQ_INT(case_read(c, "npy", 2, one), RT_OK))
        CHECK(!memcmp(c->x->data, "\1\3\5\2\4\6", 6));
    CHECK(!c->y);
    write_npy(c, "x.npy", 3, "{'descr': '|u1', 'fortran_order': True, 'shape': (2, 1, 2), }   \n",
              "\1\2\3\4", 4);
    if (CHECK_EQ_INT(case_read(c, "npy", 2, one), RT_OK))
        CHECK(!memcmp(c->x->data, "\1\3\2\4", 4));
    write_npy(c, "y.npy", 1, "{'descr': '<i8', 'fortran_order': False, 'shape': (2, 1), }",
              "\x05\0\0\0\0\0\0\0\x06\0\0\0\0\0\0\0", 16);
    CHECK_EQ_INT(case_probe(c, "npy", 2, two, &p), RT_OK);
    CHECK_EQ_INT(p.x_rank, 2);
    CHECK_EQ_INT(p.y_rank, 1);
    CHECK_EQ_INT(p.y_dtype, RT_i64);
    CHECK_EQ_INT(p.classes, 7);
}

/* What Python 2 wrote, on Windows and elsewhere; spaces of all kinds. */
static void check_dialects(DataCase *c)
{
    static const char *const same[] = {
        "{'descr': '<i2', 'fortran_order': False, 'shape': (2L, 3L), }   \n",
        "{u'descr': u'<i2', u\"fortran_order\": False, u'shape': (2L, 3)}",
        "{\t'descr' :\r\n '<i2' , 'shape':( 2 ,3, ) ,\f'fortran_order': False } \t\n",
    };
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        write_npy(c, "x.npy", 1 + i % 2, same[i], "\1\0\2\0\3\0\4\0\5\0\6\0", 12);
        if (CHECK_EQ_INT(case_read(c, "npy", 2, one), RT_OK))
            CHECK(c->x->dims[0] == 2 && c->x->dims[1] == 3 && rt_array_f64(c->x, 5) == 6);
    }
    write_npy(c, "x.npy", 3, same[0], "\1\0\2\0\3\0\4\0\5\0\6\0", 12);
    CHECK_STR(case_fails(c, "npy", 2, one),
              "'x.npy' has a damaged NPY header near 'L, 3L), }   \\n'");
    write_npy(c, "x.npy", 1, "{'descr': '>i2', 'fortran_order': True, 'shape': (2L, 3L), }",
              "\0\1\0\2\0\3\0\4\0\5\0\6", 12);
    if (CHECK_EQ_INT(case_read(c, "npy", 2, one), RT_OK))
        CHECK(rt_array_f64(c->x, 1) == 3 && rt_array_f64(c->x, 3) == 2);
}

static void check_headers(DataCase *c)
{
    static const struct {
        const char *dictionary, *message;
    } files[] = {
        {"", "'x.npy' has a damaged NPY header near ''"},
        {"{'descr': '<f4'}", "'x.npy' has a damaged NPY header near ''"},
        {"{'descr': '<f4', 'descr': '<f4'}", "'x.npy' has a damaged NPY header near ' '<f4'}'"},
        {"{'descr': '<f4', 'shape': (-1,)}", "'x.npy' has a damaged NPY header near '-1,)}'"},
        {"{'descr': '<f4', 'shape': (99999999999999999999,)}",
         "'x.npy' has a damaged NPY header near '99,)}'"},
        {"{'descr': '<f4', 'shape': (1,,)}", "'x.npy' has a damaged NPY header near ',)}'"},
        {"{'descr': '<f4', 'shape': (3)}", "'x.npy' has a damaged NPY header near ')}'"},
        {"{'descr': '<f4', 'shape': (03,)}", "'x.npy' has a damaged NPY header near '03,)}'"},
        {"{'descr': '<f4', 'shape': (3LL,)}", "'x.npy' has a damaged NPY header near 'L,)}'"},
        {"{'descr': '<f4', 'shape': (3l,)}", "'x.npy' has a damaged NPY header near 'l,)}'"},
        {"{'descr': '<f4', 'shape': (L,)}", "'x.npy' has a damaged NPY header near 'L,)}'"},
        {"{b'descr': '<f4'}", "'x.npy' has a damaged NPY header near 'b'descr': '<f4'}'"},
        {"{'descr': '<f4' 'shape': (3,)}",
         "'x.npy' has a damaged NPY header near ''shape': (3,)}'"},
        {"{'descr': '<f4', 'shape': 3}", "'x.npy' has a damaged NPY header near '3}'"},
        {"{'fortran_order': 1}", "'x.npy' has a damaged NPY header near '1}'"},
        {"{'color': 1}", "'x.npy' has a damaged NPY header near ' 1}'"},
        {"{'descr': '|O', 'shape': (1,)}", "'x.npy' holds Python objects, which are never read"},
        {"{'descr': [('a', '<f4')]}",
         "'x.npy' has elements of several fields, which are not supported"},
        {"{'descr': '<c8'}",
         "'x.npy' has elements of type '<c8'; known are b1 u1 i1 u2 i2 u4 i4 i8 "
         "f2 f4 f8"},
        {"{'descr': ''}",
         "'x.npy' has elements of type ''; known are b1 u1 i1 u2 i2 u4 i4 i8 f2 f4 f8"},
        {"{'shape': (1,1,1,1,1,1,1,1,1)}", "'x.npy' has more than 8 dimensions"},
        {"{'descr': '<f8', 'fortran_order': False, 'shape': (4611686018427387904, 4)}",
         "the sizes in 'x.npy' are impossible: 4611686018427387904 x 4"},
        {"{'descr': '<f4', 'fortran_order': False, 'shape': (2,)}",
         "'x.npy' is cut off: 2 elements take 8 bytes, but only 4 are there"},
        {"{'descr': '<i2', 'fortran_order': False, 'shape': (1,)}",
         "'x.npy' goes on after its 1 elements, which take 2 bytes"},
        {"{'descr': '<f4', 'fortran_order': False, 'shape': ()}",
         "'x.npy' holds a single number, not rows"},
        {"{'descr': '<f4', 'fortran_order': False, 'shape': (8589934592, 0)}",
         "'x.npy' goes on after its 8589934592 x 0 elements, which take 0 bytes"},
    };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        write_npy(c, "x.npy", 1, files[i].dictionary, "\0\0\0\0", 4);
        CHECK_STR(case_fails(c, "npy", 2, one), files[i].message);
    }
}

static void check_files(DataCase *c)
{
    case_write(c, "x.npy", "\x93NUMPY\x01", 7);
    CHECK_STR(case_fails(c, "npy", 2, one), "'x.npy' is not an NPY file");
    case_write(c, "x.npy", "\x93NUMPY\x01\0\xff\0{", 11);
    CHECK_STR(case_fails(c, "npy", 2, one), "'x.npy' ends in its NPY header");
    case_write(c, "x.npy", "\x93NUMPY\x04\0\xff\0{", 11);
    CHECK_STR(case_fails(c, "npy", 2, one),
              "'x.npy' has version 4.0 of the NPY format; 1.0, 2.0 and 3.0 are known");
    case_write(c, "x.npy", "\x93NUMPY\x01\x05\xff\0{", 11);
    CHECK_STR(case_fails(c, "npy", 2, one),
              "'x.npy' has version 1.5 of the NPY format; 1.0, 2.0 and 3.0 are known");
    case_write(c, "x.npy", "", 0);
    CHECK_STR(case_fails(c, "npy", 2, one), "'x.npy' is empty");
    case_write(c, "x.npy", "\x93NUMPY\x02\0\x05", 9);
    CHECK_STR(case_fails(c, "npy", 2, one), "'x.npy' is not an NPY file");
    case_write(c, "x.npy", "\x93NUMPY\x02\0\x05\0\0", 11);
    CHECK_STR(case_fails(c, "npy", 2, one), "'x.npy' ends in its NPY header");
    case_write(c, "x.npy", "\x93NUMPY\x02\0\xff\xff\xff\xff{", 13);
    CHECK_STR(case_fails(c, "npy", 2, one),
              "'x.npy' has an NPY header of 4294967295 bytes, at most 1048576 are read");
    write_npy(c, "x.npy", 1, "{'descr': '<f4', 'fortran_order': False, 'shape': (8589934592, 0)}",
              "", 0);
    CHECK_STR(case_fails(c, "npy", 2, one),
              "'x.npy' has 8589934592 rows, at most 4294967295 are possible");
    write_npy(c, "x.npy", 1, "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 0, 3)}", "", 0);
    CHECK_STR(case_fails(c, "npy", 2, one),
              "the rows of 'x.npy' hold no values: its sizes are 2 x 0 x 3");
    write_vector(c, "|u1", "\1\2", 2);
    write_npy(c, "y.npy", 1, "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 0)}", "", 0);
    CHECK_STR(case_fails(c, "npy", 2, two),
              "the rows of 'y.npy' hold no values: its sizes are 2 x 0");
    write_npy(c, "y.npy", 1, "{'descr': '|u1', 'fortran_order': False, 'shape': (3,)}", "\1\2\3",
              3);
    CHECK_STR(case_fails(c, "npy", 2, two),
              "'x.npy' has 2 rows of samples, but there are 3 targets");
}

int main(void)
{
    DataCase c;
    case_open(&c);
    check_types(&c);
    check_forms(&c);
    check_dialects(&c);
    check_headers(&c);
    check_files(&c);
    case_close(&c);
    return check_done();
}
