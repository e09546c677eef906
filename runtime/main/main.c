/* main.c: the main of every trainer. In an object of its own, so that nnlc itself, which calls rt_main
 * with code made at once, does not take it. */
#include "runtime/cli/cli.h"

extern const NnlProgram nnl_program;

int main(int argc, char **argv)
{
    return rt_main(&nnl_program, NULL, argc, argv);
}
