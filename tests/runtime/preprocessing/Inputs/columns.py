"""What columns(...) makes of a table, against numbers of scikit-learn (tests/golden/make_columns.py).

    columns.py NNLC GOLDEN_FOLDER

Values come as f32, so they agree to 2e-6 of the larger of 1 and the value."""
import csv
import json
import subprocess
import sys

nnlc, golden = sys.argv[1:]
cases = json.load(open(golden + "/expected.json"))
text = []
for i, case in enumerate(cases):
    text.append(f"""data d{i} {{
    train = csv("{golden}/train.csv", target="y"), test = csv("{golden}/later.csv", target="y")
    inputs = columns({case["columns"]}, numbers=drop(), texts=drop())
}}
model m{i} {{ Identity() }}
adapt m{i} on d{i}
predict m{i} on d{i}.train to "train{i}.csv" {{ verbose = 0 }}
predict m{i} on d{i}.test to "later{i}.csv" {{ verbose = 0 }}
""")
open("columns.nn", "w").write("".join(text))
subprocess.run([nnlc, "run", "columns.nn"], check=True)
wrong = 0
for i, case in enumerate(cases):
    for part in ("train", "later"):
        rows = list(csv.reader(open(f"{part}{i}.csv")))[1:]
        want = case[part]
        got = [[float(x) for x in row] for row in rows]
        same = len(got) == len(want) and all(
            len(a) == len(b) and all(abs(x - y) <= 2e-6 * max(1, abs(y)) for x, y in zip(a, b))
            for a, b in zip(got, want))
        if not same:
            wrong += 1
            print(f'{case["name"]}, {part}: {got[:4]} instead of {want[:4]}')
print(f"{len(cases)} cases, {wrong} wrong")
