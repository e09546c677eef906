/* Any bytes as a command image: what is read is written back to an image that reads alike. */
#include <string.h>

#include "runtime/abi/image.h"
#include "tests/fuzz/fuzz.h"

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
