"""
The stationary bootstrap in numpy, as one would write it: CPU seconds, best of the rounds, and the quantiles.

    numpy_bootstrap.py RESAMPLES BLOCK ROUNDS < returns as little-endian float64
"""

import json
import sys
import time

import numpy as np

CHUNK = 1000


def indices(rng, resamples, n, block):
    """Each bar starts a block with probability 1 / block, else follows the bar before."""
    start = rng.random((resamples, n)) < 1 / block
    start[:, 0] = True
    position = np.where(start, rng.integers(0, n, (resamples, n)), 0)
    origin = np.maximum.accumulate(np.where(start, np.arange(n), 0), axis=1)
    return (np.take_along_axis(position, origin, axis=1) + np.arange(n) - origin) % n


def bootstrap(returns, resamples, block, seed):
    rng = np.random.default_rng(seed)
    found = []
    for first in range(0, resamples, CHUNK):
        path = returns[indices(rng, min(CHUNK, resamples - first), len(returns), block)]
        equity = np.cumprod(1 + path, axis=1)
        peak = np.maximum(np.maximum.accumulate(equity, axis=1), 1)
        sharpe = path.mean(axis=1) / path.std(axis=1, ddof=1) * np.sqrt(252)
        found.append(np.stack([equity[:, -1] - 1, sharpe, (1 - equity / peak).max(axis=1)]))
    return np.quantile(np.concatenate(found, axis=1), [0.025, 0.975], axis=1)


resamples, block, rounds = (int(each) for each in sys.argv[1:])
returns = np.frombuffer(sys.stdin.buffer.read(), dtype="<f8")
best = float("inf")
for seed in range(rounds):
    before = time.process_time()
    low, high = bootstrap(returns, resamples, block, seed)
    best = min(best, time.process_time() - before)
json.dump({"seconds": best, "low": low.tolist(), "high": high.tolist(), "version": np.__version__}, sys.stdout)
