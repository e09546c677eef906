/* Pictures where memory runs out, one request at a time: an error with the path, and nothing is left behind.
 * wraps: malloc calloc realloc aligned_alloc */
#include <unistd.h>

#include "runtime/plot/figure.h"
#include "tests/unit/check.h"
#include "tests/unit/failing_memory.h"
#include "tests/unit/plot_figures.h"

enum { MOST_REQUESTS = 2000 };

/* Until it succeeds; there is at least one failure before. */
static void check_write(const char *name)
{
    RtFigure f = figure_named(name);
    RtError error;
    RtStatus status = RT_ERROR;
    long failures = 0;
    for (; status != RT_OK && failures < MOST_REQUESTS; failures++) {
        before_failure = failures;
        status = rt_figure_write(&f, "plot-memory.svg", &error);
        before_failure = -1;
        if (status != RT_OK) {
            CHECK_STR(error.text, "cannot write 'plot-memory.svg': Cannot allocate memory");
            CHECK(access("plot-memory.svg", F_OK) != 0);
        }
    }
    CHECK(failures > 2 && failures < MOST_REQUESTS);
    unlink("plot-memory.svg");
}

static void check_print(const char *name)
{
    RtFigure f = figure_named(name);
    RtError error;
    RtStatus status = RT_ERROR;
    long failures = 0;
    FILE *out = tmpfile();
    for (; status != RT_OK && failures < MOST_REQUESTS; failures++) {
        before_failure = failures;
        status = rt_figure_print(&f, out, &error);
        before_failure = -1;
        if (status != RT_OK)
            CHECK_STR(error.text, "cannot draw in the terminal: Cannot allocate memory");
    }
    CHECK(failures > 2 && failures < MOST_REQUESTS);
    fclose(out);
}

int main(void)
{
    static const char *const names[] = {"history", "runs", "scatter",   "cloud",
                                        "bars",    "hist", "confusion", "large_matrix"};
    char folder[] = "/tmp/nnlc-plot-XXXXXX";
    if (!CHECK(mkdtemp(folder) && chdir(folder) == 0))
        return check_done();
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        check_write(names[i]);
        check_print(names[i]);
    }
    CHECK(chdir("/") == 0 && rmdir(folder) == 0);
    return check_done();
}
