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
    "rma": (lambda p, ind, x: ind.SmoothedMovingAverage(x, period=p[0]), ["smma"]),
    "macd": (
        lambda p, ind, x: ind.MACDHisto(x, period_me1=p[0], period_me2=p[1], period_signal=p[2]),
        ["macd", "signal", "histo"],
    ),
    "crossover": (lambda p, ind, a, b: ind.CrossUp(a, b), ["cross"]),
    "crossunder": (lambda p, ind, a, b: ind.CrossDown(a, b), ["cross"]),
}

# Of whole bars: high, low and close.
BAR_RECIPES = {
    "atr": (lambda p, ind, bars: ind.AverageTrueRange(bars, period=p[0]), ["atr"]),
}


@functools.cache
def engine():
    """backtrader, a feed over an array, and a strategy that holds indicators."""
    import backtrader as bt

    first_day = bt.date2num(datetime.datetime(2000, 1, 1))

    class Bars(bt.feed.DataBase):
        params = (("values", None), ("high", None), ("low", None))

        def start(self):
            super().start()
            self.at = 0

        def _load(self):
            if self.at >= len(self.p.values):
                return False
            self.lines.datetime[0] = first_day + self.at
            self.lines.close[0] = self.p.values[self.at]
            if self.p.high is not None:
                self.lines.high[0] = self.p.high[self.at]
                self.lines.low[0] = self.p.low[self.at]
            self.at += 1
            return True

    class Holder(bt.Strategy):
        params = (("asks", None),)

        def __init__(self):
            self.held = [self.hold(ask) for ask in self.p.asks]

        def hold(self, ask):
            if ask["indicator"] in BAR_RECIPES:
                recipe, _ = BAR_RECIPES[ask["indicator"]]
                return recipe(ask["params"], bt.indicators, self.datas[-1])
            recipe, _ = RECIPES[ask["indicator"]]
            closes = [data.close for data in self.datas if data.p.high is None]
            if "series" in ask:
                closes = [closes[k] for k in ask["series"]]
            return recipe(ask["params"], bt.indicators, *closes)

    return bt, Bars, Holder


def run(series, asks):
    """Columns of each ask; None where backtrader has too few bars to start one of them."""
    bt, Bars, Holder = engine()
    cerebro = bt.Cerebro(stdstats=False)
    for values in series:
        cerebro.adddata(Bars(values=values.tolist()))
    of_bars = next((ask for ask in asks if ask["indicator"] in BAR_RECIPES), None)
    if of_bars is not None:
        high, low, close = (series[k].tolist() for k in of_bars["series"])
        cerebro.adddata(Bars(values=close, high=high, low=low))
    cerebro.addstrategy(Holder, asks=asks)
    try:
        held = cerebro.run()[0].held
    except (IndexError, ValueError) as error:
        if isinstance(error, ValueError) and "empty sequence" not in str(error):
            raise
        return None
    bars = len(series[0])
    known = {**RECIPES, **BAR_RECIPES}
    names = [known[ask["indicator"]][1] for ask in asks]
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
