"""What libraries of functions over arrays answer, by their public functions and nothing of ours in between."""

import functools

import numpy as np

from bar_functions import BAR_FUNCTIONS
from several_series import SEVERAL_SERIES

NAN = np.nan


@functools.cache
def vectorbt():
    import vectorbt as vbt

    vbt.settings.caching["enabled"] = False
    return vbt


def of_talib(name, *extra):
    def run(series, params):
        import talib

        found = getattr(talib, name)(*series, int(params[0]), *params[1:], *extra)
        return list(found) if isinstance(found, (tuple, list)) else [found]

    return run


def of_pandas(formula):
    def run(series, params):
        import pandas as pd

        return [np.asarray(formula(*map(pd.Series, series), *params), dtype=float)]

    return run


def of_vectorbt(formula):
    def run(series, params):
        import pandas as pd

        found = formula(vectorbt(), *map(pd.Series, series), *params)
        return [np.asarray(part, dtype=float) for part in found]

    return run


def of_numpy(formula):
    """A formula of each window of n bars; na before the first."""

    def run(series, params):
        (x,), (n,) = series, params
        out = np.full(len(x), NAN)
        if n <= len(x):
            out[n - 1 :] = formula(np.lib.stride_tricks.sliding_window_view(x, n))
        return [out]

    return run


def pandas_rsi(x, n):
    change = x.diff()
    up = change.clip(lower=0).ewm(alpha=1 / n, adjust=False).mean()
    down = (-change).clip(lower=0).ewm(alpha=1 / n, adjust=False).mean()
    return 100 - 100 / (1 + up / down)


def vectorbt_bands(vbt, x, n, k):
    bands = vbt.BBANDS.run(x, n, alpha=k)
    return bands.middle, bands.upper, bands.lower


def talib_bands(series, params):
    n, k = params
    upper, middle, lower = of_talib("BBANDS")(series, [n, k, k])
    return [middle, upper, lower]


LIBRARIES = {
    "talib": {
        "ema": of_talib("EMA"),
        "sma": of_talib("SMA"),
        "rsi": of_talib("RSI"),
        "std_dev": of_talib("STDDEV", 1),
        "bollinger": talib_bands,
        "highest": of_talib("MAX"),
        "lowest": of_talib("MIN"),
    },
    "pandas": {
        "ema": of_pandas(lambda x, n: x.ewm(span=n, adjust=False).mean()),
        "ewm_alpha": of_pandas(
            lambda x, alpha, least: x.ewm(alpha=alpha, adjust=False, min_periods=int(least)).mean()
        ),
        "sma": of_pandas(lambda x, n: x.rolling(n).mean()),
        "rsi": of_pandas(pandas_rsi),
        "std_dev": of_pandas(lambda x, n: x.rolling(n).std()),
        "std_dev_0": of_pandas(lambda x, n: x.rolling(n).std(ddof=0)),
        "highest": of_pandas(lambda x, n: x.rolling(n).max()),
        "lowest": of_pandas(lambda x, n: x.rolling(n).min()),
        "crossover": of_pandas(lambda a, b: (a > b) & (a.shift() <= b.shift())),
        "crossunder": of_pandas(lambda a, b: (a < b) & (a.shift() >= b.shift())),
    },
    "vectorbt": {
        "ema": of_vectorbt(lambda vbt, x, n: [vbt.MA.run(x, n, ewm=True).ma]),
        "sma": of_vectorbt(lambda vbt, x, n: [vbt.MA.run(x, n).ma]),
        "rsi": of_vectorbt(lambda vbt, x, n: [vbt.RSI.run(x, n).rsi]),
        "std_dev": of_vectorbt(lambda vbt, x, n: [vbt.MSTD.run(x, n).mstd]),
        "bollinger": of_vectorbt(vectorbt_bands),
        "highest": of_vectorbt(lambda vbt, x, n: [x.vbt.rolling_max(n)]),
        "lowest": of_vectorbt(lambda vbt, x, n: [x.vbt.rolling_min(n)]),
        "crossover": of_vectorbt(lambda vbt, a, b: [a.vbt.crossed_above(b)]),
        "crossunder": of_vectorbt(lambda vbt, a, b: [a.vbt.crossed_below(b)]),
    },
    # Two passes over each window: the deviation that loses nothing to cancellation.
    "numpy": {
        "std_dev_0": of_numpy(lambda windows: windows.std(axis=1)),
        "std_dev": of_numpy(lambda windows: windows.std(axis=1, ddof=1)),
    },
}


for library, functions in BAR_FUNCTIONS.items():
    LIBRARIES[library].update({name: run for name, (run, _) in functions.items()})


for library, functions in SEVERAL_SERIES.items():
    LIBRARIES[library].update({name: run for name, (run, _, _) in functions.items()})


def answer_all(series, asks):
    """Columns, or the error, of each ask."""
    return [answer_one(series, ask) for ask in asks]


def answer_one(series, ask):
    try:
        given = [series[k] for k in ask["series"]] if "series" in ask else series
        return LIBRARIES[ask["library"]][ask["indicator"]](given, ask["params"])
    except Exception as error:  # whatever it is, it is the library's answer
        return error
