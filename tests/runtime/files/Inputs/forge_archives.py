"""Archives that no Keras writes, and damaged ones, made of layers.keras and of the forged .h5 files here: NAME.keras."""
import io
import random
import struct
import sys
import warnings
import zipfile

WEIGHTS, CONFIG, METADATA = "model.weights.h5", "config.json", "metadata.json"
with zipfile.ZipFile("layers.keras") as f:
    GOOD = {name: f.read(name) for name in (METADATA, CONFIG, WEIGHTS)}
NAMES = []


def put(name, data):
    NAMES.append(name + ".keras")
    with open(NAMES[-1], "wb") as out:
        out.write(data)


def pack(members, method=zipfile.ZIP_STORED):
    """Pairs, so that names may come twice."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as f:
        for name, data in members:
            f.writestr(zipfile.ZipInfo(name), data, method)
    return out.getvalue()


def archive(name, method=zipfile.ZIP_STORED, extra=(), **changes):
    members = dict(GOOD)
    for key, value in changes.items():
        key = {"weights": WEIGHTS, "config": CONFIG, "metadata": METADATA}[key]
        members.pop(key)
        if value is not None:
            members[key] = value
    put(name, pack(list(members.items()) + list(extra), method))


def patch(data, signature, at, text, last=False):
    """Changes bytes of the first or last header of this kind."""
    start = data.rindex(signature) if last else data.index(signature)
    return data[:start + at] + text + data[start + at + len(text):]


def structured():
    zeros = bytes(1 << 20)
    archive("no_weights", weights=None)
    archive("npz_weights", weights=None, extra=[("model.weights.npz", b"")])
    archive("sharded", weights=None, extra=[("model.weights.json", b"{}")])
    put("none", pack([]))
    put("other", pack([("a.npy", b"")]))
    for number, name in enumerate(["../x", "/etc/x", "a/../../x", "..\\x", "assets/.."]):
        archive(f"leads_out{number}", extra=[(name, b"x")])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        archive("twice", extra=[(WEIGHTS, GOOD[WEIGHTS])])
    archive("empty_weights", weights=b"")
    archive("text_weights", weights=b"no HDF5")
    archive("zero_byte", config=b'{"a": "\0"}')
    archive("large_config", zipfile.ZIP_DEFLATED, config=b" " * ((1 << 26) + 1))
    archive("bomb", zipfile.ZIP_DEFLATED, weights=zeros * 64)
    for name in ("soft", "external", "elsewhere", "virtual", "lzf", "deep", "long", "gzip"):
        with open(name + ".h5", "rb") as f:
            archive("inner_" + name, weights=f.read())
    archive("inner_cut", weights=GOOD[WEIGHTS][:-400])
    deflated = pack(list(GOOD.items()), zipfile.ZIP_DEFLATED)
    put("claims", patch(deflated, b"PK\1\2", 24, struct.pack("<I", 0xfffffff0), last=True))
    put("smaller", patch(deflated, b"PK\1\2", 24, struct.pack("<I", 1000), last=True))
    put("checksum", patch(deflated, b"PK\1\2", 16, b"\1\2\3\4", last=True))
    put("encrypted", patch(deflated, b"PK\1\2", 8, b"\1\0", last=True))
    put("method", patch(deflated, b"PK\1\2", 10, b"\14\0", last=True))
    put("places", patch(deflated, b"PK\1\2", 42, struct.pack("<I", 0x7fffffff), last=True))
    put("many_members", pack(list(GOOD.items()))[:-10] + b"\xff\xff\xff\xff" + pack([])[-6:])


def damaged():
    with open("layers.keras", "rb") as f:
        stored = f.read()
    deflated = pack(list(GOOD.items()), zipfile.ZIP_DEFLATED)
    for i in range(36):
        data = (stored, deflated)[i % 2]
        put(f"cut{i}", data[:len(data) * i // 36])
    for i in range(48):
        data = bytearray((stored, deflated)[i % 2])
        for _ in range(1 + i % 4):
            data[random.randrange(len(data))] ^= 1 + random.randrange(255)
        put(f"changed{i}", bytes(data))


random.seed(4)
structured() if sys.argv[1] == "structured" else damaged()
print("\n".join(NAMES))
