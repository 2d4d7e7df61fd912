import { type Random, shuffled } from "./random.ts";

/** JSON text of a value with keys in random order, numbers in random spellings and random blanks. */
export function jsonText(value: unknown, next: Random): string {
  const blank = () => ["", "", " ", "\n  ", "\t"][Math.floor(next() * 5)];
  if (typeof value === "number") return spelling(value, next);
  if (Array.isArray(value)) {
    return `[${value.map((item) => `${blank()}${jsonText(item, next)}`).join(",")}${blank()}]`;
  }
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = shuffled(Object.entries(value), next).map(
    ([key, item]) => `${blank()}${JSON.stringify(key)}${blank()}:${blank()}${jsonText(item, next)}`,
  );
  return `{${members.join(",")}${blank()}}`;
}

/** `20`, `20.0`, `2e1`, `200E-1`. */
function spelling(value: number, next: Random): string {
  const plain = String(value);
  const [mantissa, exponent] = value.toExponential().split("e");
  const forms = [plain, `${mantissa}e${exponent}`, `${mantissa}E${exponent}`];
  if (Number.isInteger(value) && Math.abs(value) < 1e15) {
    forms.push(`${plain}.0`, `${plain}.000`, `${plain}e0`, `${plain}${value === 0 ? "" : "0"}E-1`);
  }
  const form = forms[Math.floor(next() * forms.length)];
  // A spelling with a zero added is ten times as much, which its exponent takes back.
  return Number(form) === value ? form : plain;
}
