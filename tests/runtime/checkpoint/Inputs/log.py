"""Reads a file of JSON lines and prints them with spaces, T for a time and S for seconds, and how many there are."""
import json
import sys

N = 0
with open(sys.argv[1], encoding="utf-8") as lines:
    for text in lines:
        line = json.loads(text, parse_constant=lambda word: sys.exit(f"{word} is not JSON"))
        print(json.dumps(line | {"time": "T", "seconds": "S"}).replace('"T"', "T").replace('"S"', "S"))
        N += 1
print(N, "lines")
