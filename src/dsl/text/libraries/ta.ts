/**
 * The functions of the library `TradingView/ta`, which many scripts import, written from their published definitions: names,
 * parameters and defaults of its version 10, which older versions have alike as far as they have them. Left out is what reads
 * the volume within a bar (`requestUpAndDownVolume`, `requestVolumeDelta`). Quotients are of floats, so that versions 5 and
 * 6 agree.
 */
export const TA_LIBRARY = `//@version=6
library("ta")

// An average that starts again behind na.
smoothed(series float source, series float share) =>
    float average = na
    average := share * source + (1.0 - share) * nz(average[1], source)
    average

middle(series int length) =>
    0.5 * (ta.highest(high, length) + ta.lowest(low, length))

export ema2(series float source, series float length) =>
    smoothed(source, 2.0 / (math.max(1.0, length) + 1.0))

export rma2(series float source, series float length) =>
    smoothed(source, 1.0 / math.max(1.0, length))

export atr2(series float length) =>
    rma2(ta.tr(true), length)

export dema(series float source, simple int length) =>
    float once = ta.ema(source, length)
    2 * once - ta.ema(once, length)

export dema2(series float source, series float length) =>
    float once = ema2(source, length)
    2 * once - ema2(once, length)

export tema(series float source, simple int length) =>
    float once = ta.ema(source, length)
    float twice = ta.ema(once, length)
    3 * (once - twice) + ta.ema(twice, length)

export tema2(series float source, series float length) =>
    float once = ema2(source, length)
    float twice = ema2(once, length)
    3 * (once - twice) + ema2(twice, length)

sharpened(series float source, simple int length, simple float vf) =>
    float once = ta.ema(source, length)
    once * (1 + vf) - ta.ema(once, length) * vf

sharpened2(series float source, series float length, simple float vf) =>
    float once = ema2(source, length)
    once * (1 + vf) - ema2(once, length) * vf

export t3(series float source, simple int length, simple float vf = 0.7) =>
    sharpened(sharpened(sharpened(source, length, vf), length, vf), length, vf)

export t3Alt(series float source, series float length, simple float vf = 0.7) =>
    sharpened2(sharpened2(sharpened2(source, length, vf), length, vf), length, vf)

export trima(series float source, series int length) =>
    ta.sma(ta.sma(source, math.ceil(length / 2.0)), math.floor(length / 2.0) + 1)

export frama(series float source, series int length) =>
    int half = math.round(length / 2.0)
    float range1 = ta.highest(high, half) - ta.lowest(low, half)
    float late = range1 / half
    float early = range1[half] / half
    float whole = (ta.highest(high, length) - ta.lowest(low, length)) / length
    float dimension = math.log((late + early) / whole) / math.log(2)
    smoothed(source, math.exp(-4.6 * (dimension - 1)))

// The mean over past periods at the time of the period that it is now: of its last bar that did not begin later, else its first.
export relativeVolume(simple int length, simple string anchorTimeframe = "D", simple bool isCumulative = true, simple bool adjustRealtime = false) =>
    bool anchor = timeframe.change(anchorTimeframe)
    var float total = 0.0
    total := (anchor ? 0.0 : total) + volume
    float current = isCumulative ? total : volume
    var int begin = time(anchorTimeframe)
    var int count = 0
    var array<int> counts = array.new<int>(0)
    var array<int> offsets = array.new<int>(0)
    var array<float> volumes = array.new<float>(0)
    if anchor
        counts.push(count)
        count := 0
        begin := time(anchorTimeframe)
        if counts.size() > length
            int oldest = counts.shift()
            offsets := array.copy(array.slice(offsets, oldest, offsets.size()))
            volumes := array.copy(array.slice(volumes, oldest, volumes.size()))
    int offset = time - begin
    float past = 0.0
    int first = 0
    for size in counts
        int left = first
        int right = first + size - 1
        while left < right
            int middle = math.floor((left + right + 1) / 2.0)
            if offsets.get(middle) <= offset
                left := middle
            else
                right := middle - 1
        past += volumes.get(left)
        first += size
    count += 1
    offsets.push(offset)
    volumes.push(current)
    float average = past / counts.size()
    [current, average, current / average]

export rms(series float source, series int length) =>
    math.sqrt(math.sum(source * source, length) / length)

export ao(series float source = hl2, simple int shortLength = 5, simple int longLength = 34) =>
    ta.sma(source, shortLength) - ta.sma(source, longLength)

export aroon(simple int length) =>
    float up = 100.0 * (ta.highestbars(high, length + 1) + length) / length
    float down = 100.0 * (ta.lowestbars(low, length + 1) + length) / length
    [up, down]

export cagr(series int entryTime, series float entryPrice, series int exitTime, series float exitPrice) =>
    float days = (exitTime - entryTime) / 86400000.0
    float growth = 100 * (math.pow(exitPrice / entryPrice, 365.0 / days) - 1)
    days >= 1 ? growth : na

export changePercent(series float newValue, series float oldValue) =>
    100 * (newValue - oldValue) / oldValue

export coppock(series float source, simple int longLength, simple int shortLength, simple int smoothLength) =>
    ta.wma(ta.roc(source, longLength) + ta.roc(source, shortLength), smoothLength)

export dm(simple int length) =>
    float rise = ta.sma(math.max(ta.change(high), 0), length)
    float fall = ta.sma(math.max(-ta.change(low), 0), length)
    rise / (rise + fall)

export donchian(series int length) =>
    float top = ta.highest(high, length)
    float bottom = ta.lowest(low, length)
    [top, bottom, 0.5 * (top + bottom)]

export eom(simple int length, simple int div = 10000) =>
    ta.sma(div * ta.change(hl2) * (high - low) / volume, length)

export ft(series float source, simple int length) =>
    float bottom = ta.lowest(source, length)
    float place = (source - bottom) / (ta.highest(source, length) - bottom)
    float value = 0.0
    value := 0.66 * (place - 0.5) + 0.67 * nz(value[1])
    float bounded = value > 0.99 ? 0.999 : value < -0.99 ? -0.999 : value
    float fisher = 0.0
    fisher := 0.5 * math.log((1 + bounded) / (1 - bounded)) + 0.5 * nz(fisher[1])
    fisher

export ift(series float source) =>
    float power = math.exp(2.0 * source)
    (power - 1.0) / (power + 1.0)

export ht(series float source) =>
    0.0962 * source + 0.5769 * nz(source[2]) - 0.5769 * nz(source[4]) - 0.0962 * nz(source[6])

export highestSince(series bool cond, series float source = high) =>
    var float best = na
    best := cond ? source : best
    best := math.max(nz(source, best), nz(best, source))
    best

export lowestSince(series bool cond, series float source = low) =>
    var float best = na
    best := cond ? source : best
    best := math.min(nz(source, best), nz(best, source))
    best

export ichimoku(series int conLength = 9, series int baseLength = 26, series int senkouLength = 52) =>
    float conversion = middle(conLength)
    float base = middle(baseLength)
    [conversion, base, 0.5 * (conversion + base), middle(senkouLength), close]

export kvo(simple int fastLen, simple int slowLen, simple int trigLen) =>
    float force = math.sign(ta.change(hlc3)) * volume * 100
    float oscillator = ta.ema(force, fastLen) - ta.ema(force, slowLen)
    [oscillator, ta.ema(oscillator, trigLen)]

signedShare(series float source, simple int length) =>
    100 * nz(ta.ema(math.sign(ta.change(close)) * source, length) / ta.ema(source, length))

export pzo(simple int length) =>
    signedShare(close, length)

export vzo(simple int length) =>
    signedShare(volume, length)

export szo(series float source, simple int length) =>
    100 * tema(math.sign(ta.change(source)), length) / length

export rwi(simple int length) =>
    float walk = ta.atr(length) * math.sqrt(length)
    [(high - nz(low[length])) / walk, (nz(high[length]) - low) / walk]

export stc(series float source, simple int fast, simple int slow, simple int cycle, simple int d1, simple int d2) =>
    float macd = ta.ema(source, fast) - ta.ema(source, slow)
    float first = ta.ema(nz(fixnan(ta.stoch(macd, macd, macd, cycle))), d1)
    float second = ta.ema(nz(fixnan(ta.stoch(first, first, first, cycle))), d2)
    math.max(math.min(second, 100), 0)

export stochFull(simple int periodK, simple int smoothK, simple int periodD) =>
    float k = ta.sma(ta.stoch(close, high, low, periodK), smoothK)
    [k, ta.sma(k, periodD)]

export stochRsi(simple int lengthRsi, simple int periodK, simple int smoothK, simple int periodD, series float source = close) =>
    float strength = ta.rsi(source, lengthRsi)
    float k = ta.sma(ta.stoch(strength, strength, strength, periodK), smoothK)
    [k, ta.sma(k, periodD)]

followed(series float distance, simple bool wicks) =>
    float above = wicks ? high : close
    float below = wicks ? low : close
    float upper = hl2 + distance
    float lower = hl2 - distance
    float upperBefore = nz(upper[1])
    float lowerBefore = nz(lower[1])
    lower := lower > lowerBefore or below[1] < lowerBefore ? lower : lowerBefore
    upper := upper < upperBefore or above[1] > upperBefore ? upper : upperBefore
    float line = na
    int direction = na
    direction := na(distance[1]) ? 1 : line[1] == upperBefore ? (above > upper ? -1 : 1) : below < lower ? 1 : -1
    line := direction == -1 ? lower : upper
    [line, direction]

export supertrend(series float factor, simple int atrLength, simple bool wicks = false) =>
    followed(ta.atr(atrLength) * factor, wicks)

export supertrend2(series float factor, series float atrLength, simple bool wicks = false) =>
    followed(atr2(atrLength) * factor, wicks)

export trix(series float source, simple int length, simple int signalLength, simple bool exponential = true) =>
    float change = ta.roc(ta.ema(ta.ema(ta.ema(source, length), length), length), 1)
    float signal = exponential ? ta.ema(change, signalLength) : ta.sma(change, signalLength)
    [change, signal, change - signal]

export uo(simple int fastLen, simple int midLen, simple int slowLen) =>
    float bottom = math.min(low, close[1])
    float range1 = math.max(high, close[1]) - bottom
    float pressure = close - bottom
    float fast = math.sum(pressure, fastLen) / math.sum(range1, fastLen)
    float mid = math.sum(pressure, midLen) / math.sum(range1, midLen)
    float slow = math.sum(pressure, slowLen) / math.sum(range1, slowLen)
    100 * (4 * fast + 2 * mid + slow) / 7

export vhf(series float source, simple int length) =>
    math.abs(ta.highest(source, length) - ta.lowest(source, length)) / math.sum(math.abs(ta.change(source)), length)

export vi(simple int length) =>
    float ranges = math.sum(ta.atr(1), length)
    [math.sum(math.abs(high - nz(low[1])), length) / ranges, math.sum(math.abs(low - nz(high[1])), length) / ranges]

trailed(series float source, series float distance) =>
    float price = nz(source, close)
    float room = nz(distance, ta.tr(true))
    var int side = 1
    var float top = price
    var float bottom = price
    var float stop = 0.0
    top := math.max(top, price)
    bottom := math.min(bottom, price)
    stop := nz(side > 0 ? math.max(stop, top - room) : math.min(stop, bottom + room), price)
    side := price - stop >= 0.0 ? 1 : -1
    if side != nz(side[1])
        top := price
        bottom := price
        stop := price - side * room
    [stop, side > 0]

export vStop(series float source, simple int atrLength, series float atrFactor = 1) =>
    trailed(source, ta.atr(atrLength) * atrFactor)

export vStop2(series float source, series float atrLength, series float atrFactor = 1) =>
    trailed(source, atr2(atrLength) * atrFactor)

// A peak of \`n\` lower bars on both sides; up to four bars before it may be as high.
peaked(series float source, series int n) =>
    float peak = source[n]
    bool later = true
    for i = 1 to n
        later := later and source[n - i] < peak
    bool level = true
    bool earlier = false
    for skipped = 0 to 4
        if skipped > 0
            level := level and source[n + skipped] <= peak
        bool lower = level
        for i = 1 to n
            lower := lower and source[n + skipped + i] < peak
        earlier := earlier or lower
    later and earlier

export williamsFractal(series int period) =>
    bool up = peaked(high, period)
    bool down = peaked(-low, period)
    [up, down]

export wpo(simple int length) =>
    ta.ema(math.sign(ta.change(close)) * 2 * math.pi / math.asin(close[1] / high), length)
`;
