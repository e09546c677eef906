/* TensorBoard's event files: names, checksums, and bytes as protobuf's own library writes them.
 *
 * With a folder as argument it writes a file into it, for tests/runtime/files/events.test.
 * wraps: clock_gettime malloc calloc realloc aligned_alloc */
#include "runtime/files/events.h"

#include <math.h>
#include <time.h>

#include "runtime/data/crc32.h"
#include "tests/unit/data_case.h"
#include "tests/unit/failing_memory.h"

int __real_clock_gettime(clockid_t clock, struct timespec *now);
int __wrap_clock_gettime(clockid_t clock, struct timespec *now);

static bool is_stopped; /* the clock, at 1.5 s */

int __wrap_clock_gettime(clockid_t clock, struct timespec *now)
{
    *now = (struct timespec){1, 500000000};
    return is_stopped ? 0 : __real_clock_gettime(clock, now);
}

static void check_crc(void)
{
    CHECK_EQ_INT(rt_crc32(0, "123456789", 9), 0xcbf43926);
    CHECK_EQ_INT(rt_crc32c(0, "123456789", 9), 0xe3069283);
    CHECK_EQ_INT(rt_crc32c(rt_crc32c(0, "1234", 4), "56789", 5), 0xe3069283);
    CHECK_EQ_INT(rt_crc32c(0, (char[32]){0}, 32), 0x8a9136aa);
}

static void check_name(const DataCase *c)
{
    char name[300], next[300], *end;
    CHECK(!strncmp(rt_events_name(c->folder, name, sizeof name), "events.out.tfevents.", 20));
    long long seconds = strtoll(name + 20, &end, 10);
    CHECK(llabs(seconds - (long long)time(NULL)) < 100 && *end == '.');
    CHECK(strlen(name) > 5 && !strcmp(name + strlen(name) - 5, ".0.v2"));
    for (int i = 0; i < 3; i++) { /* unless the second changed in between */
        case_write(c, rt_events_name(c->folder, name, sizeof name), "", 0);
        rt_events_name(c->folder, next, sizeof next);
        CHECK(strcmp(name, next) != 0);
    }
}

/* The event of the record at byte *at, as hexadecimal digits. */
static const char *event_text(const unsigned char *bytes, size_t *at)
{
    static char text[512];
    size_t n = bytes[*at]; /* the others are 0 in a short one */
    for (size_t i = 0; i < n; i++)
        snprintf(text + 2 * i, 3, "%02x", bytes[*at + 12 + i]);
    *at += n + 16;
    return text;
}

static void check_bytes(DataCase *c)
{
    RtAppend *f = NULL;
    size_t size, at = 0;
    is_stopped = true;
    if (!CHECK_EQ_INT(rt_events_open(c->folder, "e", 0, &f, &c->error), RT_OK))
        return;
    rt_events_scalar(f, "loss", 3, 0.5);
    CHECK_EQ_INT(rt_append_close(f, &c->error), RT_OK);
    is_stopped = false;
    char *bytes = case_bytes(c, "e", &size);
    CHECK_STR(event_text((unsigned char *)bytes, &at),
              "09000000000000f83f1a0d627261696e2e4576656e743a32");
    CHECK_STR(event_text((unsigned char *)bytes, &at),
              "09000000000000f83f10032a210a1f0a046c6f7373420a080112002a040000003f4a0b0a090a0773"
              "63616c617273");
    CHECK_EQ_INT(size, at);
    free(bytes);
}

static void check_failures(DataCase *c)
{
    RtAppend *f = NULL;
    char path[128];
    case_write(c, "file", "", 0);
    case_path(c, "file", path, sizeof path);
    CHECK_EQ_INT(rt_events_open(path, "e", 0, &f, &c->error), RT_ERROR);
    CHECK_STR(case_error(c), "cannot make the folder 'file': File exists");
    CHECK_EQ_INT(rt_events_open(c->folder, "e", 100000, &f, &c->error), RT_ERROR);
    CHECK(!strncmp(case_error(c), "cannot continue 'e': it has ", 28));
    before_failure = 0;
    CHECK_EQ_INT(rt_events_open("logs", "e", 0, &f, &c->error), RT_ERROR);
    CHECK_STR(c->error.text, "not enough memory to write into 'logs'");
    before_failure = -1;
}

/* A run that is killed after it wrote more than its checkpoint knows of, and the one that goes on. */
static RtStatus write_into(const char *folder, RtError *error)
{
    RtAppend *f = NULL;
    char name[300];
    RtStatus status =
        rt_events_open(folder, rt_events_name(folder, name, sizeof name), 0, &f, error);
    if (status != RT_OK)
        return status;
    rt_events_scalar(f, "epoch_loss", 0, 0.5);
    rt_events_scalar(f, "epoch_loss", 1, NAN);
    rt_events_scalar(f, "epoch_loss", 300, 0.1);
    rt_events_scalar(f,
                     "gr\xc3\xb6\xc3\x9f"
                     "e \xff",
                     INT64_MAX, 1e300);
    rt_events_histogram(f, "dense/kernel", 0, (double[]){3, 0, NAN, 1, INFINITY, 2.95}, 6);
    rt_events_histogram(f, "same", 1, (double[]){2, 2, 2}, 3);
    rt_events_histogram(f, "none", 1, NULL, 0);
    rt_events_histogram(f, "wide", 1, (double[]){-1.7e308, 1.7e308}, 2);
    rt_events_histogram(f, "narrow", 1, (double[]){0, 5e-324}, 2);
    status = rt_append_flush(f, error);
    int64_t length = f->length;
    rt_events_scalar(f, "lost", 301, 1);
    if (status != RT_OK || rt_append_close(f, error) != RT_OK)
        return RT_ERROR;
    status = rt_events_open(folder, name, length, &f, error);
    if (status != RT_OK)
        return status;
    rt_events_scalar(f, "epoch_loss", 301, 0.25);
    return rt_append_close(f, error);
}

int main(int argc, char **argv)
{
    DataCase c;
    case_open(&c);
    if (argc > 1) {
        CHECK_EQ_INT(write_into(argv[1], &c.error), RT_OK);
    } else {
        check_crc();
        check_name(&c);
        check_bytes(&c);
        check_failures(&c);
    }
    case_close(&c);
    return check_done();
}
