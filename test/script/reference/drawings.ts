import type { Argument, Call } from "../../../src/dsl/text/ast.ts";
import { na, PineObject, toNumber, type Value } from "./values.ts";

/**
 * Lines, labels, boxes and points, straight from the reference manual: what `get_…` gives is what `new` or the last `set_…`
 * gave; of na and of what was deleted it is na.
 */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  line: ["x1", "y1", "x2", "y2"],
  label: ["x", "y", "text"],
  box: ["left", "top", "right", "bottom"],
  "chart.point": ["time", "index", "price"],
};
/** Which fields a point gives, by the argument of `new` and the part of the setter's name. */
const POINTS: Readonly<Record<string, readonly (readonly [string, string, string])[]>> = {
  line: [
    ["first_point", "x1", "y1"],
    ["second_point", "x2", "y2"],
  ],
  label: [["point", "x", "y"]],
  box: [
    ["top_left", "left", "top"],
    ["bottom_right", "right", "bottom"],
  ],
};
const SETTERS: Readonly<Record<string, readonly string[]>> = {
  "line.set_xy1": ["x1", "y1"],
  "line.set_xy2": ["x2", "y2"],
  "label.set_xy": ["x", "y"],
  "box.set_lefttop": ["left", "top"],
  "box.set_rightbottom": ["right", "bottom"],
};

export interface DrawingPlace {
  readonly evaluate: (argument: Argument) => Value;
  readonly time: number;
  readonly bar: number;
}

/** What a call of a drawing's function gives; undefined for any other. `receiver` is what stands before a method's dot. */
export function drawingCall(
  node: Call,
  name: string,
  place: DrawingPlace,
  receiver?: PineObject,
): Value | undefined {
  const type = receiver?.type ?? name.slice(0, Math.max(0, name.lastIndexOf(".")));
  if (!Object.hasOwn(FIELDS, type)) return undefined;
  const member = name.slice(name.lastIndexOf(".") + 1);
  const argument = (index: number, named: string): Value => {
    const found =
      node.args.find((one) => one.name?.text === named) ??
      (node.args[index]?.name === null ? node.args[index] : undefined);
    return found === undefined ? na : place.evaluate(found);
  };
  if (type === "chart.point" && member !== "copy") return point(member, argument, place);
  if (member === "new") return made(type, node, argument);
  const id = receiver ?? argument(0, "id");
  if (!(id instanceof PineObject)) return na;
  const first = receiver === undefined ? 1 : 0;
  if (member === "copy") return new PineObject(type, new Map(id.fields));
  if (member === "delete") for (const field of FIELDS[type]) id.fields.set(field, na);
  if (member === "get_price") return priceAt(id, toNumber(argument(first, "x")));
  if (member.startsWith("get_")) return id.fields.get(member.slice(4)) ?? na;
  const part = member.slice(4);
  const pointed = POINTS[type]?.find(([name]) => name === part || `${name}_point` === part);
  if (pointed !== undefined) {
    const [x, y] = coordinates(argument(first, "point"));
    id.fields.set(pointed[1], x).set(pointed[2], y);
    return na;
  }
  const set = SETTERS[`${type}.${member}`] ?? (FIELDS[type].includes(part) ? [part] : []);
  set.forEach((field, i) => {
    id.fields.set(field, argument(first + i, field.replace(/\d$/, "")));
  });
  return na;
}

function made(
  type: string,
  node: Call,
  argument: (index: number, name: string) => Value,
): PineObject {
  const points = POINTS[type];
  const named = node.args.some(({ name }) => points.some(([point]) => point === name?.text));
  const fields = new Map<string, Value>();
  if (named || (node.args[0]?.name === null && argument(0, "") instanceof PineObject)) {
    points.forEach(([name, x, y], i) => {
      const [at, price] = coordinates(argument(i, name));
      fields.set(x, at).set(y, price);
    });
  } else {
    FIELDS[type].forEach((field, i) => {
      fields.set(field, argument(i, field));
    });
  }
  return new PineObject(type, fields);
}

function point(
  member: string,
  argument: (index: number, name: string) => Value,
  { time, bar }: DrawingPlace,
): PineObject {
  const given: Readonly<Record<string, () => readonly Value[]>> = {
    new: () => [argument(0, "time"), argument(1, "index"), argument(2, "price")],
    now: () => [time, bar, argument(0, "price")],
    from_index: () => [na, argument(0, "index"), argument(1, "price")],
    from_time: () => [argument(0, "time"), na, argument(1, "price")],
  };
  const [at, index, price] = given[member]();
  return new PineObject(
    "chart.point",
    new Map([
      ["time", at],
      ["index", index],
      ["price", price],
    ]),
  );
}

const coordinates = (point: Value): readonly [Value, Value] =>
  point instanceof PineObject ? [point.fields.get("index")!, point.fields.get("price")!] : [na, na];

function priceAt(line: PineObject, x: number): number {
  const [x1, y1, x2, y2] = FIELDS["line"].map((name) => toNumber(line.fields.get(name)!));
  return y1 + (x - x1) * ((y2 - y1) / (x2 - x1));
}
