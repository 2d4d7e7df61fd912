import { DEAD, fn, indicator, NUMBERS } from "../declare.ts";
import { fragments } from "../fragments.ts";
import type { Signature } from "../signature.ts";

export const conditions = (): readonly Signature[] => [
  fn(
    "ta.crossover(float source1|x|a, float source2|y|b) -> bool",
    indicator("crossover", ["source1", "source2"]),
  ),
  fn(
    "ta.crossunder(float source1|x|a, float source2|y|b) -> bool",
    indicator("crossunder", ["source1", "source2"]),
  ),
  fn(
    "ta.cross(float source1|x|a, float source2|y|b) -> bool",
    indicator("cross", ["source1", "source2"]),
  ),
  fn(
    "ta.rising(float source|x, int length|y) -> bool",
    indicator("rising", ["source"], ["length"]),
  ),
  fn(
    "ta.falling(float source|x, int length|y) -> bool",
    indicator("falling", ["source"], ["length"]),
  ),
  fn("ta.barssince(bool condition) -> int", indicator("barssince", ["condition"])),
  // Numbers first: before version 6 they stand for bools, too.
  ...NUMBERS.flatMap((type) => [
    fn(
      `ta.valuewhen(bool condition, ${type} source, simple int occurrence = 0) -> ${type}`,
      indicator("valuewhen", ["condition", "source"], ["occurrence"]),
    ),
    fn(
      `ta.change(${type} source|x, int length|y = 1) -> ${type}`,
      indicator("change", ["source"], ["length"]),
    ),
  ]),
  fn(
    "ta.valuewhen(bool condition, bool source, simple int occurrence = 0) -> bool",
    indicator("valuewhen", ["condition", "source"], ["occurrence"]),
  ),
  fn("ta.valuewhen(bool condition, color source, simple int occurrence = 0) -> color", DEAD),
  fn("ta.change(bool source|x, int length|y = 1) -> bool", {
    to: "expression",
    make: ([source, length], scope) => {
      const f = fragments(scope);
      return f.ne(f.indicator("change", [source!], [length ?? 1]), 0);
    },
  }),
];
