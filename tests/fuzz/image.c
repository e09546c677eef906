/* Any bytes as a command image: what is read is written back to an image that reads alike. The start is
 * the image of the unit tests, in today's format: it is put into the first folder of the command line. */
#include <string.h>

#include "runtime/abi/image.h"
#include "tests/fuzz/fuzz.h"
#include "tests/unit/run_case.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    RunCase c;
    size_t size;
    char path[4096];
    run_case_make(&c);
    unsigned char *bytes = c.image ? image_write(c.image, &size) : NULL;
    for (int i = 1; i < *argc; i++) {
        if ((*argv)[i][0] == '-')
            continue;
        snprintf(path, sizeof path, "%s/made", (*argv)[i]);
        FILE *out = bytes ? fopen(path, "wb") : NULL;
        if (!out || fwrite(bytes, 1, size, out) != size || fclose(out))
            abort();
        break;
    }
    image_free(c.image);
    free(bytes);
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    char error[256] = "";
    size_t n, n_again;
    ImgProgram *program = image_read(bytes, size, error, sizeof error);
    if (!program) {
        if (!*error)
            abort();
        return 0;
    }
    unsigned char *written = image_write(program, &n);
    ImgProgram *again = written ? image_read(written, n, error, sizeof error) : NULL;
    unsigned char *twice = again ? image_write(again, &n_again) : NULL;
    if (!twice || n != n_again || memcmp(written, twice, n) != 0)
        abort();
    image_free(program);
    image_free(again);
    free(written);
    free(twice);
    return 0;
}
