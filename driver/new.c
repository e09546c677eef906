/* new.c: nnlc new: what the command line asks for, and where the text goes. */
#include "driver/new.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "driver/new_example.h"
#include "driver/new_program.h"
#include "runtime/abi/shown.h"

static int wrong(const Session *s, const char *message)
{
    report(s, message);
    return EXIT_WRONG;
}

/* "data/wine quality.csv.gz" -> "wine quality". */
static const char *stem(Arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    size_t n = strcspn(name + (*name == '.'), ".") + (*name == '.');
    return arena_strndup(arena, name, n);
}

/* The table as the program names it: it is searched beside the program first. */
static const char *data_path(Arena *arena, const char *table, const char *program)
{
    const char *slash = strrchr(table, '/');
    bool beside = program && !strcmp(folder_of(arena, table), folder_of(arena, program));
    return beside && slash ? slash + 1 : table;
}

/* Which column is it? Shows them. */
static int ask_for_target(const Session *s, const NewTable *t)
{
    char list[400];
    report(s, arena_shown(s->arena, "which column of '%s' is to be predicted?", t->path));
    rt_print(stderr, "help: add --target=NAME; the table has %s\n",
             rt_names_text(&t->all.table->names, list, sizeof list));
    return EXIT_USAGE;
}

/* What was made, and what to do next. */
static void tell(const Session *s, const NewTable *t)
{
    const Options *o = s->options;
    if (!o->output || !strcmp(o->output, "-"))
        return;
    StrBuf word = {0};
    rt_print(stdout, "%s: %lld rows, %u columns, learns", o->output,
             (long long)t->labels.table->rows, t->all.table->names.n);
    for (uint32_t i = 0; i < t->n_targets; i++)
        rt_print(stdout, "%s %s\"%s\"", i ? "," : "", t->has_header ? "" : "column ",
                 t->all.table->names.at[t->targets[i]]);
    new_shell_word(&word, o->output);
    rt_print(stdout, "\nnext: nnlc run %s\n", word.text);
    strbuf_close(&word);
}

static int write_program(const Session *s, NewTable *t)
{
    RtError error;
    StrBuf text = {0};
    const Options *o = s->options;
    bool to_file = o->output && strcmp(o->output, "-") != 0;
    const char *name = stem(s->arena, to_file ? o->output : t->path);
    int code = EXIT_WRONG;
    if (!o->target)
        return ask_for_target(s, t);
    RtStatus status = new_table_target(t, s->arena, o->target, &error);
    if (status == RT_OK)
        status = new_program_write(
            t, name, data_path(s->arena, t->path, to_file ? o->output : NULL), &text, &error);
    if (status != RT_OK)
        report_failure(s, &error);
    else if (file_write(s, o->output, text.text, text.n))
        code = EXIT_FINE;
    if (code == EXIT_FINE)
        tell(s, t);
    strbuf_close(&text);
    return code;
}

int new_print(Session *s)
{
    RtError error;
    NewTable t;
    struct stat st;
    const Options *o = s->options;
    if (o->example)
        return new_example_copy(s);
    if (o->output && strcmp(o->output, "-") != 0 && !stat(o->output, &st))
        return wrong(s,
                     arena_printf(s->arena, "'%s' exists already: it is not replaced", o->output));
    RtStatus status = new_table_read(&t, s->arena, o->input, &error);
    int code = EXIT_WRONG;
    if (status == RT_OK)
        code = write_program(s, &t);
    else
        report_failure(s, &error);
    new_table_close(&t);
    return code;
}
