/* Expressions of an image that no compiler wrote: each mistake is a message, never a crash. */
#include "runtime/train/expr.h"

#include "tests/unit/check.h"

enum {
#define EXPR(id, least, most) EX_##id,
#include "runtime/abi/exprs.def"
    ONE = 0,
    TEXT,
    LIST,
    TEXTS,
    WHOLE,
    NONE
};

static uint32_t some[] = {ONE, WHOLE, ONE}, words[] = {TEXT};

/* An operator, with a text, over the first `n` of some of the expressions above: NULL, or why it has no value. */
static const char *evaluate_text(uint32_t op, const char *text, const uint32_t *of, uint32_t n,
                                 double *value)
{
    uint32_t args[3];
    for (uint32_t i = 0; i < n; i++)
        args[i] = of[i];
    ImgExpr exprs[] = {
        [ONE] = {.op = EX_number, .value = 1.5, .text = ""},
        [TEXT] = {.op = EX_text, .text = "word"},
        [LIST] = {.op = EX_list, .text = "", .args = {3, some}},
        [TEXTS] = {.op = EX_list, .text = "", .args = {1, words}},
        [WHOLE] = {.op = EX_number, .is_int = 1, .value = 2, .index = 2, .text = ""},
        [NONE] = {.op = EX_none, .text = ""},
        {.op = op,
         .text = text,
         .value = op == EX_where,
         /* element by element */ .args = {n, args}},
    };
    ImgProgram image = {.exprs = {sizeof exprs / sizeof *exprs, exprs}};
    RtExprCx cx = {.image = &image};
    const char *why = NULL;
    *value = rt_expr_number(&cx, NONE + 1, &why);
    return why;
}

static const char *evaluate(uint32_t op, const uint32_t *of, uint32_t n, double *value)
{
    return evaluate_text(op, "", of, n, value);
}

/* A template with one value. */
static const char *format(const char *template)
{
    double value;
    return evaluate_text(EX_format, template, (uint32_t[]){ONE}, 1, &value);
}

static const char *where(uint32_t condition, uint32_t yes, uint32_t no)
{
    double value;
    return evaluate(EX_where, (uint32_t[]){condition, yes, no}, 3, &value);
}

static const char *message(uint32_t op, uint32_t a, uint32_t b, uint32_t n)
{
    double value;
    return evaluate(op, (uint32_t[]){a, b}, n, &value);
}

static double number(uint32_t op, uint32_t a, uint32_t b)
{
    double value;
    CHECK(!evaluate(op, (uint32_t[]){a, b}, 2, &value));
    return value;
}

int main(void)
{
    CHECK_STR(message(EX_neg, TEXT, ONE, 1), "a number is expected here");
    CHECK_STR(message(EX_add, TEXT, TEXT, 2), "a number is expected here");
    CHECK_STR(message(EX_sum, TEXTS, ONE, 1), "numbers are expected here");
    CHECK_STR(message(EX_sum, TEXT, ONE, 1), "a series or an array is expected here");
    CHECK_STR(message(EX_last, ONE, ONE, 1), "only series, arrays and lists have elements");
    CHECK_STR(message(EX_len, ONE, ONE, 1), "only series, arrays, lists and texts have a length");
    CHECK_STR(format("{} {}"), "a field of 'format' has no value");
    CHECK_STR(format("{a}"), "a field of 'format' has no value");
    CHECK_STR(format("{"), "the template of 'format' is damaged");
    CHECK(!format("{:>9.2f}"));
    CHECK_STR(message(EX_argument, ONE, ONE, 0), "a schedule's argument is missing");
    CHECK_STR(message(EX_call, ONE, ONE, 2), "only a network computes activations and losses");
    CHECK_STR(message(EX_add, ONE, ONE, 1), "an expression lacks an operand");
    CHECK_STR(where(LIST, LIST, TEXTS), "the arrays have different shapes");
    CHECK_STR(where(LIST, TEXT, ONE), "'where' cannot choose between texts and numbers");
    CHECK_STR(where(TEXTS, ONE, ONE), "a condition was needed");
    CHECK_STR(where(ONE, ONE, ONE), "a condition was needed");
    CHECK_STR(where(LIST, ONE, NONE), "numbers were needed");
    CHECK(!where(LIST, LIST, WHOLE));
    CHECK(!where(LIST, TEXT, TEXT));
    CHECK(number(EX_add, ONE, WHOLE) == 3.5);
    CHECK(number(EX_sum, LIST, ONE) == 5);
    CHECK(number(EX_index, LIST, WHOLE) == 1.5);
    CHECK(number(EX_len, TEXT, ONE) == 4);
    return check_done();
}
