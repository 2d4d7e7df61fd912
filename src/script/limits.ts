/** Most bars that a script may look back by an offset that is not known before (as MAX_HISTORY of the core). */
export const MAX_HISTORY = 5000;

/** Steps that all loops of a bar may take together. */
export const LOOP_BUDGET = 1_000_000;
