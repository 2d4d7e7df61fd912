"""Pairs of moving averages in vectorbt: reads closes, writes rows, prints seconds of CPU time and peak RSS.

    python vectorbt_pairs.py IN AVERAGES OUT COLUMNS LAST KIND FREQ DIRECTION RUNS

IN: float64 closes, column after column. AVERAGES: correctly rounded averages of each column, window after window.
OUT: float64 rows of return, Sharpe, drawdown, trades, column after column: first with vectorbt's own averages, then, of
simple ones, whose sliding sums round, with those given. DIRECTION: longonly or both. Pairs are run in as many parts as fit into memory.
"""

import gc
import json
import resource
import sys
import time

import numpy as np
import pandas as pd
import vectorbt as vbt

# Bars by pairs that run at a time: vectorbt takes some 300 bytes for each.
CELLS = 15_000_000

source, given, target, columns, last, kind, freq, direction, runs = sys.argv[1:]
closes = np.fromfile(source).reshape(int(columns), -1)
windows = np.arange(2, int(last) + 1)
first, second = np.triu_indices(len(windows), 1)


def priced(close):
    return pd.Series(close, index=pd.date_range("2000-01-01", periods=len(close), freq=freq))


def results(price, entries, exits):
    portfolio = vbt.Portfolio.from_signals(
        price, entries, exits, size=np.inf, fees=0.001, freq=freq, init_cash=10_000.0, direction=direction
    )
    return np.column_stack(
        [
            portfolio.total_return().to_numpy(),
            portfolio.sharpe_ratio().to_numpy(),
            portfolio.max_drawdown().to_numpy(),
            portfolio.trades.count().to_numpy(),
        ]
    )


def own(close):
    price = priced(close)
    ewm = kind == "ema"
    if len(close) * len(first) > CELLS:
        return in_parts(price, vbt.MA.run(price, window=windows, ewm=ewm).ma.to_numpy())
    fast, slow = vbt.MA.run_combs(price, window=windows, r=2, short_names=["fast", "slow"], ewm=ewm)
    return results(price, fast.ma_crossed_above(slow), fast.ma_crossed_below(slow))


def in_parts(price, averages):
    """Of averages side by side."""
    count = max(1, CELLS // len(price))
    made = []
    for start in range(0, len(first), count):
        part = slice(start, start + count)
        fast, slow = (pd.DataFrame(averages[:, of[part]], index=price.index) for of in (first, second))
        made.append(results(price, fast.vbt.crossed_above(slow), fast.vbt.crossed_below(slow)))
        # Portfolios refer to themselves, and hold all that was asked of them.
        gc.collect()
    return np.concatenate(made)


vbt.settings.returns["year_freq"] = "365 days"
# Compiles, and warms up where that takes no minutes.
bars = len(closes[0]) if len(closes[0]) * len(first) <= CELLS else 500
for close in closes:
    own(close[:bars])
in_parts(priced(closes[0][:500]), np.ones((500, len(windows))))
seconds = []
for _ in range(int(runs)):
    before = time.process_time()
    made = [own(close) for close in closes]
    seconds.append(time.process_time() - before)
rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
if kind == "sma":
    averages = np.fromfile(given).reshape(int(columns), len(windows), -1)
    made += [in_parts(priced(close), of.T) for close, of in zip(closes, averages)]
np.concatenate(made).astype(float).tofile(target)
print(json.dumps({"cpu": seconds, "rss": rss}))
