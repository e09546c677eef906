"""Layout as clang-format makes it (.clang-format); with --fix it is applied. Tables (.def) are free."""
import shutil
import subprocess
import sys

import sources


def main():
    if not shutil.which("clang-format"):
        print("clang-format is not installed")
        sys.exit(sources.SKIPPED)
    paths = sources.files(".c", ".h")
    if "--fix" in sys.argv:
        subprocess.run(["clang-format", "-i", *paths], cwd=sources.ROOT, check=True)
        return
    done = subprocess.run(["clang-format", "--dry-run", *paths], cwd=sources.ROOT,
                          stderr=subprocess.PIPE, check=False)
    findings, seen = [], set()
    for line in done.stderr.decode(errors="replace").split("\n"):
        if "clang-format-violations" not in line:
            continue
        path, number = line.split(":")[:2]
        if path not in seen:
            findings.append(f"{path}:{number}: the layout differs (tests/lint/format.py --fix mends it)")
        seen.add(path)
    sources.finish(findings)


if __name__ == "__main__":
    main()
