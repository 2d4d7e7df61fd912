import type { IrProgram } from "../../ir/index.ts";

/** Rules, and the values of their parameters in order of declaration. */
export interface Logic {
  readonly ir: IrProgram;
  readonly values: readonly number[];
}
