import { RunMemory } from "../backtest/script/run-memory.ts";
import type { CoreScript } from "../dsl/text/core.ts";
import { indicator } from "../indicators/registry.ts";
import { compileUnit } from "./emit/compile-unit.ts";
import { FreeColumns } from "./run/free-columns.ts";
import type { IndicatorTable } from "./run/run-unit.ts";
import type { Unit } from "./unit.ts";

/** A script with its generated functions, ready for any bars and inputs. */
export interface CompiledScript {
  readonly core: Pick<CoreScript, "version" | "settings" | "inputs">;
  readonly indicators: IndicatorTable;
  readonly unit: Unit;
  /** Columns and other memory of the last run, for the next one. */
  readonly pool: FreeColumns;
  readonly memory: RunMemory;
}

/** Throws SwymcError where the host forbids generated code. */
export function compileScript(core: CoreScript): CompiledScript {
  const { valueColumn: _, ...unit } = compileUnit(core, core.body, null, null);
  return {
    core,
    unit,
    indicators: indicator,
    pool: new FreeColumns(),
    memory: new RunMemory(false),
  };
}
