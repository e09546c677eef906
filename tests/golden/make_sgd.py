"""Makes tests/golden/sgd.h and tests/golden/sgd/: linear models of scikit-learn after some epochs without shuffling.

    /tmp/venv/bin/python tests/golden/make_sgd.py      (scikit-learn 1.9.1, NumPy; any folder with them)

sgd.h: coefficients after a fixed number of epochs, for the interpreter in double (1e-6).
sgd/cases.nn and expected.csv: the same cases for trainers in f32 (1e-4 of the largest coefficient), and others that stop
by themselves, whose numbers of epochs must be equal."""
import os
import warnings

import numpy as np
from sklearn.linear_model import SGDClassifier, SGDRegressor
from sklearn.linear_model._stochastic_gradient import BaseSGD

HERE = os.path.dirname(os.path.abspath(__file__))
FOLDER = os.path.join(HERE, "sgd")
ROWS, FEATURES, HELD_OUT = 300, 6, 60
warnings.simplefilter("ignore")
BaseSGD._make_validation_split = lambda self, y, sample_mask: last_rows(self, y)

# penalty, learning rate, average, in turn, so that each of them stands beside each loss
LOSSES = ["hinge", "log_loss", "modified_huber", "squared_hinge", "perceptron", "squared_error", "huber",
          "epsilon_insensitive", "squared_epsilon_insensitive"]
PENALTIES = ["l2", "l1", "elasticnet", None]
RATES = [dict(learning_rate="optimal"), dict(learning_rate="constant", eta0=0.01),
         dict(learning_rate="invscaling", eta0=0.05, power_t=0.25)]


def data():
    r = np.random.default_rng(1)
    x = (0.3 * r.normal(size=(ROWS, FEATURES))).round(3)
    w = r.normal(size=(FEATURES, 3))
    three = (x @ w + r.normal(size=(ROWS, 3)) * 0.15).argmax(1)
    number = (x @ w[:, 0] + r.normal(size=ROWS) * 0.3).round(4)
    return x, {"two": (three > 0).astype(int), "three": three, "number": number}


def fixed_cases():
    cases, k = [], 0
    for loss in LOSSES:
        for i, penalty in enumerate(PENALTIES):
            rate = RATES[k % 3]
            if loss.startswith(("squared", "huber", "modified")) and rate["learning_rate"] == "optimal":
                rate = RATES[1]  # too large steps for these 'optimal'
            more = dict(rate, penalty=penalty, average=(False, True, 100)[(k // 2) % 3], alpha=0.01 if k % 2 else 0.001)
            cases.append(("three" if k % 2 else "two", "SGDClassifier", dict(more, loss=loss), 1 + 2 * (k % 3)))
            if loss in ("squared_error", "huber", "epsilon_insensitive", "squared_epsilon_insensitive"):
                cases.append(("number", "SGDRegressor", dict(more, loss=loss), 1 + 2 * (k % 3)))
            k += 1
        k += 1
    cases.append(("three", "SGDClassifier", dict(fit_intercept=False), 2))
    cases.append(("three", "SGDClassifier", dict(class_weight="balanced", loss="log_loss", learning_rate="constant"), 2))
    cases.append(("two", "SGDClassifier", dict(class_weight={0: 1.0, 1: 3.0}), 2))
    cases.append(("three", "SGDClassifier", dict(class_weight={1: 2.5}, loss="log_loss", learning_rate="constant"), 2))
    return cases


def stopping_cases():
    return [("three", "SGDClassifier", dict()), ("two", "SGDClassifier", dict(loss="log_loss")),
            ("three", "SGDClassifier", dict(loss="log_loss", learning_rate="adaptive", eta0=0.1)),
            ("two", "SGDClassifier", dict(loss="log_loss", learning_rate="adaptive", eta0=0.1, penalty="l1", alpha=0.001)),
            ("three", "SGDClassifier", dict(loss="modified_huber", penalty="elasticnet", learning_rate="constant", eta0=0.001,
                                            n_iter_no_change=2)),
            ("two", "SGDClassifier", dict(penalty=None, learning_rate="invscaling", eta0=0.1)),
            ("number", "SGDRegressor", dict()),
            ("number", "SGDRegressor", dict(loss="huber", learning_rate="adaptive")),
            ("number", "SGDRegressor", dict(average=True, tol=0.01)),
            # With an L2 penalty scikit-learn scores the weights without the factor that its decay collects in, and with log_loss
            # it compares answers -1 and 1 with classes 0 and 1: no rows of the rest are right then.
            ("three", "SGDClassifier", dict(early_stopping=True, penalty=None)),
            ("three", "SGDClassifier", dict(early_stopping=True, penalty="l1", n_iter_no_change=2, average=10)),
            ("three", "SGDClassifier", dict(early_stopping=True, penalty="l1", loss="modified_huber",
                                            learning_rate="adaptive", eta0=0.1)),
            ("two", "SGDClassifier", dict(early_stopping=True, loss="squared_hinge", penalty="l1", learning_rate="constant",
                                          eta0=0.01)),
            ("number", "SGDRegressor", dict(early_stopping=True, tol=0.01))]


def last_rows(model, y):
    """The rows that scikit-learn would draw are here the last ones, as in the program."""
    mask = np.zeros(len(y), dtype=bool)
    mask[len(y) - HELD_OUT:] = model.early_stopping
    return mask


def fitted(kind, arguments, x, y, **more):
    model = {"SGDClassifier": SGDClassifier, "SGDRegressor": SGDRegressor}[kind]
    arguments = dict(arguments, **more)
    return model(shuffle=False, **arguments).fit(x, y)


def numbers_of(model):
    coef = np.atleast_2d(model.coef_)
    intercept = np.atleast_1d(model.intercept_) if model.fit_intercept else np.zeros(0)
    return [float(v) for v in np.concatenate([coef.T.ravel(), intercept])]


def nn_value(v):
    if isinstance(v, dict):
        return "[" + ", ".join(f"{k}: {w}" for k, w in v.items()) + "]"
    return {None: "none", True: "true", False: "false"}.get(v, f'"{v}"' if isinstance(v, str) else repr(v)) \
        if not isinstance(v, (int, float)) or isinstance(v, bool) else repr(v)


def nn_call(kind, arguments):
    return f"{kind}({', '.join(f'{k}={nn_value(v)}' for k, v in arguments.items())})"


def c_list(values):
    lines, line = [], ""
    for v in values:
        text = f"{v!r}, "
        if len(line) + len(text) > 90:
            lines.append(line.rstrip())
            line = ""
        line += text
    return "\n    ".join(lines + [line.rstrip()])


def write_header(path, x, targets, cases):
    with open(path, "w") as out:
        out.write("/* Made by make_sgd.py (scikit-learn 1.9.1), do not edit: linear models after some epochs. */\n"
                  "#ifndef NNLC_TESTS_GOLDEN_SGD_H\n#define NNLC_TESTS_GOLDEN_SGD_H\n\n"
                  f"enum {{ SGD_ROWS = {ROWS}, SGD_FEATURES = {FEATURES}, SGD_MOST = {(FEATURES + 1) * 3} }};\n\n"
                  "typedef struct SgdCase {\n    const char *call, *data;\n    int epochs;\n"
                  "    double want[SGD_MOST]; /* kernel row by row, then bias */\n} SgdCase;\n\n")
        out.write(f"static const double sgd_x[] = {{\n    {c_list(x.ravel().tolist())}\n}};\n")
        for name, y in targets.items():
            out.write(f"static const double sgd_{name}[] = {{\n    {c_list([float(v) for v in y])}\n}};\n")
        out.write("static const SgdCase sgd_cases[] = {\n")
        for name, kind, arguments, epochs in cases:
            model = fitted(kind, arguments, x, targets[name], max_iter=epochs, tol=None)
            call = nn_call(kind, dict(arguments, max_iter=epochs, tol=None)).replace('"', '\\"')
            out.write(f'    {{"{call}",\n     "{name}", {epochs},\n     {{{c_list(numbers_of(model))}}}}},\n')
        out.write("};\n\n#endif\n")


def write_trainings(x, targets, fixed, stopping):
    for name, y in targets.items():
        with open(os.path.join(FOLDER, f"{name}.csv"), "w") as out:
            out.write(",".join(f"x{i}" for i in range(FEATURES)) + ",y\n")
            for row, t in zip(x.tolist(), y.tolist()):
                out.write(",".join(map(repr, row)) + f",{t!r}\n")
    program = open(os.path.join(FOLDER, "cases.nn"), "w")
    expected = open(os.path.join(FOLDER, "expected.csv"), "w")
    program.write("# Made by make_sgd.py: a line for each case: epochs, kernel, bias.\n")
    for name in targets:
        program.write(f'data {name} {{ train = csv("{name}.csv", target="y") }}\n')
        program.write(f'data held_{name} from {name} {{ validation = split({HELD_OUT / ROWS}, from=end) }}\n')
    cases = [(n, k, dict(a, max_iter=e, tol=None)) for n, k, a, e in fixed] + stopping
    for i, (name, kind, arguments) in enumerate(cases):
        model = fitted(kind, arguments, x, targets[name])
        bias = f", m{i}.output.bias" if model.fit_intercept else ""
        program.write(f"let m{i} = {nn_call(kind, dict(arguments, shuffle=False))}\n"
                      f"fit m{i} on {'held_' if arguments.get('early_stopping') else ''}{name} as r{i}\n"
                      f'print r{i}.epochs, format("{{:.9g}}", m{i}.output.kernel)' +
                      (f', format("{{:.9g}}", m{i}.output.bias)' if bias else "") + "\n")
        expected.write(",".join([str(model.n_iter_)] + [repr(v) for v in numbers_of(model)]) + "\n")


def main():
    os.makedirs(FOLDER, exist_ok=True)
    x, targets = data()
    fixed, stopping = fixed_cases(), stopping_cases()
    write_header(os.path.join(HERE, "sgd.h"), x, targets, fixed)
    write_trainings(x, targets, fixed, stopping)


if __name__ == "__main__":
    main()
