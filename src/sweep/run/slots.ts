import { SWEEP_METRICS } from "../engine/sweep-metrics.ts";

const METRICS = SWEEP_METRICS.length;

/** Memory of one batch. */
export interface Slot {
  readonly params: Float64Array;
  readonly metrics: Float64Array;
  readonly states: Uint8Array;
}

/** Rows of `count` trials in a slot. */
export function rowsOf({ params, metrics, states }: Slot, count: number, width: number): Slot {
  return {
    params: params.subarray(0, count * width),
    metrics: metrics.subarray(0, count * METRICS),
    states: states.subarray(0, count),
  };
}

/**
 * Memory for the batches under way, used again for later ones: what is made anew for each would stand as garbage until
 * V8 minds, which takes tens of MB. Threads write into it where it is shared.
 */
export class Slots {
  readonly #shared: boolean;
  #free: Slot[] = [];

  constructor(shared: boolean) {
    this.#shared = shared;
  }

  /** A slot with room for so many trials of so many parameters. */
  take(count: number, width: number): Slot {
    const slot = this.#free.pop();
    const fits = slot && slot.states.length >= count && slot.params.length >= count * width;
    return fits ? slot : this.#made(count, width);
  }

  give(slot: Slot): void {
    this.#free.push(slot);
  }

  #made(count: number, width: number): Slot {
    return {
      params: new Float64Array(this.#memory(8 * count * width)),
      metrics: new Float64Array(this.#memory(8 * count * METRICS)),
      states: new Uint8Array(this.#memory(count)),
    };
  }

  #memory(bytes: number): ArrayBuffer | SharedArrayBuffer {
    return this.#shared ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes);
  }
}
