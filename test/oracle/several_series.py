"""
What the libraries answer for several series, conditions and times: (function of series and params, number of series,
params to try it with).
"""

import numpy as np


def talib_correlation(series, params):
    import talib

    return [talib.CORREL(*series, int(params[0]))]


def pandas_correlation(series, params):
    import pandas as pd

    x, y = map(pd.Series, series)
    return [np.asarray(x.rolling(int(params[0])).corr(y))]


def vwap(period):
    """Of price, volume and time in epoch ms; what pandas calls a period is a session."""

    def run(series, params):
        import pandas as pd

        price, volume, time = map(pd.Series, series)
        session = pd.to_datetime(time, unit="ms").dt.to_period(period)
        known = price.notna() & volume.notna()
        flow = (price * volume).where(known).groupby(session).cumsum()
        return [np.asarray(flow / volume.where(known).groupby(session).cumsum())]

    return run


def barssince(series, params):
    import pandas as pd

    condition = pd.Series(series[0])
    bars = pd.Series(np.arange(len(condition), dtype=float))
    return [np.asarray(bars - bars.where(condition == 1).ffill())]


def valuewhen(series, params):
    import pandas as pd

    condition, x = map(pd.Series, series)
    return [np.asarray(x[condition == 1].shift(int(params[0])).reindex(x.index, method="ffill"))]


def ichimoku(series, params):
    import pandas as pd

    high, low = map(pd.Series, series)
    first, second, span, displacement = map(int, params)

    def middle(n):
        return (high.rolling(n).max() + low.rolling(n).min()) / 2

    lead = (middle(first) + middle(second)) / 2
    ahead = [line.shift(displacement - 1) for line in (lead, middle(span))]
    return [np.asarray(line) for line in (middle(first), middle(second), *ahead)]


def heikin_ashi(series, params):
    o, h, l, c = series
    close = (o + h + l + c) / 4
    first = np.empty(len(o))
    for i in range(len(o)):
        first[i] = (o[0] + c[0]) / 2 if i == 0 else (first[i - 1] + close[i - 1]) / 2
    most, least = np.maximum.reduce([h, first, close]), np.minimum.reduce([l, first, close])
    return [first, most, least, close]


SEVERAL_SERIES = {
    "talib": {"correlation": (talib_correlation, 2, [3])},
    "pandas": {
        "correlation": (pandas_correlation, 2, [3]),
        "vwap_day": (vwap("D"), 3, []),
        "vwap_week": (vwap("W-SUN"), 3, []),
        "vwap_month": (vwap("M"), 3, []),
        "barssince": (barssince, 1, []),
        "valuewhen": (valuewhen, 2, [1]),
        "ichimoku": (ichimoku, 2, [2, 3, 4, 2]),
    },
    "numpy": {"heikin_ashi": (heikin_ashi, 4, [])},
}
