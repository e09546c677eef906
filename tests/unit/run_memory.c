/* A run when memory or threads run out: every single request fails once. Each failure is a message with what
 * there was no memory for; nothing leaks (under ASan), and no half-written file stays.
 *
 * wraps: malloc calloc realloc aligned_alloc pthread_create rt_keeper_did rt_keeper_save rt_ModelCheckpoint_epoch_end */
#include <dirent.h>
#include <errno.h>
#include <pthread.h>

#include "runtime/callbacks/callbacks.h"
#include "runtime/checkpoint/keeper.h"
#include "runtime/cli/arguments.h"
#include "runtime/commands/commands.h"
#include "runtime/math/initializers.h"
#include "runtime/train/state.h"
#include "tests/unit/data_case.h"
#include "tests/unit/failing_memory.h"
#include "tests/unit/run_case.h"

int __real_pthread_create(pthread_t *thread, const pthread_attr_t *attr, void *(*start)(void *),
                          void *arg);
int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attr, void *(*start)(void *),
                          void *arg);

RtStatus __real_rt_keeper_did(RtKeeper *k, const RtPosition *at, RtDid did);
RtStatus __wrap_rt_keeper_did(RtKeeper *k, const RtPosition *at, RtDid did);
RtStatus __real_rt_keeper_save(RtKeeper *k, const RtPosition *at, const char *path);
RtStatus __wrap_rt_keeper_save(RtKeeper *k, const RtPosition *at, const char *path);
RtStatus __real_rt_ModelCheckpoint_epoch_end(RtTraining *t, RtCallback *cb);
RtStatus __wrap_rt_ModelCheckpoint_epoch_end(RtTraining *t, RtCallback *cb);

static bool no_threads;
static int n_kept, n_helped; /* saved while training: in all, and although a request failed */

int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attr, void *(*start)(void *),
                          void *arg)
{
    return no_threads ? EAGAIN : __real_pthread_create(thread, attr, start, arg);
}

/* What is saved while training is saved whichever request fails. Where no thread can be had, the file is written at once. */
static RtStatus kept(RtStatus status, bool was_to_fail)
{
    CHECK_EQ_INT(status, RT_OK);
    n_kept++;
    n_helped += was_to_fail && before_failure < 0;
    return status;
}

RtStatus __wrap_rt_keeper_did(RtKeeper *k, const RtPosition *at, RtDid did)
{
    bool will_fail = before_failure >= 0;
    return kept(__real_rt_keeper_did(k, at, did), will_fail);
}

RtStatus __wrap_rt_keeper_save(RtKeeper *k, const RtPosition *at, const char *path)
{
    bool will_fail = before_failure >= 0;
    return kept(__real_rt_keeper_save(k, at, path), will_fail);
}

RtStatus __wrap_rt_ModelCheckpoint_epoch_end(RtTraining *t, RtCallback *cb)
{
    bool will_fail = before_failure >= 0;
    return kept(__real_rt_ModelCheckpoint_epoch_end(t, cb), will_fail);
}

/* Messages of the run itself; those of readers and writers are in data_memory.c. */
static struct {
    const char *text;
    bool seen;
} messages[] = {
    {"not enough memory to start", false},
    {"not enough memory for --file", false},
    {"not enough memory for the path '.'", false},
    {"not enough memory for the path 'p.csv'", false},
    {"not enough memory for the path 'w.npz'", false},
    {"cannot start 2 threads: Cannot allocate memory", false},
    {"not enough memory for 'net': its weights and optimizer need 384 bytes", false},
    {"'kernel': not enough memory for its initial values", false},
    {"'kernel': not enough memory for the initializer 'orthogonal'", false},
    {"not enough memory for the source 'blobs'", false},
    {"not enough memory to count 2 classes", false},
    {"not enough memory for training", false},
    {"not enough memory for the callbacks", false},
    {"not enough memory for 'EarlyStopping'", false},
    {"not enough memory for the path 'c{epoch}-{loss:.2f}.npz'", false},
    {"not enough memory for the path 'logs'", false},
    {"not enough memory to write into 'logs/train'", false},
    {"not enough memory for a histogram of 'kernel'", false},
    {"not enough memory for the columns of 'log.csv'", false},
    {"not enough memory for a copy of the weights of 'net'", false},
    {"not enough memory for the metrics of a training", false},
    {"not enough memory for 'net.train.4': it needs 64 bytes", false},
    {"not enough memory for 1 transforms", false},
    {"not enough memory for a batch of 4 rows", false},
    {"not enough memory to describe a data set", false},
    {"not enough memory to load 'w.npz'", false},
    {"not enough memory for a row of 2 values", false},
    {"not enough memory for the order of 8 rows", false},
    {"not enough memory for the history of a training", false},
    {"not enough memory for the results", false},
    {"not enough memory for 'net.eval.4': it needs 64 bytes", false},
    {"not enough memory for 'net.predict.4': it needs 64 bytes", false},
    {"not enough memory for the predictions of 4 rows", false},
    {"not enough memory for the predictions", false},
    {"not enough memory for the report on 'net'", false},
    {"not enough memory to save later", false},
    {"not enough memory to save 'net'", false},
    {"not enough memory for the checkpoint 'run.ck'", false},
    {"not enough memory for a value", false},
    {"not enough memory for the paths of the commands", false},
    {"not enough memory to print", false},
    {"not enough memory for a picture", false},
    {"not enough memory for the panels of a plot", false},
    {"not enough memory for the path 'p.svg'", false},
    {"not enough memory for the hash", false},
};

static void note(const char *text)
{
    for (size_t i = 0; i < sizeof messages / sizeof *messages; i++)
        messages[i].seen = messages[i].seen || !strcmp(messages[i].text, text);
    if (!strstr(text, "ot enough memory") && !strstr(text, "annot allocate memory") &&
        !strstr(text, "cannot start"))
        CHECK_STR(text, "a message about memory");
}

static const char *checkpoint; /* --checkpoint and --resume; NULL: none */
static bool saves_again;

/* Each request of a command that writes fails in turn: what was trained is saved all the same, with the memory that was
 * taken for it before. Without it, each failure is told. */
static void test_writes(RtRun *run, const ImgCommand *c)
{
    RtReserve reserve = {.bytes = rt_saving_bytes(run)};
    CHECK(reserve.bytes > (size_t)run->image->instances.at[0].block_bytes);
    for (int with = 1; with >= 0; with--) {
        bool has_failed = true;
        run->reserve = with ? &reserve : NULL;
        for (long request = 0; has_failed && request < 3000; request++) {
            CHECK(!with || rt_reserve_claim(&reserve));
            before_failure = request;
            RtStatus status = rt_command_run(run, c);
            has_failed = before_failure < 0;
            before_failure = -1;
            CHECK(status == RT_OK || !with);
            if (status != RT_OK)
                note(run->error.text);
        }
        CHECK(!has_failed);
    }
    run->reserve = NULL;
    rt_reserve_free(&reserve);
}

/* Without the reserve a checkpoint that cannot be written is told. */
static void test_checkpoint_alone(RtRun *run)
{
    RtKeeper k;
    bool has_failed = true;
    no_threads = true;
    CHECK_EQ_INT(rt_keeper_open(&k, run), RT_OK);
    for (long request = 0; has_failed && request < 3000; request++) {
        before_failure = request;
        RtStatus status = __real_rt_keeper_save(&k, &(RtPosition){.finished = true}, "run.ck");
        has_failed = before_failure < 0;
        before_failure = -1;
        CHECK(has_failed || status == RT_OK);
        if (status != RT_OK)
            note(run->error.text);
    }
    CHECK(!has_failed);
    CHECK_EQ_INT(rt_keeper_close(&k, RT_OK), RT_OK);
    no_threads = false;
    unlink("run.ck");
}

static void test_all_that_write(RtRun *run)
{
    int n = 0;
    test_checkpoint_alone(run);
    for (uint32_t i = 0; i < run->image->commands.n; i++)
        if (rt_command_writes(&run->image->commands.at[i])) {
            test_writes(run, &run->image->commands.at[i]);
            n++;
        }
    CHECK_EQ_INT(n, 3); /* save, plot, predict */
}

/* The whole of a trainer's main, with the command line --file=w.npz --threads=N. */
static RtStatus run_all(RunCase *c, DataCase *folder, const char *threads, FILE *out)
{
    char *argv[] = {"hand", "--file=w.npz", (char *)(uintptr_t)threads, NULL};
    RtArguments a;
    RtRun run;
    RtStatus status = rt_arguments_parse(c->image, threads ? 3 : 2, argv, &a, &folder->error);
    if (status == RT_OK) {
        memset(&run, 0, sizeof run);
        run.options = a.options;
        a.settings.out_dir = folder->folder;
        a.settings.quiet = true;
        a.settings.checkpoint = a.settings.resume = checkpoint;
        status = rt_run_open(&run, &case_program, c->image, &a.settings, NULL, out);
        if (status == RT_OK)
            status = rt_commands_run(&run);
        if (status == RT_OK && saves_again)
            test_all_that_write(&run);
        if (status == RT_OK) {
            run.error.text[0] = 0;
            (void)rt_block_hash(run.models[0].image, run.models[0].block, true, &run.error);
            status = run.error.text[0] ? RT_ERROR : RT_OK;
        }
        folder->error = run.error;
        rt_run_close(&run);
    }
    rt_arguments_free(c->image, &a);
    return status;
}

/* The files of TensorBoard have names of their own. */
static void forget_events(DataCase *folder, const char *name)
{
    char path[128], file[400];
    DIR *dir = opendir(case_path(folder, name, path, sizeof path));
    for (struct dirent *e; dir && (e = readdir(dir)) != NULL;) {
        snprintf(file, sizeof file, "%s/%s", path, e->d_name);
        unlink(file);
    }
    if (dir)
        closedir(dir);
    rmdir(path);
}

static void forget_files(DataCase *folder)
{
    char path[128];
    unlink(case_path(folder, "p.csv", path, sizeof path));
    unlink(case_path(folder, "w.npz", path, sizeof path));
    unlink(case_path(folder, "p.svg", path, sizeof path));
    forget_events(folder, "logs/train");
    forget_events(folder, "logs/validation");
    rmdir(case_path(folder, "logs", path, sizeof path));
    unlink(case_path(folder, "log.csv", path, sizeof path));
    unlink(case_path(folder, "c1-0.50.npz", path, sizeof path));
    unlink(case_path(folder, "c2-0.50.npz", path, sizeof path));
    CHECK_EQ_INT(case_count_files(folder), 0);
}

static void test_saving(RunCase *c, DataCase *folder, FILE *out)
{
    saves_again = true;
    CHECK_EQ_INT(chdir(folder->folder), 0);
    CHECK_EQ_INT(run_all(c, folder, "--threads=2", out), RT_OK);
    forget_files(folder);
    CHECK_EQ_INT(chdir("/"), 0);
    saves_again = false;
}

/* Syncing a folder may fail silently: the file is there all the same. */
static void test_memory(RunCase *c, DataCase *folder, FILE *out)
{
    bool has_failed = true;
    for (long request = 0; has_failed && request < 3000; request++) {
        before_failure = request;
        RtStatus status = run_all(c, folder, "--threads=2", out);
        has_failed = before_failure < 0;
        before_failure = -1;
        if (status != RT_OK)
            note(case_error(folder));
        CHECK(has_failed || status == RT_OK);
        forget_files(folder);
    }
    CHECK(!has_failed);
    for (size_t i = 0; i < sizeof messages / sizeof *messages; i++)
        if (!CHECK(messages[i].seen))
            fprintf(stderr, "never seen: %s\n", messages[i].text);
}

/* Checkpoints, written by the thread that trains: every failure elsewhere is told, and the next run goes on or begins anew. */
static void test_checkpoints(RunCase *c, DataCase *folder, FILE *out)
{
    bool has_failed = true;
    no_threads = true;
    n_helped = 0;
    checkpoint = "run.ck";
    CHECK_EQ_INT(chdir(folder->folder), 0);
    for (long request = 0; has_failed && request < 3000; request++) {
        before_failure = request;
        RtStatus status = run_all(c, folder, "--threads=1", out);
        has_failed = before_failure < 0;
        before_failure = -1;
        if (status != RT_OK)
            note(case_error(folder));
        CHECK(has_failed || status == RT_OK);
        CHECK_EQ_INT(run_all(c, folder, "--threads=1", out), RT_OK);
        unlink("run.ck");
        forget_files(folder);
    }
    CHECK(!has_failed && n_helped > 200);
    CHECK_EQ_INT(chdir("/"), 0);
    no_threads = false;
    checkpoint = NULL;
}

/* Threads that were asked for must be there; others are only for speed. */
static void test_threads(RunCase *c, DataCase *folder, FILE *out)
{
    no_threads = true;
    CHECK_EQ_INT(run_all(c, folder, "--threads=2", out), RT_ERROR);
    CHECK_STR(case_error(folder), "cannot start 2 threads: Resource temporarily unavailable");
    CHECK_EQ_INT(run_all(c, folder, "--threads=1", out), RT_OK);
    forget_files(folder);
    CHECK_EQ_INT(run_all(c, folder, NULL, out), RT_OK);
    no_threads = false;
    forget_files(folder);
}

/* What only a compiler of another version could ask for. */
/* What a compiler that knows less might ask for. */
static void refuses(DataCase *folder, const char *initializer, const char *text)
{
    double value;
    const int64_t dims[] = {1};
    const RtInit init = {.name = initializer, .rank = 1, .dims = dims};
    CHECK_EQ_INT(rt_init_draw(&init, 0, 1, &value, &folder->error), RT_ERROR);
    CHECK_STR(folder->error.text, text);
}

static void test_unknown(RunCase *c, DataCase *folder)
{
    RtRun run = {.image = c->image};
    ImgCommand command = case_command("export");
    CHECK_EQ_INT(rt_command_run(&run, &command), RT_ERROR);
    CHECK_STR(run.error.text, "the command 'export' is not part of this runtime");
    refuses(folder, "magic", "unknown initializer 'magic'");
    refuses(folder, "orthogonal",
            "the initializer 'orthogonal' needs weights of at least two axes");
    refuses(folder, "identity", "the initializer 'identity' needs a matrix");
}

int main(void)
{
    RunCase c;
    DataCase folder;
    FILE *out = fopen("/dev/null", "w");
    if (!out)
        abort();
    case_open(&folder);
    run_case_make(&c);
    test_saving(&c, &folder, out);
    test_memory(&c, &folder, out);
    test_checkpoints(&c, &folder, out);
    test_threads(&c, &folder, out);
    test_unknown(&c, &folder);
    image_free(c.image);
    case_close(&folder);
    fclose(out);
    return check_done();
}
