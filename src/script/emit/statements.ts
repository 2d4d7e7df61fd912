import type { Span } from "../../dsl/text/ast.ts";
import type { CoreStatement } from "../../dsl/text/core.ts";
import { type Code, code, type Name } from "../../vector/code.ts";
import { ExpressionEmitter, type LoopScope } from "./expressions.ts";
import type { FunctionBuilder } from "./function-builder.ts";
import * as letters from "./letters.ts";
import { bar, broker, budget, E, first, runtime } from "./letters.ts";
import { emitOrder } from "./orders.ts";
import type { UnitBuilder } from "./unit-builder.ts";

/** Statements of the bar loop; slots that it sets are variables of the function. */
export class StatementEmitter implements LoopScope {
  readonly expressions: ExpressionEmitter;
  readonly #unit: UnitBuilder;
  readonly #fn: FunctionBuilder;
  /** Slots that are variables, those of `var` with a flag too. */
  readonly locals = new Set<number>();
  readonly flags = new Set<number>();
  /** Pure slots as of where the program is. */
  readonly #named = new Set<number>();
  hasLoops = false;

  constructor(unit: UnitBuilder, fn: FunctionBuilder) {
    this.#unit = unit;
    this.#fn = fn;
    this.expressions = new ExpressionEmitter(unit, fn, "loop", this);
  }

  local(slot: number): Name | null {
    const stage = this.#unit.stages.ofSlot(slot);
    if (stage === "bar") {
      this.locals.add(slot);
      return letters.slot(slot);
    }
    return stage === "pure" && this.#named.has(slot) ? letters.slot(slot) : null;
  }

  statements(statements: readonly CoreStatement[]): void {
    for (const statement of statements) this.#statement(statement);
  }

  #push(line: Code): void {
    this.#fn.block.push(line);
  }

  #statement(statement: CoreStatement): void {
    switch (statement.kind) {
      case "set":
        this.#set(statement);
        return;
      case "if": {
        const test = this.expressions.emit(statement.test);
        const yes = this.#block(statement.then);
        const no = this.#block(statement.otherwise);
        this.#push(code`if (${test}) {
${yes}
}`);
        if (no.length > 0) {
          this.#push(code`else {
${no}
}`);
        }
        return;
      }
      case "for":
        this.#for(statement);
        return;
      case "for_in":
        this.#forIn(statement);
        return;
      case "while": {
        const { block } = this.expressions.within(() => {
          this.#take(statement.span);
          const test = this.expressions.emit(statement.test);
          this.#push(code`if (!${test}) break;`);
          this.statements(statement.body);
        });
        this.#push(code`while (true) {
${block.lines}
}`);
        return;
      }
      case "jump":
        this.#push(statement.to === "break" ? code`break;` : code`continue;`);
        return;
      case "effect":
        this.expressions.emit(statement.value);
        return;
      case "order": {
        this.#fn.head(first, code`${E}.z`);
        const order = emitOrder(statement.order, this.expressions);
        // Most bars of a flat account are spared the levels.
        const useful = statement.order.call === "exit" ? code` && ${broker}.takesExits` : code``;
        this.#push(code`if (${bar} >= ${first}${useful}) ${order}`);
        return;
      }
    }
  }

  #block(statements: readonly CoreStatement[]): readonly Code[] {
    return this.expressions.within(() => this.statements(statements)).block.lines;
  }

  #set({ slot, value, once }: Extract<CoreStatement, { kind: "set" }>): void {
    const { stages } = this.#unit;
    const stage = stages.ofSlot(slot);
    const variable = letters.slot(slot);
    if (stage === "run") return;
    if (stage === "pure") {
      if (this.#unit.directColumn(value) !== null) return;
      this.#push(code`${variable} = ${this.expressions.emit(value)};`);
      this.#named.add(slot);
      this.locals.add(slot);
      return;
    }
    this.#slot(slot);
    if (!once) {
      this.#push(code`${variable} = ${this.expressions.emit(value)};`);
      return;
    }
    this.flags.add(slot);
    const flag = letters.once(slot);
    const { block } = this.expressions.within(() => {
      const first = this.expressions.emit(value);
      this.#push(code`${variable} = ${first};`);
    });
    this.#push(code`if (${flag} === 0) {
${flag} = 1;
${block.lines}
}`);
  }

  #for(statement: Extract<CoreStatement, { kind: "for" }>): void {
    const { from, to, by } = statement;
    const values = this.expressions.emitAll(by ? [from, to, by] : [from, to]);
    const first = this.expressions.hold(values[0]!);
    const last = this.expressions.hold(values[1]!);
    const size = this.expressions.hold(by ? code`Math.abs(${values[2]!})` : code`1`);
    const step = this.expressions.hold(code`${last} < ${first} ? -${size} : ${size}`);
    const counter = this.#fn.temporary();
    const { block } = this.expressions.within(() => {
      this.#take(statement.span);
      this.#slot(statement.slot);
      this.#push(code`${letters.slot(statement.slot)} = ${counter};`);
      this.statements(statement.body);
    });
    this.#push(code`for (let ${counter} = ${first}; ${step} < 0 ? ${counter} >= ${last} : ${step} > 0 && ${counter} <= ${last}; ${counter} += ${step}) {
${block.lines}
}`);
  }

  #forIn(statement: Extract<CoreStatement, { kind: "for_in" }>): void {
    const array = this.expressions.hold(this.expressions.emit(statement.array));
    const counter = this.#fn.temporary();
    const { block } = this.expressions.within(() => {
      this.#take(statement.span);
      this.#slot(statement.slot);
      if (statement.index !== null) this.#slot(statement.index);
      this.#push(code`${letters.slot(statement.slot)} = ${array}[${counter}];`);
      if (statement.index !== null)
        this.#push(code`${letters.slot(statement.index)} = ${counter};`);
      this.statements(statement.body);
    });
    this.#push(code`for (let ${counter} = 0; ${array} !== null && ${counter} < ${array}.length; ${counter}++) {
${block.lines}
}`);
  }

  /** A slot of the bar loop is met; where that is not so on every bar, its past has only the bars where it is. */
  #slot(slot: number): void {
    this.locals.add(slot);
    if (this.#unit.sometimes(slot)) this.#push(code`${letters.met(slot)} = 1;`);
  }

  /** One step of the bar's budget. */
  #take(span: Span): void {
    this.hasLoops = true;
    this.expressions.useRuntime();
    this.#push(code`if (--${budget} < 0) ${runtime}.loopBudget(${this.#unit.span(span)}, ${bar});`);
  }
}
