import { fn, indicator } from "../declare.ts";
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
  fn("ta.valuewhen(bool condition, bool source, simple int occurrence) -> bool", {
    to: "expression",
    make: ([condition, source, occurrence], scope) => {
      const f = fragments(scope);
      return f.indicator("valuewhen", [condition!, source!], [occurrence!], "value", "bool");
    },
  }),
  fn(
    "ta.valuewhen(bool condition, float source, simple int occurrence) -> float",
    indicator("valuewhen", ["condition", "source"], ["occurrence"]),
  ),
  fn("ta.change(bool source|x, int length|y = 1) -> bool", {
    to: "expression",
    make: ([source, length], scope) => {
      const f = fragments(scope);
      const x = f.bind(source!);
      const n = length ?? f.constant(1);
      return f.and(f.ge(f.field("bar_index"), n), f.ne(x, f.past(x, n)));
    },
  }),
  fn(
    "ta.change(float source|x, int length|y = 1) -> float",
    indicator("change", ["source"], ["length"]),
  ),
];
