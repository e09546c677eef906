"""Archives of Keras with damaged texts: nnlc info tells, or shows what is left; it never crashes."""
import random
import subprocess
import sys
import zipfile

with zipfile.ZipFile("layers.keras") as f:
    GOOD = {name: f.read(name) for name in f.namelist()}
random.seed(6)
wrong = 0


def show(name, tell, **changes):
    global wrong
    members = dict(GOOD, **{key + ".json": text for key, text in changes.items()})
    with zipfile.ZipFile(name, "w") as out:
        for key, text in members.items():
            if text is not None:
                out.writestr(key, text)
    done = subprocess.run([sys.argv[1], "info", name], capture_output=True, text=True, errors="replace")
    good = done.returncode == 0 and "total: 35 tensors" in done.stdout and not done.stderr
    told = done.returncode == 1 and f"'{name}" in done.stderr and not done.stdout
    if not (good or told):
        wrong += 1
        print("WRONG", name, done.returncode, done.stderr)
    if tell:
        print(done.stderr if done.stderr else f"'{name}' shows: " + done.stdout.split("\n")[2])


config = GOOD["config.json"]
show("cut.keras", True, config=config[:900])
show("list.keras", True, config=b"[]")
show("word.keras", True, config=b'{"config": {"name": "a", "layers": [1]}}')
show("deep.keras", True, config=b'{"config": ' + b"[" * 200 + b"]" * 200 + b"}")
show("end.keras", True, config=config + b"x")
show("metadata.keras", True, metadata=b"{1}")
show("bare.keras", True, config=None)
show("names.keras", True, config=config.replace(b'"first"', b'"a\\nb\\u0007\\u001b[31m"').replace(b'"Dense"', b'"' + b"D" * 9000 + b'"'))
for i in range(36):
    show("cut_config.keras", False, config=config[:len(config) * i // 36])
for i in range(36):
    data = bytearray(config)
    for _ in range(1 + i % 5):
        data[random.randrange(len(data))] = random.choice(b'{}[]",:0a\\ \x01\xff')
    show("changed_config.keras", False, config=bytes(data))
print("80 files,", wrong, "wrong")
