/* Files of named arrays: what is written is read back, the bytes are those that the formats ask for,
 * and a file that is damaged is refused with the reason. */
#include "runtime/files/tensors.h"

#include "runtime/data/inflate.h"
#include "tests/unit/data_case.h"
#include "tests/unit/zip_case.h"

static const float kernel[6] = {1, 2, 3, 4, 5, 6};
static const double bias[2] = {0.5, -0.5};
static const uint8_t flags[3] = {1, 0, 1};
static const int64_t step = 77;

static const RtTensor all[] = {{"net/kernel:0", RT_f32, 2, {2, 3}, kernel},
                               {"flags", RT_bool, 1, {3}, flags},
                               {"bias", RT_f64, 1, {2}, bias},
                               {"step", RT_i64, 0, {0}, &step},
                               {"none", RT_f32, 2, {0, 3}, NULL}};
static const char *const keys[] = {"mode", "quote \"\\\n"};
static const char *const values[] = {"fma", "\xc3\xa4\t"};

static void check_same(const RtTensorFile *f)
{
    CHECK_EQ_INT(f->n, 5);
    for (size_t i = 0; i < 5; i++) {
        const RtTensor *t = rt_tensors_find(f, all[i].name);
        if (!CHECK(t && t->rank == all[i].rank && t->dtype == all[i].dtype))
            continue;
        int64_t count;
        CHECK(!memcmp(t->dims, all[i].dims, t->rank * sizeof *t->dims));
        CHECK(rt_multiply(t->dims, t->rank, &count));
        CHECK(!count || !memcmp(t->data, all[i].data, (size_t)count * rt_dtype(t->dtype)->size));
        CHECK_EQ_INT((uintptr_t)t->data % rt_dtype(t->dtype)->size, 0);
    }
    CHECK(!rt_tensors_find(f, "other"));
}

static void check_safetensors(DataCase *c)
{
    char path[128];
    size_t size;
    RtTensorFile *f;
    case_path(c, "a.safetensors", path, sizeof path);
    CHECK_EQ_INT(rt_safetensors_write(path, all, 5, keys, values, 2, &c->error), RT_OK);
    char *bytes = case_bytes(c, "a.safetensors", &size);
    size_t length = (unsigned char)bytes[0] | (size_t)(unsigned char)bytes[1] << 8;
    CHECK_EQ_INT(length % 8, 0);
    CHECK_EQ_INT(size, 8 + length + 8 + 16 + 24 + 3);
    static const char header[] =
        "{\"__metadata__\":{\"mode\":\"fma\",\"quote \\\"\\\\\\u000a\":\"\xc3\xa4\\u0009\"},"
        "\"bias\":{\"dtype\":\"F64\",\"shape\":[2],\"data_offsets\":[0,16]},"
        "\"step\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[16,24]},"
        "\"net/kernel:0\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[24,48]},"
        "\"none\":{\"dtype\":\"F32\",\"shape\":[0,3],\"data_offsets\":[48,48]},"
        "\"flags\":{\"dtype\":\"BOOL\",\"shape\":[3],\"data_offsets\":[48,51]}}";
    CHECK(!memcmp(bytes + 8, header, sizeof header - 1));
    CHECK(length - (sizeof header - 1) < 8);
    free(bytes);
    if (!CHECK_EQ_INT(rt_tensors_read(path, &f, &c->error), RT_OK))
        return;
    check_same(f);
    CHECK_EQ_INT(f->n_meta, 2);
    CHECK_STR(rt_tensors_meta(f, "mode"), "fma");
    CHECK_STR(rt_tensors_meta(f, "quote \"\\\n"), "\xc3\xa4\t");
    CHECK(!rt_tensors_meta(f, "none"));
    rt_tensors_close(f);
    rt_tensors_close(NULL);
}

static void check_npz(DataCase *c)
{
    char path[128];
    size_t size, again;
    RtTensorFile *f;
    case_path(c, "a.npz", path, sizeof path);
    CHECK_EQ_INT(rt_npz_write(path, all, 5, &c->error), RT_OK);
    char *first = case_bytes(c, "a.npz", &size);
    CHECK_EQ_INT(rt_npz_write(path, all, 5, &c->error), RT_OK);
    char *second = case_bytes(c, "a.npz", &again);
    CHECK(size == again && !memcmp(first, second, size));
    free(first);
    free(second);
    if (!CHECK_EQ_INT(rt_tensors_read(path, &f, &c->error), RT_OK))
        return;
    check_same(f);
    CHECK_EQ_INT(f->n_meta, 0);
    rt_tensors_close(f);
}

static void check_npy(DataCase *c)
{
    char path[128];
    size_t size;
    CHECK_EQ_INT(rt_npy_write(case_path(c, "a.npy", path, sizeof path), &all[0], &c->error), RT_OK);
    char *bytes = case_bytes(c, "a.npy", &size);
    CHECK_EQ_INT(size, 128 + 24);
    CHECK(!memcmp(bytes,
                  "\x93NUMPY\x01\0\x76\0{'descr': '<f4', 'fortran_order': False, 'shape': "
                  "(2, 3), }  ",
                  71));
    CHECK_EQ_INT(bytes[127], '\n');
    CHECK(!memcmp(bytes + 128, kernel, sizeof kernel));
    free(bytes);
    CHECK_EQ_INT(rt_npy_write(path, &all[1], &c->error), RT_OK);
    bytes = case_bytes(c, "a.npy", &size);
    CHECK(strstr(bytes + 10, "'|b1', 'fortran_order': False, 'shape': (3,), }") != NULL);
    free(bytes);
    CHECK_EQ_INT(rt_npy_write(path, &all[3], &c->error), RT_OK);
    bytes = case_bytes(c, "a.npy", &size);
    CHECK(strstr(bytes + 10, "'<i8', 'fortran_order': False, 'shape': (), }") != NULL);
    free(bytes);
}

static void check_unwritable(DataCase *c)
{
    static const RtTensor huge = {"huge", RT_f32, 2, {INT64_MAX, INT64_MAX}, NULL};
    static const RtTensor large = {"large", RT_f32, 2, {1 << 20, 1 << 10}, NULL};
    static const RtTensor brain = {"brain", RT_bf16, 1, {0}, NULL};
    char path[128];
    int before = case_count_files(c);
    case_path(c, "new", path, sizeof path);
    CHECK_EQ_INT(rt_npz_write(path, &brain, 1, &c->error), RT_ERROR);
    CHECK_STR(c->error.text, "'brain' is bf16, which NumPy's files cannot hold");
    CHECK_EQ_INT(rt_npy_write(path, &huge, &c->error), RT_ERROR);
    CHECK_STR(c->error.text, "'huge' has impossible sizes");
    CHECK_EQ_INT(rt_safetensors_write(path, &huge, 1, NULL, NULL, 0, &c->error), RT_ERROR);
    CHECK_STR(c->error.text, "'huge' has impossible sizes");
    CHECK_EQ_INT(rt_npz_write(path, &large, 1, &c->error), RT_ERROR);
    CHECK_STR(case_error(c), "'new' is too large: an .npz archive holds 4 GB, .safetensors more");
    CHECK_EQ_INT(rt_npz_write(path, all, 65535, &c->error), RT_ERROR);
    CHECK_STR(c->error.text, "an .npz archive holds at most 65534 arrays, not 65535");
    CHECK_EQ_INT(rt_safetensors_write("/dev/full", all, 5, keys, values, 2, &c->error), RT_ERROR);
    CHECK_EQ_INT(rt_npz_write("/dev/full", all, 5, &c->error), RT_ERROR);
    CHECK_EQ_INT(rt_npz_write("/nowhere/a", all, 5, &c->error), RT_ERROR);
    CHECK_STR(c->error.text, "cannot write '/nowhere/a': No such file or directory");
    CHECK_EQ_INT(case_count_files(c), before);
}

/* The message for a header with `n_data` bytes of data behind it; NULL: it is in order. */
static const char *header_fails(DataCase *c, const char *header, size_t n_data)
{
    char bytes[1024] = {0};
    RtTensorFile *f;
    size_t n = strlen(header);
    bytes[0] = (char)n;
    bytes[1] = (char)(n >> 8);
    memcpy(bytes + 8, header, n);
    RtStatus status = rt_tensors_parse(bytes, 8 + n + n_data, "t", &f, &c->error);
    if (status == RT_OK)
        rt_tensors_close(f);
    return status == RT_OK ? NULL : c->error.text;
}

#define DAMAGED "'t' has a damaged safetensors header: "
#define ENTRY(n, b, e) "\"" n "\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[" b "," e "]}"

static void check_headers(DataCase *c)
{
    static const struct {
        const char *header;
        size_t n_data;
        const char *message;
    } files[] = {
        {"{}", 0, NULL},
        {" { } \n", 0, NULL},
        {"{" ENTRY("a", "0", "2") "}", 2, NULL},
        {"{" ENTRY("a", "2", "4") "," ENTRY("b", "0", "2") "}", 4, NULL},
        {"{\"\\u00e4\\ud83d\\ude00\\/\":{\"shape\" : [ 2 ], \"data_offsets\":[0 , "
         "2],\"dtype\":\"U8\"}}",
         2, NULL},
        {"{\"__metadata__\":{}}", 0, NULL},
        {"", 0, DAMAGED "byte 8 should be '{'"},
        {"[]", 0, "'t' has a damaged safetensors header: byte 8 should be '{'"},
        {"{", 0, DAMAGED "byte 9 should be a string"},
        {"{}x", 0, DAMAGED "byte 10 should be the end"},
        {"{\"a", 0, DAMAGED "byte 10 should be a string that ends"},
        {"{\"a\\", 0, DAMAGED "byte 10 should be a string that ends"},
        {"{\"a\tb\":1}", 0, DAMAGED "byte 12 should be a character of a string"},
        {"{\"\\u0000\":1}", 0, DAMAGED "byte 16 should be a character of a string"},
        {"{\"\\ud800\":1}", 0, DAMAGED "byte 16 should be a character of a string"},
        {"{\"\\ud800\\u0041\":1}", 0, DAMAGED "byte 22 should be a character of a string"},
        {"{\"\\x\":1}", 0, DAMAGED "byte 12 should be a character of a string"},
        {"{\"a\"}", 0, DAMAGED "byte 12 should be ':'"},
        {"{\"a\":1}", 0, DAMAGED "byte 13 should be '{'"},
        {"{\"a\":{}}", 0, DAMAGED "byte 14 should be a string"},
        {"{\"a\":{\"size\":1}}", 0,
         DAMAGED "byte 20 should be behind dtype, shape or data_offsets"},
        {"{\"a\":{\"shape\":[-1]}}", 0, DAMAGED "byte 23 should be a whole number"},
        {"{\"a\":{\"shape\":[99999999999999999999]}}", 0,
         DAMAGED "byte 41 should be a smaller number"},
        {"{\"a\":{\"shape\":[1 2]}}", 0, DAMAGED "byte 25 should be ',' or ']'"},
        {"{\"a\":{\"shape\":1}}", 0, DAMAGED "byte 22 should be '['"},
        {"{\"a\":{\"shape\":[1],\"shape\":[1]}}", 0, "'a' in 't' has 'shape' twice"},
        {"{\"a\":{\"shape\" [1]}}", 0, DAMAGED "byte 22 should be ':'"},
        {"{\"a\":{\"shape\":[01]}}", 0, DAMAGED "byte 23 should be a number without leading zeros"},
        {"{\"a\":{\"shape\":[2,00]}}", 0,
         DAMAGED "byte 25 should be a number without leading zeros"},
        {"{" ENTRY("a", "00", "2") "}", 2,
         DAMAGED "byte 55 should be a number without leading zeros"},
        {"{" ENTRY("a", "0", "2") "," ENTRY("a", "0", "2") "}", 2, "'a' is there twice in 't'"},
        {"{" ENTRY("b", "0", "2") "," ENTRY("a", "2", "4") "," ENTRY("b", "1", "3") "}", 4,
         "'b' is there twice in 't'"},
        {"{\"__metadata__\":{},\"__metadata__\":{}}", 0, "'__metadata__' is there twice in 't'"},
        {"{\"a\":{\"data_offsets\":[1]}}", 0, DAMAGED "byte 31 should be ','"},
        {"{\"a\":{\"data_offsets\":[1,2,3]}}", 0, DAMAGED "byte 33 should be ']'"},
        {"{" ENTRY("a", "0", "2") " " ENTRY("b", "2", "4") "}", 4,
         DAMAGED "byte 61 should be ',' or '}'"},
        {"{\"__metadata__\":1}", 0, DAMAGED "byte 24 should be '{'"},
        {"{\"__metadata__\":{\"a\":1}}", 0, DAMAGED "byte 29 should be a string"},
        {"{\"__metadata__\":{\"a\" \"b\"}}", 0, DAMAGED "byte 29 should be ':'"},
        {"{\"__metadata__\":{\"a\":\"b\" \"c\"}}", 0, DAMAGED "byte 33 should be ',' or '}'"},
        {"{\"__metadata__\":{\"a\":\"b\",\"a\":\"c\"}}", 0, "'a' is there twice in 't'"},
        {"{\"a\":{\"dtype\":\"I16\"}}", 0, "'a' in 't' has the type 'I16', which is not supported"},
        {"{\"a\":{\"shape\":[1,1,1,1,1,1,1,1,1]}}", 0, "'a' in 't' has more than 8 dimensions"},
        {"{" ENTRY("a", "0", "2") "}", 1, "'a' in 't' lies at bytes 0 to 2, but there are 1"},
        {"{" ENTRY("a", "2", "0") "}", 2, "'a' in 't' lies at bytes 2 to 0, but there are 2"},
        {"{" ENTRY("a", "0", "3") "}", 3,
         "'a' in 't' has 3 bytes, which do not fit its shape and type"},
        {"{" ENTRY("a", "1", "3") "}", 3, "'a' in 't' begins at byte 1 instead of 0"},
        {"{" ENTRY("a", "0", "2") "," ENTRY("b", "1", "3") "}", 3,
         "'b' in 't' begins at byte 1 instead of 2"},
        {"{" ENTRY("a", "0", "2") "}", 3, "'t' goes on after its last tensor"},
        {"{" ENTRY("a", "0", "2") "," ENTRY("a", "2", "4") "}", 4, "'a' is there twice in 't'"},
    };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        CHECK_STR(header_fails(c, files[i].header, files[i].n_data), files[i].message);
}

static void check_damaged(DataCase *c)
{
    RtTensorFile *f;
    unsigned char bytes[512];
    static const unsigned char wrong[] = "\xff\xff\xff\xff\xff\xff\xff\xff{}";
    CHECK_EQ_INT(rt_tensors_parse(wrong, sizeof wrong, "t", &f, &c->error), RT_ERROR);
    CHECK_STR(c->error.text, "'t' is neither .safetensors nor .npz, or cut off");
    CHECK_EQ_INT(rt_tensors_parse("", 0, "t", &f, &c->error), RT_ERROR);
    CHECK_STR(c->error.text, "'t' is empty");
    size_t n = zip_make(bytes, &(ZipCase){0}, "readme.txt", "hello", 5);
    CHECK_EQ_INT(rt_tensors_parse(bytes, n, "t", &f, &c->error), RT_ERROR);
    CHECK_STR(c->error.text, "'readme.txt' in 't' is not an array");
    n = zip_make(bytes, &(ZipCase){0}, "a.npy", "hello", 5);
    CHECK_EQ_INT(rt_tensors_parse(bytes, n, "t", &f, &c->error), RT_ERROR);
    CHECK_STR(c->error.text, "'t:a.npy' is not an NPY file");
    CHECK_EQ_INT(rt_tensors_read("/nowhere/a.npz", &f, &c->error), RT_ERROR);
    CHECK_STR(c->error.text, "cannot open '/nowhere/a.npz': No such file or directory");
}

int main(void)
{
    DataCase c;
    case_open(&c);
    CHECK(rt_inflate_zlib.open != NULL); /* this program is linked with zlib */
    check_safetensors(&c);
    check_npz(&c);
    check_npy(&c);
    check_unwritable(&c);
    check_headers(&c);
    check_damaged(&c);
    case_close(&c);
    return check_done();
}
