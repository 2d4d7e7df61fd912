import {
  type Diagnostic,
  type DiagnosticCode,
  diagnose,
  type ParamsOf,
  type SourceText,
} from "../../../diagnostics/index.ts";
import type { Script, Span } from "../ast.ts";
import type { Builtins, MakeScope } from "../builtins/signature.ts";
import type {
  CoreExpr,
  CoreStatement,
  CoreType,
  InputSpec,
  LocalExpr,
  Scalar,
  StrategySettings,
} from "../core.ts";
import { type Holes, holesOf } from "./holes.ts";
import type { OpenSlot, UserEnum, UserFunction, UserType, Variable } from "./scope.ts";
import { constant, isCoreType, type Value, type ValueType } from "./types.ts";
import { Unknowns } from "./unknowns.ts";

/** Most operations of a script once its functions are inlined. */
export const MAX_NODES = 200_000;
/** Deepest nesting of expressions, blocks and inlined functions. */
const MAX_DEPTH = 1_200;
/** Most findings that are reported. */
export const MAX_ERRORS = 100;

/** Thrown where going on would exhaust memory or stack; carries the only finding. */
export class Exhausted extends Error {
  readonly code: "script_too_large" | "script_too_deep";
  readonly span: Span;
  constructor(code: Exhausted["code"], span: Span) {
    super(code);
    this.code = code;
    this.span = span;
  }
}

/** The chart's bars, or those of a `request.security`: where statements go and what is computed on every bar of it. */
export interface Frame {
  readonly prelude: CoreStatement[];
  readonly body: CoreStatement[];
  /** Variables of other frames, computed again in this one. */
  readonly copies: Map<Variable, Value>;
  /** Built-in variables that have a slot in this frame. */
  readonly shared: Map<string, LocalExpr>;
  readonly chart: boolean;
}

export function newFrame(chart: boolean): Frame {
  return { prelude: [], body: [], copies: new Map(), shared: new Map(), chart };
}

interface ForeignName {
  readonly construct: (name: string) => string;
  readonly advice: string;
  readonly span: Span;
}

/** What the parts of the checker share while they walk one script. */
export class Context {
  readonly version: number;
  readonly exact: boolean;
  readonly script: Script;
  readonly text: SourceText;
  readonly builtins: Builtins;
  /** Lines, labels, boxes and points are objects; otherwise nothing is known of them. */
  readonly drawings: boolean;
  readonly slots: OpenSlot[] = [];
  readonly inputs = new Map<number, { readonly spec: InputSpec; readonly expr: CoreExpr }>();
  readonly inputNames = new Set<string>();
  /** Placeholders of what is unsupported: an error where the slice keeps one. */
  readonly placeholders = new Map<CoreExpr, Diagnostic>();
  /** Names of imported libraries, and what messages say of what is used of them. */
  readonly foreign = new Map<string, ForeignName>();
  readonly unknowns = new Unknowns();
  readonly types = new Map<string, UserType>();
  readonly enums = new Map<string, UserEnum>();
  declared: { readonly kind: "strategy" | "indicator" | "library"; readonly span: Span } | null =
    null;
  settings: StrategySettings | null = null;

  frame: Frame = newFrame(true);
  statements: CoreStatement[] = this.frame.body;
  /** Inside `if`, a loop or a lazy operand: not reached on every bar. */
  conditional = false;
  loops = 0;
  /** Names assigned in the function or script at hand. */
  assigned: ReadonlySet<string> = new Set();
  /** What variables declared as na are, by what they are set to. */
  guesses: ReadonlyMap<string, Scalar> = new Map();
  /** Slots of variables that are assigned somewhere. */
  readonly moving = new Set<number>();
  /** The inlined function at hand. */
  owner: object | null = null;
  prefix = "";
  readonly inlining: UserFunction[] = [];
  /** The variable that is being declared. */
  naming: string | null = null;
  /** What the parser could not read. */
  readonly holes: Holes;
  /** Inside an argument of a call. */
  nested = 0;

  private readonly found = new Map<string, Diagnostic>();
  private nodes = 0;
  private depth = 0;
  private orders = 0;
  private sites = 0;
  private readonly copiesOfFunctions = new Map<string, number>();

  constructor(
    script: Script,
    text: SourceText,
    builtins: Builtins,
    damaged = false,
    drawings = false,
  ) {
    this.version = script.version;
    this.exact = script.pragmas.includes("exact");
    this.script = script;
    this.text = text;
    this.builtins = builtins;
    this.drawings = drawings;
    this.holes = holesOf(script.body, damaged ? script.source : null);
  }

  // Findings.

  report<C extends DiagnosticCode>(code: C, params: ParamsOf<C>, span: Span): void {
    this.add(this.diagnose(code, params, span));
  }

  diagnose<C extends DiagnosticCode>(code: C, params: ParamsOf<C>, span: Span): Diagnostic {
    const place = this.text.span(span.start, Math.max(1, span.end - span.start));
    const { file } = this.text;
    return diagnose(code, params, file === undefined ? { span: place } : { file, span: place });
  }

  /** Once per code and place, however often a function is inlined. */
  add(diagnostic: Diagnostic): void {
    this.found.set(`${diagnostic.code} ${diagnostic.span?.offset}`, diagnostic);
  }

  get diagnostics(): readonly Diagnostic[] {
    return [...this.found.values()]
      .sort((a, b) => (a.span?.offset ?? 0) - (b.span?.offset ?? 0))
      .slice(0, MAX_ERRORS);
  }

  /** Nothing more will be shown, so that hints are not worth their time. */
  get full(): boolean {
    return this.found.size >= MAX_ERRORS;
  }

  get failed(): boolean {
    for (const { severity } of this.found.values()) if (severity === "error") return true;
    return false;
  }

  line(span: Span): number {
    return this.text.position(span.start).line;
  }

  /** A value that follows from an error already reported. */
  broken(span: Span): Value {
    return { type: "unknown", expr: constant(Number.NaN, "float", span) };
  }

  /** A value that cannot be computed: an error only where orders turn out to need it. */
  placeholder(type: ValueType, diagnostic: Diagnostic, span: Span): Value {
    // A chart value, so that nothing folds it away.
    const core = isCoreType(type) ? type : "float";
    const expr: CoreExpr = { kind: "chart", field: "", type: core, qualifier: "const", span };
    this.placeholders.set(expr, diagnostic);
    return { type, expr };
  }

  /** A broken or unsupported value, where one of another type is needed. */
  retyped(expr: CoreExpr, type: CoreType): CoreExpr {
    const made: CoreExpr = { ...expr, type };
    const diagnostic = this.placeholders.get(expr);
    if (diagnostic !== undefined) this.placeholders.set(made, diagnostic);
    return made;
  }

  unsupported(construct: string, advice: string, span: Span, type: ValueType = "unknown"): Value {
    return this.placeholder(
      type,
      this.diagnose("script_unsupported", { construct, advice }, span),
      span,
    );
  }

  // Limits.

  count(span: Span, nodes = 1): void {
    this.nodes += nodes;
    if (this.nodes > MAX_NODES) throw new Exhausted("script_too_large", span);
  }

  deeper<T>(span: Span, inside: () => T): T {
    this.depth++;
    if (this.depth > MAX_DEPTH) throw new Exhausted("script_too_deep", span);
    try {
      return inside();
    } finally {
      this.depth--;
    }
  }

  // Making core.

  nextOrder(): number {
    return this.orders++;
  }

  nextSite(): number {
    return this.sites++;
  }

  copyOf(name: string): number {
    const next = (this.copiesOfFunctions.get(name) ?? 0) + 1;
    this.copiesOfFunctions.set(name, next);
    return next;
  }

  emit(statement: CoreStatement): void {
    this.count(statement.span);
    this.statements.push(statement);
  }

  slot(name: string, type: ValueType, lifetime: "bar" | "var" = "bar"): OpenSlot {
    const slot: OpenSlot = {
      id: this.slots.length,
      name: this.prefix + name,
      type: isCoreType(type) ? type : "float",
      lifetime,
      history: 0,
    };
    this.slots.push(slot);
    return slot;
  }

  local(slot: OpenSlot, span: Span): LocalExpr {
    this.count(span);
    return { kind: "local", slot: slot.id, type: slot.type, qualifier: "series", span };
  }

  set(slot: OpenSlot, value: CoreExpr, span: Span, once = false): void {
    this.emit({ kind: "set", slot: slot.id, value, once, span });
  }

  /** A slot that holds a value computed here; a variable already is one. */
  bind(value: CoreExpr, name: string): LocalExpr {
    if (value.kind === "local") return value;
    const slot = this.slot(name, value.type);
    this.set(slot, value, value.span);
    return this.local(slot, value.span);
  }

  /** Statements made inside, on their own. */
  apart<T>(inside: () => T): { readonly result: T; readonly statements: CoreStatement[] } {
    const outer = this.statements;
    const statements: CoreStatement[] = [];
    this.statements = statements;
    try {
      return { result: inside(), statements };
    } finally {
      this.statements = outer;
    }
  }

  /** As {@link apart}, for what is not reached on every bar. */
  branch<T>(inside: () => T): { readonly result: T; readonly statements: CoreStatement[] } {
    const { conditional } = this;
    this.conditional = true;
    try {
      return this.apart(inside);
    } finally {
      this.conditional = conditional;
    }
  }

  /** What is computed at the start of every bar of the frame, wherever it is asked for. */
  atStart<T>(inside: () => T): T {
    const { statements, conditional, prefix } = this;
    this.statements = this.frame.prelude;
    this.conditional = false;
    this.prefix = "";
    try {
      return inside();
    } finally {
      this.statements = statements;
      this.conditional = conditional;
      this.prefix = prefix;
    }
  }

  makeScope(span: Span, name: string): MakeScope {
    return {
      span,
      site: () => this.nextSite(),
      bind: (value) => this.bind(value, name),
      variable: (type: CoreType, initial: CoreExpr) => {
        const slot = this.slot(name, type, "var");
        this.set(slot, initial, span, true);
        return this.local(slot, span);
      },
      set: (variable, value) =>
        this.emit({ kind: "set", slot: variable.slot, value, once: false, span }),
    };
  }
}
