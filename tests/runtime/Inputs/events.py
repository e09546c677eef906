"""Reads TensorBoard's event files, with checks of its own: records, checksums, protobuf.

    events.py FILE-or-FOLDER ...     a line per event: tag, step, value; of a histogram the buckets that hold
                                     something, as LEFT..RIGHT:COUNT

Times are checked (they never go back, and lie within a day of now) and not printed. Of a folder every file in
it is read, in the order of the names."""
import os
import struct
import sys
import time


def crc32c(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0x82F63B78 if crc & 1 else 0)
    return crc ^ 0xFFFFFFFF


def masked(data):
    crc = crc32c(data)
    return ((crc >> 15 | crc << 17 & 0xFFFFFFFF) + 0xA282EAD8) & 0xFFFFFFFF


def check(data, found):
    expected = masked(data)
    if found != expected:
        raise ValueError(f"checksum {found:#x}, expected {expected:#x}")


def records(data):
    at = 0
    while at < len(data):
        size, size_crc = struct.unpack_from("<QI", data, at)
        check(data[at:at + 8], size_crc)
        record = data[at + 12:at + 12 + size]
        check(record, struct.unpack_from("<I", data, at + 12 + size)[0])
        yield record
        at += size + 16


def varint(data, at):
    value, shift = 0, 0
    while True:
        value |= (data[at] & 0x7F) << shift
        shift += 7
        at += 1
        if data[at - 1] < 0x80:
            return value, at


def fields(data):
    """A message as {field: [values]}."""
    found, at = {}, 0
    while at < len(data):
        key, at = varint(data, at)
        if key & 7 == 0:
            value, at = varint(data, at)
        else:
            size = {1: 8, 5: 4}.get(key & 7)
            if key & 7 == 2:
                size, at = varint(data, at)
            value, at = data[at:at + size], at + size
            if len(value) != size:
                raise ValueError("a field reaches past its message")
        found.setdefault(key >> 3, []).append(value)
    return found


def only(message, field):
    value, = message[field]
    return value


def shown(value):
    tensor, plugin = fields(only(value, 8)), fields(only(fields(only(value, 9)), 1))
    kind = only(plugin, 1).decode()
    sizes = [only(fields(dim), 1) for dim in fields(only(tensor, 2)).get(2, [])]
    if kind == "scalars" and only(tensor, 1) == 1 and not sizes:
        return repr(struct.unpack("<f", only(tensor, 5))[0])
    if kind != "histograms" or only(tensor, 1) != 2 or len(sizes) != 2 or sizes[1] != 3:
        raise ValueError(f"plugin {kind} with a tensor of type {only(tensor, 1)}, shape {sizes}")
    rows = list(struct.iter_unpack("<3d", only(tensor, 4)))
    if len(rows) != sizes[0]:
        raise ValueError(f"{len(rows)} buckets in a tensor of shape {sizes}")
    return " ".join([f"{len(rows)} buckets"] + [f"{a!r}..{b!r}:{n:.0f}" for a, b, n in rows if n])


def events(path):
    """(tag, step, value as text) of each event of a file."""
    with open(path, "rb") as file:
        data = file.read()
    last = time.time() - 86400
    for i, record in enumerate(records(data)):
        event = fields(record)
        now = struct.unpack("<d", only(event, 1))[0]
        if not last <= now <= time.time() + 1:
            raise ValueError(f"event {i} is of time {now}")
        last = now
        if i == 0:
            if only(event, 3) != b"brain.Event:2":
                raise ValueError("no version at the beginning")
            continue
        value = fields(only(fields(only(event, 5)), 1))
        yield only(value, 1).decode(), event.get(2, [0])[0], shown(value)


def main():
    for path in sys.argv[1:]:
        names = sorted(os.listdir(path)) if os.path.isdir(path) else [None]
        for name in names:
            for event in events(os.path.join(path, name) if name else path):
                print(*event)


if __name__ == "__main__":
    main()
