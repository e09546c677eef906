/* CSV files: what RFC 4180 and habit allow, the three kinds of targets, and each error's place. */
#include <math.h>

#include "runtime/data/number.h"
#include "tests/unit/data_case.h"

static const RtSourceArg by_name[] = {CASE_TEXT("path", "t.csv"), CASE_TEXT("target", "y")};
static const RtSourceArg no_header[] = {CASE_TEXT("path", "t.csv"), CASE_NUMBER("target", -1),
                                        CASE_NUMBER("header", 0)};

static void write_text(DataCase *c, const char *text)
{
    case_write(c, "t.csv", text, strlen(text));
}

/* "1 2|3 4" */
static const char *values(const RtArray *a, char *buf, size_t size)
{
    size_t n = 0;
    int64_t row = rt_array_row(a);
    buf[0] = 0;
    for (int64_t i = 0; i < a->dims[0] * row && n < size; i++)
        n += (size_t)snprintf(buf + n, size - n, "%s%.9g",
                              !i        ? ""
                              : i % row ? " "
                                        : "|",
                              rt_array_f64(a, i));
    return buf;
}

static void expect(DataCase *c, const char *text, const char *x, const char *y)
{
    char buf[256];
    write_text(c, text);
    if (!CHECK_EQ_INT(case_read(c, "csv", 2, by_name), RT_OK)) {
        fprintf(stderr, "%s\n", c->error.text);
        return;
    }
    CHECK_STR(values(c->x, buf, sizeof buf), x);
    CHECK_STR(values(c->y, buf, sizeof buf), y);
}

static void check_forms(DataCase *c)
{
    expect(c, "a,b,y\n1,2,0\n3,4,1\n", "1 2|3 4", "0|1");
    expect(c, "a,b,y\r\n1,2,0\r\n3,4,1\r\n", "1 2|3 4", "0|1");
    expect(c,
           "\xef\xbb\xbf"
           "a,b,y\n1,2,0\n3,4,1",
           "1 2|3 4", "0|1");
    expect(c, "\n\na,b,y\n\n1,2,0\n   \n3,4,1\n\n\n", "1 2|3 4", "0|1");
    expect(c, "\"a\",\"b\",\"y\"\n\"1\",\"2\" , 0\n 3 ,\t4,\"1\"", "1 2|3 4", "0|1");
    expect(c, "\"two\nlines\",\"say \"\"b\"\"\",y\n1,2,0\n", "1 2", "0");
    CHECK_STR(c->columns.at[0], "two\nlines");
    CHECK_STR(c->columns.at[1], "say \"b\"");
    expect(c, "a,y\n1e3,0\n-.5,0\n+5.,0\n1.5E-2,0\n", "1000|-0.5|5|0.015", "0|0|0|0");
    expect(c, "a,y\n123456789012345678901234567890,0\n0.1,0\n3.4e38,0\n",
           "1.23456789e+29|0.1|3.4e+38", "0|0|0");
    expect(c, ",y,\n1,2,3\n", "1 3", "2");
    CHECK_STR(c->columns.at[0], "0");
    CHECK_STR(c->columns.at[1], "2");
    expect(c, "a,y\r\n1,2\r", "1", "2");
}

static void check_targets(DataCase *c)
{
    expect(c, "a,y\n1,2.5\n1,-1\n", "1|1", "2.5|-1");
    CHECK_EQ_INT(c->y->dtype, RT_f32);
    expect(c, "a,y\n1,5\n1,-1\n", "1|1", "5|-1");
    CHECK_EQ_INT(c->y->dtype, RT_i32);
    expect(c, "a,y\n1,5000000000\n", "1", "5e+09");
    CHECK_EQ_INT(c->y->dtype, RT_f32);
    expect(c, "a,y\n1,pear\n2,apple\n3,NB\n4,pear\n", "1|2|3|4", "2|1|0|2");
    CHECK_EQ_INT(c->y->dtype, RT_i32);
    CHECK_EQ_INT(c->class_names.n, 3);
    CHECK_STR(c->class_names.at[0], "NB");
    CHECK_STR(c->class_names.at[1], "apple");
    CHECK_STR(c->class_names.at[2], "pear");
    write_text(c, "a,b\n1,2\n");
    CHECK_EQ_INT(case_read(c, "csv", 1, by_name), RT_OK);
    CHECK(!c->y && c->x->dims[1] == 2);
}

/* "m-f" for texts ("-": missing), "1 nan" for numbers. */
static const char *column(const RtTable *t, uint32_t column, char *buf, size_t size)
{
    const RtColumn *at = &t->columns[column];
    size_t n = 0;
    *buf = 0;
    for (int64_t r = 0; r < t->rows && n < size; r++) {
        double value;
        rt_table_row(t, r, &column, 1, &value);
        if (at->codes)
            n += (size_t)snprintf(buf + n, size - n, "%s",
                                  isnan(value) ? "-" : rt_texts_at(&at->texts, (uint32_t)value));
        else
            n += (size_t)snprintf(buf + n, size - n, "%s%g", r ? " " : "", value);
    }
    return buf;
}

static void check_texts(DataCase *c)
{
    char buf[64];
    RtProbe p;
    const RtTable *t;
    write_text(c, "a,b,c,d,y\n,x,1,1,0\nm,?,NA,2,1\nf,x,3,b,0\nm,7,4,2,1\n");
    CHECK_EQ_INT(case_probe(c, "csv", 2, by_name, &p), RT_OK);
    t = p.from->table;
    CHECK_STR(column(t, 0, buf, sizeof buf), "-mfm");
    CHECK_STR(column(t, 1, buf, sizeof buf), "x-x7");
    CHECK_STR(column(t, 2, buf, sizeof buf), "1 nan 3 4");
    CHECK_STR(column(t, 3, buf, sizeof buf), "12b2"); /* read twice */
    CHECK_EQ_INT(t->columns[0].texts.n, 2);
    CHECK_EQ_INT(t->columns[0].missing, 1);
    CHECK_STR(strrchr(t->columns[2].empty, '/') + 1,
              "t.csv:3:5: field \"c\": 'NA' is a missing value");
    CHECK_STR(strrchr(t->columns[3].wrong, '/') + 1, "t.csv:4:7: field \"d\": 'b' is not a number");
    CHECK_EQ_INT(t->columns[2].block->dtype, RT_f32);
}

static void check_columns(DataCase *c)
{
    char buf[64];
    const char *const wanted[] = {"c", "a"};
    RtSourceArg args[] = {CASE_TEXT("path", "t.csv"),
                          CASE_NUMBER("target", 1),
                          {.name = "features", .kind = RT_ARG_TEXTS, .n = 2, .texts = wanted},
                          CASE_TEXT("delimiter", ";"),
                          CASE_NUMBER("header", 1)};
    RtProbe p;
    write_text(c, "a;b;c;d\n1;2;3;x\n4;5;6;y\n");
    CHECK_EQ_INT(case_read(c, "csv", 5, args), RT_OK);
    CHECK_STR(values(c->x, buf, sizeof buf), "3 1|6 4");
    CHECK_STR(values(c->y, buf, sizeof buf), "2|5");
    CHECK_STR(c->columns.at[0], "c");
    args[2] = (RtSourceArg)CASE_TEXT("features", "c");
    CHECK_EQ_INT(case_read(c, "csv", 5, args), RT_OK);
    CHECK_STR(values(c->x, buf, sizeof buf), "3|6");
    CHECK_EQ_INT(case_probe(c, "csv", 5, args, &p), RT_OK);
    CHECK_EQ_INT(p.rows, 2);
    CHECK_EQ_INT(p.x_rank, 1);
    CHECK_EQ_INT(p.x_dims[0], 1);
    CHECK_EQ_INT(p.classes, 6);
    CHECK_EQ_INT(p.from->columns.n, 1);
    write_text(c, "1,2,3\n4,5,6\n");
    CHECK_EQ_INT(case_read(c, "csv", 3, no_header), RT_OK);
    CHECK_STR(values(c->x, buf, sizeof buf), "1 2|4 5");
    CHECK_STR(values(c->y, buf, sizeof buf), "3|6");
    CHECK_STR(c->columns.at[1], "1");
}

static void check_cells(DataCase *c)
{
    static const struct {
        const char *text, *message;
    } files[] = {
        {"", "'t.csv' has no rows"},
        {"a,y\n", "'t.csv' has no rows"},
        {"a,b,y\n1,2,0\n1,,0\n", "t.csv:3:3: field \"b\": the cell is empty"},
        {"a,b,y\n1,2,0\n1,?,0\n", "t.csv:3:3: field \"b\": '?' is a missing value"},
        {"a,b,y\n1,2,0\n\n\xc3\xa4\xc3\xb6,2,0\n",
         "t.csv:4:1: field \"a\": '\xc3\xa4\xc3\xb6' is not a number"},
        {"a,b,y\n1,\"2\n\",0\n", "t.csv:2:3: field \"b\": '2\\n' is not a number"},
        {"a,b,y\n\"1\",0x10,0\n", "t.csv:2:5: field \"b\": '0x10' is not a number"},
        {"a,b,y\n1,inf,0\n", "t.csv:2:3: field \"b\": 'inf' is not a number"},
        {"a,b,y\n1,1e,0\n", "t.csv:2:3: field \"b\": '1e' is not a number"},
        {"a,b,y\n1,1e39,0\n", "t.csv:2:3: field \"b\": the number is too large, above 3.4e38"},
        {"a,y\n1,1e39\n", "t.csv:2:3: field \"y\": the number is too large, above 3.4e38"},
        {"a,y\n1,2\n1,\n",
         "t.csv:3:3: field \"y\": the cell is empty; missing_target=drop leaves the row out"},
        {"a,y\n1,2\n1,NaN\n", "t.csv:3:3: field \"y\": 'NaN' is a missing value; "
                              "missing_target=drop leaves the row out"},
        {"a,b,y\n1,2,0\n1,2\n", "t.csv:3:1: this row has 2 fields, the header has 3"},
        {"a,b,y\n1,2,0,4\n", "t.csv:2:1: this row has 4 fields, the header has 3"},
        {"a,y\n1,\"2\n", "t.csv:2:3: this quote is never closed"},
        {"a,y\n1,\"2\"3\n", "t.csv:2:6: after the closing quote comes '3' instead of ','"},
        {"a,a,y\n1,2,3\n", "'t.csv' has two columns named \"a\""},
        {"a,target\n1,2\n",
         "'t.csv' has no column \"y\"; its 2 columns run from \"a\" to \"target\""},
        {"a;y\n1;0\n", "'t.csv' has one column only; should it be delimiter=\";\"?"},
        {"a\tx\n1\t0\n", "'t.csv' has one column only; should it be delimiter=\"\\t\"?"},
        {"y\n1\n", "'t.csv' has no columns for the inputs"},
    };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        write_text(c, files[i].text);
        CHECK_STR(case_fails(c, "csv", 2, by_name), files[i].message);
    }
    case_write(c, "t.csv", "a,y\n1,\0\n", 8);
    CHECK_STR(case_fails(c, "csv", 2, by_name),
              "'t.csv' is not text: there is a zero byte in line 2");
    write_text(c, "1,2\n1,2,3\n");
    CHECK_STR(case_fails(c, "csv", 3, no_header),
              "t.csv:2:1: this row has 3 fields, the first row has 2");
}

/* What a table is read with, beside its path and its target. */
static void expect_with(DataCase *c, RtSourceArg arg, const char *text, const char *x,
                        const char *y)
{
    char buf[256];
    const RtSourceArg args[] = {by_name[0], by_name[1], arg};
    write_text(c, text);
    if (!CHECK_EQ_INT(case_read(c, "csv", 3, args), RT_OK)) {
        fprintf(stderr, "%s\n", c->error.text);
        return;
    }
    CHECK_STR(values(c->x, buf, sizeof buf), x);
    CHECK_STR(values(c->y, buf, sizeof buf), y);
}

static void fails_with(DataCase *c, RtSourceArg arg, const char *text, const char *message)
{
    const RtSourceArg args[] = {by_name[0], by_name[1], arg, CASE_TEXT("delimiter", ";")};
    write_text(c, text);
    CHECK_STR(case_fails(c, "csv", strchr(text, ';') ? 4 : 3, args), message);
}

static void check_line_ends(DataCase *c)
{
    expect(c, "a,b,y\r1,2,0\r3,4,1\r", "1 2|3 4", "0|1");
    expect(c, "a,b,y\r\r1,2,0\r\r3,4,1", "1 2|3 4", "0|1");
    expect(c, "a,b,y\n1,2,0\r\n3,4,1\r5,6,2\n", "1 2|3 4|5 6", "0|1|2");
    expect(c, "\"a\rb\",y\r1,0\r", "1", "0");
    write_text(c, "a,b,y\r1,2,0\r3,x,1\r");
    CHECK_STR(case_fails(c, "csv", 2, by_name), "t.csv:3:3: field \"b\": 'x' is not a number");
}

static void check_missing(DataCase *c)
{
    static const char *const words[] = {"-", "-999", "none"};
    const RtSourceArg own = {.name = "missing", .kind = RT_ARG_TEXTS, .n = 3, .texts = words},
                      drop = CASE_TEXT("missing_target", "drop");
    const RtSourceArg args[] = {by_name[0], by_name[1], own};
    char buf[64];
    RtProbe p;
    write_text(c, "a,b,y\n1,-,0\n-999,2,1\n,-9,1\n3,-99,2\n-999,none,2\n");
    CHECK_EQ_INT(case_probe(c, "csv", 3, args, &p), RT_OK);
    CHECK_STR(column(p.from->table, 0, buf, sizeof buf), "1 nan nan 3 nan");
    CHECK_STR(column(p.from->table, 1, buf, sizeof buf), "nan 2 -9 -99 nan");
    CHECK_EQ_INT(p.from->table->columns[0].missing, 3);
    fails_with(c, own, "a,y\nNA,1\n", "t.csv:2:1: field \"a\": 'NA' is not a number");
    fails_with(
        c, own, "a,y\n1,-999\n",
        "t.csv:2:3: field \"y\": '-999' is a missing value; missing_target=drop leaves the row "
        "out");
    fails_with(c, own, "a,y\n1,\n2,3\n5,-\n6,none\n",
               "t.csv:2:3: field \"y\": the cell is empty; 3 rows have no target: "
               "missing_target=drop leaves them out");
    expect_with(c, drop, "a,b,y\n1,2,\n3,4,1\n5,6,?\n7,8,2\n", "3 4|7 8", "1|2");
    CHECK_EQ_INT(rt_table_line(c->read.table, 1), 5);
    expect_with(c, drop, "a,b,y\n1,2,red\n3,4,NA\n5,6,blue\n", "1 2|5 6", "1|0");
    fails_with(c, drop, "a,y\n1,\n2,\n", "'t.csv' has no rows with a target");
    fails_with(c, drop, "a,y\n1,red\n2,NA\n3\n",
               "t.csv:4:1: this row has 1 fields, the header has 2");
}

static void check_decimal(DataCase *c)
{
    const RtSourceArg comma[] = {CASE_TEXT("path", "t.csv"), CASE_TEXT("target", "y"),
                                 CASE_TEXT("decimal", ","), CASE_TEXT("delimiter", ";")};
    char buf[64];
    write_text(c, "a;b;y\n1,5;-2;0,25\n,5;1,5e1;3\n1234567890123456789,5;7;1\n");
    CHECK_EQ_INT(case_read(c, "csv", 4, comma), RT_OK);
    CHECK_STR(values(c->x, buf, sizeof buf), "1.5 -2|0.5 15|1.23456789e+18 7");
    CHECK_STR(values(c->y, buf, sizeof buf), "0.25|3|1");
    write_text(c, "a;b;y\n1.5;-2;0\n");
    CHECK_STR(case_fails(c, "csv", 4, comma),
              "t.csv:2:1: field \"a\": '1.5' is not a number; should "
              "it be decimal=\".\"?");
    write_text(c, "a;b;y\n1.234,5;-2;0\n");
    CHECK_STR(
        case_fails(c, "csv", 4, comma),
        "t.csv:2:1: field \"a\": '1.234,5' is not a number: in numbers nothing stands between "
        "thousands");
    fails_with(c, comma[3], "a;y\n1,5;0\n",
               "t.csv:2:1: field \"a\": '1,5' is not a number; should it be decimal=\",\"?");
    fails_with(
        c, comma[1], "a,y\n\"1,234,567\",0\n",
        "t.csv:2:1: field \"a\": '1,234,567' is not a number: in numbers nothing stands between "
        "thousands");
    fails_with(c, comma[2], "a,y\n1,0\n",
               "delimiter and decimal are both \",\"; should it be delimiter=\";\"?");
    fails_with(c, (RtSourceArg)CASE_TEXT("decimal", "'"), "a,y\n1,0\n",
               "the decimal point of a table must be \".\" or \",\", not \"'\"");
    fails_with(c, (RtSourceArg)CASE_TEXT("decimal", "::"), "a,y\n1,0\n",
               "the decimal point of a table must be one character, not '::'");
}

static void check_encodings(DataCase *c)
{
    const RtSourceArg latin = CASE_TEXT("encoding", "latin1"),
                      windows = CASE_TEXT("encoding", "cp1252");
    expect_with(c, latin, "a,y\n1,caf\xe9\n2,\xa3\n", "1|2", "0|1");
    CHECK_STR(c->class_names.at[0], "caf\xc3\xa9");
    CHECK_STR(c->class_names.at[1], "\xc2\xa3");
    expect_with(c, windows, "a,y\n1,5 \x80\n2,\x93\n", "1|2", "0|1");
    CHECK_STR(c->class_names.at[0], "5 \xe2\x82\xac");
    fails_with(c, by_name[1], "a,y\n1,b\n2,caf\xe9\n",
               "'t.csv' is not UTF-8: line 3 has the byte 0xE9; should it be encoding=\"latin1\"?");
    fails_with(c, by_name[1], "a,y\n1,\xed\xa0\x80\n",
               "'t.csv' is not UTF-8: line 2 has the byte 0xED; should it be encoding=\"latin1\"?");
    fails_with(c, by_name[1], "a,y\n1,b\xc3",
               "'t.csv' is not UTF-8: line 2 has the byte 0xC3; should it be encoding=\"latin1\"?");
    fails_with(c, by_name[1], "\x01\x02,\xff\n",
               "'t.csv' is not text: there are control characters in line 1");
    fails_with(c, by_name[1], "PK\3\4and more",
               "'t.csv' is a ZIP file, as spreadsheets (.xlsx, .ods) are: save it as CSV there");
    fails_with(c, by_name[1],
               "\xff\xfe"
               "a,y",
               "'t.csv' is UTF-16 text: save it as UTF-8");
    fails_with(c, (RtSourceArg)CASE_TEXT("encoding", "klingon"), "a,y\n1,0\n",
               "the encoding \"klingon\" is not known; there are \"utf-8\", \"latin1\" and "
               "\"windows-1252\"");
}

/* Rows of another length: the first three, and how many. */
static void check_uneven(DataCase *c)
{
    fails_with(c, by_name[1], "a,b,y\n1,2,0\n1,2\n3,4,0\n1,2,3,4\n",
               "t.csv:3:1: this row has 2 fields, the header has 3; also line 5 has 4");
    fails_with(
        c, by_name[1], "a,b,y\n1,2\n1,2\n3\n4,0\n1,2,3\n5,6\n",
        "t.csv:2:1: this row has 2 fields, the header has 3; also line 3 has 2, line 4 has 1; 5 "
        "such rows in all");
}

/* More than is read at once, with quotes and letters where one piece ends. */
static void check_pieces(DataCase *c)
{
    enum { ROWS = 60000 };
    size_t at = 0, room = ROWS * 40;
    char *text = malloc(room);
    at += (size_t)snprintf(text, room, "a,w,y\n");
    for (int i = 0; i < ROWS; i++)
        at += (size_t)snprintf(text + at, room - at,
                               i % 3   ? "%d.5,\"\xc3\xa4 \"\"%d\"\"\n\",%d\n"
                               : i % 2 ? "%d,b%d,%d\r\n"
                                       : "%d.1,b%d,%d\n",
                               i, i % 50, i % 7);
    case_write(c, "t.csv", text, at);
    free(text);
    RtProbe p;
    CHECK_EQ_INT(case_probe(c, "csv", 2, by_name, &p), RT_OK);
    const RtTable *t = p.from->table;
    CHECK_EQ_INT(t->rows, ROWS);
    CHECK_EQ_INT(t->columns[0].block->dtype, RT_f64);
    CHECK_EQ_INT(t->columns[1].texts.n, 100);
    int64_t line = 2;
    for (int64_t i = 0; i < ROWS; i++) {
        uint32_t first = 0;
        double value, wanted = i % 3 ? (double)i + 0.5 : i % 2 ? (double)i : (double)i + 0.1;
        char word[32];
        snprintf(word, sizeof word, i % 3 ? "\xc3\xa4 \"%d\"\n" : "b%d", (int)(i % 50));
        rt_table_row(t, i, &first, 1, &value);
        if (fabs(value - wanted) > 1e-9 || rt_table_line(t, i) != line ||
            strcmp(rt_texts_at(&t->columns[1].texts, (uint32_t)t->columns[1].codes[i]), word)) {
            CHECK_EQ_INT(i, -1);
            return;
        }
        line += i % 3 ? 2 : 1;
    }
}

static void fails_with_help(DataCase *c, const char *text, const char *message, const char *help)
{
    write_text(c, text);
    CHECK_STR(case_fails(c, "csv", 2, by_name), message);
    CHECK_STR(c->error.help, help);
}

/* What spreadsheets put into tables beside rows. */
static void check_spreadsheets(DataCase *c)
{
    static const char title[] =
        "its first line names the columns: leave out lines that stand above "
        "them, as titles or comments do";
    expect(c, "sep=,\na,b,y\n1,2,0\n", "1 2", "0");
    for (size_t i = 0; i < 3; i++) {
        char text[32], message[80];
        const char *word = (const char *[]){"n/a", "#N/A", "<NA>"}[i];
        snprintf(text, sizeof text, "a,y\n1,0\n%s,1\n", word);
        snprintf(message, sizeof message, "t.csv:3:1: field \"a\": '%s' is a missing value", word);
        write_text(c, text);
        CHECK_STR(case_fails(c, "csv", 2, by_name), message);
    }
    fails_with_help(c, "sep=;\na;y\n1;0\n",
                    "'t.csv' has one column only; should it be delimiter=\";\"?", "");
    fails_with_help(
        c, "Report of May,,\na,b,y\n1,2,0\n",
        "'t.csv' has no column \"y\"; its 3 columns run from \"Report of May\" to \"2\"", title);
    fails_with_help(c, "# exported,\na,b,y\n1,2,0\n",
                    "'t.csv' has no column \"y\"; its 2 columns run from \"# exported\" to \"1\"",
                    title);
    fails_with_help(c, "y,\na,b,c\n1,2,0\n",
                    "t.csv:2:1: this row has 3 fields, the header has 2; also line 3 has 3", title);
    fails_with_help(c, "a,y\n1,2,\n3,4,\n",
                    "t.csv:2:1: this row has 3 fields, the header has 2; also line 3 has 3",
                    "they end with ',': let the header end with it, too");
    fails_with_help(c, "a,b,y,b\n1,2,3,4\n", "'t.csv' has two columns named \"b\"",
                    "these are columns 2 and 4, counted from 1: give one of them another name");
}

static void check_hints(void)
{
    static const struct {
        const char *text, *hint;
    } texts[] = {
        {"1,234,567.5", "in numbers nothing stands between thousands"},
        {"12 345", "in numbers nothing stands between thousands"},
        {"1\xc2\xa0"
         "234.5",
         "in numbers nothing stands between thousands"},
        {"-1,5", "should it be decimal=\",\"?"},
        {"1.234,5", "should it be decimal=\",\"? Nothing stands between thousands then"},
        {"20 %", "numbers have no percent sign"},
        {"1,5%", "numbers have no percent sign"},
        {"$1,234.50", "numbers have no sign of a currency"},
        {"-$5", "numbers have no sign of a currency"},
        {"1.234,50 \xe2\x82\xac", "numbers have no sign of a currency"},
        {"CHF 20", "numbers have no sign of a currency"},
        {"\xe2\x88\x92"
         "5.5",
         "its minus sign is not the one of numbers, '-'"},
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        CHECK_STR(rt_number_hint(texts[i].text, '.'), texts[i].hint);
    CHECK_STR(rt_number_hint("1,234.5", ','),
              "should it be decimal=\".\"? Nothing stands between thousands then");
    CHECK(!rt_number_hint("12 Main Street", '.') && !rt_number_hint("", '.') &&
          !rt_number_hint("2024-01-05", '.') && !rt_number_hint("%", '.') &&
          !rt_number_hint("EUR", '.') && !rt_number_hint("1,23,456", '.'));
}

/* Several columns as targets, in the order of the list. */
static void check_several_targets(DataCase *c)
{
    char buf[64];
    const char *names[] = {"v", "u"};
    const int64_t places[] = {-1, INT64_MIN};
    RtSourceArg args[] = {CASE_TEXT("path", "t.csv"),
                          {.name = "target", .kind = RT_ARG_TEXTS, .n = 2, .texts = names},
                          CASE_TEXT("missing_target", "error"),
                          CASE_NONE("features")};
    write_text(c, "u,x,v,w\n1,10,5,7\n2,20,6.5,8\n3,30,7,9\n");
    CHECK_EQ_INT(case_read(c, "csv", 4, args), RT_OK);
    CHECK_STR(values(c->y, buf, sizeof buf), "5 1|6.5 2|7 3");
    CHECK_STR(values(c->x, buf, sizeof buf), "10 7|20 8|30 9");
    CHECK_STR(c->read.y_columns.at[0], "v");
    args[1].places = places;
    CHECK_EQ_INT(case_read(c, "csv", 4, args), RT_OK);
    CHECK_STR(values(c->y, buf, sizeof buf), "7 1|8 2|9 3");
    CHECK_EQ_INT(c->y->dtype, RT_i32);
    args[1].places = NULL;
    write_text(c, "u,x,v\n1,10,5\n,20,6\n3,30,\n,40,\n4,50,8\n");
    CHECK_STR(case_fails(c, "csv", 4, args),
              "t.csv:3:1: field \"u\": the cell is empty; 3 rows have no target: "
              "missing_target=drop leaves them out");
    args[2].text = "drop";
    CHECK_EQ_INT(case_read(c, "csv", 4, args), RT_OK);
    CHECK_STR(values(c->y, buf, sizeof buf), "5 1|8 4");
    write_text(c, "u,x,v\n1,10,5\n2,20,6\n3,30,\"7,5\"\n");
    CHECK_STR(case_fails(c, "csv", 4, args),
              "t.csv:4:6: field \"v\": several targets must be numbers, but '7,5' is not a number; "
              "should it be decimal=\",\"?");
    CHECK_STR(c->error.help, "a column of texts can be the only target: target=\"v\"");
    names[1] = "v";
    CHECK_STR(case_fails(c, "csv", 4, args), "the column \"v\" of 't.csv' is twice a target");
    names[1] = "w";
    CHECK_STR(case_fails(c, "csv", 4, args),
              "'t.csv' has no column \"w\"; its 3 columns run from \"u\" to \"v\"");
    names[1] = "x";
    args[3] = (RtSourceArg)CASE_TEXT("features", "x");
    CHECK_STR(case_fails(c, "csv", 4, args),
              "the column \"x\" of 't.csv' is both target and feature");
}

/* Reads a table of `n` different texts and classes; how many texts were compared. */
static uint64_t comparisons_of(DataCase *c, int n)
{
    size_t at = 0, room = (size_t)n * 32 + 32;
    char *text = malloc(room);
    at += (size_t)snprintf(text, room, "w,y\n");
    for (int i = 0; i < n; i++)
        at += (size_t)snprintf(text + at, room - at, "word%d,class%d\n", i * 7 % n, i);
    case_write(c, "t.csv", text, at);
    free(text);
    RtProbe p;
    CHECK_EQ_INT(case_probe(c, "csv", 2, by_name, &p), RT_OK);
    CHECK_EQ_INT(p.from->class_names.n, n);
    return p.from->table->columns[0].texts.comparisons;
}

/* Finds the n columns of a table by their names, in another order; how many names were compared. */
static uint64_t names_compared(DataCase *c, int n)
{
    RtNames names = {0, NULL};
    size_t at = 0, room = (size_t)n * 16 + 16;
    char *text = malloc(room), name[16];
    for (int line = 0; line < 2; line++)
        for (int i = 0; i <= n; i++)
            at += (size_t)snprintf(text + at, room - at,
                                   line    ? "%d%s"
                                   : i < n ? "c%d%s"
                                           : "y%.0d%s",
                                   line || i < n ? i : 0, i < n ? "," : "\n");
    case_write(c, "t.csv", text, at);
    free(text);
    RtProbe p;
    CHECK_EQ_INT(case_probe(c, "csv", 2, by_name, &p), RT_OK);
    for (int i = n - 1; i >= 0; i--) {
        snprintf(name, sizeof name, "c%d", i);
        CHECK_EQ_INT(rt_names_add(&names, name, &c->error), RT_OK);
    }
    RtWanted want = {
        .who = "'d'", .by_name = true, .n = names.n, .names = (const char *const *)names.at};
    uint32_t *places = malloc((size_t)n * sizeof *places);
    uint64_t before = rt_names_compared;
    CHECK_EQ_INT(rt_columns_place(p.from, &want, places, &c->error), RT_OK);
    CHECK_EQ_INT(places[0], n - 1);
    free(places);
    rt_names_free(&names);
    return rt_names_compared - before;
}

/* Ten times as many rows and classes are ten times the work. */
static void check_growth(DataCase *c)
{
    uint64_t few = comparisons_of(c, 10000), many = comparisons_of(c, 100000);
    CHECK(many < 15 * few);
    CHECK(many < 4 * 100000);
    few = names_compared(c, 4000);
    many = names_compared(c, 40000);
    CHECK(few > 0 && many < 15 * few && many < 40 * 40000);
}

static void check_arguments(DataCase *c)
{
    RtSourceArg args[] = {CASE_TEXT("path", "t.csv"), CASE_TEXT("target", "speces"),
                          CASE_NONE("features"), CASE_TEXT("delimiter", ",")};
    write_text(c, "width,height,species\n1,2,0\n");
    CHECK_STR(case_fails(c, "csv", 4, args),
              "'t.csv' has no column \"speces\"; did you mean \"species\"?");
    args[1] = (RtSourceArg)CASE_NUMBER("target", 3);
    CHECK_STR(case_fails(c, "csv", 4, args), "'t.csv' has no column 3: its 3 columns are 0 to 2");
    args[1] = (RtSourceArg)CASE_NUMBER("target", -4);
    CHECK_STR(case_fails(c, "csv", 4, args), "'t.csv' has no column -4: its 3 columns are 0 to 2");
    args[1] = (RtSourceArg)CASE_NUMBER("target", -3);
    CHECK_EQ_INT(case_read(c, "csv", 4, args), RT_OK);
    CHECK_STR(c->columns.at[0], "height");
    args[2] = (RtSourceArg)CASE_TEXT("features", "width");
    CHECK_STR(case_fails(c, "csv", 4, args),
              "the column \"width\" of 't.csv' is both target and feature");
    args[3].text = "::";
    CHECK_STR(case_fails(c, "csv", 4, args),
              "the delimiter of a table must be one character, not '::'");
}

int main(void)
{
    DataCase c;
    case_open(&c);
    check_forms(&c);
    check_targets(&c);
    check_columns(&c);
    check_texts(&c);
    check_cells(&c);
    check_line_ends(&c);
    check_missing(&c);
    check_decimal(&c);
    check_encodings(&c);
    check_uneven(&c);
    check_pieces(&c);
    check_spreadsheets(&c);
    check_hints();
    check_several_targets(&c);
    check_growth(&c);
    check_arguments(&c);
    case_close(&c);
    return check_done();
}
