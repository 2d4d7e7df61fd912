import type { Environment, Unit } from "../unit.ts";
import type { UnitRun } from "./run-unit.ts";

/** Columns that runs over the same bars share; those of bars that a sub-program runs on have a share of their own. */
export interface ColumnShare {
  /** Fills the columns that the unit's loop reads: `compute` fills those of a step that no run has filled. */
  fill(unit: Unit, environment: Environment, run: UnitRun, compute: (step: number) => void): void;
  /** What depends on the bars alone. */
  constant<T>(name: string, make: () => T): T;
  /** That of sub-program `sub` of the unit on the bars of a timeframe. */
  within(sub: number, timeframe: string, heikinashi: boolean): ColumnShare;
}
