import { fail } from "../../diagnostics/index.ts";
import {
  type CoreExpr,
  type CoreScript,
  type CoreStatement,
  isReference,
} from "../../dsl/text/core.ts";
import { type Code, code } from "../../vector/code.ts";
import { evaluateCode } from "../../vector/fused.ts";
import type { Stages } from "../analysis/stages.ts";
import { LOOP_BUDGET } from "../limits.ts";
import { mathHelpers } from "../runtime/math.ts";
import type { LoopFunction, SubUnit, Unit } from "../unit.ts";
import { type CalmBars, calmBars, isPlain } from "./calm.ts";
import { emitMap, emitPasses, emitTests, lastReads } from "./column-loops.ts";
import { type ConstantReads, dependenciesOf } from "./dependencies.ts";
import { ExpressionEmitter } from "./expressions.ts";
import { FunctionBuilder, Reads } from "./function-builder.ts";
import * as letters from "./letters.ts";
import { bar, broker, budget, E, first, from, to } from "./letters.ts";
import { naOf } from "./na.ts";
import { StatementEmitter } from "./statements.ts";
import { TestBits } from "./test-bits.ts";
import { UnitBuilder } from "./unit-builder.ts";

/**
 * A program as generated functions.
 *
 *     stages → bar loop, which asks for columns → column loops → run constants
 *
 * @param value what a sub-program is there for; the script itself has none and has a broker
 */
export function compileUnit(
  script: CoreScript,
  body: readonly CoreStatement[],
  value: CoreExpr | null,
  outer: Stages | null,
): Unit & { readonly valueColumn: number | null } {
  const unit = new UnitBuilder(script, body, value, outer);
  unit.emitMap = (expr) => emitMap(unit, expr);
  const numeric = value !== null && value.type !== "text";
  const direct = numeric && unit.stages.of(value) === "pure" ? unit.column(value) : null;
  const state: number[] = [];
  const objects: ("text" | "array")[] = [];
  const fn = new FunctionBuilder();
  const loop =
    direct === null ? emitLoop(unit, fn, body, value, state, objects) : code`(b, n, E) => {}`;
  const loopReads = direct === null ? fn.reads.columns : new Set([direct]);
  const tests = emitTests(unit);
  const kept = new Set([...loopReads, ...(tests?.reads ?? [])]);
  const { passes, loops, late } = emitPasses(unit, loopReads, kept);
  const { prologue, constants } = emitPrologue(unit);
  const maps = unit.steps.map((step, at) => loops.get(at) ?? step.body ?? code`null`);
  if (tests !== null) maps.push(tests.loop);
  const functions = [prologue, loop, ...maps].map((each) => code`${each},`);
  const source = code`return [
${functions}
];`;
  const made = evaluateCode(source, mathHelpers) as readonly unknown[] | null;
  if (made === null) return fail("script_no_eval", {});
  const subs = unit.subs.map(({ expr }): SubUnit => {
    const { valueColumn, ...sub } = compileUnit(script, expr.body, expr.value, unit.stages);
    const { heikinashi, gaps, lookahead } = expr;
    const text = expr.type === "text";
    return { unit: sub, text, heikinashi, gaps, lookahead, column: valueColumn };
  });
  return {
    source: source.text,
    prologue: made[0] as Unit["prologue"],
    loop: made[1] as LoopFunction,
    maps: made.slice(2) as (LoopFunction | null)[],
    steps: unit.steps.map(({ body: _, constants: __, ...step }) => step) as Unit["steps"],
    passes,
    subs,
    sites: unit.sites,
    texts: unit.texts,
    charts: unit.charts,
    histories: unit.histories,
    spans: unit.spans,
    frees: lastReads(unit.steps, new Set([...kept, ...late])),
    dependencies: dependenciesOf(unit.steps, constants, kept, subs),
    numbers: unit.numbers,
    state,
    objects,
    usesTimeClose: unit.usesTimeClose,
    exits: unit.exits,
    ledger: [...unit.ledger],
    valueColumn: direct,
  };
}

/** Constants of the run; those that are made of others come after them. */
function emitPrologue(unit: UnitBuilder): { prologue: Code; constants: ConstantReads[] } {
  const fn = new FunctionBuilder();
  const emitter = new ExpressionEmitter(unit, fn, "prologue");
  const constants: ConstantReads[] = [];
  for (const { expr, at, text } of unit.runs) {
    fn.reads = new Reads();
    constants.push({ at, text, reads: fn.reads });
    const value = emitter.emit(expr);
    fn.block.push(text ? code`${E}.T[${at}] = ${value};` : code`${E}.P[${at}] = +${value};`);
  }
  const prologue = code`(E) => {
${fn.heads}
${fn.block.lines}
}`;
  return { prologue, constants };
}

function emitLoop(
  unit: UnitBuilder,
  fn: FunctionBuilder,
  body: readonly CoreStatement[],
  value: CoreExpr | null,
  state: number[],
  objects: ("text" | "array")[],
): Code {
  if (!value && isPlain(unit, body)) {
    const tests = new TestBits(unit, body);
    if (!tests.isEmpty) unit.tests = tests;
  }
  const emitter = new StatementEmitter(unit, fn);
  emitter.statements(body);
  const { block } = fn;
  if (value) {
    const result = emitter.expressions.emit(value);
    block.push(code`${E}.c[${bar}] = ${value.type === "bool" ? code`+${result}` : result};`);
  } else emitter.expressions.useBroker();
  const kept = [...unit.pasts].map(([slot, at]) => keepPast(unit, fn, slot, at));
  if (!value) fn.head(first, code`${E}.z`);
  const pass = passOver(value ? null : calmBars(unit, fn, body, emitter));
  const { load, store, reset } = stateOf(unit, emitter, state, objects);
  const brokerOpens = value ? [] : [code`if (${bar} >= ${first}) ${broker}.openBar(${bar});`];
  const brokerCloses = value ? [] : [code`if (${bar} >= ${first}) ${broker}.closeBar(${bar});`];
  return code`(b, n, E) => {
${fn.heads}
${load}
${pass.before}
for (let ${bar} = ${from}; ${bar} < ${to}; ${bar}++) {
${pass.first}
${emitter.hasLoops ? [code`let ${budget} = ${LOOP_BUDGET};`] : []}
${brokerOpens}
${reset}
${block.lines}
${brokerCloses}
${kept}
${pass.last}
}
${store}
}`;
}

interface Pass {
  /** Before the loop, at the begin of a bar and at its end. */
  readonly before: readonly Code[];
  readonly first: readonly Code[];
  readonly last: readonly Code[];
}

/**
 * On to the next bar that is not calm. Where exits are repeated, the first calm bar is run, whatever it does to them, and the last,
 * on which they were asked for last; those between would do what the first did.
 */
function passOver(calm: CalmBars | null): Pass {
  if (calm === null) return { before: [], first: [], last: [] };
  const { flags, search, repeatsExits } = calm;
  const end = code`if (${bar} === ${to}) break;`;
  if (!repeatsExits) return { before: [], first: [...flags, ...search, end], last: [] };
  const { searched, turns } = letters;
  const known = letters.calm;
  return {
    before: [code`let ${known} = false;`],
    first: [
      ...flags,
      code`const ${searched} = ${bar}, ${turns} = ${broker}.turns;`,
      ...search,
      code`if (${bar} > ${searched} && ${broker}.takesExits) {`,
      code`${bar} = ${known} ? ${bar} - 1 : ${searched};`,
      code`${known} = true;`,
      code`} else ${known} = false;`,
      end,
    ],
    last: [code`${known} &&= ${broker}.turns === ${turns};`],
  };
}

function keepPast(unit: UnitBuilder, fn: FunctionBuilder, slot: number, at: number): Code {
  const { type } = unit.script.slots[slot]!;
  const name = fn.head(letters.past(at), code`${E}.K[${at}]`);
  const variable = letters.slot(slot);
  const value = type === "bool" ? code`+${variable}` : variable;
  if (!unit.sometimes(slot)) return code`${name}[${bar}] = ${value};`;
  const [count, met] = [letters.count(slot), letters.met(slot)];
  return code`if (${met} === 1) {
${name}[${count}++] = ${value};
${met} = 0;
}`;
}

/** Slots are variables of the function; what has to live on after a piece of the loop is stored. */
function stateOf(
  unit: UnitBuilder,
  emitter: StatementEmitter,
  state: number[],
  objects: ("text" | "array")[],
): { load: Code[]; store: Code[]; reset: Code[] } {
  const load: Code[] = [];
  const store: Code[] = [];
  const reset: Code[] = [];
  const number = (initial: number) => state.push(initial) - 1;
  for (const slot of unit.pasts.keys()) emitter.locals.add(slot);
  for (const slot of [...emitter.locals].sort((a, b) => a - b)) {
    const { type, lifetime } = unit.script.slots[slot]!;
    const variable = letters.slot(slot);
    if (lifetime === "bar") {
      load.push(code`let ${variable} = ${naOf(type)};`);
      // Where the bar does not reach it, it is na at its end.
      if (unit.pasts.has(slot)) reset.push(code`${variable} = ${naOf(type)};`);
    } else if (type === "text" || isReference(type)) {
      const at = objects.push(type === "text" ? "text" : "array") - 1;
      load.push(code`let ${variable} = ${E}.X[${at}];`);
      store.push(code`${E}.X[${at}] = ${variable};`);
    } else {
      const at = number(type === "bool" ? 0 : Number.NaN);
      const held = code`${E}.V[${at}]`;
      load.push(code`let ${variable} = ${type === "bool" ? code`${held} === 1` : held};`);
      store.push(code`${held} = ${type === "bool" ? code`+${variable}` : variable};`);
    }
  }
  for (const slot of [...unit.pasts.keys()].filter((each) => unit.sometimes(each))) {
    const at = number(0);
    load.push(code`let ${letters.count(slot)} = ${E}.V[${at}], ${letters.met(slot)} = 0;`);
    store.push(code`${E}.V[${at}] = ${letters.count(slot)};`);
  }
  for (const slot of [...emitter.flags].sort((a, b) => a - b)) {
    const at = number(0);
    load.push(code`let ${letters.once(slot)} = ${E}.V[${at}];`);
    store.push(code`${E}.V[${at}] = ${letters.once(slot)};`);
  }
  return { load, store, reset };
}
