/* IDX files: all element types, shapes, and everything that a damaged pair can have wrong. */
#include "tests/unit/data_case.h"

static const RtSourceArg pair[] = {CASE_TEXT("images", "x.idx"), CASE_TEXT("labels", "y.idx")};

static const char images[] = "\0\0\x08\x03\0\0\0\x02\0\0\0\x01\0\0\0\x03"
                             "\x01\x02\x03\x04\x05\xff";
static const char labels[] = "\0\0\x08\x01\0\0\0\x02\x07\x00";

static void write_pair(DataCase *c)
{
    case_write(c, "x.idx", images, sizeof images - 1);
    case_write(c, "y.idx", labels, sizeof labels - 1);
}

static void check_pair(DataCase *c)
{
    RtProbe p;
    write_pair(c);
    if (!CHECK_EQ_INT(case_read(c, "idx", 2, pair), RT_OK))
        return;
    CHECK_EQ_INT(c->x->dtype, RT_u8);
    CHECK_EQ_INT(c->x->rank, 3);
    CHECK_EQ_INT(c->x->dims[0], 2);
    CHECK_EQ_INT(c->x->dims[1], 1);
    CHECK_EQ_INT(c->x->dims[2], 3);
    CHECK_EQ_INT(c->x->bytes, 6);
    CHECK_EQ_INT((uintptr_t)c->x->data % 64, 0);
    CHECK(!memcmp(c->x->data, "\x01\x02\x03\x04\x05\xff", 6));
    CHECK_EQ_INT(c->y->rank, 1);
    CHECK(rt_array_f64(c->y, 0) == 7);
    if (!CHECK_EQ_INT(case_probe(c, "idx", 2, pair, &p), RT_OK))
        return;
    CHECK(!p.missing && p.has_y);
    CHECK_EQ_INT(p.rows, 2);
    CHECK_EQ_INT(p.x_rank, 2);
    CHECK_EQ_INT(p.x_dims[1], 3);
    CHECK_EQ_INT(p.y_rank, 0);
    CHECK_EQ_INT(p.classes, 8);
    CHECK_EQ_INT(p.label_min, 0);
    CHECK_EQ_INT(p.label_max, 7);
}

static void check_types(DataCase *c)
{
    static const struct {
        const char bytes[24];
        size_t size;
        RtDtype dtype;
        double first, second;
    } files[] = {
        {"\0\0\x09\x01\0\0\0\x02\xff\x7f", 10, RT_i8, -1, 127},
        {"\0\0\x0b\x01\0\0\0\x02\xff\xfe\x01\x02", 12, RT_i32, -2, 258},
        {"\0\0\x0c\x01\0\0\0\x02\xff\xff\xff\xfd\0\x01\0\0", 16, RT_i32, -3, 65536},
        {"\0\0\x0d\x01\0\0\0\x02\x3f\xc0\0\0\xc0\0\0\0", 16, RT_f32, 1.5, -2},
        {"\0\0\x0e\x01\0\0\0\x02\x3f\xf8\0\0\0\0\0\0\xc0\0\0\0\0\0\0\0", 24, RT_f64, 1.5, -2},
    };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        write_pair(c);
        case_write(c, "x.idx", files[i].bytes, files[i].size);
        if (!CHECK_EQ_INT(case_read(c, "idx", 2, pair), RT_OK))
            continue;
        CHECK_EQ_INT(c->x->dtype, files[i].dtype);
        CHECK(rt_array_f64(c->x, 0) == files[i].first);
        CHECK(rt_array_f64(c->x, 1) == files[i].second);
    }
}

static void check_damaged(DataCase *c)
{
    static const struct {
        const char *bytes;
        size_t size;
        const char *message;
    } files[] = {
        {"", 0, "'x.idx' is empty"},
        {"\0\0\x08", 3, "'x.idx' ends in its IDX header"},
        {"\1", 1, "'x.idx' is not an IDX file: it starts with 01 00, not 00 00"},
        {"PK\x03\x04", 4, "'x.idx' is not an IDX file: it starts with 50 4b, not 00 00"},
        {"\0\0\x0a\x01", 4, "'x.idx' has the IDX type 0a, known are 08 09 0b 0c 0d 0e"},
        {"\0\0\x08\0", 4, "'x.idx' has 0 dimensions, possible are 1 to 8"},
        {"\0\0\x08\x09", 4, "'x.idx' has 9 dimensions, possible are 1 to 8"},
        {"\0\0\x08\x02\0\0\0\x02\0\0", 10, "'x.idx' ends in the sizes of its 2 dimensions"},
        {images, 20, "'x.idx' is cut off: 2 x 1 x 3 elements take 6 bytes, but only 4 are there"},
        {images, sizeof images, "'x.idx' goes on after its 2 x 1 x 3 elements, which take 6 bytes"},
        {"\0\0\x08\x04\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", 20,
         "the sizes in 'x.idx' are impossible: 4294967295 x 4294967295 x 4294967295 x 4294967295"},
        {"\0\0\x08\x04\0\0\0\x01\xff\xff\xff\xff\xff\xff\xff\xff\0\0\0\0", 20,
         "the sizes in 'x.idx' are impossible: 1 x 4294967295 x 4294967295 x 0"},
        {"\0\0\x08\x01\0\0\0\0", 8, "'x.idx' has 0 images, but 'y.idx' has 2 labels"},
        {"\0\0\x08\x01\0\0\0\x01\x05", 9, "'x.idx' has 1 images, but 'y.idx' has 2 labels"},
    };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        write_pair(c);
        case_write(c, "x.idx", files[i].bytes, files[i].size);
        CHECK_STR(case_fails(c, "idx", 2, pair), files[i].message);
    }
    case_write(c, "x.idx", "\0\0\x08\x01\0\0\0\0", 8);
    case_write(c, "y.idx", "\0\0\x08\x01\0\0\0\0", 8);
    CHECK_STR(case_fails(c, "idx", 2, pair), "'x.idx' has no rows");
}

static void check_places(DataCase *c)
{
    char absolute[128];
    RtSourceArg args[] = {CASE_TEXT("images", "none.idx"), CASE_TEXT("labels", "y.idx")};
    RtProbe p;
    write_pair(c);
    CHECK(case_read(c, "idx", 2, args) == RT_ERROR);
    CHECK(strstr(c->error.text, "file 'none.idx' not found (searched: '/tmp/nnlc-unit-"));
    CHECK_EQ_INT(case_probe(c, "idx", 2, args, &p), RT_OK);
    CHECK(p.missing);
    args[0].text = "/nowhere/none.idx";
    CHECK_STR(case_fails(c, "idx", 2, args), "file '/nowhere/none.idx' not found");
    args[0].text = case_path(c, "x.idx", absolute, sizeof absolute);
    CHECK_EQ_INT(case_read(c, "idx", 2, args), RT_OK);
    args[0].text = "/tmp";
    CHECK_STR(case_fails(c, "idx", 2, args),
              "'/tmp' is a folder, which has its own labels: leave out 'labels'");
    args[0].text = "/proc/self/mem";
    CHECK_STR(case_fails(c, "idx", 2, args), "cannot read '/proc/self/mem': Input/output error");
    CHECK_STR(case_fails(c, "idx", 1, args + 1), "the source 'idx' has no file 'images'");
    CHECK_STR(case_fails(c, "cifar10", 0, args), "the source 'cifar10' is not built yet");
}

static RtStatus read_folder(DataCase *c, const char *folder, bool held_out)
{
    RtSourceArg args[] = {CASE_TEXT("images", folder)};
    RtSourceDesc source = {.name = "idx", .n_args = 1, .args = args, .held_out = held_out};
    case_forget(c);
    return rt_source_read(&source, &c->dirs, false, &c->read, &c->error);
}

static void check_folder(DataCase *c)
{
    static const char *const endings[] = {"images-idx3-ubyte", "images.idx3-ubyte"};
    char folder[128], path[128], name[64];
    case_path(c, ".", folder, sizeof folder);
    for (size_t i = 0; i < 2; i++) {
        snprintf(name, sizeof name, "train-%s", endings[i]);
        case_write(c, name, images, sizeof images - 1);
        case_write(c, "train-labels.idx1-ubyte", labels, sizeof labels - 1);
        if (CHECK_EQ_INT(read_folder(c, folder, false), RT_OK)) {
            CHECK(rt_array_f64(c->read.x, 5) == 255 && rt_array_f64(c->read.y, 0) == 7);
            CHECK(strstr(c->read.path, name) && strstr(c->read.y_path, "train-labels"));
        }
        unlink(case_path(c, name, path, sizeof path));
    }
    CHECK(read_folder(c, folder, false) == RT_ERROR);
    CHECK_STR(case_error(c), "the folder '.' has neither 'train-images-idx3-ubyte' nor "
                             "'train-images.idx3-ubyte', with or without '.gz'");
    case_write(c, "t10k-images-idx3-ubyte", images, sizeof images - 1);
    CHECK(read_folder(c, folder, true) == RT_ERROR);
    CHECK_STR(case_error(c), "the folder '.' has neither 't10k-labels-idx1-ubyte' nor "
                             "'t10k-labels.idx1-ubyte', with or without '.gz'");
    case_write(c, "t10k-labels-idx1-ubyte", "\0\0\x08\x01\0\0\0\x01\x05", 9);
    CHECK(read_folder(c, folder, true) == RT_ERROR);
    CHECK_STR(case_error(c), "'./t10k-images-idx3-ubyte' has 2 images, but "
                             "'./t10k-labels-idx1-ubyte' has 1 labels");
}

/* Without labels there are no targets. */
static void check_no_labels(DataCase *c)
{
    write_pair(c);
    CHECK_EQ_INT(case_read(c, "idx", 1, pair), RT_OK);
    CHECK(c->x && !c->y);
}

/* A file of a folder that has changed is read again. */
static void check_changed(DataCase *c)
{
    char folder[128];
    const RtReading *first = NULL, *second = NULL, *third = NULL;
    RtSourceArg args[] = {CASE_TEXT("images", folder)};
    RtSourceDesc source = {.name = "idx", .n_args = 1, .args = args};
    case_path(c, ".", folder, sizeof folder);
    case_write(c, "train-images-idx3-ubyte", images, sizeof images - 1);
    CHECK(rt_readings_get(c->readings, &source, &c->dirs, false, &first, NULL, &c->error) == RT_OK);
    CHECK(rt_readings_get(c->readings, &source, &c->dirs, false, &second, NULL, &c->error) ==
          RT_OK);
    case_write(c, "train-labels.idx1-ubyte", "\0\0\x0c\x01\0\0\0\x02\0\0\0\1\0\0\0\0", 16);
    CHECK(rt_readings_get(c->readings, &source, &c->dirs, false, &third, NULL, &c->error) == RT_OK);
    CHECK(first && first == second && third && third != first);
    CHECK(third && rt_array_f64(third->y, 0) == 1);
}

static void check_search(DataCase *c)
{
    const char *dirs[] = {"", "/nowhere", NULL, c->folder};
    RtDirs search = {4, dirs};
    char path[128], *found = NULL;
    write_pair(c);
    CHECK_EQ_INT(rt_find_file(&search, "x.idx", &found, &c->error), RT_OK);
    CHECK_STR(found, case_path(c, "x.idx", path, sizeof path));
    free(found);
    search.n = 3;
    CHECK_EQ_INT(rt_find_file(&search, "x.idx", &found, &c->error), RT_END);
    CHECK_EQ_INT(rt_fail_missing(&search, "x.idx", &c->error), RT_ERROR);
    CHECK_STR(c->error.text, "file 'x.idx' not found (searched: '/nowhere')");
}

int main(void)
{
    DataCase c;
    case_open(&c);
    check_pair(&c);
    check_types(&c);
    check_damaged(&c);
    check_places(&c);
    check_search(&c);
    check_folder(&c);
    check_no_labels(&c);
    check_changed(&c);
    case_close(&c);
    return check_done();
}
