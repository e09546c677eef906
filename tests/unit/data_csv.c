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
        {"a,b,y\n1,\"2\n\",0\n", "t.csv:2:3: field \"b\": '2\n' is not a number"},
        {"a,b,y\n\"1\",0x10,0\n", "t.csv:2:5: field \"b\": '0x10' is not a number"},
        {"a,b,y\n1,inf,0\n", "t.csv:2:3: field \"b\": 'inf' is not a number"},
        {"a,b,y\n1,1e,0\n", "t.csv:2:3: field \"b\": '1e' is not a number"},
        {"a,b,y\n1,1e39,0\n", "t.csv:2:3: field \"b\": the number is too large for f32"},
        {"a,y\n1,1e39\n", "t.csv:2:3: field \"y\": the number is too large for f32"},
        {"a,y\n1,2\n1,\n", "t.csv:3:3: field \"y\": the cell is empty; missing_target=drop leaves the row out"},
        {"a,y\n1,2\n1,NaN\n", "t.csv:3:3: field \"y\": 'NaN' is a missing value; missing_target=drop leaves the row out"},
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

static void check_numbers(void)
{
    static const char *const good[] = {"0",
                                       "-0",
                                       "00012",
                                       "1e22",
                                       "1e23",
                                       "9007199254740993",
                                       "1e-22",
                                       "1e-23",
                                       "2.5e-324",
                                       "0.000000000000000000001",
                                       "123456789.123456789",
                                       "1e309",
                                       "18446744073709551616"};
    static const char *const bad[] = {"",      "-",   ".",   "e5",  "1 ", " 1",
                                      "1.2.3", "--1", "1e+", "nan", "1,5"};
    double value;
    bool is_int;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        CHECK(rt_parse_number(good[i], &value, &is_int));
        CHECK(value == strtod(good[i], NULL));
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        CHECK(!rt_parse_number(bad[i], &value, &is_int));
    CHECK(rt_parse_number("-2147483648", &value, &is_int) && is_int);
    CHECK(rt_parse_number("2147483648", &value, &is_int) && !is_int);
    CHECK(rt_parse_number("1.0", &value, &is_int) && !is_int);
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
    check_arguments(&c);
    check_numbers();
    case_close(&c);
    return check_done();
}
