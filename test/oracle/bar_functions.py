"""What the libraries answer for more than one price of a bar: (function of series and params, number of series)."""

import numpy as np


def of_talib(name, arity):
    """Whole numbers go as integers, which TA-Lib's periods have to be."""

    def run(series, params):
        import talib.abstract

        if len(series[0]) == 0:
            # TA-Lib 0.6.4's OBV writes its first value even where there is no bar, past the end of its array.
            return [series[0] for _ in talib.abstract.Function(name).output_names]
        numbers = [int(p) if float(p).is_integer() else p for p in params]
        found = getattr(talib, name)(*series, *numbers)
        return list(found) if isinstance(found, (tuple, list)) else [found]

    return run, arity


def of_pandas(formula, arity=1):
    def run(series, params):
        import pandas as pd

        found = formula(*map(pd.Series, series), *params)
        found = found if isinstance(found, (tuple, list)) else [found]
        return [np.asarray(part, dtype=float) for part in found]

    return run, arity


def of_vectorbt(formula, arity=1):
    def run(series, params):
        import pandas as pd

        from libraries import vectorbt

        found = formula(vectorbt(), *map(pd.Series, series), *params)
        return [np.asarray(part, dtype=float) for part in found]

    return run, arity


def pandas_macd(x, fast, slow, smooth):
    line = x.ewm(span=fast, adjust=False).mean() - x.ewm(span=slow, adjust=False).mean()
    signal = line.ewm(span=smooth, adjust=False).mean()
    return line, signal, line - signal


def percentile(method):
    """Of each window of a Series, by numpy under the name of its definition."""

    def run(x, n, p):
        return x.rolling(int(n)).apply(lambda w: np.percentile(w, p, method=method), raw=True)

    return run


def vectorbt_macd(vbt, x, fast, slow, smooth):
    found = vbt.MACD.run(x, int(fast), int(slow), int(smooth))
    return found.macd, found.signal, found.hist


BAR_FUNCTIONS = {
    "talib": {
        "ATR": of_talib("ATR", 3),
        "MACD": of_talib("MACD", 1),
        "WMA": of_talib("WMA", 1),
        "DEMA": of_talib("DEMA", 1),
        "TEMA": of_talib("TEMA", 1),
        "KAMA": of_talib("KAMA", 1),
        "LINEARREG": of_talib("LINEARREG", 1),
        "STOCHF": of_talib("STOCHF", 3),
        "CCI": of_talib("CCI", 3),
        "MFI": of_talib("MFI", 4),
        "WILLR": of_talib("WILLR", 3),
        "ROC": of_talib("ROC", 1),
        "MOM": of_talib("MOM", 1),
        "OBV": of_talib("OBV", 2),
        "TRANGE": of_talib("TRANGE", 3),
        "AROON": of_talib("AROON", 2),
        "VAR": of_talib("VAR", 1),
        "SUM": of_talib("SUM", 1),
        "MAXINDEX": of_talib("MAXINDEX", 1),
        "MININDEX": of_talib("MININDEX", 1),
        "CMO": of_talib("CMO", 1),
        "SAR": of_talib("SAR", 2),
        "TRIX": of_talib("TRIX", 1),
        "PLUS_DI": of_talib("PLUS_DI", 3),
        "MINUS_DI": of_talib("MINUS_DI", 3),
        "ADX": of_talib("ADX", 3),
        "STOCHRSI": of_talib("STOCHRSI", 1),
    },
    "pandas": {
        "rma": of_pandas(lambda x, n: x.ewm(alpha=1 / n, adjust=False).mean()),
        "macd": of_pandas(pandas_macd),
        "sum": of_pandas(lambda x, n: x.rolling(int(n)).sum()),
        "variance": of_pandas(lambda x, n: x.rolling(int(n)).var()),
        "median": of_pandas(lambda x, n: x.rolling(int(n)).median()),
        "range": of_pandas(lambda x, n: x.rolling(int(n)).max() - x.rolling(int(n)).min()),
        "mom": of_pandas(lambda x, n: x.diff(int(n))),
        "roc": of_pandas(lambda x, n: 100 * x.diff(int(n)) / x.shift(int(n))),
        "wma": of_pandas(
            lambda x, n: x.rolling(int(n)).apply(
                lambda w: np.average(w, weights=np.arange(1, int(n) + 1)), raw=True
            )
        ),
        "dev": of_pandas(
            lambda x, n: x.rolling(int(n)).apply(lambda w: np.abs(w - w.mean()).mean(), raw=True)
        ),
        "percentile_nearest_rank": of_pandas(percentile("inverted_cdf")),
        "percentile_linear_interpolation": of_pandas(percentile("hazen")),
        # The rank of equal values is the highest of theirs, from 1 on, and a value has a rank in its own window.
        "percentrank": of_pandas(
            lambda x, n: 100 * (x.rolling(int(n) + 1).rank(method="max") - 1) / n
        ),
        "donchian": of_pandas(
            lambda high, low, n: (high.rolling(int(n)).max(), low.rolling(int(n)).min()), 2
        ),
    },
    "vectorbt": {
        "atr": of_vectorbt(
            lambda vbt, high, low, close, n: [
                vbt.ATR.run(high, low, close, int(n), ewm=True).atr
            ],
            3,
        ),
        "macd": of_vectorbt(vectorbt_macd),
    },
}
