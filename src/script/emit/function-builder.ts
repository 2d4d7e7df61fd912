import { type Code, code, Name } from "../../vector/code.ts";

/** Statements of one block of generated code, in order. */
export class Block {
  readonly lines: Code[] = [];

  push(line: Code): void {
    this.lines.push(line);
  }
}

/** What generated code reads, each by its number. */
export class Reads {
  readonly columns = new Set<number>();
  /** Numbers and truth values that are constant for a run, by place. */
  readonly numbers = new Set<number>();
  readonly texts = new Set<number>();
  readonly inputs = new Set<number>();
}

/** One generated function: what it fetches before its loop, its temporaries, its blocks. */
export class FunctionBuilder {
  readonly #heads = new Map<string, Code>();
  block = new Block();
  reads = new Reads();
  #temporaries = 0;
  /** Whether the scratch variable `u` is used: `((u = x) + 0 * u)`. */
  scratch = false;

  /** A constant of the function, fetched once before the loop. */
  head(name: Name, value: Code): Name {
    if (!this.#heads.has(name.text)) this.#heads.set(name.text, code`const ${name} = ${value};`);
    return name;
  }

  get heads(): readonly Code[] {
    return [...this.#heads.values(), ...(this.scratch ? [code`let u = NaN;`] : [])];
  }

  temporary(): Name {
    return new Name("t", this.#temporaries++);
  }

  /** Emits into a block of its own. */
  within<T>(emit: () => T): { block: Block; result: T } {
    const outer = this.block;
    const block = new Block();
    this.block = block;
    try {
      return { block, result: emit() };
    } finally {
      this.block = outer;
    }
  }
}
