"""Models as Keras writes them, for tests without Keras: tests/golden/keras_models/.

    python tests/golden/make_keras_models.py        (Keras 3 with h5py)

models.jsonl holds a name and a config.json a line: every layer, initializer, regularizer, constraint, activation,
optimizer, schedule, loss and metric that is built. mixed.keras and mixed.h5 are whole files with weights, and
mixed_x.npy, mixed_y.npy what the model makes of a few rows. keras2.h5 has what Keras 2.12 writes, written by hand with
h5py from its documented layout, since Keras 2 is not installed; its weights are those of mixed.h5's layers."""
import json
import os
import zipfile

os.environ.setdefault("KERAS_BACKEND", "jax")
import h5py  # noqa: E402
import keras  # noqa: E402
import numpy as np  # noqa: E402
from keras import constraints as C, initializers as I, layers as L, losses as S, metrics as M  # noqa: E402
from keras import optimizers as O, regularizers as R  # noqa: E402

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "keras_models")
SCRATCH = os.path.join(FOLDER, "scratch.keras")
models = []


def without_ids(v):
    """Numbers of shared objects are addresses, another in every run; only those of nested models say something."""
    if isinstance(v, dict):
        return {k: without_ids(x) for k, x in v.items() if k != "shared_object_id"}
    return [without_ids(x) for x in v] if isinstance(v, list) else v


def keep(name, layers, **compiled):
    """One more line of models.jsonl."""
    keras.utils.clear_session()
    net = keras.Sequential(layers() if callable(layers) else layers, name="net")
    if compiled:
        net.compile(**compiled)
    net.save(SCRATCH)
    with zipfile.ZipFile(SCRATCH) as archive:
        models.append({"name": name, "config": without_ids(json.loads(archive.read("config.json")))})
    os.remove(SCRATCH)


def all_layers():
    keep("layers", [
        L.Input((4, 6)),
        L.Rescaling(1 / 255, offset=-0.5),
        L.Rescaling([1.0, 2.0, 3.0, 4.0, 5.0, 6.0]),
        L.Dense(5, activation="relu", use_bias=False, kernel_initializer=I.HeNormal(seed=3), kernel_regularizer="l2",
                kernel_constraint=C.MaxNorm(1.5), name="first"),
        L.Dropout(0.25, noise_shape=(None, 1, 5), seed=7),
        L.Dropout(0),
        L.ReLU(max_value=6, negative_slope=0.1, threshold=0.5),
        L.ReLU(),
        L.LeakyReLU(),
        L.LeakyReLU(negative_slope=0.01),
        L.PReLU(),
        L.PReLU(alpha_initializer=I.Constant(0.25), alpha_regularizer=R.L1(0.001), alpha_constraint="non_neg",
                shared_axes=[1]),
        L.ELU(),
        L.ELU(alpha=0.5),
        L.Softmax(),
        L.Softmax(axis=[1, 2]),
        L.ActivityRegularization(l1=0.01, l2=0.1),
        L.Identity(),
        L.Dense(5, activity_regularizer=R.L1L2(l1=0.001, l2=0.01)),
        L.Activation("gelu", name="dense_3"),
        L.Flatten(),
        L.Reshape((2, 10)),
        L.Reshape((-1,)),
        L.Dense(3, trainable=False, bias_initializer="ones", bias_regularizer=R.L2(0.5),
                bias_constraint=C.MinMaxNorm(0.1, 2.0, rate=0.5, axis=0), activity_regularizer="l1"),
        L.Dense(2, activation="softmax", dtype="float32"),
    ])
    keep("scalar", [L.Input(()), L.Identity()])
    keep("unbuilt", [L.Dense(4), L.Dense(2)])
    inner = keras.Sequential([L.Input((3,)), L.Dense(4), L.PReLU()], name="encoder")
    deep = keras.Sequential([L.Dense(2), keras.Sequential([L.Dense(2)], name="deepest")], name="deep part")
    keep("nested", [inner, L.Dropout(0.1), deep, L.Dense(1, name="a \"quoted\" name")])
    frozen = keras.Sequential([L.Input((3,)), L.Dense(4), L.Dropout(0.5)], name="model")
    frozen.trainable = False
    keep("frozen", [frozen, L.Dense(1)])


def all_words():
    words = ["linear", "relu", "relu6", "leaky_relu", "elu", "celu", "selu", "sigmoid", "log_sigmoid", "hard_sigmoid",
             "sparse_sigmoid", "silu", "swish", "hard_silu", "hard_swish", "tanh", "hard_tanh", "tanh_shrink",
             "hard_shrink", "soft_shrink", "softplus", "softsign", "sparse_plus", "squareplus", "gelu", "glu", "mish",
             "exponential", "softmax", "log_softmax", "sparsemax"]
    keep("activations", [L.Input((1 << 3,))] + [L.Activation(w) for w in words] +
         [L.Dense(3, activation=a) for a in (L.LeakyReLU(0.2), L.LeakyReLU(), L.ReLU(max_value=6), L.ELU(0.5),
                                             L.Softmax(), None, keras.activations.tanh)])
    starts = ["zeros", "ones", I.Constant(0.5), I.RandomNormal(0.1, 0.2, seed=1), "random_normal", I.TruncatedNormal(),
              I.TruncatedNormal(mean=1, stddev=0.01), I.RandomUniform(-0.1, 0.1), I.RandomUniform(seed=4),
              I.VarianceScaling(), I.VarianceScaling(2.0, "fan_avg", "uniform", seed=5), I.GlorotUniform(),
              I.GlorotUniform(seed=1), I.GlorotNormal(), I.HeUniform(), I.HeNormal(), I.LecunUniform(),
              I.LecunNormal(seed=keras.random.SeedGenerator(2)), I.Orthogonal(), I.Orthogonal(1.4, seed=2),
              I.Identity()]
    keep("initializers", [L.Input((3,))] + [L.Dense(3, kernel_initializer=i) for i in starts])
    penalties = ["l1", "l2", R.L1(0.5), R.L2(0.1), R.L1L2(), R.L1L2(0.1, 0.2), R.L1L2(l1=0.1), R.L1L2(l2=0.2),
                 R.OrthogonalRegularizer(), R.OrthogonalRegularizer(0.1, "columns")]
    keep("regularizers", [L.Input((3,))] + [L.Dense(3, kernel_regularizer=r) for r in penalties])
    rules = ["max_norm", C.MaxNorm(3, axis=[0, 1]), "min_max_norm", C.MinMaxNorm(0.5, 1.5, 0.25, 1), "non_neg", "unit_norm",
             C.UnitNorm(axis=1)]
    keep("constraints", [L.Input((3,))] + [L.Dense(3, kernel_constraint=c) for c in rules])


def one():
    return [L.Input((2,)), L.Dense(3, activation="softmax")]


def all_settings():
    mse = S.MeanSquaredError()
    options = {"weight_decay": 0.01, "clipnorm": 1.0, "use_ema": True, "ema_momentum": 0.9, "ema_overwrite_frequency": 5,
               "loss_scale_factor": 128.0, "gradient_accumulation_steps": 4}
    for n, args in {"SGD": {"momentum": 0.9, "nesterov": True}, "RMSprop": {"rho": 0.8, "momentum": 0.1, "centered": True},
                    "Adagrad": {"initial_accumulator_value": 0.2}, "Adam": {"beta_1": 0.8, "amsgrad": True},
                    "AdamW": {"weight_decay": 0.02}, "Adamax": {"epsilon": 1e-8}, "Nadam": {"beta_2": 0.99},
                    "Adadelta": {"rho": 0.9}, "Ftrl": {"l1_regularization_strength": 0.01, "beta": 0.1},
                    "Lion": {"beta_2": 0.999}, "Lamb": {"epsilon": 1e-6},
                    "Adafactor": {"beta_2_decay": -0.7, "relative_step": False},
                    "Muon": {"exclude_layers": ["dense_1", "out"], "rms_rate": None, "ns_steps": 6},
                    "ScheduleFreeAdamW": {"warmup_steps": 10}}.items():
        keep(n, one(), optimizer=getattr(O, n)(), loss=mse)
        keep(n + "-more", one(), optimizer=getattr(O, n)(learning_rate=0.05, **args), loss=mse)
    keep("options", one(), optimizer=O.SGD(**options), loss="mse")
    keep("clipping", one(), optimizer=O.Adam(clipvalue=0.5), loss="mae", loss_weights=0.5)
    keep("norm", one(), optimizer=O.Adam(1e-4, global_clipnorm=2), loss=["mape"], loss_weights=[2])
    for s in (O.schedules.ExponentialDecay(0.1, 100, 0.9, staircase=True),
              O.schedules.PiecewiseConstantDecay([10, 20], [0.1, 0.05, 0.01]),
              O.schedules.PolynomialDecay(0.1, 100, 0.01, power=2.0, cycle=True),
              O.schedules.InverseTimeDecay(0.1, 100.0, 0.5), O.schedules.CosineDecay(0.0, 1000, 0.1, warmup_target=0.1, warmup_steps=50),
              O.schedules.CosineDecayRestarts(0.1, 100, t_mul=1.5, m_mul=0.9, alpha=0.01)):
        keep(type(s).__name__, one(), optimizer=O.SGD(s), loss=mse)
    for loss in (S.BinaryCrossentropy(from_logits=True, label_smoothing=0.1), S.BinaryFocalCrossentropy(gamma=1.5, apply_class_balancing=True),
                 S.CategoricalCrossentropy(label_smoothing=0.1), S.CategoricalFocalCrossentropy(alpha=[0.2, 0.3, 0.5]),
                 S.CategoricalGeneralizedCrossEntropy(q=0.7), S.CategoricalHinge(), S.Circle(gamma=64.0, margin=0.25), S.CosineSimilarity(),
                 S.Dice(axis=(1,)), S.Hinge(), S.Huber(), S.KLDivergence(), S.LogCosh(), S.MeanAbsoluteError(reduction="sum"),
                 S.MeanAbsolutePercentageError(), S.MeanSquaredError(reduction="mean_with_sample_weight"), S.MeanSquaredLogarithmicError(),
                 S.Poisson(), S.SparseCategoricalCrossentropy(from_logits=True, ignore_class=2), S.SquaredHinge(), S.Tversky(alpha=0.3, beta=0.7),
                 keras.losses.huber, "crossentropy", "kld"):
        keep("loss", one(), optimizer="sgd", loss=loss)
    keep("words", one(), optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy", "acc", "mse", "Accuracy", "top_k_categorical_accuracy"],
         weighted_metrics=["sparse_categorical_accuracy"])
    keep("metrics", one(), optimizer="rmsprop", loss="mse", metrics=[
        M.AUC(), M.AUC(num_thresholds=50, curve="PR", summation_method="majoring", name="area"), M.AUC(thresholds=[0.25, 0.5]),
        M.AUC(multi_label=True, num_labels=3, label_weights=[1.0, 2.0, 1.0], from_logits=True), M.Accuracy(), M.BinaryAccuracy(threshold=0.7),
        M.BinaryCrossentropy(from_logits=True, label_smoothing=0.1), M.BinaryIoU(), M.BinaryIoU(target_class_ids=[0], threshold=0.3),
        M.CategoricalAccuracy(), M.CategoricalCrossentropy(), M.CategoricalHinge(), M.ConcordanceCorrelation(), M.CosineSimilarity(),
        M.F1Score(average="macro", threshold=0.5), M.FBetaScore(beta=2.0), M.FalseNegatives(), M.FalsePositives(thresholds=[0.1, 0.9]),
        M.Hinge(), M.IoU(num_classes=3, target_class_ids=[0, 2]), M.KLDivergence(), M.LogCoshError(), M.MeanAbsoluteError(),
        M.MeanAbsolutePercentageError(), M.MeanIoU(num_classes=3, sparse_y_pred=False), M.MeanSquaredError(name="error"),
        M.MeanSquaredLogarithmicError(), M.OneHotIoU(num_classes=3, target_class_ids=[1]), M.OneHotMeanIoU(num_classes=3, ignore_class=2),
        M.PearsonCorrelation(axis=-1), M.Poisson(), M.Precision(thresholds=0.4, top_k=2, class_id=1), M.PrecisionAtRecall(0.8),
        M.R2Score(class_aggregation="variance_weighted_average"), M.Recall(), M.RecallAtPrecision(0.8, num_thresholds=100),
        M.RootMeanSquaredError(), M.SensitivityAtSpecificity(0.5), M.SparseCategoricalAccuracy(),
        M.SparseCategoricalCrossentropy(ignore_class=1), M.SparseTopKCategoricalAccuracy(k=2), M.SpecificityAtSensitivity(0.5, class_id=2),
        M.SquaredHinge(), M.TopKCategoricalAccuracy(), M.TrueNegatives(), M.TruePositives(), keras.metrics.mean_absolute_error])


def mixed():
    keras.utils.set_random_seed(1)
    encoder = keras.Sequential([L.Input((3,)), L.Dense(4, activation="tanh", name="first"), L.PReLU(alpha_initializer="ones")], name="encoder")
    net = keras.Sequential([encoder, L.Dense(3, activation="elu"), L.Dropout(0.5), L.Dense(2, activation="softmax", name="answer")], name="net")
    net.compile(O.SGD(O.schedules.CosineDecay(0.1, 100)), "sparse_categorical_crossentropy", metrics=["accuracy"])
    x = np.arange(12, dtype="f4").reshape(4, 3) / 8 - 0.5
    net.fit(x, np.array([0, 1, 1, 0]), epochs=2, verbose=0)
    net.save(os.path.join(FOLDER, "mixed.keras"))
    net.save(os.path.join(FOLDER, "mixed.h5"))
    np.save(os.path.join(FOLDER, "mixed_x.npy"), x)
    np.save(os.path.join(FOLDER, "mixed_y.npy"), np.asarray(net.predict(x, verbose=0)))
    return net


def of_keras2(net):
    """Sequential([Dense(4, tanh, input_shape=(3,)), LeakyReLU(0.1), Dense(2, softmax)]) with an SGD that decays."""
    def start(class_name, **config):
        return {"class_name": class_name, "config": config}

    def dense(name, units, activation, **more):
        return start("Dense", name=name, trainable=True, **more, dtype="float32", units=units, activation=activation, use_bias=True,
                     kernel_initializer=start("GlorotUniform", seed=None), bias_initializer=start("Zeros"),
                     kernel_regularizer=start("L2", l2=float(np.float32(0.01))), bias_regularizer=None,
                     activity_regularizer=None, kernel_constraint=None, bias_constraint=None)

    model = start("Sequential", name="sequential", layers=[
        start("InputLayer", batch_input_shape=[None, 3], dtype="float32", sparse=False, ragged=False, name="dense_input"),
        dense("dense", 4, "tanh", batch_input_shape=[None, 3]),
        start("LeakyReLU", name="leaky_re_lu", trainable=True, dtype="float32", alpha=float(np.float32(0.1))),
        dense("dense_1", 2, "softmax")])
    training = {"loss": start("SparseCategoricalCrossentropy", reduction="auto", name="sparse_categorical_crossentropy", from_logits=False, ignore_class=None),
                "metrics": [[start("MeanMetricWrapper", name="accuracy", dtype="float32", fn="sparse_categorical_accuracy")]],
                "weighted_metrics": None, "loss_weights": None,
                "optimizer_config": start("SGD", name="SGD", lr=0.01, decay=1e-06, momentum=0.9, nesterov=True)}
    with h5py.File(os.path.join(FOLDER, "keras2.h5"), "w") as f:
        f.attrs["backend"] = np.bytes_("tensorflow")
        f.attrs["keras_version"] = np.bytes_("2.12.0")
        f.attrs["model_config"] = json.dumps(model).encode()
        f.attrs["training_config"] = json.dumps(training).encode()
        group = f.create_group("model_weights")
        group.attrs["layer_names"] = np.array([b"dense", b"leaky_re_lu", b"dense_1"])
        group.attrs["backend"] = np.bytes_("tensorflow")
        group.attrs["keras_version"] = np.bytes_("2.12.0")
        group.create_group("top_level_model_weights").attrs["weight_names"] = np.array([])
        first = net.layers[0].layers[0]
        for name, weights in (("dense", first.get_weights()), ("leaky_re_lu", []),
                              ("dense_1", [np.ones((4, 2), "f4") * np.float32([1, -1]), np.float32([0.5, 0.25])])):
            inner = group.create_group(name)
            names = [f"{name}/kernel:0", f"{name}/bias:0"][:len(weights)]
            inner.attrs["weight_names"] = np.array([n.encode() for n in names]) if names else np.array([])
            for n, w in zip(names, weights):
                inner.create_dataset(n, data=w)


def main():
    os.makedirs(FOLDER, exist_ok=True)
    all_layers()
    all_words()
    all_settings()
    with open(os.path.join(FOLDER, "models.jsonl"), "w", encoding="utf-8") as out:
        for m in models:
            out.write(json.dumps(m) + "\n")
    of_keras2(mixed())


if __name__ == "__main__":
    main()
