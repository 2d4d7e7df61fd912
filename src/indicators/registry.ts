import type { KernelTable } from "../vector/kernel.ts";
import { bollingerDefinition } from "./bollinger.ts";
import type { IndicatorDefinition } from "./definition.ts";
import { emaDefinition } from "./ema.ts";
import { highestDefinition } from "./highest.ts";
import { lowestDefinition } from "./lowest.ts";
import { rsiDefinition } from "./rsi.ts";
import { smaDefinition } from "./sma.ts";
import { stdDevDefinition } from "./std-dev.ts";

/** Every indicator of the language, by name: the only list of them. */
export const indicators: readonly IndicatorDefinition[] = [
  bollingerDefinition,
  emaDefinition,
  highestDefinition,
  lowestDefinition,
  rsiDefinition,
  smaDefinition,
  stdDevDefinition,
];

export function indicator(name: string): IndicatorDefinition | undefined {
  return indicators.find((definition) => definition.name === name);
}

/** The planner's way to a kernel; the name was checked before. */
export const kernelOf: KernelTable = (name, dialect) => {
  const definition = indicator(name);
  if (definition === undefined) throw new Error(`no indicator is called ${name}`);
  return definition.kernel(dialect);
};
