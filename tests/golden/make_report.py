#!/usr/bin/env python3
"""Makes scikit-learn's classification reports, and errors of regressions, for tests/unit/report.c.

    python3 make_report.py > report.h
"""
import numpy as np
import sklearn
from sklearn.metrics import classification_report, confusion_matrix, mean_absolute_error, mean_squared_error, r2_score

rng = np.random.default_rng(7)


def text(s):
    return "\n    ".join('"' + line.replace("\\", "\\\\") + '\\n"' for line in s.split("\n"))


def of_classes(y, p, names, classes):
    counts = confusion_matrix(y, p, labels=range(classes))
    shown = names + [str(i) for i in range(len(names), classes)]
    report = classification_report(y, p, labels=range(classes), target_names=shown, zero_division=0)
    lines = "\n".join(line.rstrip() for line in report.rstrip("\n").split("\n"))
    return names, classes, counts, lines


def class_cases():
    y, p = rng.integers(0, 3, 60), rng.integers(0, 3, 60)
    yield of_classes(y, np.where(rng.random(60) < 0.6, y, p), ["red", "green", "blue"], 3)
    yield of_classes(np.array([0, 1, 1, 0]), np.array([0, 1, 0, 0]), [], 2)
    yield of_classes(np.array([0, 3, 3, 0, 1]), np.array([0, 3, 2, 0, 0]), ["a", "b"], 4)  # no row of class 2, none called 1
    yield of_classes(rng.integers(0, 12, 3000), rng.integers(0, 12, 3000), ["a rather long name"], 12)


def value_cases():
    for rows, columns in [(20, 1), (15, 3)]:
        y = rng.normal(size=(rows, columns)) * 3
        yield y, y + rng.normal(size=y.shape)
    yield np.full((4, 1), 2.5), np.array([[2.5], [3], [2], [2.5]])
    yield np.full((3, 1), 1.5), np.full((3, 1), 1.5)


def numbers(values):
    return ", ".join(repr(float(v)) for v in np.asarray(values).ravel())


def line(y, p):
    return f"{mean_absolute_error(y, p):12.6g} {np.sqrt(mean_squared_error(y, p)):12.6g} {r2_score(y, p):12.4f}"


def main():
    print("/* By make_report.py with scikit-learn %s: texts without blanks at the ends of lines. */" % sklearn.__version__)
    print("#ifndef NNLC_TESTS_GOLDEN_REPORT_H\n#define NNLC_TESTS_GOLDEN_REPORT_H\n\n#include <stddef.h>\n#include <stdint.h>\n")
    print("/* clang-format off */")
    rows = []
    for i, (names, classes, counts, report) in enumerate(class_cases()):
        print(f"static const char *const names_{i}[] = {{{', '.join(repr(n).replace(chr(39), chr(34)) for n in names) or 'NULL'}}};")
        print(f"static const int64_t counts_{i}[] = {{{', '.join(str(v) for v in counts.ravel())}}};")
        rows.append(f"    {{{len(names)}, names_{i}, {classes}, counts_{i},\n    {text(report)}}},")
    print("static const struct {\n    uint32_t n_names;\n    const char *const *names;\n    int64_t classes;\n"
          "    const int64_t *counts;\n    const char *text;\n} golden_reports[] = {")
    print("\n".join(rows) + "\n};")
    rows = []
    for i, (y, p) in enumerate(value_cases()):
        means = np.arange(y.shape[1]) / 4
        print(f"static const double y_{i}[] = {{{numbers(y)}}};\nstatic const double p_{i}[] = {{{numbers(p)}}};")
        print(f"static const double means_{i}[] = {{{numbers(means)}}};")
        lines = [line(y[:, c], v) for c in range(y.shape[1]) for v in (p[:, c], np.full(len(y), means[c]))]
        rows.append(f"    {{{len(y)}, {y.shape[1]}, y_{i}, p_{i}, means_{i}, {{{', '.join(chr(34) + s + chr(34) for s in lines)}}}}},")
    print("/* lines: of each column, of its mean. */\nstatic const struct {\n    int64_t rows, columns;\n    const double *y, *p, *means;\n"
          "    const char *lines[6];\n} golden_values[] = {")
    print("\n".join(rows) + "\n};\n\n#endif")


if __name__ == "__main__":
    main()
