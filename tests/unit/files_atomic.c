/* Files that appear whole or not at all: replaced, abandoned, unwritable, through links and pipes. */
#include "runtime/files/atomic.h"

#include <fcntl.h>
#include <math.h>
#include <sys/wait.h>

#include "runtime/files/predictions.h"
#include "tests/unit/data_case.h"

static void expect_file(const DataCase *c, const char *name, const char *text)
{
    size_t size;
    char *bytes = case_bytes(c, name, &size);
    CHECK_STR(bytes, text);
    free(bytes);
}

static void check_replace(DataCase *c)
{
    char path[128];
    RtFile f;
    case_path(c, "a", path, sizeof path);
    case_write(c, "a", "old", 3);
    if (!CHECK_EQ_INT(rt_file_begin(path, &f, &c->error), RT_OK))
        return;
    fputs("new", f.out);
    fflush(f.out);
    expect_file(c, "a", "old");
    CHECK_EQ_INT(rt_file_commit(&f, &c->error), RT_OK);
    expect_file(c, "a", "new");
    CHECK_EQ_INT(rt_file_begin(path, &f, &c->error), RT_OK);
    fputs("half", f.out);
    rt_file_abandon(&f);
    expect_file(c, "a", "new");
    CHECK_EQ_INT(case_count_files(c), 1);
}

static void check_links(DataCase *c)
{
    char path[128], link[128];
    RtFile f;
    struct stat st;
    case_write(c, "goal", "old", 3);
    CHECK(
        !symlink(case_path(c, "goal", path, sizeof path), case_path(c, "link", link, sizeof link)));
    CHECK_EQ_INT(rt_file_begin(link, &f, &c->error), RT_OK);
    fputs("new", f.out);
    CHECK_EQ_INT(rt_file_commit(&f, &c->error), RT_OK);
    expect_file(c, "goal", "new");
    CHECK(!lstat(link, &st) && S_ISLNK(st.st_mode));
    CHECK_EQ_INT(rt_file_begin("/dev/null", &f, &c->error), RT_OK);
    fputs("gone", f.out);
    CHECK_EQ_INT(rt_file_commit(&f, &c->error), RT_OK);
    CHECK(!stat("/dev/null", &st) && S_ISCHR(st.st_mode));
}

static void check_unwritable(DataCase *c)
{
    RtFile f;
    int before = case_count_files(c);
    CHECK_EQ_INT(rt_file_begin(c->folder, &f, &c->error), RT_ERROR);
    CHECK_STR(case_error(c), "cannot write '': Is a directory");
    CHECK_EQ_INT(rt_file_begin("/nowhere/a", &f, &c->error), RT_ERROR);
    CHECK_STR(c->error.text, "cannot write '/nowhere/a': No such file or directory");
    CHECK_EQ_INT(rt_file_begin("", &f, &c->error), RT_ERROR);
    CHECK_STR(c->error.text, "cannot write '': the name is empty");
    CHECK_EQ_INT(rt_file_begin("/dev/full", &f, &c->error), RT_OK);
    fputs("too much", f.out);
    CHECK_EQ_INT(rt_file_commit(&f, &c->error), RT_ERROR);
    CHECK_STR(c->error.text, "cannot write '/dev/full': No space left on device");
    CHECK_EQ_INT(case_count_files(c), before);
}

/* The name was taken away while the file was written: nothing is left beside it. */
static void check_rename(DataCase *c)
{
    char path[128];
    RtFile f;
    int before = case_count_files(c);
    CHECK_EQ_INT(rt_file_begin(case_path(c, "b", path, sizeof path), &f, &c->error), RT_OK);
    CHECK(!mkdir(path, 0777));
    CHECK_EQ_INT(rt_file_commit(&f, &c->error), RT_ERROR);
    CHECK_STR(case_error(c), "cannot write 'b': Is a directory");
    CHECK_EQ_INT(case_count_files(c), before + 1);
}

/* What a killed process left is removed by the next one that writes the file, folders of a linker too; what a living
 * process writes, and what only looks like it, stays. */
static void check_left(DataCase *c)
{
    char path[128];
    RtFile f;
    int before = case_count_files(c), ready[2], done[2];
    char byte;
    case_write(c, "left.nnlc-1.tmp", "half", 4);
    case_write(c, "left.nnlc-0123456789abcdef.tmp", "half", 4);
    CHECK(!mkdir(case_path(c, "left.nnlc-fedcba9876543210.tmp", path, sizeof path), 0700));
    case_write(c, "left.nnlc-fedcba9876543210.tmp/program", "half", 4);
    case_write(c, "left.nnlc-x.tmp", "", 0);
    case_write(c, "left.nnlc-1.tmp2", "", 0);
    case_write(c, "xleft.nnlc-1.tmp", "", 0);
    CHECK(!mkfifo(case_path(c, "left.nnlc-2.tmp", path, sizeof path), 0600));
    CHECK(!pipe(ready) && !pipe(done));
    case_path(c, "left", path, sizeof path);
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        bool good = rt_file_begin(path, &f, &c->error) == RT_OK;
        good = write(ready[1], "x", 1) == 1 && read(done[0], &byte, 1) == 1 && good;
        fputs("child", f.out);
        _exit(good && rt_file_commit(&f, &c->error) == RT_OK ? 0 : 1);
    }
    CHECK(child > 0 && read(ready[0], &byte, 1) == 1);
    /* the child has its own, and removed the others */
    CHECK_EQ_INT(case_count_files(c), before + 5);
    CHECK_EQ_INT(rt_file_begin(path, &f, &c->error), RT_OK);
    CHECK_EQ_INT(case_count_files(c), before + 6);
    fputs("new", f.out);
    CHECK_EQ_INT(rt_file_commit(&f, &c->error), RT_OK);
    expect_file(c, "left", "new");
    CHECK_EQ_INT(case_count_files(c), before + 6);
    int status = 1;
    CHECK(write(done[1], "x", 1) == 1 && waitpid(child, &status, 0) == child && status == 0);
    expect_file(c, "left", "child");
    CHECK_EQ_INT(case_count_files(c), before + 5);
}

/* A name as long as the system allows. */
static void check_names(DataCase *c)
{
    char name[256] = "", path[400];
    RtFile f;
    for (int i = 0; i < 127; i++)
        strcat(name, "\xc3\xa4");
    snprintf(path, sizeof path, "%s/%s", c->folder, name);
    int before = case_count_files(c);
    CHECK_EQ_INT(rt_file_begin(path, &f, &c->error), RT_OK);
    CHECK_EQ_INT(case_count_files(c), before + 1);
    fputs("x", f.out);
    CHECK_EQ_INT(rt_file_commit(&f, &c->error), RT_OK);
    CHECK(!access(path, F_OK) && !unlink(path));
}

/* Two temporary files of one file have names of their own, which nobody can know before. */
static void check_random(DataCase *c)
{
    char path[128];
    RtFile a, b;
    case_path(c, "r", path, sizeof path);
    CHECK_EQ_INT(rt_file_begin(path, &a, &c->error), RT_OK);
    CHECK_EQ_INT(rt_file_begin(path, &b, &c->error), RT_OK);
    CHECK(strcmp(a.beside.name, b.beside.name) != 0);
    CHECK(!strncmp(a.beside.name, "r.nnlc-", 7) && strlen(a.beside.name) == 27);
    fputs("a", a.out);
    fputs("b", b.out);
    CHECK_EQ_INT(rt_file_commit(&b, &c->error), RT_OK);
    CHECK_EQ_INT(rt_file_commit(&a, &c->error), RT_OK);
    expect_file(c, "r", "a");
    CHECK(!unlink(path));
}

/* All that a signal removes: the files of this process, also after others came and went. */
static void check_signal(DataCase *c)
{
    char path[128];
    RtFile f[3];
    int before = case_count_files(c);
    for (int i = 0; i < 3; i++)
        CHECK_EQ_INT(
            rt_file_begin(case_path(c, (const char *[]){"s0", "s1", "s2"}[i], path, sizeof path),
                          &f[i], &c->error),
            RT_OK);
    CHECK_EQ_INT(rt_file_commit(&f[1], &c->error), RT_OK);
    CHECK_EQ_INT(case_count_files(c), before + 3);
    rt_beside_remove_all();
    CHECK_EQ_INT(case_count_files(c), before + 1);
    rt_file_abandon(&f[0]);
    CHECK_EQ_INT(rt_file_commit(&f[2], &c->error), RT_ERROR);
    CHECK_STR(case_error(c), "cannot write 's2': No such file or directory");
    CHECK_EQ_INT(rt_file_begin(case_path(c, "s1", path, sizeof path), &f[0], &c->error), RT_ERROR);
    CHECK_STR(case_error(c), "cannot write 's1': Interrupted system call");
    CHECK(!unlink(path));
}

static const double three_rows[] = {1,        0.1f, 0.1,         1e300, -2.5,      1.0 / 3,
                                    16777216, 0.0,  1.0f / 3.0f, 1e-45, 0.0 / 1.0, 123456.789};
static const char *const four_names[] = {"plain", "with \"quotes\"", "a,b", ""};

static void check_csv(DataCase *c)
{
    RtPredictions p = {.rows = 3, .cols = 4, .values = three_rows, .names = four_names};
    char path[128];
    case_path(c, "t.csv", path, sizeof path);
    CHECK_EQ_INT(rt_predictions_csv(path, &p, &c->error), RT_OK);
    expect_file(c, "t.csv",
                "plain,\"with \"\"quotes\"\"\",\"a,b\",\"\"\n1,0.1,0.1,1e+300\n"
                "-2.5,0.3333333333333333,16777216,0\n0.33333334,1e-45,0,123456.789\n");
    p.rows = 0;
    CHECK_EQ_INT(rt_predictions_csv("/nowhere/t.csv", &p, &c->error), RT_ERROR);
}

/* Columns in front, labels with and without a name, numbers that are none. */
static void check_classes(DataCase *c)
{
    static const double values[] = {NAN, INFINITY, 0.25, -INFINITY};
    static const int64_t labels[] = {0, 1};
    static const char *const names[] = {"two\nlines", "1"}, *const texts[] = {"x,1", "\xff\"\\"};
    const RtKeptColumn kept = {"id", texts};
    RtPredictions p = {.rows = 2,
                       .cols = 2,
                       .values = values,
                       .names = names,
                       .labels = labels,
                       .n_classes = 1,
                       .classes = names,
                       .n_kept = 1,
                       .kept = &kept};
    char path[128];
    case_path(c, "t.csv", path, sizeof path);
    CHECK_EQ_INT(rt_predictions_csv(path, &p, &c->error), RT_OK);
    expect_file(c, "t.csv",
                "id,class,\"two\nlines\",1\n\"x,1\",\"two\nlines\",nan,inf\n"
                "\"\xff\"\"\\\",1,0.25,-inf\n");
    case_path(c, "t.jsonl", path, sizeof path);
    CHECK_EQ_INT(rt_predictions_jsonl(path, &p, &c->error), RT_OK);
    expect_file(
        c, "t.jsonl",
        "{\"id\": \"x,1\", \"class\": \"two\\u000alines\", \"scores\": {\"two\\u000alines\": "
        "null, \"1\": null}}\n"
        "{\"id\": \"\\ufffd\\\"\\\\\", \"class\": 1, \"scores\": {\"two\\u000alines\": 0.25, "
        "\"1\": null}}\n");
    p.labels = NULL;
    p.rows = 1;
    CHECK_EQ_INT(rt_predictions_jsonl(path, &p, &c->error), RT_OK);
    expect_file(c, "t.jsonl", "{\"id\": \"x,1\", \"two\\u000alines\": null, \"1\": null}\n");
    CHECK_EQ_INT(rt_predictions_jsonl("/nowhere/t.jsonl", &p, &c->error), RT_ERROR);
}

/* Standard output that is full; the results of the test go out through a copy of it. */
static void check_full_output(DataCase *c)
{
    RtPredictions p = {.rows = 1, .cols = 4, .values = three_rows, .names = four_names};
    int out = dup(1);
    fflush(stdout);
    if (!CHECK(out >= 0 && freopen("/dev/full", "w", stdout)))
        return;
    CHECK_EQ_INT(rt_predictions_csv("-", &p, &c->error), RT_OK);
    CHECK(fflush(stdout) != 0);
    clearerr(stdout);
    CHECK(dup2(out, 1) == 1);
    close(out);
}

int main(void)
{
    DataCase c;
    case_open(&c);
    check_replace(&c);
    check_links(&c);
    check_unwritable(&c);
    check_rename(&c);
    check_left(&c);
    check_names(&c);
    check_random(&c);
    check_csv(&c);
    check_classes(&c);
    check_full_output(&c);
    check_signal(&c);
    case_close(&c);
    return check_done();
}
