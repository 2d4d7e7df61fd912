import type { Value } from "./values.ts";

/** A variable with its values at the ends of the bars on which its scope ran. */
export class Variable {
  value: Value;
  readonly past: Value[] = [];
  touched = false;

  constructor(value: Value) {
    this.value = value;
  }

  /** `x[n]`. Undefined before the first. */
  back(n: number): Value | undefined {
    return n === 0 ? this.value : this.past[this.past.length - n];
  }
}

/** Names in sight, innermost first. */
export class Scope {
  private readonly names = new Map<string, Variable>();

  constructor(private readonly outer: Scope | null = null) {}

  define(name: string, variable: Variable): void {
    this.names.set(name, variable);
  }

  get outermost(): Scope {
    return this.outer?.outermost ?? this;
  }

  find(name: string): Variable | undefined {
    return this.names.get(name) ?? this.outer?.find(name);
  }
}

/**
 * What one call site of a user function keeps between bars: its variables, the states of the indicators called in it,
 * and the call sites inside. The script itself is the outermost.
 */
export class Activation {
  readonly variables = new Map<object, Variable>();
  private readonly states = new Map<object, unknown>();
  private readonly inner = new Map<object, Activation>();

  constructor(readonly path: string) {}

  state<T>(node: object, initial: () => T): T {
    if (!this.states.has(node)) this.states.set(node, initial());
    return this.states.get(node) as T;
  }

  called(node: { readonly span: { readonly start: number } }): Activation {
    let activation = this.inner.get(node);
    if (activation === undefined) {
      activation = new Activation(`${this.path}/${node.span.start}`);
      this.inner.set(node, activation);
    }
    return activation;
  }
}
