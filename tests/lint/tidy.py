"""clang-tidy (.clang-tidy) over every source of the build. Slow, so it runs when asked for by name."""
import concurrent.futures
import json
import os
import re
import shutil
import subprocess
import sys

import sources

FINDING = re.compile(r"^(.*?):(\d+):\d+: (?:warning|error): (.*)$", re.MULTILINE)


def tidy(build, path):
    done = subprocess.run(["clang-tidy", "--quiet", "-p", build, path], cwd=sources.ROOT,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                          check=False)
    text = done.stdout.decode(errors="replace")
    return {f"{os.path.relpath(file, sources.ROOT)}:{line}: {what}"
            for file, line, what in FINDING.findall(text) if file.startswith(sources.ROOT)}


def main():
    if not shutil.which("clang-tidy"):
        print("clang-tidy is not installed")
        sys.exit(sources.SKIPPED)
    build = sys.argv[1]
    with open(os.path.join(build, "compile_commands.json"), encoding="utf-8") as file:
        built = {os.path.relpath(entry["file"], sources.ROOT) for entry in json.load(file)}
    wanted = sys.argv[2] if len(sys.argv) > 2 else ""
    paths = [path for path in sources.files(".c") if path in built and path.startswith(wanted)]
    findings = set()
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for found in pool.map(lambda path: tidy(build, path), paths):
            findings |= found
    sources.finish(sorted(findings))


if __name__ == "__main__":
    main()
