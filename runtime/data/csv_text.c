/* csv_text.c: bytes eight at a time where they are ASCII; the rest one by one. */
#include "runtime/data/csv_text.h"

#include <string.h>

static const uint64_t ones = 0x0101010101010101u, tops = 0x8080808080808080u;

RtEncoding rt_encoding_named(const char *name)
{
    static const struct {
        const char *name;
        RtEncoding encoding;
    } names[] = {{"utf8", RT_UTF8},
                 {"utf-8", RT_UTF8},
                 {"UTF-8", RT_UTF8},
                 {"latin1", RT_LATIN1},
                 {"latin-1", RT_LATIN1},
                 {"iso-8859-1", RT_LATIN1},
                 {"windows-1252", RT_WINDOWS_1252},
                 {"cp1252", RT_WINDOWS_1252}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (!strcmp(names[i].name, name))
            return names[i].encoding;
    return RT_N_ENCODINGS;
}

/* The first byte in [at, end) that is 0 or not ASCII, from its word on. */
static const char *skip_ascii(const char *at, const char *end)
{
    for (; end - at >= 8; at += 8) {
        uint64_t word;
        memcpy(&word, at, 8);
        if ((word | ((word - ones) & ~word)) & tops)
            break;
    }
    while (at < end && *at && !((unsigned char)*at & 0x80))
        at++;
    return at;
}

/* Bytes of the character that starts here; 0: it is no UTF-8. More than there are: cut off. */
static size_t character(const unsigned char *p, size_t n)
{
    size_t size = *p < 0x80 ? 1 : *p < 0xc2 ? 0 : *p < 0xe0 ? 2 : *p < 0xf0 ? 3 : *p < 0xf5 ? 4 : 0;
    for (size_t i = 1; i < size && i < n; i++)
        if ((p[i] & 0xc0) != 0x80)
            return 0;
    if (size < 3 || n < 2)
        return size;
    /* overlong forms, surrogates, beyond U+10FFFF */
    bool wrong = (*p == 0xe0 && p[1] < 0xa0) || (*p == 0xed && p[1] > 0x9f) ||
                 (*p == 0xf0 && p[1] < 0x90) || (*p == 0xf4 && p[1] > 0x8f);
    return wrong ? 0 : size;
}

/* Texts of other encodings have no control characters. */
static bool has_controls(const char *at, const char *end)
{
    for (; at < end; at++)
        if ((unsigned char)*at < 0x20 && !strchr("\t\n\r\f\v\x1a", *at))
            return true;
    return false;
}

void rt_text_look(const char *at, const char *end, bool last, bool *plain, RtTextFault *fault)
{
    const char *from = at;
    while ((at = skip_ascii(at, end)) < end) {
        size_t left = (size_t)(end - at), size = character((const unsigned char *)at, left);
        if (!*at || !size || (size > left && last)) {
            *fault = (RtTextFault){at, !*at                      ? "there is a zero byte"
                                       : has_controls(from, end) ? "there are control characters"
                                                                 : NULL};
            return;
        }
        *plain = false;
        if (size > left)
            return;
        at += size;
    }
}

const char *rt_text_other_file(const char *bytes, size_t n)
{
    static const struct {
        const char *start, *what;
    } files[] = {{"PK\3\4", "a ZIP file, as spreadsheets (.xlsx, .ods) are: save it as CSV there"},
                 {"\xd0\xcf\x11\xe0", "an old Excel file (.xls): save it as CSV there"},
                 {"\xff\xfe", "UTF-16 text: save it as UTF-8"},
                 {"\xfe\xff", "UTF-16 text: save it as UTF-8"},
                 {"PAR1", "a Parquet file: write it as CSV first"},
                 {"ARROW1", "an Arrow file: write it as CSV first"},
                 {"<!DOCTYPE", "a web page: was the address that of the file itself?"},
                 {"<!doctype", "a web page: was the address that of the file itself?"},
                 {"<html", "a web page: was the address that of the file itself?"},
                 {"<?xml", "XML: save it as CSV"},
                 {"[{", "JSON: write it as CSV first"},
                 {"{\"", "JSON: write it as CSV first"},
                 {"@relation", "an ARFF file of Weka: save it as CSV there"},
                 {"@RELATION", "an ARFF file of Weka: save it as CSV there"},
                 {"GIF8", "a picture"},
                 {"SQLite format 3", "an SQLite database"},
                 {"%PDF", "a PDF file"},
                 {"\x89PNG", "a picture"},
                 {"\xff\xd8\xff", "a picture"},
                 {"\x93NUMPY", "a NumPy array: read it with npy(...)"},
                 {"\x89HDF", "an HDF5 file: read it with h5(...)"},
                 {"BZh", "bzip2-compressed: unpack it first"},
                 {"\xfd"
                  "7zXZ",
                  "xz-compressed: unpack it first"},
                 {"\x28\xb5\x2f\xfd", "zstd-compressed: unpack it first"}};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        if (n >= strlen(files[i].start) && !memcmp(bytes, files[i].start, strlen(files[i].start)))
            return files[i].what;
    return NULL;
}

/* 0x80 to 0x9f of Windows; those that are not used there stay control characters, as in Latin-1. */
static const uint16_t windows[32] = {0x20ac, 0x81,   0x201a, 0x192,  0x201e, 0x2026, 0x2020, 0x2021,
                                     0x2c6,  0x2030, 0x160,  0x2039, 0x152,  0x8d,   0x17d,  0x8f,
                                     0x90,   0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
                                     0x2dc,  0x2122, 0x161,  0x203a, 0x153,  0x9d,   0x17e,  0x178};

char *rt_text_widen(RtEncoding encoding, const unsigned char *bytes, size_t n, char *to)
{
    for (size_t i = 0; i < n; i++) {
        bool moved = encoding == RT_WINDOWS_1252 && bytes[i] >= 0x80 && bytes[i] < 0xa0;
        unsigned c = moved ? windows[bytes[i] - 0x80] : bytes[i];
        if (c < 0x80) {
            *to++ = (char)c;
            continue;
        }
        if (c < 0x800) {
            *to++ = (char)(0xc0 | c >> 6);
        } else {
            *to++ = (char)(0xe0 | c >> 12);
            *to++ = (char)(0x80 | (c >> 6 & 0x3f));
        }
        *to++ = (char)(0x80 | (c & 0x3f));
    }
    return to;
}
