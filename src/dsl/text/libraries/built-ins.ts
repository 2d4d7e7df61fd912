/**
 * Built-in functions that are easiest said in the language itself, under their names without `ta.`. The formulas of the levels are
 * those of TradingView's page on its indicator "Pivot Points Standard": of the period before the anchor (the bars since the one
 * before, or since the first bar), Woodie's with the open of the new one; a type that is not known, and Woodie's while they
 * develop, have none. The rank correlation is Spearman's: of equal values each has the mean of their ranks; na where
 * all are equal or one is na.
 */
export const BUILT_INS = `//@version=6
library("built-ins")

export rci(series float source, series int length) =>
    int n = math.max(length, 1)
    float together = 0.0
    float spread = 0.0
    for i = 0 to n - 1
        float now = source[i]
        float rank = 0.0
        for k = 0 to n - 1
            rank += math.sign(now - source[k])
        together += rank * (n - 1 - 2 * i)
        spread += rank * rank
    100.0 * together / math.sqrt(spread * (n * (n * n - 1) / 3.0))

levels(series string kind, series float open, series float high, series float low, series float close, series float now) =>
    float range1 = high - low
    float middle = (high + low + close) / 3.0
    float woodie = (high + low + 2.0 * now) / 4.0
    float demark = close == open ? high + low + 2.0 * close : close > open ? 2.0 * high + low + close : 2.0 * low + high + close
    float share = 1.1 * range1
    float most = high / low * close
    array<float> found = array.new<float>(0)
    if kind == "Traditional"
        found := array.from(middle, 2.0 * middle - low, 2.0 * middle - high, middle + range1, middle - range1)
        for k = 2 to 4
            found.push(k * middle + (high - k * low))
            found.push(k * middle - (k * high - low))
    if kind == "Classic"
        found := array.from(middle, 2.0 * middle - low, 2.0 * middle - high)
        for k = 1 to 3
            found.push(middle + k * range1)
            found.push(middle - k * range1)
    if kind == "Fibonacci"
        found := array.from(middle, middle + 0.382 * range1, middle - 0.382 * range1, middle + 0.618 * range1, middle - 0.618 * range1, middle + range1, middle - range1)
    if kind == "Woodie"
        float up = high + 2.0 * (woodie - low)
        float down = low - 2.0 * (high - woodie)
        found := array.from(woodie, 2.0 * woodie - low, 2.0 * woodie - high, woodie + range1, woodie - range1, up, down, up + range1, down - range1)
    if kind == "DM"
        found := array.from(demark / 4.0, demark / 2.0 - low, demark / 2.0 - high)
    if kind == "Camarilla"
        found := array.from(middle, close + share / 12.0, close - share / 12.0, close + share / 6.0, close - share / 6.0)
        for k = 4 to 2 by 2
            found.push(close + share / k)
            found.push(close - share / k)
        found.push(most)
        found.push(close - (most - close))
    while found.size() < 11
        found.push(na)
    found

export pivot_point_levels(series string kind, series bool anchor, series bool developing = false) =>
    var float opened = na
    var float top = na
    var float bottom = na
    var float last = na
    var float whole = na
    var float upper = na
    var float lower = na
    var float ended = na
    var float now = na
    if anchor
        whole := opened
        upper := top
        lower := bottom
        ended := last
        now := open
    bool begins = anchor or na(opened)
    opened := begins ? open : opened
    top := begins ? high : math.max(top, high)
    bottom := begins ? low : math.min(bottom, low)
    last := close
    string asked = developing and kind == "Woodie" ? "" : kind
    levels(asked, developing ? opened : whole, developing ? top : upper, developing ? bottom : lower, developing ? close : ended, developing ? open : now)
`;
