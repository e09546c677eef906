/* Readers and writers when memory runs out: every single request fails once. Each failure is a message
 * with what there was no memory for; nothing leaks (under ASan) and nothing half-written stays.
 *
 * wraps: malloc calloc realloc aligned_alloc */
#include "runtime/data/chain.h"
#include "runtime/data/inflate.h"
#include "runtime/data/input.h"
#include "runtime/data/zip.h"
#include "runtime/files/tensors.h"
#include "tests/unit/data_case.h"
#include "tests/unit/failing_memory.h"
#include "tests/unit/zip_case.h"

/* Every message that a failing request may give, without the folder's name. */
static struct {
    const char *text;
    bool seen;
} messages[] = {
    {"not enough memory to look for 't.csv'", false},
    {"not enough memory to look for 'words.csv'", false},
    {"not enough memory to look for 't.npz'", false},
    {"not enough memory to look for 'x.idx'", false},
    {"not enough memory to look for 'x.npy'", false},
    {"not enough memory to open 't.csv'", false},
    {"not enough memory to open 'words.csv'", false},
    {"not enough memory to open 't.npz'", false},
    {"not enough memory to open 't.npz:x.npy'", false},
    {"not enough memory to open 'x.idx'", false},
    {"not enough memory to open 'x.npy'", false},
    {"not enough memory to read 't.csv'", false},
    {"not enough memory to read 'words.csv'", false},
    {"not enough memory to read 't.npz'", false},
    {"not enough memory to read 't.npz': 192 bytes", false},
    {"not enough memory to read 'a.safetensors'", false},
    {"not enough memory to unpack 't.npz:x.npy'", false},
    {"not enough memory for a row of 't.csv'", false},
    {"not enough memory for 1 names", false},
    {"not enough memory for 2 names", false},
    {"not enough memory for 3 names", false},
    {"not enough memory for a row of 'words.csv'", false},
    {"not enough memory for 'words.csv': it needs 8 bytes", false},
    {"not enough memory for 't.csv': it needs 12 bytes", false},
    {"not enough memory for 't': it needs 24 bytes", false},
    {"not enough memory for a table", false},
    {"not enough memory for the columns of 't.csv'", false},
    {"not enough memory for the source 'csv'", false},
    {"not enough memory for the source 'idx'", false},
    {"not enough memory for the readings", false},
    {"not enough memory for 1 transforms", false},
    {"not enough memory for 'normalize'", false},
    {"not enough memory to fit 'normalize'", false},
    {"not enough memory for 'x.idx'", false},
    {"not enough memory for 'x.idx': it needs 2 bytes", false},
    {"not enough memory for 'x.npy': it needs 4 bytes", false},
    {"not enough memory for 't.npz:x.npy': it needs 3 bytes", false},
    {"not enough memory for 'a.safetensors': it needs 8 bytes", false},
    {"not enough memory for the header of 'x.npy'", false},
    {"not enough memory for the header of 't.npz:x.npy'", false},
    {"not enough memory for the header of 'a.safetensors'", false},
    {"not enough memory for the names in 't.npz'", false},
    {"not enough memory for the members of 't.npz'", false},
    {"not enough memory for 't.npz:x.npy': it needs 77 bytes", false},
    {"not enough memory for the data set 'd'", false},
    {"not enough memory for the classes of 'd'", false},
    {"not enough memory for the order of 3 rows", false},
    {"not enough memory for the order of 1 rows", false},
    {"not enough memory for a row of 1 values", false},
    {"not enough memory to write 'new'", false},
    {"cannot write 'new': Cannot allocate memory", false},
};

static void note(const char *text)
{
    for (size_t i = 0; i < sizeof messages / sizeof *messages; i++)
        if (!strcmp(messages[i].text, text)) {
            messages[i].seen = true;
            CHECK(messages[i].seen);
            return;
        }
    CHECK_STR(text, "one of the messages above");
}

/* Runs the scenario with each of its requests failing, until all succeed. Syncing a folder may fail
 * silently: the file is there all the same. */
static void check(DataCase *c, RtStatus (*run)(DataCase *c))
{
    bool has_failed = true;
    int files = case_count_files(c);
    for (long request = 0; has_failed && request < 1000; request++) {
        before_failure = request;
        RtStatus status = run(c);
        has_failed = before_failure < 0;
        before_failure = -1;
        if (status != RT_OK)
            note(case_error(c));
        CHECK(has_failed || status == RT_OK);
        CHECK_EQ_INT(case_count_files(c), files);
    }
    CHECK(!has_failed);
}

static RtStatus read_csv(DataCase *c)
{
    const RtSourceArg args[] = {CASE_TEXT("path", "t.csv"), CASE_TEXT("target", "y")};
    return case_read(c, "csv", 2, args);
}

static RtStatus read_pair(DataCase *c)
{
    const RtSourceArg args[] = {CASE_TEXT("images", "x.idx"), CASE_TEXT("labels", "x.idx")};
    return case_read(c, "idx", 2, args);
}

static RtStatus probe_pair(DataCase *c)
{
    RtProbe p;
    const RtSourceArg args[] = {CASE_TEXT("images", "x.idx"), CASE_TEXT("labels", "x.idx")};
    rt_readings_close(c->readings); /* what was read before would be taken again */
    c->readings = rt_readings_open();
    return c->readings ? case_probe(c, "idx", 2, args, &p)
                       : rt_fail(&c->error, "not enough memory for the readings");
}

static RtStatus read_npy(DataCase *c)
{
    const RtSourceArg args[] = {CASE_TEXT("x", "x.npy"), CASE_NONE("y")};
    return case_read(c, "npy", 2, args);
}

static size_t make_npz(unsigned char zip[512])
{
    static const char array[] =
        "\x93NUMPY\x01\0\x40\0{'descr': '|u1', 'fortran_order': False, 'shape': (3,), }      \n"
        "\1\2\3";
    return zip_make(zip, &(ZipCase){.method = 8}, "x.npy", array, sizeof array - 1);
}

/* A whole member, as those of .keras are read. */
static RtStatus unpack(DataCase *c)
{
    unsigned char zip[512], *owned = NULL;
    const unsigned char *bytes;
    const size_t n = make_npz(zip);
    RtZip z;
    RtStatus status = rt_zip_open(zip, n, "t.npz", &z, &c->error);
    if (status != RT_OK)
        return status;
    status = rt_zip_unpack(&z, &z.at[0], &bytes, &owned, &c->error);
    CHECK(status != RT_OK || !memcmp(bytes, "\x93NUMPY", 6));
    free(owned);
    rt_zip_close(&z);
    return status;
}

static RtStatus read_npz(DataCase *c)
{
    const RtSourceArg args[] = {CASE_TEXT("path", "t.npz"), CASE_TEXT("x", "x"), CASE_NONE("y")};
    return case_read(c, "npz", 3, args);
}

static void part_get(const void *part, int64_t row, double *values)
{
    const RtPart *p = part;
    rt_part_get(p, p->index[row], NULL, 0, values);
}

/* Twice, since the first column holds texts behind a number. */
static RtStatus read_texts(DataCase *c)
{
    RtProbe p;
    const RtSourceArg args[] = {CASE_TEXT("path", "words.csv"), CASE_TEXT("target", "y")};
    rt_readings_close(c->readings);
    c->readings = rt_readings_open();
    return c->readings ? case_probe(c, "csv", 2, args, &p)
                       : rt_fail(&c->error, "not enough memory for the readings");
}

static RtStatus open_data(DataCase *c)
{
    const RtSourceArg args[] = {CASE_TEXT("path", "t.csv"), CASE_TEXT("target", "y")};
    RtDatasetDesc d = {.name = "d"};
    RtDataset *data;
    const int64_t dims[] = {1};
    ImgArg axis = {.name = "axis", .i = -1};
    ImgCall normalize = {.name = "normalize", .args = {1, &axis}};
    RtChain chain = {0};
    d.part[RT_TRAIN] =
        (RtPartDesc){.kind = RT_PART_SOURCE, .source = {.name = "csv", .n_args = 2, .args = args}};
    d.part[RT_TEST] = (RtPartDesc){.kind = RT_PART_SPLIT, .fraction = 0.3, .stratify = true};
    rt_readings_close(c->readings);
    c->readings = rt_readings_open();
    if (!c->readings)
        return rt_fail(&c->error, "not enough memory for the readings");
    RtStatus status = rt_dataset_open(&d, RT_ALL_PARTS, &c->dirs, c->readings, &data, &c->error);
    if (status != RT_OK)
        return status;
    RtRows rows = {&data->parts[RT_TRAIN], data->parts[RT_TRAIN].rows, part_get, NULL, NULL};
    status = rt_chain_open(1, &normalize, NULL, 1, dims, &chain, &c->error);
    if (status == RT_OK)
        status = rt_chain_fit(&chain, &rows, &c->error);
    rt_chain_close(&chain);
    rt_dataset_close(data);
    return status;
}

static const char saved[] = "\x50\0\0\0\0\0\0\0{\"__metadata__\":{\"a\":\"b\"},\"x\":{\"dtype\":"
                            "\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}} "
                            "\0\0\x80\x3f\0\0\0\x40";

static RtStatus read_tensors(DataCase *c)
{
    RtTensorFile *f;
    RtStatus status = rt_tensors_parse(saved, sizeof saved - 1, "a.safetensors", &f, &c->error);
    if (status == RT_OK)
        rt_tensors_close(f);
    return status;
}

static RtStatus read_archive(DataCase *c)
{
    char path[128];
    RtTensorFile *f;
    RtStatus status = rt_tensors_read(case_path(c, "t.npz", path, sizeof path), &f, &c->error);
    if (status == RT_OK)
        rt_tensors_close(f);
    return status;
}

static RtStatus write_archive(DataCase *c)
{
    static const uint8_t x[2] = {1, 2};
    static const RtTensor t = {"x", RT_u8, 1, {2}, x};
    char path[128];
    case_path(c, "new", path, sizeof path);
    RtStatus status = rt_npz_write(path, &t, 1, &c->error);
    if (status == RT_OK)
        unlink(path);
    return status;
}

static void write_files(DataCase *c)
{
    static const char table[] = "x,y\n1,pear\n2,apple\n3,pear\n";
    static const char words[] = "x,w,y\n1,,0\na,b,1\n";
    static const char vector[] = "\0\0\x08\x01\0\0\0\x02\1\2";
    static const char columns[] =
        "\x93NUMPY\x01\0\x40\0{'descr': '|u1', 'fortran_order': True, 'shape': (2, 2), }     \n"
        "\1\2\3\4";
    unsigned char zip[512];
    size_t n = make_npz(zip);
    case_write(c, "t.csv", table, sizeof table - 1);
    case_write(c, "words.csv", words, sizeof words - 1);
    case_write(c, "x.idx", vector, sizeof vector - 1);
    case_write(c, "x.npy", columns, sizeof columns - 1);
    case_write(c, "t.npz", zip, n);
}

int main(void)
{
    DataCase c;
    case_open(&c);
    CHECK(rt_inflate_zlib.open != NULL); /* this program is linked with zlib */
    write_files(&c);
    check(&c, read_csv);
    check(&c, read_pair);
    check(&c, probe_pair);
    check(&c, read_npy);
    check(&c, read_npz);
    check(&c, unpack);
    check(&c, read_texts);
    check(&c, open_data);
    check(&c, read_tensors);
    check(&c, read_archive);
    check(&c, write_archive);
    for (size_t i = 0; i < sizeof messages / sizeof *messages; i++)
        if (!messages[i].seen)
            CHECK_STR("never seen", messages[i].text);
    case_close(&c);
    return check_done();
}
