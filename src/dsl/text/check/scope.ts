import type { Expression, FunctionDeclaration, Name, Span } from "../ast.ts";
import type { CoreType } from "../core.ts";
import type { Frame } from "./context.ts";
import type { Value, ValueType } from "./types.ts";

/** A slot while its history is being found out. */
export interface OpenSlot {
  readonly id: number;
  readonly name: string;
  type: CoreType;
  readonly lifetime: "bar" | "var";
  history: number | null;
}

export interface Variable {
  readonly name: string;
  readonly span: Span;
  readonly order: number;
  readonly type: ValueType;
  readonly slot: OpenSlot | null;
  /** In place of a slot: what is known before the first bar, and what has no slot. */
  readonly value: Value | null;
  /** Assigned somewhere. */
  readonly mutable: boolean;
  readonly parameter: boolean;
  /** The inlined function that it belongs to, null for the script. */
  readonly owner: object | null;
  /** How to compute it again in another timeframe; null where that is impossible. */
  readonly origin: Origin | null;
  readonly frame: Frame;
}

export interface Origin {
  readonly node: Expression;
  readonly scope: Scope;
  /** Which item of a tuple. */
  readonly item: number | null;
}

export interface UserFunction {
  readonly declaration: FunctionDeclaration;
  readonly order: number;
  /** Names that its body assigns. */
  readonly assigned: ReadonlySet<string>;
  called: boolean;
  /** The names of the library that it belongs to; without one, those of the script. */
  readonly home?: Scope;
}

/** `type Pivot`: its fields in order. A field that is drawn or foreign has nothing to compute with. */
export interface UserType {
  readonly name: string;
  readonly span: Span;
  readonly fields: readonly UserField[];
}

export interface UserField {
  readonly name: string;
  readonly type: ValueType;
  readonly standard: Expression | null;
}

/** `enum Side`: by name, the text that a member is. */
export interface UserEnum {
  readonly name: string;
  readonly span: Span;
  readonly members: ReadonlyMap<string, string>;
}

/** Names of a block. Looking further out, only what is older than `limit` is seen. */
export class Scope {
  readonly variables = new Map<string, Variable>();
  readonly functions = new Map<string, UserFunction[]>();
  /** What is declared further down, for messages. */
  later: ReadonlyMap<string, Name> = new Map();
  readonly parent: Scope | null;
  readonly limit: number;

  constructor(parent: Scope | null, limit = Number.POSITIVE_INFINITY) {
    this.parent = parent;
    this.limit = limit;
  }

  variable(name: string): Variable | undefined {
    let limit = Number.POSITIVE_INFINITY;
    for (let scope: Scope | null = this; scope !== null; scope = scope.parent) {
      const found = scope.variables.get(name);
      if (found !== undefined && found.order < limit) return found;
      limit = Math.min(limit, scope.limit);
    }
    return undefined;
  }

  functionsOf(name: string): readonly UserFunction[] {
    let limit = Number.POSITIVE_INFINITY;
    for (let scope: Scope | null = this; scope !== null; scope = scope.parent) {
      const found = scope.functions.get(name)?.filter(({ order }) => order < limit);
      if (found !== undefined && found.length > 0) return found;
      limit = Math.min(limit, scope.limit);
    }
    return [];
  }

  declaredLater(name: string): Name | undefined {
    for (let scope: Scope | null = this; scope !== null; scope = scope.parent) {
      const found = scope.later.get(name);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  *names(): Iterable<string> {
    for (let scope: Scope | null = this; scope !== null; scope = scope.parent) {
      yield* scope.variables.keys();
    }
  }

  *functionNames(): Iterable<string> {
    for (let scope: Scope | null = this; scope !== null; scope = scope.parent) {
      yield* scope.functions.keys();
    }
  }
}
