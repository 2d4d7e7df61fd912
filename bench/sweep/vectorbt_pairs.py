"""Pairs of moving averages in vectorbt: reads closes, writes rows, prints seconds of CPU time and peak RSS.

    python vectorbt_pairs.py IN AVERAGES OUT COLUMNS LAST KIND FREQ RUNS

IN: float64 closes, column after column. AVERAGES: correctly rounded averages of each column, window after window.
OUT: float64 rows of return, Sharpe, drawdown, trades, column after column: first with vectorbt's own averages, then with
those given.
"""

import json
import resource
import sys
import time

import numpy as np
import pandas as pd
import vectorbt as vbt

source, given, target, columns, last, kind, freq, runs = sys.argv[1:]
closes = np.fromfile(source).reshape(int(columns), -1)
index = pd.date_range("2000-01-01", periods=closes.shape[1], freq=freq)
windows = np.arange(2, int(last) + 1)


def rows(price, fast, slow):
    entries = fast.vbt.crossed_above(slow)
    exits = fast.vbt.crossed_below(slow)
    return results(price, entries, exits)


def results(price, entries, exits):
    portfolio = vbt.Portfolio.from_signals(
        price, entries, exits, size=np.inf, fees=0.001, freq=freq, init_cash=10_000.0
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
    price = pd.Series(close, index=index)
    fast, slow = vbt.MA.run_combs(
        price, window=windows, r=2, short_names=["fast", "slow"], ewm=kind == "ema"
    )
    return results(price, fast.ma_crossed_above(slow), fast.ma_crossed_below(slow))


def with_averages(close, averages):
    first, second = np.triu_indices(len(windows), 1)
    frame = lambda which: pd.DataFrame(averages[which].T, index=index)
    return rows(pd.Series(close, index=index), frame(first), frame(second))


vbt.settings.returns["year_freq"] = "365 days"
seconds = []
for _ in range(int(runs) + 1):
    before = time.process_time()
    made = [own(close) for close in closes]
    seconds.append(time.process_time() - before)
rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
averages = np.fromfile(given).reshape(int(columns), len(windows), -1)
made += [with_averages(*each) for each in zip(closes, averages)]
np.concatenate(made).astype(float).tofile(target)
# The first run compiles.
print(json.dumps({"cpu": seconds[1:], "rss": rss}))
