/** What a process tells of one script, as JSON. */
export interface Measured {
  /** Text to what can be run. */
  readonly compileMs: number;
  /** CPU time per bar: the first run, and the median of the later ones. */
  readonly firstUs: number;
  readonly laterUs: number;
  /** Most memory that the process had. */
  readonly peakMb: number;
  /** Bars on which trades were entered, closed trades first. */
  readonly entries: readonly number[];
}
