import { stepCross } from "./cross-machine.ts";
import type { Elementwise, StepFunction } from "./execute.ts";
import type { Mask } from "./mask.ts";
import { finiteOrNa } from "./na.ts";
import type { MapStep, MaskStep, Plan } from "./plan.ts";
import { crossesOf, type Instruction, type Tape } from "./tape.ts";

/** Bars per chunk: the values of a chunk stay in the first-level cache. A multiple of 32. */
const CHUNK = 1024;

/** The plan's element-wise steps by walking their tapes a chunk at a time: no generated code, same bits. */
export function interpretedElementwise(plan: Plan): Elementwise {
  return (index) => {
    const step = plan.steps[index]!;
    if (step.kind === "indicator") throw new Error("indicator steps are run by their kernels");
    return interpretStep(step);
  };
}

function interpretStep(step: MapStep | MaskStep): StepFunction {
  const { tape } = step;
  const crosses = crossesOf(tape);
  const values = tape.instructions.map(() => new Float64Array(CHUNK));
  return (b, n, C, S, M, X) => {
    for (let from = b; from < n; from += CHUNK) {
      const count = Math.min(CHUNK, n - from);
      tape.instructions.forEach((each, k) => {
        const slot = 3 * crosses.indexOf(k);
        const state = X.subarray(slot, slot + 3);
        runInstruction(each, { tape, values, state, from, count, C, S }, values[k]!);
      });
      tape.outputs.forEach((output, k) => {
        const column = values[output]!;
        if (step.kind === "map") (M as Float64Array).set(column.subarray(0, count), from);
        else packWords(column, count, (M as readonly Mask[])[k]!, from);
      });
    }
  };
}

function packWords(values: Float64Array, count: number, mask: Mask, from: number): void {
  for (let j = 0; j < count; j += 32) {
    let word = 0;
    const end = Math.min(j + 32, count);
    for (let b = j; b < end; b++) word |= values[b]! << (b - j);
    mask[(from + j) >>> 5] = word;
  }
}

interface ChunkContext {
  readonly tape: Tape;
  readonly values: readonly Float64Array[];
  readonly state: Int32Array;
  readonly from: number;
  readonly count: number;
  readonly C: readonly Float64Array[];
  readonly S: Float64Array;
}

type Pair = (a: number, b: number) => number;

const PAIRS: Record<string, Pair> = {
  add: (a, b) => finiteOrNa(a + b),
  sub: (a, b) => finiteOrNa(a - b),
  mul: (a, b) => finiteOrNa(a * b),
  div: (a, b) => finiteOrNa(a / b),
  gt: (a, b) => +(a > b),
  lt: (a, b) => +(a < b),
  ge: (a, b) => +(a >= b),
  le: (a, b) => +(a <= b),
  eq: (a, b) => +(a === b),
  ne: (a, b) => +(a < b) | +(a > b),
};

function runInstruction(each: Instruction, context: ChunkContext, out: Float64Array): void {
  const { values, state, count, from, C, S, tape } = context;
  switch (each.op) {
    case "load": {
      let offset = 0;
      for (const scalar of each.offsets) offset += S[scalar]!;
      const column = C[each.column]!;
      for (let j = 0; j < count; j++) {
        const bar = from + j - offset;
        out[j] = bar >= 0 ? column[bar]! : Number.NaN;
      }
      return;
    }
    case "scalar":
      out.fill(S[each.scalar]!, 0, count);
      return;
    case "truth":
      out.fill(each.value ? 1 : 0, 0, count);
      return;
    case "and":
    case "or": {
      out.set(values[each.operands[0]!]!.subarray(0, count));
      for (const operand of each.operands.slice(1)) {
        const other = values[operand]!;
        if (each.op === "and") for (let j = 0; j < count; j++) out[j] = out[j]! & other[j]!;
        else for (let j = 0; j < count; j++) out[j] = out[j]! | other[j]!;
      }
      return;
    }
    case "cross": {
      const a = values[each.a]!;
      const b = values[each.b]!;
      for (let j = 0; j < count; j++)
        out[j] = stepCross(tape.dialect, each.negated, state, a[j]!, b[j]!);
      return;
    }
    default: {
      const pair = PAIRS[each.op]!;
      const a = values[each.a]!;
      const b = values[each.b]!;
      for (let j = 0; j < count; j++) out[j] = pair(a[j]!, b[j]!);
    }
  }
}
