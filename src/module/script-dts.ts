import { COLUMN_TYPES, resultTypes } from "./dts.ts";

/** The declaration file of every module of a script. */
export function scriptModuleTypes(): string {
  return `${COLUMN_TYPES}
/** An input of the script. */
export interface Param {
  readonly name: string;
  readonly kind: "int" | "float" | "bool" | "string" | "color" | "source";
  readonly default: number | boolean | string;
  readonly min: number | null;
  readonly max: number | null;
  readonly step: number | null;
  readonly options: readonly (number | boolean | string)[] | null;
  readonly title: string | null;
}

/** Fractions, not percent. What is left out is as the script says, else the default. */
export interface RunOptions {
  readonly cash?: number;
  readonly commission?: number;
  readonly fill?: "next_open" | "close";
  readonly start?: number;
  readonly params?: Readonly<Record<string, number | boolean | string>>;
  readonly riskFreeReturn?: number;
  readonly calendar?: number;
  /** Length of a bar in ms; the most common step where not given. */
  readonly stepMs?: number;
  /** Smallest step of the price; 0.01. */
  readonly tick?: number;
  readonly symbol?: string;
  readonly exchange?: string;
  /** Of the bars, such as "1h"; from their times where not given. */
  readonly interval?: string;
}

${resultTypes()}
/** UUID of the script's logic with default inputs. */
export declare const strategyId: string;
/** Bars before everything that orders depend on can be known; Infinity where all earlier bars count. */
export declare const warmup: number;
export declare const params: readonly Param[];
export declare function run(columns: Columns | ArrowTable, options?: RunOptions): Run;
`;
}
