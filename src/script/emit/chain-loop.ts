import type { CoreType } from "../../dsl/text/core.ts";
import { type Code, code, Name } from "../../vector/code.ts";
import {
  CHAIN_CELLS,
  type ChainAverage,
  type ChainNode,
  type ChainOutput,
  type ChainPass,
  isAverage,
} from "../unit.ts";
import { ExpressionEmitter } from "./expressions.ts";
import { FunctionBuilder } from "./function-builder.ts";
import * as letters from "./letters.ts";
import { bar, E, from, state, to } from "./letters.ts";
import type { UnitBuilder } from "./unit-builder.ts";

/**
 * The loop of a pass over the bars `b` to before `n`, `b` above 0. `M` holds, for each node that carries something on, in order, its
 * last value and two constants, then a sum that is 0 unless a value is missing or a high below its low.
 */
export function emitChainLoop(pass: ChainPass): Code {
  return new LoopBuilder(pass).emit();
}

/** The same for the pass that makes the bits of the unit's tests too. `kept` are columns that others read. */
export function emitTestedLoop(
  pass: ChainPass,
  unit: UnitBuilder,
  kept: ReadonlySet<number>,
): { readonly pass: ChainPass; readonly loop: Code } {
  return new LoopBuilder(pass).emitTested(unit, kept);
}

const MISSING = new Name("y");

/** Reads of a pass's values on the bar itself are reads of its variables. */
class NearEmitter extends ExpressionEmitter {
  /** Columns of which earlier bars are read. */
  readonly far = new Set<number>();

  constructor(
    unit: UnitBuilder,
    fn: FunctionBuilder,
    private readonly near: ReadonlyMap<number, Name>,
  ) {
    super(unit, fn, "column");
  }

  override load(column: number, type: CoreType, index: Code): Code {
    const name = index.text === bar.text ? this.near.get(column) : undefined;
    if (name !== undefined) return type === "bool" ? code`(${name} === 1)` : code`${name}`;
    this.far.add(column);
    return super.load(column, type, index);
  }
}

class LoopBuilder {
  private readonly fn = new FunctionBuilder();
  private readonly load: Code[] = [];
  private readonly body: Code[] = [];
  /** After what reads a series' value before. */
  private readonly moves = new Map<number, Code>();
  private readonly store: Code[] = [];
  private readonly names: Name[];
  private cell = 0;

  constructor(private pass: ChainPass) {
    this.names = pass.nodes.map((node, at) => new Name(isAverage(node) ? "s" : "v", at));
  }

  emit(): Code {
    this.steps();
    return this.loop();
  }

  emitTested(unit: UnitBuilder, kept: ReadonlySet<number>) {
    const { pass, fn, body, names } = this;
    this.steps();
    const near = new Map<number, Name>();
    pass.nodes.forEach((node, at) => {
      if (node.op === "column") near.set(node.column, names[at]!);
    });
    for (const { node, column } of pass.outputs) near.set(column, names[node]!);
    const emitter = new NearEmitter(unit, fn, near);
    body.push(...unit.tests!.emit(emitter));
    const isKept = ({ column }: ChainOutput) => kept.has(column) || emitter.far.has(column);
    const outputs = pass.outputs.filter(isKept);
    const tested = pass.outputs.filter((output) => !isKept(output));
    this.pass = { ...pass, outputs, tested };
    return { pass: this.pass, loop: this.loop() };
  }

  private steps(): void {
    this.pass.nodes.forEach((node, at) => {
      if (isAverage(node)) this.average(node, at);
      else this.plain(node, at);
    });
  }

  private loop(): Code {
    const { fn, load, body, store, moves, names } = this;
    load.push(code`let ${MISSING} = ${this.held(0)};`);
    store.push(code`${this.held(0)} = ${MISSING};`);
    for (const { node, column } of this.pass.outputs)
      body.push(code`${this.column(column)}[${bar}] = ${names[node]!};`);
    return code`(b, n, E, M) => {
${fn.heads}
${load}
for (let ${bar} = ${from}; ${bar} < ${to}; ${bar}++) {
${body}
${[...moves.values()]}
}
${store}
}`;
  }

  private average({ op, of }: ChainAverage, at: number): void {
    const { load, body, store, names } = this;
    const [name, a, b] = [names[at]!, new Name("N", at), new Name("Q", at)];
    const x = names[of]!;
    load.push(code`let ${name} = ${this.held(0)};`, code`const ${a} = ${this.held(1)};`);
    if (op === "ema") body.push(code`${name} = ${name} + ${a} * (${x} - ${name});`);
    else {
      load.push(code`const ${b} = ${this.held(2)};`);
      body.push(code`${name} = (${name} * ${a} + ${x}) / ${b};`);
    }
    store.push(code`${this.held(0)} = ${name};`);
    this.cell += CHAIN_CELLS;
  }

  private plain(node: Exclude<ChainNode, ChainAverage>, at: number): void {
    const { body, names } = this;
    const name = names[at]!;
    const of = (other: number) => names[other]!;
    switch (node.op) {
      case "column":
        body.push(code`const ${name} = ${this.column(node.column)}[${bar}];`);
        return;
      case "minus":
        body.push(code`const ${name} = ${of(node.of)} - ${of(node.by)};`);
        body.push(code`${MISSING} += ${name} - ${name};`);
        return;
      case "cross_above":
        this.crossing(name, node.of, node.by, at);
        return;
      case "change":
        body.push(code`const ${name} = ${of(node.of)} - ${this.before(node.of)};`);
        return;
      // Without a branch, and exact.
      case "rise":
        body.push(code`const ${name} = 0.5 * (Math.abs(${of(node.of)}) + ${of(node.of)});`);
        return;
      case "fall":
        body.push(code`const ${name} = 0.5 * (Math.abs(${of(node.of)}) - ${of(node.of)});`);
        return;
      case "strength": {
        const [up, down] = [of(node.of), of(node.by)];
        const ratio = code`100 - 100 / (1 + ${up} / ${down})`;
        body.push(code`const ${name} = ${down} === 0 ? (${up} === 0 ? NaN : 100) : ${ratio};`);
        return;
      }
      case "true_range":
        this.trueRange(name, of(node.high), of(node.low), this.before(node.close), at);
    }
  }

  /** Without branches, for crossings are hard to foretell. Whether a was above b on the bar before is carried on. */
  private crossing(name: Name, a: number, b: number, at: number): void {
    const { body, names } = this;
    const [x, y] = [names[a]!, names[b]!];
    const [before, now] = [new Name("w", at), new Name("g", at)];
    // What is missing in an average is told by its last value.
    for (const of of [a, b])
      if (!isAverage(this.pass.nodes[of]!))
        body.push(code`${MISSING} += ${names[of]!} - ${names[of]!};`);
    this.load.push(code`let ${before} = ${this.held(0)};`);
    body.push(
      code`const ${now} = +(${x} > ${y}), ${name} = ${now} & (${before} ^ 1);`,
      code`${before} = ${now};`,
    );
    this.store.push(code`${this.held(0)} = ${before};`);
    this.cell += CHAIN_CELLS;
  }

  /** The sum takes x and |x|: a branch that sets it would cost more than all the rest. Never -0. */
  private trueRange(name: Name, high: Name, low: Name, last: Name, at: number): void {
    const range = new Name("g", at);
    this.body.push(
      code`const ${range} = ${high} - ${low};`,
      code`${MISSING} += Math.abs(${range}) - ${range};`,
      code`const ${name} = (${last} > ${high} ? ${last} : ${high}) - (${last} < ${low} ? ${last} : ${low}) + 0;`,
    );
  }

  /** A column's value on the bar before, kept: to read it again waits for what was written since. */
  private before(at: number): Name {
    const name = new Name("l", at);
    if (!this.moves.has(at)) {
      const { column } = this.pass.nodes[at] as Extract<ChainNode, { op: "column" }>;
      this.load.push(code`let ${name} = ${this.column(column)}[${from} - 1];`);
      this.moves.set(at, code`${name} = ${this.names[at]!};`);
    }
    return name;
  }

  private held(offset: number): Code {
    return code`${state}[${this.cell + offset}]`;
  }

  private column(column: number): Name {
    return this.fn.head(letters.column(column), code`${E}.C[${column}]`);
  }
}
