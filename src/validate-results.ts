import { compileText } from "./compile-text.ts";
import {
  type SweepValidation,
  type SweepValidationOptions,
  validateSweep as validate,
} from "./validate/index.ts";

export type ValidateOptions = Omit<SweepValidationOptions, "compileText">;

/**
 * The verdict on the best trial of a file of results, which `swymc sweep --out` wrote: what `swymc validate` says of it.
 *
 *     rows → best → its trials (same bars) → variance, sample run again → tests → verdict
 *
 * Throws a SwymcError where the file is none of results, no trial has an objective, or the bars have changed.
 */
export function validateSweep(
  path: string,
  options: ValidateOptions = {},
): Promise<SweepValidation> {
  return validate(path, { ...options, compileText });
}
