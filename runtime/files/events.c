/* events.c: records of uint64 length, its checksum, an Event as protobuf, its checksum.
 *
 *     Event          1 wall_time (double), 2 step, 3 file_version, 5 summary
 *     Summary        1 value: 1 tag, 8 tensor, 9 metadata
 *     TensorProto    1 dtype, 2 shape (2 dim: 1 size), 4 content, 5 float_val
 *     metadata       1 plugin_data: 1 plugin_name
 *
 * Zeros are left out, as protobuf does. */
#include "runtime/files/events.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "runtime/data/crc32.h"
#include "runtime/files/folders.h"
#include "runtime/files/text.h"

enum { BUCKETS = 30, WIRE_VARINT = 0, WIRE_64 = 1, WIRE_BYTES = 2, DT_FLOAT = 1, DT_DOUBLE = 2 };

typedef struct Bucket {
    double left, right, count;
} Bucket;

/* What an event says: a scalar if there are no buckets; without a tag the version of the format. */
typedef struct Event {
    double time;
    int64_t step;
    const char *tag;
    float scalar;
    const Bucket *buckets; /* BUCKETS of them */
} Event;

/* ---- protobuf ---- */

typedef struct Proto {
    FILE *out; /* NULL: only counts */
    size_t n;
    uint32_t crc;
} Proto;

typedef void Body(Proto *p, const Event *e);

static void put(Proto *p, const void *bytes, size_t n)
{
    p->n += n;
    if (!p->out)
        return;
    p->crc = rt_crc32c(p->crc, bytes, n);
    fwrite(bytes, 1, n, p->out);
}

static void put_varint(Proto *p, uint64_t value)
{
    unsigned char byte;
    for (; value >= 0x80; value >>= 7) {
        byte = (unsigned char)(value | 0x80);
        put(p, &byte, 1);
    }
    byte = (unsigned char)value;
    put(p, &byte, 1);
}

static void put_key(Proto *p, unsigned field, unsigned wire)
{
    put_varint(p, field << 3 | wire);
}

static void put_number(Proto *p, unsigned field, int64_t value)
{
    put_key(p, field, WIRE_VARINT);
    put_varint(p, (uint64_t)value);
}

static void put_little(Proto *p, uint64_t value, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++)
        put(p, &(unsigned char){(unsigned char)(value >> 8 * i)}, 1);
}

static void put_double(Proto *p, double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    put_little(p, bits, sizeof bits);
}

static void put_message(Proto *p, unsigned field, Body *body, const Event *e)
{
    Proto inner = {NULL, 0, 0};
    body(&inner, e);
    put_key(p, field, WIRE_BYTES);
    put_varint(p, inner.n);
    body(p, e);
}

/* ---- what is in an event ---- */

static void put_version(Proto *p, const Event *e)
{
    (void)e;
    put(p, "brain.Event:2", 13);
}

/* Bytes that are not UTF-8 become U+FFFD: protobuf refuses them. */
static void put_tag(Proto *p, const Event *e)
{
    for (const char *at = e->tag; *at;) {
        size_t n = rt_utf8_length((const unsigned char *)at);
        put(p, n ? at : "\xef\xbf\xbd", n ? n : 3);
        at += n ? n : 1;
    }
}

static void put_rows(Proto *p, const Event *e)
{
    (void)e;
    put_number(p, 1, BUCKETS);
}

static void put_columns(Proto *p, const Event *e)
{
    (void)e;
    put_number(p, 1, 3);
}

static void put_shape(Proto *p, const Event *e)
{
    if (!e->buckets)
        return;
    put_message(p, 2, put_rows, e);
    put_message(p, 2, put_columns, e);
}

static void put_content(Proto *p, const Event *e)
{
    for (int i = 0; i < BUCKETS; i++) {
        put_double(p, e->buckets[i].left);
        put_double(p, e->buckets[i].right);
        put_double(p, e->buckets[i].count);
    }
}

static void put_float(Proto *p, const Event *e)
{
    uint32_t bits;
    memcpy(&bits, &e->scalar, sizeof bits);
    put_little(p, bits, sizeof bits);
}

static void put_tensor(Proto *p, const Event *e)
{
    put_number(p, 1, e->buckets ? DT_DOUBLE : DT_FLOAT);
    put_message(p, 2, put_shape, e);
    put_message(p, e->buckets ? 4 : 5, e->buckets ? put_content : put_float, e);
}

static void put_plugin_name(Proto *p, const Event *e)
{
    const char *name = e->buckets ? "histograms" : "scalars";
    put(p, name, strlen(name));
}

static void put_plugin(Proto *p, const Event *e)
{
    put_message(p, 1, put_plugin_name, e);
}

static void put_metadata(Proto *p, const Event *e)
{
    put_message(p, 1, put_plugin, e);
}

static void put_value(Proto *p, const Event *e)
{
    put_message(p, 1, put_tag, e);
    put_message(p, 8, put_tensor, e);
    put_message(p, 9, put_metadata, e);
}

static void put_summary(Proto *p, const Event *e)
{
    put_message(p, 1, put_value, e);
}

static void put_event(Proto *p, const Event *e)
{
    put_key(p, 1, WIRE_64);
    put_double(p, e->time);
    if (e->step)
        put_number(p, 2, e->step);
    if (e->tag)
        put_message(p, 5, put_summary, e);
    else
        put_message(p, 3, put_version, e);
}

/* ---- records ---- */

static uint32_t masked(uint32_t crc)
{
    return (crc >> 15 | crc << 17) + 0xa282ead8;
}

static void put_record(RtAppend *file, Event *e)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    e->time = (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
    Proto size = {NULL, 0, 0}, length = {file->out, 0, 0}, data = length, sum = length;
    put_event(&size, e);
    put_little(&length, size.n, 8);
    put_little(&sum, masked(length.crc), 4);
    put_event(&data, e);
    put_little(&sum, masked(data.crc), 4);
}

void rt_events_scalar(RtAppend *file, const char *tag, int64_t step, double value)
{
    Event e = {.step = step, .tag = tag, .scalar = (float)value};
    put_record(file, &e);
}

/* Halves where the range is larger than a double. */
static void fill_buckets(const double *values, int64_t n, double least, double most,
                         Bucket buckets[BUCKETS])
{
    double unit = isfinite(most - least) ? 1 : 0.5, low = least * unit;
    double width = (most * unit - low) / BUCKETS;
    for (int k = 0; k < BUCKETS; k++) {
        buckets[k].left = k ? buckets[k - 1].right : least;
        buckets[k].right = k == BUCKETS - 1 ? most : (low + (k + 1) * width) / unit;
    }
    for (int64_t i = 0; i < n; i++) {
        double at = floor((values[i] * unit - low) / width);
        if (isfinite(values[i]))
            buckets[at >= BUCKETS - 1 || least == most ? BUCKETS - 1
                    : at > 0                           ? (int)at
                                                       : 0]
                .count++;
    }
}

void rt_events_histogram(RtAppend *file, const char *tag, int64_t step, const double *values,
                         int64_t n)
{
    Bucket buckets[BUCKETS] = {{0, 0, 0}};
    Event e = {.step = step, .tag = tag, .buckets = buckets};
    double least = INFINITY, most = -INFINITY;
    for (int64_t i = 0; i < n; i++)
        if (isfinite(values[i])) {
            least = values[i] < least ? values[i] : least;
            most = values[i] > most ? values[i] : most;
        }
    if (least <= most)
        fill_buckets(values, n, least, most, buckets);
    put_record(file, &e);
}

/* ---- the file ---- */

static char *path_of(const char *folder, const char *name)
{
    size_t size = strlen(folder) + strlen(name) + 2;
    char *path = malloc(size);
    if (path)
        snprintf(path, size, "%s/%s", folder, name);
    return path;
}

static bool is_there(const char *folder, const char *name)
{
    char *path = path_of(folder, name);
    bool there = path && access(path, F_OK) == 0;
    free(path);
    return there;
}

char *rt_events_name(const char *folder, char *buf, size_t size)
{
    char host[256] = "";
    if (gethostname(host, sizeof host - 1) != 0 || !*host)
        strcpy(host, "localhost");
    for (int k = 0; k == 0 || is_there(folder, buf); k++)
        snprintf(buf, size, "events.out.tfevents.%010lld.%.200s.%ld.%d.v2", (long long)time(NULL),
                 host, (long)getpid(), k);
    return buf;
}

RtStatus rt_events_open(const char *folder, const char *name, int64_t at, RtAppend **out,
                        RtError *error)
{
    char *path = path_of(folder, name);
    if (!path)
        return rt_fail(error, "not enough memory to write into '%s'", folder);
    RtStatus status = rt_folders_make(path, error);
    if (status == RT_OK)
        status = rt_append_open(path, at, out, error);
    free(path);
    if (status == RT_OK && at == 0)
        put_record(*out, &(Event){.step = 0});
    return status;
}
