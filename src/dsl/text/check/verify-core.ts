import {
  BAR_FIELDS,
  type CoreExpr,
  type CoreScript,
  type CoreStatement,
  type CoreType,
  LEDGER_FIELDS,
  MATH_FNS,
  TRADE_FIELDS,
} from "../core.ts";
import { bodyOf, expressionsOf, orderArguments, parts } from "./core-walk.ts";
import { historyDepths } from "./history-depths.ts";
import { latest, QUALIFIERS } from "./types.ts";

/**
 * What is wrong with a core script, empty where nothing is: slots in their places, types that fit, slots set before they are
 * read, histories deep enough. A fault is a bug of the checker or the slice, never of a script.
 */
export function verifyCore(core: CoreScript): readonly string[] {
  const verifier = new Verifier(core);
  return verifier.run();
}

const NUMBERS = new Set<CoreType>(["int", "float"]);

class Verifier {
  private readonly core: CoreScript;
  private readonly faults: string[] = [];
  private readonly inputs: ReadonlySet<string>;
  private readonly ids = new Map<number, string>();

  constructor(core: CoreScript) {
    this.core = core;
    this.inputs = new Set(core.inputs.map(({ name }) => name));
  }

  run(): readonly string[] {
    const { slots, body } = this.core;
    slots.forEach(({ id, name }, i) => {
      if (id !== i) this.fault(`slot ${name} has number ${id} in place ${i}`);
    });
    const depths = historyDepths(body);
    for (const [slot, depth] of depths) {
      const known = slots[slot]?.history;
      if (known === undefined || known === null) continue;
      if (depth === null || depth > known)
        this.fault(`history of ${slots[slot].name} is ${known}, read ${depth} back`);
    }
    if (this.inputs.size !== this.core.inputs.length) this.fault("two inputs of one name");
    this.statements(body, new Set(), 0);
    return this.faults;
  }

  private fault(text: string): void {
    this.faults.push(text);
  }

  /** Returns whether what follows is reached. `set` grows by the slots that are set on every way through. */
  private statements(list: readonly CoreStatement[], set: Set<number>, loops: number): boolean {
    let reached = true;
    for (const statement of list) reached = this.statement(statement, set, loops) && reached;
    return reached;
  }

  private statement(one: CoreStatement, set: Set<number>, loops: number): boolean {
    for (const expr of expressionsOf(one)) this.expression(expr, set);
    switch (one.kind) {
      case "set": {
        this.assign(one.slot, one.value.type);
        if (one.once && this.core.slots[one.slot]?.lifetime !== "var")
          this.fault(`${this.name(one.slot)} is set once, but not kept`);
        set.add(one.slot);
        return true;
      }
      case "if": {
        this.type(one.test, "bool", "test of if");
        const then = new Set(set);
        const otherwise = new Set(set);
        const a = this.statements(one.then, then, loops);
        const b = this.statements(one.otherwise, otherwise, loops);
        const both = !a
          ? otherwise
          : !b
            ? then
            : new Set([...then].filter((id) => otherwise.has(id)));
        for (const id of both) set.add(id);
        return a || b;
      }
      case "for":
        for (const bound of [one.from, one.to, ...(one.by === null ? [] : [one.by])]) {
          this.number(bound, "bound of for");
        }
        this.statements(one.body, new Set([...set, one.slot]), loops + 1);
        return true;
      case "for_in": {
        if (!one.array.type.startsWith("array<")) this.fault(`for … in of ${one.array.type}`);
        const inner = new Set([...set, one.slot]);
        if (one.index !== null) inner.add(one.index);
        this.statements(one.body, inner, loops + 1);
        return true;
      }
      case "while":
        this.type(one.test, "bool", "test of while");
        this.statements(one.body, new Set(set), loops + 1);
        return true;
      case "jump":
        if (loops === 0) this.fault(`${one.to} outside of a loop`);
        return false;
      case "effect":
        return true;
      case "order":
        this.order(one);
        return true;
    }
  }

  private order({ order }: Extract<CoreStatement, { kind: "order" }>): void {
    if (order.call === "risk") return;
    const texts = new Set(["id", "from_entry", "oca_name", "oca_type", "comment"]);
    const keys = Object.keys(order).filter((key) => key !== "call");
    orderArguments(order).forEach((expr, i) => {
      if (texts.has(keys[i])) this.type(expr, "text", keys[i]);
      else if (keys[i] === "immediately") this.type(expr, "bool", keys[i]);
      else this.number(expr, keys[i]);
    });
  }

  private assign(slot: number, type: CoreType): void {
    const known = this.core.slots[slot];
    if (known === undefined) this.fault(`there is no slot ${slot}`);
    else if (!assignable(type, known.type))
      this.fault(`${known.name}: ${known.type} is set to ${type}`);
  }

  private name(slot: number): string {
    return this.core.slots[slot]?.name ?? `slot ${slot}`;
  }

  private type(expr: CoreExpr, wanted: CoreType, what: string): void {
    if (expr.type !== wanted) this.fault(`${what} is ${expr.type}, not ${wanted}`);
  }

  private number(expr: CoreExpr, what: string): void {
    if (!NUMBERS.has(expr.type)) this.fault(`${what} is ${expr.type}, not a number`);
  }

  private expression(expr: CoreExpr, set: Set<number>): void {
    const body = bodyOf(expr);
    if (expr.kind === "security") {
      this.expression(expr.timeframe, set);
      const inner = new Set<number>();
      this.statements(body, inner, 0);
      this.expression(expr.value, inner);
    } else {
      if (body.length > 0) this.statements(body, set, 0);
      for (const part of parts(expr)) {
        // The past of a slot is there before it is set on this bar.
        if (expr.kind === "past" && part === expr.of) this.place(expr.of);
        else this.expression(part, set);
      }
    }
    this.node(expr, set);
  }

  private place(of: CoreExpr): void {
    if (of.kind === "local" && this.core.slots[of.slot] === undefined)
      this.fault(`there is no slot ${of.slot}`);
  }

  private node(expr: CoreExpr, set: Set<number>): void {
    switch (expr.kind) {
      case "const": {
        const { value, type } = expr;
        const fits =
          type === "bool"
            ? typeof value === "boolean"
            : type === "text"
              ? typeof value === "string"
              : typeof value === "number";
        if (!fits) this.fault(`constant ${JSON.stringify(value)} as ${type}`);
        return;
      }
      case "input":
        if (!this.inputs.has(expr.name)) this.fault(`there is no input ${expr.name}`);
        return;
      case "field":
        if (!BAR_FIELDS.includes(expr.field)) this.fault(`there is no field ${expr.field}`);
        return;
      case "local": {
        const slot = this.core.slots[expr.slot];
        if (slot === undefined) this.fault(`there is no slot ${expr.slot}`);
        else {
          if (!assignable(expr.type, slot.type))
            this.fault(`${slot.name}: ${slot.type} is read as ${expr.type}`);
          if (slot.lifetime === "bar" && !set.has(expr.slot))
            this.fault(`${slot.name} is read before it is set`);
        }
        return;
      }
      case "past":
        this.number(expr.offset, "offset");
        if (expr.offset.kind === "const" && !(Number(expr.offset.value) >= 0))
          this.fault("offset below 0");
        return;
      case "unary":
        if (expr.op === "not") this.type(expr.operand, "bool", "operand of not");
        else this.number(expr.operand, "operand of -");
        break;
      case "binary":
        this.binary(expr);
        break;
      case "select":
        this.type(expr.test, "bool", "test of ?:");
        for (const branch of [expr.then, expr.otherwise]) {
          if (!assignable(branch.type, expr.type))
            this.fault(`?: of ${expr.type} gives ${branch.type}`);
        }
        break;
      case "math":
        if (!MATH_FNS.includes(expr.fn)) this.fault(`there is no function ${expr.fn}`);
        break;
      case "indicator":
        this.indicator(expr);
        return;
      case "chart":
        if (expr.field === "") this.fault("a placeholder is kept");
        return;
      case "ledger":
        if (!LEDGER_FIELDS.includes(expr.field))
          this.fault(`there is no ledger field ${expr.field}`);
        return;
      case "trade":
        if (!TRADE_FIELDS.includes(expr.field)) this.fault(`there is no trade field ${expr.field}`);
        return;
      default:
        return;
    }
    const known = latest(parts(expr));
    if (QUALIFIERS.indexOf(expr.qualifier) < QUALIFIERS.indexOf(known))
      this.fault(`${expr.kind} is ${expr.qualifier}, its parts are ${known}`);
  }

  private binary({ op, left, right, type }: Extract<CoreExpr, { kind: "binary" }>): void {
    if (op === "and" || op === "or") {
      this.type(left, "bool", `left of ${op}`);
      this.type(right, "bool", `right of ${op}`);
    } else if (op === "concat") {
      this.type(left, "text", "left of concat");
      this.type(right, "text", "right of concat");
    } else if (op === "eq" || op === "ne") {
      const alike = left.type === right.type || (NUMBERS.has(left.type) && NUMBERS.has(right.type));
      if (!alike) this.fault(`${op} of ${left.type} and ${right.type}`);
    } else {
      this.number(left, `left of ${op}`);
      this.number(right, `right of ${op}`);
    }
    const compares = ["lt", "le", "gt", "ge", "eq", "ne", "and", "or"].includes(op);
    if (compares !== (type === "bool")) this.fault(`${op} gives ${type}`);
  }

  /** Outputs of one site are of one call: the same indicator, of the same sources. */
  private indicator(expr: Extract<CoreExpr, { kind: "indicator" }>): void {
    const known = this.ids.get(expr.site);
    if (known !== undefined && known !== expr.name)
      this.fault(`site ${expr.site} is of ${known} and ${expr.name}`);
    this.ids.set(expr.site, expr.name);
  }
}

function assignable(from: CoreType, to: CoreType): boolean {
  return from === to || (NUMBERS.has(from) && NUMBERS.has(to));
}
