/* config.h: what a model of Keras is made of, by name: config.json of a .keras, or model_config and training_config of a
 * legacy .h5. Arguments are not looked at. */
#ifndef NNLC_RUNTIME_FILES_KERAS_CONFIG_H
#define NNLC_RUNTIME_FILES_KERAS_CONFIG_H

#include "runtime/files/json.h"

typedef struct RtKerasConfigLayer {
    char *name, *class_name;
    uint32_t depth; /* 0; 1 in a nested model, ... */
    uint32_t end;   /* the first layer behind it and what is in it */
} RtKerasConfigLayer;

typedef struct RtKerasConfig {
    char *name, *class_name; /* of the model; NULL: the file does not say */
    char *optimizer, *loss;  /* NULL: it was not compiled, or with several losses */
    uint32_t n;
    RtKerasConfigLayer *layers; /* each before what is in it */
} RtKerasConfig;

/* `training`: of a legacy file; NULL: none. The caller frees *out, also after a failure. */
RtStatus rt_keras_config_read(const char *text, const char *training, const char *path,
                              RtKerasConfig *out, RtError *error) RT_MUST_USE;
/* Of metadata.json: the version of Keras and when the file was saved, in malloc memory; NULL: it does not say. */
RtStatus rt_keras_metadata_read(const char *text, const char *path, char **version, char **date,
                                RtError *error) RT_MUST_USE;
void rt_keras_config_free(RtKerasConfig *config);

#endif
