import { Name } from "../../vector/code.ts";

const indexed = (letter: string) => (index: number) => new Name(letter, index);

/** Variables of generated code, in one place so that none has two meanings. */
export const E = new Name("E");
export const H = new Name("H");
export const bar = new Name("i");
export const from = new Name("b");
export const to = new Name("n");
export const broker = new Name("B");
export const scratch = new Name("u");
/** What a pass over recursive indicators carries on. */
export const state = new Name("M");
export const lastBar = new Name("L");
export const runtime = new Name("q");
/** Steps of loops that a bar may still take. */
export const budget = new Name("g");
export const column = indexed("c");
export const run = indexed("p");
export const text = indexed("x");
export const slot = indexed("v");
export const once = indexed("o");
export const past = indexed("h");
export const input = indexed("j");
export const param = indexed("m");
export const step = indexed("s");
export const output = indexed("r");
/** Bars on which a slot was met that is not met on all, and whether this is one. */
export const count = indexed("y");
export const met = indexed("w");
/** The numbers of a call of strategy.exit. */
export const exit = indexed("e");
/** Of an object, by number. */
export const field = indexed("f");
/** First bar on which the strategy acts. */
export const first = new Name("z");
/** By bar the bits of its tests, and those that are looked for. */
export const bits = new Name("W");
export const wanted = new Name("N");
/** Prices within which the broker is at rest. */
export const floor = new Name("k", 0);
export const ceiling = new Name("k", 1);
/** Where a search for a bar that is not calm began, what the broker had done by then, and whether the bar before was calm. */
export const searched = new Name("k", 2);
export const turns = new Name("k", 3);
export const calm = new Name("k", 4);
