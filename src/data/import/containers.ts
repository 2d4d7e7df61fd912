import type { Container } from "./format.ts";

/** Files that hold others. */
export const CONTAINERS: readonly Container[] = [];
