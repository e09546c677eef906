/* logs_events.c: scalars in an event file of TensorBoard: of Keras's callback those of the epochs ("epoch_loss"), of other
 * programs all.
 *
 * A record is its length, a checksum of the length, an event, a checksum of the event; an event is
 *
 *     Event          2 step, 5 summary
 *     Summary        1 value: 1 tag, 2 simple_value, 8 tensor
 *     TensorProto    1 dtype, 4 content, 5 float_val, 6 double_val */
#include <math.h>
#include <string.h>

#include "runtime/data/crc32.h"
#include "runtime/logs/run_logs_internal.h"

enum {
    WIRE_VARINT,
    WIRE_64,
    WIRE_BYTES,
    WIRE_32 = 5,
    DT_FLOAT = 1,
    DT_DOUBLE = 2,
    HEAD = 12,
    MOST_TAG = 200
};

typedef struct Bytes {
    const unsigned char *at, *end;
} Bytes;

typedef struct Field {
    unsigned number, wire;
    uint64_t whole; /* varint, 32 and 64 bits */
    Bytes bytes;
} Field;

static uint64_t little(const unsigned char *at, int n)
{
    uint64_t value = 0;
    for (int i = n; i--;)
        value = value << 8 | at[i];
    return value;
}

/* ---- protobuf ---- */

static bool next_varint(Bytes *b, uint64_t *value)
{
    *value = 0;
    for (int shift = 0; shift < 64 && b->at < b->end; shift += 7) {
        unsigned char byte = *b->at++;
        *value |= (uint64_t)(byte & 0x7f) << shift;
        if (byte < 0x80)
            return true;
    }
    return false;
}

/* False at the end, and where the message is damaged. */
static bool next_field(Bytes *b, Field *f)
{
    uint64_t key, n = 0;
    if (!next_varint(b, &key))
        return false;
    *f = (Field){.number = (unsigned)(key >> 3), .wire = (unsigned)(key & 7)};
    if (f->wire == WIRE_VARINT)
        return next_varint(b, &f->whole);
    if (f->wire == WIRE_BYTES && !next_varint(b, &n))
        return false;
    n = f->wire == WIRE_64 ? 8 : f->wire == WIRE_32 ? 4 : n;
    if ((f->wire != WIRE_64 && f->wire != WIRE_32 && f->wire != WIRE_BYTES) ||
        n > (uint64_t)(b->end - b->at))
        return false;
    f->bytes = (Bytes){b->at, b->at + n};
    b->at += n;
    return true;
}

static double float_at(const unsigned char *at)
{
    uint32_t bits = (uint32_t)little(at, 4);
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static double double_at(const unsigned char *at)
{
    uint64_t bits = little(at, 8);
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

/* A tensor of one float or double. */
static bool read_tensor(Bytes b, double *value)
{
    Field f;
    uint64_t dtype = DT_FLOAT;
    bool found = false;
    while (next_field(&b, &f)) {
        size_t n = (size_t)(f.bytes.end - f.bytes.at);
        if (f.number == 1)
            dtype = f.whole;
        bool is_float = f.number == 5 || (f.number == 4 && dtype == DT_FLOAT);
        bool is_double = f.number == 6 || (f.number == 4 && dtype == DT_DOUBLE);
        if ((is_float && n == 4) || (is_double && n == 8)) {
            *value = n == 4 ? float_at(f.bytes.at) : double_at(f.bytes.at);
            found = true;
        }
    }
    return found;
}

/* ---- events ---- */

/* Of Keras's tags those of batches are left out; its epochs are the steps of the others. */
static RtStatus add_value(const RtLogFile *file, const char *tag, uint64_t step, double value)
{
    static const char epoch[] = "epoch_";
    bool is_epoch = !strncmp(tag, epoch, sizeof epoch - 1);
    if (!strncmp(tag, "batch_", 6) || !strncmp(tag, "evaluation_", 11))
        return RT_OK;
    RtLogs *logs = file->logs;
    RtLogRun *run = logs->n ? &logs->runs[0] : rt_logs_run(logs, "", -1);
    if (!run || !rt_logs_add(run, tag + (is_epoch ? sizeof epoch - 1 : 0), (double)step, value))
        return rt_logs_no_memory(file);
    return RT_OK;
}

static RtStatus read_summary_value(const RtLogFile *file, Bytes b, uint64_t step)
{
    Field f;
    char tag[MOST_TAG] = "";
    double value = NAN;
    bool found = false;
    while (next_field(&b, &f)) {
        size_t n = (size_t)(f.bytes.end - f.bytes.at);
        if (f.number == 1 && n < sizeof tag) {
            memcpy(tag, f.bytes.at, n);
            tag[n] = 0;
        } else if (f.number == 2 && f.wire == WIRE_32) {
            value = float_at(f.bytes.at);
            found = true;
        } else if (f.number == 8 && f.wire == WIRE_BYTES) {
            found = read_tensor(f.bytes, &value);
        }
    }
    return found && *tag ? add_value(file, tag, step, value) : RT_OK;
}

/* The step may stand behind the summary. */
static RtStatus read_event(const RtLogFile *file, Bytes event)
{
    Field f;
    uint64_t step = 0;
    Bytes b = event;
    RtStatus status = RT_OK;
    while (next_field(&b, &f))
        if (f.number == 2 && f.wire == WIRE_VARINT)
            step = f.whole;
    for (b = event; status == RT_OK && next_field(&b, &f);) {
        Field value;
        Bytes summary = f.bytes;
        while (status == RT_OK && f.number == 5 && f.wire == WIRE_BYTES &&
               next_field(&summary, &value))
            if (value.number == 1 && value.wire == WIRE_BYTES)
                status = read_summary_value(file, value.bytes, step);
    }
    return status;
}

/* ---- records ---- */

/* TensorFlow's form of a checksum. */
static bool is_sum_of(const unsigned char *sum, const unsigned char *bytes, size_t n)
{
    uint32_t crc = rt_crc32c(0, bytes, n);
    return little(sum, 4) == ((crc >> 15 | crc << 17) + 0xa282ead8);
}

bool rt_logs_are_events(const unsigned char *bytes, size_t n)
{
    return n >= HEAD && is_sum_of(bytes + 8, bytes, 8);
}

/* The last record of a run that was killed may be half there. */
RtStatus rt_logs_events(const RtLogFile *f)
{
    const unsigned char *bytes = (const unsigned char *)f->text;
    RtStatus status = RT_OK;
    for (size_t at = 0; status == RT_OK && f->size - at >= HEAD;) {
        uint64_t n = little(bytes + at, 8);
        size_t left = f->size - at - HEAD;
        const unsigned char *data = bytes + at + HEAD;
        bool is_whole = is_sum_of(bytes + at + 8, bytes + at, 8);
        if (is_whole && (n > left || left - n < 4))
            return RT_OK;
        if (!is_whole || !is_sum_of(data + n, data, (size_t)n))
            return rt_fail(f->error,
                           "'%s' is damaged: the checksum of the record at byte %zu is wrong",
                           f->path, at);
        status = read_event(f, (Bytes){data, data + n});
        at += HEAD + (size_t)n + 4;
    }
    return status;
}
