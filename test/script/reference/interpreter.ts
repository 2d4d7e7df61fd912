import type { ScriptBroker } from "../../../src/backtest/script/script-broker.ts";
import type {
  Block,
  Call,
  Declaration,
  EnumDeclaration,
  Expression,
  FunctionDeclaration,
  History,
  Script,
  Statement,
  TypeDeclaration,
  TypeName,
} from "../../../src/dsl/text/ast.ts";
import { arrayFunction } from "./arrays.ts";
import type { SlowBars } from "./broker.ts";
import { builtInSeries } from "./built-in-values.ts";
import { type DrawingPlace, drawingCall } from "./drawings.ts";
import { Activation, Scope, Variable } from "./environment.ts";
import { inputValue } from "./inputs.ts";
import { maps } from "./maps.ts";
import { math } from "./math.ts";
import { matrices } from "./matrices.ts";
import { draws, presentName } from "./names.ts";
import { Security } from "./security.ts";
import { type Chart, type Machine, Site } from "./site.ts";
import { strategyCalls } from "./strategy-calls.ts";
import { strings } from "./strings.ts";
import { ta } from "./ta.ts";
import { timeFunctions } from "./time-functions.ts";
import {
  arithmetic,
  compare,
  finite,
  isNa,
  na,
  PineArray,
  PineMap,
  PineMatrix,
  PineObject,
  Tuple,
  toBool,
  toNumber,
  type Value,
} from "./values.ts";

export type Inputs = Readonly<Record<string, number | boolean | string>>;

class Jump {
  constructor(readonly to: "break" | "continue") {}
}

const MAX_STEPS = 1_000_000;

/** Where an expression stands: the names in sight and the call that it belongs to. */
interface Place {
  readonly scope: Scope;
  readonly activation: Activation;
}

/**
 * Walks the tree of a script once per bar, and does what stands there. Knows nothing of types: values carry their own.
 * A scope's variable has a history of the bars on which the scope ran.
 */
export class Interpreter implements Machine {
  bar = -1;
  readonly version: number;
  private readonly script_: Activation = new Activation("");
  private readonly functions = new Map<string, FunctionDeclaration[]>();
  private readonly types = new Map<string, TypeDeclaration>();
  private readonly enums = new Map<string, EnumDeclaration>();
  private readonly touched = new Set<Variable>();
  private readonly securities = new Map<string, Security>();
  private steps = 0;

  constructor(
    readonly script: Script,
    readonly bars: SlowBars,
    readonly chart: Chart,
    readonly broker: ScriptBroker | null,
    private readonly inputs: Inputs,
    /** In the bars of another timeframe: which call's value is wanted, and where to. */
    private readonly capture: { readonly key: string; readonly values: Value[] } | null = null,
  ) {
    this.version = script.version;
    for (const statement of script.body) {
      if (statement.kind === "function_declaration") {
        const { text } = statement.name;
        this.functions.set(text, [...(this.functions.get(text) ?? []), statement]);
      }
      if (statement.kind === "type_declaration") this.types.set(statement.name.text, statement);
      if (statement.kind === "enum_declaration") this.enums.set(statement.name.text, statement);
    }
  }

  /** Everything that the script does on one bar. */
  runBar(bar: number): void {
    this.bar = bar;
    this.steps = 0;
    const place = { scope: new Scope(), activation: this.script_ };
    for (const statement of this.script.body) this.execute(statement, place);
    for (const variable of this.touched) variable.past.push(variable.value);
    this.touched.clear();
  }

  // Statements; each has a value, for blocks that end with it.

  private execute(statement: Statement, place: Place): Value {
    if (++this.steps > MAX_STEPS) throw new Error("the script does not end its loops");
    switch (statement.kind) {
      case "declaration":
        return this.declare(statement, place);
      case "tuple_declaration": {
        const value = this.evaluate(statement.value, place);
        const items = value instanceof Tuple ? value.items : [];
        statement.names.forEach((name, i) => {
          if (name.text !== "_") this.set(this.variable(name, name.text, place), items[i] ?? na);
        });
        return value;
      }
      case "assignment": {
        const { op, name } = statement;
        const value = this.evaluate(statement.value, place);
        const dot = name.text.lastIndexOf(".");
        if (dot > 0)
          return this.setField(name.text.slice(0, dot), name.text.slice(dot + 1), op, value, place);
        const variable = place.scope.find(name.text);
        if (variable === undefined) throw new Error(`no variable ${name.text}`);
        this.set(variable, op === ":=" ? value : arithmetic(op[0], variable.value, value));
        return variable.value;
      }
      case "field_assignment": {
        const { op, name } = statement;
        const value = this.evaluate(statement.value, place);
        const names = name.text.split(".");
        const object = fieldsOf(this.evaluate(statement.source, place), names.slice(0, -1));
        return this.change(object, names.at(-1)!, op, value);
      }
      case "expression_statement":
        return this.evaluate(statement.expression, place);
      case "jump":
        throw new Jump(statement.to);
      default:
        return na;
    }
  }

  private setField(path: string, field: string, op: string, value: Value, place: Place): Value {
    const object = this.path(path, place);
    return this.change(object, field, op, value);
  }

  private change(object: Value | undefined, field: string, op: string, value: Value): Value {
    if (!(object instanceof PineObject)) throw new Error(`there is no ${field} of na`);
    const before = object.fields.get(field)!;
    const type = this.types.get(object.type)!.fields.find(({ name }) => name.text === field)!.type;
    const after = declared(op === ":=" ? value : arithmetic(op[0], before, value), type);
    object.fields.set(field, after);
    return after;
  }

  /** `p.x.y` from a variable on, or a member of an enum; undefined where it is neither. */
  private path(text: string, { scope }: Place): Value | undefined {
    const [first, ...names] = text.split(".");
    const owner = this.enums.get(first);
    const member = owner?.members.find(({ name }) => name.text === names[0]);
    if (member !== undefined) return member.title ?? member.name.text;
    return scope.find(first) && fieldsOf(scope.find(first)!.value, names);
  }

  /** What stands before the dot of a call; a built-in series where the script has a method of that name. */
  private pathOrSeries({ text }: Call["callee"], place: Place): Value | undefined {
    const dot = text.lastIndexOf(".");
    const found = this.path(text.slice(0, dot), place);
    const own = this.functions.get(text.slice(dot + 1))?.some(({ method }) => method);
    if (found !== undefined || !own) return found;
    const span = { start: 0, end: 0 };
    return this.evaluate({ kind: "identifier", name: text.slice(0, dot), span }, place);
  }

  private made(type: TypeDeclaration, node: Call, place: Place): PineObject {
    const fields = new Map<string, Value>();
    type.fields.forEach((field, i) => {
      const { name, standard } = field;
      const given =
        node.args.find((arg) => arg.name?.text === name.text) ??
        (node.args[i]?.name === null ? node.args[i] : undefined);
      const written = given?.value ?? standard;
      fields.set(
        name.text,
        declared(written === null ? na : this.evaluate(written, place), field.type),
      );
    });
    return new PineObject(type.name.text, fields);
  }

  private declare(node: Declaration, place: Place): Value {
    const old = place.activation.variables.get(node);
    if (node.mode !== "bar" && old !== undefined) {
      place.scope.define(node.name.text, old);
      this.touched.add(old);
      return old.value;
    }
    // Up to version 2 a variable may read its own past: x = nz(x[1]) + 1.
    if (this.version < 3 && place.scope.find(node.name.text) === undefined)
      this.variable(node, node.name.text, place);
    const value = this.typed(this.evaluate(node.value, place), node);
    const variable = this.variable(node, node.name.text, place);
    this.set(variable, value);
    return value;
  }

  /** `bool b = na` is false, `string s = na` is empty, `int i` has no fraction: what a type in the text says. */
  private typed(value: Value, { type }: Declaration): Value {
    return type === null ? value : declared(value, type);
  }

  private variable(node: object, name: string, { scope, activation }: Place): Variable {
    let variable = activation.variables.get(node);
    if (variable === undefined) {
      variable = new Variable(na);
      activation.variables.set(node, variable);
    }
    scope.define(name, variable);
    return variable;
  }

  private set(variable: Variable, value: Value): void {
    variable.value = value;
    this.touched.add(variable);
  }

  private block({ statements }: Block, outer: Place): Value {
    const place = { scope: new Scope(outer.scope), activation: outer.activation };
    let value: Value = na;
    for (const statement of statements) value = this.execute(statement, place);
    return value;
  }

  // Expressions.

  evaluate(node: Expression, place: Place): Value {
    switch (node.kind) {
      case "number":
      case "text":
      case "bool":
        return node.value;
      case "color":
        return na;
      case "identifier":
        return this.named(node.name, node, place);
      case "call":
        return this.call(node, place);
      case "history":
        return this.history(node, place);
      case "field":
        return fieldsOf(this.evaluate(node.source, place), node.name.text.split("."));
      case "unary": {
        if (node.op === "not" && this.exact) return this.exactNot(node.operand, place);
        const value = this.evaluate(node.operand, place);
        if (node.op === "not") return !toBool(value);
        return node.op === "-" ? -toNumber(value) : toNumber(value);
      }
      case "binary":
        return this.binary(node, place);
      case "ternary":
        return this.evaluate(
          toBool(this.evaluate(node.test, place)) ? node.then : node.otherwise,
          place,
        );
      case "tuple":
        return new Tuple(node.items.map((item) => this.evaluate(item, place)));
      case "if":
        if (toBool(this.evaluate(node.test, place))) return this.block(node.then, place);
        return node.otherwise === null ? na : this.block(node.otherwise, place);
      case "switch": {
        const subject = node.subject === null ? null : this.evaluate(node.subject, place);
        for (const { test, body } of node.cases) {
          const value = test === null ? true : this.evaluate(test, place);
          const hit =
            test === null ||
            (subject === null ? toBool(value) : compare("==", subject, value, this.exact));
          if (hit) return this.block(body, place);
        }
        return na;
      }
      case "for": {
        const from = toNumber(this.evaluate(node.from, place));
        const to = toNumber(this.evaluate(node.to, place));
        const by = node.by === null ? 1 : Math.abs(toNumber(this.evaluate(node.by, place)));
        const step = to < from ? -by : by;
        if (Number.isNaN(from) || Number.isNaN(to) || !(by > 0)) return na;
        const counts: Value[] = [];
        for (let i = from; step > 0 ? i <= to : i >= to; i += step) {
          counts.push(i);
          if (counts.length > MAX_STEPS) throw new Error("the script does not end its loops");
        }
        return this.loop(counts, node.body, place, (count, _, inner) =>
          this.set(this.variable(node.counter, node.counter.text, inner), count),
        );
      }
      case "for_in": {
        const list = this.evaluate(node.array, place);
        if (list instanceof PineMap)
          return this.loop(
            list.pairs.map(([key]) => key),
            node.body,
            place,
            (key, _, inner) => {
              this.set(this.variable(node.index!, node.index!.text, inner), key);
              const pair = list.pairs.find(([one]) => one === key);
              this.set(this.variable(node.item, node.item.text, inner), pair?.[1] ?? na);
            },
          );
        return this.loop((list as PineArray).items, node.body, place, (item, i, inner) => {
          if (node.index !== null) this.set(this.variable(node.index, node.index.text, inner), i);
          this.set(this.variable(node.item, node.item.text, inner), item);
        });
      }
      case "while": {
        const truths = { [Symbol.iterator]: () => this.whilst(node.test, place) };
        return this.loop(truths, node.body, place, () => undefined);
      }
    }
  }

  private *whilst(test: Expression, place: Place): Generator<Value> {
    while (toBool(this.evaluate(test, place))) yield true;
  }

  private loop(
    items: Iterable<Value>,
    body: Block,
    outer: Place,
    begin: (item: Value, index: number, place: Place) => void,
  ): Value {
    let value: Value = na;
    let index = 0;
    for (const item of items) {
      if (++this.steps > MAX_STEPS) throw new Error("the script does not end its loops");
      const place = { scope: new Scope(outer.scope), activation: outer.activation };
      begin(item, index++, place);
      try {
        value = this.block(body, place);
      } catch (jump) {
        if (!(jump instanceof Jump)) throw jump;
        if (jump.to === "break") break;
      }
    }
    return value;
  }

  private binary(node: Extract<Expression, { kind: "binary" }>, place: Place): Value {
    const left = this.evaluate(node.left, place);
    if (node.op === "and" || node.op === "or") {
      const decided = toBool(left) === (node.op === "or");
      // Both sides are computed before version 6.
      if (decided && this.version >= 6) return node.op === "or";
      const right = toBool(this.evaluate(node.right, place));
      return decided ? node.op === "or" : right;
    }
    const right = this.evaluate(node.right, place);
    if (["==", "!=", "<", "<=", ">", ">="].includes(node.op))
      return compare(node.op, left, right, this.exact);
    const whole =
      node.op === "/" &&
      this.version < 6 &&
      this.constantInteger(node.left) &&
      this.constantInteger(node.right);
    return arithmetic(node.op, left, right, whole);
  }

  /** As in rule documents: where a comparison or a cross is na, its negation is not true either. */
  private exactNot(node: Expression, place: Place): Value {
    if (node.kind === "unary" && node.op === "not")
      return toBool(this.evaluate(node.operand, place));
    if (node.kind === "binary" && (node.op === "and" || node.op === "or")) {
      const left = toBool(this.exactNot(node.left, place));
      const decided = left === (node.op === "and");
      if (decided && this.version >= 6) return left;
      const right = toBool(this.exactNot(node.right, place));
      return decided ? left : right;
    }
    const complement = { "<": ">=", ">=": "<", ">": "<=", "<=": ">", "==": "!=", "!=": "==" };
    if (node.kind === "binary" && Object.hasOwn(complement, node.op))
      return this.binary({ ...node, op: complement[node.op as "<"] as "<" }, place);
    const value = this.evaluate(node, place);
    const called = node.kind === "call" && !this.functions.has(node.callee.text);
    const cross = called && presentName(node.callee.text, this.version).startsWith("ta.cross");
    return cross && isNa(value) ? false : !toBool(value);
  }

  private get exact(): boolean {
    return this.script.pragmas.includes("exact");
  }

  /** Whether an expression is made of whole numbers written in the text. */
  private constantInteger(node: Expression): boolean {
    if (node.kind === "number") return node.integer;
    if (node.kind === "unary") return node.op !== "not" && this.constantInteger(node.operand);
    if (node.kind === "binary")
      return (
        ["+", "-", "*", "/", "%"].includes(node.op) &&
        this.constantInteger(node.left) &&
        this.constantInteger(node.right)
      );
    if (node.kind !== "identifier") return false;
    const named = (one: Statement): one is Declaration =>
      one.kind === "declaration" && one.name.text === node.name;
    const declared = this.script.body.find(named);
    return (
      declared !== undefined &&
      declared.mode === "bar" &&
      !assigns(this.script.body, node.name) &&
      this.constantInteger(declared.value)
    );
  }

  private named(name: string, node: Expression, place: Place): Value {
    const variable = place.scope.find(name);
    if (variable !== undefined) return variable.value;
    const own = name.includes(".") ? this.path(name, place) : undefined;
    if (own !== undefined) return own;
    const present = presentName(name, this.version);
    if (present.startsWith("strategy.")) {
      const read = this.ledger(present);
      if (read !== undefined) return read;
    }
    const value = builtInSeries(present, this);
    if (value !== undefined) return value;
    if (present === "ta.obv" || present === "ta.vwap") return this.bare(present, node, place);
    throw new Error(`the reference does not know ${name}`);
  }

  /** `ta.obv`: an indicator without brackets. */
  private bare(name: string, node: Expression, { activation }: Place): Value {
    const call = activation.state(node, () => ({ kind: "call", callee: { text: name } }) as Call);
    return ta[name.slice(3)](new Site(this, call, activation, []));
  }

  private ledger(name: string): Value | undefined {
    const field = name.slice("strategy.".length);
    if (/^(long|short|fixed|cash|percent_of_equity|.*\..*)$/.test(field)) return undefined;
    if (this.broker === null) return na;
    if (field === "position_entry_name" || field === "account_currency")
      return this.broker.ledgerText(field);
    return this.broker.ledger(field);
  }

  private history(node: History, place: Place): Value {
    const { source, offset } = node;
    const n = toNumber(this.evaluate(offset, place));
    const now = this.evaluate(source, place);
    const empty = typeof now === "boolean" ? false : typeof now === "string" ? "" : na;
    if (Number.isNaN(n)) return empty;
    if (n < 0) throw new Error("the future is not known");
    const back = Math.trunc(n);
    if (source.kind === "identifier") {
      const variable = place.scope.find(source.name);
      if (variable !== undefined) return variable.back(back) ?? empty;
      if (!source.name.startsWith("strategy.")) {
        const value =
          this.bar - back < 0
            ? empty
            : builtInSeries(presentName(source.name, this.version), this, this.bar - back);
        if (value !== undefined) return value;
      }
    }
    const kept = place.activation.state(node, () => new Variable(na));
    this.set(kept, now);
    return kept.back(back) ?? empty;
  }

  // Calls.

  private call(node: Call, place: Place): Value {
    const written = node.callee.text;
    const own = this.functions.get(written);
    if (own !== undefined && node.receiver === null)
      return this.userCall(this.overload(own, node, place), node, place, []);
    const type = this.types.get(written.slice(0, Math.max(0, written.lastIndexOf("."))));
    if (type !== undefined && written.endsWith(".new")) return this.made(type, node, place);
    if (type !== undefined) return copyOf(this.evaluate(node.args[0].value, place));
    const name = presentName(written, this.version);
    if (/^(line|label|box)$/.test(name)) return this.evaluate(node.args[0].value, place);
    const drawn =
      node.receiver === null ? drawingCall(node, name, this.drawingPlace(place)) : undefined;
    if (drawn !== undefined) return drawn;
    if (draws(name)) return na;
    if (["strategy", "indicator", "library"].includes(name)) return na;
    if (/^input(\.|$)/.test(name))
      return inputValue(
        name,
        node,
        this.inputs,
        this.script,
        (one) => this.evaluate(one, place),
        this.version,
      );
    if (name === "request.security") return this.security(node, place);
    // tickerid(prefix, ticker) of the early versions: the chart's own symbol.
    if (name === "syminfo.tickerid") return this.chart.ticker;
    if (name.startsWith("ticker."))
      return `${name}:${String(this.evaluate(node.args[0].value, place))}`;
    if (/^strategy\.(closed|open)trades\./.test(name))
      return this.pastTrade(name, toNumber(this.evaluate(node.args[0].value, place)));
    const method = this.method(node, place);
    if (method !== null) return method;
    const args = node.args.map((arg) => ({
      name: arg.name?.text ?? null,
      value: this.evaluate(arg.value, place),
    }));
    return this.builtIn(name, new Site(this, node, place.activation, args));
  }

  private drawingPlace(place: Place): DrawingPlace {
    return {
      evaluate: ({ value }) => this.evaluate(value, place),
      time: toNumber(builtInSeries("time", this)!),
      bar: this.bar,
    };
  }

  private builtIn(name: string, site: Site): Value {
    const f =
      name === "math.sum"
        ? ta["sum"]
        : name.startsWith("ta.")
          ? ta[name.slice(3)]
          : (math[name] ??
            strings[name] ??
            arrayFunction(name) ??
            maps[name] ??
            matrices[name] ??
            strategyCalls[name] ??
            timeFunctions[name]);
    if (f === undefined) throw new Error(`the reference does not know ${name}()`);
    const value = f(site);
    return typeof value === "number" ? finite(value) : value;
  }

  /** `a.push(x)` where `a` is a variable, and `f(x).push(y)`. */
  private method(node: Call, place: Place): Value | null {
    const dot = node.callee.text.lastIndexOf(".");
    const receiver =
      node.receiver !== null
        ? this.evaluate(node.receiver, place)
        : dot > 0
          ? this.pathOrSeries(node.callee, place)
          : undefined;
    if (receiver === undefined) return null;
    const name = node.callee.text.slice(dot + 1);
    const own = this.functions
      .get(name)
      ?.find((one) => one.method && takes(one.params[0]?.type ?? null, receiver));
    if (own !== undefined) return this.userCall(own, node, place, [receiver]);
    if (isNa(receiver) && /^(get|set)_|^delete$/.test(name)) return na;
    const drawn =
      receiver instanceof PineObject
        ? drawingCall(node, name, this.drawingPlace(place), receiver)
        : undefined;
    if (drawn !== undefined) return drawn;
    if (receiver instanceof PineObject && name === "copy") return copyOf(receiver);
    const space =
      receiver instanceof PineArray
        ? "array"
        : receiver instanceof PineMap
          ? "map"
          : receiver instanceof PineMatrix
            ? "matrix"
            : "str";
    const args = node.args.map((arg) => ({
      name: arg.name?.text ?? null,
      value: this.evaluate(arg.value, place),
    }));
    return this.builtIn(
      `${space}.${name}`,
      new Site(this, node, place.activation, [{ name: null, value: receiver }, ...args]),
    );
  }

  /** Of functions of one name, the first that the arguments fit. */
  private overload(own: readonly FunctionDeclaration[], node: Call, place: Place) {
    if (own.length === 1) return own[0];
    const first = this.evaluate(node.args[0].value, place);
    return own.find((one) => takes(one.params[0]?.type ?? null, first)) ?? own[0];
  }

  private userCall(own: FunctionDeclaration, node: Call, place: Place, first: Value[]): Value {
    const args = [
      ...first.map((value) => ({ name: null as string | null, value })),
      ...node.args.map((arg) => ({
        name: arg.name?.text ?? null,
        value: this.evaluate(arg.value, place),
      })),
    ];
    const activation = place.activation.called(node);
    const inner = { scope: new Scope(place.scope.outermost), activation };
    own.params.forEach((param, i) => {
      const given =
        args.find(({ name }) => name === param.name.text) ??
        (args[i]?.name === null ? args[i] : undefined);
      const value =
        given?.value ?? (param.standard === null ? na : this.evaluate(param.standard, inner));
      const { type } = param;
      const taken = type === null ? value : declared(value, type);
      this.set(this.variable(param, param.name.text, inner), taken);
    });
    return this.block(own.body, inner);
  }

  private pastTrade(name: string, index: number): Value {
    const list = name.includes(".closedtrades.") ? "closed" : "open";
    const field = name.slice(name.lastIndexOf(".") + 1);
    if (this.broker === null) return na;
    return /_(id|comment)$/.test(field)
      ? this.broker.tradeText(list, field, index)
      : this.broker.trade(list, field, index);
  }

  // Other timeframes.

  private security(node: Call, place: Place): Value {
    const argument = (index: number, name: string) =>
      node.args.find((arg) => arg.name?.text === name)?.value ??
      (node.args[index]?.name == null ? node.args[index]?.value : undefined);
    const expression = argument(2, "expression")!;
    const key = `${place.activation.path}:${node.span.start}`;
    if (this.capture !== null) {
      // Only the call that is wanted is followed; others mean nothing here.
      if (key !== this.capture.key) return na;
      const value = this.evaluate(expression, place);
      this.capture.values[this.bar] = value;
      return value;
    }
    const text = (index: number, name: string) =>
      String(this.evaluate(argument(index, name)!, place));
    const truth = (index: number, name: string) => {
      const found = argument(index, name);
      return found !== undefined && toBool(this.evaluate(found, place));
    };
    let security = this.securities.get(key);
    if (security === undefined) {
      security = new Security(
        this,
        key,
        text(0, "symbol"),
        text(1, "timeframe"),
        this.inputs,
        truth(3, "gaps"),
        truth(4, "lookahead"),
      );
      this.securities.set(key, security);
    }
    return security.at(this.bar);
  }
}

function fieldsOf(value: Value, names: readonly string[]): Value {
  return names.reduce<Value>((object, name) => {
    if (!(object instanceof PineObject)) throw new Error(`there is no ${name} of na`);
    return object.fields.get(name) ?? na;
  }, value);
}

function copyOf(value: Value): Value {
  if (!(value instanceof PineObject)) throw new Error("na has no copy");
  return new PineObject(value.type, new Map(value.fields));
}

/** A value as a variable of a type keeps it. */
function declared(value: Value, { name }: TypeName): Value {
  if (typeof value === "object") return value;
  if (name === "bool") return toBool(value);
  return name === "string" && isNa(value) ? "" : value;
}

/** Whether a parameter of a type takes a value; without a type it takes all. */
function takes(type: TypeName | null, value: Value): boolean {
  if (type === null) return true;
  if (value instanceof PineObject) return type.name === value.type;
  if (value instanceof PineArray) return type.name === "array";
  if (value instanceof PineMap) return type.name === "map";
  if (value instanceof PineMatrix) return type.name === "matrix";
  if (typeof value === "string") return type.name === "string";
  return ["int", "float", "bool"].includes(type.name);
}

/** Whether a name is assigned to anywhere below. */
function assigns(node: unknown, name: string): boolean {
  if (typeof node !== "object" || node === null) return false;
  const { kind } = node as { kind?: string };
  if (kind === "assignment" && (node as { name: { text: string } }).name.text === name) return true;
  return Object.values(node).some((part) => assigns(part, name));
}
