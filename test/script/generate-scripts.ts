import fc from "fast-check";

/** Names in sight while a program is printed. A part of a program is a function of them, so that any list of parts makes one. */
interface Names {
  readonly version: number;
  readonly floats: string[];
  readonly bools: string[];
  readonly states: string[];
  readonly functions: string[];
  readonly arrays: string[];
  readonly lengths: string[];
  /** Counts what is declared. */
  next: number;
}
type Part = (names: Names) => string;

const pick = (list: readonly string[], k: number): string => list[k % list.length];
const ta =
  (name: string): Part =>
  ({ version }) =>
    version >= 5 ? `ta.${name}` : name;
const math =
  (name: string): Part =>
  ({ version }) =>
    version >= 5 ? `math.${name}` : name;
const of =
  (...parts: (string | Part)[]): Part =>
  (names) =>
    parts.map((part) => (typeof part === "string" ? part : part(names))).join("");

const float: fc.Arbitrary<Part> = fc.nat(99).map(
  (k) =>
    ({ floats }) =>
      pick(floats, k),
);
const numeral = fc.constantFrom("0.5", "1", "2", "3.25", "100", "0").map(
  (text): Part =>
    () =>
      text,
);
const length: fc.Arbitrary<Part> = fc.oneof(
  fc.integer({ min: 1, max: 9 }).map(
    (n): Part =>
      () =>
        String(n),
  ),
  fc.nat(9).map(
    (k): Part =>
      ({ lengths }) =>
        lengths.length === 0 ? "4" : pick(lengths, k),
  ),
);
const ledger = fc
  .constantFrom(
    "position_size",
    "opentrades",
    "closedtrades",
    "equity",
    "openprofit",
    "netprofit",
    "position_avg_price",
  )
  .map(
    (name): Part =>
      () =>
        `strategy.${name}`,
  );

/** Indicators whose bits SEMANTICS fixes. */
const averages = fc.constantFrom("sma", "ema", "rma", "rsi", "highest", "lowest", "change", "mom");
const pair = fc.constantFrom("crossover", "crossunder");

interface Grammar {
  readonly float: Part;
  readonly bool: Part;
  /** Without calls that keep state: for places that are not reached on every bar. */
  readonly plainFloat: Part;
  readonly plainBool: Part;
}

/**
 * Expressions. `stateful` ones hold indicators and calls; in the branches of `?:` and of conditions only plain ones
 * stand, unless `everywhere`.
 */
export function expressions(everywhere: boolean) {
  return fc.letrec<Grammar>((tie: fc.LetrecTypedTie<Grammar>) => {
    const branch = everywhere ? tie("float") : tie("plainFloat");
    const condition = everywhere ? tie("bool") : tie("plainBool");
    const arithmetic = (operand: fc.Arbitrary<Part>) =>
      fc
        .tuple(operand, fc.constantFrom("+", "-", "*", "/", "%"), operand)
        .map(([a, op, b]) => of("(", a, ` ${op} `, b, ")"));
    const comparison = (operand: fc.Arbitrary<Part>) =>
      fc
        .tuple(operand, fc.constantFrom("<", ">", "<=", ">=", "==", "!="), operand)
        .map(([a, op, b]) => of("(", a, ` ${op} `, b, ")"));
    const rounded = (operand: fc.Arbitrary<Part>) =>
      fc
        .tuple(fc.constantFrom("abs", "floor", "ceil", "round", "sign"), operand)
        .map(([name, a]) => of(math(name), "(", a, ")"));
    const extreme = (operand: fc.Arbitrary<Part>) =>
      fc
        .tuple(fc.constantFrom("max", "min"), operand, operand)
        .map(([name, a, b]) => of(math(name), "(", a, ", ", b, ")"));
    const filled = (operand: fc.Arbitrary<Part>) =>
      fc.tuple(operand, numeral).map(([a, b]) => of("nz(", a, ", ", b, ")"));
    const past = fc.tuple(float, fc.integer({ min: 1, max: 5 })).map(([a, n]) => of(a, `[${n}]`));
    const choice = (test: fc.Arbitrary<Part>, value: fc.Arbitrary<Part>) =>
      fc.tuple(test, value, value).map(([c, a, b]) => of("(", c, " ? ", a, " : ", b, ")"));
    const logic = (left: fc.Arbitrary<Part>, right: fc.Arbitrary<Part>) =>
      fc
        .tuple(left, fc.constantFrom("and", "or"), right)
        .map(([a, op, b]) => of("(", a, ` ${op} `, b, ")"));
    const clock = fc.constantFrom(
      "hour % 4 == 0",
      "dayofweek == 2",
      "bar_index % 3 == 0",
      "bar_index > 5",
    );
    const flag: fc.Arbitrary<Part> = fc.nat(99).map(
      (k) =>
        ({ bools }) =>
          bools.length === 0 ? "(close > open)" : pick(bools, k),
    );
    const leaf = fc.oneof({ weight: 4, arbitrary: float }, numeral, past, ledger);
    const called = fc.tuple(fc.nat(9), tie("float"), tie("float")).map(
      ([k, a, b]): Part =>
        (names) =>
          names.functions.length === 0
            ? `(${a(names)} - ${b(names)})`
            : of(pick(names.functions, k), "(", a, ", ", b, ")")(names),
    );
    return {
      plainFloat: fc.oneof(
        { depthSize: "small", withCrossShrink: true },
        leaf,
        arithmetic(tie("plainFloat")),
        rounded(tie("plainFloat")),
        extreme(tie("plainFloat")),
        filled(tie("plainFloat")),
        choice(tie("plainBool"), tie("plainFloat")),
      ),
      plainBool: fc.oneof(
        { depthSize: "small", withCrossShrink: true },
        flag,
        comparison(tie("plainFloat")),
        clock.map(
          (text): Part =>
            () =>
              `(${text})`,
        ),
        tie("plainFloat").map((a) => of("na(", a, ")")),
        tie("plainBool").map((a) => of("not ", a)),
        logic(tie("plainBool"), tie("plainBool")),
      ),
      float: fc.oneof(
        { depthSize: "small", withCrossShrink: true },
        leaf,
        fc
          .tuple(averages, tie("float"), length)
          .map(([name, a, n]) => of(ta(name), "(", a, ", ", n, ")")),
        length.map((n) => of(ta("atr"), "(", n, ")")),
        fc
          .tuple(tie("bool"), tie("float"))
          .map(([c, a]) => of(ta("valuewhen"), "(", c, ", ", a, ", 1)")),
        tie("bool").map((c) => of(ta("barssince"), "(", c, ")")),
        called,
        arithmetic(tie("float")),
        extreme(tie("float")),
        filled(tie("float")),
        choice(tie("bool"), branch),
      ),
      bool: fc.oneof(
        { depthSize: "small", withCrossShrink: true },
        flag,
        comparison(tie("float")),
        fc
          .tuple(pair, tie("float"), tie("float"))
          .map(([name, a, b]) => of(ta(name), "(", a, ", ", b, ")")),
        fc
          .tuple(fc.constantFrom("rising", "falling"), tie("float"), length)
          .map(([name, a, n]) => of(ta(name), "(", a, ", ", n, ")")),
        clock.map(
          (text): Part =>
            () =>
              `(${text})`,
        ),
        tie("bool").map((a) => of("not ", a)),
        logic(tie("bool"), condition),
      ),
    };
  });
}

const fresh = (names: Names, prefix: string): string => `${prefix}${names.next++}`;

/** Lines of a program that declare something, or change it. */
function statements(grammar: fc.LetrecValue<Grammar>, everywhere: boolean): fc.Arbitrary<Part> {
  const { float: value, bool: test } = grammar;
  const plainFloat = everywhere ? value : grammar.plainFloat;
  const plainBool = everywhere ? test : grammar.plainBool;
  const declared = value.map(
    (e): Part =>
      (names) => {
        const text = e(names);
        const name = fresh(names, "x");
        names.floats.push(name);
        return `${name} = ${text}`;
      },
  );
  const truth = test.map(
    (e): Part =>
      (names) => {
        const text = e(names);
        const name = fresh(names, "c");
        names.bools.push(name);
        return `${name} = ${text}`;
      },
  );
  const kept = fc.tuple(plainBool, plainFloat, plainFloat, fc.boolean()).map(
    ([c, a, b, otherwise]): Part =>
      (names) => {
        const name = fresh(names, "s");
        const lines = [`var float ${name} = ${otherwise ? "na" : "0.0"}`];
        names.floats.push(name);
        lines.push(`if ${c(names)}`, `    ${name} := ${a(names)}`);
        if (otherwise) lines.push("else", `    ${name} := nz(${name}, 1.0) * 0.5 + ${b(names)}`);
        return lines.join("\n");
      },
  );
  const counted = fc
    .tuple(
      fc.integer({ min: 0, max: 4 }),
      fc.nat(99),
      plainBool,
      fc.constantFrom("", "break", "continue"),
    )
    .map(
      ([to, k, c, jump]): Part =>
        (names) => {
          const source = pick(names.floats, k);
          const name = fresh(names, "t");
          const lines = [`${name} = 0.0`, `for i = 0 to ${to}`];
          if (jump !== "") lines.push(`    if ${c(names)} and i > 1`, `        ${jump}`);
          lines.push(`    ${name} := ${name} + nz(${source}[i]) * (i + 1)`);
          names.floats.push(name);
          return lines.join("\n");
        },
    );
  const whilst = fc.tuple(plainFloat, fc.integer({ min: 1, max: 5 })).map(
    ([a, n]): Part =>
      (names) => {
        const text = a(names);
        const [name, count] = [fresh(names, "w"), fresh(names, "n")];
        names.floats.push(name);
        return names.version < 5
          ? `${name} = ${text}`
          : `${name} = 0.0\n${count} = 0\nwhile ${count} < ${n} and ${name} < 50\n    ${name} += ${text}\n    ${count} += 1`;
      },
  );
  const chosen = fc.tuple(plainBool, plainFloat, plainFloat).map(
    ([c, a, b]): Part =>
      (names) => {
        const texts = [c, a, b].map((part) => part(names));
        const name = fresh(names, "y");
        names.floats.push(name);
        return `float ${name} = if ${texts[0]}\n    ${texts[1]}\nelse\n    ${texts[2]}`;
      },
  );
  const switched = fc.tuple(plainBool, plainBool, plainFloat, plainFloat, plainFloat).map(
    (parts): Part =>
      (names) => {
        const [c, d, x, y, z] = parts.map((part) => part(names));
        const name = fresh(names, "z");
        names.floats.push(name);
        return names.version < 5
          ? `${name} = ${c} ? ${x} : ${d} ? ${y} : ${z}`
          : `float ${name} = switch\n    ${c} => ${x}\n    ${d} => ${y}\n    => ${z}`;
      },
  );
  const tuple = value.map(
    (e): Part =>
      (names) => {
        const text = e(names);
        const [a, b, c] = [fresh(names, "m"), fresh(names, "m"), fresh(names, "m")];
        names.floats.push(a, b, c);
        return `[${a}, ${b}, ${c}] = ${ta("macd")(names)}(${text}, 3, 6, 4)`;
      },
  );
  const list = fc
    .tuple(plainFloat, fc.integer({ min: 1, max: 4 }), fc.constantFrom("max", "min", "get"))
    .map(
      ([a, n, fn]): Part =>
        (names) => {
          const text = a(names);
          const [name, x] = [fresh(names, "a"), fresh(names, "x")];
          names.floats.push(x);
          const read = fn === "get" ? `array.get(${name}, 0)` : `array.${fn}(${name})`;
          return `var ${name} = array.new_float(0)\narray.push(${name}, ${text})\nif array.size(${name}) > ${n}\n    array.shift(${name})\n${x} = ${read}`;
        },
    );
  const object = fc
    .tuple(plainBool, plainFloat, plainFloat, fc.boolean(), fc.integer({ min: 1, max: 3 }))
    .map(
      ([c, a, b, once, back]): Part =>
        (names) => {
          const [test, one, two] = [c(names), a(names), b(names)];
          const [o, old, x, y] = ["o", "l", "x", "y"].map((letter) => fresh(names, letter));
          if (names.version < 5) return `${x} = ${test} ? ${one} : ${two}`;
          names.floats.push(x, y);
          return [
            `${once ? "var " : ""}Pair ${o} = Pair.new(${one}, on = ${test})`,
            `if ${test}`,
            `    ${o}.b := ${two}`,
            "else",
            `    ${o} := ${o}.on ? ${o}.copy() : Pair.new(b = ${two})`,
            `Pair ${old} = ${o}[${back}]`,
            `${x} = ${o}.a + ${o}.bump(nz(${one}, 0.5)) * ${o}.b`,
            `${y} = na(${old}) ? ${two} : ${old}.b + ${x}`,
          ].join("\n");
        },
    );
  const pairs = fc.tuple(plainFloat, plainFloat, fc.integer({ min: 2, max: 4 })).map(
    ([a, b, n]): Part =>
      (names) => {
        const [one, two] = [a(names), b(names)];
        const [map, x] = [fresh(names, "p"), fresh(names, "x")];
        names.floats.push(x);
        if (names.version < 5) return `${x} = ${one} - ${two}`;
        return [
          `var ${map} = map.new<int, float>()`,
          `${x} = nz(${map}.put(bar_index % ${n}, ${one}), ${two})`,
          `for [k, v] in ${map}`,
          `    ${x} := ${x} * 0.5 + nz(v) + k`,
          `if ${map}.contains(1) and bar_index % 7 == 0`,
          `    ${x} += nz(${map}.remove(1))`,
        ].join("\n");
      },
  );
  return fc.oneof(
    { weight: 4, arbitrary: declared },
    object,
    pairs,
    { weight: 3, arbitrary: truth },
    { weight: 2, arbitrary: kept },
    counted,
    whilst,
    chosen,
    switched,
    tuple,
    list,
  );
}

/** Orders, each under a condition. */
function orders(grammar: fc.LetrecValue<Grammar>): fc.Arbitrary<Part> {
  const { plainFloat, bool, plainBool } = grammar;
  const id = fc.constantFrom("A", "B");
  const side = fc.constantFrom("strategy.long", "strategy.short");
  const near = fc
    .tuple(
      fc.constantFrom("close", "high", "low"),
      fc.constantFrom("+", "-"),
      fc.integer({ min: 0, max: 9 }),
    )
    .map(
      ([a, op, k]): Part =>
        () =>
          `${a} ${op} 0.${k}`,
    );
  const opened = fc
    .tuple(
      fc.constantFrom("entry", "order"),
      id,
      side,
      fc.constantFrom("", "", ", qty=2", ", qty=0.5"),
      fc.option(near),
      fc.option(near),
    )
    .map(
      ([call, name, to, qty, limit, stop]): Part =>
        (names) =>
          `strategy.${call}("${name}", ${to}${qty}${limit === null ? "" : `, limit=${limit(names)}`}${stop === null ? "" : `, stop=${stop(names)}`})`,
    );
  const priced = fc.record({
    profit: fc.option(fc.integer({ min: 5, max: 200 })),
    loss: fc.option(fc.integer({ min: 5, max: 200 })),
    trail: fc.option(fc.integer({ min: 0, max: 60 })),
    stop: fc.option(near),
    limit: fc.option(near),
  });
  const exited = fc
    .tuple(
      fc.constantFrom("X", "Y"),
      fc.constantFrom("", ', from_entry="A"', ', from_entry="B"'),
      fc.constantFrom("", ", qty_percent=50", ", qty=1"),
      priced,
    )
    .map(
      ([name, from, qty, prices]): Part =>
        (names) => {
          const text = [
            prices.profit === null ? "" : `, profit=${prices.profit}`,
            prices.loss === null ? "" : `, loss=${prices.loss}`,
            prices.trail === null
              ? ""
              : `, trail_points=${prices.trail}, trail_offset=${prices.trail >> 1}`,
            prices.stop === null ? "" : `, stop=${prices.stop(names)}`,
            prices.limit === null ? "" : `, limit=${prices.limit(names)}`,
          ].join("");
          return `strategy.exit("${name}"${from}${qty}${text === "" ? ", loss=50" : text})`;
        },
    );
  const closed = fc.tuple(id, fc.constantFrom("", ", qty_percent=50")).map(
    ([name, qty]): Part =>
      () =>
        `strategy.close("${name}"${qty})`,
  );
  const call = fc.oneof(
    { weight: 5, arbitrary: opened },
    { weight: 3, arbitrary: exited },
    { weight: 2, arbitrary: closed },
    fc.constant<Part>(() => "strategy.close_all()"),
    id.map(
      (name): Part =>
        () =>
          `strategy.cancel("${name}")`,
    ),
  );
  const computed = fc.tuple(plainBool, plainFloat, id, side).map(
    ([c, a, name, to]): Part =>
      (names) =>
        `if ${c(names)}\n    strategy.entry("${name}", ${to}, stop=${a(names)})`,
  );
  const guarded = fc.tuple(bool, call).map(
    ([c, order]): Part =>
      (names) =>
        `if ${c(names)}\n    ${order(names)}`,
  );
  return fc.oneof({ weight: 5, arbitrary: guarded }, computed);
}

const declaration = fc
  .record({
    pyramiding: fc.constantFrom("", "pyramiding=2"),
    size: fc.constantFrom(
      "",
      "default_qty_value=3",
      "default_qty_type=strategy.percent_of_equity, default_qty_value=50",
      "default_qty_type=strategy.cash, default_qty_value=500",
    ),
    commission: fc.constantFrom(
      "",
      "commission_type=strategy.commission.percent, commission_value=0.1",
      "commission_type=strategy.commission.cash_per_order, commission_value=1",
    ),
    slippage: fc.constantFrom("", "slippage=2"),
    atClose: fc.constantFrom("", "process_orders_on_close=true"),
    rule: fc.constantFrom("", 'close_entries_rule="ANY"'),
  })
  .map(
    (parts): Part =>
      () =>
        `strategy(${['"generated"', ...Object.values(parts).filter((text) => text !== "")].join(", ")})`,
  );

const input = fc.integer({ min: 1, max: 12 }).map(
  (n): Part =>
    (names) => {
      const name = fresh(names, "len");
      names.lengths.push(name);
      return names.version >= 5
        ? `${name} = input.int(${n}, "Length", minval=1)`
        : `${name} = input(${n}, "Length", type=input.integer, minval=1)`;
    },
);

/** `f(a, b) =>`, of its parameters and of state that each of its calls keeps. */
const userFunction = fc
  .tuple(
    fc.constantFrom("+", "-", "*"),
    averages,
    fc.integer({ min: 1, max: 6 }),
    fc.integer({ min: 1, max: 3 }),
  )
  .map(
    ([op, name, n, back]): Part =>
      (names) => {
        const f = fresh(names, "f");
        names.functions.push(f);
        return [
          `${f}(a, b) =>`,
          "    var float sum = 0.0",
          `    d = a ${op} b`,
          "    sum := sum * 0.5 + nz(d)",
          `    e = ${ta(name)(names)}(d, ${n})`,
          `    nz(e, d) + nz(d[${back}]) - sum`,
        ].join("\n");
      },
  );

const TYPES = `type Pair
    float a
    float b = 1.5
    bool on
method bump(Pair p, float v) =>
    p.a := nz(p.a, v) * 0.5 + v
    p.b += 1
    p.a`;

/** Programs as text; `everywhere` puts calls that keep state where they are not reached on each bar, too. */
export function scripts(versions: readonly number[], everywhere = false): fc.Arbitrary<string> {
  const grammar = expressions(everywhere);
  return fc
    .tuple(
      fc.constantFrom(...versions),
      declaration,
      fc.array(input, { maxLength: 2 }),
      fc.array(userFunction, { maxLength: 2 }),
      fc.array(statements(grammar, everywhere), { maxLength: 8 }),
      fc.array(orders(grammar), { minLength: 1, maxLength: 5 }),
    )
    .map(([version, head, ...groups]) => {
      const names: Names = {
        version,
        floats: ["close", "open", "high", "low", "hl2"],
        bools: [],
        states: [],
        functions: [],
        arrays: [],
        lengths: [],
        next: 0,
      };
      const lines = [`//@version=${version}`, head(names)];
      if (version >= 5) lines.push(TYPES);
      for (const part of groups.flat()) lines.push(part(names));
      return `${lines.join("\n")}\n`;
    });
}
