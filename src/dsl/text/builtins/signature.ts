import type { Span } from "../ast.ts";
import type { CoreExpr, CoreType, LocalExpr, Qualifier } from "../core.ts";

/** A type of a value of the language as far as signatures tell it. `same` is the type of the first argument that is not na. */
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
  /** That of the elements of the array, matrix or map that is the first argument. */
  | "element"
  | "any"
  /** That of the keys of the map that is the first argument. */
  | "key"
  | "map<any>"
  | "matrix<any>"
  | "matrix<float>"
  | `array<${"int" | "float" | "bool" | "text" | "color" | "any" | "key" | "element"}>`;

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
  /** The last parameter takes any number of arguments from here on: `math.max(a, b, …)`. */
  readonly rest?: true;
}

/** A function under its name in the latest version; several of one name are tried in order, without cutting numbers first. */
export interface Signature {
  readonly name: string;
  readonly params: readonly SignatureParam[];
  /** One type, or several for a tuple. */
  readonly returns: SignatureType | readonly SignatureType[];
  readonly means: Meaning;
}

/** What a call becomes in the core. `args` are the checked arguments by parameter, undefined where left out. */
export type Meaning =
  /**
   * A registered indicator: which parameter is which source and which number of its definition; outputs in order. A bool
   * source is 1 or 0; an output that the signature calls bool is 1 or 0, too.
   */
  | {
      readonly to: "indicator";
      readonly name: string;
      readonly sources: readonly SourceOf[];
      /** Names of parameters of the signature, a bool as 1 or 0, or fixed numbers, in the order of the definition. */
      readonly params: readonly (string | number)[];
      readonly outputs: readonly string[];
    }
  /** Any expression made of the arguments, for what is a composition of others. */
  | {
      readonly to: "expression";
      readonly make: (args: readonly (CoreExpr | undefined)[], scope: MakeScope) => CoreExpr;
    }
  /** Several of them, for a tuple. */
  | {
      readonly to: "expressions";
      readonly make: (
        args: readonly (CoreExpr | undefined)[],
        scope: MakeScope,
      ) => readonly CoreExpr[];
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
  /** A function of the library of the built-ins, with as many parameters or more. */
  | { readonly to: "library"; readonly fn: string }
  /** Drawing, alerts, colours, logs: nothing that orders could depend on. Any arguments are taken. */
  | { readonly to: "dead" }
  /** Known to the language, not supported: an error only where orders need it; `advice` says what to do. */
  | { readonly to: "unsupported"; readonly advice: string };

/** What a `make` asks of the checker. The statements that it makes so stand before the value, in a BlockExpr. */
export interface MakeScope {
  readonly span: Span;
  /** A number for the state of one indicator. */
  readonly site: () => number;
  /** A slot of its own holding the value, for what is used twice or needs its past; what is a local already is given back. */
  readonly bind: (value: CoreExpr) => LocalExpr;
  /** A `var` that starts as `initial`. */
  readonly variable: (type: CoreType, initial: CoreExpr) => LocalExpr;
  readonly set: (variable: LocalExpr, value: CoreExpr) => void;
}

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
  | { readonly to: "expression"; readonly make: (scope: MakeScope) => CoreExpr }
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
  /** What a name of another version is called in this one: `sma` is `ta.sma` from version 5 on. */
  readonly renamed: (name: string) => string | undefined;
}
