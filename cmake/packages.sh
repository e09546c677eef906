#!/bin/sh
# Installs Debian's packages for building nnlc and, asked for with "test", for testing it. What is
# there already is left alone; without anything to install, no rights are needed.
set -eu

build="llvm-19-dev flex bison cmake ninja-build gcc libc6-dev zlib1g-dev libzstd-dev libunistring-dev libhdf5-dev libjansson-dev libcairo2-dev libfreetype-dev fonts-dejavu-core"
test="llvm-19-tools clang-19 libclang-rt-19-dev python3 python3-psutil python3-numpy gdb strace libmpfr-dev"
[ "$(uname -m)" = x86_64 ] && test="$test gcc-aarch64-linux-gnu libc6-dev-arm64-cross qemu-user"

wanted=$build
[ "${1:-}" = test ] && wanted="$wanted $test"

missing=
for package in $wanted; do
    dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed ||
        missing="$missing $package"
done
[ -n "$missing" ] || exit 0

echo "installing:$missing"
as_root=
[ "$(id -u)" -eq 0 ] || as_root=sudo
$as_root apt-get update -q
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $missing
