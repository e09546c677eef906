"""Reads what --hash prints: models NAME_1, NAME_2, … of one name are equal, and not all others are, too."""
import sys

groups = {}
for line in sys.stdin:
    words = line.split()
    if words and words[0] == "hash":
        groups.setdefault(words[1].rpartition("_")[0], {})[words[1]] = words[2]
for name, models in groups.items():
    if len(models) < 2 or len(set(models.values())) != 1:
        sys.exit(f"{name}: {models}")
if len({value for models in groups.values() for value in models.values()}) * 2 < len(groups) or len(groups) < 2:
    sys.exit(f"not told apart: {groups}")
