/** What `swymc explain` says of one bar. Plain data: `--json` prints it as it is. */
export interface Explanation {
  readonly state: "ok";
  readonly strategy_id: string;
  readonly language: "rules" | "script";
  readonly bar: ExplainedBar;
  readonly position: ExplainedPosition;
  readonly params: Readonly<Record<string, number | boolean | string>>;
  /** Of a rule document: its rules in order. */
  readonly rules: readonly ExplainedRule[] | null;
  /** Of a script: what its orders depend on, in the order in which it runs. */
  readonly statements: readonly ExplainedStatement[] | null;
  /** What became of the orders of this bar. */
  readonly outcomes: readonly string[];
}

export interface ExplainedBar {
  /** Counted from 0, the first of the bars that were read. */
  readonly index: number;
  /** ISO 8601 UTC. */
  readonly time: string;
  readonly open: number | null;
  readonly high: number | null;
  readonly low: number | null;
  readonly close: number | null;
  readonly volume: number | null;
}

/** The position that conditions see at the close of the bar. */
export interface ExplainedPosition {
  readonly state: "flat" | "long" | "short";
  /** Signed. */
  readonly quantity: number;
}

/** An expression with its value: null is na, or of a condition neither true nor false. */
export interface ExplainedValue {
  readonly text: string;
  readonly value: number | boolean | string | null;
  /** Why it is na: only where that does not follow from its parts. */
  readonly reason?: string;
  readonly parts: readonly ExplainedValue[];
}

export interface ExplainedRule {
  /** Counted from 1. */
  readonly rule: number;
  readonly comment: string | null;
  /** Such as `buy 0.001`. */
  readonly action: string;
  readonly fired: boolean;
  /** The conditions that would have to be true; empty where it fired. */
  readonly because: readonly ExplainedCause[];
  readonly when: ExplainedValue;
}

export interface ExplainedCause {
  readonly text: string;
  readonly value: boolean | null;
  readonly reason?: string;
  /** Of a script: where the condition stands. */
  readonly line?: number;
}

export interface ExplainedStatement {
  readonly kind: "set" | "if" | "order" | "loop" | "other";
  readonly line: number;
  readonly text: string;
  /** Whether the script came by on this bar; a loop may come by several times, the last one is told. */
  readonly reached: boolean;
  /** Of a variable what it is afterwards, of an `if` its condition. */
  readonly value: number | boolean | string | null;
  readonly reason?: string;
  readonly parts: readonly ExplainedValue[];
  /** Why an order was not placed: the conditions around it that went the other way. */
  readonly because: readonly ExplainedCause[];
  /** Statements of an `if` or a loop. */
  readonly inside: readonly ExplainedStatement[];
}
