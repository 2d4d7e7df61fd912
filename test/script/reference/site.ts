import type { ScriptBroker } from "../../../src/backtest/script/script-broker.ts";
import type { Call } from "../../../src/dsl/text/ast.ts";
import type { SlowBars } from "./broker.ts";
import type { Activation } from "./environment.ts";
import { na, toNumber, type Value } from "./values.ts";

/** What a run gives to built-in functions. */
export interface Machine {
  readonly version: number;
  readonly bars: SlowBars;
  readonly bar: number;
  readonly chart: Chart;
  /** null where no orders are taken: in the bars of another timeframe. */
  readonly broker: ScriptBroker | null;
}

export interface Chart {
  readonly ticker: string;
  readonly timezone: string;
  readonly tick: number;
  /** Of the bars, as the language writes it: "60", "1D". */
  readonly timeframe: string;
}

/** One call of a built-in function: its arguments, computed, and the state of its place. */
export class Site {
  constructor(
    readonly machine: Machine,
    readonly node: Call,
    private readonly activation: Activation,
    private readonly args: readonly { readonly name: string | null; readonly value: Value }[],
  ) {}

  get count(): number {
    return this.args.length;
  }

  get values(): readonly Value[] {
    return this.args.map(({ value }) => value);
  }

  /** The argument of a name (or an older one), or at a place. */
  get(index: number, ...names: string[]): Value | undefined {
    const named = this.args.find(({ name }) => name !== null && names.includes(name));
    if (named !== undefined) return named.value;
    const positional = this.args[index];
    return positional?.name === null ? positional.value : undefined;
  }

  number(index: number, ...names: string[]): number {
    const value = this.get(index, ...names);
    return value === undefined ? na : toNumber(value);
  }

  state<T>(initial: () => T): T {
    return this.activation.state(this.node, initial);
  }

  field(name: keyof SlowBars): number {
    return this.machine.bars[name][this.machine.bar];
  }
}
