"""Writes tests/golden/columns: a made-up table, a later one with unknown and missing values, and what
scikit-learn makes of both for each list of transforms, and Keras's FeatureSpace, where scikit-learn has none
(bucketize by edges, a number for unknown values where no value is rare) and of what both have.

    KERAS_BACKEND=jax make_columns.py tests/golden/columns      (FeatureSpace needs TensorFlow, too)

The transforms are fitted on all rows of train.csv. For each case expected.json has the text of the columns in
our language, the rows of train.csv and those of later.csv behind them. With "other" scikit-learn puts rare and
unknown values into one column, which is there only if some value is rare; cases are made so that it is.
FeatureSpace numbers values by how often they come, and unknown ones first; here they stand in order, unknown ones
last. Made with Python 3.11, NumPy 2.4, scikit-learn 1.9.1, Keras 3.15.1, TensorFlow 2.21."""
import json
import os
import sys

import numpy as np
import pandas as pd
from sklearn.impute import SimpleImputer
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import (FunctionTransformer, KBinsDiscretizer, MinMaxScaler, OneHotEncoder,
                                   OrdinalEncoder, RobustScaler, StandardScaler)

ROWS, LATER = 60, 12
folder = sys.argv[1]
rng = np.random.default_rng(17)


def table(n):
    age = rng.normal(40, 12, n).round(1)
    return pd.DataFrame({
        "age": np.where(rng.random(n) < 0.2, np.nan, age),
        "fare": rng.lognormal(3, 1, n).round(2),
        "year": rng.integers(1890, 2020, n),
        "rooms": np.where(rng.random(n) < 0.1, np.nan, rng.integers(1, 5, n)),
        "flat": np.full(n, 7.5),
        "sex": rng.choice(["male", "female"], n),
        "class": rng.choice(["first", "second", "third"], n, p=[0.2, 0.3, 0.5]),
        "port": np.where(rng.random(n) < 0.15, None, rng.choice(["S", "C", "Q", "T", "B"], n, p=[0.5, 0.25, 0.15, 0.06, 0.04])),
        "y": rng.integers(0, 2, n)})


def more_columns(t, seed):
    """Values of which none comes as often as another one: which are rare is clear."""
    own = np.random.default_rng(seed)
    t.insert(len(t.columns) - 1, "deck", own.permutation(np.resize(list("AAAAABBBBCCCDDE"), len(t))))
    t.insert(len(t.columns) - 1, "floors", own.permutation(np.resize([1, 1, 1, 1, 2, 2, 2, 7, 7, 30], len(t))))


train, later = table(ROWS), table(LATER)
more_columns(train, 1)
more_columns(later, 2)
later.loc[3, "deck"] = "F"
later.loc[4, "floors"] = 4
later.loc[0, "port"] = "X"  # unknown
later.loc[1, "port"] = "Y"
later.loc[2, "rooms"] = 9


def one_hot(**options):
    return OneHotEncoder(sparse_output=False, **options)


def fill(strategy, **options):
    return SimpleImputer(strategy=strategy, **options)


def flagged(strategy, scaler):
    """The number that says what was missing stands behind the others and is not scaled."""
    class Flagged:
        def fit(self, x):
            self.pipe = make_pipeline(fill(strategy), scaler).fit(x)
            return self

        def transform(self, x):
            return np.hstack([self.pipe.transform(x), np.isnan(x.astype(float))])
    return Flagged()


class Feature:
    """One feature of a FeatureSpace, fitted on a column. A preprocessor of its own takes each cell by itself."""
    def __init__(self, make, dtype):
        self.make, self.dtype = make, dtype

    def batches(self, x):
        import tensorflow as tf
        return tf.data.Dataset.from_tensor_slices({"x": x.ravel().astype(self.dtype)}).batch(16)

    def fit(self, x):
        from keras.utils import FeatureSpace
        self.space = FeatureSpace(features={"x": self.make(FeatureSpace)}, output_mode="dict")
        self.space.adapt(self.batches(x))
        return self

    def transform(self, x):
        out = np.concatenate([np.asarray(self.space(batch)["x"]) for batch in self.batches(x)])
        return out.reshape(len(x), -1)


class Categories(Feature):
    """Vectors with a single 1: the first number, for unknown values, becomes the last, the others stand in order."""
    def transform(self, x):
        out = super().transform(x)
        known = self.space.preprocessors["x"].get_vocabulary()[1:]
        return out[:, [1 + known.index(value) for value in sorted(known)] + [0]]


def texts(**options):
    return Categories(lambda f: f.string_categorical(num_oov_indices=1, output_mode="one_hot", **options), str)


def integers(**options):
    return Categories(lambda f: f.integer_categorical(num_oov_indices=1, output_mode="one_hot", **options), int)


class Discretized:
    """A FeatureSpace takes numbers of buckets, but no edges: the layer that it uses takes both."""
    def __init__(self, edges):
        import keras
        self.layer = keras.layers.Discretization(bin_boundaries=edges, output_mode="one_hot")

    def fit(self, x):
        return self

    def transform(self, x):
        return np.stack([np.asarray(self.layer(v)).reshape(-1) for v in x.astype(float).ravel()])


cases = [
    ("normalize", "fare", "normalize()", StandardScaler()),
    ("normalize constant", "flat", "normalize()", StandardScaler()),
    ("normalize around missing", "age", "[normalize(), fill(0)]", make_pipeline(StandardScaler(), fill("constant", fill_value=0))),
    ("fill mean", "age", "fill(mean)", fill("mean")),
    ("fill median", "age", "[fill(median), normalize()]", make_pipeline(fill("median"), StandardScaler())),
    ("fill most frequent", "rooms", "fill(most_frequent)", fill("most_frequent")),
    ("fill value", "age", "fill(-1)", fill("constant", fill_value=-1)),
    ("indicator", "age", "[fill(median, indicator=true), normalize()]", flagged("median", StandardScaler())),
    ("min_max", "fare", "min_max()", MinMaxScaler()),
    ("min_max range", "fare", "min_max(-1, 1)", MinMaxScaler((-1, 1))),
    ("min_max constant", "flat", "min_max(2, 3)", MinMaxScaler((2, 3))),
    ("robust", "fare", "robust()", RobustScaler()),
    ("robust constant", "flat", "robust()", RobustScaler()),
    ("robust around missing", "age", "[robust(), fill(0)]", make_pipeline(RobustScaler(), fill("constant", fill_value=0))),
    ("log1p", "fare", "[log1p(), normalize()]", make_pipeline(FunctionTransformer(np.log1p), StandardScaler())),
    ("clip", "fare", "clip(5, 30)", FunctionTransformer(lambda x: np.clip(x, 5, 30))),
    ("scale offset", "year", "[offset(-1900), scale(0.01)]", FunctionTransformer(lambda x: (x - 1900.0) * 0.01)),
    ("one_hot texts", "class", "one_hot()", one_hot()),
    ("one_hot ignore", "port", '[fill("none"), one_hot(unknown=ignore)]',
     make_pipeline(fill("constant", fill_value="none"), one_hot(handle_unknown="ignore"))),
    ("one_hot most", "port", '[fill(most_frequent), one_hot(unknown=other, most=3)]',
     make_pipeline(fill("most_frequent"), one_hot(handle_unknown="infrequent_if_exist", max_categories=3))),
    ("one_hot numbers", "rooms", "[fill(0), one_hot(unknown=ignore)]",
     make_pipeline(fill("constant", fill_value=0), one_hot(handle_unknown="ignore"))),
    ("ordinal", "class", 'ordinal(["third", "second", "first"])', OrdinalEncoder(categories=[["third", "second", "first"]])),
    ("ordinal scaled", "class", '[ordinal(["third", "second", "first"]), normalize()]',
     make_pipeline(OrdinalEncoder(categories=[["third", "second", "first"]]), StandardScaler())),
    ("one_hot scaled", "sex", "[one_hot(), normalize()]", make_pipeline(one_hot(), StandardScaler())),
    ("bucketize edges", "year", "bucketize([1900, 1950, 2000])", Discretized([1900.0, 1950.0, 2000.0])),
    ("bucketize quantiles", "fare", "bucketize(4)",
     KBinsDiscretizer(4, encode="onehot-dense", strategy="quantile", quantile_method="linear")),
    ("FeatureSpace normalized", "fare", "normalize()", Feature(lambda f: f.float_normalized(), float)),
    ("FeatureSpace rescaled", "fare", "[scale(0.5), offset(-3)]",
     Feature(lambda f: f.float_rescaled(scale=0.5, offset=-3), float)),
    ("FeatureSpace texts", "deck", "one_hot(unknown=other)", texts()),
    ("FeatureSpace most texts", "deck", "one_hot(unknown=other, most=3)", texts(max_tokens=3)),
    ("FeatureSpace integers", "floors", "one_hot(unknown=other)", integers()),
    ("FeatureSpace most integers", "floors", "one_hot(unknown=other, most=3)", integers(max_tokens=3)),
]

out = []
for name, column, text, transform in cases:
    fitted = transform.fit(train[[column]].to_numpy())
    rows = [np.asarray(fitted.transform(t[[column]].to_numpy()), dtype=float).tolist() for t in (train, later)]
    out.append({"name": name, "columns": f'["{column}": {text}]', "train": rows[0], "later": rows[1]})
os.makedirs(folder, exist_ok=True)
train.to_csv(os.path.join(folder, "train.csv"), index=False)
later.to_csv(os.path.join(folder, "later.csv"), index=False)
with open(os.path.join(folder, "expected.json"), "w") as f:
    f.write("[\n" + ",\n".join(json.dumps(case) for case in out) + "\n]\n")
