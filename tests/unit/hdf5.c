/* HDF5 files: what is written is read back by a child process; damaged ones give an error, whatever is broken. */
#include "runtime/files/hdf5/items.h"
#include "runtime/files/hdf5/layout.h"

#include "tests/unit/check.h"

static const float numbers[6] = {1, 2, 3, 4, 5, 6};
static const int32_t count = 7;
static const char *const names[] = {"dense", "größe"};
static const char *const one[] = {"net"};

static const RtH5Item items[] = {
    {.kind = RT_H5_TEXT, .path = "", .name = "keras_version", .n = 1, .texts = one},
    {.kind = RT_H5_GROUP, .path = "layers", .name = ""},
    {.kind = RT_H5_TEXTS, .path = "layers", .name = "layer_names", .n = 2, .texts = names},
    {.kind = RT_H5_TEXTS, .path = "layers", .name = "none", .n = 0},
    {.kind = RT_H5_ARRAY,
     .path = "layers/dense/vars/0",
     .name = "",
     .array = {.dtype = RT_f32, .rank = 2, .dims = {2, 3}, .data = numbers}},
    {.kind = RT_H5_ARRAY,
     .path = "layers/dense/vars/1",
     .name = "",
     .array = {.dtype = RT_i32, .data = &count}},
    {.kind = RT_H5_TEXT, .path = "layers/dense/vars/0", .name = "name", .n = 1, .texts = one},
};
enum { N_ITEMS = sizeof items / sizeof *items };

static const RtH5Item *find_item(const RtH5File *file, RtH5Kind kind, const char *path,
                                 const char *name)
{
    for (uint32_t i = 0; i < file->n; i++) {
        const RtH5Item *item = &file->items[i];
        if (item->kind == kind && !strcmp(item->path, path) && !strcmp(item->name, name))
            return item;
    }
    return NULL;
}

static void check_back(const RtH5File *f)
{
    const RtH5Item *a = find_item(f, RT_H5_ARRAY, "layers/dense/vars/0", "");
    CHECK(a && a->array.rank == 2 && a->array.dims[1] == 3 &&
          !memcmp(a->array.data, numbers, sizeof numbers));
    a = find_item(f, RT_H5_ARRAY, "layers/dense/vars/1", "");
    CHECK(a && !a->array.rank && a->array.dtype == RT_i32 && *(const int32_t *)a->array.data == 7);
    a = find_item(f, RT_H5_TEXTS, "layers", "layer_names");
    CHECK(a && a->n == 2 && !strcmp(a->texts[1], names[1]));
    a = find_item(f, RT_H5_TEXTS, "layers", "none");
    CHECK(a && a->n == 0);
    a = find_item(f, RT_H5_TEXT, "", "keras_version");
    CHECK(a && !strcmp(a->texts[0], "net"));
    CHECK(find_item(f, RT_H5_GROUP, "layers/dense/vars", ""));
    CHECK(!find_item(f, RT_H5_GROUP, "layers/dense/vars/0", ""));
}

static void check_damage(const unsigned char *bytes, size_t size)
{
    unsigned seed = 1;
    int refused = 0;
    unsigned char *copy = malloc(size);
    for (int i = 0; i < 120; i++) {
        RtH5File *f = NULL;
        RtError error;
        size_t n = i % 2 ? size : (size_t)i * size / 120;
        memcpy(copy, bytes, size);
        for (int k = 0; i % 2 && k < 4; k++) {
            seed = seed * 1103515245u + 12345u;
            copy[8 + (seed >> 8) % (size - 8)] = (unsigned char)(seed >> 4);
        }
        if (rt_hdf5_parse(copy, n, "cut.h5", &f, &error) != RT_OK) {
            CHECK(strstr(error.text, "cut.h5") != NULL);
            refused++;
        }
        rt_hdf5_close(f);
    }
    CHECK(refused > 60);
    free(copy);
}

/* What comes back from a child that crashes, or from no child of ours. */
static void check_streams(void)
{
    static const struct {
        const char *bytes;
        size_t n;
    } streams[] = {{"", 0},
                   {"g", 1},
                   {"g\x04\0\0\0abc", 8},
                   {"x", 1},
                   {"F\xff\xff\xff\xff", 5},
                   {"a\0\0\0\0\0\0\0\0\x63\x63\1", 12},
                   {"a\0\0\0\0\0\0\0\0\1\0\3", 12},
                   /* a byte at place 8 of 8 */
                   {"a\0\0\0\0\0\0\0\0\0\0\2\x08\0\0\0\0\0\0\0E", 21}};
    for (size_t i = 0; i < sizeof streams / sizeof *streams; i++) {
        RtH5File *f = NULL;
        RtError error;
        FILE *in = tmpfile();
        RtItemsIn from = {in, "a.h5", (const unsigned char *)"01234567", 8, false, 1 << 20};
        fwrite(streams[i].bytes, 1, streams[i].n, in);
        rewind(in);
        CHECK(rt_items_get(&from, &f, &error) != RT_OK);
        CHECK_STR(
            error.text,
            "'a.h5' is damaged: reading it needs too much memory or time, or ends in a crash");
        fclose(in);
    }
}

/* A layout that breaks off, or of which a writer tells why there is none. */
static void check_layouts(void)
{
    static const char crash[] =
        "cannot make the HDF5 file: not enough memory, or its process ended in a crash";
    static const struct {
        const char *bytes;
        size_t n;
        const char *error;
    } streams[] = {{"", 0, crash},
                   {"x", 1, crash},
                   {"F", 1, crash},
                   {"Fno room", 8, "no room"},
                   {"L\0\0\0", 4, crash},
                   {"L\0\0\0\0\0\0\0\0\x04\0\0\0\0\0\0\0abc", 20, crash},
                   {"L\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x80", 17,
                    "cannot make the HDF5 file: not enough memory"}};
    for (size_t i = 0; i < sizeof streams / sizeof *streams; i++) {
        RtH5Layout layout;
        RtError error;
        FILE *in = tmpfile();
        fwrite(streams[i].bytes, 1, streams[i].n, in);
        rewind(in);
        CHECK(rt_layout_get(in, 1, &layout, &error) != RT_OK);
        CHECK_STR(error.text, streams[i].error);
        fclose(in);
    }
}

/* Two arrays of 24 bytes in a file of 100, and places that cannot be. */
static void check_places(void)
{
    static const struct {
        uint64_t places[2];
        bool right;
    } tries[] = {{{48, 76}, true},  {{76, 48}, true},   {{48, 72}, true},
                 {{48, 71}, false}, {{76, 101}, false}, {{8, 1ull << 60}, false}};
    const RtH5Item list[] = {items[4], items[4]};
    for (size_t i = 0; i < sizeof tries / sizeof *tries; i++) {
        uint64_t places[] = {tries[i].places[0], tries[i].places[1]};
        RtH5Layout layout = {52, calloc(52, 1), places};
        RtH5Image image = {0};
        RtError error = {.text = "", .help = ""};
        size_t size = 0;
        RtStatus status = rt_layout_fill(&layout, list, 2, &image, &error);
        CHECK((status == RT_OK) == tries[i].right);
        CHECK(tries[i].right || strstr(error.text, "ended in a crash"));
        for (size_t k = 0; k < image.n; k++)
            size += image.pieces[k].n;
        CHECK(size == (tries[i].right ? 100 : 0));
        rt_hdf5_image_free(&image);
        free(layout.memory);
    }
}

static void check_types(void)
{
    RtH5Image image;
    RtError error;
    RtH5Item item = items[4];
    item.array.dtype = RT_bf16;
    CHECK(rt_hdf5_image(&item, 1, &image, &error) != RT_OK);
    CHECK_STR(error.text, "cannot make the HDF5 file: layers/dense/vars/0");
}

/* The pieces of a file one behind the other; in malloc memory. */
static unsigned char *whole(const RtH5Item *list, uint32_t n, size_t *size)
{
    RtH5Image image = {0};
    RtError error;
    CHECK(rt_hdf5_image(list, n, &image, &error) == RT_OK);
    *size = 0;
    for (size_t i = 0; i < image.n; i++)
        *size += image.pieces[i].n;
    unsigned char *bytes = malloc(*size + 1), *to = bytes;
    for (size_t i = 0; i < image.n; i++) {
        memcpy(to, image.pieces[i].bytes, image.pieces[i].n);
        to += image.pieces[i].n;
    }
    rt_hdf5_image_free(&image);
    return bytes;
}

static void check_all(void)
{
    void *bytes = NULL, *again = NULL;
    size_t size = 0, size_again = 0;
    RtError error;
    RtH5File *f = NULL;
    CHECK(rt_hdf5_library.walk != NULL && rt_hdf5_library.lay_out != NULL); /* links it */
    bytes = whole(items, N_ITEMS, &size);
    again = whole(items, N_ITEMS, &size_again);
    CHECK(size == size_again && !memcmp(bytes, again, size));
    CHECK(rt_hdf5_is(bytes, size) && !rt_hdf5_is(bytes, 7));
    RtStatus status = rt_hdf5_parse(bytes, size, "net.h5", &f, &error);
    CHECK(status == RT_OK);
    if (status == RT_OK)
        check_back(f);
    else
        fprintf(stderr, "%s\n", error.text);
    rt_hdf5_close(f);
    CHECK(rt_hdf5_parse("GIF89a..", 8, "a.h5", &f, &error) != RT_OK);
    CHECK(!strcmp(error.text, "'a.h5' is not an HDF5 file"));
    check_damage(bytes, size);
    check_streams();
    check_layouts();
    check_places();
    check_types();
    free(bytes);
    free(again);
}

int main(int argc, char **argv)
{
    int code;
    if (rt_hdf5_child(argc, argv, &code))
        return code;
    check_all();
    return check_done();
}
