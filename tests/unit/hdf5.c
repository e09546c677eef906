/* HDF5 files: what is written is read back by a child process; damaged ones give an error, whatever is broken. */
#include "runtime/files/hdf5/hdf5.h"

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

static void check_back(const RtH5File *f)
{
    const RtH5Item *a = rt_hdf5_find(f, RT_H5_ARRAY, "layers/dense/vars/0", "");
    CHECK(a && a->array.rank == 2 && a->array.dims[1] == 3 &&
          !memcmp(a->array.data, numbers, sizeof numbers));
    a = rt_hdf5_find(f, RT_H5_ARRAY, "layers/dense/vars/1", "");
    CHECK(a && !a->array.rank && a->array.dtype == RT_i32 && *(const int32_t *)a->array.data == 7);
    a = rt_hdf5_find(f, RT_H5_TEXTS, "layers", "layer_names");
    CHECK(a && a->n == 2 && !strcmp(a->texts[1], names[1]));
    a = rt_hdf5_find(f, RT_H5_TEXTS, "layers", "none");
    CHECK(a && a->n == 0);
    a = rt_hdf5_find(f, RT_H5_TEXT, "", "keras_version");
    CHECK(a && !strcmp(a->texts[0], "net"));
    CHECK(rt_hdf5_find(f, RT_H5_GROUP, "layers/dense/vars", ""));
    CHECK(!rt_hdf5_find(f, RT_H5_GROUP, "layers/dense/vars/0", ""));
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

static void check_all(void)
{
    void *bytes = NULL, *again = NULL;
    size_t size = 0, size_again = 0;
    RtError error;
    RtH5File *f = NULL;
    CHECK(rt_hdf5_library.walk != NULL); /* links it */
    CHECK(rt_hdf5_image(items, N_ITEMS, &bytes, &size, &error) == RT_OK);
    CHECK(rt_hdf5_image(items, N_ITEMS, &again, &size_again, &error) == RT_OK);
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
