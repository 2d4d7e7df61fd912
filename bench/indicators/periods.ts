import { indicator, indicators } from "../../src/indicators/registry.ts";
import type { Stopwatch } from "../kernels/measure.ts";
import { paramsOf } from "./ours.ts";
import { REUSED, type Task } from "./task.ts";

export const PERIODS = [5, 20, 200, 2000] as const;

/** ns per bar of one of our indicators at each of the periods. */
export interface PeriodRow {
  readonly indicator: string;
  readonly times: readonly number[];
}

/** Whether it looks at a window, or is made of averages, whose length is its `period`. */
export function hasPeriod(name: string): boolean {
  return indicator(name)!.params.some((param) => param.name === "period");
}

export async function timePeriods(
  stopwatch: Stopwatch,
  names: ReadonlySet<string>,
  rounds: number,
): Promise<PeriodRow[]> {
  const rows: PeriodRow[] = [];
  for (const { name } of indicators.filter((d) => names.has(d.name) && hasPeriod(d.name))) {
    const times: number[] = [];
    for (const period of PERIODS) {
      const task: Task = { indicator: name, shape: "walk", params: paramsOf(name, period) };
      const found = await stopwatch.measure(JSON.stringify(task), [REUSED], rounds);
      times.push(found.get(REUSED)!);
    }
    rows.push({ indicator: name, times });
  }
  return rows;
}
