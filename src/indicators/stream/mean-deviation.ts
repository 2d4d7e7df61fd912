import { MeanStream, RecentStream, type StreamMemory } from "../../vector/rolling/index.ts";
import {
  cross,
  DEVIATION_SUMS,
  drop,
  enter,
  finish,
  lastMean,
  leave,
  spoilt,
  startAnew,
} from "../deviation-sums.ts";
import { meanDistance, restOfMean, SHORT_DEVIATION } from "../mean-deviation.ts";
import { SortedWindowStream } from "./sorted-window.ts";

/** `rollingMeanDeviation` value by value, with its bits. */
export interface MeanDeviationStream {
  /** Takes a value that is not na; mean of |x - mean| of the last `period` of them, NaN while there are fewer. */
  push(value: number): number;
  /** The last value minus the mean. */
  readonly distance: number;
}

export function meanDeviationStream(memory: StreamMemory, period: number): MeanDeviationStream {
  return period <= SHORT_DEVIATION ? new Summed(memory, period) : new Followed(memory, period);
}

class Summed implements MeanDeviationStream {
  readonly #memory: StreamMemory;
  readonly #period: number;
  readonly #means: MeanStream;
  readonly #recent: RecentStream;
  readonly #distance: number;

  constructor(memory: StreamMemory, period: number) {
    this.#memory = memory;
    this.#period = period;
    this.#means = new MeanStream(memory, period);
    this.#recent = new RecentStream(memory, period);
    this.#distance = memory.register(1);
  }

  get distance(): number {
    return this.#memory.registers[this.#distance];
  }

  push(value: number): number {
    const { registers, cells } = this.#memory;
    const period = this.#period;
    const mean = this.#means.push(value);
    const start = this.#recent.push(value);
    if (start < 0) return Number.NaN;
    const last = start + period - 1;
    const rest = restOfMean(cells, last, period, mean);
    registers[this.#distance] = value - mean - rest;
    return meanDistance(cells, last, period, mean, rest);
  }
}

class Followed implements MeanDeviationStream {
  readonly #memory: StreamMemory;
  readonly #period: number;
  readonly #means: MeanStream;
  readonly #window: SortedWindowStream;
  readonly #sums: number;
  readonly #distance: number;

  constructor(memory: StreamMemory, period: number) {
    this.#memory = memory;
    this.#period = period;
    this.#means = new MeanStream(memory, period);
    this.#window = new SortedWindowStream(memory, period - 1);
    this.#sums = memory.register(DEVIATION_SUMS);
    this.#distance = memory.register(1);
  }

  get distance(): number {
    return this.#memory.registers[this.#distance];
  }

  push(value: number): number {
    const { registers } = this.#memory;
    const window = this.#window;
    const at = this.#sums;
    const period = this.#period;
    const mean = this.#means.push(value);
    registers[this.#distance] = value - mean;
    if (!window.push(value)) return Number.NaN;
    const whole = window.taken % period === 0;
    if (!whole) {
      leave(registers, at, window.left);
      this.#crossTo(mean);
      enter(registers, at, value, mean);
      const deviation = finish(registers, at, period);
      if (!spoilt(registers, at, deviation)) return deviation;
    }
    startAnew(registers, at);
    for (let ago = period - 1; ago >= 0; ago--) enter(registers, at, window.recent(ago), mean);
    return finish(registers, at, period);
  }

  /** Moves the values between the last mean and this one from sum to sum. */
  #crossTo(mean: number): void {
    const { registers, cells } = this.#memory;
    const { first, end } = this.#window;
    let edge = this.#window.edge(lastMean(registers, this.#sums));
    for (; edge < end && cells[edge] < mean; edge++) cross(registers, this.#sums, cells[edge]);
    for (; edge > first && !(cells[edge - 1] < mean); edge--) {
      drop(registers, this.#sums, cells[edge - 1]);
    }
  }
}
