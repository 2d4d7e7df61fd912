/** Scripts that are timed; they open at most one position at a time. */
export const CASES: Readonly<Record<string, string>> = {
  "EMA cross": `//@version=5
strategy("EMA cross")
fast = ta.ema(close, 12)
slow = ta.ema(close, 26)
if ta.crossover(fast, slow)
    strategy.entry("L", strategy.long)
if ta.crossunder(fast, slow)
    strategy.close("L")
`,
  "five indicators": `//@version=5
strategy("five indicators")
fast = ta.ema(close, 12)
r = ta.rsi(close, 14)
a = ta.atr(14)
[middle, upper, lower] = ta.bb(close, 20, 2)
[line, signal, histogram] = ta.macd(close, 12, 26, 9)
if close > fast and r > 50 and histogram > 0 and close < upper - 0.1 * a
    strategy.entry("L", strategy.long)
if r < 45 or close > upper
    strategy.close("L")
`,
  "bracket, trailing": `//@version=5
strategy("bracket, trailing")
fast = ta.ema(close, 12)
slow = ta.ema(close, 26)
a = ta.atr(14)
var float risk = na
if ta.crossover(fast, slow) and strategy.position_size == 0
    risk := a
    strategy.entry("L", strategy.long)
strategy.exit("X", "L", stop=strategy.position_avg_price - 3 * risk, limit=strategy.position_avg_price + 6 * risk, trail_points=50, trail_offset=20)
`,
};
