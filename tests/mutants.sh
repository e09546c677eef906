#!/bin/sh
# A suite that cannot fail proves nothing: builds nnlc with one part broken on purpose (a gradient rule, the
# loops' tails) and runs the unit tests, which must fail.    tests/mutants.sh
set -eu
cd "$(dirname "$0")/.."
caught=0
missed=0
for part in vjp tail; do
    cmake --preset dev -B "build/break-$part" -DNNLC_BREAK=$part > /dev/null
    cmake --build "build/break-$part" --target unit > /dev/null
    if /usr/bin/python3 tests/run.py "build/break-$part" --only=unit > "build/break-$part/log" 2>&1; then
        echo "NOT CAUGHT: $part"
        missed=$((missed + 1))
    else
        echo "caught: $part, by $(grep -c '^FAIL: unit/' "build/break-$part/log") programs:" \
            $(sed -n 's/^FAIL: unit\/\([a-z_]*\).*/\1/p' "build/break-$part/log")
        caught=$((caught + 1))
    fi
done
echo "$caught passed, $missed failed"
[ "$missed" -eq 0 ]
