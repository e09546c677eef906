# How lit runs the tests of this folder. Comes in: the paths of one build, from the file that CMake
# writes (lit.site.cfg.py). A test that needs more than the build says so with REQUIRES; the names
# it may use are the features collected here.
import ctypes
import importlib.util
import os
import platform
import shutil
import sys

import lit.formats

config.name = "nnlc"
config.test_format = lit.formats.ShTest(execute_external=False)
config.suffixes = [".nn", ".nnir", ".test"]
config.excludes = ["Inputs", "unit", "lint", "fuzz", "golden"]
config.test_source_root = os.path.dirname(os.path.abspath(__file__))
root = os.path.dirname(config.test_source_root)

config.environment["PATH"] = os.pathsep.join(
    [config.nnlc_bin, config.llvm_tools, config.environment["PATH"]])
config.environment["NO_COLOR"] = "1"
config.environment["FILECHECK_OPTS"] = "--enable-var-scope --dump-input=fail"
for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS", "TMPDIR"):
    if name in os.environ:
        config.environment[name] = os.environ[name]

config.substitutions += [
    (r"%nnlc\b", os.path.join(config.nnlc_bin, "nnlc")),
    (r"%python\b", sys.executable),
    (r"%root\b", root),
    (r"%cc\b", config.cc),
    (r"%other\b", "aarch64" if platform.machine() == "x86_64" else "x86_64"),
    (r"%ld\b", shutil.which("ld") or "ld"),
]


def cpu_flags():
    try:
        with open("/proc/cpuinfo", encoding="ascii", errors="replace") as file:
            for line in file:
                if line.startswith("flags"):
                    return set(line.split(":", 1)[1].split())
    except OSError:
        pass
    return set()


def has_landlock():
    """The version of the interface that --sandbox uses: system call 444."""
    return platform.system() == "Linux" and ctypes.CDLL(None).syscall(444, None, 0, 1) >= 1


features = config.available_features
if has_landlock():
    features.add("landlock")
features.add(platform.machine())
for tool in ("dot", "gdb", "qemu-aarch64", "strace"):
    if shutil.which(tool):
        features.add(tool)
if shutil.which("aarch64-linux-gnu-gcc"):
    features.add("aarch64-gcc")
if {"avx2", "fma", "bmi2"} <= cpu_flags():
    features.add("avx2")
if {"avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl"} <= cpu_flags():
    features.add("avx512")
if importlib.util.find_spec("numpy"):
    features.add("numpy")
if config.hdf5:
    features.add("hdf5")
if config.cairo:
    features.add("cairo")
if config.jansson:
    features.add("jansson")
if config.sanitize:
    features.add("sanitizers")

data = os.environ.get("NNLC_DATA") or os.path.join(root, "..", "shared", "data")
if os.path.isdir(data):
    features.add("data")
    config.environment["NNLC_DATA"] = os.path.abspath(data)     # where trainers look for files, too

if importlib.util.find_spec("psutil"):      # lit cannot stop a hanging test without it
    lit_config.maxIndividualTestTime = 900 if config.sanitize else 300
