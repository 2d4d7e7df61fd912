import { EXIT_NUMBERS } from "../../backtest/script/exit-numbers.ts";
import type { CoreExpr, OrderCall } from "../../dsl/text/core.ts";
import { type Code, code, word } from "../../vector/code.ts";
import type { ExpressionEmitter } from "./expressions.ts";
import * as letters from "./letters.ts";
import { broker, E } from "./letters.ts";
import { list } from "./math.ts";

type Kind = "number" | "text" | "flag";

/** The arguments of the broker's methods, in order, by their names in the language. */
const METHODS: Readonly<Record<string, readonly (readonly [string, Kind])[]>> = {
  entry: [
    ["id", "text"],
    ["direction", "number"],
    ["qty", "number"],
    ["limit", "number"],
    ["stop", "number"],
    ["oca_name", "text"],
    ["oca_type", "text"],
    ["comment", "text"],
  ],
  exit: [
    ["id", "text"],
    ["from_entry", "text"],
    ...EXIT_NUMBERS.map((name) => [name, "number"] as const),
    ["oca_name", "text"],
    ["comment", "text"],
  ],
  close: [
    ["id", "text"],
    ["qty", "number"],
    ["qty_percent", "number"],
    ["immediately", "flag"],
    ["comment", "text"],
  ],
  close_all: [
    ["immediately", "flag"],
    ["comment", "text"],
  ],
  cancel: [["id", "text"]],
  cancel_all: [],
};

const NAMES: Readonly<Record<string, string>> = { close_all: "closeAll", cancel_all: "cancelAll" };
const ABSENT: Readonly<Record<Kind, Code>> = {
  number: code`NaN`,
  text: code`""`,
  flag: code`false`,
};

/** The call of the broker that an order is. */
export function emitOrder(order: OrderCall, emitter: ExpressionEmitter): Code {
  emitter.useBroker();
  if (order.call === "risk") return emitRisk(order, emitter);
  const params = METHODS[order.call === "order" ? "entry" : order.call]!;
  const given = order as unknown as Readonly<Record<string, CoreExpr | undefined>>;
  const present = params.flatMap(([name]) => given[name] ?? []);
  const values = emitter.emitAll(present);
  let next = 0;
  const args = params.map(([name, kind]) => {
    const expr = given[name];
    if (expr === undefined) return ABSENT[kind];
    const value = values[next++]!;
    return name === "direction" && expr.type === "bool" ? code`(${value} ? 1 : -1)` : value;
  });
  if (order.call === "exit") return emitExit(args, emitter);
  return code`${broker}.${word(NAMES[order.call] ?? order.call)}(${list(args)});`;
}

/** Its numbers go by an array: a call would box them, on every bar of a position. */
function emitExit(args: readonly Code[], { unit, fn }: ExpressionEmitter): Code {
  const site = unit.exits++;
  const numbers = fn.head(letters.exit(site), code`${E}.Y[${site}]`);
  const names = args.slice(0, 2);
  const labels = args.slice(2 + EXIT_NUMBERS.length);
  const given = args.slice(2, 2 + EXIT_NUMBERS.length);
  const stores = given.flatMap((value, at) =>
    value === ABSENT.number ? [] : [code`${numbers}[${at}] = ${value};`],
  );
  return code`{
${stores}
${broker}.exit(${list([...names, code`${numbers}`, ...labels])});
}`;
}

function emitRisk(
  { rule, args }: Extract<OrderCall, { call: "risk" }>,
  emitter: ExpressionEmitter,
): Code {
  const values = emitter.emitAll(args);
  const of = (text: boolean) => values[args.findIndex(({ type }) => (type === "text") === text)];
  const number = of(false) ?? ABSENT.number;
  return code`${broker}.risk("${word(rule)}", ${number}, ${of(true) ?? ABSENT.text});`;
}
