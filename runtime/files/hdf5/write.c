/* write.c: HDF5 files in their place. */
#include <stdlib.h>

#include "runtime/files/atomic.h"
#include "runtime/files/hdf5/hdf5.h"

extern const RtHdf5 rt_hdf5_library __attribute__((weak));

bool rt_hdf5_is_there(void)
{
    const RtHdf5 *library = &rt_hdf5_library;
    return library != NULL;
}

RtStatus rt_hdf5_check(const char *path, RtError *error)
{
    if (rt_hdf5_is_there())
        return RT_OK;
    RtStatus status =
        rt_fail(error, "cannot write '%s': this program was compiled without HDF5", path);
    rt_fail_help(error, "compile it with --with=hdf5, or save weights as .safetensors or .npz");
    return status;
}

void rt_hdf5_image_free(RtH5Image *image)
{
    free(image->pieces);
    free(image->memory);
}

RtStatus rt_hdf5_write(const char *path, const RtH5Item *items, uint32_t n, RtError *error)
{
    RtFile file;
    RtH5Image image;
    RtStatus status = rt_hdf5_image(items, n, &image, error);
    if (status != RT_OK)
        return status;
    status = rt_file_begin(path, &file, error);
    if (status == RT_OK) {
        rt_stream_put_all(file.stream, image.pieces, image.n);
        status = rt_file_commit(&file, error);
    }
    rt_hdf5_image_free(&image);
    return status;
}
