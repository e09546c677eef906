/* doc.c: nnlc doc NAME: what a word of the language means, from the tables; without a name the whole
 * reference (docs/reference.md). */
#include <stdio.h>
#include <string.h>

#include "driver/session.h"
#include "runtime/abi/suggest.h"

static void print_arg(const ArgRow *a)
{
    printf("- `%s`", a->name);
    if (a->fallback)
        printf(" = `%s`", a->fallback);
    if (*a->range)
        printf(" (%s)", a->range);
    printf(": %s%s\n", a->doc, a->later ? " (only the default is built yet)" : "");
}

static void print_row(const Row *row)
{
    printf("### %s\n\n", row->name);
    if (row->later)
        printf("*Not built yet.* ");
    printf("%s\n", row->doc);
    if (*row->aliases)
        printf("\nAlso written: %s\n", row->aliases);
    if (row->n_args)
        printf("\n");
    for (uint32_t i = 0; i < row->n_args; i++)
        print_arg(&row->args[i]);
    printf("\n");
}

static int print_all(void)
{
    puts("# Reference\n\nMade by `nnlc doc` from the tables that the compiler itself reads.\n");
    for (int k = 0; k < N_VOCABS; k++) {
        const char *plural = vocab_name_plural((VocabKind)k);
        printf("## %c%s\n\n", plural[0] - 'a' + 'A', plural + 1);
        for (size_t i = 0; i < vocab_count((VocabKind)k); i++)
            if (!vocab_row((VocabKind)k, i)->later)
                print_row(vocab_row((VocabKind)k, i));
        bool any = false;
        for (size_t i = 0; i < vocab_count((VocabKind)k); i++)
            if (vocab_row((VocabKind)k, i)->later) {
                printf("%s`%s`",
                       any ? ", " : "Known, but not built yet: ", vocab_row((VocabKind)k, i)->name);
                any = true;
            }
        printf(any ? "\n\n" : "");
    }
    return EXIT_FINE;
}

int doc_print(const Session *s)
{
    const char *name = s->options->doc_name;
    bool found = false;
    if (!name)
        return print_all();
    RtSuggest best = rt_suggest_start(name);
    for (int k = 0; k < N_VOCABS; k++) {
        const Row *row = vocab_find((VocabKind)k, name);
        vocab_offer((VocabKind)k, &best);
        if (!row)
            continue;
        printf("%s%s\n\n", found ? "\n" : "", vocab_name((VocabKind)k));
        print_row(row);
        found = true;
    }
    if (found)
        return EXIT_FINE;
    const char *near = rt_suggest_best(&best);
    fprintf(stderr,
            near ? "nnlc: error: there is no '%s'; did you mean '%s'?\n"
                 : "nnlc: error: there is no '%s'\n",
            name, near);
    return EXIT_WRONG;
}
