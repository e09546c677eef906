#!/bin/sh
# Makes the kept pictures again, those of tests/unit/plot.c and plot_png.c: tests/plot/make.sh BUILD
# Look at each before it is committed.
set -eu
cd "$(dirname "$0")/../.."
for program in "$1"/unit/unit_plot "$1"/unit/unit_plot_png; do
    [ ! -x "$program" ] || "$program" --write
done
