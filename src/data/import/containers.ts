import type { Container } from "./format.ts";
import { zip } from "./zip.ts";

/** Files that hold others. */
export const CONTAINERS: readonly Container[] = [zip];
