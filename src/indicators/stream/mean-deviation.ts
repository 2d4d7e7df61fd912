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
import { SHORT_DEVIATION } from "../mean-deviation.ts";
import { SortedWindowStream } from "./sorted-window.ts";

/** `rollingMeanDeviation` value by value, with its bits. */
export interface MeanDeviationStream {
  /** Takes a value that is not na; mean of |x - mean| of the last `period` of them, NaN while there are fewer. */
  push(value: number): number;
  /** The mean that it is about. */
  readonly mean: number;
}

export function meanDeviationStream(memory: StreamMemory, period: number): MeanDeviationStream {
  return period <= SHORT_DEVIATION ? new Summed(memory, period) : new Followed(memory, period);
}

class Summed implements MeanDeviationStream {
  readonly #memory: StreamMemory;
  readonly #period: number;
  readonly #means: MeanStream;
  readonly #recent: RecentStream;
  readonly #mean: number;

  constructor(memory: StreamMemory, period: number) {
    this.#memory = memory;
    this.#period = period;
    this.#means = new MeanStream(memory, period);
    this.#recent = new RecentStream(memory, period);
    this.#mean = memory.register(1);
  }

  get mean(): number {
    return this.#memory.registers[this.#mean];
  }

  push(value: number): number {
    const { registers, cells } = this.#memory;
    const mean = this.#means.push(value);
    const start = this.#recent.push(value);
    registers[this.#mean] = mean;
    if (start < 0) return Number.NaN;
    let sum = 0;
    for (let j = start + this.#period - 1; j >= start; j--) sum += Math.abs(cells[j] - mean);
    return sum / this.#period;
  }
}

class Followed implements MeanDeviationStream {
  readonly #memory: StreamMemory;
  readonly #period: number;
  readonly #means: MeanStream;
  readonly #window: SortedWindowStream;
  readonly #sums: number;

  constructor(memory: StreamMemory, period: number) {
    this.#memory = memory;
    this.#period = period;
    this.#means = new MeanStream(memory, period);
    this.#window = new SortedWindowStream(memory, period - 1);
    this.#sums = memory.register(DEVIATION_SUMS);
  }

  get mean(): number {
    return lastMean(this.#memory.registers, this.#sums);
  }

  push(value: number): number {
    const { registers } = this.#memory;
    const window = this.#window;
    const at = this.#sums;
    const period = this.#period;
    const mean = this.#means.push(value);
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
