/* Any bytes as what files of Keras hold around their numbers: an archive, the configuration of a model, the lists of
 * layers and weights of a legacy file. The first byte says which. */
#include <stdlib.h>
#include <string.h>

#include "runtime/files/keras/archive.h"
#include "runtime/files/keras/config.h"
#include "runtime/files/keras/legacy.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/mutate_zip.h"

enum { MOST = 64 };

static void try_archive(const uint8_t *bytes, size_t size)
{
    RtZip zip;
    RtError error;
    RtKerasArchive archive;
    if (rt_zip_open(bytes, size, "input.keras", &zip, &error) != RT_OK)
        return;
    if (rt_keras_archive_is(&zip)) {
        RtStatus status = rt_keras_archive_open(&zip, &archive, &error);
        if (status == RT_OK && (!archive.label || archive.names.n != archive.texts.n))
            abort();
        rt_keras_archive_close(&archive);
    }
    rt_zip_close(&zip);
}

/* Each layer lies in those whose `end` is behind it. */
static void check_tree(const RtKerasConfig *c)
{
    for (uint32_t i = 0; i < c->n; i++)
        if (c->layers[i].end <= i || c->layers[i].end > c->n ||
            (i && c->layers[i].depth > c->layers[i - 1].depth + 1))
            abort();
}

static void try_config(const char *text)
{
    RtKerasConfig config;
    RtError error;
    char *version, *date;
    if (rt_keras_config_read(text, NULL, "input", &config, &error) == RT_OK)
        check_tree(&config);
    rt_keras_config_free(&config);
    if (rt_keras_config_read("{\"config\":[]}", text, "input", &config, &error) == RT_OK &&
        config.n)
        abort();
    rt_keras_config_free(&config);
    (void)!rt_keras_metadata_read(text, "input", &version, &date, &error);
    free(version);
    free(date);
}

/* Lines: "=NAME" a tensor, "KEY" a list, whose texts stand in lines behind it that begin with a blank. */
static void try_legacy(char *text)
{
    static const float zero;
    RtTensor tensors[MOST];
    RtTextList lists[MOST];
    const char *texts[MOST];
    uint32_t n = 0, n_lists = 0, n_texts = 0;
    for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n")) {
        if (*line == '=' && n < MOST) {
            tensors[n++] = (RtTensor){.name = line + 1, .data = &zero};
        } else if (*line == ' ' && n_lists && n_texts < MOST) {
            texts[n_texts++] = line + 1;
            lists[n_lists - 1].n++;
        } else if (n_lists < MOST && (!n_lists || strcmp(line, lists[n_lists - 1].key) > 0)) {
            lists[n_lists++] = (RtTextList){.key = line, .texts = texts + n_texts};
        }
    }
    RtTensorFile file = {.n = n, .tensors = tensors, .n_lists = n_lists, .lists = lists};
    RtKerasLegacy legacy;
    RtError error;
    if (!rt_keras_legacy_is(&file))
        return;
    RtStatus status = rt_keras_legacy_read(&file, "input", &legacy, &error);
    for (uint32_t i = 0; status == RT_OK && i < legacy.n_layers; i++)
        if (legacy.layers[i].first + legacy.layers[i].n > legacy.n)
            abort();
    if (legacy.n > n)
        abort();
    rt_keras_legacy_free(&legacy);
}

size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t size, size_t most, unsigned seed)
{
    if (size > 1 && most > 1 && bytes[0] == 'a' && seed % 8)
        return 1 + mutate_zip(bytes + 1, size - 1, most - 1, seed);
    return LLVMFuzzerMutate(bytes, size, most);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    char *text = size ? malloc(size) : NULL;
    if (!text)
        return 0;
    memcpy(text, bytes + 1, size - 1);
    text[size - 1] = 0;
    if (bytes[0] == 'a')
        try_archive(bytes + 1, size - 1);
    else if (bytes[0] == 'c')
        try_config(text);
    else
        try_legacy(text);
    free(text);
    return 0;
}
