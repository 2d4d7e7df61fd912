import fc from "fast-check";
import { describe, expect } from "vitest";
import { emitModule } from "../../src/index.ts";
import { emitElementwise } from "../../src/vector/fused.ts";
import { documents } from "../reference/generate-documents.ts";
import { parametrise } from "../reference/parametrise.ts";
import { check } from "./check.ts";
import { compiled } from "./product.ts";

const NASTY = ["*/ alert(1) //", "`${", "');x('", "\u2028", "</script>", "\\", "\n}"];
const written = fc
  .constantFrom(...NASTY)
  .chain((text) => fc.tuple(documents(10), fc.constant(text)));

/** Every text of a user replaced by another. */
function withTexts(value: unknown, text: string): unknown {
  if (Array.isArray(value)) return value.map((item) => withTexts(item, text));
  if (typeof value !== "object" || value === null) return value;
  const inner = Object.entries(value).map(([key, item]) => [key, withTexts(item, text)]);
  return { ...Object.fromEntries(inner), ...("kind" in value ? { comment: text } : {}) };
}

describe("generated code", () => {
  check(
    "is the same to the byte whatever comments say",
    0.2,
    fc.property(written, ([document, text]) => {
      const named = emitModule(compiled(withTexts(document, text) as object));
      const plain = emitModule(compiled(withTexts(document, "x") as object));
      expect(named).toEqual(plain);
    }),
  );

  check(
    "is the same to the byte whatever a parameter is called",
    0.2,
    fc.property(
      documents(10),
      fc.nat(),
      fc.stringMatching(/^[A-Za-z]{1,8}$/),
      (document, seed, stem) => {
        const [named, plain] = [stem, "x"].map(
          (name) => parametrise(document, seed, 0.4, (index) => `${name}${index}`).document,
        );
        const [a, b] = [compiled(named), compiled(plain)];
        expect(emitElementwise(a.plan)).toBe(emitElementwise(b.plan));
        const data = new RegExp(`"name": "${stem}(\\d+)"`, "g");
        expect(emitModule(a).code.replace(data, '"name": "x$1"')).toBe(emitModule(b).code);
      },
    ),
  );
});
