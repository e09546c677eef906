/* Any bytes as the configuration of a Keras model: they give a message, or a text of models that can be parsed. A NUL
 * byte stands between the model and its compile settings, as an .h5 file has them. */
#include "tests/fuzz/keras_text.h"

#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    const char *text = (const char *)bytes;
    const char *nul = size ? memchr(text, 0, size) : NULL;
    KerasConfig config = {.model = text, .model_size = nul ? (size_t)(nul - text) : size};
    bool right;
    if (nul) {
        config.training = nul + 1;
        config.training_size = size - config.model_size - 1;
    }
    const char *wrong = keras_text_wrong(&config, &right);
    if (wrong) {
        fprintf(stderr, "%s\n", wrong);
        abort();
    }
    return 0;
}
