/* By make_folds.py with scikit-learn 1.9.1. Whole numbers: exact. */
#ifndef NNLC_TESTS_GOLDEN_FOLDS_H
#define NNLC_TESTS_GOLDEN_FOLDS_H

#include "runtime/data/folds.h"

/* The class or group of each row, and the fold that holds it out. */
typedef struct GoldenFolds {
    RtFoldsKind kind;
    uint32_t n;
    int64_t rows, rarest;
    const int64_t *keys;
    const uint32_t *fold;
} GoldenFolds;

/* clang-format off */
static const int64_t folds_keys_0[] = {0, 0};
static const uint32_t folds_of_0[] = {0, 1};
static const int64_t folds_keys_1[] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
static const uint32_t folds_of_1[] = {0, 0, 0, 0, 1, 1, 1, 2, 2, 2};
static const int64_t folds_keys_2[] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
static const uint32_t folds_of_2[] = {0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3};
static const int64_t folds_keys_3[] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
static const uint32_t folds_of_3[] = {0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3, 4, 4, 4, 4, 4, 4, 4, 5, 5, 5, 5, 5, 5, 5, 6, 6, 6, 6, 6, 6, 6};
static const int64_t folds_keys_4[] = {0, 0, 0, 0, 0, 0, 0};
static const uint32_t folds_of_4[] = {0, 1, 2, 3, 4, 5, 6};
static const int64_t folds_keys_5[] = {1, 0, 1, 1, 0, 1, 0, 1, 0, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1};
static const uint32_t folds_of_5[] = {0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1};
static const int64_t folds_keys_6[] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0};
static const uint32_t folds_of_6[] = {0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 1, 1, 1};
static const int64_t folds_keys_7[] = {1, 1, 0, 1, 0, 0, 0, 1, 1, 1, 1, 2, 0, 0, 1, 1, 1, 0, 0, 2, 1, 0, 2, 0, 0, 1, 1, 0, 1, 0};
static const uint32_t folds_of_7[] = {0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 1, 1, 2, 2, 3, 2, 2, 3, 3, 3, 4, 3, 4, 3, 4, 4, 4, 4};
static const int64_t folds_keys_8[] = {2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
static const uint32_t folds_of_8[] = {0, 0, 1, 2, 3, 4, 0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 4, 4, 4, 4, 4};
static const int64_t folds_keys_9[] = {-1, 3, -1, -2, -2, 1, 0, 0, -2, 2, -1, 3, 3, -2, 1, 3, 2, 3, 0, 0, 3, 2, 0, 3, -1, 1, 1, -1, -1, 3, 1, 0, 3, 0, 3, 2, -2, 0, -2, -2, 0, -2, 3, 1, -1, 0, 0};
static const uint32_t folds_of_9[] = {0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 1, 1, 1, 1, 1, 0, 1, 1, 2, 1, 2, 1, 2, 2, 2, 2, 2, 3, 1, 3, 2, 3, 3, 2, 2, 2, 3, 2, 3, 3, 3, 3, 3, 3};
static const int64_t folds_keys_10[] = {3, 3, 3, 3, 3, 3, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, -1, -1, -1, -1, -1, -2, -2, -2, -2, -2, -2, -2, -2, -2};
static const uint32_t folds_of_10[] = {0, 0, 1, 1, 2, 3, 0, 0, 1, 2, 2, 3, 3, 0, 0, 1, 1, 1, 2, 2, 3, 3, 0, 0, 1, 1, 2, 2, 2, 3, 3, 0, 0, 1, 1, 2, 3, 3, 0, 0, 1, 1, 2, 2, 2, 3, 3};
static const int64_t folds_keys_11[] = {0, 0, 0, 0, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 1, 0};
static const uint32_t folds_of_11[] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 3, 2, 3, 3, 3, 3, 3, 3, 3, 3, 4, 4, 4, 4, 4, 4, 4, 4, 5, 5, 5, 5, 5, 5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 6};
static const int64_t folds_keys_12[] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0};
static const uint32_t folds_of_12[] = {0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3, 4, 4, 4, 4, 4, 4, 4, 4, 5, 5, 5, 5, 5, 5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 6, 0, 1, 2, 3};
static const int64_t folds_keys_13[] = {0, -2, -2, 0, 6, 1, -1, 2, -1, 6, 3, -2, 2, 0, 3, 4, 1, 6, 1, -1, 5, -1, 4, 4, -2, 5, 1, 4, -2, 6, 6, -1, 2};
static const uint32_t folds_of_13[] = {0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 1, 1, 2, 2, 0, 1, 1, 1, 1, 1, 2, 0, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2};
static const int64_t folds_keys_14[] = {6, 6, 6, 5, 5, 5, 5, 5, 4, 4, 4, 4, 4, 4, 4, 3, 3, 2, 2, 1, 1, 1, 0, 0, -1, -1, -1, -1, -1, -1, -1, -2, -2};
static const uint32_t folds_of_14[] = {0, 1, 2, 0, 0, 1, 1, 2, 0, 0, 1, 1, 2, 2, 2, 0, 1, 0, 2, 0, 1, 2, 1, 2, 0, 0, 0, 1, 1, 2, 2, 1, 2};
static const int64_t folds_keys_15[] = {0, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 1, 0, 1, 0, 1, 1, 0, 0, 0};
static const uint32_t folds_of_15[] = {1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 1};
static const int64_t folds_keys_16[] = {4, 7, 7, 4, 2, 6, 3, 1, 0, 4, 4, 3, 6, 1, 7, 0, 0, 3, 3, 2, 5, 5, 0, 1, 6, 5, 3, 3, 0, 6, 6, 0, 0, 2, 2, 3, 6, 5, 3, 3};
static const uint32_t folds_of_16[] = {1, 2, 2, 1, 0, 2, 0, 1, 1, 1, 1, 0, 2, 1, 2, 1, 1, 0, 0, 0, 2, 2, 1, 1, 2, 2, 0, 0, 1, 2, 2, 1, 1, 0, 0, 0, 2, 2, 0, 0};
static const int64_t folds_keys_17[] = {29, 9, 14, 21, 20, 32, 22, 5, 30, 7, 23, 1, 13, 35, 7, 28, 22, 28, 10, 33, 0, 33, 9, 25, 29, 36, 23, 33, 37, 4, 27, 38, 1, 23, 2, 26, 1, 32, 34, 38, 3, 37, 39, 0, 31, 12, 37, 33, 16, 4, 19, 4, 2, 5, 36, 24, 39, 32, 1, 32, 17, 5, 29, 12, 11, 34, 32, 21, 4, 6, 28, 16, 31, 37, 30, 39, 19, 33, 8, 14, 32, 19, 15, 10, 4, 31, 9, 25, 2, 6};
static const uint32_t folds_of_17[] = {1, 4, 0, 3, 3, 0, 2, 1, 0, 3, 0, 4, 1, 1, 3, 2, 2, 2, 2, 1, 0, 1, 4, 1, 1, 3, 0, 1, 3, 2, 2, 0, 4, 0, 2, 1, 4, 0, 4, 0, 4, 3, 3, 0, 4, 1, 3, 1, 4, 2, 3, 2, 2, 1, 3, 2, 3, 0, 4, 0, 4, 1, 1, 1, 2, 4, 0, 3, 2, 4, 2, 4, 4, 3, 0, 3, 3, 1, 3, 0, 0, 3, 0, 2, 2, 4, 4, 1, 2, 4};
static const int64_t folds_keys_18[] = {0, 4, 1, 4, 2, 4, 2, 4, 1, 2, 4, 1, 0, 3, 1, 0, 4, 0, 2, 3, 1, 2, 4, 4, 3, 2, 3, 3, 4, 1, 0, 3, 3};
static const uint32_t folds_of_18[] = {2, 0, 3, 0, 2, 0, 2, 0, 3, 2, 0, 3, 2, 1, 3, 2, 0, 2, 2, 1, 3, 2, 0, 0, 1, 2, 1, 1, 0, 3, 2, 1, 1};
static const int64_t folds_keys_19[] = {27, 61, 52, 43, 53, 3, 46, 18, 4, 30, 53, 49, 27, 2, 6, 43, 38, 51, 49, 54, 43, 30, 44, 6, 18, 47, 28, 2, 4, 29, 22, 56, 44, 29, 1, 5, 36, 42, 9, 30, 18, 39, 1, 52, 46, 49, 60, 25, 49, 7, 8, 32, 15, 5, 44, 4, 9, 4, 0, 58, 25, 22, 62, 39};
static const uint32_t folds_of_19[] = {1, 1, 0, 2, 2, 2, 1, 1, 1, 0, 2, 0, 1, 1, 2, 2, 1, 1, 0, 0, 2, 0, 2, 2, 1, 2, 1, 1, 1, 0, 0, 2, 2, 0, 2, 0, 2, 0, 1, 0, 1, 2, 2, 0, 1, 0, 0, 2, 0, 1, 0, 0, 2, 0, 2, 1, 1, 1, 0, 1, 2, 0, 0, 2};
static const GoldenFolds golden_folds[] = {
    {RT_FOLDS_plain, 2, 2, 0, folds_keys_0, folds_of_0},
    {RT_FOLDS_plain, 3, 10, 0, folds_keys_1, folds_of_1},
    {RT_FOLDS_plain, 4, 11, 0, folds_keys_2, folds_of_2},
    {RT_FOLDS_plain, 7, 50, 0, folds_keys_3, folds_of_3},
    {RT_FOLDS_plain, 7, 7, 0, folds_keys_4, folds_of_4},
    {RT_FOLDS_stratified, 2, 20, 5, folds_keys_5, folds_of_5},
    {RT_FOLDS_stratified, 2, 20, 6, folds_keys_6, folds_of_6},
    {RT_FOLDS_stratified, 5, 30, 3, folds_keys_7, folds_of_7},
    {RT_FOLDS_stratified, 5, 30, 6, folds_keys_8, folds_of_8},
    {RT_FOLDS_stratified, 4, 47, 4, folds_keys_9, folds_of_9},
    {RT_FOLDS_stratified, 4, 47, 6, folds_keys_10, folds_of_10},
    {RT_FOLDS_stratified, 7, 60, 12, folds_keys_11, folds_of_11},
    {RT_FOLDS_stratified, 7, 60, 4, folds_keys_12, folds_of_12},
    {RT_FOLDS_stratified, 3, 33, 2, folds_keys_13, folds_of_13},
    {RT_FOLDS_stratified, 3, 33, 2, folds_keys_14, folds_of_14},
    {RT_FOLDS_groups, 2, 20, 0, folds_keys_15, folds_of_15},
    {RT_FOLDS_groups, 3, 40, 0, folds_keys_16, folds_of_16},
    {RT_FOLDS_groups, 5, 90, 0, folds_keys_17, folds_of_17},
    {RT_FOLDS_groups, 4, 33, 0, folds_keys_18, folds_of_18},
    {RT_FOLDS_groups, 3, 64, 0, folds_keys_19, folds_of_19},
};
/* clang-format on */

#endif
