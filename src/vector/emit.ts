import { type Code, code, Name } from "./code.ts";
import { emitCross } from "./cross-machine.ts";
import type { MapStep, MaskStep } from "./plan.ts";
import { crossesOf, type Instruction, isArithmetic, isComparison, type Tape } from "./tape.ts";

const ARITHMETIC = { add: code`+`, sub: code`-`, mul: code`*`, div: code`/` } as const;
const COMPARISON = {
  gt: code`>`,
  lt: code`<`,
  ge: code`>=`,
  le: code`<=`,
  eq: code`===`,
} as const;
const LOGIC = { and: code`&`, or: code`|` } as const;

const from = new Name("b");
const to = new Name("n");
const i = new Name("i");
const head = new Name("h");

/**
 * A generated function expression `(b, n, C, S, M, X)`, the {@link StepFunction} of a step.
 * Straight `&` and `|` instead of `&&`: branch-free, 2-4 times faster on real data.
 */
export function emitStep(step: MapStep | MaskStep): string {
  return indent((step.kind === "map" ? emitMap(step.tape) : emitMasks(step.tape)).text);
}

/** Indents by braces; generated lines open a block at their end and close it at their start. */
function indent(text: string): string {
  let depth = 0;
  const lines = text.split("\n").filter((line) => line !== "");
  return lines
    .map((line) => {
      if (line.startsWith("}")) depth--;
      const indented = "  ".repeat(depth) + line;
      if (line.endsWith("{")) depth++;
      return indented;
    })
    .join("\n");
}

function emitMap(tape: Tape): Code {
  const value = new Name("t", tape.outputs[0]!);
  const loop = (first: Name, end: Name, guarded: boolean) =>
    code`for (let ${i} = ${first}; ${i} < ${end}; ${i}++) {
${emitBody(tape, guarded)}
M[${i}] = ${value};
}`;
  const loops = hasOffsets(tape)
    ? [emitHead(tape), loop(from, head, true), loop(head, to, false)]
    : [loop(from, to, false)];
  const crosses = crossesOf(tape);
  return code`(b, n, C, S, M, X) => {
${emitPrologue(tape)}
${crosses.map(loadState)}
${loops}
${crosses.map(storeState)}
}`;
}

function emitMasks(tape: Tape): Code {
  const base = new Name("g");
  const end = new Name("j");
  const words = tape.outputs.map((_, k) => new Name("w", k));
  const masks = tape.outputs.map((_, k) => new Name("m", k));
  const loop = (first: Name, last: Name, guarded: boolean) =>
    code`for (let ${base} = ${first}; ${base} < ${last}; ${base} += 32) {
const ${end} = Math.min(${base} + 32, ${to});
${words.map((w) => code`let ${w} = 0;`)}
for (let ${i} = ${base}; ${i} < ${end}; ${i}++) {
${emitBody(tape, guarded)}
${words.map((w, k) => code`${w} |= ${new Name("t", tape.outputs[k]!)} << ${i};`)}
}
${words.map((w, k) => code`${masks[k]!}[${base} >>> 5] = ${w};`)}
}`;
  const loops = hasOffsets(tape)
    ? [emitHead(tape), loop(from, head, true), loop(head, to, false)]
    : [loop(from, to, false)];
  const crosses = crossesOf(tape);
  return code`(b, n, C, S, M, X) => {
${emitPrologue(tape)}
${masks.map((m, k) => code`const ${m} = M[${k}];`)}
${crosses.map(loadState)}
${loops}
${crosses.map(storeState)}
}`;
}

function hasOffsets(tape: Tape): boolean {
  return tape.instructions.some((each) => each.op === "load" && each.offsets.length > 0);
}

/** The bar, at a whole word, before which a look back may leave the data. */
function emitHead(tape: Tape): Code {
  const offsets = new Map<string, Code>();
  for (const each of tape.instructions) {
    if (each.op !== "load" || each.offsets.length === 0) continue;
    const offset = emitOffset(each.offsets);
    offsets.set(offset.text, code`, ${offset}`);
  }
  const most = code`Math.max(0${joined([...offsets.values()])})`;
  return code`const ${head} = Math.min(${to}, Math.max(${from}, (${most} + 31) & ~31));`;
}

function joined(parts: readonly Code[]): Code {
  return parts.reduce((all, part) => code`${all}${part}`, code``);
}

function emitOffset(offsets: readonly number[]): Code {
  return offsets
    .map((scalar) => code`${new Name("s", scalar)}`)
    .reduce((sum, each) => code`${sum} + ${each}`);
}

function emitPrologue(tape: Tape): Code[] {
  const columns = new Set<number>();
  const scalars = new Set<number>();
  for (const each of tape.instructions) {
    if (each.op === "load") {
      columns.add(each.column);
      for (const offset of each.offsets) scalars.add(offset);
    } else if (each.op === "scalar") scalars.add(each.scalar);
  }
  return [
    ...[...columns].map((c) => code`const ${new Name("c", c)} = C[${c}];`),
    ...[...scalars].map((s) => code`const ${new Name("s", s)} = S[${s}];`),
  ];
}

/** What a cross remembers stands in three slots of the state, by its number among the crosses. */
function loadState(k: number, slot: number): Code {
  const [p, q, known] = stateNames(k);
  return code`let ${p} = X[${3 * slot}], ${q} = X[${3 * slot + 1}], ${known} = X[${3 * slot + 2}];`;
}

function storeState(k: number, slot: number): Code {
  const [p, q, known] = stateNames(k);
  return code`X[${3 * slot}] = ${p}; X[${3 * slot + 1}] = ${q}; X[${3 * slot + 2}] = ${known};`;
}

function stateNames(k: number): [Name, Name, Name] {
  return [new Name("p", k), new Name("q", k), new Name("k", k)];
}

function emitBody(tape: Tape, guarded: boolean): Code[] {
  return tape.instructions.flatMap((each, k) => emitInstruction(tape, each, k, guarded));
}

function emitInstruction(tape: Tape, each: Instruction, k: number, guarded: boolean): Code[] {
  const result = new Name("t", k);
  const operand = (index: number) => new Name("t", index);
  if (isArithmetic(each)) {
    const raw = new Name("u", k);
    // 0 * x is NaN for infinite x and +-0 otherwise: overflow and division by zero become na.
    return [
      code`const ${raw} = ${operand(each.a)} ${ARITHMETIC[each.op]} ${operand(each.b)}, ${result} = ${raw} + 0 * ${raw};`,
    ];
  }
  if (isComparison(each)) {
    const [a, b] = [operand(each.a), operand(each.b)];
    return each.op === "ne"
      ? [code`const ${result} = +(${a} < ${b}) | +(${a} > ${b});`]
      : [code`const ${result} = +(${a} ${COMPARISON[each.op]} ${b});`];
  }
  switch (each.op) {
    case "load":
      return [code`const ${result} = ${emitLoad(each, guarded)};`];
    case "scalar":
      return [code`const ${result} = ${new Name("s", each.scalar)};`];
    case "truth":
      return [code`const ${result} = ${each.value ? 1 : 0};`];
    case "and":
    case "or": {
      const terms = each.operands.map((o) => code`${operand(o)}`);
      const all = terms.reduce((left, right) => code`${left} ${LOGIC[each.op]} ${right}`);
      return [code`const ${result} = ${all};`];
    }
    case "cross":
      return emitCross(tape.dialect, each.negated, k, operand(each.a), operand(each.b), result);
  }
}

function emitLoad(each: Extract<Instruction, { op: "load" }>, guarded: boolean): Code {
  const column = new Name("c", each.column);
  if (each.offsets.length === 0) return code`${column}[${i}]`;
  const offset = emitOffset(each.offsets);
  const load = code`${column}[${i} - (${offset})]`;
  return guarded ? code`${i} >= ${offset} ? ${load} : NaN` : load;
}
