import { FAULT_NAMES, type FaultName } from "../../data/store/severity.ts";
import { fail, suggest } from "../../diagnostics/index.ts";

/** The names of `--allow`, each of which has to be that of a fault. */
export function faultNames(given: readonly string[] = []): FaultName[] {
  return given.map((name) => {
    if ((FAULT_NAMES as readonly string[]).includes(name)) return name as FaultName;
    return fail("fault_unknown", {
      name,
      suggestion: suggest(name, FAULT_NAMES),
      known: FAULT_NAMES,
    });
  });
}
