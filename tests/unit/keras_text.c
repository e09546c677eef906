/* Configurations of Keras models, changed at every key: the text that comes of them can be parsed and holds no foreign
 * lines, or a message says what is wrong. Nothing else happens. */
#include "tests/fuzz/keras_text.h"

#include "tests/unit/check.h"

/* In place of every value. */
static const char *const values[] = {
    "null",
    "true",
    "-1",
    "1.5",
    "1e308",
    "123456789012345678",
    "\"\"",
    "[]",
    "{}",
    "[null]",
    "[[1]]",
    "\"x\\\"\\n}\\nfit net on d\\n# \\\\\"",
    "\"a.b/c\\u0007\\u202e\"",
    "{\"class_name\": \"Dense\"}",
    "{\"class_name\": \"L1L2\", \"config\": {\"l1\": 0, \"l2\": 3}}",
    "\"Dense\", \"new_key\": 7"};
enum { N_VALUES = sizeof values / sizeof *values };

typedef struct Span {
    const char *begin, *end;
} Span;

/* The value that begins at `at`. */
static const char *value_end(const char *at)
{
    int depth = 0;
    for (bool quoted = false;; at++) {
        if (quoted)
            quoted = *at != '"' || at[-1] == '\\';
        else if (*at == '"')
            quoted = true;
        else if (*at == '[' || *at == '{')
            depth++;
        else if ((*at == ']' || *at == '}') && depth-- == 0)
            return at;
        else if (*at == ',' && !depth)
            return at;
        if (!*at)
            return at;
    }
}

/* Calls `check` for each changed text; returns how many there were. */
static unsigned long each_change(const char *model, bool (*check)(const char *text))
{
    size_t room = strlen(model) + 200;
    char *changed = malloc(room);
    unsigned long n = 0;
    for (const char *at = strstr(model, "\": "); changed && at; at = strstr(at + 1, "\": ")) {
        Span value = {at + 3, value_end(at + 3)};
        for (int i = 0; i < N_VALUES; i++, n++) {
            snprintf(changed, room, "%.*s%s%s", (int)(value.begin - model), model, values[i],
                     value.end);
            if (!check(changed))
                fprintf(stderr, "%s\n", changed);
        }
        const char *key = at - 1;
        while (key[-1] != '"')
            key--;
        snprintf(changed, room, "%.*s_%s", (int)(key - model), model, key); /* the key is gone */
        n++;
        CHECK(check(changed));
    }
    free(changed);
    return n;
}

static unsigned long n_right;

static bool is_in_order(const char *text)
{
    KerasConfig config = {.model = text, .model_size = strlen(text)};
    bool right;
    const char *wrong = keras_text_wrong(&config, &right);
    n_right += right;
    return CHECK_STR(wrong, NULL);
}

/* The same as settings of a model that is in order. */
static bool is_setting_in_order(const char *text)
{
    static const char model[] =
        "{\"class_name\": \"Sequential\", \"config\": {\"layers\": [{\"class_name\": \"Dense\", "
        "\"config\": {\"units\": 3}}]}}";
    KerasConfig config = {.model = model,
                          .model_size = sizeof model - 1,
                          .training = text,
                          .training_size = strlen(text)};
    bool right;
    const char *wrong = keras_text_wrong(&config, &right);
    n_right += right;
    return CHECK_STR(wrong, NULL);
}

/* Lines are {"name": "layers", "config": {...}}. */
static void check_lines(void)
{
    static char line[64 << 10];
    FILE *in = fopen("tests/golden/keras_models/models.jsonl", "r");
    unsigned long n = 0, lines = 0;
    if (!CHECK(in != NULL))
        return;
    while (fgets(line, sizeof line, in)) {
        char *config = strstr(line, "\"config\": ");
        if (!CHECK(config != NULL) || lines++ % 24) /* a few: they are alike */
            continue;
        config += strlen("\"config\": ");
        config[strcspn(config, "\n") - 1] = 0;
        CHECK(is_in_order(config));
        n += each_change(config, is_in_order);
    }
    fclose(in);
    CHECK(n > 2000 && n_right > n / 10 && n_right < n - n / 10);
}

static void check_settings(void)
{
    CHECK(each_change("{\"optimizer_config\": {\"class_name\": \"SGD\", \"config\": {\"lr\": 0.1, "
                      "\"decay\": 0.5, \"momentum\": 0.5}}, \"loss\": \"mse\", \"metrics\": "
                      "[[\"mae\", {\"class_name\": \"MeanMetricWrapper\", \"config\": {\"fn\": "
                      "\"mse\", \"name\": \"x\"}}]], \"loss_weights\": [2]}",
                      is_setting_in_order) > 100);
}

/* Texts that are no JSON, or more than is taken. */
static void check_refused(void)
{
    static const char *const texts[] = {"",    "[", "{\"a\": NaN}", "\"x\"", "{\"a\": \"\\u0000\"}",
                                        "\xff"};
    bool right = true;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        CHECK(is_in_order(texts[i]));
        CHECK_STR(keras_text_wrong(
                      &(KerasConfig){.model = texts[i], .model_size = strlen(texts[i])}, &right),
                  NULL);
        CHECK(!right);
    }
    const char *message = NULL;
    Arena *arena = arena_open();
    StrBuf text = {0};
    KerasWarnings warnings = {0};
    CHECK(!keras_text(arena, &(KerasConfig){.model = "", .model_size = (size_t)17 << 20}, &text,
                      &warnings, &message));
    CHECK_STR(message, "its configuration cannot be read: larger than 16 MB");
    arena_close(arena);
}

int main(void)
{
    check_lines();
    check_settings();
    check_refused();
    return check_done();
}
