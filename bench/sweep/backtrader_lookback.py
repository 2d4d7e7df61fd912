"""The liquidity sweep in backtrader: reads bars, writes trades, prints seconds of CPU time, peak RSS and the equity.

    python backtrader_lookback.py BARS TRADES PERIOD CASH COMMISSION

BARS: float64 open, high, low, close, column after column. TRADES: float64 rows of entry bar, entry price, exit bar, exit
price of each closed trade. An order is filled at the open of the next bar.
"""

import datetime
import json
import resource
import sys
import time

import backtrader as bt
import numpy as np

source, target, period, cash, commission = sys.argv[1:]
bars = np.fromfile(source).reshape(4, -1)
DAY = bt.date2num(datetime.datetime(2000, 1, 1))


class Bars(bt.feed.DataBase):
    def start(self):
        super().start()
        self.at = 0

    def _load(self):
        if self.at >= bars.shape[1]:
            return False
        lines = self.lines
        lines.datetime[0] = DAY + self.at / 1440
        lines.open[0], lines.high[0], lines.low[0], lines.close[0] = bars[:, self.at]
        lines.volume[0] = lines.openinterest[0] = 0.0
        self.at += 1
        return True


class LiquiditySweep(bt.Strategy):
    def __init__(self):
        self.lowest = bt.ind.Lowest(self.data.low, period=int(period))
        self.highest = bt.ind.Highest(self.data.high, period=int(period))
        self.fills = []

    def next(self):
        data = self.data
        up = data.low[0] < self.lowest[-1] and data.close[0] > data.high[-1]
        down = data.high[0] > self.highest[-1] and data.close[0] < data.low[-1]
        size = self.position.size
        if up and size <= 0:
            self.buy(size=0.1)
        elif down and size >= 0:
            self.sell(size=0.1)

    def notify_order(self, order):
        if order.status == order.Completed:
            self.fills.append((len(self) - 1, order.executed.price))


before = time.process_time()
cerebro = bt.Cerebro(stdstats=False)
cerebro.adddata(Bars())
cerebro.addstrategy(LiquiditySweep)
cerebro.broker.setcash(float(cash))
cerebro.broker.setcommission(commission=float(commission))
[strategy] = cerebro.run()
seconds = time.process_time() - before
fills = strategy.fills
closed = [fills[k] + fills[k + 1] for k in range(0, len(fills) - 1, 2)]
np.array(closed, dtype=float).tofile(target)
rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"cpu": seconds, "rss": rss, "equity": cerebro.broker.getvalue()}))
