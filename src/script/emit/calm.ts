import type { CoreExpr, CoreStatement, OrderCall } from "../../dsl/text/core.ts";
import { type Code, code, type Name } from "../../vector/code.ts";
import { orderArguments, walk, walkExpression } from "../analysis/walk.ts";
import { FIELD_COLUMNS } from "../unit.ts";
import { ExpressionEmitter } from "./expressions.ts";
import type { FunctionBuilder } from "./function-builder.ts";
import * as letters from "./letters.ts";
import { bar, broker, to } from "./letters.ts";
import type { StatementEmitter } from "./statements.ts";
import { bitsOf, HEAVY, weightOf } from "./test-bits.ts";
import type { UnitBuilder } from "./unit-builder.ts";
import {
  ALWAYS,
  both,
  byBit,
  byCode,
  byFlag,
  either,
  NEVER,
  type Wakes,
  wantedBits,
} from "./wakes.ts";

/**
 * How the bar loop passes over bars on which a program does nothing new: no order of it would be taken, no variable that lives
 * on is set, and the broker is at rest while prices stay within its band.
 */
export interface CalmBars {
  /** Before the search: what the tests have of the broker and of variables. */
  readonly flags: readonly Code[];
  /** Goes on to the next bar that is not calm, or to the end. */
  readonly search: readonly Code[];
  /** It repeats its exits on calm bars too: the last one before something happens has to be run. */
  readonly repeatsExits: boolean;
}

/** null: it may do something on every bar. Called once the statements are emitted. */
export function calmBars(
  unit: UnitBuilder,
  fn: FunctionBuilder,
  body: readonly CoreStatement[],
  emitter: StatementEmitter,
): CalmBars | null {
  if (unit.pasts.size > 0 || unit.sites.length > 0 || !isPlain(unit, body)) return null;
  const search = new CalmSearch(unit, fn, body, emitter);
  const wakes = search.wakesOf(body);
  if (wakes === ALWAYS) return null;
  const { floor, ceiling } = letters;
  const price = (name: "high" | "low") =>
    search.columns.load(FIELD_COLUMNS.indexOf(name), "float", code`${bar}`);
  // Orders may wait over a bar without prices: na is not within.
  const moved = code`!(${price("low")} > ${floor}) | !(${price("high")} < ${ceiling})`;
  const go = (until: Code) => code`while (${bar} < ${to} && (${until}) === 0) ${bar}++;`;
  const { repeatsExits } = search;
  const flags = [
    code`const ${floor} = ${broker}.floor, ${ceiling} = ${broker}.ceiling;`,
    ...search.flags,
  ];
  if (wakes === NEVER) return { flags, search: [go(moved)], repeatsExits };
  const tests: Code[] = wakes.code === null ? [] : [wakes.code];
  if (wakes.terms.length > 0) {
    flags.push(code`const ${letters.wanted} = ${wantedBits(wakes)};`);
    tests.unshift(code`${search.bits} & ${letters.wanted}`);
  }
  const test = tests.reduce((a, b) => code`${a} | ${b}`);
  // Nothing waits within a band without bounds, and no price ends it.
  const lines = repeatsExits
    ? [go(code`${moved} | ${test}`)]
    : [
        code`if (${floor} === -Infinity && ${ceiling} === Infinity) ${go(test)}`,
        code`else ${go(code`${moved} | ${test}`)}`,
      ];
  return { flags, search: lines, repeatsExits };
}

/** No loops, no streams, nothing that is changed in place or may end in an error. */
export function isPlain(unit: UnitBuilder, body: readonly CoreStatement[]): boolean {
  let plain = true;
  walk(body, {
    statement: ({ kind }) => {
      plain &&= kind === "set" || kind === "if" || kind === "order" || kind === "effect";
    },
    expression: (expr) => {
      if (expr.kind === "array") plain = false;
      if (expr.kind === "past") plain &&= expr.offset.kind === "const";
      if (expr.kind === "string" || expr.kind === "calendar")
        plain &&= unit.stages.of(expr) === "run";
    },
  });
  return plain;
}

/** Ledger entries that only a fill changes. */
const BY_FILLS: ReadonlySet<string> = new Set([
  "position_size",
  "position_avg_price",
  "netprofit",
  "closedtrades",
  "opentrades",
]);

class CalmSearch {
  readonly columns: ExpressionEmitter;
  readonly flags: Code[] = [];
  repeatsExits = false;
  private readonly values = new Map<number, CoreExpr | null>();
  private readonly named = new Map<string, Name>();

  constructor(
    private readonly unit: UnitBuilder,
    private readonly fn: FunctionBuilder,
    body: readonly CoreStatement[],
    private readonly emitter: StatementEmitter,
  ) {
    this.columns = new ExpressionEmitter(unit, fn, "column");
    walk(body, {
      statement: (statement, { conditional }) => {
        if (statement.kind !== "set") return;
        const single = !conditional && !statement.once && !this.values.has(statement.slot);
        this.values.set(statement.slot, single ? statement.value : null);
      },
    });
  }

  wakesOf(statements: readonly CoreStatement[], fixed = true): Wakes {
    let all: Wakes = NEVER;
    for (const each of statements) all = either(all, this.wakesOfOne(each, fixed));
    return all;
  }

  /** `fixed`: whether it is reached on every calm bar, or on none. */
  private wakesOfOne(statement: CoreStatement, fixed: boolean): Wakes {
    switch (statement.kind) {
      case "set": {
        const { slot, value, once } = statement;
        if (this.unit.stages.ofSlot(slot) !== "bar") return NEVER;
        if (once) return this.flag(code`${letters.once(slot)} === 0`);
        const kept = this.unit.script.slots[slot]!.lifetime === "var";
        return kept || !this.isStateless(value) ? ALWAYS : NEVER;
      }
      case "if":
        return this.wakesOfIf(statement, fixed);
      case "effect":
        return this.isStateless(statement.value) ? NEVER : ALWAYS;
      case "order":
        return this.wakesOfOrder(statement.order, fixed);
      default:
        return ALWAYS;
    }
  }

  private wakesOfIf(
    { test, then, otherwise }: Extract<CoreStatement, { kind: "if" }>,
    fixed: boolean,
  ): Wakes {
    if (!this.isStateless(test)) return ALWAYS;
    const inside = fixed && this.isFixed(test, true);
    const yes = this.both(this.wakesOf(then, inside), () => this.needed(test));
    return either(yes, this.wakesOf(otherwise, inside));
  }

  private wakesOfOrder(order: OrderCall, fixed: boolean): Wakes {
    const args = orderArguments(order);
    if (!args.every((arg) => this.isStateless(arg))) return ALWAYS;
    switch (order.call) {
      case "entry": {
        const { kind, type } = order.direction;
        const value = kind === "const" ? order.direction.value : null;
        if (value === null) return ALWAYS;
        const long = type === "bool" ? value === true : Number(value) > 0;
        return this.flag(long ? code`${broker}.takesLongs` : code`${broker}.takesShorts`);
      }
      case "exit":
        if (!fixed || !args.every((arg) => this.isFixed(arg, true)))
          return this.flag(code`${broker}.takesExits`);
        this.repeatsExits = true;
        return NEVER;
      case "close":
      case "close_all":
        return this.flag(code`${broker}.takesCloses`);
      case "cancel":
      case "cancel_all":
        return this.flag(code`${broker}.takesExits`);
      default:
        return ALWAYS;
    }
  }

  /** What has to hold for a test to hold, as far as it can be searched for. */
  private needed(test: CoreExpr): Wakes {
    if (test.kind === "const") return test.value === true ? ALWAYS : NEVER;
    if (this.unit.stages.of(test) !== "bar") return this.searched(test);
    if (test.kind === "binary" && (test.op === "and" || test.op === "or")) {
      const left = this.needed(test.left);
      const right = () => this.needed(test.right);
      return test.op === "and" ? this.both(left, right) : either(left, right());
    }
    if (test.kind === "local") {
      const value = this.values.get(test.slot);
      const kept = this.unit.script.slots[test.slot]!.lifetime === "var";
      if (value && !kept) return this.needed(value);
    }
    if (!this.isFixed(test, false)) return ALWAYS;
    const { block, result } = this.emitter.expressions.within(() =>
      this.emitter.expressions.emit(test),
    );
    return block.lines.length > 0 ? ALWAYS : this.flag(result);
  }

  /** A test of columns and constants of the run. */
  private searched(test: CoreExpr): Wakes {
    const bit = this.unit.tests?.bitOf(test) ?? null;
    if (bit !== null) return byBit(bit);
    if (weightOf(test, this.unit) >= HEAVY) return ALWAYS;
    const { block, result } = this.columns.within(() => this.columns.emit(test));
    return block.lines.length > 0 ? ALWAYS : byCode(result);
  }

  private both(a: Wakes, of: () => Wakes): Wakes {
    return both(a, of, () => this.bits);
  }

  /** The byte of the bar; without tests it has the lowest bit alone. */
  get bits(): Code {
    return this.unit.tests === null ? code`1` : code`${bitsOf(this.columns)}[${bar}]`;
  }

  /** The same on all calm bars. `shortLived`: variables of the bar are read where the bar is run. */
  private isFixed(expr: CoreExpr, shortLived: boolean): boolean {
    let fixed = true;
    walkExpression(expr, {
      expression: (each) => {
        const stage = this.unit.stages.of(each);
        if (stage === "run") return;
        if (stage === "pure") fixed = false;
        else if (each.kind === "ledger") fixed &&= BY_FILLS.has(each.field);
        else if (each.kind === "local") fixed &&= this.isFixedSlot(each.slot, shortLived);
        else fixed &&= COMPUTED.has(each.kind);
      },
    });
    return fixed;
  }

  private isFixedSlot(slot: number, shortLived: boolean): boolean {
    if (this.unit.script.slots[slot]!.lifetime === "var") return true;
    const value = this.values.get(slot);
    return shortLived && value != null && this.isFixed(value, true);
  }

  /** Computing it changes nothing that lives on. */
  private isStateless(expr: CoreExpr): boolean {
    let stateless = true;
    walkExpression(expr, {
      statement: (each) => {
        if (each.kind === "set") {
          const kept = this.unit.script.slots[each.slot]!.lifetime === "var";
          stateless &&= !kept && !each.once;
        } else stateless &&= each.kind === "if";
      },
    });
    return stateless;
  }

  private flag(value: Code): Wakes {
    let name = this.named.get(value.text);
    if (name === undefined) {
      name = this.fn.temporary();
      this.named.set(value.text, name);
      this.flags.push(code`const ${name} = ${value};`);
    }
    return byFlag(code`${name}`);
  }
}

const COMPUTED: ReadonlySet<string> = new Set(["unary", "binary", "select", "math"]);
