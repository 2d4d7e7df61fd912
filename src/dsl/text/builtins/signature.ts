import type { CoreExpr, Qualifier } from "../core.ts";

/** A type of a value of the language as far as signatures tell it. `same` is the type of the first argument. */
export type SignatureType =
  | "int"
  | "float"
  | "bool"
  | "text"
  | "color"
  | "void"
  /** Lines, labels, tables, plots: values that only dead code uses. */
  | "drawing"
  | "same"
  | "any"
  | `array<${"int" | "float" | "bool" | "text" | "color" | "any"}>`;

export interface SignatureParam {
  /** As in the latest version; `aliases` are the names of earlier ones: `length` (period), `x`, `y`. */
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly type: SignatureType;
  /** The latest that an argument may be known. */
  readonly qualifier: Qualifier;
  readonly required: boolean;
  /** What an argument left out stands for; absent: nothing. */
  readonly standard?: number | boolean | string;
}

/** A function under its name in the latest version; several of one name are tried in order (overloads). */
export interface Signature {
  readonly name: string;
  readonly params: readonly SignatureParam[];
  /** One type, or several for a tuple. */
  readonly returns: SignatureType | readonly SignatureType[];
  readonly means: Meaning;
}

/** What a call becomes in the core. `args` are the checked arguments by parameter, undefined where left out. */
export type Meaning =
  /** A registered indicator: which parameter is which source and which number of its definition; outputs in order. */
  | {
      readonly to: "indicator";
      readonly name: string;
      readonly sources: readonly SourceOf[];
      readonly params: readonly string[];
      readonly outputs: readonly string[];
    }
  /** Any expression made of the arguments, for what is a composition of others. */
  | {
      readonly to: "expression";
      readonly make: (args: readonly (CoreExpr | undefined)[]) => CoreExpr;
    }
  | { readonly to: "math"; readonly fn: string }
  | { readonly to: "calendar"; readonly fn: string }
  | { readonly to: "string"; readonly fn: string }
  /** `writes`: changes the array. */
  | { readonly to: "array"; readonly fn: string; readonly writes: boolean }
  | { readonly to: "order"; readonly call: string }
  | { readonly to: "trade"; readonly list: "closed" | "open"; readonly field: string }
  | { readonly to: "input"; readonly type: string }
  | {
      readonly to: "security";
      readonly form: "security" | "security_lower_tf" | "heikinashi" | "other";
    }
  | { readonly to: "strategy" }
  /** Drawing, alerts, colours, logs: nothing that orders could depend on. */
  | { readonly to: "dead" }
  /** Known to the language, not supported: an error only where orders need it; `advice` says what to do. */
  | { readonly to: "unsupported"; readonly advice: string };

/** A source of an indicator: a parameter, or a field of the chart's bars. */
export type SourceOf =
  | { readonly param: string }
  | { readonly field: "open" | "high" | "low" | "close" | "volume" | "time" | "hlc3" };

/** A variable or constant under its name in the latest version. */
export interface Variable {
  readonly name: string;
  readonly type: SignatureType;
  readonly qualifier: Qualifier;
  readonly value: VariableValue;
}

export type VariableValue =
  | { readonly to: "const"; readonly value: number | boolean | string }
  | { readonly to: "field"; readonly field: string }
  /** `hl2`, `ta.tr`, `year`, `barstate.isfirst`: an expression of others. */
  | { readonly to: "expression"; readonly make: () => CoreExpr }
  | { readonly to: "ledger"; readonly field: string }
  /** `syminfo.*`, `timeframe.*`: known when bars are. */
  | { readonly to: "chart"; readonly field: string }
  | { readonly to: "dead" }
  | { readonly to: "unsupported"; readonly advice: string };

/** What the checker asks; names are those of the script's version, levelled by the rename tables. */
export interface Builtins {
  readonly functions: (name: string) => readonly Signature[];
  readonly variable: (name: string) => Variable | undefined;
  /** Every known name, for did-you-mean. */
  readonly names: () => Iterable<string>;
}
