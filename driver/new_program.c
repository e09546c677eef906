/* new_program.c: what a column becomes and which network learns the target, by rules of thumb that a person would
 * begin with. */
#include "driver/new_program.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum {
    FEWEST_SPLIT = 20,   /* rows; of fewer none are left for validation */
    MOST_CLASSES = 1000, /* different texts; more are no classes */
    MOST_WORDS = 50,     /* different texts that become numbers of their own ... */
    MANY_ROWS = 20000,
    VERY_MANY_ROWS = 200000
};

typedef enum {
    LEARN_two,
    LEARN_classes,
    LEARN_amounts,
    LEARN_answers /* several columns of 0 and 1 */
} Learn;

/* What is learned, and how. */
typedef struct Task {
    const NewTable *t;
    NewColumn target;
    Learn learn;
    int64_t rows, classes;
    bool renumber; /* labels are not counted from 0 on */
    bool split, stratify;
    bool any_missing, any_texts, any_numbers, any_codes;
    uint32_t taken; /* columns of the inputs */
    uint32_t n_dropped;
} Task;

/* ---- the target ---- */

/* The rows of the rarest class; 0: too many classes to count. */
static int64_t rarest(const Task *k)
{
    int64_t least = k->rows;
    const RtArray *y = k->t->labels.y;
    if (k->classes > MOST_CLASSES || k->target.most - k->target.least > MOST_CLASSES)
        return 0;
    int64_t counts[MOST_CLASSES + 1] = {0};
    double first = k->t->labels.class_names.n ? 0 : k->target.least;
    for (int64_t i = 0; i < k->rows; i++)
        counts[(int64_t)(rt_array_f64(y, i) - first)]++;
    for (int i = 0; i <= MOST_CLASSES; i++)
        least = counts[i] && counts[i] < least ? counts[i] : least;
    return least;
}

static RtStatus fail_constant(const Task *k, uint32_t column, RtError *error)
{
    return rt_fail(error, "the column \"%s\" of '%s' has one value only: there is nothing to learn",
                   k->t->all.table->names.at[column], k->t->path);
}

static RtStatus find_several(Task *k, RtError *error)
{
    bool answers = true;
    k->rows = k->t->labels.table->rows;
    for (uint32_t i = 0; i < k->t->n_targets; i++) {
        NewColumn c = new_table_column(k->t, k->t->targets[i]);
        if (c.distinct < 2)
            return fail_constant(k, k->t->targets[i], error);
        answers = answers && c.distinct == 2 && c.least == 0 && c.most == 1;
    }
    k->learn = answers ? LEARN_answers : LEARN_amounts;
    k->split = k->rows >= FEWEST_SPLIT;
    return RT_OK;
}

static RtStatus find_task(Task *k, RtError *error)
{
    if (k->t->n_targets > 1)
        return find_several(k, error);
    const RtReading *labels = &k->t->labels;
    const NewColumn *target = &k->target;
    const char *name = labels->table->names.at[*k->t->targets];
    bool floats = rt_dtype(labels->y->dtype)->is_float;
    k->rows = labels->table->rows;
    k->classes = labels->class_names.n ? labels->class_names.n : target->distinct;
    if (k->classes < 2)
        return fail_constant(k, *k->t->targets, error);
    if (labels->class_names.n > 2 && target->hint) {
        (void)rt_fail(error,
                      "the column \"%s\" of '%s' does not hold numbers, but texts such as '%.60s'",
                      name, k->t->path, target->sample);
        rt_fail_help(error, "%s", target->hint);
        return RT_ERROR;
    }
    if (labels->class_names.n > MOST_CLASSES ||
        (labels->class_names.n > 2 && 2 * k->classes > k->rows))
        return rt_fail(
            error,
            "the column \"%s\" of '%s' has %lld different texts in %lld rows: these are no "
            "classes",
            name, k->t->path, (long long)k->classes, (long long)k->rows);
    bool from_0 = target->least == 0 && target->most == (double)k->classes - 1;
    bool few = target->is_whole && target->distinct <= MOST_DISTINCT &&
               (k->rows >= 3 * (int64_t)target->distinct || (target->distinct == 2 && from_0));
    if (labels->class_names.n)
        k->learn = k->classes == 2 ? LEARN_two : LEARN_classes;
    else if (few && floats && !k->t->drop)
        k->learn = k->classes == 2 && from_0 ? LEARN_two : LEARN_amounts;
    else if (few) /* pandas writes 1.0 for the label 1 where others are missing */
        k->learn = k->classes == 2 ? LEARN_two : LEARN_classes;
    else
        k->learn = LEARN_amounts;
    bool labels_are_ready = from_0 && (!floats || k->learn == LEARN_two);
    k->renumber = k->learn != LEARN_amounts && !labels->class_names.n && !labels_are_ready;
    k->split = k->rows >= FEWEST_SPLIT;
    k->stratify = k->split && k->learn != LEARN_amounts && rarest(k) >= 5;
    return RT_OK;
}

/* ---- columns ---- */

static bool is_index_name(const char *name)
{
    static const char *const names[] = {"id", "index", "row", "nr", "no", "number", "Unnamed: 0"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (!strcasecmp(name, names[i]))
            return true;
    return false;
}

/* Why a column is left out; NULL: it is not. Returns buf. */
static const char *why_dropped(const Task *k, uint32_t column, const NewColumn *c, char *buf,
                               size_t size)
{
    const char *name = k->t->all.table->names.at[column];
    if (!c->n)
        return "empty";
    if (c->distinct == 1 && !c->missing)
        return "the same in all rows";
    if (c->counts_rows && (k->rows >= FEWEST_SPLIT || is_index_name(name)))
        return "numbers the rows";
    if (!c->is_text && c->is_whole && is_index_name(name) && c->distinct > MOST_DISTINCT)
        return "an identifier";
    if (c->is_time) {
        snprintf(buf, size, "dates or times, as '%.30s'",
                 rt_texts_at(&k->t->all.table->columns[column].texts, 0));
        return buf;
    }
    if (k->t->codes[column] && c->distinct > MOST_DISTINCT) {
        snprintf(buf, size, "codes, no amounts, as '%.30s'", k->t->codes[column]);
        return buf;
    }
    if (c->hint && c->distinct > 5) {
        snprintf(buf, size, "no numbers, as '%.30s': %s", c->sample, c->hint);
        return buf;
    }
    if (!c->is_text || (c->distinct <= 5 && c->distinct < c->n) ||
        (c->distinct <= MOST_WORDS && 2 * (int64_t)c->distinct <= c->n) ||
        20 * (int64_t)c->distinct <= c->n)
        return NULL;
    snprintf(buf, size, "%u different texts in %lld rows", c->distinct, (long long)c->n);
    return buf;
}

static void put_line(StrBuf *out, const char *name, const char *what, const char *why)
{
    StrBuf quoted = {0};
    strbuf_quote(&quoted, name, strlen(name));
    strbuf_printf(out, "        %s: %s,", quoted.text, what);
    strbuf_show(out, "%*s# %s\n", quoted.n < 20 ? (int)(20 - quoted.n) : 1, "", why);
    strbuf_close(&quoted);
}

/* The lines of columns that need one; notes what the others hold. */
static void put_columns(Task *k, StrBuf *lines)
{
    char buf[160];
    const RtNames *names = &k->t->all.table->names;
    for (uint32_t i = 0; i < names->n; i++) {
        if (k->t->labels.table->columns[i].target)
            continue;
        NewColumn c = new_table_column(k->t, i);
        const char *why = why_dropped(k, i, &c, buf, sizeof buf);
        if (why) {
            put_line(lines, names->at[i], "drop()", why);
            k->n_dropped++;
            continue;
        }
        bool code = k->t->codes[i] && !c.is_text;
        if (code) {
            snprintf(buf, sizeof buf, "codes, no amounts, as '%.30s'", k->t->codes[i]);
            put_line(lines, names->at[i],
                     c.missing ? "[fill(most_frequent), one_hot(unknown=ignore)]"
                               : "one_hot(unknown=ignore)",
                     buf);
        } else if (c.is_text && c.distinct > MOST_WORDS) {
            snprintf(buf, sizeof buf, "%u different texts: the most frequent ones", c.distinct);
            put_line(lines, names->at[i],
                     c.missing ? "[fill(\"missing\"), one_hot(unknown=other, most=50)]"
                               : "one_hot(unknown=other, most=50)",
                     buf);
        } else {
            k->any_missing = k->any_missing || (!c.is_text && c.missing);
        }
        k->any_texts = k->any_texts || c.is_text;
        k->any_numbers = k->any_numbers || (!c.is_text && !code);
        k->any_codes = k->any_codes || code;
        k->taken++;
    }
}

/* What is missing in a later table only is handled, too. */
static void put_inputs(Task *k, StrBuf *out)
{
    StrBuf lines = {0};
    put_columns(k, &lines);
    if (!k->n_dropped && !k->any_texts && !k->any_missing && !k->any_codes) {
        strbuf_add(out, "    inputs     = normalize()\n");
        return;
    }
    strbuf_add(out, "    inputs     = columns(");
    if (lines.n) {
        strbuf_add(out, "[\n");
        strbuf_add_n(out, lines.text, lines.n);
        strbuf_add(out, k->any_numbers || k->any_texts ? "    ], " : "    ]");
    }
    if (k->any_numbers)
        strbuf_add(out, "numbers=[fill(median), normalize()]");
    if (k->any_texts)
        strbuf_printf(out, "%stexts=[fill(\"missing\"), one_hot(unknown=ignore)]",
                      k->any_numbers ? ", " : "");
    strbuf_add(out, ")\n");
    strbuf_close(&lines);
}

/* Why the first of the columns are left out, which all are. */
static RtStatus fail_nothing(const Task *k, RtError *error)
{
    char buf[160], why[400] = "";
    size_t at = 0;
    const NewTable *t = k->t;
    const RtNames *names = &t->all.table->names;
    for (uint32_t i = 0; i < names->n && at < sizeof why / 2; i++) {
        NewColumn c = new_table_column(t, i);
        if (!t->labels.table->columns[i].target)
            at += (size_t)snprintf(why + at, sizeof why - at, "%s\"%.40s\": %s", at ? "; " : "",
                                   names->at[i], why_dropped(k, i, &c, buf, sizeof buf));
    }
    (void)rt_fail(error, "'%s' has no column to learn \"%s\" from", t->path,
                  names->at[*t->targets]);
    rt_fail_help(error, "%s", why);
    return RT_ERROR;
}

/* ---- the program ---- */

static void put_name(const NewTable *t, uint32_t target, StrBuf *out)
{
    const char *name = t->all.table->names.at[t->targets[target]];
    strbuf_quote(out, name, strlen(name));
}

static void put_source(const Task *k, const char *data, StrBuf *out)
{
    const NewTable *t = k->t;
    strbuf_add(out, "    train      = csv(");
    strbuf_quote(out, data, strlen(data));
    strbuf_add(out, t->n_targets > 1 ? ", target=[" : ", target=");
    for (uint32_t i = 0; i < t->n_targets; i++) {
        strbuf_add(out, i ? ", " : "");
        if (t->has_header)
            put_name(t, i, out);
        else
            strbuf_printf(out, "%u", t->targets[i]);
    }
    strbuf_add(out, t->n_targets > 1 ? "]" : "");
    strbuf_add(out, t->has_header ? "" : ", header=false");
    if (t->delimiter[0] != ',') {
        strbuf_add(out, ", delimiter=");
        strbuf_quote(out, t->delimiter, 1);
    }
    if (t->decimal[0] != '.')
        strbuf_add(out, ", decimal=\",\"");
    if (t->encoding)
        strbuf_printf(out, ", encoding=\"%s\"", t->encoding);
    for (uint32_t i = 0; i < t->n_missing; i++) {
        strbuf_add(out, i ? ", " : ", missing=[");
        strbuf_quote(out, t->missing[i], strlen(t->missing[i]));
    }
    strbuf_add(out, t->n_missing ? "]" : "");
    strbuf_add(out, t->drop ? ", missing_target=drop)\n" : ")\n");
    if (k->split)
        strbuf_printf(out, "    validation = split(0.2%s)\n", k->stratify ? ", stratify=true" : "");
}

/* But for capital letters and blanks. */
static bool are_alike(const char *a, const char *b)
{
    for (;;) {
        a += strspn(a, " ");
        b += strspn(b, " ");
        if (tolower((unsigned char)*a) != tolower((unsigned char)*b))
            return false;
        if (!*a)
            return true;
        a++;
        b++;
    }
}

/* The first two classes that were hardly meant to be two. */
static void put_alike(const Task *k, StrBuf *out)
{
    const RtNames *names = &k->t->labels.class_names;
    for (uint32_t i = 0; i < names->n; i++)
        for (uint32_t j = 0; j < i; j++)
            if (are_alike(names->at[i], names->at[j])) {
                strbuf_add(out, "    # ");
                strbuf_quote(out, names->at[j], strlen(names->at[j]));
                strbuf_add(out, " and ");
                strbuf_quote(out, names->at[i], strlen(names->at[i]));
                strbuf_add(out, " are two classes: write them the same in the table\n");
                return;
            }
}

static void put_targets(const Task *k, StrBuf *out)
{
    put_alike(k, out);
    if (k->learn == LEARN_amounts)
        strbuf_add(
            out,
            "    targets    = normalize()    # predictions come back in the units of the table\n");
    else if (k->renumber)
        strbuf_add(out,
                   "    targets    = classes()      # predictions give the labels of the table\n");
}

static void put_model(const Task *k, StrBuf *out)
{
    int units = k->rows < 200 ? 16 : k->rows < MANY_ROWS ? 32 : 64;
    strbuf_printf(out,
                  "model net {\n    Dense(%d, activation=relu)\n    Dense(%d, activation=relu)\n",
                  units, units);
    if (k->learn == LEARN_two)
        strbuf_add(out, "    Dense(1, activation=sigmoid)\n}\n");
    else if (k->learn == LEARN_classes)
        strbuf_printf(out, "    Dense(%lld, activation=softmax)\n}\n", (long long)k->classes);
    else
        strbuf_printf(out, "    Dense(%u%s)\n}\n", k->t->n_targets,
                      k->learn == LEARN_answers ? ", activation=sigmoid" : "");
    strbuf_printf(out, "compile net { optimizer = Adam(0.001), loss = %s, metrics = %s }\n",
                  k->learn == LEARN_two || k->learn == LEARN_answers ? "binary_crossentropy"
                  : k->learn == LEARN_classes ? "sparse_categorical_crossentropy"
                                              : "mean_squared_error",
                  k->learn == LEARN_amounts   ? "[mean_absolute_error, r2_score]"
                  : k->learn == LEARN_answers ? "binary_accuracy"
                                              : "accuracy");
}

static void put_training(const Task *k, const char *name, StrBuf *out)
{
    int epochs = k->rows < 2000             ? 100
                 : k->rows < MANY_ROWS      ? 30
                 : k->rows < VERY_MANY_ROWS ? 10
                                            : 5;
    const char *part = k->split ? "validation" : "train";
    strbuf_printf(out, "fit net on table { epochs = %d", epochs);
    if (k->rows >= MANY_ROWS)
        strbuf_add(out, ", batch_size = 256");
    if (k->split)
        strbuf_add(out, ", callbacks = EarlyStopping(patience=10, restore_best_weights=true)");
    strbuf_printf(out, " }\n\nevaluate net on table.%s\n", part);
    StrBuf file = {0};
    strbuf_printf(&file, "%s.safetensors", name);
    strbuf_add(out, "save net to ");
    strbuf_quote(out, file.text, file.n);
    strbuf_close(&file);
    strbuf_printf(&file, "%s_predictions.csv", name);
    strbuf_printf(out, "\npredict net on table.%s to ", part);
    strbuf_quote(out, file.text, file.n);
    strbuf_add(out, "\n");
    strbuf_close(&file);
}

void new_shell_word(StrBuf *out, const char *word)
{
    static const char plain[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./=-";
    if (*word && strspn(word, plain) == strlen(word)) {
        strbuf_add(out, word);
        return;
    }
    strbuf_char(out, '\'');
    for (; *word; word++)
        if (*word == '\'')
            strbuf_add(out, "'\\''");
        else
            strbuf_char(out, *word);
    strbuf_char(out, '\'');
}

/* "#     nnlc run net.nn        trains": a command as a shell takes it, and what it does. `form` has the name
 * of the program up to three times. */
static void put_command(StrBuf *out, const char *form, const char *name, const char *does)
{
    StrBuf line = {0};
    for (const char *at = form; *at; at++) {
        StrBuf word = {0};
        for (; *at && *at != ' '; at++)
            strbuf_add_n(&word, *at == '%' ? name : at, *at == '%' ? strlen(name) : 1);
        new_shell_word(&line, word.text);
        strbuf_close(&word);
        if (!*at)
            break;
        strbuf_char(&line, ' ');
    }
    strbuf_show(out, "#     %-50s # %s\n", line.text, does);
    strbuf_close(&line);
}

static void put_comment(const Task *k, const char *name, const char *data, StrBuf *out)
{
    const NewTable *t = k->t;
    strbuf_show(out, "# %s.nn: learns ", name);
    for (uint32_t i = 0; i < t->n_targets; i++) {
        strbuf_add(out, !i ? "" : i + 1 < t->n_targets ? ", " : " and ");
        if (t->has_header)
            put_name(t, i, out);
        else
            strbuf_printf(out, "column %u, counted from 0,", t->targets[i]);
    }
    strbuf_show(out, " from the other columns of %s\n#\n", data);
    put_command(out, "nnlc run %.nn", name,
                k->split ? "trains, and predicts rows that it did not train on" : "trains");
    put_command(out, "nnlc %.nn -o %", name, "makes a program of it, which predicts other tables:");
    put_command(out, "./% predict new.csv --weights=%.safetensors", name, "after the training");
}

RtStatus new_program_write(const NewTable *t, const char *name, const char *data, StrBuf *out,
                           RtError *error)
{
    StrBuf inputs = {0};
    Task k = {.t = t, .target = new_table_column(t, *t->targets)};
    RtStatus status = find_task(&k, error);
    if (status != RT_OK)
        return status;
    put_inputs(&k, &inputs);
    if (!k.taken) {
        strbuf_close(&inputs);
        return fail_nothing(&k, error);
    }
    put_comment(&k, name, data, out);
    strbuf_add(out, "config { seed = 1 }\n\ndata table {\n");
    put_source(&k, data, out);
    strbuf_add_n(out, inputs.text, inputs.n);
    put_targets(&k, out);
    strbuf_add(out, "}\n\n");
    put_model(&k, out);
    put_training(&k, name, out);
    strbuf_close(&inputs);
    return RT_OK;
}
