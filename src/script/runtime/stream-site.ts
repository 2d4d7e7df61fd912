import type { IndicatorDefinition } from "../../indicators/definition.ts";
import { StreamMemory } from "../../vector/rolling/index.ts";

/** What a site of the bar loop works on: inputs and numbers in, outputs out, one call per advance. */
export interface SiteParts {
  readonly step: (inputs: Float64Array) => void;
  readonly inputs: Float64Array;
  readonly params: Float64Array;
  readonly outputs: Float64Array;
}

/** An indicator with fixed numbers, bar by bar. */
export function streamSite(definition: IndicatorDefinition, params: readonly number[]): SiteParts {
  const memory = new StreamMemory();
  memory.register(definition.outputs.length, Number.NaN);
  const advance = definition.stream("tv")(memory, params);
  memory.seal();
  return {
    step: (inputs) => {
      // Begins a bar, so that the notes for taking it back do not grow.
      memory.keep();
      advance(inputs);
    },
    inputs: new Float64Array(definition.sources.length),
    params: new Float64Array(0),
    outputs: memory.registers,
  };
}

/**
 * An indicator whose numbers change from bar to bar (`ta.highest(length)` of a series): the kernel over as many of the
 * values met so far as its warm-up needs, na among them not counted.
 */
export function changingSite(
  definition: IndicatorDefinition,
  capacity: number,
  check: (params: readonly number[]) => readonly number[],
): SiteParts {
  const kernel = definition.kernel("tv");
  const inputs = new Float64Array(definition.sources.length);
  const params = new Float64Array(definition.params.length);
  const outputs = new Float64Array(definition.outputs.length);
  let met = definition.sources.map(() => new Float64Array(Math.min(capacity, 1024)));
  let count = 0;
  const step = (values: Float64Array) => {
    if (count === met[0]!.length) met = met.map(doubled);
    values.forEach((value, k) => {
      met[k]![count] = value;
    });
    count++;
    if (params.some(Number.isNaN)) {
      outputs.fill(Number.NaN);
      return;
    }
    const numbers = check([...params]);
    const from = start(met, count, definition.warmup(numbers, "tv") + 1);
    const tails = met.map((column) => column.subarray(from, count));
    const out = definition.outputs.map(() => new Float64Array(count - from));
    kernel(tails, numbers, out);
    out.forEach((column, k) => {
      outputs[k] = column[column.length - 1]!;
    });
  };
  return { step, inputs, params, outputs };
}

/** The first of the last values of which `wanted` are defined in all columns. */
function start(met: readonly Float64Array[], count: number, wanted: number): number {
  let from = count;
  for (let left = wanted; left > 0 && from > 0; ) {
    from--;
    if (met.every((column) => !Number.isNaN(column[from]))) left--;
  }
  return from;
}

function doubled(column: Float64Array): Float64Array<ArrayBuffer> {
  const longer = new Float64Array(2 * column.length);
  longer.set(column);
  return longer;
}
