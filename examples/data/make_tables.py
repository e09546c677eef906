"""Makes passengers.csv, housing.csv, wine.csv and heating.csv: tables as people have them, made up.

    make_tables.py FOLDER"""
import csv
import math
import random
import sys

folder = sys.argv[1]


def write(name, header, rows):
    with open(f"{folder}/{name}", "w", newline="") as f:
        out = csv.writer(f, lineterminator="\n")
        out.writerow(header)
        out.writerows(rows)


def passengers(rng, n=400):
    first = {"male": ["John", "William", "Charles", "Otto", "Pietro"], "female": ["Mary", "Anna", "Elin", "Rosa", "Kate"]}
    last = ["Andersson", "Brown", "Carter", "Doyle", "Fischer", "Kelly", "Novak", "O'Brien", "Rossi", "Smith"]
    for i in range(n):
        rank = rng.choices([1, 2, 3], [24, 21, 55])[0]
        sex = rng.choices(["male", "female"], [64, 36])[0]
        age = max(1, round(rng.gauss(42 - 5 * rank, 13)))
        port = rng.choices(["Southampton", "Cherbourg", "Queenstown"], [72, 19, 9])[0]
        fare = round(rng.lognormvariate([0, 4.2, 2.8, 2.3][rank], 0.45), 2)
        family = rng.choices([0, 1, 2, 3, 5], [60, 20, 11, 6, 3])[0]
        score = 1.9 - 1.0 * rank + (2.6 if sex == "female" else 0) + (1.4 if age < 12 else 0) - 0.3 * max(0, family - 2)
        lived = rng.random() < 1 / (1 + math.exp(-1.8 * score))
        name = f"{rng.choice(last)}, {'Mr.' if sex == 'male' else 'Miss.'} {rng.choice(first[sex])}"
        yield [i + 1, name, ["", "first", "second", "third"][rank], sex, "" if rng.random() < 0.2 else age, family, fare,
               "" if rng.random() < 0.02 else port, "yes" if lived else "no"]


def housing(rng, n=400):
    for _ in range(n):
        area = round(rng.lognormvariate(4.6, 0.35))
        rooms = max(1, min(8, round(area / 28 + rng.gauss(0, 0.7))))
        year = rng.randint(1900, 2022)
        kind = rng.choices(["flat", "terraced", "detached"], [5, 3, 2])[0]
        distance = round(rng.expovariate(1 / 6), 1)
        price = 900 * area * (1 + (year - 1960) / 300) * {"flat": 1, "terraced": 1.1, "detached": 1.35}[kind]
        price *= math.exp(-distance / 25 + rng.gauss(0, 0.09))
        yield [area, rooms, "" if rng.random() < 0.1 else year, kind, distance, int(round(price * 2.4, -3))]


def wine(rng, n=500):
    for _ in range(n):
        quality = rng.choices([3, 4, 5, 6, 7, 8], [2, 6, 40, 38, 12, 2])[0]
        good = quality - 5.6
        yield [round(rng.gauss(8.3 + 0.2 * good, 1.4), 1), round(max(0.1, rng.gauss(0.53 - 0.09 * good, 0.12)), 2),
               round(max(0, rng.gauss(0.27 + 0.06 * good, 0.15)), 2), round(rng.lognormvariate(0.85, 0.35), 1),
               round(rng.gauss(0.9967 - 0.0006 * good, 0.0015), 4), round(rng.gauss(3.31, 0.14), 2),
               round(max(0.3, rng.gauss(0.66 + 0.08 * good, 0.12)), 2), round(max(8.4, rng.gauss(10.4 + 0.75 * good, 0.75)), 1), quality]


def heating(rng, n=200):
    for _ in range(n):
        area, height = rng.randint(60, 320), rng.choice([2.5, 2.7, 3.0, 3.5])
        glass = round(rng.uniform(0.05, 0.45), 2)
        walls = rng.choices(["brick", "timber", "concrete"], [4, 3, 3])[0]
        loss = {"brick": 1.0, "timber": 0.8, "concrete": 1.3}[walls] * (1 + glass)
        heat = 0.035 * area * height ** 0.7 * loss + rng.gauss(0, 0.4)
        cool = 0.012 * area * (0.4 + 3 * glass) + rng.gauss(0, 0.2)
        yield [area, height, glass, walls, round(max(0.1, heat), 1), round(max(0.1, cool), 1)]


write("passengers.csv", ["id", "name", "class", "sex", "age", "family", "fare", "port", "survived"], passengers(random.Random(1)))
write("housing.csv", ["area", "rooms", "year", "kind", "distance", "price"], housing(random.Random(2)))
write("wine.csv", ["acidity", "volatile_acidity", "citric_acid", "sugar", "density", "ph", "sulphates", "alcohol", "quality"],
      wine(random.Random(3)))
write("heating.csv", ["area", "height", "glass", "walls", "heating", "cooling"], heating(random.Random(4)))
