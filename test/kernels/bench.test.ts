import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { peers } from "../../bench/kernels/peers.ts";
import { indicators } from "../../src/indicators/registry.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

interface Report {
  readonly rows: readonly {
    readonly indicator: string;
    readonly ns_per_bar: number;
    readonly peers: Record<string, { ns_per_bar: number | null; note: string | null }>;
  }[];
}

test("the bench finds every peer's values equal to ours, so that it times them", () => {
  const output = execFileSync(
    process.execPath,
    ["--import", "tsx", "bench/kernels/main.ts", "--bars", "5000", "--rounds", "1", "--json"],
    { cwd: ROOT, encoding: "utf8" },
  );
  const { rows } = JSON.parse(output) as Report;
  const compared = new Set(peers.map((peer) => peer.indicator));
  const names = indicators.map((d) => d.name).filter((name) => compared.has(name));
  expect(names.length).toBeGreaterThanOrEqual(7);
  expect(rows.map((row) => row.indicator)).toEqual(names);
  for (const { indicator, ns_per_bar, peers } of rows) {
    expect(ns_per_bar).toBeGreaterThan(0);
    expect(Object.keys(peers).length).toBeGreaterThanOrEqual(3);
    for (const [library, { ns_per_bar: theirs, note }] of Object.entries(peers)) {
      expect(theirs, `${library} ${indicator}: ${note}`).not.toBeNull();
    }
  }
});
