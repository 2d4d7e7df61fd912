import type { ColumnStep, Dependencies, SubUnit } from "../unit.ts";
import type { Reads } from "./function-builder.ts";

/** What the code of a constant of a run reads; constants that it is made of come before it. */
export interface ConstantReads {
  readonly at: number;
  readonly text: boolean;
  readonly reads: Reads;
}

export function dependenciesOf(
  steps: readonly (ColumnStep & { readonly constants?: Reads })[],
  constants: readonly ConstantReads[],
  loop: Iterable<number>,
  subs: readonly SubUnit[],
): Dependencies {
  const numbers: number[][] = [];
  const texts: number[][] = [];
  for (const { at, text, reads } of constants) {
    const inputs = new Set(reads.inputs);
    for (const place of reads.numbers) for (const input of numbers[place] ?? []) inputs.add(input);
    for (const place of reads.texts) for (const input of texts[place] ?? []) inputs.add(input);
    (text ? texts : numbers)[at] = [...inputs];
  }
  const sources = steps.flatMap((step) => (step.kind === "source" ? [step.input] : []));
  const inner = subs.flatMap(({ unit }) => unit.dependencies!.inputs);
  return {
    loop: [...loop],
    steps: steps.map((step) => ({
      numbers: [...(step.constants?.numbers ?? [])],
      texts: [...(step.constants?.texts ?? [])],
    })),
    numbers,
    texts,
    inputs: [...new Set([...numbers.flat(), ...texts.flat(), ...sources, ...inner])],
  };
}
