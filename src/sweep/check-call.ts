import { fail } from "../diagnostics/index.ts";
import type { SweepOptions, SweepSpace } from "./sweep.ts";

type Engine = NonNullable<SweepOptions["engine"]>;
type Search = NonNullable<SweepSpace["search"]>;

const ENGINES: Readonly<Record<Engine, true>> = {
  auto: true,
  wasm: true,
  js: true,
  reference: true,
};
const SEARCHES: Readonly<Record<Search, true>> = {
  grid: true,
  random: true,
  lhs: true,
  sobol: true,
  halving: true,
};

/** Fails where a call of the library, whose types may not have been checked, asks for nothing or for what there is not. */
export function checkCall(
  counts: { readonly programs: number; readonly data: number },
  { search, seed }: SweepSpace,
  { threads, batch, engine }: SweepOptions,
): void {
  for (const [option, count] of Object.entries(counts)) {
    if (count === 0) refuse(option, "[]", "one at least");
  }
  whole("threads", threads, 1);
  whole("batch", batch, 1);
  whole("seed", seed, 0);
  known("engine", engine, ENGINES);
  known("search", search, SEARCHES);
}

function whole(option: string, value: number | undefined, least: number): void {
  if (value === undefined || (Number.isSafeInteger(value) && value >= least)) return;
  refuse(option, String(value), `a whole number from ${least}`);
}

function known(option: string, value: string | undefined, names: Readonly<Record<string, true>>) {
  if (value === undefined || Object.hasOwn(names, value)) return;
  refuse(option, String(value), `one of ${Object.keys(names).join(", ")}`);
}

function refuse(option: string, value: string, expected: string): never {
  return fail("sweep_option", { option, value, expected });
}
