"""Reads predictions with Python's csv and json: NAME... prints what each file holds, numbers as OK or nan."""
import csv
import json
import sys


def number(text):
    return "OK" if float(text) == float(text) else "nan"


def lines(path):
    if path.endswith(".jsonl"):
        for line in open(path, encoding="utf-8"):
            row = json.loads(line)
            scores = row.get("scores", row)
            yield [row.get("class", "")] + [f"{k}={'nan' if v is None else 'OK'}" for k, v in scores.items()]
        return
    rows = csv.reader(open(path, encoding="utf-8", newline=""), strict=True)
    header = next(rows)
    yield header
    for row in rows:
        assert len(row) == len(header), row
        first = header[0] == "class"
        yield row[:first] + [number(x) for x in row[first:]]


def main():
    for path in sys.argv[1:]:
        print(path)
        for line in lines(path):
            print(line)


main()
