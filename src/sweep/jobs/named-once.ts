import { resolve } from "node:path";
import { fail } from "../../diagnostics/index.ts";
import type { SweepRequest } from "../plan-sweep.ts";
import { windowText } from "./windows.ts";

/** Fails where something to sweep over is named twice: its trials would count twice in all that the sweep tells of. */
export function checkNamedOnce(request: SweepRequest): void {
  const { strategies, sources, symbols, intervals, windows } = request;
  const paths = sources.map((source) => (typeof source === "string" ? source : null));
  const checks: readonly (readonly [
    string,
    readonly (string | null)[],
    (name: string) => string,
  ])[] = [
    ["STRATEGY", strategies.map(({ name }) => name), (name) => resolve(name)],
    ["--data", paths, (name) => resolve(name)],
    ["--symbols", symbols ?? [], (name) => name],
    ["--interval", intervals ?? [], (name) => name],
    ["--windows", (windows ?? []).map(windowText), (name) => name],
  ];
  for (const [option, names, identity] of checks) {
    const seen = new Set<string>();
    for (const name of names) {
      if (name === null) continue;
      const one = identity(name);
      if (seen.has(one)) fail("sweep_option", { option, value: name, expected: "each one once" });
      seen.add(one);
    }
  }
}
