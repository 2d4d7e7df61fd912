"""
Writes special.json: values of special functions to 120 digits by mpmath 1.4.1, rounded to the nearest double.

    .venv/bin/python test/stats/golden/make_special.py > test/stats/golden/special.json

A row is [function, arguments, value]; an argument is the double that stands there, exactly.
"""

import json
import random

from mpmath import betainc, erfc, exp, log, loggamma, mp, mpf, ncdf, npdf, sqrt

mp.dps = 120
random.seed(20261121)
rows = []


def row(name, args, value):
    rows.append([name, args, float(value)])


def spread(low, high):
    return 10 ** random.uniform(low, high)


def quantile(p):
    """By Newton's method from the side of the smaller tail, whose logarithm is concave: it converges from outside."""
    if p > 0.5:
        return -quantile(1 - p)
    z = -sqrt(-2 * log(p))
    for _ in range(60):
        z -= (log(ncdf(z)) - log(p)) * ncdf(z) / npdf(z)
    return z


for _ in range(60):
    for z in (random.uniform(-37, -2), random.uniform(-4, 4), random.choice([-1, 1]) * spread(-9, 0)):
        row("normalCdf", [z], ncdf(mpf(z)))
    row("normalSurvival", [(z := random.uniform(0, 37))], erfc(mpf(z) / sqrt(2)) / 2)

for _ in range(40):
    beside = 0.5 + random.choice([-1, 1]) * spread(-12, -1)
    for p in (random.random(), spread(-300, -1), beside, 1 - spread(-12, -1)):
        row("normalQuantile", [p], quantile(mpf(p)))

for _ in range(40):
    beside_root = random.choice([1, 2]) + random.choice([-1, 1]) * spread(-12, -1)
    for x in (spread(-10, 8), random.uniform(0.1, 4), beside_root, random.uniform(8, 20)):
        row("logGamma", [x], loggamma(mpf(x)))


def regularised(a, b, x, upper):
    if upper:
        return betainc(mpf(b), mpf(a), 0, 1 - mpf(x), regularized=True)
    return betainc(mpf(a), mpf(b), 0, mpf(x), regularized=True)


for _ in range(150):
    a, b = (random.choice([spread(-1, 3), random.randint(1, 200), random.uniform(1, 30)]) for _ in "ab")
    mean, deviation = a / (a + b), (a * b / ((a + b) ** 2 * (a + b + 1))) ** 0.5
    x = min(max(mean + deviation * random.uniform(-8, 8), 1e-6), 1 - 2**-20)
    upper = x > mean
    row("upper" if upper else "lower", [a, b, x], regularised(a, b, x, upper))

for _ in range(100):
    n = random.choice([random.randint(2, 100), int(spread(1, 6))])
    p = random.uniform(0.01, 0.99)
    k = min(n, max(0, int(n * p + random.uniform(-8, 8) * (n * p * (1 - p)) ** 0.5)))
    chosen = loggamma(n + 1) - loggamma(k + 1) - loggamma(n - k + 1)
    row("binomialPmf", [k, n, p], exp(chosen + k * log(mpf(p)) + (n - k) * log(1 - mpf(p))))

print("[\n" + ",\n".join(json.dumps(each) for each in rows) + "\n]")
