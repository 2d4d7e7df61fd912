import type { IndicatorDefinition } from "../../src/indicators/definition.ts";
import type { Dialect } from "../../src/vector/kernel.ts";

/** A quantity that a warm-up may grow with. */
interface Term {
  readonly text: string;
  readonly of: (params: readonly number[]) => number;
}

const COEFFICIENTS = [0, 1, 2, 3, -1];
const SAMPLES = 60;

/** The warm-up in words, per dialect; dialects of the same warm-up stand together. */
export function warmupWords(definition: IndicatorDefinition): string {
  const byWords = new Map<string, Dialect[]>();
  for (const dialect of definition.dialects) {
    const words = inDialect(definition, dialect);
    byWords.set(words, [...(byWords.get(words) ?? []), dialect]);
  }
  if (byWords.size === 1) return [...byWords.keys()][0];
  return [...byWords].map(([words, dialects]) => `${words} (${dialects.join(", ")})`).join("; ");
}

/** Finds the sum of terms that the function is, and believes it only if it holds on every sample. */
function inDialect(definition: IndicatorDefinition, dialect: Dialect): string {
  const warmup = (params: readonly number[]) => definition.warmup(params, dialect);
  const samples = samplesOf(definition).filter((params) => Number.isFinite(warmup(params)));
  for (const terms of termSets(definition)) {
    for (const factors of combinations(terms.length)) {
      const sum = (params: readonly number[]) =>
        terms.reduce((total, term, k) => total + factors[k] * term.of(params), 0);
      const constant = warmup(samples[0]) - sum(samples[0]);
      if (samples.every((params) => warmup(params) === sum(params) + constant)) {
        return `${inText(terms, factors, constant)}${exceptions(definition, dialect)}`;
      }
    }
  }
  const usual = definition.params.map((p) => p.default ?? 20);
  const named = definition.params.map((p, k) => `${p.name} ${usual[k]}`).join(", ");
  return `${warmup(usual)} bars with ${named}`;
}

function exceptions(definition: IndicatorDefinition, dialect: Dialect): string {
  const lowest = definition.params.map((p) => p.min);
  if (Number.isFinite(definition.warmup(lowest, dialect))) return "";
  return `, never defined with ${definition.params[0].name} ${lowest[0]}`;
}

/** The simplest first: the whole numbers themselves, the larger of two of them, roots and halves. */
function* termSets({ params }: IndicatorDefinition): Generator<readonly Term[]> {
  const plain = params.flatMap(({ name, type }, k) =>
    type === "int" ? [{ text: name, of: (values: readonly number[]) => values[k], k }] : [],
  );
  yield plain;
  for (const a of plain) {
    for (const b of plain) {
      if (a.k >= b.k) continue;
      const larger = {
        text: `max(${a.text}, ${b.text})`,
        of: (values: readonly number[]) => Math.max(values[a.k], values[b.k]),
      };
      yield [larger, ...plain];
    }
  }
  for (const { text, of } of plain) {
    yield [...plain, { text: `⌊√${text}⌋`, of: (values) => Math.floor(Math.sqrt(of(values))) }];
    yield [...plain, { text: `⌊${text} / 2⌋`, of: (values) => Math.floor(of(values) / 2) }];
  }
}

function* combinations(count: number): Generator<number[]> {
  if (count === 0) yield [];
  else for (const rest of combinations(count - 1)) for (const c of COEFFICIENTS) yield [...rest, c];
}

/** Parameters all over the small values, the same in every run. */
function samplesOf({ params }: IndicatorDefinition): number[][] {
  return Array.from({ length: SAMPLES }, (_, i) =>
    params.map(({ type, min, max }, k) => {
      const mixed = (i * (37 + 16 * k) + 11 * k) % 59;
      return Math.min(max, type === "int" ? min + mixed : min + mixed / 59);
    }),
  );
}

function inText(terms: readonly Term[], factors: readonly number[], constant: number): string {
  const signed = [
    ...terms.map(({ text }, k) => [factors[k], text] as const),
    [constant, ""] as const,
  ].filter(([factor]) => factor !== 0);
  // A sum does not begin with a minus where it can be helped.
  signed.sort(([a], [b]) => Number(b > 0) - Number(a > 0));
  if (signed.length === 0) return "none";
  const text = signed
    .map(([factor, name], i) => {
      const size = Math.abs(factor);
      const part = name === "" ? `${size}` : size === 1 ? name : `${size} · ${name}`;
      if (i === 0) return factor < 0 ? `-${part}` : part;
      return `${factor < 0 ? "-" : "+"} ${part}`;
    })
    .join(" ");
  return text === "1" ? "1 bar" : `${text} bars`;
}
