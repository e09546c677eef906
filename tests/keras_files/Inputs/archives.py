"""Archives as Keras saves them, made of one config.json.

    archives.py MODELS.jsonl FOLDER     writes FOLDER/NAME.keras for each line; equal names get a number"""
import json
import os
import sys
import zipfile


def write(path, text):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("metadata.json", '{"keras_version": "3.15.1", "date_saved": "2026-01-01@00:00:00"}')
        archive.writestr("config.json", text)


def models(path):
    """Name and configuration of each line."""
    count = {}
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            model = json.loads(line)
            name = model["name"]
            count[name] = count.get(name, 0) + 1
            yield name + (f"-{count[name]}" if count[name] > 1 else ""), model["config"]


def main():
    for name, config in models(sys.argv[1]):
        write(os.path.join(sys.argv[2], name + ".keras"), json.dumps(config))


if __name__ == "__main__":
    main()
