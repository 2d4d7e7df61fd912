/** Positions, in the order of the pack's masks. */
export const STATES = ["short", "flat", "long"] as const;
