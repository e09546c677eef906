"""Saving and loading 784-2048-2048-10 in each format, beside Keras and h5py.

    python bench/keras_files.py build/release/nnlc [ROUNDS]

Seconds for one file: of ours, the time of a trainer with ten saves (loads) less that of one without, by ten; of
Keras, save_weights, save, load_weights and load_model in one process; h5py: the arrays alone. All in another order
each time, ROUNDS times; medians. The files lie in memory (/dev/shm) where there is such a folder: ours are synced to the disk, theirs
are not. A file is 23.6 MB, compiled with SGD without momentum, so that the optimizer adds nothing."""
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time

os.environ.setdefault("KERAS_BACKEND", "jax")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
import h5py  # noqa: E402
import keras  # noqa: E402
import numpy as np  # noqa: E402

TIMES = 10
ENDINGS = [".weights.h5", ".keras", ".h5", ".npz", ".safetensors"]
NET = """model net { Input(784); Dense(2048, activation=relu); Dense(2048, activation=relu); Dense(10, activation=softmax) }
compile net { optimizer = SGD(0.01), loss = sparse_categorical_crossentropy }
"""


def trainer(nnlc, folder, name, commands):
    with open(os.path.join(folder, name + ".nn"), "w") as out:
        out.write(NET + commands)
    subprocess.run([nnlc, "-w", "--with=hdf5", name + ".nn", "-o", name], cwd=folder, check=True)
    return os.path.join(folder, name)


def seconds(call):
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def run(folder, program):
    return seconds(lambda: subprocess.run([program], cwd=folder, check=True, stdout=subprocess.DEVNULL))


def ours(nnlc, folder):
    """Per ending, functions that give the seconds of one save and of one load."""
    none = trainer(nnlc, folder, "none", "")
    rows = {}
    for i, ending in enumerate(ENDINGS):
        save = trainer(nnlc, folder, f"save{i}", "".join(f'save net to "{k}{ending}"\n' for k in range(TIMES)))
        run(folder, save)
        load = trainer(nnlc, folder, f"load{i}", f'load net from "0{ending}"\n' * TIMES)
        rows[ending] = [lambda p=p: (run(folder, p) - run(folder, none)) / TIMES for p in (save, load)]
    return rows


def theirs(folder):
    layers = [keras.Input((784,)), *(keras.layers.Dense(2048, activation="relu") for _ in range(2)),
              keras.layers.Dense(10, activation="softmax")]
    model = keras.Sequential(layers)
    model.compile(keras.optimizers.SGD(0.01), "sparse_categorical_crossentropy")
    path = {e: os.path.join(folder, "k" + e) for e in ENDINGS}

    def plain():
        with h5py.File(path[".npz"] + ".h5", "w") as out:
            for i, w in enumerate(model.get_weights()):
                out[str(i)] = w

    def read():
        with h5py.File(path[".npz"] + ".h5") as out:
            return [out[str(i)][()] for i in range(6)]

    return {".weights.h5": [lambda: seconds(lambda: model.save_weights(path[".weights.h5"])),
                            lambda: seconds(lambda: model.load_weights(path[".weights.h5"]))],
            ".keras": [lambda: seconds(lambda: model.save(path[".keras"])),
                       lambda: seconds(lambda: keras.models.load_model(path[".keras"]))],
            ".h5": [lambda: seconds(lambda: model.save(path[".h5"])),
                    lambda: seconds(lambda: keras.models.load_model(path[".h5"]))],
            "h5py": [lambda: seconds(plain), lambda: seconds(read)],
            "np.savez": [lambda: seconds(lambda: np.savez(path[".npz"], *model.get_weights())),
                         lambda: seconds(lambda: [np.load(path[".npz"])[f"arr_{i}"] for i in range(6)])]}


def main():
    nnlc, rounds = os.path.abspath(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 5
    memory = "/dev/shm" if os.path.isdir("/dev/shm") else None
    with tempfile.TemporaryDirectory(dir=memory) as folder:
        a, b = ours(nnlc, folder), theirs(folder)
        times = {}
        for _ in range(rounds):
            order = [(who, ending, calls) for who, rows in (("nnlc", a), ("Keras", b)) for ending, calls in rows.items()]
            random.shuffle(order)
            for who, ending, calls in order:
                for what, call in zip(("save", "load"), calls, strict=True):
                    times.setdefault((who, ending, what), []).append(call())
    middle = {k: statistics.median(v) for k, v in times.items()}
    print(f"{'':12} {'save':>9} {'Keras':>9} {'ratio':>6} {'load':>9} {'Keras':>9} {'ratio':>6}")
    beside = {".npz": "np.savez", ".safetensors": "np.savez"}
    for ending in ENDINGS:
        cells = []
        for what in ("save", "load"):
            own, other = middle["nnlc", ending, what], middle["Keras", beside.get(ending, ending), what]
            cells += [f"{own:9.4f} {other:9.4f} {own / other:6.2f}"]
        print(f"{ending:12} {cells[0]} {cells[1]}")
    print(f"h5py alone   save {middle['Keras', 'h5py', 'save']:.4f}, load {middle['Keras', 'h5py', 'load']:.4f}; "
          f".npz and .safetensors beside np.savez and np.load; {rounds} rounds in {memory or 'the folder of temporary files'}")


if __name__ == "__main__":
    main()
