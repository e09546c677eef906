/* callbacks.h: made by make_callbacks.py, do not edit. keras 3.15.1. */
#ifndef NNLC_TESTS_GOLDEN_CALLBACKS_H
#define NNLC_TESTS_GOLDEN_CALLBACKS_H

#include <math.h>

#define MISSING INFINITY

/* A training: a callback, its arguments, and the metric it watches; then what comes of it. */
typedef struct GoldenCallback {
    const char *callback, *arguments;
    int n;
    double values[14];
    const char *messages;
    int epochs, weight; /* the epoch whose weights the model has at the end */
    double rate;
} GoldenCallback;

/* clang-format off */
static const GoldenCallback golden_callbacks[] = {
    {"EarlyStopping", "monitor=val_loss mode=auto patience=2 min_delta=0 restore_best_weights=1 start_from_epoch=2 verbose=1",
     13, {MISSING, 1.53125, 2.875, MISSING, 2.59375, 2.71875, 0.09375, 2.1875, 1.0, NAN, 2.875, 1.0, 1.03125},
     "Epoch 9: early stopping\n"
     "Restoring model weights from the end of the best epoch: 7.\n",
     9, 7, 0.5},
    {"EarlyStopping", "monitor=val_accuracy mode=max patience=0 min_delta=0 restore_best_weights=1 start_from_epoch=2 verbose=1",
     6, {MISSING, 2.625, 1.03125, 0.09375, 1.0, 2.0},
     "Epoch 4: early stopping\n"
     "Restoring model weights from the end of the best epoch: 3.\n",
     4, 3, 0.5},
    {"EarlyStopping", "monitor=val_loss mode=auto patience=3 min_delta=0.375 restore_best_weights=1 start_from_epoch=2 verbose=1",
     11, {2.1875, 2.03125, 1.0, 1.4375, 1.03125, 1.03125, 0.90625, MISSING, 2.6875, 1.03125, 2.46875},
     "Epoch 6: early stopping\n"
     "Restoring model weights from the end of the best epoch: 3.\n",
     6, 3, 0.5},
    {"EarlyStopping", "monitor=val_loss mode=auto patience=1 min_delta=0.0 restore_best_weights=0 start_from_epoch=0 verbose=1",
     5, {1.03125, 1.03125, NAN, 2.03125, MISSING},
     "Epoch 2: early stopping\n",
     2, 2, 0.5},
    {"EarlyStopping", "monitor=val_loss mode=auto patience=1 min_delta=0.78125 restore_best_weights=1 start_from_epoch=3 verbose=1",
     11, {1.0, 1.0, MISSING, 0.5, 1.21875, 2.96875, 1.0, 2.34375, 1.8125, 2.8125, 0.375},
     "Epoch 5: early stopping\n"
     "Restoring model weights from the end of the best epoch: 4.\n",
     5, 4, 0.5},
    {"EarlyStopping", "monitor=val_accuracy mode=auto patience=3 min_delta=-0.59375 restore_best_weights=1 start_from_epoch=0 verbose=1",
     1, {1.0},
     "Restoring model weights from the end of the best epoch: 1.\n",
     1, 1, 0.5},
    {"EarlyStopping", "monitor=val_loss mode=auto patience=1 min_delta=0.28125 restore_best_weights=0 start_from_epoch=0 verbose=1",
     5, {1.0, 1.0, 2.125, NAN, 1.03125},
     "Epoch 2: early stopping\n",
     2, 2, 0.5},
    {"EarlyStopping", "monitor=loss mode=min patience=2 min_delta=0 restore_best_weights=0 start_from_epoch=0 baseline=2.40625 verbose=1",
     13, {1.9375, 0.40625, 0.5625, MISSING, 2.1875, 1.4375, 1.09375, MISSING, 0.15625, NAN, NAN, 1.0, 1.03125},
     "Epoch 5: early stopping\n",
     5, 5, 0.5},
    {"EarlyStopping", "monitor=val_accuracy mode=auto patience=1 min_delta=0 restore_best_weights=0 start_from_epoch=0 verbose=1",
     5, {1.03125, MISSING, NAN, 1.0, 0.71875},
     "Epoch 3: early stopping\n",
     3, 3, 0.5},
    {"EarlyStopping", "monitor=val_loss mode=min patience=0 min_delta=0 restore_best_weights=1 start_from_epoch=0 verbose=1",
     11, {1.0, 1.28125, 1.1875, 2.15625, MISSING, MISSING, 1.03125, MISSING, 0.6875, NAN, NAN},
     "Epoch 2: early stopping\n"
     "Restoring model weights from the end of the best epoch: 1.\n",
     2, 1, 0.5},
    {"EarlyStopping", "monitor=val_loss mode=auto patience=0 min_delta=0.25 restore_best_weights=0 start_from_epoch=0 baseline=2.125 verbose=1",
     3, {2.84375, 1.0, 1.0},
     "Epoch 3: early stopping\n",
     3, 3, 0.5},
    {"EarlyStopping", "monitor=val_accuracy mode=auto patience=3 min_delta=0 restore_best_weights=1 start_from_epoch=2 baseline=2.5625 verbose=1",
     7, {2.28125, 0.53125, 1.0, MISSING, 1.0, 2.90625, 1.0},
     "Restoring model weights from the end of the best epoch: 6.\n",
     7, 6, 0.5},
    {"EarlyStopping", "monitor=loss mode=max patience=2 min_delta=0.09375 restore_best_weights=0 start_from_epoch=0 verbose=1",
     13, {1.03125, 1.03125, 1.46875, 2.9375, NAN, 1.6875, 2.875, 1.03125, 0.65625, 0.34375, 0.3125, 1.0, 1.75},
     "Epoch 6: early stopping\n",
     6, 6, 0.5},
    {"EarlyStopping", "monitor=val_accuracy mode=auto patience=0 min_delta=0.71875 restore_best_weights=1 start_from_epoch=0 verbose=1",
     5, {0.96875, MISSING, 1.03125, 0.5625, 1.03125},
     "Epoch 3: early stopping\n"
     "Restoring model weights from the end of the best epoch: 1.\n",
     3, 1, 0.5},
    {"EarlyStopping", "monitor=val_accuracy mode=auto patience=2 min_delta=0 restore_best_weights=0 start_from_epoch=0 verbose=1",
     7, {0.8125, 0.09375, MISSING, 1.03125, MISSING, 1.0, 1.03125},
     "Epoch 7: early stopping\n",
     7, 7, 0.5},
    {"EarlyStopping", "monitor=loss mode=max patience=0 min_delta=0 restore_best_weights=0 start_from_epoch=3 baseline=1.09375 verbose=1",
     11, {2.875, 1.0, 1.21875, 2.09375, 1.0, 1.59375, 1.03125, 2.875, 1.0625, 1.03125, NAN},
     "Epoch 5: early stopping\n",
     5, 5, 0.5},
    {"EarlyStopping", "monitor=val_accuracy mode=max patience=1 min_delta=0.84375 restore_best_weights=0 start_from_epoch=0 verbose=1",
     12, {2.34375, NAN, 2.8125, 1.03125, 1.03125, 1.03125, NAN, 1.03125, 1.0, 1.03125, 2.84375, 2.8125},
     "Epoch 2: early stopping\n",
     2, 2, 0.5},
    {"EarlyStopping", "monitor=val_loss mode=max patience=2 min_delta=0 restore_best_weights=1 start_from_epoch=0 baseline=2.90625 verbose=1",
     3, {1.75, NAN, 1.0},
     "Epoch 2: early stopping\n"
     "Restoring model weights from the end of the best epoch: 1.\n",
     2, 1, 0.5},
    {"EarlyStopping", "monitor=val_accuracy mode=auto patience=0 min_delta=-0.1875 restore_best_weights=1 start_from_epoch=0 baseline=1.5625 verbose=1",
     6, {MISSING, 0.0625, 1.0, MISSING, 1.0, 0.65625},
     "Epoch 5: early stopping\n"
     "Restoring model weights from the end of the best epoch: 3.\n",
     5, 3, 0.5},
    {"EarlyStopping", "monitor=val_accuracy mode=max patience=3 min_delta=0 restore_best_weights=1 start_from_epoch=0 verbose=1",
     2, {MISSING, 1.03125},
     "Restoring model weights from the end of the best epoch: 2.\n",
     2, 2, 0.5},
    {"EarlyStopping", "monitor=loss mode=min patience=1 min_delta=0 restore_best_weights=0 start_from_epoch=0 baseline=0.5625 verbose=1",
     11, {1.0, 1.03125, 0.125, 1.03125, MISSING, 1.03125, 1.0, 1.03125, 0.96875, 1.03125, 2.78125},
     "Epoch 2: early stopping\n",
     2, 2, 0.5},
    {"EarlyStopping", "monitor=loss mode=max patience=1 min_delta=0.6875 restore_best_weights=0 start_from_epoch=0 verbose=1",
     12, {1.03125, 0.375, 1.6875, MISSING, 0.15625, 2.65625, 2.8125, 1.03125, 0.3125, 1.03125, 1.0, 2.6875},
     "Epoch 2: early stopping\n",
     2, 2, 0.5},
    {"EarlyStopping", "monitor=val_loss mode=auto patience=2 min_delta=0.34375 restore_best_weights=1 start_from_epoch=3 verbose=1",
     3, {2.59375, 2.96875, MISSING},
     "",
     3, 3, 0.5},
    {"EarlyStopping", "monitor=val_accuracy mode=auto patience=0 min_delta=0 restore_best_weights=1 start_from_epoch=2 baseline=1.40625 verbose=1",
     5, {1.28125, 1.03125, 1.0, 1.03125, NAN},
     "Epoch 5: early stopping\n"
     "Restoring model weights from the end of the best epoch: 4.\n",
     5, 4, 0.5},
    {"EarlyStopping", "monitor=loss mode=max patience=2 min_delta=-0.03125 restore_best_weights=1 start_from_epoch=0 verbose=1",
     13, {1.0, MISSING, 2.71875, 1.0, 2.46875, 2.71875, 0.25, 2.5625, 1.03125, 1.03125, 1.0, 1.0, 1.0},
     "Epoch 5: early stopping\n"
     "Restoring model weights from the end of the best epoch: 3.\n",
     5, 3, 0.5},
    {"EarlyStopping", "monitor=val_accuracy mode=max patience=1 min_delta=-0.96875 restore_best_weights=1 start_from_epoch=3 verbose=1",
     2, {MISSING, 0.0},
     "",
     2, 2, 0.5},
    {"EarlyStopping", "monitor=loss mode=auto patience=0 min_delta=0.1875 restore_best_weights=1 start_from_epoch=3 verbose=1",
     9, {1.0, 1.03125, 1.0, 1.03125, 1.6875, 1.59375, 1.0, 1.0, 1.53125},
     "Epoch 5: early stopping\n"
     "Restoring model weights from the end of the best epoch: 4.\n",
     5, 4, 0.5},
    {"EarlyStopping", "monitor=val_loss mode=max patience=1 min_delta=0 restore_best_weights=1 start_from_epoch=0 verbose=1",
     10, {1.03125, 1.0, 1.0, MISSING, 0.8125, NAN, 1.59375, 0.34375, MISSING, 1.0},
     "Epoch 2: early stopping\n"
     "Restoring model weights from the end of the best epoch: 1.\n",
     2, 1, 0.5},
    {"EarlyStopping", "monitor=loss mode=auto patience=2 min_delta=0 restore_best_weights=1 start_from_epoch=0 verbose=1",
     11, {1.0, 1.0, NAN, NAN, 1.03125, 2.15625, NAN, 1.03125, 2.8125, 1.75, 1.0625},
     "Epoch 3: early stopping\n"
     "Restoring model weights from the end of the best epoch: 1.\n",
     3, 1, 0.5},
    {"EarlyStopping", "monitor=val_loss mode=min patience=1 min_delta=0.625 restore_best_weights=0 start_from_epoch=3 verbose=1",
     9, {1.03125, 1.03125, 1.0, 2.40625, 1.0, 1.03125, 2.5625, NAN, 1.03125},
     "Epoch 6: early stopping\n",
     6, 6, 0.5},
    {"EarlyStopping", "monitor=loss mode=auto patience=1 min_delta=0 restore_best_weights=0 start_from_epoch=3 verbose=1",
     5, {1.6875, MISSING, 1.03125, MISSING, 1.375},
     "",
     5, 5, 0.5},
    {"EarlyStopping", "monitor=val_loss mode=auto patience=2 min_delta=0 restore_best_weights=0 start_from_epoch=0 verbose=1",
     5, {MISSING, 1.03125, MISSING, 1.3125, 1.03125},
     "Epoch 5: early stopping\n",
     5, 5, 0.5},
    {"EarlyStopping", "monitor=loss mode=auto patience=2 min_delta=0 restore_best_weights=1 start_from_epoch=3 verbose=1",
     7, {1.03125, 0.1875, 1.03125, 1.03125, 1.875, MISSING, 2.15625},
     "Epoch 7: early stopping\n"
     "Restoring model weights from the end of the best epoch: 4.\n",
     7, 4, 0.5},
    {"EarlyStopping", "monitor=val_accuracy mode=auto patience=1 min_delta=-0.71875 restore_best_weights=0 start_from_epoch=0 verbose=1",
     13, {1.03125, NAN, 1.03125, 2.71875, 2.5625, MISSING, 1.0, 1.0, 1.0, 2.5625, 2.34375, 1.03125, 1.03125},
     "Epoch 2: early stopping\n",
     2, 2, 0.5},
    {"EarlyStopping", "monitor=loss mode=auto patience=1 min_delta=-0.59375 restore_best_weights=1 start_from_epoch=0 baseline=0.15625 verbose=1",
     12, {1.03125, 1.0, 1.03125, MISSING, 0.4375, 1.03125, 0.46875, 1.53125, 0.375, 2.625, 1.0, 2.625},
     "Epoch 2: early stopping\n"
     "Restoring model weights from the end of the best epoch: 1.\n",
     2, 1, 0.5},
    {"EarlyStopping", "monitor=val_accuracy mode=auto patience=3 min_delta=0 restore_best_weights=0 start_from_epoch=0 verbose=1",
     2, {0.09375, 1.03125},
     "",
     2, 2, 0.5},
    {"EarlyStopping", "monitor=val_loss mode=auto patience=2 min_delta=0 restore_best_weights=1 start_from_epoch=0 verbose=1",
     7, {2.15625, 2.625, NAN, 0.0625, 2.0625, 2.75, 1.84375},
     "Epoch 3: early stopping\n"
     "Restoring model weights from the end of the best epoch: 1.\n",
     3, 1, 0.5},
    {"EarlyStopping", "monitor=loss mode=auto patience=3 min_delta=-0.84375 restore_best_weights=0 start_from_epoch=0 baseline=1.21875 verbose=1",
     8, {1.0, 1.03125, 1.0, 1.0, 1.03125, 1.03125, 2.875, 1.03125},
     "Epoch 3: early stopping\n",
     3, 3, 0.5},
    {"EarlyStopping", "monitor=val_accuracy mode=max patience=2 min_delta=0 restore_best_weights=0 start_from_epoch=0 verbose=1",
     4, {0.28125, 0.9375, MISSING, MISSING},
     "",
     4, 4, 0.5},
    {"EarlyStopping", "monitor=val_accuracy mode=max patience=3 min_delta=-0.46875 restore_best_weights=0 start_from_epoch=3 verbose=1",
     4, {1.03125, 1.03125, 1.03125, MISSING},
     "",
     4, 4, 0.5},
    {"EarlyStopping", "monitor=val_accuracy mode=auto patience=3 min_delta=0 restore_best_weights=0 start_from_epoch=3 verbose=1",
     8, {MISSING, 0.625, 2.5, 2.34375, NAN, 1.0, 1.03125, 0.46875},
     "Epoch 7: early stopping\n",
     7, 7, 0.5},
    {"EarlyStopping", "monitor=loss mode=max patience=3 min_delta=0 restore_best_weights=0 start_from_epoch=0 verbose=1",
     9, {1.0, 1.0, NAN, 0.0625, 1.03125, 0.375, 0.75, 1.0, 1.03125},
     "Epoch 4: early stopping\n",
     4, 4, 0.5},
    {"EarlyStopping", "monitor=loss mode=auto patience=2 min_delta=0 restore_best_weights=0 start_from_epoch=3 baseline=0.5625 verbose=1",
     14, {1.125, MISSING, 1.03125, 1.40625, 1.0, 1.25, 2.21875, 1.0, MISSING, 2.09375, 1.34375, 1.0, 1.0, 0.0},
     "Epoch 6: early stopping\n",
     6, 6, 0.5},
    {"EarlyStopping", "monitor=val_accuracy mode=auto patience=1 min_delta=-0.4375 restore_best_weights=0 start_from_epoch=2 verbose=1",
     9, {1.03125, 2.40625, 1.03125, 1.03125, 2.46875, NAN, 1.03125, MISSING, 1.1875},
     "Epoch 4: early stopping\n",
     4, 4, 0.5},
    {"EarlyStopping", "monitor=val_loss mode=min patience=2 min_delta=0.15625 restore_best_weights=0 start_from_epoch=0 verbose=1",
     6, {2.96875, 2.96875, NAN, 0.78125, 2.34375, 1.8125},
     "Epoch 3: early stopping\n",
     3, 3, 0.5},
    {"EarlyStopping", "monitor=val_accuracy mode=min patience=2 min_delta=-0.125 restore_best_weights=0 start_from_epoch=0 verbose=1",
     1, {MISSING},
     "",
     1, 1, 0.5},
    {"EarlyStopping", "monitor=val_loss mode=auto patience=0 min_delta=0 restore_best_weights=1 start_from_epoch=0 baseline=2.0 verbose=1",
     6, {1.28125, 1.03125, 1.0, 1.9375, 1.0, MISSING},
     "Epoch 4: early stopping\n"
     "Restoring model weights from the end of the best epoch: 3.\n",
     4, 3, 0.5},
    {"EarlyStopping", "monitor=val_accuracy mode=auto patience=3 min_delta=0 restore_best_weights=1 start_from_epoch=3 verbose=1",
     14, {1.03125, 1.03125, 0.03125, 1.40625, 1.0, 2.5, 1.71875, 0.03125, 1.03125, 0.1875, NAN, 1.0, 0.09375, 1.03125},
     "Epoch 9: early stopping\n"
     "Restoring model weights from the end of the best epoch: 6.\n",
     9, 6, 0.5},
    {"EarlyStopping", "monitor=val_accuracy mode=max patience=3 min_delta=0 restore_best_weights=1 start_from_epoch=0 verbose=1",
     10, {2.5, 1.5, MISSING, 1.03125, MISSING, 1.03125, 1.03125, 1.03125, MISSING, 1.21875},
     "Epoch 6: early stopping\n"
     "Restoring model weights from the end of the best epoch: 1.\n",
     6, 1, 0.5},
    {"EarlyStopping", "monitor=val_loss mode=auto patience=2 min_delta=0 restore_best_weights=0 start_from_epoch=0 baseline=2.03125 verbose=1",
     9, {0.625, MISSING, MISSING, 1.03125, 0.0625, 1.03125, 1.03125, 1.0, MISSING},
     "Epoch 7: early stopping\n",
     7, 7, 0.5},
    {"EarlyStopping", "monitor=val_accuracy mode=max patience=0 min_delta=-0.9375 restore_best_weights=0 start_from_epoch=3 verbose=1",
     13, {0.84375, 1.03125, 1.0, 1.03125, 0.21875, NAN, MISSING, 1.03125, 1.6875, 1.0, 1.0, 1.0, 1.34375},
     "Epoch 5: early stopping\n",
     5, 5, 0.5},
    {"EarlyStopping", "monitor=val_loss mode=auto patience=0 min_delta=0 restore_best_weights=1 start_from_epoch=0 verbose=1",
     6, {1.03125, 1.5625, 1.03125, NAN, NAN, 1.03125},
     "Epoch 2: early stopping\n"
     "Restoring model weights from the end of the best epoch: 1.\n",
     2, 1, 0.5},
    {"EarlyStopping", "monitor=loss mode=min patience=1 min_delta=0 restore_best_weights=1 start_from_epoch=0 verbose=1",
     9, {1.40625, 2.71875, 1.90625, 1.03125, 1.03125, 1.03125, MISSING, MISSING, 1.0},
     "Epoch 2: early stopping\n"
     "Restoring model weights from the end of the best epoch: 1.\n",
     2, 1, 0.5},
    {"EarlyStopping", "monitor=val_loss mode=auto patience=2 min_delta=0 restore_best_weights=0 start_from_epoch=0 baseline=2.0 verbose=1",
     5, {MISSING, 1.0, NAN, 1.0, 0.8125},
     "Epoch 4: early stopping\n",
     4, 4, 0.5},
    {"EarlyStopping", "monitor=val_loss mode=auto patience=0 min_delta=0 restore_best_weights=1 start_from_epoch=0 baseline=1.4375 verbose=1",
     2, {MISSING, 2.59375},
     "Restoring model weights from the end of the best epoch: 2.\n",
     2, 2, 0.5},
    {"EarlyStopping", "monitor=val_loss mode=auto patience=1 min_delta=0 restore_best_weights=0 start_from_epoch=0 verbose=1",
     8, {1.375, 1.03125, 1.0, 0.28125, 2.5625, 1.03125, 1.0, 1.15625},
     "Epoch 5: early stopping\n",
     5, 5, 0.5},
    {"EarlyStopping", "monitor=val_loss mode=auto patience=3 min_delta=0.71875 restore_best_weights=0 start_from_epoch=0 verbose=1",
     11, {1.0, 1.0, 1.0, 2.25, 1.0, MISSING, 1.0, 1.28125, 1.96875, NAN, 2.34375},
     "Epoch 4: early stopping\n",
     4, 4, 0.5},
    {"EarlyStopping", "monitor=val_accuracy mode=min patience=3 min_delta=-0.0625 restore_best_weights=1 start_from_epoch=0 verbose=1",
     14, {0.75, 1.03125, 1.0, 2.28125, 2.03125, 1.03125, NAN, 1.03125, 1.0, 1.21875, 1.21875, 0.59375, 1.0, 2.03125},
     "Epoch 4: early stopping\n"
     "Restoring model weights from the end of the best epoch: 1.\n",
     4, 1, 0.5},
    {"EarlyStopping", "monitor=val_accuracy mode=max patience=3 min_delta=0 restore_best_weights=0 start_from_epoch=0 verbose=1",
     2, {1.53125, 1.0},
     "",
     2, 2, 0.5},
    {"EarlyStopping", "monitor=loss mode=auto patience=1 min_delta=0 restore_best_weights=1 start_from_epoch=0 verbose=1",
     13, {1.03125, 0.09375, 2.1875, 1.03125, 0.40625, 1.0, 1.0, 1.0, 1.03125, 0.75, NAN, 0.40625, 1.03125},
     "Epoch 3: early stopping\n"
     "Restoring model weights from the end of the best epoch: 2.\n",
     3, 2, 0.5},
    {"EarlyStopping", "monitor=val_accuracy mode=auto patience=3 min_delta=0.9375 restore_best_weights=1 start_from_epoch=0 verbose=1",
     5, {1.0, NAN, 1.78125, 1.03125, 1.03125},
     "Epoch 4: early stopping\n"
     "Restoring model weights from the end of the best epoch: 1.\n",
     4, 1, 0.5},
    {"EarlyStopping", "monitor=val_accuracy mode=max patience=2 min_delta=0.9375 restore_best_weights=1 start_from_epoch=3 verbose=1",
     3, {2.125, 1.03125, 1.0},
     "",
     3, 3, 0.5},
    {"EarlyStopping", "monitor=val_accuracy mode=min patience=2 min_delta=0 restore_best_weights=1 start_from_epoch=0 verbose=1",
     12, {MISSING, 1.375, 1.0, MISSING, 1.0, 2.125, 1.0, 1.03125, NAN, NAN, 2.0625, 1.03125},
     "Epoch 6: early stopping\n"
     "Restoring model weights from the end of the best epoch: 3.\n",
     6, 3, 0.5},
    {"EarlyStopping", "monitor=val_loss mode=min patience=1 min_delta=0 restore_best_weights=1 start_from_epoch=3 verbose=1",
     11, {1.0, 1.03125, 1.03125, 1.53125, 2.875, MISSING, 2.0625, NAN, 1.0, 1.03125, 1.0},
     "Epoch 5: early stopping\n"
     "Restoring model weights from the end of the best epoch: 4.\n",
     5, 4, 0.5},
    {"EarlyStopping", "monitor=loss mode=auto patience=1 min_delta=0 restore_best_weights=0 start_from_epoch=0 baseline=2.65625 verbose=1",
     7, {1.0, MISSING, 1.65625, 1.03125, 1.34375, 1.03125, 0.46875},
     "Epoch 3: early stopping\n",
     3, 3, 0.5},
    {"EarlyStopping", "monitor=val_loss mode=max patience=1 min_delta=0 restore_best_weights=0 start_from_epoch=0 baseline=1.875 verbose=1",
     11, {0.09375, 2.34375, NAN, 1.0, 1.625, 1.0, MISSING, NAN, NAN, MISSING, 1.71875},
     "Epoch 3: early stopping\n",
     3, 3, 0.5},
    {"EarlyStopping", "monitor=loss mode=auto patience=3 min_delta=0 restore_best_weights=0 start_from_epoch=3 baseline=2.46875 verbose=1",
     8, {1.03125, 1.0, 2.03125, 1.03125, 1.0, 1.0, 1.0, MISSING},
     "",
     8, 8, 0.5},
    {"EarlyStopping", "monitor=val_loss mode=max patience=0 min_delta=0 restore_best_weights=1 start_from_epoch=3 verbose=1",
     3, {2.0, 1.0, 1.03125},
     "",
     3, 3, 0.5},
    {"EarlyStopping", "monitor=val_loss mode=auto patience=2 min_delta=0 restore_best_weights=1 start_from_epoch=0 verbose=1",
     12, {2.0, 1.03125, MISSING, 1.03125, NAN, NAN, NAN, MISSING, 1.0, MISSING, 2.375, 1.03125},
     "Epoch 5: early stopping\n"
     "Restoring model weights from the end of the best epoch: 2.\n",
     5, 2, 0.5},
    {"EarlyStopping", "monitor=val_accuracy mode=max patience=0 min_delta=0 restore_best_weights=0 start_from_epoch=2 verbose=1",
     7, {1.40625, 0.875, 1.28125, NAN, 2.71875, 1.03125, 1.0},
     "Epoch 4: early stopping\n",
     4, 4, 0.5},
    {"EarlyStopping", "monitor=val_accuracy mode=max patience=0 min_delta=0 restore_best_weights=1 start_from_epoch=0 verbose=1",
     12, {1.71875, 0.96875, 1.0, 1.0, 1.65625, MISSING, 1.0, 1.03125, 1.6875, 1.03125, 2.6875, 1.8125},
     "Epoch 2: early stopping\n"
     "Restoring model weights from the end of the best epoch: 1.\n",
     2, 1, 0.5},
    {"EarlyStopping", "monitor=val_loss mode=max patience=3 min_delta=0 restore_best_weights=0 start_from_epoch=3 verbose=1",
     8, {0.90625, 0.21875, 0.15625, MISSING, 1.03125, 1.0, 1.03125, 1.28125},
     "",
     8, 8, 0.5},
    {"EarlyStopping", "monitor=loss mode=auto patience=2 min_delta=0.21875 restore_best_weights=1 start_from_epoch=0 verbose=1",
     11, {1.0, 0.9375, 0.53125, 1.03125, MISSING, 0.84375, 1.03125, MISSING, 0.28125, MISSING, 1.0},
     "Epoch 6: early stopping\n"
     "Restoring model weights from the end of the best epoch: 3.\n",
     6, 3, 0.5},
    {"EarlyStopping", "monitor=val_loss mode=auto patience=1 min_delta=0 restore_best_weights=1 start_from_epoch=0 baseline=1.375 verbose=1",
     5, {1.125, 2.5, NAN, MISSING, 2.53125},
     "Epoch 2: early stopping\n"
     "Restoring model weights from the end of the best epoch: 1.\n",
     2, 1, 0.5},
    {"EarlyStopping", "monitor=loss mode=auto patience=1 min_delta=0 restore_best_weights=0 start_from_epoch=0 baseline=0.0625 verbose=1",
     14, {0.53125, MISSING, 1.03125, 1.0, NAN, 2.46875, 0.5625, 1.0, NAN, 1.0, NAN, 1.03125, NAN, 2.9375},
     "Epoch 3: early stopping\n",
     3, 3, 0.5},
    {"EarlyStopping", "monitor=val_loss mode=max patience=1 min_delta=-0.8125 restore_best_weights=1 start_from_epoch=0 baseline=0.375 verbose=1",
     14, {1.0, 1.0, 1.0, 1.03125, 1.03125, 1.0, 1.0, 1.0, MISSING, MISSING, 0.4375, 1.03125, NAN, 1.03125},
     "Epoch 2: early stopping\n"
     "Restoring model weights from the end of the best epoch: 1.\n",
     2, 1, 0.5},
    {"EarlyStopping", "monitor=loss mode=auto patience=3 min_delta=0 restore_best_weights=1 start_from_epoch=0 baseline=0.09375 verbose=1",
     10, {1.28125, 0.3125, 1.0, 2.6875, MISSING, 1.03125, MISSING, 0.9375, 2.84375, 1.5625},
     "Epoch 3: early stopping\n"
     "Restoring model weights from the end of the best epoch: 2.\n",
     3, 2, 0.5},
    {"EarlyStopping", "monitor=val_loss mode=auto patience=3 min_delta=0 restore_best_weights=1 start_from_epoch=0 verbose=1",
     14, {MISSING, 1.03125, 1.75, 1.0, 1.0, 1.0, 1.65625, 2.15625, 1.0, 1.0, 1.03125, 2.15625, 1.03125, 1.03125},
     "Epoch 7: early stopping\n"
     "Restoring model weights from the end of the best epoch: 4.\n",
     7, 4, 0.5},
    {"EarlyStopping", "monitor=loss mode=min patience=3 min_delta=0 restore_best_weights=1 start_from_epoch=0 baseline=0.4375 verbose=1",
     7, {MISSING, 1.0, 0.21875, 2.5625, 1.03125, 1.0, 1.0},
     "Epoch 6: early stopping\n"
     "Restoring model weights from the end of the best epoch: 3.\n",
     6, 3, 0.5},
    {"EarlyStopping", "monitor=val_accuracy mode=max patience=3 min_delta=0 restore_best_weights=0 start_from_epoch=0 verbose=1",
     6, {1.03125, 0.6875, 2.8125, 2.5, 0.65625, 1.03125},
     "Epoch 6: early stopping\n",
     6, 6, 0.5},
    {"EarlyStopping", "monitor=val_loss mode=auto patience=0 min_delta=0 restore_best_weights=0 start_from_epoch=0 verbose=1",
     8, {1.03125, MISSING, 0.21875, 1.0, MISSING, 1.0, 1.03125, 1.0},
     "Epoch 4: early stopping\n",
     4, 4, 0.5},
    {"EarlyStopping", "monitor=loss mode=max patience=3 min_delta=0 restore_best_weights=1 start_from_epoch=0 verbose=1",
     1, {1.0},
     "Restoring model weights from the end of the best epoch: 1.\n",
     1, 1, 0.5},
    {"EarlyStopping", "monitor=val_accuracy mode=min patience=0 min_delta=0 restore_best_weights=0 start_from_epoch=3 verbose=1",
     12, {1.5625, 2.71875, MISSING, 1.0, 1.0, 1.0, 1.0, 1.03125, 1.0, 1.0, 2.625, 1.0},
     "Epoch 5: early stopping\n",
     5, 5, 0.5},
    {"EarlyStopping", "monitor=val_accuracy mode=auto patience=2 min_delta=-0.375 restore_best_weights=1 start_from_epoch=2 baseline=1.0 verbose=1",
     1, {0.46875},
     "",
     1, 1, 0.5},
    {"EarlyStopping", "monitor=val_loss mode=max patience=1 min_delta=0 restore_best_weights=0 start_from_epoch=0 baseline=0.375 verbose=1",
     12, {MISSING, 1.03125, NAN, 1.9375, 1.5625, 0.28125, 2.28125, 0.0, 1.03125, 2.5625, 2.65625, 2.8125},
     "Epoch 3: early stopping\n",
     3, 3, 0.5},
    {"EarlyStopping", "monitor=loss mode=auto patience=2 min_delta=0 restore_best_weights=1 start_from_epoch=0 verbose=1",
     10, {2.21875, 1.0, 1.03125, 2.46875, NAN, 0.90625, 1.0, MISSING, NAN, 1.59375},
     "Epoch 4: early stopping\n"
     "Restoring model weights from the end of the best epoch: 2.\n",
     4, 2, 0.5},
    {"EarlyStopping", "monitor=loss mode=auto patience=1 min_delta=0 restore_best_weights=1 start_from_epoch=0 verbose=1",
     5, {MISSING, 1.0, 2.78125, 1.0, NAN},
     "Epoch 3: early stopping\n"
     "Restoring model weights from the end of the best epoch: 2.\n",
     3, 2, 0.5},
    {"EarlyStopping", "monitor=val_loss mode=max patience=2 min_delta=0.3125 restore_best_weights=1 start_from_epoch=0 verbose=1",
     13, {1.0, 1.09375, 1.0, NAN, 0.1875, 1.0, MISSING, 2.90625, 1.0, 2.5625, 1.96875, 1.03125, 1.03125},
     "Epoch 3: early stopping\n"
     "Restoring model weights from the end of the best epoch: 1.\n",
     3, 1, 0.5},
    {"EarlyStopping", "monitor=val_accuracy mode=min patience=2 min_delta=0 restore_best_weights=0 start_from_epoch=0 verbose=1",
     14, {1.0, 1.03125, 1.03125, 1.0, 1.53125, MISSING, NAN, 1.375, 1.71875, 0.125, 1.03125, 1.0, 0.65625, 2.15625},
     "Epoch 3: early stopping\n",
     3, 3, 0.5},
    {"EarlyStopping", "monitor=val_accuracy mode=auto patience=1 min_delta=0 restore_best_weights=1 start_from_epoch=3 baseline=2.03125 verbose=1",
     11, {1.0, 1.0, 1.0, 0.0, 1.03125, NAN, 1.90625, MISSING, 1.59375, 1.0, MISSING},
     "Epoch 6: early stopping\n"
     "Restoring model weights from the end of the best epoch: 5.\n",
     6, 5, 0.5},
    {"EarlyStopping", "monitor=loss mode=max patience=0 min_delta=0 restore_best_weights=0 start_from_epoch=0 verbose=1",
     13, {2.4375, NAN, 1.0, NAN, 1.0, 1.03125, 1.03125, 1.09375, NAN, 1.03125, 2.59375, 1.03125, 1.03125},
     "Epoch 2: early stopping\n",
     2, 2, 0.5},
    {"EarlyStopping", "monitor=val_loss mode=max patience=3 min_delta=0 restore_best_weights=1 start_from_epoch=0 verbose=1",
     5, {1.0, 1.40625, 0.28125, MISSING, 1.0},
     "Restoring model weights from the end of the best epoch: 2.\n",
     5, 2, 0.5},
    {"EarlyStopping", "monitor=val_accuracy mode=max patience=2 min_delta=0 restore_best_weights=1 start_from_epoch=2 baseline=0.375 verbose=1",
     2, {1.03125, 1.0},
     "",
     2, 2, 0.5},
    {"EarlyStopping", "monitor=val_accuracy mode=auto patience=3 min_delta=0 restore_best_weights=0 start_from_epoch=2 verbose=1",
     11, {0.53125, 1.0, 1.0, 0.125, 1.03125, 2.21875, 1.03125, 0.5625, 1.03125, 0.28125, 1.0},
     "Epoch 9: early stopping\n",
     9, 9, 0.5},
    {"EarlyStopping", "monitor=val_accuracy mode=max patience=1 min_delta=0 restore_best_weights=0 start_from_epoch=0 baseline=0.59375 verbose=1",
     4, {2.4375, 1.03125, NAN, 1.0},
     "Epoch 2: early stopping\n",
     2, 2, 0.5},
    {"EarlyStopping", "monitor=loss mode=auto patience=1 min_delta=0 restore_best_weights=1 start_from_epoch=0 baseline=2.6875 verbose=1",
     9, {MISSING, 1.0, 1.03125, 1.0, 0.8125, 1.125, 2.03125, 1.1875, 2.53125},
     "Epoch 3: early stopping\n"
     "Restoring model weights from the end of the best epoch: 2.\n",
     3, 2, 0.5},
    {"EarlyStopping", "monitor=val_accuracy mode=auto patience=3 min_delta=0 restore_best_weights=1 start_from_epoch=2 baseline=0.40625 verbose=1",
     3, {1.0, 1.0, MISSING},
     "",
     3, 3, 0.5},
    {"EarlyStopping", "monitor=loss mode=max patience=3 min_delta=-0.0625 restore_best_weights=0 start_from_epoch=3 verbose=1",
     14, {MISSING, 1.75, 1.0, 2.03125, 1.03125, 1.625, NAN, 1.03125, 2.28125, 0.84375, 2.25, 2.09375, 1.625, 2.84375},
     "Epoch 7: early stopping\n",
     7, 7, 0.5},
    {"EarlyStopping", "monitor=loss mode=min patience=3 min_delta=0 restore_best_weights=1 start_from_epoch=0 verbose=1",
     6, {1.125, MISSING, 1.21875, 1.03125, 0.84375, 1.0},
     "Restoring model weights from the end of the best epoch: 5.\n",
     6, 5, 0.5},
    {"EarlyStopping", "monitor=loss mode=auto patience=2 min_delta=0 restore_best_weights=0 start_from_epoch=0 baseline=3.0 verbose=1",
     7, {MISSING, 1.0, 1.0, 0.0, 2.8125, 0.28125, 0.59375},
     "Epoch 6: early stopping\n",
     6, 6, 0.5},
    {"EarlyStopping", "monitor=loss mode=min patience=1 min_delta=0 restore_best_weights=0 start_from_epoch=0 verbose=1",
     10, {MISSING, MISSING, 1.0, 2.71875, 1.0, MISSING, 0.90625, MISSING, 0.96875, 1.0},
     "Epoch 4: early stopping\n",
     4, 4, 0.5},
    {"EarlyStopping", "monitor=loss mode=min patience=1 min_delta=0 restore_best_weights=0 start_from_epoch=0 verbose=1",
     2, {2.21875, 1.0},
     "",
     2, 2, 0.5},
    {"EarlyStopping", "monitor=loss mode=auto patience=3 min_delta=0 restore_best_weights=0 start_from_epoch=3 baseline=0.71875 verbose=1",
     11, {1.96875, MISSING, 1.03125, 1.03125, NAN, 1.0, MISSING, NAN, NAN, 2.3125, 0.4375},
     "Epoch 8: early stopping\n",
     8, 8, 0.5},
    {"EarlyStopping", "monitor=loss mode=max patience=1 min_delta=0 restore_best_weights=0 start_from_epoch=0 verbose=1",
     6, {1.0, 1.71875, 2.03125, 1.03125, NAN, 0.9375},
     "Epoch 4: early stopping\n",
     4, 4, 0.5},
    {"EarlyStopping", "monitor=loss mode=max patience=3 min_delta=0 restore_best_weights=0 start_from_epoch=0 verbose=1",
     9, {2.59375, 0.09375, 1.03125, 1.03125, 1.625, 2.6875, 1.03125, 1.03125, 1.90625},
     "Epoch 4: early stopping\n",
     4, 4, 0.5},
    {"EarlyStopping", "monitor=loss mode=auto patience=0 min_delta=0 restore_best_weights=0 start_from_epoch=0 verbose=1",
     4, {0.28125, 1.03125, 2.78125, MISSING},
     "Epoch 2: early stopping\n",
     2, 2, 0.5},
    {"EarlyStopping", "monitor=val_accuracy mode=max patience=1 min_delta=0 restore_best_weights=0 start_from_epoch=3 verbose=1",
     7, {1.0, 1.03125, 1.96875, 2.75, 1.53125, 1.0, 2.09375},
     "Epoch 5: early stopping\n",
     5, 5, 0.5},
    {"EarlyStopping", "monitor=loss mode=auto patience=0 min_delta=-0.15625 restore_best_weights=1 start_from_epoch=0 verbose=1",
     3, {1.0, 1.03125, 1.03125},
     "Epoch 2: early stopping\n"
     "Restoring model weights from the end of the best epoch: 1.\n",
     2, 1, 0.5},
    {"EarlyStopping", "monitor=val_accuracy mode=max patience=2 min_delta=0 restore_best_weights=1 start_from_epoch=2 baseline=1.28125 verbose=1",
     8, {1.03125, 1.03125, 1.0, 1.0, NAN, 1.0, 1.0, 1.125},
     "Epoch 4: early stopping\n"
     "Restoring model weights from the end of the best epoch: 3.\n",
     4, 3, 0.5},
    {"EarlyStopping", "monitor=val_accuracy mode=min patience=3 min_delta=-0.78125 restore_best_weights=0 start_from_epoch=0 verbose=1",
     3, {1.0, 1.03125, 1.21875},
     "",
     3, 3, 0.5},
    {"EarlyStopping", "monitor=loss mode=auto patience=2 min_delta=0 restore_best_weights=1 start_from_epoch=3 verbose=1",
     14, {0.34375, 1.03125, MISSING, 1.03125, NAN, 2.28125, 1.96875, 1.0, NAN, 1.0, 1.0, 1.15625, 1.03125, 1.0},
     "Epoch 6: early stopping\n"
     "Restoring model weights from the end of the best epoch: 4.\n",
     6, 4, 0.5},
    {"EarlyStopping", "monitor=loss mode=min patience=0 min_delta=-0.1875 restore_best_weights=1 start_from_epoch=0 verbose=1",
     6, {1.03125, 1.0, 1.03125, 1.0, NAN, 2.59375},
     "Epoch 2: early stopping\n"
     "Restoring model weights from the end of the best epoch: 1.\n",
     2, 1, 0.5},
    {"EarlyStopping", "monitor=val_loss mode=auto patience=3 min_delta=0 restore_best_weights=1 start_from_epoch=3 verbose=1",
     7, {1.0, 1.0, 0.5, 2.4375, 1.0, 1.03125, 1.03125},
     "Restoring model weights from the end of the best epoch: 5.\n",
     7, 5, 0.5},
    {"EarlyStopping", "monitor=loss mode=max patience=2 min_delta=-0.40625 restore_best_weights=0 start_from_epoch=3 verbose=1",
     11, {0.28125, 2.65625, MISSING, 1.03125, 0.78125, 1.0, 1.3125, 0.21875, 2.84375, 1.0, 1.03125},
     "Epoch 6: early stopping\n",
     6, 6, 0.5},
    {"EarlyStopping", "monitor=loss mode=min patience=2 min_delta=0 restore_best_weights=0 start_from_epoch=0 baseline=0.09375 verbose=1",
     10, {0.09375, 1.0, 1.03125, 0.9375, 1.0, 1.03125, MISSING, 1.03125, 1.03125, 1.03125},
     "Epoch 2: early stopping\n",
     2, 2, 0.5},
    {"EarlyStopping", "monitor=val_loss mode=max patience=3 min_delta=0 restore_best_weights=1 start_from_epoch=2 verbose=1",
     1, {1.0},
     "",
     1, 1, 0.5},
    {"EarlyStopping", "monitor=val_loss mode=auto patience=3 min_delta=-0.21875 restore_best_weights=0 start_from_epoch=0 verbose=1",
     12, {1.03125, 0.1875, 0.25, 1.0, 1.0, NAN, 2.0625, NAN, NAN, 1.53125, 1.03125, 0.09375},
     "Epoch 5: early stopping\n",
     5, 5, 0.5},
    {"EarlyStopping", "monitor=val_accuracy mode=auto patience=0 min_delta=0 restore_best_weights=0 start_from_epoch=3 verbose=1",
     14, {1.9375, MISSING, 1.0, 1.03125, 1.0, 1.03125, 1.03125, 1.0, 1.0, 1.0, NAN, NAN, 0.78125, 1.03125},
     "Epoch 5: early stopping\n",
     5, 5, 0.5},
    {"EarlyStopping", "monitor=val_loss mode=auto patience=2 min_delta=-0.0625 restore_best_weights=1 start_from_epoch=3 verbose=1",
     8, {0.0625, MISSING, 1.0, 2.0625, 1.03125, 1.0, 1.03125, 1.03125},
     "Epoch 7: early stopping\n"
     "Restoring model weights from the end of the best epoch: 5.\n",
     7, 5, 0.5},
    {"EarlyStopping", "monitor=val_loss mode=auto patience=0 min_delta=0 restore_best_weights=0 start_from_epoch=0 verbose=1",
     7, {2.0625, 1.96875, 1.0, 1.03125, MISSING, 1.03125, 0.6875},
     "Epoch 4: early stopping\n",
     4, 4, 0.5},
    {"EarlyStopping", "monitor=val_loss mode=auto patience=2 min_delta=0.21875 restore_best_weights=1 start_from_epoch=0 verbose=1",
     5, {1.0, NAN, 1.0, 1.0, 1.875},
     "Epoch 3: early stopping\n"
     "Restoring model weights from the end of the best epoch: 1.\n",
     3, 1, 0.5},
    {"EarlyStopping", "monitor=val_accuracy mode=min patience=3 min_delta=0 restore_best_weights=0 start_from_epoch=2 verbose=1",
     3, {0.90625, 1.03125, 1.0},
     "",
     3, 3, 0.5},
    {"EarlyStopping", "monitor=val_loss mode=auto patience=3 min_delta=0 restore_best_weights=1 start_from_epoch=2 verbose=1",
     8, {1.03125, 1.28125, 1.5, 1.0, 2.09375, 0.21875, 1.03125, 0.125},
     "Restoring model weights from the end of the best epoch: 8.\n",
     8, 8, 0.5},
    {"EarlyStopping", "monitor=loss mode=min patience=3 min_delta=0 restore_best_weights=1 start_from_epoch=2 verbose=1",
     8, {1.03125, 1.03125, 2.875, 2.90625, 1.0, 1.03125, 1.96875, 1.75},
     "Epoch 8: early stopping\n"
     "Restoring model weights from the end of the best epoch: 5.\n",
     8, 5, 0.5},
    {"EarlyStopping", "monitor=val_accuracy mode=auto patience=1 min_delta=0 restore_best_weights=0 start_from_epoch=2 verbose=1",
     5, {0.875, 1.0, 1.0, MISSING, 0.875},
     "Epoch 5: early stopping\n",
     5, 5, 0.5},
    {"EarlyStopping", "monitor=loss mode=max patience=3 min_delta=0 restore_best_weights=0 start_from_epoch=0 verbose=1",
     8, {1.03125, 1.03125, 0.4375, 2.96875, 1.0, MISSING, 2.6875, NAN},
     "Epoch 8: early stopping\n",
     8, 8, 0.5},
    {"EarlyStopping", "monitor=loss mode=min patience=3 min_delta=0 restore_best_weights=1 start_from_epoch=2 verbose=1",
     13, {1.0, 1.0, 1.03125, MISSING, MISSING, NAN, 1.75, 2.25, NAN, 1.0, 1.125, 2.1875, 0.9375},
     "Epoch 8: early stopping\n"
     "Restoring model weights from the end of the best epoch: 3.\n",
     8, 3, 0.5},
    {"EarlyStopping", "monitor=val_loss mode=max patience=3 min_delta=0 restore_best_weights=1 start_from_epoch=3 baseline=1.65625 verbose=1",
     4, {1.03125, 1.03125, 1.0, 1.03125},
     "Restoring model weights from the end of the best epoch: 4.\n",
     4, 4, 0.5},
    {"EarlyStopping", "monitor=val_loss mode=auto patience=2 min_delta=0 restore_best_weights=1 start_from_epoch=2 verbose=1",
     9, {1.0, 1.03125, MISSING, 1.0, NAN, 1.0, MISSING, 1.0, 1.03125},
     "Epoch 6: early stopping\n"
     "Restoring model weights from the end of the best epoch: 4.\n",
     6, 4, 0.5},
    {"EarlyStopping", "monitor=val_loss mode=auto patience=1 min_delta=0 restore_best_weights=1 start_from_epoch=0 verbose=1",
     13, {1.1875, 1.5625, 1.03125, 2.46875, 1.0, 1.03125, 1.03125, 0.0, 1.125, 0.59375, NAN, 1.0, 1.03125},
     "Epoch 2: early stopping\n"
     "Restoring model weights from the end of the best epoch: 1.\n",
     2, 1, 0.5},
    {"EarlyStopping", "monitor=loss mode=auto patience=1 min_delta=0 restore_best_weights=1 start_from_epoch=0 verbose=1",
     2, {1.21875, MISSING},
     "Restoring model weights from the end of the best epoch: 1.\n",
     2, 1, 0.5},
    {"EarlyStopping", "monitor=val_loss mode=min patience=1 min_delta=0 restore_best_weights=0 start_from_epoch=0 baseline=1.03125 verbose=1",
     4, {1.03125, 1.0, 0.78125, NAN},
     "Epoch 4: early stopping\n",
     4, 4, 0.5},
    {"EarlyStopping", "monitor=val_loss mode=max patience=3 min_delta=0 restore_best_weights=0 start_from_epoch=0 baseline=0.9375 verbose=1",
     2, {MISSING, 1.03125},
     "",
     2, 2, 0.5},
    {"EarlyStopping", "monitor=loss mode=min patience=2 min_delta=0 restore_best_weights=1 start_from_epoch=0 verbose=1",
     3, {MISSING, 2.28125, 1.0},
     "Restoring model weights from the end of the best epoch: 3.\n",
     3, 3, 0.5},
    {"EarlyStopping", "monitor=val_loss mode=auto patience=2 min_delta=0 restore_best_weights=1 start_from_epoch=0 verbose=1",
     3, {1.03125, 0.78125, 1.03125},
     "Restoring model weights from the end of the best epoch: 2.\n",
     3, 2, 0.5},
    {"EarlyStopping", "monitor=loss mode=auto patience=1 min_delta=0 restore_best_weights=1 start_from_epoch=3 baseline=2.8125 verbose=1",
     8, {1.0, 1.03125, 1.03125, 1.25, 1.65625, MISSING, 1.03125, 1.5625},
     "Epoch 5: early stopping\n"
     "Restoring model weights from the end of the best epoch: 4.\n",
     5, 4, 0.5},
    {"EarlyStopping", "monitor=val_loss mode=auto patience=1 min_delta=0 restore_best_weights=1 start_from_epoch=0 baseline=0.03125 verbose=1",
     9, {MISSING, 1.0, 2.4375, 1.0, 1.9375, 1.03125, 1.03125, 0.53125, 1.59375},
     "Epoch 3: early stopping\n"
     "Restoring model weights from the end of the best epoch: 2.\n",
     3, 2, 0.5},
    {"EarlyStopping", "monitor=loss mode=auto patience=2 min_delta=0 restore_best_weights=0 start_from_epoch=2 baseline=2.03125 verbose=1",
     6, {1.03125, 1.71875, 0.28125, 1.03125, 1.0, MISSING},
     "Epoch 5: early stopping\n",
     5, 5, 0.5},
    {"EarlyStopping", "monitor=val_accuracy mode=auto patience=2 min_delta=-0.96875 restore_best_weights=1 start_from_epoch=2 verbose=1",
     14, {1.0, 1.75, 2.84375, 0.875, 1.40625, 1.03125, 1.0, MISSING, 1.03125, 1.6875, 1.0, 1.0, 1.625, 1.03125},
     "Epoch 5: early stopping\n"
     "Restoring model weights from the end of the best epoch: 3.\n",
     5, 3, 0.5},
    {"EarlyStopping", "monitor=loss mode=auto patience=0 min_delta=0 restore_best_weights=0 start_from_epoch=2 baseline=0.125 verbose=1",
     8, {MISSING, 1.0, 1.0, 2.40625, MISSING, 2.65625, NAN, 2.65625},
     "Epoch 4: early stopping\n",
     4, 4, 0.5},
    {"EarlyStopping", "monitor=val_accuracy mode=min patience=2 min_delta=0 restore_best_weights=1 start_from_epoch=0 verbose=1",
     13, {1.0, MISSING, 1.5625, 1.0, NAN, NAN, 1.03125, NAN, 1.0, 1.03125, MISSING, 0.875, MISSING},
     "Epoch 4: early stopping\n"
     "Restoring model weights from the end of the best epoch: 1.\n",
     4, 1, 0.5},
    {"EarlyStopping", "monitor=val_loss mode=min patience=1 min_delta=-0.21875 restore_best_weights=0 start_from_epoch=3 baseline=0.625 verbose=1",
     1, {1.03125},
     "",
     1, 1, 0.5},
    {"EarlyStopping", "monitor=loss mode=min patience=2 min_delta=0 restore_best_weights=0 start_from_epoch=0 verbose=1",
     8, {MISSING, 1.03125, 1.625, 1.65625, 0.15625, NAN, 1.0, NAN},
     "Epoch 4: early stopping\n",
     4, 4, 0.5},
    {"EarlyStopping", "monitor=loss mode=auto patience=3 min_delta=0 restore_best_weights=0 start_from_epoch=0 baseline=1.75 verbose=1",
     4, {2.28125, 2.59375, 1.0, 1.03125},
     "",
     4, 4, 0.5},
    {"EarlyStopping", "monitor=val_loss mode=min patience=3 min_delta=0 restore_best_weights=1 start_from_epoch=3 verbose=1",
     13, {0.15625, 0.59375, 1.0, 0.375, 2.78125, 1.0, 1.0, 1.03125, 1.65625, 0.28125, 2.9375, 1.0, MISSING},
     "Epoch 7: early stopping\n"
     "Restoring model weights from the end of the best epoch: 4.\n",
     7, 4, 0.5},
    {"EarlyStopping", "monitor=val_loss mode=auto patience=1 min_delta=0.34375 restore_best_weights=1 start_from_epoch=3 verbose=1",
     8, {1.03125, 1.03125, 2.96875, 0.8125, 1.03125, 1.0, 1.0, 0.5625},
     "Epoch 5: early stopping\n"
     "Restoring model weights from the end of the best epoch: 4.\n",
     5, 4, 0.5},
    {"EarlyStopping", "monitor=val_accuracy mode=auto patience=3 min_delta=-0.65625 restore_best_weights=1 start_from_epoch=0 baseline=1.5 verbose=1",
     2, {2.0625, NAN},
     "Restoring model weights from the end of the best epoch: 1.\n",
     2, 1, 0.5},
    {"EarlyStopping", "monitor=val_loss mode=min patience=0 min_delta=0 restore_best_weights=1 start_from_epoch=2 baseline=2.90625 verbose=1",
     4, {1.03125, 2.96875, 1.0, 0.59375},
     "Restoring model weights from the end of the best epoch: 4.\n",
     4, 4, 0.5},
    {"EarlyStopping", "monitor=val_accuracy mode=auto patience=1 min_delta=0 restore_best_weights=1 start_from_epoch=3 verbose=1",
     5, {1.03125, 1.03125, 2.46875, 0.1875, 1.0},
     "Restoring model weights from the end of the best epoch: 5.\n",
     5, 5, 0.5},
    {"EarlyStopping", "monitor=loss mode=max patience=0 min_delta=0 restore_best_weights=0 start_from_epoch=0 verbose=1",
     3, {1.0, 1.375, 1.0},
     "Epoch 3: early stopping\n",
     3, 3, 0.5},
    {"EarlyStopping", "monitor=val_loss mode=auto patience=2 min_delta=0.1875 restore_best_weights=1 start_from_epoch=0 verbose=1",
     8, {1.0, NAN, NAN, 1.0, 0.09375, 1.0, NAN, 1.0},
     "Epoch 3: early stopping\n"
     "Restoring model weights from the end of the best epoch: 1.\n",
     3, 1, 0.5},
    {"EarlyStopping", "monitor=loss mode=auto patience=0 min_delta=0 restore_best_weights=1 start_from_epoch=2 verbose=1",
     4, {1.59375, 1.1875, 1.03125, NAN},
     "Epoch 4: early stopping\n"
     "Restoring model weights from the end of the best epoch: 3.\n",
     4, 3, 0.5},
    {"EarlyStopping", "monitor=val_accuracy mode=auto patience=2 min_delta=0 restore_best_weights=1 start_from_epoch=0 baseline=1.0 verbose=1",
     8, {2.875, MISSING, NAN, 1.03125, 1.59375, NAN, 1.90625, 2.15625},
     "Epoch 4: early stopping\n"
     "Restoring model weights from the end of the best epoch: 1.\n",
     4, 1, 0.5},
    {"EarlyStopping", "monitor=val_loss mode=max patience=1 min_delta=0 restore_best_weights=0 start_from_epoch=0 baseline=2.78125 verbose=1",
     9, {2.28125, 1.0, 1.03125, 1.03125, 1.6875, 1.03125, MISSING, 1.03125, 2.8125},
     "Epoch 2: early stopping\n",
     2, 2, 0.5},
    {"EarlyStopping", "monitor=loss mode=auto patience=0 min_delta=0 restore_best_weights=0 start_from_epoch=3 verbose=1",
     10, {0.65625, 1.03125, 1.0, MISSING, 1.03125, 0.75, 0.125, 1.03125, 1.0, 1.03125},
     "Epoch 8: early stopping\n",
     8, 8, 0.5},
    {"EarlyStopping", "monitor=val_loss mode=max patience=1 min_delta=0.59375 restore_best_weights=0 start_from_epoch=2 verbose=1",
     10, {1.03125, 1.0, 1.46875, 2.34375, 0.75, 1.625, 1.46875, 1.53125, 1.03125, NAN},
     "Epoch 5: early stopping\n",
     5, 5, 0.5},
    {"EarlyStopping", "monitor=val_accuracy mode=auto patience=1 min_delta=0 restore_best_weights=1 start_from_epoch=0 baseline=2.34375 verbose=1",
     3, {0.09375, 2.5, 1.03125},
     "Epoch 3: early stopping\n"
     "Restoring model weights from the end of the best epoch: 2.\n",
     3, 2, 0.5},
    {"EarlyStopping", "monitor=val_loss mode=auto patience=0 min_delta=0.6875 restore_best_weights=1 start_from_epoch=2 verbose=1",
     8, {2.5625, 1.1875, 0.4375, 1.0, 2.53125, 2.21875, 2.34375, 2.9375},
     "Epoch 4: early stopping\n"
     "Restoring model weights from the end of the best epoch: 3.\n",
     4, 3, 0.5},
    {"EarlyStopping", "monitor=val_accuracy mode=auto patience=3 min_delta=0 restore_best_weights=0 start_from_epoch=3 verbose=1",
     3, {MISSING, 1.03125, 1.1875},
     "",
     3, 3, 0.5},
    {"EarlyStopping", "monitor=loss mode=auto patience=2 min_delta=0 restore_best_weights=0 start_from_epoch=0 verbose=1",
     1, {MISSING},
     "",
     1, 1, 0.5},
    {"EarlyStopping", "monitor=loss mode=min patience=3 min_delta=-0.8125 restore_best_weights=0 start_from_epoch=2 verbose=1",
     11, {1.03125, 0.25, 1.0, 0.875, 1.0, 2.46875, MISSING, 1.03125, 1.03125, 1.0, 1.84375},
     "Epoch 6: early stopping\n",
     6, 6, 0.5},
    {"EarlyStopping", "monitor=val_accuracy mode=auto patience=2 min_delta=-0.875 restore_best_weights=1 start_from_epoch=0 verbose=1",
     11, {1.03125, 1.03125, 0.96875, 0.5, 0.9375, 0.40625, 1.0, 1.0, 1.0, NAN, 1.5},
     "Epoch 3: early stopping\n"
     "Restoring model weights from the end of the best epoch: 1.\n",
     3, 1, 0.5},
    {"EarlyStopping", "monitor=val_loss mode=max patience=0 min_delta=0.375 restore_best_weights=1 start_from_epoch=0 verbose=1",
     3, {2.65625, 0.84375, 1.0},
     "Epoch 2: early stopping\n"
     "Restoring model weights from the end of the best epoch: 1.\n",
     2, 1, 0.5},
    {"EarlyStopping", "monitor=val_loss mode=min patience=0 min_delta=-0.71875 restore_best_weights=1 start_from_epoch=3 verbose=1",
     4, {0.375, 2.15625, 1.0, 1.0},
     "Restoring model weights from the end of the best epoch: 4.\n",
     4, 4, 0.5},
    {"EarlyStopping", "monitor=val_loss mode=max patience=2 min_delta=0 restore_best_weights=1 start_from_epoch=3 verbose=1",
     13, {1.0, 2.25, 1.0, 1.03125, MISSING, 1.0, 2.5625, 1.0, 2.84375, 1.0, NAN, MISSING, 1.09375},
     "Epoch 11: early stopping\n"
     "Restoring model weights from the end of the best epoch: 9.\n",
     11, 9, 0.5},
    {"EarlyStopping", "monitor=val_accuracy mode=auto patience=1 min_delta=-0.25 restore_best_weights=1 start_from_epoch=0 verbose=1",
     2, {1.0, MISSING},
     "Restoring model weights from the end of the best epoch: 1.\n",
     2, 1, 0.5},
    {"EarlyStopping", "monitor=val_accuracy mode=min patience=0 min_delta=0 restore_best_weights=0 start_from_epoch=2 baseline=0.625 verbose=1",
     12, {1.0, 1.03125, 0.0625, 1.375, 0.96875, 1.03125, MISSING, 1.0, 2.09375, 1.53125, 1.03125, NAN},
     "Epoch 4: early stopping\n",
     4, 4, 0.5},
    {"EarlyStopping", "monitor=val_loss mode=auto patience=0 min_delta=0 restore_best_weights=1 start_from_epoch=2 verbose=1",
     14, {1.03125, 0.9375, 1.28125, 2.21875, MISSING, 0.5, 1.0, 0.1875, 1.0, NAN, 1.03125, 1.6875, 2.78125, 1.40625},
     "Epoch 4: early stopping\n"
     "Restoring model weights from the end of the best epoch: 3.\n",
     4, 3, 0.5},
    {"EarlyStopping", "monitor=loss mode=min patience=0 min_delta=0.40625 restore_best_weights=0 start_from_epoch=2 verbose=1",
     1, {2.28125},
     "",
     1, 1, 0.5},
    {"EarlyStopping", "monitor=val_loss mode=min patience=0 min_delta=0 restore_best_weights=0 start_from_epoch=2 verbose=1",
     2, {1.0, 2.625},
     "",
     2, 2, 0.5},
    {"EarlyStopping", "monitor=loss mode=auto patience=0 min_delta=0 restore_best_weights=0 start_from_epoch=0 verbose=1",
     14, {MISSING, 2.78125, 1.75, 1.03125, 0.40625, NAN, 1.0, 0.25, 0.53125, 1.03125, 2.28125, NAN, 1.9375, 0.65625},
     "Epoch 6: early stopping\n",
     6, 6, 0.5},
    {"EarlyStopping", "monitor=loss mode=auto patience=2 min_delta=0.375 restore_best_weights=0 start_from_epoch=0 verbose=1",
     2, {1.03125, 2.9375},
     "",
     2, 2, 0.5},
    {"EarlyStopping", "monitor=loss mode=min patience=0 min_delta=0 restore_best_weights=1 start_from_epoch=2 baseline=1.59375 verbose=1",
     2, {1.0, 1.0},
     "",
     2, 2, 0.5},
    {"EarlyStopping", "monitor=loss mode=auto patience=1 min_delta=0.0 restore_best_weights=1 start_from_epoch=0 baseline=2.65625 verbose=1",
     11, {0.0625, 2.53125, MISSING, MISSING, 1.03125, 1.0, 2.1875, 1.0, 2.78125, 1.03125, 2.3125},
     "Epoch 2: early stopping\n"
     "Restoring model weights from the end of the best epoch: 1.\n",
     2, 1, 0.5},
    {"EarlyStopping", "monitor=val_accuracy mode=max patience=3 min_delta=0 restore_best_weights=0 start_from_epoch=0 baseline=2.375 verbose=1",
     8, {2.46875, NAN, 1.03125, 1.5, 1.0, 0.3125, 0.1875, 1.03125},
     "Epoch 4: early stopping\n",
     4, 4, 0.5},
    {"EarlyStopping", "monitor=val_loss mode=auto patience=3 min_delta=0 restore_best_weights=0 start_from_epoch=3 baseline=1.28125 verbose=1",
     9, {1.03125, 0.78125, 0.75, 0.75, 1.03125, MISSING, 1.03125, 1.53125, 1.03125},
     "Epoch 8: early stopping\n",
     8, 8, 0.5},
    {"EarlyStopping", "monitor=val_loss mode=max patience=1 min_delta=0 restore_best_weights=0 start_from_epoch=2 verbose=1",
     9, {1.03125, 1.03125, 2.78125, 3.0, 1.0, NAN, 2.25, 1.0, 2.53125},
     "Epoch 5: early stopping\n",
     5, 5, 0.5},
    {"EarlyStopping", "monitor=val_loss mode=auto patience=0 min_delta=0 restore_best_weights=0 start_from_epoch=0 baseline=2.5625 verbose=1",
     10, {0.15625, 1.96875, 2.0625, MISSING, 1.0, 1.03125, 1.03125, 0.625, 1.03125, 1.53125},
     "Epoch 2: early stopping\n",
     2, 2, 0.5},
    {"EarlyStopping", "monitor=val_accuracy mode=max patience=1 min_delta=-0.125 restore_best_weights=0 start_from_epoch=3 verbose=1",
     7, {1.8125, MISSING, MISSING, 1.0, 1.0, 0.125, 1.40625},
     "Epoch 5: early stopping\n",
     5, 5, 0.5},
    {"EarlyStopping", "monitor=loss mode=min patience=3 min_delta=0.15625 restore_best_weights=0 start_from_epoch=0 verbose=1",
     9, {2.25, 0.84375, NAN, 1.0, NAN, NAN, 2.5625, 1.03125, 1.0},
     "Epoch 5: early stopping\n",
     5, 5, 0.5},
    {"EarlyStopping", "monitor=val_loss mode=min patience=3 min_delta=0 restore_best_weights=1 start_from_epoch=0 baseline=2.125 verbose=1",
     14, {0.4375, 1.0, 1.03125, 1.0, 1.0, 1.0, NAN, 1.09375, 2.65625, MISSING, 0.71875, 1.625, 1.03125, 2.21875},
     "Epoch 4: early stopping\n"
     "Restoring model weights from the end of the best epoch: 1.\n",
     4, 1, 0.5},
    {"EarlyStopping", "monitor=val_accuracy mode=auto patience=1 min_delta=-0.34375 restore_best_weights=1 start_from_epoch=0 baseline=2.46875 verbose=1",
     11, {0.09375, 0.6875, 1.0, 1.0, 1.0, NAN, 2.96875, MISSING, 1.46875, MISSING, 1.03125},
     "Epoch 3: early stopping\n"
     "Restoring model weights from the end of the best epoch: 2.\n",
     3, 2, 0.5},
    {"EarlyStopping", "monitor=val_accuracy mode=max patience=2 min_delta=0 restore_best_weights=1 start_from_epoch=2 verbose=1",
     14, {1.0, 1.8125, 1.5, 2.46875, 1.03125, 1.03125, MISSING, 1.0, 2.59375, 1.0, 1.03125, 0.0, 0.6875, 0.375},
     "Epoch 6: early stopping\n"
     "Restoring model weights from the end of the best epoch: 4.\n",
     6, 4, 0.5},
    {"EarlyStopping", "monitor=val_loss mode=auto patience=3 min_delta=0 restore_best_weights=0 start_from_epoch=2 verbose=1",
     10, {0.84375, 0.125, 2.28125, 1.15625, 1.03125, NAN, 1.03125, 2.09375, 1.03125, 1.03125},
     "Epoch 8: early stopping\n",
     8, 8, 0.5},
    {"EarlyStopping", "monitor=loss mode=min patience=1 min_delta=-0.40625 restore_best_weights=0 start_from_epoch=3 baseline=0.875 verbose=1",
     12, {1.0, 1.03125, 1.75, 1.625, NAN, 1.03125, 1.03125, 0.40625, 1.3125, 0.46875, 2.71875, MISSING},
     "Epoch 5: early stopping\n",
     5, 5, 0.5},
    {"EarlyStopping", "monitor=val_loss mode=max patience=1 min_delta=0 restore_best_weights=0 start_from_epoch=3 verbose=1",
     3, {2.75, MISSING, 1.0},
     "",
     3, 3, 0.5},
    {"EarlyStopping", "monitor=val_loss mode=max patience=1 min_delta=0.5 restore_best_weights=1 start_from_epoch=0 baseline=2.09375 verbose=1",
     1, {1.03125},
     "Restoring model weights from the end of the best epoch: 1.\n",
     1, 1, 0.5},
    {"EarlyStopping", "monitor=loss mode=min patience=1 min_delta=-0.875 restore_best_weights=0 start_from_epoch=2 baseline=1.0 verbose=1",
     14, {0.4375, 0.90625, 1.75, 1.03125, 1.03125, 2.21875, 2.1875, 1.03125, 1.0, 1.375, 1.03125, 2.78125, 1.0, 0.1875},
     "Epoch 4: early stopping\n",
     4, 4, 0.5},
    {"EarlyStopping", "monitor=loss mode=min patience=2 min_delta=0 restore_best_weights=1 start_from_epoch=0 verbose=1",
     8, {2.90625, MISSING, 0.625, 0.71875, MISSING, 1.78125, 1.65625, 0.84375},
     "Epoch 6: early stopping\n"
     "Restoring model weights from the end of the best epoch: 3.\n",
     6, 3, 0.5},
    {"EarlyStopping", "monitor=val_loss mode=max patience=3 min_delta=0 restore_best_weights=0 start_from_epoch=0 verbose=1",
     7, {MISSING, 1.0, NAN, NAN, 1.03125, 1.0, 2.84375},
     "",
     7, 7, 0.5},
    {"EarlyStopping", "monitor=loss mode=auto patience=1 min_delta=0 restore_best_weights=1 start_from_epoch=0 verbose=1",
     13, {MISSING, 2.25, 1.4375, NAN, NAN, 0.8125, 1.0, 1.0, 0.75, 2.5, 1.5625, 0.3125, NAN},
     "Epoch 4: early stopping\n"
     "Restoring model weights from the end of the best epoch: 3.\n",
     4, 3, 0.5},
    {"EarlyStopping", "monitor=val_loss mode=max patience=1 min_delta=0 restore_best_weights=1 start_from_epoch=0 verbose=1",
     10, {1.03125, 1.03125, 0.5625, NAN, 2.6875, 1.96875, 1.53125, MISSING, NAN, 2.59375},
     "Epoch 2: early stopping\n"
     "Restoring model weights from the end of the best epoch: 1.\n",
     2, 1, 0.5},
    {"EarlyStopping", "monitor=loss mode=auto patience=1 min_delta=0 restore_best_weights=1 start_from_epoch=0 verbose=1",
     7, {1.03125, 1.03125, 1.34375, 1.8125, 1.0, 1.0, 1.625},
     "Epoch 2: early stopping\n"
     "Restoring model weights from the end of the best epoch: 1.\n",
     2, 1, 0.5},
    {"EarlyStopping", "monitor=val_accuracy mode=auto patience=3 min_delta=0 restore_best_weights=0 start_from_epoch=0 verbose=1",
     6, {MISSING, 1.03125, 0.03125, 1.0, 0.125, MISSING},
     "Epoch 5: early stopping\n",
     5, 5, 0.5},
    {"EarlyStopping", "monitor=loss mode=auto patience=1 min_delta=0 restore_best_weights=0 start_from_epoch=3 verbose=1",
     10, {1.0, 1.03125, MISSING, MISSING, 0.8125, 1.03125, 0.5625, 0.9375, 2.125, 1.03125},
     "Epoch 6: early stopping\n",
     6, 6, 0.5},
    {"EarlyStopping", "monitor=loss mode=max patience=3 min_delta=-0.25 restore_best_weights=0 start_from_epoch=0 verbose=1",
     14, {1.03125, 1.03125, NAN, 1.03125, 1.0, 0.34375, 1.0, 1.03125, NAN, 0.4375, 1.03125, NAN, 1.0, 1.0},
     "Epoch 4: early stopping\n",
     4, 4, 0.5},
    {"EarlyStopping", "monitor=val_loss mode=min patience=0 min_delta=-0.625 restore_best_weights=0 start_from_epoch=2 baseline=1.34375 verbose=1",
     1, {0.65625},
     "",
     1, 1, 0.5},
    {"EarlyStopping", "monitor=loss mode=min patience=2 min_delta=0 restore_best_weights=0 start_from_epoch=0 verbose=1",
     4, {1.03125, NAN, NAN, 1.03125},
     "Epoch 3: early stopping\n",
     3, 3, 0.5},
    {"EarlyStopping", "monitor=val_loss mode=min patience=2 min_delta=0 restore_best_weights=0 start_from_epoch=0 baseline=0.5 verbose=1",
     1, {1.03125},
     "",
     1, 1, 0.5},
    {"EarlyStopping", "monitor=val_accuracy mode=auto patience=3 min_delta=0 restore_best_weights=1 start_from_epoch=0 verbose=1",
     12, {MISSING, 1.21875, 1.0, 1.0, 0.34375, 0.15625, MISSING, 1.03125, 0.75, 2.90625, 1.25, MISSING},
     "Epoch 5: early stopping\n"
     "Restoring model weights from the end of the best epoch: 2.\n",
     5, 2, 0.5},
    {"ReduceLROnPlateau", "monitor=val_accuracy mode=auto patience=0 factor=0.25 min_delta=0.25 cooldown=1 min_lr=0.0625 verbose=1",
     7, {0.5625, 1.28125, MISSING, 2.40625, 1.09375, 2.25, MISSING},
     "\n"
     "Epoch 5: ReduceLROnPlateau reducing learning rate to 0.125.\n"
     "\n"
     "Epoch 6: ReduceLROnPlateau reducing learning rate to 0.0625.\n",
     7, 7, 0.0625},
    {"ReduceLROnPlateau", "monitor=val_loss mode=max patience=0 factor=0.1 min_delta=0 cooldown=0 min_lr=0 verbose=1",
     9, {1.0, 1.4375, 1.6875, 0.1875, 1.03125, 0.375, NAN, NAN, MISSING},
     "\n"
     "Epoch 4: ReduceLROnPlateau reducing learning rate to 0.05.\n"
     "\n"
     "Epoch 5: ReduceLROnPlateau reducing learning rate to 0.005000000000000001.\n"
     "\n"
     "Epoch 6: ReduceLROnPlateau reducing learning rate to 0.0005000000000000001.\n"
     "\n"
     "Epoch 7: ReduceLROnPlateau reducing learning rate to 5.0000000000000016e-05.\n"
     "\n"
     "Epoch 8: ReduceLROnPlateau reducing learning rate to 5.000000000000002e-06.\n",
     9, 9, 5.000000000000002e-06},
    {"ReduceLROnPlateau", "monitor=val_accuracy mode=max patience=1 factor=0.1 min_delta=0.9375 cooldown=1 min_lr=0.0625 verbose=1",
     12, {1.90625, 0.09375, NAN, 1.03125, NAN, 0.375, 1.71875, 1.0, 1.5, MISSING, MISSING, MISSING},
     "\n"
     "Epoch 2: ReduceLROnPlateau reducing learning rate to 0.0625.\n",
     12, 12, 0.0625},
    {"ReduceLROnPlateau", "monitor=val_loss mode=auto patience=3 factor=0.1 min_delta=0 cooldown=1 min_lr=0.3 verbose=1",
     2, {2.875, 1.0},
     "",
     2, 2, 0.5},
    {"ReduceLROnPlateau", "monitor=val_loss mode=auto patience=1 factor=0.25 min_delta=0 cooldown=0 min_lr=0.3 verbose=1",
     12, {0.53125, MISSING, 1.21875, 1.0, 1.03125, 2.34375, 2.46875, MISSING, 1.0, NAN, MISSING, 1.03125},
     "\n"
     "Epoch 3: ReduceLROnPlateau reducing learning rate to 0.3.\n",
     12, 12, 0.3},
    {"ReduceLROnPlateau", "monitor=val_loss mode=auto patience=2 factor=0.5 min_delta=-0.84375 cooldown=2 min_lr=0 verbose=1",
     6, {0.84375, 1.0, 3.0, 1.8125, 0.0625, 0.125},
     "\n"
     "Epoch 3: ReduceLROnPlateau reducing learning rate to 0.25.\n"
     "\n"
     "Epoch 6: ReduceLROnPlateau reducing learning rate to 0.125.\n",
     6, 6, 0.125},
    {"ReduceLROnPlateau", "monitor=val_accuracy mode=auto patience=3 factor=0.25 min_delta=0 cooldown=2 min_lr=0.3 verbose=1",
     2, {1.0, MISSING},
     "",
     2, 2, 0.5},
    {"ReduceLROnPlateau", "monitor=loss mode=min patience=1 factor=0.5 min_delta=0 cooldown=0 min_lr=0 verbose=1",
     6, {1.375, 1.1875, 1.03125, 1.5, 2.4375, 1.03125},
     "\n"
     "Epoch 4: ReduceLROnPlateau reducing learning rate to 0.25.\n"
     "\n"
     "Epoch 5: ReduceLROnPlateau reducing learning rate to 0.125.\n"
     "\n"
     "Epoch 6: ReduceLROnPlateau reducing learning rate to 0.0625.\n",
     6, 6, 0.0625},
    {"ReduceLROnPlateau", "monitor=loss mode=auto patience=0 factor=0.5 min_delta=0 cooldown=0 min_lr=0 verbose=1",
     4, {1.0, 2.53125, 2.09375, NAN},
     "\n"
     "Epoch 2: ReduceLROnPlateau reducing learning rate to 0.25.\n"
     "\n"
     "Epoch 3: ReduceLROnPlateau reducing learning rate to 0.125.\n"
     "\n"
     "Epoch 4: ReduceLROnPlateau reducing learning rate to 0.0625.\n",
     4, 4, 0.0625},
    {"ReduceLROnPlateau", "monitor=val_loss mode=min patience=1 factor=0.25 min_delta=0 cooldown=1 min_lr=0 verbose=1",
     14, {1.8125, 1.0, 1.0, 1.0, MISSING, 1.0, 2.71875, 1.03125, 1.78125, 1.0, MISSING, 1.03125, MISSING, 2.1875},
     "\n"
     "Epoch 3: ReduceLROnPlateau reducing learning rate to 0.125.\n"
     "\n"
     "Epoch 4: ReduceLROnPlateau reducing learning rate to 0.03125.\n"
     "\n"
     "Epoch 6: ReduceLROnPlateau reducing learning rate to 0.0078125.\n"
     "\n"
     "Epoch 7: ReduceLROnPlateau reducing learning rate to 0.001953125.\n"
     "\n"
     "Epoch 8: ReduceLROnPlateau reducing learning rate to 0.00048828125.\n"
     "\n"
     "Epoch 9: ReduceLROnPlateau reducing learning rate to 0.0001220703125.\n"
     "\n"
     "Epoch 10: ReduceLROnPlateau reducing learning rate to 3.0517578125e-05.\n"
     "\n"
     "Epoch 12: ReduceLROnPlateau reducing learning rate to 7.62939453125e-06.\n"
     "\n"
     "Epoch 14: ReduceLROnPlateau reducing learning rate to 1.9073486328125e-06.\n",
     14, 14, 1.9073486328125e-06},
    {"ReduceLROnPlateau", "monitor=loss mode=max patience=1 factor=0.25 min_delta=0 cooldown=2 min_lr=0.0625 verbose=1",
     12, {2.40625, 2.21875, 2.375, 1.53125, 1.40625, 1.875, 1.03125, 1.625, 0.15625, 2.84375, 2.96875, 1.0},
     "\n"
     "Epoch 2: ReduceLROnPlateau reducing learning rate to 0.125.\n"
     "\n"
     "Epoch 4: ReduceLROnPlateau reducing learning rate to 0.0625.\n",
     12, 12, 0.0625},
    {"ReduceLROnPlateau", "monitor=val_loss mode=auto patience=2 factor=0.1 min_delta=0 cooldown=0 min_lr=0.3 verbose=1",
     8, {1.03125, 1.03125, 0.78125, 1.03125, 1.1875, 1.03125, 0.9375, 1.0},
     "\n"
     "Epoch 5: ReduceLROnPlateau reducing learning rate to 0.3.\n",
     8, 8, 0.3},
    {"ReduceLROnPlateau", "monitor=val_loss mode=min patience=0 factor=0.25 min_delta=0 cooldown=0 min_lr=0 verbose=1",
     6, {1.90625, MISSING, NAN, 1.03125, 0.9375, MISSING},
     "\n"
     "Epoch 3: ReduceLROnPlateau reducing learning rate to 0.125.\n",
     6, 6, 0.125},
    {"ReduceLROnPlateau", "monitor=loss mode=max patience=2 factor=0.25 min_delta=-0.8125 cooldown=2 min_lr=0.0625 verbose=1",
     7, {0.09375, 0.25, 1.03125, NAN, NAN, 0.3125, 1.0},
     "\n"
     "Epoch 5: ReduceLROnPlateau reducing learning rate to 0.125.\n",
     7, 7, 0.125},
    {"ReduceLROnPlateau", "monitor=loss mode=auto patience=1 factor=0.25 min_delta=0 cooldown=2 min_lr=0 verbose=1",
     8, {1.0, 1.59375, 2.375, 0.75, NAN, 0.625, 2.15625, 1.0},
     "\n"
     "Epoch 2: ReduceLROnPlateau reducing learning rate to 0.125.\n"
     "\n"
     "Epoch 5: ReduceLROnPlateau reducing learning rate to 0.03125.\n"
     "\n"
     "Epoch 7: ReduceLROnPlateau reducing learning rate to 0.0078125.\n",
     8, 8, 0.0078125},
    {"ReduceLROnPlateau", "monitor=val_loss mode=auto patience=0 factor=0.5 min_delta=0.96875 cooldown=0 min_lr=0.3 verbose=1",
     5, {MISSING, 1.0, 2.0625, 0.15625, 1.03125},
     "\n"
     "Epoch 3: ReduceLROnPlateau reducing learning rate to 0.3.\n",
     5, 5, 0.3},
    {"ReduceLROnPlateau", "monitor=val_accuracy mode=auto patience=1 factor=0.1 min_delta=0 cooldown=1 min_lr=0.0625 verbose=1",
     9, {1.03125, 0.1875, 1.03125, 1.03125, 0.09375, 1.0, NAN, 2.59375, 1.0},
     "\n"
     "Epoch 2: ReduceLROnPlateau reducing learning rate to 0.0625.\n",
     9, 9, 0.0625},
    {"ReduceLROnPlateau", "monitor=loss mode=auto patience=3 factor=0.5 min_delta=-0.875 cooldown=0 min_lr=0 verbose=1",
     4, {1.0, MISSING, 1.03125, 1.0},
     "",
     4, 4, 0.5},
    {"ReduceLROnPlateau", "monitor=val_accuracy mode=auto patience=2 factor=0.5 min_delta=0 cooldown=0 min_lr=0 verbose=1",
     9, {1.0, 1.03125, 0.6875, 1.0, 1.625, 1.3125, 0.59375, NAN, NAN},
     "\n"
     "Epoch 4: ReduceLROnPlateau reducing learning rate to 0.25.\n"
     "\n"
     "Epoch 7: ReduceLROnPlateau reducing learning rate to 0.125.\n"
     "\n"
     "Epoch 9: ReduceLROnPlateau reducing learning rate to 0.0625.\n",
     9, 9, 0.0625},
    {"ReduceLROnPlateau", "monitor=val_accuracy mode=auto patience=0 factor=0.1 min_delta=0 cooldown=2 min_lr=0.3 verbose=1",
     14, {0.9375, 2.3125, 1.0, NAN, 2.03125, 2.53125, 1.0, 1.90625, 2.59375, 1.0, 0.96875, 1.3125, NAN, 1.03125},
     "\n"
     "Epoch 3: ReduceLROnPlateau reducing learning rate to 0.3.\n",
     14, 14, 0.3},
    {"ReduceLROnPlateau", "monitor=val_loss mode=min patience=2 factor=0.25 min_delta=0 cooldown=1 min_lr=0 verbose=1",
     3, {1.03125, 0.28125, 1.0},
     "",
     3, 3, 0.5},
    {"ReduceLROnPlateau", "monitor=val_loss mode=max patience=3 factor=0.25 min_delta=0.375 cooldown=1 min_lr=0.3 verbose=1",
     14, {2.375, 2.96875, NAN, 2.53125, 0.09375, 1.59375, 1.875, 0.8125, 1.03125, MISSING, MISSING, 1.6875, 2.625, 1.75},
     "\n"
     "Epoch 5: ReduceLROnPlateau reducing learning rate to 0.3.\n",
     14, 14, 0.3},
    {"ReduceLROnPlateau", "monitor=val_loss mode=auto patience=3 factor=0.1 min_delta=0 cooldown=0 min_lr=0 verbose=1",
     4, {1.03125, 1.03125, MISSING, 1.03125},
     "",
     4, 4, 0.5},
    {"ReduceLROnPlateau", "monitor=loss mode=min patience=1 factor=0.25 min_delta=0 cooldown=0 min_lr=0.0625 verbose=1",
     6, {1.03125, 1.5, 2.28125, 1.90625, MISSING, 2.3125},
     "\n"
     "Epoch 2: ReduceLROnPlateau reducing learning rate to 0.125.\n"
     "\n"
     "Epoch 3: ReduceLROnPlateau reducing learning rate to 0.0625.\n",
     6, 6, 0.0625},
    {"ReduceLROnPlateau", "monitor=val_accuracy mode=max patience=1 factor=0.25 min_delta=0 cooldown=2 min_lr=0.0625 verbose=1",
     10, {2.46875, 1.03125, 1.0, 1.0, 1.71875, 1.03125, 1.53125, 2.71875, 1.0, 1.0},
     "\n"
     "Epoch 2: ReduceLROnPlateau reducing learning rate to 0.125.\n"
     "\n"
     "Epoch 4: ReduceLROnPlateau reducing learning rate to 0.0625.\n",
     10, 10, 0.0625},
    {"ReduceLROnPlateau", "monitor=loss mode=min patience=2 factor=0.5 min_delta=0 cooldown=1 min_lr=0 verbose=1",
     11, {0.3125, 1.03125, 0.28125, 1.03125, 2.28125, 0.65625, 1.03125, 1.03125, 2.90625, 1.03125, 2.21875},
     "\n"
     "Epoch 5: ReduceLROnPlateau reducing learning rate to 0.25.\n"
     "\n"
     "Epoch 7: ReduceLROnPlateau reducing learning rate to 0.125.\n"
     "\n"
     "Epoch 9: ReduceLROnPlateau reducing learning rate to 0.0625.\n"
     "\n"
     "Epoch 11: ReduceLROnPlateau reducing learning rate to 0.03125.\n",
     11, 11, 0.03125},
    {"ReduceLROnPlateau", "monitor=val_accuracy mode=auto patience=3 factor=0.1 min_delta=0 cooldown=0 min_lr=0.0625 verbose=1",
     14, {1.0, 2.5625, 0.5625, 2.28125, MISSING, 2.78125, MISSING, 1.0, NAN, 2.0, NAN, 1.0, 1.125, 1.03125},
     "\n"
     "Epoch 10: ReduceLROnPlateau reducing learning rate to 0.0625.\n",
     14, 14, 0.0625},
    {"ReduceLROnPlateau", "monitor=loss mode=max patience=3 factor=0.1 min_delta=0 cooldown=3 min_lr=0.3 verbose=1",
     7, {1.03125, 0.0625, MISSING, NAN, MISSING, 1.0, 1.0},
     "\n"
     "Epoch 6: ReduceLROnPlateau reducing learning rate to 0.3.\n",
     7, 7, 0.3},
    {"ReduceLROnPlateau", "monitor=val_accuracy mode=min patience=0 factor=0.25 min_delta=0 cooldown=3 min_lr=0.3 verbose=1",
     12, {1.03125, 1.0, 2.46875, 1.03125, MISSING, 2.5, 1.4375, 1.375, MISSING, NAN, MISSING, 1.0},
     "\n"
     "Epoch 3: ReduceLROnPlateau reducing learning rate to 0.3.\n",
     12, 12, 0.3},
    {"ReduceLROnPlateau", "monitor=loss mode=min patience=1 factor=0.25 min_delta=0 cooldown=3 min_lr=0.0625 verbose=1",
     2, {1.03125, 1.46875},
     "\n"
     "Epoch 2: ReduceLROnPlateau reducing learning rate to 0.125.\n",
     2, 2, 0.125},
    {"ReduceLROnPlateau", "monitor=val_accuracy mode=auto patience=3 factor=0.25 min_delta=0.0 cooldown=0 min_lr=0 verbose=1",
     12, {0.625, 0.78125, 1.03125, NAN, MISSING, 1.15625, 1.03125, 2.71875, 0.3125, 1.03125, MISSING, 0.09375},
     "\n"
     "Epoch 12: ReduceLROnPlateau reducing learning rate to 0.125.\n",
     12, 12, 0.125},
    {"ReduceLROnPlateau", "monitor=loss mode=auto patience=3 factor=0.1 min_delta=-0.3125 cooldown=3 min_lr=0.0625 verbose=1",
     12, {0.6875, 0.75, NAN, MISSING, 1.0, 1.0, 1.0, 1.03125, 1.0, 1.0, NAN, 1.3125},
     "\n"
     "Epoch 5: ReduceLROnPlateau reducing learning rate to 0.0625.\n",
     12, 12, 0.0625},
    {"ReduceLROnPlateau", "monitor=loss mode=auto patience=2 factor=0.1 min_delta=0 cooldown=2 min_lr=0 verbose=1",
     13, {0.6875, 1.03125, 1.0, 1.03125, 1.03125, 1.03125, 1.46875, 1.0, 1.4375, 0.84375, 1.03125, 2.03125, 2.53125},
     "\n"
     "Epoch 3: ReduceLROnPlateau reducing learning rate to 0.05.\n"
     "\n"
     "Epoch 6: ReduceLROnPlateau reducing learning rate to 0.005000000000000001.\n"
     "\n"
     "Epoch 9: ReduceLROnPlateau reducing learning rate to 0.0005000000000000001.\n"
     "\n"
     "Epoch 12: ReduceLROnPlateau reducing learning rate to 5.0000000000000016e-05.\n",
     13, 13, 5.0000000000000016e-05},
    {"ReduceLROnPlateau", "monitor=val_loss mode=auto patience=3 factor=0.5 min_delta=0 cooldown=1 min_lr=0 verbose=1",
     6, {0.5, 1.9375, MISSING, 1.84375, 0.53125, 1.03125},
     "\n"
     "Epoch 5: ReduceLROnPlateau reducing learning rate to 0.25.\n",
     6, 6, 0.25},
    {"ReduceLROnPlateau", "monitor=loss mode=max patience=3 factor=0.25 min_delta=0 cooldown=3 min_lr=0.0625 verbose=1",
     2, {1.34375, 1.03125},
     "",
     2, 2, 0.5},
    {"ReduceLROnPlateau", "monitor=val_loss mode=min patience=1 factor=0.25 min_delta=0 cooldown=0 min_lr=0 verbose=1",
     10, {0.46875, 1.03125, 0.5, MISSING, MISSING, 1.03125, 2.4375, 0.875, 1.0, MISSING},
     "\n"
     "Epoch 2: ReduceLROnPlateau reducing learning rate to 0.125.\n"
     "\n"
     "Epoch 3: ReduceLROnPlateau reducing learning rate to 0.03125.\n"
     "\n"
     "Epoch 6: ReduceLROnPlateau reducing learning rate to 0.0078125.\n"
     "\n"
     "Epoch 7: ReduceLROnPlateau reducing learning rate to 0.001953125.\n"
     "\n"
     "Epoch 8: ReduceLROnPlateau reducing learning rate to 0.00048828125.\n"
     "\n"
     "Epoch 9: ReduceLROnPlateau reducing learning rate to 0.0001220703125.\n",
     10, 10, 0.0001220703125},
    {"ReduceLROnPlateau", "monitor=val_accuracy mode=min patience=0 factor=0.25 min_delta=0 cooldown=0 min_lr=0.0625 verbose=1",
     10, {2.75, 1.03125, MISSING, 0.90625, NAN, NAN, 0.71875, 2.96875, 0.65625, 0.875},
     "\n"
     "Epoch 5: ReduceLROnPlateau reducing learning rate to 0.125.\n"
     "\n"
     "Epoch 6: ReduceLROnPlateau reducing learning rate to 0.0625.\n",
     10, 10, 0.0625},
    {"ReduceLROnPlateau", "monitor=loss mode=min patience=3 factor=0.5 min_delta=0 cooldown=3 min_lr=0 verbose=1",
     11, {1.0, 0.4375, 1.0, 0.25, 1.0, 0.09375, 2.25, MISSING, 1.78125, 1.0, 2.46875},
     "\n"
     "Epoch 10: ReduceLROnPlateau reducing learning rate to 0.25.\n",
     11, 11, 0.25},
    {"ReduceLROnPlateau", "monitor=val_loss mode=auto patience=1 factor=0.1 min_delta=-0.1875 cooldown=2 min_lr=0.0625 verbose=1",
     11, {2.0, 1.53125, 1.0, 0.46875, 2.59375, 2.4375, NAN, 1.03125, MISSING, 1.78125, 1.0},
     "\n"
     "Epoch 5: ReduceLROnPlateau reducing learning rate to 0.0625.\n",
     11, 11, 0.0625},
    {"ReduceLROnPlateau", "monitor=val_accuracy mode=auto patience=3 factor=0.1 min_delta=0 cooldown=2 min_lr=0 verbose=1",
     8, {0.1875, 1.0, 2.40625, 1.0, MISSING, 1.0, MISSING, 1.0},
     "\n"
     "Epoch 8: ReduceLROnPlateau reducing learning rate to 0.05.\n",
     8, 8, 0.05},
    {"ReduceLROnPlateau", "monitor=loss mode=auto patience=3 factor=0.5 min_delta=0 cooldown=0 min_lr=0.3 verbose=1",
     3, {1.03125, 1.0, MISSING},
     "",
     3, 3, 0.5},
    {"ReduceLROnPlateau", "monitor=val_accuracy mode=auto patience=1 factor=0.25 min_delta=-0.15625 cooldown=3 min_lr=0 verbose=1",
     1, {0.25},
     "",
     1, 1, 0.5},
    {"ReduceLROnPlateau", "monitor=loss mode=auto patience=1 factor=0.25 min_delta=0 cooldown=0 min_lr=0 verbose=1",
     4, {0.78125, 0.90625, 1.03125, 0.125},
     "\n"
     "Epoch 2: ReduceLROnPlateau reducing learning rate to 0.125.\n"
     "\n"
     "Epoch 3: ReduceLROnPlateau reducing learning rate to 0.03125.\n",
     4, 4, 0.03125},
    {"ReduceLROnPlateau", "monitor=loss mode=max patience=1 factor=0.1 min_delta=0 cooldown=0 min_lr=0.0625 verbose=1",
     11, {1.15625, 1.0, NAN, MISSING, 1.0, 1.0, 0.1875, 1.8125, 0.6875, 2.28125, NAN},
     "\n"
     "Epoch 2: ReduceLROnPlateau reducing learning rate to 0.0625.\n",
     11, 11, 0.0625},
    {"ReduceLROnPlateau", "monitor=loss mode=auto patience=0 factor=0.25 min_delta=-0.4375 cooldown=0 min_lr=0 verbose=1",
     8, {0.125, 0.3125, 1.03125, 0.375, MISSING, 1.0, 1.0, 0.6875},
     "\n"
     "Epoch 2: ReduceLROnPlateau reducing learning rate to 0.125.\n"
     "\n"
     "Epoch 3: ReduceLROnPlateau reducing learning rate to 0.03125.\n"
     "\n"
     "Epoch 4: ReduceLROnPlateau reducing learning rate to 0.0078125.\n"
     "\n"
     "Epoch 6: ReduceLROnPlateau reducing learning rate to 0.001953125.\n"
     "\n"
     "Epoch 7: ReduceLROnPlateau reducing learning rate to 0.00048828125.\n"
     "\n"
     "Epoch 8: ReduceLROnPlateau reducing learning rate to 0.0001220703125.\n",
     8, 8, 0.0001220703125},
    {"ReduceLROnPlateau", "monitor=val_loss mode=max patience=0 factor=0.5 min_delta=0.34375 cooldown=0 min_lr=0.0625 verbose=1",
     10, {0.96875, 1.375, 1.0, 1.0, 1.03125, 1.03125, 0.65625, 1.03125, 1.0, 1.03125},
     "\n"
     "Epoch 3: ReduceLROnPlateau reducing learning rate to 0.25.\n"
     "\n"
     "Epoch 4: ReduceLROnPlateau reducing learning rate to 0.125.\n"
     "\n"
     "Epoch 5: ReduceLROnPlateau reducing learning rate to 0.0625.\n",
     10, 10, 0.0625},
    {"ReduceLROnPlateau", "monitor=loss mode=max patience=2 factor=0.5 min_delta=0 cooldown=0 min_lr=0 verbose=1",
     9, {1.0, 1.40625, MISSING, 2.28125, 1.03125, 1.03125, 1.0, 1.03125, MISSING},
     "\n"
     "Epoch 6: ReduceLROnPlateau reducing learning rate to 0.25.\n"
     "\n"
     "Epoch 8: ReduceLROnPlateau reducing learning rate to 0.125.\n",
     9, 9, 0.125},
    {"ReduceLROnPlateau", "monitor=loss mode=auto patience=2 factor=0.25 min_delta=0 cooldown=2 min_lr=0.0625 verbose=1",
     13, {1.0, 1.46875, NAN, MISSING, 1.0, 1.03125, MISSING, 1.0, MISSING, 1.125, NAN, 1.03125, NAN},
     "\n"
     "Epoch 3: ReduceLROnPlateau reducing learning rate to 0.125.\n"
     "\n"
     "Epoch 8: ReduceLROnPlateau reducing learning rate to 0.0625.\n",
     13, 13, 0.0625},
    {"ReduceLROnPlateau", "monitor=loss mode=auto patience=3 factor=0.25 min_delta=0 cooldown=0 min_lr=0.0625 verbose=1",
     7, {1.0, MISSING, 1.0, 1.0, 1.0, 1.03125, 0.25},
     "\n"
     "Epoch 5: ReduceLROnPlateau reducing learning rate to 0.125.\n",
     7, 7, 0.125},
    {"ReduceLROnPlateau", "monitor=val_loss mode=max patience=1 factor=0.25 min_delta=0 cooldown=2 min_lr=0 verbose=1",
     4, {2.25, 0.34375, NAN, NAN},
     "\n"
     "Epoch 2: ReduceLROnPlateau reducing learning rate to 0.125.\n"
     "\n"
     "Epoch 4: ReduceLROnPlateau reducing learning rate to 0.03125.\n",
     4, 4, 0.03125},
    {"ReduceLROnPlateau", "monitor=val_accuracy mode=auto patience=2 factor=0.1 min_delta=0 cooldown=0 min_lr=0.0625 verbose=1",
     6, {1.0, 1.0, MISSING, 1.0, NAN, 0.875},
     "\n"
     "Epoch 4: ReduceLROnPlateau reducing learning rate to 0.0625.\n",
     6, 6, 0.0625},
    {"ReduceLROnPlateau", "monitor=val_loss mode=auto patience=2 factor=0.5 min_delta=0 cooldown=0 min_lr=0.3 verbose=1",
     6, {MISSING, 1.03125, 1.0, 1.03125, 1.03125, 0.84375},
     "\n"
     "Epoch 5: ReduceLROnPlateau reducing learning rate to 0.3.\n",
     6, 6, 0.3},
    {"ReduceLROnPlateau", "monitor=val_accuracy mode=auto patience=0 factor=0.1 min_delta=0 cooldown=2 min_lr=0.0625 verbose=1",
     13, {0.875, 1.03125, 1.03125, 1.03125, 1.0, 1.03125, 2.71875, 1.0, 1.03125, MISSING, 2.0625, MISSING, 1.6875},
     "\n"
     "Epoch 3: ReduceLROnPlateau reducing learning rate to 0.0625.\n",
     13, 13, 0.0625},
    {"ReduceLROnPlateau", "monitor=val_loss mode=min patience=0 factor=0.5 min_delta=0 cooldown=0 min_lr=0.3 verbose=1",
     9, {2.625, 1.71875, NAN, MISSING, 0.46875, 1.0, 1.8125, 1.0, 1.0},
     "\n"
     "Epoch 3: ReduceLROnPlateau reducing learning rate to 0.3.\n",
     9, 9, 0.3},
    {"ReduceLROnPlateau", "monitor=loss mode=auto patience=0 factor=0.1 min_delta=0.40625 cooldown=0 min_lr=0.0625 verbose=1",
     8, {1.03125, 0.96875, 1.0, 1.0, MISSING, 2.84375, 1.03125, MISSING},
     "\n"
     "Epoch 2: ReduceLROnPlateau reducing learning rate to 0.0625.\n",
     8, 8, 0.0625},
    {"ReduceLROnPlateau", "monitor=val_loss mode=auto patience=0 factor=0.1 min_delta=0 cooldown=0 min_lr=0 verbose=1",
     13, {1.0, 2.34375, 1.0, MISSING, 1.03125, 1.03125, MISSING, NAN, 0.5625, 1.28125, 2.5625, 0.9375, 1.03125},
     "\n"
     "Epoch 2: ReduceLROnPlateau reducing learning rate to 0.05.\n"
     "\n"
     "Epoch 3: ReduceLROnPlateau reducing learning rate to 0.005000000000000001.\n"
     "\n"
     "Epoch 5: ReduceLROnPlateau reducing learning rate to 0.0005000000000000001.\n"
     "\n"
     "Epoch 6: ReduceLROnPlateau reducing learning rate to 5.0000000000000016e-05.\n"
     "\n"
     "Epoch 8: ReduceLROnPlateau reducing learning rate to 5.000000000000002e-06.\n"
     "\n"
     "Epoch 10: ReduceLROnPlateau reducing learning rate to 5.000000000000002e-07.\n"
     "\n"
     "Epoch 11: ReduceLROnPlateau reducing learning rate to 5.0000000000000024e-08.\n"
     "\n"
     "Epoch 12: ReduceLROnPlateau reducing learning rate to 5.0000000000000026e-09.\n"
     "\n"
     "Epoch 13: ReduceLROnPlateau reducing learning rate to 5.000000000000002e-10.\n",
     13, 13, 5.000000000000002e-10},
    {"ReduceLROnPlateau", "monitor=val_accuracy mode=auto patience=3 factor=0.5 min_delta=0 cooldown=1 min_lr=0.3 verbose=1",
     14, {1.0, 2.21875, 0.6875, 2.5, NAN, 2.59375, 0.25, 1.8125, 0.15625, 0.59375, 1.0, 1.03125, 1.0, 1.40625},
     "\n"
     "Epoch 9: ReduceLROnPlateau reducing learning rate to 0.3.\n",
     14, 14, 0.3},
    {"ReduceLROnPlateau", "monitor=val_accuracy mode=max patience=2 factor=0.5 min_delta=0 cooldown=1 min_lr=0 verbose=1",
     7, {1.03125, 1.0, 0.84375, 1.375, 1.03125, MISSING, MISSING},
     "\n"
     "Epoch 3: ReduceLROnPlateau reducing learning rate to 0.25.\n",
     7, 7, 0.25},
    {"ReduceLROnPlateau", "monitor=loss mode=auto patience=2 factor=0.5 min_delta=0 cooldown=1 min_lr=0 verbose=1",
     11, {1.8125, 1.6875, 1.0, 1.0, 1.0, NAN, 2.96875, NAN, 1.0, 2.34375, 1.03125},
     "\n"
     "Epoch 5: ReduceLROnPlateau reducing learning rate to 0.25.\n"
     "\n"
     "Epoch 7: ReduceLROnPlateau reducing learning rate to 0.125.\n"
     "\n"
     "Epoch 9: ReduceLROnPlateau reducing learning rate to 0.0625.\n"
     "\n"
     "Epoch 11: ReduceLROnPlateau reducing learning rate to 0.03125.\n",
     11, 11, 0.03125},
    {"ReduceLROnPlateau", "monitor=val_loss mode=max patience=1 factor=0.25 min_delta=0 cooldown=0 min_lr=0 verbose=1",
     12, {0.6875, 0.40625, 1.59375, 1.03125, 1.0, 2.75, MISSING, 0.21875, MISSING, 1.0, 1.0, NAN},
     "\n"
     "Epoch 2: ReduceLROnPlateau reducing learning rate to 0.125.\n"
     "\n"
     "Epoch 4: ReduceLROnPlateau reducing learning rate to 0.03125.\n"
     "\n"
     "Epoch 5: ReduceLROnPlateau reducing learning rate to 0.0078125.\n"
     "\n"
     "Epoch 8: ReduceLROnPlateau reducing learning rate to 0.001953125.\n"
     "\n"
     "Epoch 10: ReduceLROnPlateau reducing learning rate to 0.00048828125.\n"
     "\n"
     "Epoch 11: ReduceLROnPlateau reducing learning rate to 0.0001220703125.\n"
     "\n"
     "Epoch 12: ReduceLROnPlateau reducing learning rate to 3.0517578125e-05.\n",
     12, 12, 3.0517578125e-05},
    {"ReduceLROnPlateau", "monitor=val_accuracy mode=auto patience=3 factor=0.5 min_delta=0 cooldown=1 min_lr=0.0625 verbose=1",
     11, {1.0, NAN, 1.0, 0.96875, NAN, 1.03125, 1.0, 2.3125, 1.0, 1.03125, 1.0},
     "\n"
     "Epoch 4: ReduceLROnPlateau reducing learning rate to 0.25.\n"
     "\n"
     "Epoch 11: ReduceLROnPlateau reducing learning rate to 0.125.\n",
     11, 11, 0.125},
    {"ReduceLROnPlateau", "monitor=val_accuracy mode=min patience=0 factor=0.1 min_delta=0 cooldown=0 min_lr=0.0625 verbose=1",
     12, {MISSING, MISSING, 3.0, 1.03125, 1.03125, 1.0, NAN, 1.0, 0.0, NAN, 1.0, 1.0},
     "\n"
     "Epoch 5: ReduceLROnPlateau reducing learning rate to 0.0625.\n",
     12, 12, 0.0625},
    {"ReduceLROnPlateau", "monitor=loss mode=max patience=1 factor=0.5 min_delta=-0.3125 cooldown=0 min_lr=0.3 verbose=1",
     3, {MISSING, 2.5625, 0.5},
     "\n"
     "Epoch 3: ReduceLROnPlateau reducing learning rate to 0.3.\n",
     3, 3, 0.3},
    {"ReduceLROnPlateau", "monitor=loss mode=auto patience=3 factor=0.5 min_delta=0 cooldown=1 min_lr=0.3 verbose=1",
     6, {2.8125, 1.03125, 1.03125, 1.96875, 1.03125, NAN},
     "\n"
     "Epoch 5: ReduceLROnPlateau reducing learning rate to 0.3.\n",
     6, 6, 0.3},
    {"ReduceLROnPlateau", "monitor=val_accuracy mode=auto patience=2 factor=0.5 min_delta=0 cooldown=1 min_lr=0.3 verbose=1",
     1, {1.03125},
     "",
     1, 1, 0.5},
    {"ReduceLROnPlateau", "monitor=val_accuracy mode=auto patience=2 factor=0.25 min_delta=-0.125 cooldown=0 min_lr=0 verbose=1",
     9, {1.03125, 1.0, 0.375, 1.375, 2.4375, 0.90625, MISSING, MISSING, 2.625},
     "\n"
     "Epoch 3: ReduceLROnPlateau reducing learning rate to 0.125.\n",
     9, 9, 0.125},
    {"ReduceLROnPlateau", "monitor=val_loss mode=auto patience=1 factor=0.25 min_delta=0.375 cooldown=0 min_lr=0.3 verbose=1",
     8, {1.3125, MISSING, 1.0, 1.71875, 1.5625, 1.03125, 1.21875, 0.75},
     "\n"
     "Epoch 3: ReduceLROnPlateau reducing learning rate to 0.3.\n",
     8, 8, 0.3},
    {"ReduceLROnPlateau", "monitor=val_loss mode=max patience=0 factor=0.25 min_delta=0 cooldown=1 min_lr=0.3 verbose=1",
     9, {2.71875, 0.8125, 0.40625, 1.03125, 2.25, MISSING, 2.4375, 1.03125, NAN},
     "\n"
     "Epoch 2: ReduceLROnPlateau reducing learning rate to 0.3.\n",
     9, 9, 0.3},
    {"ReduceLROnPlateau", "monitor=val_loss mode=min patience=3 factor=0.5 min_delta=0 cooldown=3 min_lr=0.3 verbose=1",
     7, {1.0, 1.03125, MISSING, 1.03125, 2.21875, 1.03125, 0.21875},
     "\n"
     "Epoch 5: ReduceLROnPlateau reducing learning rate to 0.3.\n",
     7, 7, 0.3},
    {"ReduceLROnPlateau", "monitor=val_accuracy mode=auto patience=0 factor=0.25 min_delta=-0.4375 cooldown=0 min_lr=0 verbose=1",
     7, {1.5, MISSING, 1.0, MISSING, 2.53125, 2.71875, 1.03125},
     "\n"
     "Epoch 3: ReduceLROnPlateau reducing learning rate to 0.125.\n"
     "\n"
     "Epoch 6: ReduceLROnPlateau reducing learning rate to 0.03125.\n"
     "\n"
     "Epoch 7: ReduceLROnPlateau reducing learning rate to 0.0078125.\n",
     7, 7, 0.0078125},
    {"ReduceLROnPlateau", "monitor=val_accuracy mode=auto patience=2 factor=0.25 min_delta=0 cooldown=3 min_lr=0 verbose=1",
     9, {0.03125, 2.15625, 0.5625, 0.625, 1.0, 1.03125, MISSING, 1.0625, 1.0},
     "\n"
     "Epoch 4: ReduceLROnPlateau reducing learning rate to 0.125.\n"
     "\n"
     "Epoch 9: ReduceLROnPlateau reducing learning rate to 0.03125.\n",
     9, 9, 0.03125},
    {"ReduceLROnPlateau", "monitor=loss mode=auto patience=1 factor=0.25 min_delta=0 cooldown=0 min_lr=0.3 verbose=1",
     10, {1.03125, 1.0, 2.5625, 1.03125, 1.0, 1.0, 2.90625, 0.28125, 1.03125, 1.03125},
     "\n"
     "Epoch 3: ReduceLROnPlateau reducing learning rate to 0.3.\n",
     10, 10, 0.3},
    {"ReduceLROnPlateau", "monitor=val_loss mode=auto patience=0 factor=0.5 min_delta=0.0625 cooldown=3 min_lr=0 verbose=1",
     9, {1.03125, 1.03125, 1.0, 2.4375, 0.34375, 0.875, 1.0, 2.03125, MISSING},
     "\n"
     "Epoch 2: ReduceLROnPlateau reducing learning rate to 0.25.\n"
     "\n"
     "Epoch 6: ReduceLROnPlateau reducing learning rate to 0.125.\n",
     9, 9, 0.125},
    {"ReduceLROnPlateau", "monitor=val_loss mode=min patience=2 factor=0.25 min_delta=0 cooldown=3 min_lr=0.3 verbose=1",
     2, {0.15625, NAN},
     "",
     2, 2, 0.5},
    {"ReduceLROnPlateau", "monitor=val_accuracy mode=auto patience=1 factor=0.5 min_delta=0 cooldown=0 min_lr=0 verbose=1",
     11, {1.4375, 0.4375, 1.8125, 2.53125, 1.03125, MISSING, MISSING, NAN, 1.03125, 2.53125, 1.03125},
     "\n"
     "Epoch 2: ReduceLROnPlateau reducing learning rate to 0.25.\n"
     "\n"
     "Epoch 5: ReduceLROnPlateau reducing learning rate to 0.125.\n"
     "\n"
     "Epoch 8: ReduceLROnPlateau reducing learning rate to 0.0625.\n"
     "\n"
     "Epoch 9: ReduceLROnPlateau reducing learning rate to 0.03125.\n"
     "\n"
     "Epoch 10: ReduceLROnPlateau reducing learning rate to 0.015625.\n"
     "\n"
     "Epoch 11: ReduceLROnPlateau reducing learning rate to 0.0078125.\n",
     11, 11, 0.0078125},
    {"ReduceLROnPlateau", "monitor=loss mode=auto patience=0 factor=0.5 min_delta=0.46875 cooldown=3 min_lr=0.0625 verbose=1",
     8, {1.84375, 1.0, MISSING, 1.0, 1.0, 1.0, 0.34375, 1.03125},
     "\n"
     "Epoch 4: ReduceLROnPlateau reducing learning rate to 0.25.\n"
     "\n"
     "Epoch 8: ReduceLROnPlateau reducing learning rate to 0.125.\n",
     8, 8, 0.125},
    {"ReduceLROnPlateau", "monitor=val_accuracy mode=auto patience=1 factor=0.5 min_delta=-0.21875 cooldown=3 min_lr=0 verbose=1",
     5, {1.03125, 1.4375, MISSING, 1.03125, 2.1875},
     "\n"
     "Epoch 4: ReduceLROnPlateau reducing learning rate to 0.25.\n",
     5, 5, 0.25},
    {"ReduceLROnPlateau", "monitor=val_loss mode=min patience=1 factor=0.5 min_delta=-0.40625 cooldown=3 min_lr=0 verbose=1",
     12, {1.625, NAN, 1.0, 0.0625, 1.0, 2.65625, MISSING, 1.03125, NAN, 1.03125, 3.0, MISSING},
     "\n"
     "Epoch 2: ReduceLROnPlateau reducing learning rate to 0.25.\n"
     "\n"
     "Epoch 5: ReduceLROnPlateau reducing learning rate to 0.125.\n"
     "\n"
     "Epoch 9: ReduceLROnPlateau reducing learning rate to 0.0625.\n",
     12, 12, 0.0625},
    {"ReduceLROnPlateau", "monitor=val_accuracy mode=max patience=3 factor=0.5 min_delta=0.96875 cooldown=1 min_lr=0 verbose=1",
     4, {1.03125, 0.0, 1.0, 2.125},
     "",
     4, 4, 0.5},
    {"ReduceLROnPlateau", "monitor=val_accuracy mode=auto patience=2 factor=0.25 min_delta=0 cooldown=0 min_lr=0.3 verbose=1",
     12, {1.9375, 1.8125, 1.0, 1.0, MISSING, 1.375, MISSING, NAN, 1.0, 0.3125, 1.03125, 2.15625},
     "\n"
     "Epoch 3: ReduceLROnPlateau reducing learning rate to 0.3.\n",
     12, 12, 0.3},
    {"ReduceLROnPlateau", "monitor=val_accuracy mode=auto patience=1 factor=0.1 min_delta=0 cooldown=1 min_lr=0.3 verbose=1",
     2, {MISSING, 1.21875},
     "",
     2, 2, 0.5},
    {"ReduceLROnPlateau", "monitor=val_loss mode=max patience=3 factor=0.5 min_delta=0.75 cooldown=3 min_lr=0 verbose=1",
     1, {1.0},
     "",
     1, 1, 0.5},
    {"ReduceLROnPlateau", "monitor=loss mode=auto patience=3 factor=0.5 min_delta=0 cooldown=0 min_lr=0.3 verbose=1",
     13, {0.5625, MISSING, 1.03125, NAN, 1.0, 1.25, 1.03125, 1.03125, NAN, NAN, 0.53125, 1.0625, 2.90625},
     "\n"
     "Epoch 5: ReduceLROnPlateau reducing learning rate to 0.3.\n",
     13, 13, 0.3},
    {"ReduceLROnPlateau", "monitor=val_loss mode=auto patience=3 factor=0.5 min_delta=-0.75 cooldown=0 min_lr=0 verbose=1",
     8, {1.03125, MISSING, 2.875, 0.5625, 1.0, 2.25, 1.0, 1.0625},
     "\n"
     "Epoch 5: ReduceLROnPlateau reducing learning rate to 0.25.\n"
     "\n"
     "Epoch 8: ReduceLROnPlateau reducing learning rate to 0.125.\n",
     8, 8, 0.125},
    {"ReduceLROnPlateau", "monitor=val_loss mode=max patience=1 factor=0.5 min_delta=0 cooldown=2 min_lr=0 verbose=1",
     6, {2.15625, MISSING, 1.03125, NAN, 1.03125, 1.0},
     "\n"
     "Epoch 3: ReduceLROnPlateau reducing learning rate to 0.25.\n"
     "\n"
     "Epoch 5: ReduceLROnPlateau reducing learning rate to 0.125.\n",
     6, 6, 0.125},
    {"ReduceLROnPlateau", "monitor=loss mode=auto patience=2 factor=0.25 min_delta=0.5625 cooldown=0 min_lr=0.0625 verbose=1",
     14, {1.78125, 0.5, NAN, 2.53125, 1.9375, MISSING, MISSING, NAN, 1.03125, 1.0, MISSING, 1.03125, 1.375, 1.03125},
     "\n"
     "Epoch 4: ReduceLROnPlateau reducing learning rate to 0.125.\n"
     "\n"
     "Epoch 8: ReduceLROnPlateau reducing learning rate to 0.0625.\n",
     14, 14, 0.0625},
    {"ReduceLROnPlateau", "monitor=val_loss mode=min patience=1 factor=0.1 min_delta=0 cooldown=0 min_lr=0.0625 verbose=1",
     14, {1.0, 2.875, MISSING, MISSING, 2.3125, 1.0, 0.8125, 1.46875, NAN, 2.59375, NAN, 1.625, 1.46875, NAN},
     "\n"
     "Epoch 2: ReduceLROnPlateau reducing learning rate to 0.0625.\n",
     14, 14, 0.0625},
    {"ReduceLROnPlateau", "monitor=loss mode=auto patience=0 factor=0.25 min_delta=0.125 cooldown=2 min_lr=0.3 verbose=1",
     13, {0.375, 1.03125, MISSING, 0.21875, 1.03125, 2.28125, 1.03125, 0.84375, 1.03125, MISSING, 1.0, 2.4375, MISSING},
     "\n"
     "Epoch 2: ReduceLROnPlateau reducing learning rate to 0.3.\n",
     13, 13, 0.3},
    {"ReduceLROnPlateau", "monitor=val_loss mode=min patience=3 factor=0.1 min_delta=0 cooldown=3 min_lr=0 verbose=1",
     13, {1.0, NAN, 1.0, MISSING, NAN, 1.0, 1.4375, 1.5, 2.1875, 1.03125, 1.71875, 1.0, 1.25},
     "\n"
     "Epoch 5: ReduceLROnPlateau reducing learning rate to 0.05.\n"
     "\n"
     "Epoch 10: ReduceLROnPlateau reducing learning rate to 0.005000000000000001.\n",
     13, 13, 0.005000000000000001},
    {"ReduceLROnPlateau", "monitor=val_accuracy mode=max patience=3 factor=0.25 min_delta=0.125 cooldown=0 min_lr=0 verbose=1",
     14, {1.28125, 1.03125, MISSING, 2.6875, 1.0, 2.15625, 2.125, 2.21875, 1.03125, 0.21875, MISSING, 0.84375, 1.03125, MISSING},
     "\n"
     "Epoch 7: ReduceLROnPlateau reducing learning rate to 0.125.\n"
     "\n"
     "Epoch 10: ReduceLROnPlateau reducing learning rate to 0.03125.\n",
     14, 14, 0.03125},
    {"ReduceLROnPlateau", "monitor=loss mode=auto patience=1 factor=0.5 min_delta=0 cooldown=0 min_lr=0 verbose=1",
     11, {1.375, MISSING, 1.875, NAN, 0.4375, MISSING, 1.03125, NAN, 1.46875, MISSING, 1.09375},
     "\n"
     "Epoch 3: ReduceLROnPlateau reducing learning rate to 0.25.\n"
     "\n"
     "Epoch 4: ReduceLROnPlateau reducing learning rate to 0.125.\n"
     "\n"
     "Epoch 7: ReduceLROnPlateau reducing learning rate to 0.0625.\n"
     "\n"
     "Epoch 8: ReduceLROnPlateau reducing learning rate to 0.03125.\n"
     "\n"
     "Epoch 9: ReduceLROnPlateau reducing learning rate to 0.015625.\n"
     "\n"
     "Epoch 11: ReduceLROnPlateau reducing learning rate to 0.0078125.\n",
     11, 11, 0.0078125},
    {"ReduceLROnPlateau", "monitor=val_loss mode=auto patience=0 factor=0.1 min_delta=0 cooldown=0 min_lr=0 verbose=1",
     14, {1.03125, 2.96875, 0.3125, 1.0, 1.0, NAN, 2.6875, 1.8125, 1.0, MISSING, 0.03125, 1.0, NAN, NAN},
     "\n"
     "Epoch 2: ReduceLROnPlateau reducing learning rate to 0.05.\n"
     "\n"
     "Epoch 4: ReduceLROnPlateau reducing learning rate to 0.005000000000000001.\n"
     "\n"
     "Epoch 5: ReduceLROnPlateau reducing learning rate to 0.0005000000000000001.\n"
     "\n"
     "Epoch 6: ReduceLROnPlateau reducing learning rate to 5.0000000000000016e-05.\n"
     "\n"
     "Epoch 7: ReduceLROnPlateau reducing learning rate to 5.000000000000002e-06.\n"
     "\n"
     "Epoch 8: ReduceLROnPlateau reducing learning rate to 5.000000000000002e-07.\n"
     "\n"
     "Epoch 9: ReduceLROnPlateau reducing learning rate to 5.0000000000000024e-08.\n"
     "\n"
     "Epoch 12: ReduceLROnPlateau reducing learning rate to 5.0000000000000026e-09.\n"
     "\n"
     "Epoch 13: ReduceLROnPlateau reducing learning rate to 5.000000000000002e-10.\n"
     "\n"
     "Epoch 14: ReduceLROnPlateau reducing learning rate to 5.000000000000003e-11.\n",
     14, 14, 5.000000000000003e-11},
    {"ReduceLROnPlateau", "monitor=val_loss mode=auto patience=0 factor=0.1 min_delta=0 cooldown=0 min_lr=0 verbose=1",
     13, {1.0, 1.03125, 1.46875, 2.09375, 1.03125, 1.0, 0.65625, 1.0, NAN, 1.0, 1.03125, 2.84375, 0.46875},
     "\n"
     "Epoch 2: ReduceLROnPlateau reducing learning rate to 0.05.\n"
     "\n"
     "Epoch 3: ReduceLROnPlateau reducing learning rate to 0.005000000000000001.\n"
     "\n"
     "Epoch 4: ReduceLROnPlateau reducing learning rate to 0.0005000000000000001.\n"
     "\n"
     "Epoch 5: ReduceLROnPlateau reducing learning rate to 5.0000000000000016e-05.\n"
     "\n"
     "Epoch 6: ReduceLROnPlateau reducing learning rate to 5.000000000000002e-06.\n"
     "\n"
     "Epoch 8: ReduceLROnPlateau reducing learning rate to 5.000000000000002e-07.\n"
     "\n"
     "Epoch 9: ReduceLROnPlateau reducing learning rate to 5.0000000000000024e-08.\n"
     "\n"
     "Epoch 10: ReduceLROnPlateau reducing learning rate to 5.0000000000000026e-09.\n"
     "\n"
     "Epoch 11: ReduceLROnPlateau reducing learning rate to 5.000000000000002e-10.\n"
     "\n"
     "Epoch 12: ReduceLROnPlateau reducing learning rate to 5.000000000000003e-11.\n",
     13, 13, 5.000000000000003e-11},
    {"ReduceLROnPlateau", "monitor=loss mode=max patience=3 factor=0.25 min_delta=0 cooldown=0 min_lr=0.3 verbose=1",
     2, {1.0, 1.0},
     "",
     2, 2, 0.5},
    {"ReduceLROnPlateau", "monitor=val_accuracy mode=auto patience=2 factor=0.1 min_delta=0 cooldown=3 min_lr=0 verbose=1",
     13, {1.03125, 1.03125, 1.59375, 1.03125, 3.0, 1.03125, 1.03125, 1.03125, 1.0, 2.96875, 1.0, 0.28125, 2.6875},
     "\n"
     "Epoch 7: ReduceLROnPlateau reducing learning rate to 0.05.\n"
     "\n"
     "Epoch 11: ReduceLROnPlateau reducing learning rate to 0.005000000000000001.\n",
     13, 13, 0.005000000000000001},
    {"ReduceLROnPlateau", "monitor=loss mode=max patience=3 factor=0.1 min_delta=0 cooldown=2 min_lr=0 verbose=1",
     4, {0.09375, MISSING, 0.9375, 1.0},
     "",
     4, 4, 0.5},
    {"ReduceLROnPlateau", "monitor=val_accuracy mode=min patience=2 factor=0.5 min_delta=0 cooldown=0 min_lr=0.3 verbose=1",
     5, {1.03125, MISSING, 0.875, 2.5625, 1.25},
     "\n"
     "Epoch 5: ReduceLROnPlateau reducing learning rate to 0.3.\n",
     5, 5, 0.3},
    {"ReduceLROnPlateau", "monitor=val_loss mode=max patience=1 factor=0.1 min_delta=0 cooldown=0 min_lr=0.0625 verbose=1",
     1, {0.3125},
     "",
     1, 1, 0.5},
    {"ReduceLROnPlateau", "monitor=val_accuracy mode=auto patience=3 factor=0.25 min_delta=0.5625 cooldown=1 min_lr=0.3 verbose=1",
     6, {1.0, 1.0, 2.21875, 1.6875, 1.0, 1.03125},
     "\n"
     "Epoch 6: ReduceLROnPlateau reducing learning rate to 0.3.\n",
     6, 6, 0.3},
    {"ReduceLROnPlateau", "monitor=val_accuracy mode=auto patience=2 factor=0.5 min_delta=-0.21875 cooldown=1 min_lr=0.3 verbose=1",
     5, {2.375, 1.03125, 1.0, NAN, 2.25},
     "\n"
     "Epoch 3: ReduceLROnPlateau reducing learning rate to 0.3.\n",
     5, 5, 0.3},
    {"ReduceLROnPlateau", "monitor=val_accuracy mode=auto patience=0 factor=0.1 min_delta=0 cooldown=2 min_lr=0 verbose=1",
     9, {2.34375, 0.78125, 1.0, 0.1875, 1.0, 1.3125, 1.0, MISSING, 2.875},
     "\n"
     "Epoch 2: ReduceLROnPlateau reducing learning rate to 0.05.\n"
     "\n"
     "Epoch 4: ReduceLROnPlateau reducing learning rate to 0.005000000000000001.\n"
     "\n"
     "Epoch 6: ReduceLROnPlateau reducing learning rate to 0.0005000000000000001.\n",
     9, 9, 0.0005000000000000001},
    {"ReduceLROnPlateau", "monitor=val_loss mode=max patience=3 factor=0.1 min_delta=0 cooldown=0 min_lr=0.0625 verbose=1",
     11, {1.96875, 0.28125, 1.0, 1.0, 1.90625, 2.28125, 2.6875, 1.0, 1.03125, 2.78125, 0.5625},
     "\n"
     "Epoch 4: ReduceLROnPlateau reducing learning rate to 0.0625.\n",
     11, 11, 0.0625},
    {"ReduceLROnPlateau", "monitor=val_loss mode=max patience=2 factor=0.25 min_delta=0.90625 cooldown=1 min_lr=0.0625 verbose=1",
     12, {1.0, 1.84375, 0.78125, 1.03125, NAN, 1.0, 1.0, 1.0, 1.03125, 1.0, 2.71875, 1.0},
     "\n"
     "Epoch 3: ReduceLROnPlateau reducing learning rate to 0.125.\n"
     "\n"
     "Epoch 5: ReduceLROnPlateau reducing learning rate to 0.0625.\n",
     12, 12, 0.0625},
    {"ReduceLROnPlateau", "monitor=val_loss mode=max patience=1 factor=0.25 min_delta=0 cooldown=1 min_lr=0.0625 verbose=1",
     12, {1.03125, 0.03125, 1.0, 1.0, MISSING, 0.0625, 1.03125, 1.0, NAN, 2.3125, 1.0, 0.9375},
     "\n"
     "Epoch 2: ReduceLROnPlateau reducing learning rate to 0.125.\n"
     "\n"
     "Epoch 3: ReduceLROnPlateau reducing learning rate to 0.0625.\n",
     12, 12, 0.0625},
    {"ReduceLROnPlateau", "monitor=val_accuracy mode=auto patience=2 factor=0.5 min_delta=0 cooldown=0 min_lr=0 verbose=1",
     7, {1.21875, 0.8125, 1.03125, 2.375, 0.375, 0.8125, 0.5625},
     "\n"
     "Epoch 3: ReduceLROnPlateau reducing learning rate to 0.25.\n"
     "\n"
     "Epoch 6: ReduceLROnPlateau reducing learning rate to 0.125.\n",
     7, 7, 0.125},
    {"ReduceLROnPlateau", "monitor=val_loss mode=auto patience=2 factor=0.1 min_delta=0 cooldown=2 min_lr=0 verbose=1",
     7, {1.03125, 1.0, 2.875, 0.65625, MISSING, 1.0, 1.0},
     "\n"
     "Epoch 7: ReduceLROnPlateau reducing learning rate to 0.05.\n",
     7, 7, 0.05},
    {"ReduceLROnPlateau", "monitor=loss mode=max patience=2 factor=0.25 min_delta=0 cooldown=2 min_lr=0.3 verbose=1",
     5, {1.875, 1.0, 0.4375, 2.65625, 1.03125},
     "\n"
     "Epoch 3: ReduceLROnPlateau reducing learning rate to 0.3.\n",
     5, 5, 0.3},
    {"ReduceLROnPlateau", "monitor=val_loss mode=min patience=1 factor=0.25 min_delta=0 cooldown=2 min_lr=0.0625 verbose=1",
     14, {1.03125, 3.0, 1.0, NAN, MISSING, 1.03125, 0.40625, 1.03125, 2.03125, NAN, NAN, 1.0, MISSING, 1.03125},
     "\n"
     "Epoch 2: ReduceLROnPlateau reducing learning rate to 0.125.\n"
     "\n"
     "Epoch 4: ReduceLROnPlateau reducing learning rate to 0.0625.\n",
     14, 14, 0.0625},
    {"ReduceLROnPlateau", "monitor=val_loss mode=min patience=1 factor=0.1 min_delta=-0.3125 cooldown=3 min_lr=0 verbose=1",
     8, {1.0, MISSING, 2.25, NAN, 2.46875, NAN, 1.03125, 1.03125},
     "\n"
     "Epoch 3: ReduceLROnPlateau reducing learning rate to 0.05.\n"
     "\n"
     "Epoch 6: ReduceLROnPlateau reducing learning rate to 0.005000000000000001.\n",
     8, 8, 0.005000000000000001},
    {"ReduceLROnPlateau", "monitor=loss mode=min patience=0 factor=0.25 min_delta=0 cooldown=2 min_lr=0.3 verbose=1",
     3, {1.0, 2.875, 0.5625},
     "\n"
     "Epoch 2: ReduceLROnPlateau reducing learning rate to 0.3.\n",
     3, 3, 0.3},
    {"ReduceLROnPlateau", "monitor=val_accuracy mode=auto patience=3 factor=0.1 min_delta=0 cooldown=3 min_lr=0 verbose=1",
     8, {MISSING, 1.03125, 1.0, 1.0, 1.03125, 1.0, NAN, MISSING},
     "\n"
     "Epoch 5: ReduceLROnPlateau reducing learning rate to 0.05.\n",
     8, 8, 0.05},
    {"ReduceLROnPlateau", "monitor=val_accuracy mode=auto patience=0 factor=0.25 min_delta=0.1875 cooldown=0 min_lr=0 verbose=1",
     12, {1.28125, 1.03125, 1.03125, 0.21875, 1.0, MISSING, 2.1875, NAN, 1.03125, 1.0, 1.0, 1.0},
     "\n"
     "Epoch 2: ReduceLROnPlateau reducing learning rate to 0.125.\n"
     "\n"
     "Epoch 3: ReduceLROnPlateau reducing learning rate to 0.03125.\n"
     "\n"
     "Epoch 4: ReduceLROnPlateau reducing learning rate to 0.0078125.\n"
     "\n"
     "Epoch 5: ReduceLROnPlateau reducing learning rate to 0.001953125.\n"
     "\n"
     "Epoch 8: ReduceLROnPlateau reducing learning rate to 0.00048828125.\n"
     "\n"
     "Epoch 9: ReduceLROnPlateau reducing learning rate to 0.0001220703125.\n"
     "\n"
     "Epoch 10: ReduceLROnPlateau reducing learning rate to 3.0517578125e-05.\n"
     "\n"
     "Epoch 11: ReduceLROnPlateau reducing learning rate to 7.62939453125e-06.\n"
     "\n"
     "Epoch 12: ReduceLROnPlateau reducing learning rate to 1.9073486328125e-06.\n",
     12, 12, 1.9073486328125e-06},
    {"ReduceLROnPlateau", "monitor=val_accuracy mode=min patience=1 factor=0.25 min_delta=0.34375 cooldown=2 min_lr=0 verbose=1",
     6, {2.0625, 1.0, 0.59375, 2.90625, 0.78125, 1.03125},
     "\n"
     "Epoch 4: ReduceLROnPlateau reducing learning rate to 0.125.\n"
     "\n"
     "Epoch 6: ReduceLROnPlateau reducing learning rate to 0.03125.\n",
     6, 6, 0.03125},
    {"ReduceLROnPlateau", "monitor=loss mode=auto patience=0 factor=0.25 min_delta=0 cooldown=1 min_lr=0.3 verbose=1",
     2, {2.09375, 0.40625},
     "",
     2, 2, 0.5},
    {"ReduceLROnPlateau", "monitor=loss mode=auto patience=2 factor=0.1 min_delta=0 cooldown=2 min_lr=0 verbose=1",
     1, {1.0},
     "",
     1, 1, 0.5},
    {"ReduceLROnPlateau", "monitor=loss mode=max patience=1 factor=0.25 min_delta=0 cooldown=0 min_lr=0 verbose=1",
     4, {2.5, 3.0, 0.375, 1.0},
     "\n"
     "Epoch 3: ReduceLROnPlateau reducing learning rate to 0.125.\n"
     "\n"
     "Epoch 4: ReduceLROnPlateau reducing learning rate to 0.03125.\n",
     4, 4, 0.03125},
    {"ReduceLROnPlateau", "monitor=loss mode=auto patience=0 factor=0.5 min_delta=0 cooldown=1 min_lr=0.3 verbose=1",
     14, {1.03125, 0.28125, MISSING, 1.0, 0.65625, 1.0, 2.15625, 0.375, 1.0, 1.0, 1.65625, NAN, 2.8125, NAN},
     "\n"
     "Epoch 4: ReduceLROnPlateau reducing learning rate to 0.3.\n",
     14, 14, 0.3},
    {"ReduceLROnPlateau", "monitor=val_accuracy mode=auto patience=3 factor=0.25 min_delta=0 cooldown=3 min_lr=0.0625 verbose=1",
     7, {1.46875, 1.0, 1.0, 2.09375, NAN, 0.5625, 1.03125},
     "\n"
     "Epoch 7: ReduceLROnPlateau reducing learning rate to 0.125.\n",
     7, 7, 0.125},
    {"ReduceLROnPlateau", "monitor=val_accuracy mode=auto patience=0 factor=0.25 min_delta=0 cooldown=0 min_lr=0.0625 verbose=1",
     3, {0.8125, 1.0, 1.03125},
     "",
     3, 3, 0.5},
    {"ReduceLROnPlateau", "monitor=val_loss mode=min patience=1 factor=0.25 min_delta=0 cooldown=3 min_lr=0 verbose=1",
     7, {MISSING, 2.03125, 1.03125, 1.0, 1.0, 2.9375, MISSING},
     "\n"
     "Epoch 5: ReduceLROnPlateau reducing learning rate to 0.125.\n",
     7, 7, 0.125},
    {"ReduceLROnPlateau", "monitor=loss mode=min patience=1 factor=0.25 min_delta=0 cooldown=3 min_lr=0.0625 verbose=1",
     11, {1.0, NAN, NAN, 1.03125, NAN, 1.0, 0.6875, 1.03125, 1.03125, 2.75, 1.03125},
     "\n"
     "Epoch 2: ReduceLROnPlateau reducing learning rate to 0.125.\n"
     "\n"
     "Epoch 5: ReduceLROnPlateau reducing learning rate to 0.0625.\n",
     11, 11, 0.0625},
    {"ReduceLROnPlateau", "monitor=val_loss mode=max patience=1 factor=0.1 min_delta=0.71875 cooldown=1 min_lr=0.0625 verbose=1",
     9, {0.46875, 1.03125, 1.03125, 1.03125, 1.0, 1.0, 0.625, NAN, MISSING},
     "\n"
     "Epoch 2: ReduceLROnPlateau reducing learning rate to 0.0625.\n",
     9, 9, 0.0625},
    {"ReduceLROnPlateau", "monitor=val_accuracy mode=max patience=3 factor=0.1 min_delta=0 cooldown=3 min_lr=0 verbose=1",
     1, {MISSING},
     "",
     1, 1, 0.5},
    {"ReduceLROnPlateau", "monitor=loss mode=auto patience=3 factor=0.25 min_delta=0 cooldown=0 min_lr=0 verbose=1",
     1, {2.78125},
     "",
     1, 1, 0.5},
    {"ReduceLROnPlateau", "monitor=val_loss mode=max patience=2 factor=0.5 min_delta=0 cooldown=3 min_lr=0.0625 verbose=1",
     2, {1.1875, 1.03125},
     "",
     2, 2, 0.5},
    {"ReduceLROnPlateau", "monitor=val_loss mode=auto patience=2 factor=0.25 min_delta=0 cooldown=0 min_lr=0.0625 verbose=1",
     13, {MISSING, 1.0, 1.03125, 1.0, 1.0, 1.0, 1.0, 2.1875, MISSING, 1.03125, 2.625, 1.1875, 0.4375},
     "\n"
     "Epoch 4: ReduceLROnPlateau reducing learning rate to 0.125.\n"
     "\n"
     "Epoch 6: ReduceLROnPlateau reducing learning rate to 0.0625.\n",
     13, 13, 0.0625},
    {"ReduceLROnPlateau", "monitor=val_loss mode=auto patience=2 factor=0.1 min_delta=0 cooldown=1 min_lr=0.3 verbose=1",
     9, {MISSING, 1.03125, 1.03125, 1.03125, 2.625, 1.4375, MISSING, 0.375, 0.15625},
     "\n"
     "Epoch 4: ReduceLROnPlateau reducing learning rate to 0.3.\n",
     9, 9, 0.3},
    {"ReduceLROnPlateau", "monitor=val_accuracy mode=auto patience=1 factor=0.25 min_delta=0 cooldown=2 min_lr=0 verbose=1",
     2, {0.1875, 2.0},
     "",
     2, 2, 0.5},
    {"ReduceLROnPlateau", "monitor=val_accuracy mode=auto patience=2 factor=0.5 min_delta=0 cooldown=0 min_lr=0 verbose=1",
     12, {1.0, 2.8125, 0.28125, 0.25, 0.78125, 1.0, MISSING, MISSING, 1.03125, 1.03125, 1.03125, 1.03125},
     "\n"
     "Epoch 4: ReduceLROnPlateau reducing learning rate to 0.25.\n"
     "\n"
     "Epoch 6: ReduceLROnPlateau reducing learning rate to 0.125.\n"
     "\n"
     "Epoch 10: ReduceLROnPlateau reducing learning rate to 0.0625.\n"
     "\n"
     "Epoch 12: ReduceLROnPlateau reducing learning rate to 0.03125.\n",
     12, 12, 0.03125},
    {"ReduceLROnPlateau", "monitor=loss mode=max patience=0 factor=0.1 min_delta=0 cooldown=0 min_lr=0 verbose=1",
     3, {1.03125, 0.90625, 1.3125},
     "\n"
     "Epoch 2: ReduceLROnPlateau reducing learning rate to 0.05.\n",
     3, 3, 0.05},
    {"ReduceLROnPlateau", "monitor=val_accuracy mode=auto patience=3 factor=0.25 min_delta=0 cooldown=3 min_lr=0 verbose=1",
     4, {1.0, 2.40625, 1.0625, 1.0},
     "",
     4, 4, 0.5},
    {"ReduceLROnPlateau", "monitor=loss mode=max patience=2 factor=0.25 min_delta=0.28125 cooldown=2 min_lr=0 verbose=1",
     12, {1.0, 1.125, 1.0, 2.90625, 1.0, 1.03125, 1.75, NAN, 1.03125, 0.25, 1.0, 0.53125},
     "\n"
     "Epoch 3: ReduceLROnPlateau reducing learning rate to 0.125.\n"
     "\n"
     "Epoch 6: ReduceLROnPlateau reducing learning rate to 0.03125.\n"
     "\n"
     "Epoch 9: ReduceLROnPlateau reducing learning rate to 0.0078125.\n"
     "\n"
     "Epoch 12: ReduceLROnPlateau reducing learning rate to 0.001953125.\n",
     12, 12, 0.001953125},
    {"ReduceLROnPlateau", "monitor=val_loss mode=min patience=3 factor=0.25 min_delta=0 cooldown=3 min_lr=0 verbose=1",
     4, {1.03125, 0.90625, 2.5625, 1.03125},
     "",
     4, 4, 0.5},
    {"ReduceLROnPlateau", "monitor=loss mode=auto patience=2 factor=0.5 min_delta=0 cooldown=2 min_lr=0.3 verbose=1",
     7, {MISSING, 1.25, 1.03125, 1.03125, NAN, 1.0, MISSING},
     "\n"
     "Epoch 5: ReduceLROnPlateau reducing learning rate to 0.3.\n",
     7, 7, 0.3},
    {"ReduceLROnPlateau", "monitor=loss mode=min patience=1 factor=0.1 min_delta=0 cooldown=2 min_lr=0 verbose=1",
     9, {1.34375, 0.53125, 1.0, 1.03125, NAN, 1.03125, 1.03125, MISSING, 1.0},
     "\n"
     "Epoch 3: ReduceLROnPlateau reducing learning rate to 0.05.\n"
     "\n"
     "Epoch 5: ReduceLROnPlateau reducing learning rate to 0.005000000000000001.\n"
     "\n"
     "Epoch 7: ReduceLROnPlateau reducing learning rate to 0.0005000000000000001.\n",
     9, 9, 0.0005000000000000001},
    {"ReduceLROnPlateau", "monitor=val_loss mode=min patience=3 factor=0.25 min_delta=0 cooldown=3 min_lr=0.3 verbose=1",
     8, {1.0, 1.03125, MISSING, 1.0, 1.09375, 1.25, 1.0, 1.03125},
     "\n"
     "Epoch 5: ReduceLROnPlateau reducing learning rate to 0.3.\n",
     8, 8, 0.3},
    {"ReduceLROnPlateau", "monitor=loss mode=max patience=0 factor=0.5 min_delta=0 cooldown=2 min_lr=0.3 verbose=1",
     9, {2.90625, 0.0625, 1.03125, NAN, 2.46875, 1.03125, MISSING, 1.21875, NAN},
     "\n"
     "Epoch 2: ReduceLROnPlateau reducing learning rate to 0.3.\n",
     9, 9, 0.3},
    {"ReduceLROnPlateau", "monitor=val_loss mode=auto patience=0 factor=0.5 min_delta=0 cooldown=1 min_lr=0.3 verbose=1",
     10, {2.53125, NAN, 0.15625, 2.9375, 1.875, 1.0, 2.5625, 2.0, 1.03125, NAN},
     "\n"
     "Epoch 2: ReduceLROnPlateau reducing learning rate to 0.3.\n",
     10, 10, 0.3},
    {"ReduceLROnPlateau", "monitor=val_accuracy mode=auto patience=3 factor=0.25 min_delta=-0.4375 cooldown=3 min_lr=0.3 verbose=1",
     7, {1.84375, 1.0, 1.0, 2.0625, 1.03125, 0.34375, 1.03125},
     "\n"
     "Epoch 4: ReduceLROnPlateau reducing learning rate to 0.3.\n",
     7, 7, 0.3},
    {"ReduceLROnPlateau", "monitor=loss mode=max patience=0 factor=0.5 min_delta=0 cooldown=1 min_lr=0 verbose=1",
     5, {0.71875, 2.875, 1.03125, 1.71875, 1.4375},
     "\n"
     "Epoch 3: ReduceLROnPlateau reducing learning rate to 0.25.\n"
     "\n"
     "Epoch 4: ReduceLROnPlateau reducing learning rate to 0.125.\n"
     "\n"
     "Epoch 5: ReduceLROnPlateau reducing learning rate to 0.0625.\n",
     5, 5, 0.0625},
    {"ReduceLROnPlateau", "monitor=val_loss mode=auto patience=3 factor=0.25 min_delta=0 cooldown=2 min_lr=0.3 verbose=1",
     5, {1.625, 0.96875, 1.0, 1.6875, 2.5},
     "\n"
     "Epoch 5: ReduceLROnPlateau reducing learning rate to 0.3.\n",
     5, 5, 0.3},
    {"ReduceLROnPlateau", "monitor=loss mode=max patience=1 factor=0.5 min_delta=0 cooldown=3 min_lr=0 verbose=1",
     7, {2.6875, 1.03125, 1.0, 1.0, 1.03125, 0.125, 2.84375},
     "\n"
     "Epoch 2: ReduceLROnPlateau reducing learning rate to 0.25.\n"
     "\n"
     "Epoch 5: ReduceLROnPlateau reducing learning rate to 0.125.\n",
     7, 7, 0.125},
    {"ReduceLROnPlateau", "monitor=loss mode=max patience=3 factor=0.25 min_delta=0 cooldown=3 min_lr=0.3 verbose=1",
     6, {0.5625, 1.0, 1.375, 1.03125, NAN, 1.375},
     "\n"
     "Epoch 6: ReduceLROnPlateau reducing learning rate to 0.3.\n",
     6, 6, 0.3},
    {"ReduceLROnPlateau", "monitor=loss mode=min patience=3 factor=0.25 min_delta=0 cooldown=1 min_lr=0.0625 verbose=1",
     5, {1.03125, 1.03125, 1.0, MISSING, 2.9375},
     "",
     5, 5, 0.5},
    {"ReduceLROnPlateau", "monitor=val_accuracy mode=auto patience=2 factor=0.1 min_delta=-0.5625 cooldown=2 min_lr=0.3 verbose=1",
     11, {1.0, 1.0, 2.5625, 1.0625, NAN, NAN, 1.03125, NAN, 1.9375, NAN, 1.0},
     "\n"
     "Epoch 5: ReduceLROnPlateau reducing learning rate to 0.3.\n",
     11, 11, 0.3},
    {"ReduceLROnPlateau", "monitor=val_loss mode=max patience=2 factor=0.25 min_delta=0.65625 cooldown=3 min_lr=0.3 verbose=1",
     7, {1.03125, NAN, 0.9375, 2.78125, NAN, 1.78125, NAN},
     "\n"
     "Epoch 3: ReduceLROnPlateau reducing learning rate to 0.3.\n",
     7, 7, 0.3},
    {"ReduceLROnPlateau", "monitor=val_loss mode=min patience=3 factor=0.1 min_delta=0.25 cooldown=2 min_lr=0.3 verbose=1",
     6, {1.0, 1.03125, 1.03125, 1.03125, 2.75, 1.59375},
     "\n"
     "Epoch 4: ReduceLROnPlateau reducing learning rate to 0.3.\n",
     6, 6, 0.3},
    {"ReduceLROnPlateau", "monitor=val_accuracy mode=min patience=1 factor=0.1 min_delta=0 cooldown=1 min_lr=0.3 verbose=1",
     12, {2.625, NAN, 1.96875, 2.15625, 1.75, NAN, NAN, 1.0, 1.96875, 1.28125, 1.0, 1.0},
     "\n"
     "Epoch 2: ReduceLROnPlateau reducing learning rate to 0.3.\n",
     12, 12, 0.3},
    {"ReduceLROnPlateau", "monitor=loss mode=max patience=2 factor=0.25 min_delta=0 cooldown=0 min_lr=0.0625 verbose=1",
     12, {2.9375, 2.71875, 1.125, 2.3125, MISSING, 1.0, 1.03125, MISSING, 2.4375, 1.0, 1.0, 2.78125},
     "\n"
     "Epoch 3: ReduceLROnPlateau reducing learning rate to 0.125.\n"
     "\n"
     "Epoch 6: ReduceLROnPlateau reducing learning rate to 0.0625.\n",
     12, 12, 0.0625},
    {"ReduceLROnPlateau", "monitor=val_loss mode=auto patience=1 factor=0.5 min_delta=0 cooldown=0 min_lr=0 verbose=1",
     10, {2.40625, 2.9375, 1.03125, 1.0, 1.0, 0.375, 2.25, 1.03125, NAN, 0.28125},
     "\n"
     "Epoch 2: ReduceLROnPlateau reducing learning rate to 0.25.\n"
     "\n"
     "Epoch 5: ReduceLROnPlateau reducing learning rate to 0.125.\n"
     "\n"
     "Epoch 7: ReduceLROnPlateau reducing learning rate to 0.0625.\n"
     "\n"
     "Epoch 8: ReduceLROnPlateau reducing learning rate to 0.03125.\n"
     "\n"
     "Epoch 9: ReduceLROnPlateau reducing learning rate to 0.015625.\n",
     10, 10, 0.015625},
    {"ModelCheckpoint", "monitor=val_accuracy mode=auto save_best_only=1 verbose=1 filepath=w.npz",
     7, {2.71875, 1.875, 1.0, 0.53125, NAN, 1.0, 2.96875},
     "\n"
     "Epoch 1: val_accuracy improved from None to 2.71875, saving model to w.npz\n"
     "\n"
     "Epoch 1: finished saving model to w.npz\n"
     "\n"
     "Epoch 2: val_accuracy did not improve from 2.71875\n"
     "\n"
     "Epoch 3: val_accuracy did not improve from 2.71875\n"
     "\n"
     "Epoch 4: val_accuracy did not improve from 2.71875\n"
     "\n"
     "Epoch 5: val_accuracy did not improve from 2.71875\n"
     "\n"
     "Epoch 6: val_accuracy did not improve from 2.71875\n"
     "\n"
     "Epoch 7: val_accuracy improved from 2.71875 to 2.96875, saving model to w.npz\n"
     "\n"
     "Epoch 7: finished saving model to w.npz\n",
     7, 7, 0.5},
    {"ModelCheckpoint", "monitor=loss mode=max save_best_only=0 initial_value_threshold=1.84375 verbose=1 filepath=w.npz",
     3, {1.03125, 2.625, 1.0},
     "\n"
     "Epoch 1: saving model to w.npz\n"
     "\n"
     "Epoch 1: finished saving model to w.npz\n"
     "\n"
     "Epoch 2: saving model to w.npz\n"
     "\n"
     "Epoch 2: finished saving model to w.npz\n"
     "\n"
     "Epoch 3: saving model to w.npz\n"
     "\n"
     "Epoch 3: finished saving model to w.npz\n",
     3, 3, 0.5},
    {"ModelCheckpoint", "monitor=loss mode=auto save_best_only=0 verbose=1 filepath=w.npz",
     14, {0.9375, 2.96875, 1.0625, 2.90625, 1.5, 1.0, 1.0625, 1.03125, 1.34375, 1.03125, 0.78125, 1.03125, 1.0, NAN},
     "\n"
     "Epoch 1: saving model to w.npz\n"
     "\n"
     "Epoch 1: finished saving model to w.npz\n"
     "\n"
     "Epoch 2: saving model to w.npz\n"
     "\n"
     "Epoch 2: finished saving model to w.npz\n"
     "\n"
     "Epoch 3: saving model to w.npz\n"
     "\n"
     "Epoch 3: finished saving model to w.npz\n"
     "\n"
     "Epoch 4: saving model to w.npz\n"
     "\n"
     "Epoch 4: finished saving model to w.npz\n"
     "\n"
     "Epoch 5: saving model to w.npz\n"
     "\n"
     "Epoch 5: finished saving model to w.npz\n"
     "\n"
     "Epoch 6: saving model to w.npz\n"
     "\n"
     "Epoch 6: finished saving model to w.npz\n"
     "\n"
     "Epoch 7: saving model to w.npz\n"
     "\n"
     "Epoch 7: finished saving model to w.npz\n"
     "\n"
     "Epoch 8: saving model to w.npz\n"
     "\n"
     "Epoch 8: finished saving model to w.npz\n"
     "\n"
     "Epoch 9: saving model to w.npz\n"
     "\n"
     "Epoch 9: finished saving model to w.npz\n"
     "\n"
     "Epoch 10: saving model to w.npz\n"
     "\n"
     "Epoch 10: finished saving model to w.npz\n"
     "\n"
     "Epoch 11: saving model to w.npz\n"
     "\n"
     "Epoch 11: finished saving model to w.npz\n"
     "\n"
     "Epoch 12: saving model to w.npz\n"
     "\n"
     "Epoch 12: finished saving model to w.npz\n"
     "\n"
     "Epoch 13: saving model to w.npz\n"
     "\n"
     "Epoch 13: finished saving model to w.npz\n"
     "\n"
     "Epoch 14: saving model to w.npz\n"
     "\n"
     "Epoch 14: finished saving model to w.npz\n",
     14, 14, 0.5},
    {"ModelCheckpoint", "monitor=loss mode=min save_best_only=1 verbose=1 filepath=w.npz",
     7, {0.84375, 1.03125, NAN, 1.4375, 2.0625, 0.875, NAN},
     "\n"
     "Epoch 1: loss improved from None to 0.84375, saving model to w.npz\n"
     "\n"
     "Epoch 1: finished saving model to w.npz\n"
     "\n"
     "Epoch 2: loss did not improve from 0.84375\n"
     "\n"
     "Epoch 3: loss did not improve from 0.84375\n"
     "\n"
     "Epoch 4: loss did not improve from 0.84375\n"
     "\n"
     "Epoch 5: loss did not improve from 0.84375\n"
     "\n"
     "Epoch 6: loss did not improve from 0.84375\n"
     "\n"
     "Epoch 7: loss did not improve from 0.84375\n",
     7, 7, 0.5},
    {"ModelCheckpoint", "monitor=val_accuracy mode=auto save_best_only=1 initial_value_threshold=1.25 verbose=1 filepath=w.npz",
     9, {1.03125, 1.0, NAN, 1.0, 1.59375, 1.0, NAN, 0.5625, 1.03125},
     "\n"
     "Epoch 1: val_accuracy did not improve from 1.25000\n"
     "\n"
     "Epoch 2: val_accuracy did not improve from 1.25000\n"
     "\n"
     "Epoch 3: val_accuracy did not improve from 1.25000\n"
     "\n"
     "Epoch 4: val_accuracy did not improve from 1.25000\n"
     "\n"
     "Epoch 5: val_accuracy improved from 1.25000 to 1.59375, saving model to w.npz\n"
     "\n"
     "Epoch 5: finished saving model to w.npz\n"
     "\n"
     "Epoch 6: val_accuracy did not improve from 1.59375\n"
     "\n"
     "Epoch 7: val_accuracy did not improve from 1.59375\n"
     "\n"
     "Epoch 8: val_accuracy did not improve from 1.59375\n"
     "\n"
     "Epoch 9: val_accuracy did not improve from 1.59375\n",
     9, 9, 0.5},
    {"ModelCheckpoint", "monitor=loss mode=auto save_best_only=1 initial_value_threshold=1.75 verbose=1 filepath=w.npz",
     2, {1.03125, 2.65625},
     "\n"
     "Epoch 1: loss improved from 1.75000 to 1.03125, saving model to w.npz\n"
     "\n"
     "Epoch 1: finished saving model to w.npz\n"
     "\n"
     "Epoch 2: loss did not improve from 1.03125\n",
     2, 2, 0.5},
    {"ModelCheckpoint", "monitor=val_loss mode=auto save_best_only=1 verbose=1 filepath=w.npz",
     9, {1.0, 1.03125, 2.6875, 0.71875, 1.03125, 1.40625, 1.90625, 0.21875, 1.03125},
     "\n"
     "Epoch 1: val_loss improved from None to 1.00000, saving model to w.npz\n"
     "\n"
     "Epoch 1: finished saving model to w.npz\n"
     "\n"
     "Epoch 2: val_loss did not improve from 1.00000\n"
     "\n"
     "Epoch 3: val_loss did not improve from 1.00000\n"
     "\n"
     "Epoch 4: val_loss improved from 1.00000 to 0.71875, saving model to w.npz\n"
     "\n"
     "Epoch 4: finished saving model to w.npz\n"
     "\n"
     "Epoch 5: val_loss did not improve from 0.71875\n"
     "\n"
     "Epoch 6: val_loss did not improve from 0.71875\n"
     "\n"
     "Epoch 7: val_loss did not improve from 0.71875\n"
     "\n"
     "Epoch 8: val_loss improved from 0.71875 to 0.21875, saving model to w.npz\n"
     "\n"
     "Epoch 8: finished saving model to w.npz\n"
     "\n"
     "Epoch 9: val_loss did not improve from 0.21875\n",
     9, 9, 0.5},
    {"ModelCheckpoint", "monitor=val_accuracy mode=min save_best_only=1 verbose=1 filepath=w.npz",
     3, {1.0, 1.03125, 1.0},
     "\n"
     "Epoch 1: val_accuracy improved from None to 1.00000, saving model to w.npz\n"
     "\n"
     "Epoch 1: finished saving model to w.npz\n"
     "\n"
     "Epoch 2: val_accuracy did not improve from 1.00000\n"
     "\n"
     "Epoch 3: val_accuracy did not improve from 1.00000\n",
     3, 3, 0.5},
    {"ModelCheckpoint", "monitor=val_loss mode=max save_best_only=1 initial_value_threshold=1.59375 verbose=1 filepath=w.npz",
     5, {1.03125, NAN, 1.03125, 1.0, 1.03125},
     "\n"
     "Epoch 1: val_loss did not improve from 1.59375\n"
     "\n"
     "Epoch 2: val_loss did not improve from 1.59375\n"
     "\n"
     "Epoch 3: val_loss did not improve from 1.59375\n"
     "\n"
     "Epoch 4: val_loss did not improve from 1.59375\n"
     "\n"
     "Epoch 5: val_loss did not improve from 1.59375\n",
     5, 5, 0.5},
    {"ModelCheckpoint", "monitor=val_accuracy mode=min save_best_only=1 initial_value_threshold=1.09375 verbose=1 filepath=w.npz",
     1, {0.28125},
     "\n"
     "Epoch 1: val_accuracy improved from 1.09375 to 0.28125, saving model to w.npz\n"
     "\n"
     "Epoch 1: finished saving model to w.npz\n",
     1, 1, 0.5},
    {"ModelCheckpoint", "monitor=loss mode=max save_best_only=1 initial_value_threshold=1.5625 verbose=1 filepath=w.npz",
     10, {1.28125, NAN, 1.03125, 2.5625, 1.375, 0.5, 1.03125, 1.40625, 0.0, NAN},
     "\n"
     "Epoch 1: loss did not improve from 1.56250\n"
     "\n"
     "Epoch 2: loss did not improve from 1.56250\n"
     "\n"
     "Epoch 3: loss did not improve from 1.56250\n"
     "\n"
     "Epoch 4: loss improved from 1.56250 to 2.56250, saving model to w.npz\n"
     "\n"
     "Epoch 4: finished saving model to w.npz\n"
     "\n"
     "Epoch 5: loss did not improve from 2.56250\n"
     "\n"
     "Epoch 6: loss did not improve from 2.56250\n"
     "\n"
     "Epoch 7: loss did not improve from 2.56250\n"
     "\n"
     "Epoch 8: loss did not improve from 2.56250\n"
     "\n"
     "Epoch 9: loss did not improve from 2.56250\n"
     "\n"
     "Epoch 10: loss did not improve from 2.56250\n",
     10, 10, 0.5},
    {"ModelCheckpoint", "monitor=loss mode=max save_best_only=1 initial_value_threshold=0.5625 verbose=1 filepath=w.npz",
     11, {1.03125, NAN, 0.90625, NAN, 0.625, 2.6875, 1.75, 0.15625, 1.03125, 1.03125, NAN},
     "\n"
     "Epoch 1: loss improved from 0.56250 to 1.03125, saving model to w.npz\n"
     "\n"
     "Epoch 1: finished saving model to w.npz\n"
     "\n"
     "Epoch 2: loss did not improve from 1.03125\n"
     "\n"
     "Epoch 3: loss did not improve from 1.03125\n"
     "\n"
     "Epoch 4: loss did not improve from 1.03125\n"
     "\n"
     "Epoch 5: loss did not improve from 1.03125\n"
     "\n"
     "Epoch 6: loss improved from 1.03125 to 2.68750, saving model to w.npz\n"
     "\n"
     "Epoch 6: finished saving model to w.npz\n"
     "\n"
     "Epoch 7: loss did not improve from 2.68750\n"
     "\n"
     "Epoch 8: loss did not improve from 2.68750\n"
     "\n"
     "Epoch 9: loss did not improve from 2.68750\n"
     "\n"
     "Epoch 10: loss did not improve from 2.68750\n"
     "\n"
     "Epoch 11: loss did not improve from 2.68750\n",
     11, 11, 0.5},
    {"ModelCheckpoint", "monitor=val_loss mode=max save_best_only=1 initial_value_threshold=3.0 verbose=1 filepath=w.npz",
     2, {1.34375, 2.53125},
     "\n"
     "Epoch 1: val_loss did not improve from 3.00000\n"
     "\n"
     "Epoch 2: val_loss did not improve from 3.00000\n",
     2, 2, 0.5},
    {"ModelCheckpoint", "monitor=val_accuracy mode=max save_best_only=1 verbose=1 filepath=w.npz",
     4, {1.0, NAN, 1.0, 1.0},
     "\n"
     "Epoch 1: val_accuracy improved from None to 1.00000, saving model to w.npz\n"
     "\n"
     "Epoch 1: finished saving model to w.npz\n"
     "\n"
     "Epoch 2: val_accuracy did not improve from 1.00000\n"
     "\n"
     "Epoch 3: val_accuracy did not improve from 1.00000\n"
     "\n"
     "Epoch 4: val_accuracy did not improve from 1.00000\n",
     4, 4, 0.5},
    {"ModelCheckpoint", "monitor=loss mode=auto save_best_only=1 verbose=1 filepath=w.npz",
     13, {1.03125, 1.03125, NAN, 0.21875, 1.03125, 2.9375, 1.03125, NAN, NAN, 1.0, 1.03125, 1.0, 1.9375},
     "\n"
     "Epoch 1: loss improved from None to 1.03125, saving model to w.npz\n"
     "\n"
     "Epoch 1: finished saving model to w.npz\n"
     "\n"
     "Epoch 2: loss did not improve from 1.03125\n"
     "\n"
     "Epoch 3: loss did not improve from 1.03125\n"
     "\n"
     "Epoch 4: loss improved from 1.03125 to 0.21875, saving model to w.npz\n"
     "\n"
     "Epoch 4: finished saving model to w.npz\n"
     "\n"
     "Epoch 5: loss did not improve from 0.21875\n"
     "\n"
     "Epoch 6: loss did not improve from 0.21875\n"
     "\n"
     "Epoch 7: loss did not improve from 0.21875\n"
     "\n"
     "Epoch 8: loss did not improve from 0.21875\n"
     "\n"
     "Epoch 9: loss did not improve from 0.21875\n"
     "\n"
     "Epoch 10: loss did not improve from 0.21875\n"
     "\n"
     "Epoch 11: loss did not improve from 0.21875\n"
     "\n"
     "Epoch 12: loss did not improve from 0.21875\n"
     "\n"
     "Epoch 13: loss did not improve from 0.21875\n",
     13, 13, 0.5},
    {"ModelCheckpoint", "monitor=loss mode=auto save_best_only=1 initial_value_threshold=1.75 verbose=1 filepath=w.npz",
     3, {1.0, 1.0, 1.0},
     "\n"
     "Epoch 1: loss improved from 1.75000 to 1.00000, saving model to w.npz\n"
     "\n"
     "Epoch 1: finished saving model to w.npz\n"
     "\n"
     "Epoch 2: loss did not improve from 1.00000\n"
     "\n"
     "Epoch 3: loss did not improve from 1.00000\n",
     3, 3, 0.5},
    {"ModelCheckpoint", "monitor=val_accuracy mode=auto save_best_only=1 initial_value_threshold=1.1875 verbose=1 filepath=w.npz",
     12, {2.28125, 1.0, 1.71875, 1.84375, 1.0, 0.3125, NAN, 2.28125, NAN, 1.03125, 1.03125, NAN},
     "\n"
     "Epoch 1: val_accuracy improved from 1.18750 to 2.28125, saving model to w.npz\n"
     "\n"
     "Epoch 1: finished saving model to w.npz\n"
     "\n"
     "Epoch 2: val_accuracy did not improve from 2.28125\n"
     "\n"
     "Epoch 3: val_accuracy did not improve from 2.28125\n"
     "\n"
     "Epoch 4: val_accuracy did not improve from 2.28125\n"
     "\n"
     "Epoch 5: val_accuracy did not improve from 2.28125\n"
     "\n"
     "Epoch 6: val_accuracy did not improve from 2.28125\n"
     "\n"
     "Epoch 7: val_accuracy did not improve from 2.28125\n"
     "\n"
     "Epoch 8: val_accuracy did not improve from 2.28125\n"
     "\n"
     "Epoch 9: val_accuracy did not improve from 2.28125\n"
     "\n"
     "Epoch 10: val_accuracy did not improve from 2.28125\n"
     "\n"
     "Epoch 11: val_accuracy did not improve from 2.28125\n"
     "\n"
     "Epoch 12: val_accuracy did not improve from 2.28125\n",
     12, 12, 0.5},
    {"ModelCheckpoint", "monitor=val_loss mode=auto save_best_only=0 verbose=1 filepath=w.npz",
     1, {0.78125},
     "\n"
     "Epoch 1: saving model to w.npz\n"
     "\n"
     "Epoch 1: finished saving model to w.npz\n",
     1, 1, 0.5},
    {"ModelCheckpoint", "monitor=val_accuracy mode=max save_best_only=1 verbose=1 filepath=w.npz",
     12, {0.25, NAN, 0.875, 1.03125, 1.0, 1.0, 1.46875, NAN, 1.03125, NAN, 1.03125, 2.84375},
     "\n"
     "Epoch 1: val_accuracy improved from None to 0.25000, saving model to w.npz\n"
     "\n"
     "Epoch 1: finished saving model to w.npz\n"
     "\n"
     "Epoch 2: val_accuracy did not improve from 0.25000\n"
     "\n"
     "Epoch 3: val_accuracy improved from 0.25000 to 0.87500, saving model to w.npz\n"
     "\n"
     "Epoch 3: finished saving model to w.npz\n"
     "\n"
     "Epoch 4: val_accuracy improved from 0.87500 to 1.03125, saving model to w.npz\n"
     "\n"
     "Epoch 4: finished saving model to w.npz\n"
     "\n"
     "Epoch 5: val_accuracy did not improve from 1.03125\n"
     "\n"
     "Epoch 6: val_accuracy did not improve from 1.03125\n"
     "\n"
     "Epoch 7: val_accuracy improved from 1.03125 to 1.46875, saving model to w.npz\n"
     "\n"
     "Epoch 7: finished saving model to w.npz\n"
     "\n"
     "Epoch 8: val_accuracy did not improve from 1.46875\n"
     "\n"
     "Epoch 9: val_accuracy did not improve from 1.46875\n"
     "\n"
     "Epoch 10: val_accuracy did not improve from 1.46875\n"
     "\n"
     "Epoch 11: val_accuracy did not improve from 1.46875\n"
     "\n"
     "Epoch 12: val_accuracy improved from 1.46875 to 2.84375, saving model to w.npz\n"
     "\n"
     "Epoch 12: finished saving model to w.npz\n",
     12, 12, 0.5},
    {"ModelCheckpoint", "monitor=loss mode=min save_best_only=1 initial_value_threshold=0.0625 verbose=1 filepath=w.npz",
     12, {1.0, 1.03125, NAN, 0.8125, 0.375, NAN, NAN, 1.03125, 1.0, 0.59375, 1.03125, 1.0},
     "\n"
     "Epoch 1: loss did not improve from 0.06250\n"
     "\n"
     "Epoch 2: loss did not improve from 0.06250\n"
     "\n"
     "Epoch 3: loss did not improve from 0.06250\n"
     "\n"
     "Epoch 4: loss did not improve from 0.06250\n"
     "\n"
     "Epoch 5: loss did not improve from 0.06250\n"
     "\n"
     "Epoch 6: loss did not improve from 0.06250\n"
     "\n"
     "Epoch 7: loss did not improve from 0.06250\n"
     "\n"
     "Epoch 8: loss did not improve from 0.06250\n"
     "\n"
     "Epoch 9: loss did not improve from 0.06250\n"
     "\n"
     "Epoch 10: loss did not improve from 0.06250\n"
     "\n"
     "Epoch 11: loss did not improve from 0.06250\n"
     "\n"
     "Epoch 12: loss did not improve from 0.06250\n",
     12, 12, 0.5},
    {"ModelCheckpoint", "monitor=val_loss mode=auto save_best_only=1 verbose=1 filepath=w.npz",
     5, {1.125, NAN, 1.03125, 1.03125, 1.0},
     "\n"
     "Epoch 1: val_loss improved from None to 1.12500, saving model to w.npz\n"
     "\n"
     "Epoch 1: finished saving model to w.npz\n"
     "\n"
     "Epoch 2: val_loss did not improve from 1.12500\n"
     "\n"
     "Epoch 3: val_loss improved from 1.12500 to 1.03125, saving model to w.npz\n"
     "\n"
     "Epoch 3: finished saving model to w.npz\n"
     "\n"
     "Epoch 4: val_loss did not improve from 1.03125\n"
     "\n"
     "Epoch 5: val_loss improved from 1.03125 to 1.00000, saving model to w.npz\n"
     "\n"
     "Epoch 5: finished saving model to w.npz\n",
     5, 5, 0.5},
    {"ModelCheckpoint", "monitor=val_loss mode=min save_best_only=1 initial_value_threshold=2.65625 verbose=1 filepath=w.npz",
     10, {1.0, 1.03125, 1.03125, NAN, 1.03125, 1.1875, 1.0, 1.03125, NAN, 1.0},
     "\n"
     "Epoch 1: val_loss improved from 2.65625 to 1.00000, saving model to w.npz\n"
     "\n"
     "Epoch 1: finished saving model to w.npz\n"
     "\n"
     "Epoch 2: val_loss did not improve from 1.00000\n"
     "\n"
     "Epoch 3: val_loss did not improve from 1.00000\n"
     "\n"
     "Epoch 4: val_loss did not improve from 1.00000\n"
     "\n"
     "Epoch 5: val_loss did not improve from 1.00000\n"
     "\n"
     "Epoch 6: val_loss did not improve from 1.00000\n"
     "\n"
     "Epoch 7: val_loss did not improve from 1.00000\n"
     "\n"
     "Epoch 8: val_loss did not improve from 1.00000\n"
     "\n"
     "Epoch 9: val_loss did not improve from 1.00000\n"
     "\n"
     "Epoch 10: val_loss did not improve from 1.00000\n",
     10, 10, 0.5},
    {"ModelCheckpoint", "monitor=val_accuracy mode=auto save_best_only=1 verbose=1 filepath=w.npz",
     4, {0.40625, 1.0, 1.03125, 2.8125},
     "\n"
     "Epoch 1: val_accuracy improved from None to 0.40625, saving model to w.npz\n"
     "\n"
     "Epoch 1: finished saving model to w.npz\n"
     "\n"
     "Epoch 2: val_accuracy improved from 0.40625 to 1.00000, saving model to w.npz\n"
     "\n"
     "Epoch 2: finished saving model to w.npz\n"
     "\n"
     "Epoch 3: val_accuracy improved from 1.00000 to 1.03125, saving model to w.npz\n"
     "\n"
     "Epoch 3: finished saving model to w.npz\n"
     "\n"
     "Epoch 4: val_accuracy improved from 1.03125 to 2.81250, saving model to w.npz\n"
     "\n"
     "Epoch 4: finished saving model to w.npz\n",
     4, 4, 0.5},
    {"ModelCheckpoint", "monitor=val_accuracy mode=max save_best_only=1 initial_value_threshold=2.0 verbose=1 filepath=w.npz",
     13, {1.375, 1.0, 1.53125, NAN, 0.65625, NAN, 1.3125, NAN, 1.25, 1.03125, 1.03125, 0.6875, 0.25},
     "\n"
     "Epoch 1: val_accuracy did not improve from 2.00000\n"
     "\n"
     "Epoch 2: val_accuracy did not improve from 2.00000\n"
     "\n"
     "Epoch 3: val_accuracy did not improve from 2.00000\n"
     "\n"
     "Epoch 4: val_accuracy did not improve from 2.00000\n"
     "\n"
     "Epoch 5: val_accuracy did not improve from 2.00000\n"
     "\n"
     "Epoch 6: val_accuracy did not improve from 2.00000\n"
     "\n"
     "Epoch 7: val_accuracy did not improve from 2.00000\n"
     "\n"
     "Epoch 8: val_accuracy did not improve from 2.00000\n"
     "\n"
     "Epoch 9: val_accuracy did not improve from 2.00000\n"
     "\n"
     "Epoch 10: val_accuracy did not improve from 2.00000\n"
     "\n"
     "Epoch 11: val_accuracy did not improve from 2.00000\n"
     "\n"
     "Epoch 12: val_accuracy did not improve from 2.00000\n"
     "\n"
     "Epoch 13: val_accuracy did not improve from 2.00000\n",
     13, 13, 0.5},
    {"ModelCheckpoint", "monitor=val_accuracy mode=min save_best_only=1 verbose=1 filepath=w.npz",
     4, {2.59375, 0.15625, NAN, 0.5625},
     "\n"
     "Epoch 1: val_accuracy improved from None to 2.59375, saving model to w.npz\n"
     "\n"
     "Epoch 1: finished saving model to w.npz\n"
     "\n"
     "Epoch 2: val_accuracy improved from 2.59375 to 0.15625, saving model to w.npz\n"
     "\n"
     "Epoch 2: finished saving model to w.npz\n"
     "\n"
     "Epoch 3: val_accuracy did not improve from 0.15625\n"
     "\n"
     "Epoch 4: val_accuracy did not improve from 0.15625\n",
     4, 4, 0.5},
    {"ModelCheckpoint", "monitor=loss mode=auto save_best_only=1 initial_value_threshold=2.8125 verbose=1 filepath=w.npz",
     9, {1.03125, 0.0, 1.09375, 1.03125, 1.0, 1.03125, 2.90625, 1.84375, NAN},
     "\n"
     "Epoch 1: loss improved from 2.81250 to 1.03125, saving model to w.npz\n"
     "\n"
     "Epoch 1: finished saving model to w.npz\n"
     "\n"
     "Epoch 2: loss improved from 1.03125 to 0.00000, saving model to w.npz\n"
     "\n"
     "Epoch 2: finished saving model to w.npz\n"
     "\n"
     "Epoch 3: loss did not improve from 0.00000\n"
     "\n"
     "Epoch 4: loss did not improve from 0.00000\n"
     "\n"
     "Epoch 5: loss did not improve from 0.00000\n"
     "\n"
     "Epoch 6: loss did not improve from 0.00000\n"
     "\n"
     "Epoch 7: loss did not improve from 0.00000\n"
     "\n"
     "Epoch 8: loss did not improve from 0.00000\n"
     "\n"
     "Epoch 9: loss did not improve from 0.00000\n",
     9, 9, 0.5},
    {"ModelCheckpoint", "monitor=val_accuracy mode=auto save_best_only=1 initial_value_threshold=0.28125 verbose=1 filepath=w.npz",
     4, {1.03125, NAN, 2.875, NAN},
     "\n"
     "Epoch 1: val_accuracy improved from 0.28125 to 1.03125, saving model to w.npz\n"
     "\n"
     "Epoch 1: finished saving model to w.npz\n"
     "\n"
     "Epoch 2: val_accuracy did not improve from 1.03125\n"
     "\n"
     "Epoch 3: val_accuracy improved from 1.03125 to 2.87500, saving model to w.npz\n"
     "\n"
     "Epoch 3: finished saving model to w.npz\n"
     "\n"
     "Epoch 4: val_accuracy did not improve from 2.87500\n",
     4, 4, 0.5},
    {"ModelCheckpoint", "monitor=val_loss mode=max save_best_only=0 verbose=1 filepath=w.npz",
     1, {2.15625},
     "\n"
     "Epoch 1: saving model to w.npz\n"
     "\n"
     "Epoch 1: finished saving model to w.npz\n",
     1, 1, 0.5},
    {"ModelCheckpoint", "monitor=val_accuracy mode=max save_best_only=1 initial_value_threshold=0.875 verbose=1 filepath=w.npz",
     2, {1.03125, 1.0},
     "\n"
     "Epoch 1: val_accuracy improved from 0.87500 to 1.03125, saving model to w.npz\n"
     "\n"
     "Epoch 1: finished saving model to w.npz\n"
     "\n"
     "Epoch 2: val_accuracy did not improve from 1.03125\n",
     2, 2, 0.5},
    {"ModelCheckpoint", "monitor=loss mode=max save_best_only=1 verbose=1 filepath=w.npz",
     7, {2.90625, 1.78125, 1.0, 2.0625, 0.6875, 1.0, 1.03125},
     "\n"
     "Epoch 1: loss improved from None to 2.90625, saving model to w.npz\n"
     "\n"
     "Epoch 1: finished saving model to w.npz\n"
     "\n"
     "Epoch 2: loss did not improve from 2.90625\n"
     "\n"
     "Epoch 3: loss did not improve from 2.90625\n"
     "\n"
     "Epoch 4: loss did not improve from 2.90625\n"
     "\n"
     "Epoch 5: loss did not improve from 2.90625\n"
     "\n"
     "Epoch 6: loss did not improve from 2.90625\n"
     "\n"
     "Epoch 7: loss did not improve from 2.90625\n",
     7, 7, 0.5},
    {"ModelCheckpoint", "monitor=val_accuracy mode=max save_best_only=1 initial_value_threshold=2.09375 verbose=1 filepath=w.npz",
     11, {1.46875, 1.0, 2.5625, 1.3125, NAN, 2.3125, NAN, 0.375, NAN, 1.03125, 1.0},
     "\n"
     "Epoch 1: val_accuracy did not improve from 2.09375\n"
     "\n"
     "Epoch 2: val_accuracy did not improve from 2.09375\n"
     "\n"
     "Epoch 3: val_accuracy improved from 2.09375 to 2.56250, saving model to w.npz\n"
     "\n"
     "Epoch 3: finished saving model to w.npz\n"
     "\n"
     "Epoch 4: val_accuracy did not improve from 2.56250\n"
     "\n"
     "Epoch 5: val_accuracy did not improve from 2.56250\n"
     "\n"
     "Epoch 6: val_accuracy did not improve from 2.56250\n"
     "\n"
     "Epoch 7: val_accuracy did not improve from 2.56250\n"
     "\n"
     "Epoch 8: val_accuracy did not improve from 2.56250\n"
     "\n"
     "Epoch 9: val_accuracy did not improve from 2.56250\n"
     "\n"
     "Epoch 10: val_accuracy did not improve from 2.56250\n"
     "\n"
     "Epoch 11: val_accuracy did not improve from 2.56250\n",
     11, 11, 0.5},
    {"ModelCheckpoint", "monitor=loss mode=auto save_best_only=1 verbose=1 filepath=w.npz",
     14, {1.03125, 1.5, NAN, 2.96875, 0.3125, NAN, 1.0, 1.03125, 1.0, 2.53125, NAN, 2.8125, NAN, 0.125},
     "\n"
     "Epoch 1: loss improved from None to 1.03125, saving model to w.npz\n"
     "\n"
     "Epoch 1: finished saving model to w.npz\n"
     "\n"
     "Epoch 2: loss did not improve from 1.03125\n"
     "\n"
     "Epoch 3: loss did not improve from 1.03125\n"
     "\n"
     "Epoch 4: loss did not improve from 1.03125\n"
     "\n"
     "Epoch 5: loss improved from 1.03125 to 0.31250, saving model to w.npz\n"
     "\n"
     "Epoch 5: finished saving model to w.npz\n"
     "\n"
     "Epoch 6: loss did not improve from 0.31250\n"
     "\n"
     "Epoch 7: loss did not improve from 0.31250\n"
     "\n"
     "Epoch 8: loss did not improve from 0.31250\n"
     "\n"
     "Epoch 9: loss did not improve from 0.31250\n"
     "\n"
     "Epoch 10: loss did not improve from 0.31250\n"
     "\n"
     "Epoch 11: loss did not improve from 0.31250\n"
     "\n"
     "Epoch 12: loss did not improve from 0.31250\n"
     "\n"
     "Epoch 13: loss did not improve from 0.31250\n"
     "\n"
     "Epoch 14: loss improved from 0.31250 to 0.12500, saving model to w.npz\n"
     "\n"
     "Epoch 14: finished saving model to w.npz\n",
     14, 14, 0.5},
    {"ModelCheckpoint", "monitor=val_loss mode=max save_best_only=1 verbose=1 filepath=w.npz",
     8, {1.4375, 1.0, 0.15625, 1.03125, 1.0, NAN, 0.3125, 1.0},
     "\n"
     "Epoch 1: val_loss improved from None to 1.43750, saving model to w.npz\n"
     "\n"
     "Epoch 1: finished saving model to w.npz\n"
     "\n"
     "Epoch 2: val_loss did not improve from 1.43750\n"
     "\n"
     "Epoch 3: val_loss did not improve from 1.43750\n"
     "\n"
     "Epoch 4: val_loss did not improve from 1.43750\n"
     "\n"
     "Epoch 5: val_loss did not improve from 1.43750\n"
     "\n"
     "Epoch 6: val_loss did not improve from 1.43750\n"
     "\n"
     "Epoch 7: val_loss did not improve from 1.43750\n"
     "\n"
     "Epoch 8: val_loss did not improve from 1.43750\n",
     8, 8, 0.5},
    {"ModelCheckpoint", "monitor=loss mode=auto save_best_only=1 initial_value_threshold=0.8125 verbose=1 filepath=w.npz",
     2, {1.03125, 1.15625},
     "\n"
     "Epoch 1: loss did not improve from 0.81250\n"
     "\n"
     "Epoch 2: loss did not improve from 0.81250\n",
     2, 2, 0.5},
    {"ModelCheckpoint", "monitor=val_loss mode=auto save_best_only=1 verbose=1 filepath=w.npz",
     9, {1.375, 1.0, 1.0, 1.0, 1.65625, 2.78125, 0.125, 1.0, 1.09375},
     "\n"
     "Epoch 1: val_loss improved from None to 1.37500, saving model to w.npz\n"
     "\n"
     "Epoch 1: finished saving model to w.npz\n"
     "\n"
     "Epoch 2: val_loss improved from 1.37500 to 1.00000, saving model to w.npz\n"
     "\n"
     "Epoch 2: finished saving model to w.npz\n"
     "\n"
     "Epoch 3: val_loss did not improve from 1.00000\n"
     "\n"
     "Epoch 4: val_loss did not improve from 1.00000\n"
     "\n"
     "Epoch 5: val_loss did not improve from 1.00000\n"
     "\n"
     "Epoch 6: val_loss did not improve from 1.00000\n"
     "\n"
     "Epoch 7: val_loss improved from 1.00000 to 0.12500, saving model to w.npz\n"
     "\n"
     "Epoch 7: finished saving model to w.npz\n"
     "\n"
     "Epoch 8: val_loss did not improve from 0.12500\n"
     "\n"
     "Epoch 9: val_loss did not improve from 0.12500\n",
     9, 9, 0.5},
    {"ModelCheckpoint", "monitor=val_accuracy mode=auto save_best_only=1 verbose=1 filepath=w.npz",
     7, {1.25, NAN, 1.65625, 1.25, 1.0, 2.8125, 1.90625},
     "\n"
     "Epoch 1: val_accuracy improved from None to 1.25000, saving model to w.npz\n"
     "\n"
     "Epoch 1: finished saving model to w.npz\n"
     "\n"
     "Epoch 2: val_accuracy did not improve from 1.25000\n"
     "\n"
     "Epoch 3: val_accuracy improved from 1.25000 to 1.65625, saving model to w.npz\n"
     "\n"
     "Epoch 3: finished saving model to w.npz\n"
     "\n"
     "Epoch 4: val_accuracy did not improve from 1.65625\n"
     "\n"
     "Epoch 5: val_accuracy did not improve from 1.65625\n"
     "\n"
     "Epoch 6: val_accuracy improved from 1.65625 to 2.81250, saving model to w.npz\n"
     "\n"
     "Epoch 6: finished saving model to w.npz\n"
     "\n"
     "Epoch 7: val_accuracy did not improve from 2.81250\n",
     7, 7, 0.5},
    {"ModelCheckpoint", "monitor=val_loss mode=min save_best_only=0 initial_value_threshold=1.40625 verbose=1 filepath=w.npz",
     7, {1.03125, 1.0, 1.4375, NAN, 2.0, 1.0, NAN},
     "\n"
     "Epoch 1: saving model to w.npz\n"
     "\n"
     "Epoch 1: finished saving model to w.npz\n"
     "\n"
     "Epoch 2: saving model to w.npz\n"
     "\n"
     "Epoch 2: finished saving model to w.npz\n"
     "\n"
     "Epoch 3: saving model to w.npz\n"
     "\n"
     "Epoch 3: finished saving model to w.npz\n"
     "\n"
     "Epoch 4: saving model to w.npz\n"
     "\n"
     "Epoch 4: finished saving model to w.npz\n"
     "\n"
     "Epoch 5: saving model to w.npz\n"
     "\n"
     "Epoch 5: finished saving model to w.npz\n"
     "\n"
     "Epoch 6: saving model to w.npz\n"
     "\n"
     "Epoch 6: finished saving model to w.npz\n"
     "\n"
     "Epoch 7: saving model to w.npz\n"
     "\n"
     "Epoch 7: finished saving model to w.npz\n",
     7, 7, 0.5},
    {"ModelCheckpoint", "monitor=loss mode=auto save_best_only=1 initial_value_threshold=1.5 verbose=1 filepath=w.npz",
     1, {NAN},
     "\n"
     "Epoch 1: loss did not improve from 1.50000\n",
     1, 1, 0.5},
    {"ModelCheckpoint", "monitor=loss mode=min save_best_only=1 verbose=1 filepath=w.npz",
     5, {1.03125, 1.0, 2.4375, 2.65625, NAN},
     "\n"
     "Epoch 1: loss improved from None to 1.03125, saving model to w.npz\n"
     "\n"
     "Epoch 1: finished saving model to w.npz\n"
     "\n"
     "Epoch 2: loss improved from 1.03125 to 1.00000, saving model to w.npz\n"
     "\n"
     "Epoch 2: finished saving model to w.npz\n"
     "\n"
     "Epoch 3: loss did not improve from 1.00000\n"
     "\n"
     "Epoch 4: loss did not improve from 1.00000\n"
     "\n"
     "Epoch 5: loss did not improve from 1.00000\n",
     5, 5, 0.5},
    {"ModelCheckpoint", "monitor=loss mode=auto save_best_only=1 verbose=1 filepath=w.npz",
     3, {1.03125, NAN, 1.03125},
     "\n"
     "Epoch 1: loss improved from None to 1.03125, saving model to w.npz\n"
     "\n"
     "Epoch 1: finished saving model to w.npz\n"
     "\n"
     "Epoch 2: loss did not improve from 1.03125\n"
     "\n"
     "Epoch 3: loss did not improve from 1.03125\n",
     3, 3, 0.5},
    {"ModelCheckpoint", "monitor=loss mode=auto save_best_only=1 verbose=1 filepath=w.npz",
     4, {2.875, NAN, 0.40625, 1.03125},
     "\n"
     "Epoch 1: loss improved from None to 2.87500, saving model to w.npz\n"
     "\n"
     "Epoch 1: finished saving model to w.npz\n"
     "\n"
     "Epoch 2: loss did not improve from 2.87500\n"
     "\n"
     "Epoch 3: loss improved from 2.87500 to 0.40625, saving model to w.npz\n"
     "\n"
     "Epoch 3: finished saving model to w.npz\n"
     "\n"
     "Epoch 4: loss did not improve from 0.40625\n",
     4, 4, 0.5},
    {"ModelCheckpoint", "monitor=loss mode=max save_best_only=0 verbose=1 filepath=w.npz",
     10, {2.40625, 1.03125, 0.53125, 1.03125, NAN, 1.625, 1.0, NAN, 2.6875, 0.125},
     "\n"
     "Epoch 1: saving model to w.npz\n"
     "\n"
     "Epoch 1: finished saving model to w.npz\n"
     "\n"
     "Epoch 2: saving model to w.npz\n"
     "\n"
     "Epoch 2: finished saving model to w.npz\n"
     "\n"
     "Epoch 3: saving model to w.npz\n"
     "\n"
     "Epoch 3: finished saving model to w.npz\n"
     "\n"
     "Epoch 4: saving model to w.npz\n"
     "\n"
     "Epoch 4: finished saving model to w.npz\n"
     "\n"
     "Epoch 5: saving model to w.npz\n"
     "\n"
     "Epoch 5: finished saving model to w.npz\n"
     "\n"
     "Epoch 6: saving model to w.npz\n"
     "\n"
     "Epoch 6: finished saving model to w.npz\n"
     "\n"
     "Epoch 7: saving model to w.npz\n"
     "\n"
     "Epoch 7: finished saving model to w.npz\n"
     "\n"
     "Epoch 8: saving model to w.npz\n"
     "\n"
     "Epoch 8: finished saving model to w.npz\n"
     "\n"
     "Epoch 9: saving model to w.npz\n"
     "\n"
     "Epoch 9: finished saving model to w.npz\n"
     "\n"
     "Epoch 10: saving model to w.npz\n"
     "\n"
     "Epoch 10: finished saving model to w.npz\n",
     10, 10, 0.5},
    {"ModelCheckpoint", "monitor=val_accuracy mode=auto save_best_only=0 verbose=1 filepath=w.npz",
     4, {1.03125, 0.84375, 1.0, 1.0},
     "\n"
     "Epoch 1: saving model to w.npz\n"
     "\n"
     "Epoch 1: finished saving model to w.npz\n"
     "\n"
     "Epoch 2: saving model to w.npz\n"
     "\n"
     "Epoch 2: finished saving model to w.npz\n"
     "\n"
     "Epoch 3: saving model to w.npz\n"
     "\n"
     "Epoch 3: finished saving model to w.npz\n"
     "\n"
     "Epoch 4: saving model to w.npz\n"
     "\n"
     "Epoch 4: finished saving model to w.npz\n",
     4, 4, 0.5},
    {"ModelCheckpoint", "monitor=val_accuracy mode=min save_best_only=1 initial_value_threshold=1.625 verbose=1 filepath=w.npz",
     8, {1.03125, 1.03125, 1.0, 1.0, 1.25, 2.21875, 1.0, 1.0},
     "\n"
     "Epoch 1: val_accuracy improved from 1.62500 to 1.03125, saving model to w.npz\n"
     "\n"
     "Epoch 1: finished saving model to w.npz\n"
     "\n"
     "Epoch 2: val_accuracy did not improve from 1.03125\n"
     "\n"
     "Epoch 3: val_accuracy improved from 1.03125 to 1.00000, saving model to w.npz\n"
     "\n"
     "Epoch 3: finished saving model to w.npz\n"
     "\n"
     "Epoch 4: val_accuracy did not improve from 1.00000\n"
     "\n"
     "Epoch 5: val_accuracy did not improve from 1.00000\n"
     "\n"
     "Epoch 6: val_accuracy did not improve from 1.00000\n"
     "\n"
     "Epoch 7: val_accuracy did not improve from 1.00000\n"
     "\n"
     "Epoch 8: val_accuracy did not improve from 1.00000\n",
     8, 8, 0.5},
    {"ModelCheckpoint", "monitor=val_loss mode=auto save_best_only=0 verbose=1 filepath=w.npz",
     3, {1.40625, 0.28125, 0.75},
     "\n"
     "Epoch 1: saving model to w.npz\n"
     "\n"
     "Epoch 1: finished saving model to w.npz\n"
     "\n"
     "Epoch 2: saving model to w.npz\n"
     "\n"
     "Epoch 2: finished saving model to w.npz\n"
     "\n"
     "Epoch 3: saving model to w.npz\n"
     "\n"
     "Epoch 3: finished saving model to w.npz\n",
     3, 3, 0.5},
    {"ModelCheckpoint", "monitor=loss mode=auto save_best_only=1 initial_value_threshold=1.5 verbose=1 filepath=w.npz",
     1, {1.03125},
     "\n"
     "Epoch 1: loss improved from 1.50000 to 1.03125, saving model to w.npz\n"
     "\n"
     "Epoch 1: finished saving model to w.npz\n",
     1, 1, 0.5},
    {"ModelCheckpoint", "monitor=val_loss mode=min save_best_only=0 verbose=1 filepath=w.npz",
     4, {2.53125, 0.625, 1.21875, NAN},
     "\n"
     "Epoch 1: saving model to w.npz\n"
     "\n"
     "Epoch 1: finished saving model to w.npz\n"
     "\n"
     "Epoch 2: saving model to w.npz\n"
     "\n"
     "Epoch 2: finished saving model to w.npz\n"
     "\n"
     "Epoch 3: saving model to w.npz\n"
     "\n"
     "Epoch 3: finished saving model to w.npz\n"
     "\n"
     "Epoch 4: saving model to w.npz\n"
     "\n"
     "Epoch 4: finished saving model to w.npz\n",
     4, 4, 0.5},
    {"ModelCheckpoint", "monitor=val_loss mode=auto save_best_only=1 verbose=1 filepath=w.npz",
     14, {1.03125, NAN, 2.09375, 1.0, 0.1875, NAN, 1.0, 1.75, 2.5, 1.125, 1.5625, NAN, 1.0, 1.03125},
     "\n"
     "Epoch 1: val_loss improved from None to 1.03125, saving model to w.npz\n"
     "\n"
     "Epoch 1: finished saving model to w.npz\n"
     "\n"
     "Epoch 2: val_loss did not improve from 1.03125\n"
     "\n"
     "Epoch 3: val_loss did not improve from 1.03125\n"
     "\n"
     "Epoch 4: val_loss improved from 1.03125 to 1.00000, saving model to w.npz\n"
     "\n"
     "Epoch 4: finished saving model to w.npz\n"
     "\n"
     "Epoch 5: val_loss improved from 1.00000 to 0.18750, saving model to w.npz\n"
     "\n"
     "Epoch 5: finished saving model to w.npz\n"
     "\n"
     "Epoch 6: val_loss did not improve from 0.18750\n"
     "\n"
     "Epoch 7: val_loss did not improve from 0.18750\n"
     "\n"
     "Epoch 8: val_loss did not improve from 0.18750\n"
     "\n"
     "Epoch 9: val_loss did not improve from 0.18750\n"
     "\n"
     "Epoch 10: val_loss did not improve from 0.18750\n"
     "\n"
     "Epoch 11: val_loss did not improve from 0.18750\n"
     "\n"
     "Epoch 12: val_loss did not improve from 0.18750\n"
     "\n"
     "Epoch 13: val_loss did not improve from 0.18750\n"
     "\n"
     "Epoch 14: val_loss did not improve from 0.18750\n",
     14, 14, 0.5},
    {"ModelCheckpoint", "monitor=val_loss mode=auto save_best_only=1 verbose=1 filepath=w.npz",
     8, {0.59375, 1.9375, 1.78125, 0.0, 1.0, 1.03125, 0.84375, 1.03125},
     "\n"
     "Epoch 1: val_loss improved from None to 0.59375, saving model to w.npz\n"
     "\n"
     "Epoch 1: finished saving model to w.npz\n"
     "\n"
     "Epoch 2: val_loss did not improve from 0.59375\n"
     "\n"
     "Epoch 3: val_loss did not improve from 0.59375\n"
     "\n"
     "Epoch 4: val_loss improved from 0.59375 to 0.00000, saving model to w.npz\n"
     "\n"
     "Epoch 4: finished saving model to w.npz\n"
     "\n"
     "Epoch 5: val_loss did not improve from 0.00000\n"
     "\n"
     "Epoch 6: val_loss did not improve from 0.00000\n"
     "\n"
     "Epoch 7: val_loss did not improve from 0.00000\n"
     "\n"
     "Epoch 8: val_loss did not improve from 0.00000\n",
     8, 8, 0.5},
    {"ModelCheckpoint", "monitor=loss mode=min save_best_only=1 initial_value_threshold=0.0625 verbose=1 filepath=w.npz",
     2, {NAN, 2.125},
     "\n"
     "Epoch 1: loss did not improve from 0.06250\n"
     "\n"
     "Epoch 2: loss did not improve from 0.06250\n",
     2, 2, 0.5},
    {"ModelCheckpoint", "monitor=loss mode=min save_best_only=1 verbose=1 filepath=w.npz",
     1, {1.03125},
     "\n"
     "Epoch 1: loss improved from None to 1.03125, saving model to w.npz\n"
     "\n"
     "Epoch 1: finished saving model to w.npz\n",
     1, 1, 0.5},
    {"ModelCheckpoint", "monitor=val_loss mode=auto save_best_only=1 verbose=1 filepath=w.npz",
     14, {0.4375, 1.875, 1.03125, NAN, NAN, 1.9375, NAN, 1.0, 2.84375, 0.40625, 2.375, 1.0, 0.375, 1.03125},
     "\n"
     "Epoch 1: val_loss improved from None to 0.43750, saving model to w.npz\n"
     "\n"
     "Epoch 1: finished saving model to w.npz\n"
     "\n"
     "Epoch 2: val_loss did not improve from 0.43750\n"
     "\n"
     "Epoch 3: val_loss did not improve from 0.43750\n"
     "\n"
     "Epoch 4: val_loss did not improve from 0.43750\n"
     "\n"
     "Epoch 5: val_loss did not improve from 0.43750\n"
     "\n"
     "Epoch 6: val_loss did not improve from 0.43750\n"
     "\n"
     "Epoch 7: val_loss did not improve from 0.43750\n"
     "\n"
     "Epoch 8: val_loss did not improve from 0.43750\n"
     "\n"
     "Epoch 9: val_loss did not improve from 0.43750\n"
     "\n"
     "Epoch 10: val_loss improved from 0.43750 to 0.40625, saving model to w.npz\n"
     "\n"
     "Epoch 10: finished saving model to w.npz\n"
     "\n"
     "Epoch 11: val_loss did not improve from 0.40625\n"
     "\n"
     "Epoch 12: val_loss did not improve from 0.40625\n"
     "\n"
     "Epoch 13: val_loss improved from 0.40625 to 0.37500, saving model to w.npz\n"
     "\n"
     "Epoch 13: finished saving model to w.npz\n"
     "\n"
     "Epoch 14: val_loss did not improve from 0.37500\n",
     14, 14, 0.5},
    {"ModelCheckpoint", "monitor=loss mode=auto save_best_only=1 verbose=1 filepath=w.npz",
     6, {1.03125, 1.03125, NAN, 1.21875, 2.71875, 1.0},
     "\n"
     "Epoch 1: loss improved from None to 1.03125, saving model to w.npz\n"
     "\n"
     "Epoch 1: finished saving model to w.npz\n"
     "\n"
     "Epoch 2: loss did not improve from 1.03125\n"
     "\n"
     "Epoch 3: loss did not improve from 1.03125\n"
     "\n"
     "Epoch 4: loss did not improve from 1.03125\n"
     "\n"
     "Epoch 5: loss did not improve from 1.03125\n"
     "\n"
     "Epoch 6: loss improved from 1.03125 to 1.00000, saving model to w.npz\n"
     "\n"
     "Epoch 6: finished saving model to w.npz\n",
     6, 6, 0.5},
    {"ModelCheckpoint", "monitor=val_loss mode=auto save_best_only=1 verbose=1 filepath=w.npz",
     1, {1.03125},
     "\n"
     "Epoch 1: val_loss improved from None to 1.03125, saving model to w.npz\n"
     "\n"
     "Epoch 1: finished saving model to w.npz\n",
     1, 1, 0.5},
    {"ModelCheckpoint", "monitor=val_loss mode=auto save_best_only=1 verbose=1 filepath=w.npz",
     4, {1.9375, 1.0, NAN, NAN},
     "\n"
     "Epoch 1: val_loss improved from None to 1.93750, saving model to w.npz\n"
     "\n"
     "Epoch 1: finished saving model to w.npz\n"
     "\n"
     "Epoch 2: val_loss improved from 1.93750 to 1.00000, saving model to w.npz\n"
     "\n"
     "Epoch 2: finished saving model to w.npz\n"
     "\n"
     "Epoch 3: val_loss did not improve from 1.00000\n"
     "\n"
     "Epoch 4: val_loss did not improve from 1.00000\n",
     4, 4, 0.5},
    {"ModelCheckpoint", "monitor=val_accuracy mode=max save_best_only=1 verbose=1 filepath=w.npz",
     11, {1.0, NAN, 0.71875, 1.03125, 1.0, 0.1875, 0.5, 1.03125, 1.0, NAN, 1.03125},
     "\n"
     "Epoch 1: val_accuracy improved from None to 1.00000, saving model to w.npz\n"
     "\n"
     "Epoch 1: finished saving model to w.npz\n"
     "\n"
     "Epoch 2: val_accuracy did not improve from 1.00000\n"
     "\n"
     "Epoch 3: val_accuracy did not improve from 1.00000\n"
     "\n"
     "Epoch 4: val_accuracy improved from 1.00000 to 1.03125, saving model to w.npz\n"
     "\n"
     "Epoch 4: finished saving model to w.npz\n"
     "\n"
     "Epoch 5: val_accuracy did not improve from 1.03125\n"
     "\n"
     "Epoch 6: val_accuracy did not improve from 1.03125\n"
     "\n"
     "Epoch 7: val_accuracy did not improve from 1.03125\n"
     "\n"
     "Epoch 8: val_accuracy did not improve from 1.03125\n"
     "\n"
     "Epoch 9: val_accuracy did not improve from 1.03125\n"
     "\n"
     "Epoch 10: val_accuracy did not improve from 1.03125\n"
     "\n"
     "Epoch 11: val_accuracy did not improve from 1.03125\n",
     11, 11, 0.5},
    {"ModelCheckpoint", "monitor=val_accuracy mode=max save_best_only=1 verbose=1 filepath=w.npz",
     13, {2.625, NAN, 1.0, 1.78125, NAN, 1.96875, 1.03125, 0.75, NAN, 1.625, 2.4375, 1.03125, 1.0},
     "\n"
     "Epoch 1: val_accuracy improved from None to 2.62500, saving model to w.npz\n"
     "\n"
     "Epoch 1: finished saving model to w.npz\n"
     "\n"
     "Epoch 2: val_accuracy did not improve from 2.62500\n"
     "\n"
     "Epoch 3: val_accuracy did not improve from 2.62500\n"
     "\n"
     "Epoch 4: val_accuracy did not improve from 2.62500\n"
     "\n"
     "Epoch 5: val_accuracy did not improve from 2.62500\n"
     "\n"
     "Epoch 6: val_accuracy did not improve from 2.62500\n"
     "\n"
     "Epoch 7: val_accuracy did not improve from 2.62500\n"
     "\n"
     "Epoch 8: val_accuracy did not improve from 2.62500\n"
     "\n"
     "Epoch 9: val_accuracy did not improve from 2.62500\n"
     "\n"
     "Epoch 10: val_accuracy did not improve from 2.62500\n"
     "\n"
     "Epoch 11: val_accuracy did not improve from 2.62500\n"
     "\n"
     "Epoch 12: val_accuracy did not improve from 2.62500\n"
     "\n"
     "Epoch 13: val_accuracy did not improve from 2.62500\n",
     13, 13, 0.5},
    {"ModelCheckpoint", "monitor=val_accuracy mode=max save_best_only=1 initial_value_threshold=2.46875 verbose=1 filepath=w.npz",
     11, {1.375, NAN, 2.625, 1.03125, NAN, 2.0625, 1.90625, 1.0, NAN, 1.03125, 0.3125},
     "\n"
     "Epoch 1: val_accuracy did not improve from 2.46875\n"
     "\n"
     "Epoch 2: val_accuracy did not improve from 2.46875\n"
     "\n"
     "Epoch 3: val_accuracy improved from 2.46875 to 2.62500, saving model to w.npz\n"
     "\n"
     "Epoch 3: finished saving model to w.npz\n"
     "\n"
     "Epoch 4: val_accuracy did not improve from 2.62500\n"
     "\n"
     "Epoch 5: val_accuracy did not improve from 2.62500\n"
     "\n"
     "Epoch 6: val_accuracy did not improve from 2.62500\n"
     "\n"
     "Epoch 7: val_accuracy did not improve from 2.62500\n"
     "\n"
     "Epoch 8: val_accuracy did not improve from 2.62500\n"
     "\n"
     "Epoch 9: val_accuracy did not improve from 2.62500\n"
     "\n"
     "Epoch 10: val_accuracy did not improve from 2.62500\n"
     "\n"
     "Epoch 11: val_accuracy did not improve from 2.62500\n",
     11, 11, 0.5},
    {"ModelCheckpoint", "monitor=val_loss mode=auto save_best_only=1 verbose=1 filepath=w.npz",
     4, {1.0, 1.0, 0.9375, 1.84375},
     "\n"
     "Epoch 1: val_loss improved from None to 1.00000, saving model to w.npz\n"
     "\n"
     "Epoch 1: finished saving model to w.npz\n"
     "\n"
     "Epoch 2: val_loss did not improve from 1.00000\n"
     "\n"
     "Epoch 3: val_loss improved from 1.00000 to 0.93750, saving model to w.npz\n"
     "\n"
     "Epoch 3: finished saving model to w.npz\n"
     "\n"
     "Epoch 4: val_loss did not improve from 0.93750\n",
     4, 4, 0.5},
    {"ModelCheckpoint", "monitor=val_accuracy mode=auto save_best_only=1 verbose=1 filepath=w.npz",
     12, {1.03125, 1.03125, 1.28125, NAN, 1.0, NAN, 1.8125, 1.0, NAN, 0.71875, 0.84375, NAN},
     "\n"
     "Epoch 1: val_accuracy improved from None to 1.03125, saving model to w.npz\n"
     "\n"
     "Epoch 1: finished saving model to w.npz\n"
     "\n"
     "Epoch 2: val_accuracy did not improve from 1.03125\n"
     "\n"
     "Epoch 3: val_accuracy improved from 1.03125 to 1.28125, saving model to w.npz\n"
     "\n"
     "Epoch 3: finished saving model to w.npz\n"
     "\n"
     "Epoch 4: val_accuracy did not improve from 1.28125\n"
     "\n"
     "Epoch 5: val_accuracy did not improve from 1.28125\n"
     "\n"
     "Epoch 6: val_accuracy did not improve from 1.28125\n"
     "\n"
     "Epoch 7: val_accuracy improved from 1.28125 to 1.81250, saving model to w.npz\n"
     "\n"
     "Epoch 7: finished saving model to w.npz\n"
     "\n"
     "Epoch 8: val_accuracy did not improve from 1.81250\n"
     "\n"
     "Epoch 9: val_accuracy did not improve from 1.81250\n"
     "\n"
     "Epoch 10: val_accuracy did not improve from 1.81250\n"
     "\n"
     "Epoch 11: val_accuracy did not improve from 1.81250\n"
     "\n"
     "Epoch 12: val_accuracy did not improve from 1.81250\n",
     12, 12, 0.5},
};
/* clang-format on */

#endif
