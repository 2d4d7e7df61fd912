import { barLength } from "./built-in-values.ts";
import { type Inputs, Interpreter } from "./interpreter.ts";
import { grouped, heikinAshi, startOf, timeframeOf } from "./timeframes.ts";
import { na, type Value } from "./values.ts";

/**
 * `request.security` on the symbol of the chart: the whole script is run over the bars of the other timeframe, without
 * orders, for the value that the expression has on each. A bar of the chart sees the last of them that has closed.
 */
export class Security {
  private readonly values: Value[] = [];
  private readonly of: readonly number[];
  private readonly closing: readonly boolean[];

  constructor(
    chart: Interpreter,
    key: string,
    symbol: string,
    timeframe: string,
    inputs: Inputs,
    private readonly gaps: boolean,
    private readonly lookahead: boolean,
  ) {
    const same = timeframe === "" || timeframe === chart.chart.timeframe;
    const { bars, of } = same
      ? { bars: chart.bars, of: Array.from(chart.bars.time, (_, i) => i) }
      : grouped(chart.bars, timeframeOf(timeframe));
    const used = symbol.startsWith("ticker.heikinashi") ? heikinAshi(bars) : bars;
    const inner = new Interpreter(
      chart.script,
      used,
      same ? chart.chart : { ...chart.chart, timeframe },
      null,
      inputs,
      { key, values: this.values },
    );
    for (let bar = 0; bar < used.time.length; bar++) inner.runBar(bar);
    this.of = of;
    const length = barLength(chart.bars.time);
    const start = (time: number) => startOf(timeframeOf(timeframe), time);
    this.closing = Array.from(
      chart.bars.time,
      (time) => same || start(time + length) !== start(time),
    );
  }

  at(bar: number): Value {
    const number = this.of[bar];
    if (this.lookahead) {
      return this.gaps && this.of[bar - 1] === number ? na : (this.values[number] ?? na);
    }
    if (this.closing[bar]) return this.values[number] ?? na;
    return this.gaps ? na : (this.values[number - 1] ?? na);
  }
}
