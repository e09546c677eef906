"""A program whose activation adds N options, each 1 by default, to zero inputs: many_options.py N"""
import sys

n = int(sys.argv[1])
for i in range(n):
    print(f"option o{i} = 1.0")
print("fn added(x) = x", *[f"+ o{i}" for i in range(n)])
print("""data d { train = blobs(1, classes=1, features=1, seed=1), inputs = scale(0) }
model net { Dense(1, activation=added) }
predict net on d.train as p
print max(p)""")
