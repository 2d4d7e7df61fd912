export { checkDamaged } from "./check-damaged.ts";
export { type CheckedScript, type CheckOptions, checkScript } from "./check-script.ts";
export { printCore } from "./print-core.ts";
export { verifyCore } from "./verify-core.ts";
