import { describe, expect, test } from "vitest";
import type { CoreScript } from "../../../src/dsl/text/core.ts";
import { compileScript } from "../../../src/script/compile-script.ts";
import { barsOf, coreOf, record } from "./recording.ts";

const HOSTILE = `"); process.exit(1); (" \\u0022 \${x} \n`;
const SCRIPT = `//@version=5
strategy("t")
kind = input.string("EMA", "Kind", options=["EMA", "SMA"])
src = input.source(close, "Source")
n = input.int(3, "Length", minval=1, maxval=9)
on = input.bool(true)
m = kind == "EMA" ? ta.ema(src, n) : ta.sma(src, n)
var label = "none"
if close > m
    label := "above " + str.tostring(bar_index)
    strategy.entry("id", strategy.long, comment=label, oca_name="group")
strategy.exit("exit", "id", stop=nz(request.security(syminfo.tickerid, "240", low)), comment=label[1])
if on and not na(time("60", "0930-1600", "America/New_York")) and year >= 2024
    strategy.close("id", comment=str.format("{0}", close))
`;

/** The core with every text of a user replaced, what names things inside of it left as it is. */
function withTexts(core: CoreScript, text: (old: string) => string): CoreScript {
  const replaced = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(replaced);
    if (typeof node !== "object" || node === null) return node;
    const { kind, value } = node as { kind?: string; value?: unknown };
    if (kind === "const" && typeof value === "string") return { ...node, value: text(value) };
    return Object.fromEntries(Object.entries(node).map(([key, each]) => [key, replaced(each)]));
  };
  const slots = core.slots.map((slot) => ({ ...slot, name: text(slot.name) }));
  const settings = { ...core.settings, title: text(core.settings.title) };
  return { ...core, slots, settings, body: replaced(core.body) as CoreScript["body"] };
}

const source = (core: CoreScript) => {
  const { unit } = compileScript(core);
  return [unit.source, ...unit.subs.map((sub) => sub.unit.source)].join("\n");
};

describe("generated code", () => {
  test("is the same whatever the texts of a user say", () => {
    const core = coreOf(SCRIPT);
    const expected = source(withTexts(core, () => "x"));
    expect(source(core)).toBe(expected);
    expect(source(withTexts(core, () => HOSTILE))).toBe(expected);
    expect(expected).not.toContain("above");
  });

  test("hands texts on as they are", () => {
    const core = coreOf(`//@version=5\nstrategy("t")\nstrategy.entry("I", strategy.long)`);
    const [call] = record(
      withTexts(core, () => HOSTILE),
      barsOf([1]),
    );
    expect(call!.args[0]).toBe(HOSTILE);
  });

  test("is the same in each compilation", () => {
    expect(source(coreOf(SCRIPT))).toBe(source(coreOf(SCRIPT)));
  });

  test("computes the same column for equal expressions once", () => {
    const lines = Array.from({ length: 5 }, (_, i) => `a${i} = ta.ema(close + 1, 10)`).join("\n");
    const sum = Array.from({ length: 5 }, (_, i) => `a${i}`).join(" + ");
    const core = coreOf(
      `//@version=5\nstrategy("t")\n${lines}\nstrategy.order("o", strategy.long, ${sum})`,
    );
    const kinds = compileScript(core).unit.steps.map(({ kind }) => kind);
    expect(kinds).toEqual(["map", "indicator"]);
  });

  test("follows long chains of names", () => {
    const lines = Array.from({ length: 5000 }, (_, i) => `a${i + 1} = a${i} + 1`).join("\n");
    const core = coreOf(
      `//@version=5\nstrategy("t")\na0 = close\n${lines}\nstrategy.order("o", strategy.long, a5000)`,
    );
    expect(record(core, barsOf([1, 2])).map(({ args }) => args[2])).toEqual([5001, 5002]);
  });
});

describe("inputs", () => {
  const core = coreOf(SCRIPT);
  const run = (inputs: Record<string, number | boolean | string>) => () =>
    record(core, barsOf([1, 2, 3, 4, 5]), { inputs });

  test("change what is computed, without another compilation", () => {
    const one = compileScript(core).unit.source;
    expect(run({ n: 2, kind: "SMA", src: "hl2", on: false })().length).toBeGreaterThan(0);
    expect(compileScript(core).unit.source).toBe(one);
  });

  test.each([
    [{ n: 0 }, /at least 1/],
    [{ n: 2.5 }, /whole number/],
    [{ n: 10 }, /at most 9/],
    [{ kind: "WMA" }, /one of EMA, SMA/],
    [{ src: "moon" }, /one of open/],
    [{ on: "maybe" }, /true or false/],
    [{ lenght: 3 }, /no input/],
  ])("refuses %j", (inputs, message) => {
    expect(run(inputs as never)).toThrow(message);
  });
});
