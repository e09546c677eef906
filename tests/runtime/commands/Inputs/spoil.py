"""Files of weights with parts missing or changed: short (a fitted value), digest (a key of the description),
broken (the description ends early), twice (a key of the description is there twice), huge (a shape of too many
elements), bare (weights alone, as another program writes them)."""
import json
import struct
import sys

with open(sys.argv[1], "rb") as file:
    data = file.read()
size = struct.unpack("<Q", data[:8])[0]
head, body = json.loads(data[8:8 + size]), data[8 + size:]


def write(name, change, keep=lambda key: True):
    new, parts, at = {}, [], 0
    meta = dict(head["__metadata__"])
    change(meta)
    if meta:
        new["__metadata__"] = meta
    for key, entry in head.items():
        if key == "__metadata__" or not keep(key):
            continue
        begin, end = entry["data_offsets"]
        parts.append(body[begin:end])
        new[key] = dict(entry, data_offsets=[at, at + end - begin])
        at += end - begin
    text = json.dumps(new).encode()
    with open(name, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + b"".join(parts))


def without(key):
    def change(meta):
        description = json.loads(meta["nnlc"])
        del description[key]
        meta["nnlc"] = json.dumps(description)
    return change


write("short.safetensors", lambda meta: None, lambda key: key != "fitted/b/mean")
write("digest.safetensors", without("digest"))
write("broken.safetensors", lambda meta: meta.update(nnlc=meta["nnlc"][:20]))
write("twice.safetensors", lambda meta: meta.update(nnlc=meta["nnlc"][:-1] + ',"shape":[2]}'))
write("huge.safetensors", lambda meta: meta.update(nnlc=meta["nnlc"].replace('"shape":[2]', '"shape":[4294967296,4294967296]')))
write("bare.safetensors", lambda meta: meta.clear(), lambda key: not key.startswith("fitted/"))
