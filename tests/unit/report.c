/* Reports of classes and of numbers are those of scikit-learn; what stands behind them. */
#include "runtime/train/report.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tests/golden/report.h"
#include "tests/unit/check.h"

/* Without blanks at the ends of lines. */
static void trim(char *text)
{
    char *to = text;
    for (const char *at = text; *at; at++) {
        while (*at == '\n' && to > text && to[-1] == ' ')
            to--;
        *to++ = *at;
    }
    *to = 0;
}

static char *classes_text(const RtNames *names, int64_t classes, const int64_t *counts,
                          int64_t usual)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    rt_report_classes(out, names, classes, counts, usual);
    fclose(out);
    trim(text);
    return text;
}

static void check_classes(void)
{
    for (size_t i = 0; i < sizeof golden_reports / sizeof *golden_reports; i++) {
        const RtNames names = {golden_reports[i].n_names,
                               (char **)(uintptr_t)golden_reports[i].names};
        char *text = classes_text(&names, golden_reports[i].classes, golden_reports[i].counts, -1);
        size_t n = strlen(golden_reports[i].text);
        CHECK(strlen(text) > n && text[n] == '\n');
        text[n < strlen(text) ? n : 0] = 0;
        CHECK_STR(text, golden_reports[i].text);
        free(text);
    }
}

static void check_matrix(void)
{
    static const int64_t counts[] = {7, 1, 0, 2};
    char *at[] = {(char[]){"no"}, (char[]){"y\xc3\xa9s"}};
    const RtNames names = {2, at};
    char *text = classes_text(&names, 2, counts, 1), *matrix = strstr(text, "true");
    CHECK_STR(
        matrix ? matrix : text,
        "true \\ predicted     no    y\xc3\xa9s\n"
        "              no      7      1\n"
        "             y\xc3\xa9s      0      2\n"
        "\nbaseline: always y\xc3\xa9s, the most frequent class of the training part: accuracy "
        "0.2000\n");
    free(text);
}

/* Of many classes: the worst ten pairs, the first ones of equal counts. */
static void check_pairs(void)
{
    enum { N = 30 };
    int64_t *counts = calloc(N * N, sizeof *counts);
    const RtNames names = {0, NULL};
    for (int i = 0; i < N; i++)
        counts[i * N + (i + 1) % N] = i % 12;
    counts[3 * N + 3] = 100;
    char *text = classes_text(&names, N, counts, -1), *pairs = strstr(text, "     rows");
    CHECK_STR(pairs ? pairs : text, "     rows  taken for another class most often\n"
                                    "       11  11, taken for 12\n"
                                    "       11  23, taken for 24\n"
                                    "       10  10, taken for 11\n"
                                    "       10  22, taken for 23\n"
                                    "        9  9, taken for 10\n"
                                    "        9  21, taken for 22\n"
                                    "        8  8, taken for 9\n"
                                    "        8  20, taken for 21\n"
                                    "        7  7, taken for 8\n"
                                    "        7  19, taken for 20\n");
    free(text);
    free(counts);
}

static void check_values(void)
{
    const RtNames names = {0, NULL};
    for (size_t i = 0; i < sizeof golden_values / sizeof *golden_values; i++) {
        char *text = NULL;
        size_t size = 0;
        FILE *out = open_memstream(&text, &size);
        rt_report_values(out, &names, golden_values[i].rows, golden_values[i].columns,
                         golden_values[i].y, golden_values[i].p, golden_values[i].means);
        fclose(out);
        char *at = text;
        for (int k = 0; k < 2 * golden_values[i].columns && at; k++) {
            char *found = strstr(at, golden_values[i].lines[k]);
            CHECK_STR(found ? golden_values[i].lines[k] : at, golden_values[i].lines[k]);
            at = found ? found + 1 : NULL;
        }
        free(text);
    }
}

/* The five worst rows, the largest error first, NaN before all. */
static void check_worst(void)
{
    static const double y[] = {1, 2, 3, 4, 5, 6, 7}, mean = 0;
    const double p[] = {1, 2.5, 2, NAN, 5, 8, 7.25};
    const RtNames names = {0, NULL};
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    rt_report_values(out, &names, 7, 1, y, p, &mean);
    fclose(out);
    char *worst = strstr(text, "worst row");
    CHECK_STR(worst ? worst : text, "worst row       target   prediction        error\n"
                                    "        3            4          nan          nan\n"
                                    "        5            6            8            2\n"
                                    "        2            3            2           -1\n"
                                    "        1            2          2.5          0.5\n"
                                    "        6            7         7.25         0.25\n");
    free(text);
}

int main(void)
{
    check_classes();
    check_matrix();
    check_pairs();
    check_values();
    check_worst();
    return check_done();
}
