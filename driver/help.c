/* help.c: --help and --version. */
#include "driver/help.h"

#include <stdio.h>
#include <string.h>

#include "runtime/abi/shown.h"

/* What the words of nnlc plot begin with in the table. */
static const char of_plot[] = "plot: ";

static bool is_of_plot(int i)
{
    return !strncmp(option_rows[i].doc, of_plot, sizeof of_plot - 1);
}

static void print_option(int i, const char *doc)
{
    char left[64];
    const char *sep = !*option_rows[i].value ? "" : option_rows[i].spelling[1] == '-' ? "=" : " ";
    if (i == OPT_define || i == OPT_no_warning)
        sep = "";
    snprintf(left, sizeof left, "%s%s%s", option_rows[i].spelling, sep, option_rows[i].value);
    rt_print(stdout, "  %-24s %s\n", left, doc);
}

static void print_plot_help(void)
{
    puts(
        "usage: nnlc plot LOG... [-o FILE] [options]\n\n"
        "Draws trainings that were run: a panel for each metric, the values of the validation\n"
        "dashed beside those of the training, a mark at the best epoch. Several runs are drawn\n"
        "over each other.\n\n"
        "LOG is a table of the callback CSVLogger, lines of JSON as a trainer's --log writes "
        "them,\n"
        "a history that json.dump wrote, or an event file of TensorBoard or its folder. A run has\n"
        "the name of its file.\n\n"
        "options:\n"
        "  -o FILE                  write a picture, .svg or .png, instead of the terminal");
    for (int i = 0; i < N_OPTIONS; i++)
        if (is_of_plot(i))
            print_option(i, option_rows[i].doc + sizeof of_plot - 1);
}

static void print_usage(void)
{
    puts("usage: nnlc FILE.nn -o TRAINER     make one program that trains, evaluates, predicts\n"
         "       nnlc run FILE.nn [-- ARGS]  do the same at once\n"
         "       nnlc check FILE.nn          look for mistakes only\n"
         "       nnlc import FILE.keras      the text of a model that Keras saved\n"
         "       nnlc info FILE              what a file of weights or a model holds\n"
         "       nnlc plot LOG...            logs of trainings as curves, in the terminal or with "
         "-o in a file\n"
         "       nnlc new FILE.csv --target=NAME  the text of a program that learns a column\n"
         "       nnlc doc [NAME]             what a word of the language means\n\noptions:");
    for (int i = 0; i < N_OPTIONS; i++)
        print_option(i, option_rows[i].doc);
}

void help_version(void)
{
    char version[64];
    rt_print(stdout, "nnlc %s\nLLVM %s\nlicense: MIT\n", NNLC_VERSION,
             llvm_version(version, sizeof version));
}

static void print_new_help(void)
{
    puts("usage: nnlc new FILE.csv --target=NAME [-o FILE.nn]\n"
         "       nnlc new FOLDER --example=NAME\n\n"
         "Writes the text of a program that learns a column of a table: what its columns become,\n"
         "a network, loss and metrics. Read it, change it, run it. Delimiter, header, decimal\n"
         "commas and encoding are found out. Or copies an example with its data into a folder.\n\n"
         "options:\n"
         "  --target=NAME            the column to predict; without a header its place from 0 on,\n"
         "                           -1: the last one\n"
         "  -o FILE                  write the program to FILE, which must not exist, instead of\n"
         "                           standard output\n"
         "  --example=NAME           the example to copy");
}

void help_print(Mode mode)
{
    if (mode == MODE_new)
        print_new_help();
    else if (mode == MODE_plot)
        print_plot_help();
    else
        print_usage();
}
