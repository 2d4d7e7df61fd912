"""backtrader's indicators over whole series, through its own engine."""

import datetime
import functools

import numpy as np

# name: (how it is made of parameters, backtrader's indicators and lines; its output lines)
RECIPES = {
    "ema": (lambda p, ind, x: ind.EMA(x, period=p[0]), ["ema"]),
    "sma": (lambda p, ind, x: ind.SMA(x, period=p[0]), ["sma"]),
    "rsi": (lambda p, ind, x: ind.RSI_Safe(x, period=p[0]), ["rsi"]),
    "rsi_unsafe": (lambda p, ind, x: ind.RSI(x, period=p[0]), ["rsi"]),
    "std_dev": (lambda p, ind, x: ind.StdDev(x, period=p[0]), ["stddev"]),
    "bollinger": (
        lambda p, ind, x: ind.BollingerBands(x, period=p[0], devfactor=p[1]),
        ["mid", "top", "bot"],
    ),
    "highest": (lambda p, ind, x: ind.Highest(x, period=p[0]), ["highest"]),
    "lowest": (lambda p, ind, x: ind.Lowest(x, period=p[0]), ["lowest"]),
    "crossover": (lambda p, ind, a, b: ind.CrossUp(a, b), ["cross"]),
    "crossunder": (lambda p, ind, a, b: ind.CrossDown(a, b), ["cross"]),
}


@functools.cache
def engine():
    """backtrader, a feed over an array, and a strategy that holds indicators."""
    import backtrader as bt

    first_day = bt.date2num(datetime.datetime(2000, 1, 1))

    class Bars(bt.feed.DataBase):
        params = (("values", None),)

        def start(self):
            super().start()
            self.at = 0

        def _load(self):
            if self.at >= len(self.p.values):
                return False
            self.lines.datetime[0] = first_day + self.at
            self.lines.close[0] = self.p.values[self.at]
            self.at += 1
            return True

    class Holder(bt.Strategy):
        params = (("asks", None),)

        def __init__(self):
            closes = [data.close for data in self.datas]
            self.held = [
                RECIPES[ask["indicator"]][0](ask["params"], bt.indicators, *closes)
                for ask in self.p.asks
            ]

    return bt, Bars, Holder


def run(series, asks):
    """Columns of each ask; None where backtrader has too few bars to start one of them."""
    bt, Bars, Holder = engine()
    cerebro = bt.Cerebro(stdstats=False)
    for values in series:
        cerebro.adddata(Bars(values=values.tolist()))
    cerebro.addstrategy(Holder, asks=asks)
    try:
        held = cerebro.run()[0].held
    except (IndexError, ValueError) as error:
        if isinstance(error, ValueError) and "empty sequence" not in str(error):
            raise
        return None
    bars = len(series[0])
    names = [RECIPES[ask["indicator"]][1] for ask in asks]
    return [
        [np.array(getattr(one.lines, name).array[:bars], dtype=float) for name in lines]
        for one, lines in zip(held, names)
    ]


def answer_all(series, asks):
    """All in one run of the engine; one by one where that fails. Columns, None or the error of each."""
    try:
        together = run(series, asks)
    except Exception:
        together = None
    if together is not None:
        return together
    return [answer_one(series, ask) for ask in asks]


def answer_one(series, ask):
    try:
        found = run(series, [ask])
    except Exception as error:
        return error
    return None if found is None else found[0]
