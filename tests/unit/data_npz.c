/* NPZ archives: stored, deflated and zip64 members; archives that are damaged or something else. */
#include "runtime/data/inflate.h"
#include "runtime/data/zip.h"
#include "runtime/files/tensors.h"
#include "tests/unit/data_case.h"
#include "tests/unit/zip_case.h"

static const RtSourceArg arrays[] = {CASE_TEXT("path", "t.npz"), CASE_TEXT("x", "x"),
                                     CASE_TEXT("y", "y")};
static const RtSourceArg x_only[] = {CASE_TEXT("path", "t.npz"), CASE_TEXT("x", "x"),
                                     CASE_NONE("y")};
static const char member[] =
    "\x93NUMPY\x01\0\x40\0{'descr': '|u1', 'fortran_order': False, 'shape': (3,), }      \n\1\2\3";

static void write_zip(DataCase *c, ZipCase z, const char *name)
{
    unsigned char bytes[1024];
    size_t n = zip_make(bytes, &z, name, member, sizeof member - 1);
    case_write(c, "t.npz", bytes, n);
}

static void check_written(DataCase *c)
{
    char path[128];
    float x[6] = {1, 2, 3, 4, 5, 6};
    int32_t y[2] = {0, 4};
    RtTensor t[] = {{"x", RT_f32, 2, {2, 3}, x}, {"y", RT_i32, 1, {2}, y}};
    RtProbe p;
    RtSourceArg other[] = {arrays[0], arrays[1], CASE_TEXT("y", "labels")};
    CHECK_EQ_INT(rt_npz_write(case_path(c, "t.npz", path, sizeof path), t, 2, &c->error), RT_OK);
    if (!CHECK_EQ_INT(case_read(c, "npz", 3, arrays), RT_OK))
        return;
    CHECK(!memcmp(c->x->data, x, sizeof x));
    CHECK(!memcmp(c->y->data, y, sizeof y));
    CHECK_EQ_INT(case_probe(c, "npz", 3, arrays, &p), RT_OK);
    CHECK_EQ_INT(p.rows, 2);
    CHECK_EQ_INT(p.x_dims[0], 3);
    CHECK_EQ_INT(p.classes, 5);
    CHECK_STR(case_fails(c, "npz", 3, other), "'t.npz' has no array 'labels'; it holds 'x', 'y'");
    CHECK_EQ_INT(case_read(c, "npz", 3, x_only), RT_OK);
    CHECK(!c->y);
    t[1].name = "x";
    CHECK_EQ_INT(rt_npz_write(path, t, 2, &c->error), RT_OK);
    CHECK_STR(case_fails(c, "npz", 3, x_only), "'x' is there twice in 't.npz'");
    CHECK_EQ_INT(rt_npz_write(path, t, 0, &c->error), RT_OK);
    CHECK_STR(case_fails(c, "npz", 3, x_only), "'t.npz' has no array 'x'; it holds none");
}

static void check_members(DataCase *c)
{
    static const ZipCase good[] = {
        {0}, {.method = 8}, {.is_zip64 = true}, {.method = 8, .is_zip64 = true}};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        write_zip(c, good[i], "x.npy");
        if (CHECK_EQ_INT(case_read(c, "npz", 3, x_only), RT_OK))
            CHECK(!memcmp(c->x->data, "\1\2\3", 3));
    }
}

/* Whole members, as those of .keras are read. */
static void check_unpack(void)
{
    static const struct {
        ZipCase zip;
        const char *message;
    } cases[] = {
        {{.method = 0}, NULL},
        {{.method = 8}, NULL},
        {{.wrong_crc = 1}, "'a.zip:x' is damaged: its checksum is wrong"},
        {{.method = 8, .wrong_crc = 1}, "'a.zip:x' is damaged: its checksum is wrong"},
        {{.method = 8, .more_size = 5}, "'a.zip:x' has 5 bytes instead of 10"},
        {{.method = 8, .more_size = 0xffffffff},
         "'a.zip:x' goes on after the size that a member has"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        unsigned char made[512], *owned;
        const unsigned char *bytes;
        size_t n = zip_make(made, &cases[i].zip, "x", "hello", 5);
        RtZip zip;
        RtError error = {.text = ""};
        CHECK_EQ_INT(rt_zip_open(made, n, "a.zip", &zip, &error), RT_OK);
        RtStatus status = rt_zip_unpack(&zip, &zip.at[0], &bytes, &owned, &error);
        if (cases[i].message)
            CHECK_STR(error.text, cases[i].message);
        else if (CHECK_EQ_INT(status, RT_OK))
            CHECK(!memcmp(bytes, "hello", 5));
        free(owned);
        rt_zip_close(&zip);
    }
}

static void check_wrong(DataCase *c)
{
    static const struct {
        ZipCase zip;
        const char *message;
    } bad[] = {
        {{.flags = 1}, "'x.npy' in 't.npz' is encrypted"},
        {{.method = 12}, "'x.npy' in 't.npz' is packed by method 12, known are 0 and 8"},
        {{.wrong_crc = 1}, "'t.npz:x.npy' is damaged: its checksum is wrong"},
        {{.more_size = 1}, "'t.npz' is damaged or cut off: its zip entry is wrong"},
        {{.method = 8, .more_size = 0x7fffff00}, /* 2 GB, which are never taken */
         "'t.npz:x.npy' goes on after its 3 elements, which take 3 bytes"},
        {{.method = 8, .more_size = 5},
         "'t.npz:x.npy' goes on after its 3 elements, which take 3 bytes"},
        {{.method = 8, .more_size = 0xffffffff},
         "'t.npz:x.npy' is cut off: 3 elements take 3 bytes, but only 2 are there"},
        {{.more_offset = 1}, "'t.npz' is damaged or cut off: its zip entry is wrong"},
        {{.is_zip64 = true, .more_offset = 0x10000000},
         "'t.npz' is damaged or cut off: its zip entry is wrong"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        write_zip(c, bad[i].zip, "x.npy");
        CHECK_STR(case_fails(c, "npz", 3, x_only), bad[i].message);
    }
    case_write(c, "t.npz", "", 0);
    CHECK_STR(case_fails(c, "npz", 3, x_only), "'t.npz' is empty");
    case_write(c, "t.npz", "\x93NUMPY", 6);
    CHECK_STR(case_fails(c, "npz", 3, x_only), "'t.npz' is not an NPZ file");
}

/* Cut anywhere, or with any byte changed, an archive is refused or still in order; never a crash. */
static void check_cut(DataCase *c)
{
    unsigned char bytes[1024];
    ZipCase z = {.method = 8, .is_zip64 = true};
    size_t n = zip_make(bytes, &z, "x.npy", member, sizeof member - 1);
    for (size_t cut = 0; cut < n; cut++) {
        case_write(c, "t.npz", bytes, cut);
        CHECK_EQ_INT(case_read(c, "npz", 3, x_only), RT_ERROR);
    }
    for (size_t i = 0; i < n; i++) {
        bytes[i] ^= 0xff;
        case_write(c, "t.npz", bytes, n);
        RtStatus status = case_read(c, "npz", 3, x_only);
        CHECK(status == RT_ERROR || c->x->dims[0] == 3);
        bytes[i] ^= 0xff;
    }
    case_write(c, "t.npz", bytes, n - 1);
    CHECK_STR(case_fails(c, "npz", 3, x_only),
              "'t.npz' is damaged or cut off: its zip directory is wrong");
}

int main(void)
{
    DataCase c;
    case_open(&c);
    CHECK(rt_inflate_zlib.open != NULL); /* this program is linked with zlib */
    check_written(&c);
    check_members(&c);
    check_wrong(&c);
    check_unpack();
    check_cut(&c);
    case_close(&c);
    return check_done();
}
