/* A program without zlib says how to get it; nothing here may draw in inflate_zlib.o. */
#include "tests/unit/data_case.h"

#include "runtime/data/input.h"

int main(void)
{
    DataCase c;
    RtInput *in;
    const RtSourceArg args[] = {CASE_TEXT("path", "t.csv")};
    case_open(&c);
    case_write(&c, "t.csv", "\x1f\x8b\x08\0\0\0\0\0\0\xff", 10);
    CHECK_STR(case_fails(&c, "csv", 1, args),
              "'t.csv' is gzip-compressed, but this program was compiled without zlib; compile it "
              "with --with=gzip");
    CHECK_EQ_INT(rt_input_memory("", 0, "a.npz", RT_PACKED_deflate, &in, &c.error), RT_ERROR);
    CHECK_STR(c.error.text, "'a.npz' is compressed, but this program was compiled without zlib; "
                            "compile it with --with=gzip");
    case_write(&c, "t.csv", "a\n1\n", 4);
    CHECK_EQ_INT(case_read(&c, "csv", 1, args), RT_OK);
    case_close(&c);
    return check_done();
}
