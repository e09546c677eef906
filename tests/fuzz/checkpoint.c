/* Any bytes as a checkpoint of a small program, which then goes on from it to its end. The first byte says what the
 * others are: 'f': the whole file; else the record of a real checkpoint, whose checksum is made right. The start is
 * made when the target begins, in today's format: it is put into the first folder of the command line. */
#include <signal.h>
#include <string.h>

#include "runtime/callbacks/callbacks.h"
#include "runtime/checkpoint/collect.h"
#include "runtime/checkpoint/record.h"
#include "runtime/commands/commands.h"
#include "runtime/data/crc32.h"
#include "tests/fuzz/source_fuzz.h"
#include "tests/unit/run_case.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);

enum { MOST = 1 << 16, CHECK_BYTES = 4 };

typedef struct Bytes {
    unsigned char at[MOST];
    size_t n;
} Bytes;

static struct {
    RunCase made;
    ImgProgram *image;
    NnlEntry entries[3];
    NnlProgram program;
    FILE *nowhere;
    int stop_after; /* batches; 0: it goes on */
    Bytes file;     /* a real checkpoint */
} fuzz;

/* ---- the program ---- */

static void loss(void *state, void *arena, void *scratch, const NnlIo *io, const NnlScalar *scalars,
                 int64_t begin, int64_t end, const int64_t *places)
{
    case_loss(state, arena, scratch, io, scalars, begin, end, places);
    if (fuzz.stop_after && !--fuzz.stop_after)
        raise(SIGTERM);
}

#define ARG(row, arg, kind, ...) {#row, #arg},
static const struct {
    const char *row, *name;
} arguments[] = {
#include "runtime/abi/callbacks.def"
};

enum { N_ARGUMENTS = sizeof arguments / sizeof *arguments, N_CALLBACKS = 4 };

static ImgArg args[N_CALLBACKS][N_ARGUMENTS];
static ImgCall calls[N_CALLBACKS];
static uint32_t call_list[N_CALLBACKS] = {0, 1, 2, 3};

static void make_call(uint32_t i, const char *row)
{
    uint32_t n = 0;
    for (int k = 0; k < N_ARGUMENTS; k++) {
        if (strcmp(arguments[k].row, row) != 0)
            continue;
        ImgArg *a = &args[i][n++];
        *a = (ImgArg){.name = arguments[k].name, .expr = IMG_NONE};
        a->none = !strcmp(a->name, "baseline");
        a->i = !strcmp(a->name, "patience") ? 5 : !strcmp(a->name, "restore_best_weights");
        a->text = !strcmp(a->name, "monitor")     ? "loss"
                  : !strcmp(a->name, "filename")  ? "/dev/null"
                  : !strcmp(a->name, "separator") ? ","
                                                  : "";
    }
    calls[i] = (ImgCall){.name = row, .args = {n, args[i]}, .place = IMG_NONE};
}

static void make_program(void)
{
    static ImgArg settings[2];
    static const char *const keep[] = {"describe", "compile", "fit", "evaluate", "print"};
    RunCase *c = &fuzz.made;
    char error[256];
    size_t size;
    uint32_t n = 0;
    run_case_make(c);
    image_free(c->image);
    make_call(0, "EarlyStopping");
    make_call(1, "ReduceLROnPlateau");
    make_call(2, "CSVLogger");
    make_call(3, "TerminateOnNaN");
    settings[0] = c->fit_settings[0];
    settings[1] =
        (ImgArg){.name = "callbacks", .expr = IMG_NONE, .calls = {N_CALLBACKS, call_list}};
    for (uint32_t i = 0; i < c->p.commands.n; i++)
        for (size_t k = 0; k < sizeof keep / sizeof *keep; k++)
            if (!strcmp(c->commands[i].name, keep[k]))
                c->commands[n++] = c->commands[i];
    c->p.commands.n = n;
    c->commands[2].settings.n = 2;
    c->commands[2].settings.at = settings;
    c->p.calls.n = N_CALLBACKS;
    c->p.calls.at = calls;
    c->p.digest = "0123456789abcdef";
    unsigned char *bytes = image_write(&c->p, &size);
    fuzz.image = image_read(bytes, size, error, sizeof error);
    free(bytes);
    static NnlPhase phase;
    phase = case_phases[0];
    phase.run = loss;
    memcpy(fuzz.entries, case_entries, sizeof case_entries);
    fuzz.entries[0].phases = &phase;
    fuzz.program = case_program;
    fuzz.program.entries = fuzz.entries;
    fuzz.nowhere = fopen("/dev/null", "w");
    if (!fuzz.image || !fuzz.nowhere)
        abort();
}

/* ---- a run ---- */

static RtStatus run_all(const char *checkpoint, const char *resume)
{
    RtValue option = rt_value_text("w.npz");
    RtSettings settings = {.threads = 1, .quiet = true, .checkpoint = checkpoint, .resume = resume};
    RtRun run;
    memset(&run, 0, sizeof run);
    run.options = &option;
    rt_interrupt_begin();
    RtStatus status = rt_run_open(&run, &fuzz.program, fuzz.image, &settings, NULL, fuzz.nowhere);
    if (status == RT_OK)
        status = rt_commands_run(&run);
    if (status == RT_ERROR && !*run.error.text)
        abort();
    rt_run_close(&run);
    rt_value_free(&option);
    return status;
}

/* ---- the start ---- */

static void read_all(const char *path, Bytes *b)
{
    FILE *in = fopen(path, "rb");
    b->n = in ? fread(b->at, 1, MOST, in) : 0;
    if (!b->n || b->n == MOST || fclose(in))
        abort();
}

static uint64_t header_length(const Bytes *b)
{
    uint64_t n = 0;
    for (int i = 0; i < 8; i++)
        n |= (uint64_t)b->at[i] << 8 * i;
    return n;
}

/* The entry of the record, which is the last tensor: where its numbers begin, and where its bytes do. */
static char *find_record(Bytes *b, unsigned long long *length, unsigned long long *begin)
{
    static const char entry[] = "\"" RT_KEPT_TENSOR "\":{\"dtype\":\"U8\",\"shape\":[";
    char *at = strstr((char *)b->at + 8, entry); /* no byte before it is zero */
    unsigned long long end;
    if (!at ||
        sscanf(at + strlen(entry), "%llu],\"data_offsets\":[%llu,%llu]", length, begin, &end) != 3)
        abort();
    return at + strlen(entry);
}

static void put_made(const char *folder, const char *name, char kind, const unsigned char *bytes,
                     size_t n)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *out = fopen(path, "wb");
    if (!out || fputc(kind, out) == EOF || fwrite(bytes, 1, n, out) != n || fclose(out))
        abort();
}

/* After `batches` batches; 0: at the end. */
static void make_start(const char *folder, int batches)
{
    char path[] = "/tmp/nnlc-fuzz-XXXXXX", name[32];
    unsigned long long length, begin;
    int fd = mkstemp(path);
    if (fd < 0)
        abort();
    close(fd);
    fuzz.stop_after = batches;
    if (run_all(path, NULL) != (batches ? RT_END : RT_OK) || run_all(NULL, path) != RT_OK)
        abort();
    read_all(path, &fuzz.file);
    unlink(path);
    find_record(&fuzz.file, &length, &begin);
    const unsigned char *record = fuzz.file.at + 8 + header_length(&fuzz.file) + begin;
    snprintf(name, sizeof name, "made-file-%d", batches);
    put_made(folder, name, 'f', fuzz.file.at, fuzz.file.n);
    snprintf(name, sizeof name, "made-record-%d", batches);
    put_made(folder, name, 'r', record, length - CHECK_BYTES);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    make_program();
    for (int i = 1; i < *argc; i++)
        if ((*argv)[i][0] != '-') {
            for (int batches = 0; batches < 4; batches++)
                make_start((*argv)[i], batches);
            return 0;
        }
    make_start("/tmp", 3);
    return 0;
}

/* ---- an input ---- */

static void write_record(FILE *out, const uint8_t *bytes, size_t size)
{
    unsigned long long length, begin;
    uint64_t header = header_length(&fuzz.file);
    char *numbers = find_record(&fuzz.file, &length, &begin), *end = strchr(numbers, '}'),
         text[128];
    uint32_t sum = rt_crc32(0, bytes, size);
    size_t total = size + CHECK_BYTES, before = (size_t)(numbers - (char *)fuzz.file.at);
    int n = snprintf(text, sizeof text, "%zu],\"data_offsets\":[%llu,%llu]", total, begin,
                     begin + total);
    uint64_t now = before - 8 + (size_t)n + header + 8 - (size_t)(end - (char *)fuzz.file.at);
    for (int i = 0; i < 8; i++)
        fputc((int)(now >> 8 * i & 0xff), out);
    fwrite(fuzz.file.at + 8, 1, before - 8, out);
    fwrite(text, 1, (size_t)n, out);
    fwrite(end, 1, header + 8 - (size_t)(end - (char *)fuzz.file.at), out);
    fwrite(fuzz.file.at + 8 + header, 1, begin, out);
    fwrite(bytes, 1, size, out);
    for (int i = 0; i < CHECK_BYTES; i++)
        fputc((int)(sum >> 8 * i & 0xff), out);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    FuzzFile f;
    if (size < 1)
        return 0;
    fuzz_file_open(&f, bytes + 1, bytes[0] == 'f' ? size - 1 : 0);
    if (bytes[0] != 'f')
        write_record(f.file, bytes + 1, size - 1);
    if (fflush(f.file))
        abort();
    fuzz.stop_after = 0;
    (void)run_all(NULL, f.path);
    fuzz_file_close(&f);
    return 0;
}
