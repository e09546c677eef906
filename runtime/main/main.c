/* main.c: the main of every trainer. In an object of its own, so that nnlc itself, which calls rt_main
 * with code made at once, does not take it. */
#include "runtime/cli/cli.h"
#include "runtime/files/hdf5/hdf5.h"
#include "runtime/exec/surroundings.h"

extern const NnlProgram nnl_program;

int main(int argc, char **argv)
{
    int code;
    if (rt_hdf5_child(argc, argv, &code))
        return code;
    rt_surroundings_begin();
    return rt_main(&nnl_program, NULL, argc, argv);
}
