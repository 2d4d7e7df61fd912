import { expect, test } from "vitest";
import { FormulaError, readFormula } from "../../src/sweep/space/expression.ts";

const NAMES = ["fast", "slow", "/rules/0/x"];
const ROW = Float64Array.of(0, 5, 20, 3);

test.each([
  ["fast < slow", 1],
  ["slow - fast >= 15 and not (fast == 6)", 1],
  ["fast > slow or fast * 4 == slow", 1],
  ["slow / (fast - 5) > 0", 0],
  ["min(fast, slow) + max(fast, slow) - abs(-2)", 23],
  ["fast < 6 ? slow : 0", 20],
  ["math.floor(slow / 3) % 4", 2],
  ["'/rules/0/x' * 2", 6],
  ["-fast + +slow", 15],
])("%s is %d", (text, value) => {
  expect(readFormula(text, NAMES).evaluate(ROW, 1)).toBe(value);
});

test.each([
  ["fast <", /expect|end of the text/i],
  ["fsat < slow", /did you mean "fast"/],
  ["constructor", /there is no "constructor"/],
  ["__proto__ > 1", /there is no "__proto__"/],
  ["process.exit(1)", /functions are/],
  ["toString(1)", /functions are/],
  ["fast and slow", /and takes conditions/],
  ["(fast < slow) + 1", /takes numbers/],
  ["fast[1] > 2", /history/],
  ["min(fast)", /min takes 2 numbers/],
  ["f = () => 1", /./],
  ["(".repeat(5_000), /./],
])("%s is refused", (text, reason) => {
  expect(() => readFormula(text, NAMES)).toThrow(FormulaError);
  expect(() => readFormula(text, NAMES)).toThrow(reason);
});

test("plain comparisons are what the parser makes of them", () => {
  const row = Float64Array.of(Number.NaN, 5, 20, 3);
  const operands = ["fast", "slow", "5", "20.5", "0"];
  for (const op of ["<", "<=", ">", ">=", "==", "!="]) {
    for (const [left, right] of operands.flatMap((a) => operands.map((b) => [a, b]))) {
      const text = `${left} ${op} ${right}`;
      const [formula, parsed] = [text, `(${text})`].map((each) => readFormula(each, NAMES));
      expect([...formula!.reads].sort()).toEqual([...parsed!.reads].sort());
      expect(formula!.boolean).toBe(parsed!.boolean);
      for (const at of [0, 1]) expect(formula!.evaluate(row, at)).toBe(parsed!.evaluate(row, at));
    }
  }
  expect(readFormula(" slow ", NAMES)).toMatchObject({ boolean: false, text: " slow " });
  expect(readFormula(" slow ", NAMES).evaluate(ROW, 1)).toBe(20);
});
