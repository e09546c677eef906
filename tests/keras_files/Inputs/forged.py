"""Forged and damaged files of Keras, each with what `nnlc import` says of it and the exit status.

    forged.py NNLC GOLDEN FOLDER [hdf5]       with a fourth word: the HDF5 files only"""
import copy
import json
import os
import shutil
import subprocess
import sys
import zipfile

import archives

nnlc, golden, folder = sys.argv[1:4]
with zipfile.ZipFile(os.path.join(golden, "mixed.keras")) as whole:
    BASE = json.loads(whole.read("config.json"))
with open(os.path.join(golden, "mixed.keras"), "rb") as whole:
    BYTES = whole.read()
told = 0


def tell(name, path=None):
    global told
    path = path or name + ".keras"
    done = subprocess.run([nnlc, "import", path], cwd=folder, capture_output=True, timeout=60)
    print(f"{name}: status {done.returncode}")
    print(done.stderr.decode(errors="replace"), end="")
    print(done.stdout.decode(errors="replace"), end="")
    told += 1
    if done.returncode not in (0, 1) or (done.returncode and path.encode() not in done.stderr):
        print("WRONG")


def file(name, data):
    with open(os.path.join(folder, name + ".keras"), "wb") as out:
        out.write(data)
    tell(name)


def text(name, config):
    archives.write(os.path.join(folder, name + ".keras"), config)
    tell(name)


def config(name, change):
    """`change` gets a copy of the configuration, the list of its layers and that of the nested model."""
    made = copy.deepcopy(BASE)
    layers = made["config"]["layers"]
    nested = layers[1]["config"]["layers"]
    replaced = change(made, layers, nested)
    text(name, json.dumps(made if replaced is None else replaced))


def put(where, key, value):
    where[key] = value


def archives_and_bytes():
    file("empty", b"")
    file("half", BYTES[:len(BYTES) // 2])
    file("no-end", BYTES[:-30])
    file("flipped", BYTES.replace(b'"Dense"', b'"Dansa"', 1))
    file("png", b"\x89PNG\r\n\x1a\n" + bytes(100))
    file("text", b"model net { Dense(3) }\n")
    with zipfile.ZipFile(os.path.join(folder, "bare.keras"), "w") as archive:
        archive.writestr("metadata.json", "{}")
    tell("bare")
    with zipfile.ZipFile(os.path.join(folder, "inside.keras"), "w") as archive:
        archive.writestr("net/config.json", json.dumps(BASE))
    tell("inside")
    with zipfile.ZipFile(os.path.join(folder, "large.keras"), "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("config.json", b" " * (17 << 20))
    tell("large")
    tell("missing")
    os.mkdir(os.path.join(folder, "folder.keras"))
    tell("folder")


def json_texts():
    whole = json.dumps(BASE)
    text("no-json", "")
    text("cut", whole[:1000])
    text("nul", whole.replace("first", "fi\\u0000st"))
    text("byte", whole.encode().replace(b"first", b"fi\xffst"))
    text("byte-cut", whole.encode().replace(b"first", b"firs\xc3"))
    text("byte-overlong", whole.encode().replace(b"first", b"fir\xc0\x80"))
    text("byte-escape", whole.encode().replace(b"first", b"fi\x1b[2J"))
    text("half-pair", whole.replace("first", "fi\\ud800st"))
    text("twice", whole.replace('"trainable"', '"name"', 1))
    text("behind", whole + "{}")
    text("not-a-number", whole.replace("null", "NaN", 1))
    text("huge-number", whole.replace('"units": 4', '"units": 1e999'))
    text("huge-integer", whole.replace('"units": 4', '"units": ' + "9" * 30))
    text("deep-lists", "[" * 1500 + "]" * 1500)
    text("deeper-lists", "[" * 100000)
    text("many-values", "[" + "0," * 2100000 + "0]")
    text("a-list", "[1, 2]")
    text("a-text", '"Sequential"')
    text("nothing", "{}")


def structures():
    config("no-class", lambda c, l, n: c.pop("class_name") and None)
    config("class-number", lambda c, l, n: put(c, "class_name", 7))
    config("functional", lambda c, l, n: put(c, "class_name", "Functional"))
    config("own-model", lambda c, l, n: put(c, "class_name", "MyModel"))
    config("no-config", lambda c, l, n: c.pop("config") and None)
    config("config-text", lambda c, l, n: put(c, "config", "x"))
    config("layers-null", lambda c, l, n: put(c["config"], "layers", None))
    config("layer-null", lambda c, l, n: put(l, 2, None))
    config("layer-text", lambda c, l, n: put(l, 2, "Dense"))
    config("layer-classless", lambda c, l, n: l[2].pop("class_name") and None)
    config("layer-later", lambda c, l, n: put(l[2], "class_name", "Conv2D"))
    config("layer-unknown", lambda c, l, n: put(l[2], "class_name", "Dance"))
    config("layer-lambda", lambda c, l, n: put(l[2], "class_name", "Lambda"))
    config("layer-own", lambda c, l, n: l[2].update(module=None, class_name="Gate", registered_name="mine>Gate"))
    config("layer-hidden", lambda c, l, n: l[2].update(registered_name="mine>Dense"))
    config("layer-module", lambda c, l, n: l[2].update(module="os.path"))
    config("layer-configless", lambda c, l, n: l[2].pop("config") and None)
    config("layer-config-list", lambda c, l, n: put(l[2], "config", []))
    config("nested-functional", lambda c, l, n: put(l[1], "class_name", "Functional"))
    config("nested-empty", lambda c, l, n: put(l[1], "config", {}))

    def deep(c, l, n):
        inner = l[2]
        for i in range(70):
            inner = {"module": "keras", "class_name": "Sequential", "config": {"name": f"m{i}", "layers": [inner]}}
        l[2] = inner
    config("nested-deep", deep)

    def shared(c, l, n):
        l[2]["shared_object_id"] = n[1]["shared_object_id"] = 5
    config("shared-layer", shared)

    def shared_model(c, l, n):
        l[1]["shared_object_id"] = 6
        l.insert(2, copy.deepcopy(l[1]))
        n[1]["config"]["units"] = l[2]["config"]["layers"][1]["config"]["units"] = 3
    config("shared-model", shared_model)


def inputs():
    config("input-late", lambda c, l, n: l.append(l.pop(0)))
    config("input-behind", lambda c, l, n: put(c["config"], "layers", [l[2], l[0]]))
    config("input-twice", lambda c, l, n: l.insert(1, l[0]))
    config("input-shapeless", lambda c, l, n: l[0]["config"].pop("batch_shape") and None)
    config("input-number", lambda c, l, n: put(l[0]["config"], "batch_shape", 3))
    config("input-empty", lambda c, l, n: put(l[0]["config"], "batch_shape", []))
    config("input-unknown", lambda c, l, n: put(l[0]["config"], "batch_shape", [None, None, 3]))
    config("input-real", lambda c, l, n: put(l[0]["config"], "batch_shape", [None, 2.5]))
    config("input-negative", lambda c, l, n: put(n[0]["config"], "batch_shape", [None, -3]))
    config("input-huge", lambda c, l, n: put(n[0]["config"], "batch_shape", [None, 2 ** 60]))
    config("input-other", lambda c, l, n: put(n[0]["config"], "batch_shape", [None] + 9 * [2]))
    config("input-sparse", lambda c, l, n: put(l[0]["config"], "sparse", True))
    config("input-integer", lambda c, l, n: put(l[0]["config"], "dtype", "int64"))


def arguments():
    def dense(key, value):
        return lambda c, l, n: put(l[2]["config"], key, value)
    config("units-none", dense("units", None))
    config("units-gone", lambda c, l, n: l[2]["config"].pop("units") and None)
    config("units-text", dense("units", "3"))
    config("units-real", dense("units", 3.5))
    config("units-list", dense("units", [3]))
    config("units-negative", dense("units", -3))
    config("units-huge", dense("units", 2 ** 50))
    config("bias-number", dense("use_bias", 1))
    config("trainable-text", dense("trainable", "no"))
    config("key-unknown", dense("unity", 3))
    config("dtype-half", dense("dtype", {"module": "keras", "class_name": "DTypePolicy", "config": {"name": "mixed_float16"}, "registered_name": None}))
    config("quantized", dense("quantization_config", {"module": "keras", "class_name": "Int8"}))
    config("lora", dense("lora_rank", 4))
    config("activation-unknown", dense("activation", "my_function"))
    config("activation-number", dense("activation", 3))
    config("activation-object", dense("activation", {"config": {}}))
    config("activation-own", dense("activation", {"module": "builtins", "class_name": "function", "config": "f", "registered_name": "f"}))
    config("activation-lambda", dense("activation", {"class_name": "__lambda__", "config": {"value": "4wEA"}}))
    config("initializer-list", dense("kernel_initializer", ["zeros"]))
    config("initializer-config", dense("kernel_initializer", {"class_name": "Constant", "config": [1]}))
    config("initializer-later", dense("kernel_initializer", {"class_name": "STFT", "config": {}}))
    config("initializer-mode", dense("kernel_initializer", {"class_name": "VarianceScaling", "config": {"mode": "fan_out\nmodel x {}"}}))
    config("initializer-axes", dense("kernel_initializer", {"class_name": "GlorotUniform", "config": {"input_axes": [0]}}))
    config("regularizer-text", dense("kernel_regularizer", {"class_name": "L2", "config": {"l2": "big"}}))
    config("regularizer-negative", dense("kernel_regularizer", {"class_name": "L2", "config": {"l2": -1}}))
    config("constraint-axis", dense("kernel_constraint", {"class_name": "MaxNorm", "config": {"axis": ["0"]}}))
    config("rate-wrong", lambda c, l, n: put(l[3]["config"], "rate", 1.5))
    config("seed-text", lambda c, l, n: put(l[3]["config"], "seed", "now"))
    config("noise-text", lambda c, l, n: put(l[3]["config"], "noise_shape", [None, "1"]))


def names():
    def named(text):
        return lambda c, l, n: put(l[2]["config"], "name", text)
    config("name-line", named("x\")\n}\nfit net on d\n#"))
    config("name-quote", named("a\"b\\"))
    config("name-dots", named("a.b/c"))
    config("name-empty", named(""))
    config("name-same", named("answer"))
    config("name-number", named(7))
    config("name-turned", named("a\u202eb"))
    config("name-escape", named("\u001b[31mred\u0007"))
    config("model-line", lambda c, l, n: put(c["config"], "name", "net {}\nprint 1\nmodel x"))
    config("model-quote", lambda c, l, n: put(c["config"], "name", "my \"net\""))
    config("model-word", lambda c, l, n: put(c["config"], "name", "fit"))
    config("model-number", lambda c, l, n: put(c["config"], "name", "2nd"))
    config("model-same", lambda c, l, n: put(c["config"], "name", "encoder"))
    config("model-empty", lambda c, l, n: put(c["config"], "name", ""))
    config("model-long", lambda c, l, n: put(c["config"], "name", "n" * 100))


def settings():
    def setting(key, value):
        return lambda c, l, n: put(c["compile_config"], key, value)

    def sgd(key, value):
        return lambda c, l, n: put(c["compile_config"]["optimizer"]["config"], key, value)
    config("compile-list", lambda c, l, n: put(c, "compile_config", [1]))
    config("compile-own", setting("optimizer", {"module": "mine", "class_name": "SGD", "config": {}, "registered_name": "mine>SGD"}))
    config("compile-unknown", setting("optimizer", "sgdd"))
    config("compile-later", setting("optimizer", {"module": "keras.optimizers", "class_name": "LossScaleOptimizer", "config": {}}))
    config("compile-number", setting("optimizer", 3))
    config("rate-own", sgd("learning_rate", {"module": "mine", "class_name": "Warm", "config": {}, "registered_name": "mine>Warm"}))
    config("rate-text", sgd("learning_rate", "fast"))
    config("rate-negative", sgd("learning_rate", -1))
    config("sgd-unknown", sgd("speed", 1))
    config("loss-own", setting("loss", "my_loss"))
    config("loss-none", setting("loss", None))
    config("loss-object", setting("loss", {"module": "builtins", "class_name": "function", "config": "my_loss", "registered_name": "my_loss"}))
    config("loss-many", setting("loss", ["mse", "mae"]))
    config("loss-map", setting("loss", {"answer": "mse"}))
    config("loss-infinite", setting("loss_weights", {"answer": 1}))
    config("metric-own", setting("metrics", ["accuracy", "my_metric"]))
    config("metric-number", setting("metrics", [3]))
    config("metric-wrapped", setting("metrics", [{"class_name": "MeanMetricWrapper", "config": {"fn": 3}}]))
    config("metric-missing", setting("metrics", [{"class_name": "MeanIoU", "config": {"name": "x"}}]))
    config("metric-line", setting("metrics", [{"class_name": "AUC", "config": {"name": "a\nb"}}]))


def hdf5():
    """Bytes of the file of Keras 2 changed, as many as before: its JSON lies in it as it is."""
    with open(os.path.join(golden, "keras2.h5"), "rb") as source:
        whole = source.read()
    for name, old, new in (
            ("later", b'"LeakyReLU"', b'"MaxPool2D"'), ("unknown", b'"LeakyReLU"', b'"LeakyReLV"'),
            ("units", b'"units": 4', b'"units": x'), ("cut", b'{"class_name": "Sequential"', b' "class_name": "Sequential"'),
            ("functional", b'"Sequential"', b'"Functional"'), ("no-model", b"model_config", b"modem_config"),
            ("no-training", b"training_config", b"trainimg_config"), ("training", b'"optimizer_config": {', b'"optimizer_config": ['),
            ("alpha", b'"alpha": 0.1', b'"alpha": {} '), ("shape", b'[null, 3]', b'[null, 0]'), ("custom", b'"softmax"', b'"my_gate"'),
            ("decay", b'"decay": 1e-06', b'"decay": "1e6"'), ("nul", b'"tanh"', b'"t\0nh"'), ("byte", b'"tanh"', b'"t\xffnh"')):
        changed = whole.replace(old, new)
        assert changed != whole and len(changed) == len(whole), name
        with open(os.path.join(folder, name + ".h5"), "wb") as out:
            out.write(changed)
        tell(name, name + ".h5")
    for size in (8, 100, 1000, 3000, len(whole) // 2, len(whole) - 1):
        with open(os.path.join(folder, f"cut{size}.h5"), "wb") as out:
            out.write(whole[:size])
        tell(f"cut{size}", f"cut{size}.h5")
    shutil.copy(os.path.join(golden, "..", "keras", "nested.weights.h5"), folder)
    tell("weights", "nested.weights.h5")


def main():
    parts = (archives_and_bytes, json_texts, structures, inputs, arguments, names, settings)
    for part in parts if len(sys.argv) == 4 else (hdf5,):
        part()
    print(told, "files")


main()
