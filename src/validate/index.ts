export {
  type SweepValidation,
  type SweepValidationOptions,
  validateSweep,
} from "./validate-sweep.ts";
