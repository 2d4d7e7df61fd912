import type { Manifest } from "../run/manifest.ts";

/** What a file of results says of itself, as JSON. */
export interface Metadata {
  readonly kind: "swymc-sweep";
  /** The command line, where there was one. */
  readonly command: readonly string[] | null;
  readonly manifest: Manifest;
  /** SHA-256 of what the results depend on. */
  readonly key: string;
  /** Rows of the file: trials that were run, those of earlier rungs of a halving included. */
  readonly trials: number;
  /** Trials that were planned, at most. */
  readonly planned: number;
  /** Whether all trials were run. */
  readonly complete: boolean;
}
