import type { IToken } from "chevrotain";
import type { Assignment, Expression, Span, Statement } from "../ast.ts";
import { Dedent, Newline } from "../lex/indentation.ts";
import * as T from "../lex/tokens.ts";
import { DeclarationRules } from "./declaration-rules.ts";
import { messages } from "./messages.ts";
import { join, nameOf, spanOf, widen } from "./spans.ts";

/** Most syntax errors that are looked for. */
const MAX_ERRORS = 100;
type Shape =
  | "tuple"
  | "function"
  | "typed"
  | "plain"
  | "assignment"
  | "type"
  | "enum"
  | "method"
  | "expression";
/**
 * The grammar, version 3 to 6 alike. Makes the syntax tree as it goes; goes on behind an error at the end of the line or of
 * the block.
 */
export class ScriptParser extends DeclarationRules {
  /** A grammar that is at odds with itself throws where it is validated: in a test, as that takes as long as all the rest. */
  constructor({ validate = false } = {}) {
    super(T.TOKENS, {
      recoveryEnabled: true,
      maxLookahead: 2,
      skipValidations: !validate,
      nodeLocationTracking: "none",
      errorMessageProvider: messages,
    });
    this.performSelfAnalysis();
    this.stopAfter(MAX_ERRORS);
  }

  /** Going on behind an error costs more than parsing: a text of nothing but errors is left early. */
  private stopAfter(limit: number): void {
    const parser = this as unknown as { SAVE_ERROR: (error: Error) => Error };
    const save = parser.SAVE_ERROR.bind(this);
    parser.SAVE_ERROR = (error) => {
      if (this.errors.length >= limit) throw new TooManyErrors();
      return save(error);
    };
  }

  /** Takes the tokens of the next text, and forgets how deep the last one was. */
  begin(tokens: IToken[]): void {
    this.input = tokens;
    this.tree.clear();
  }

  /** Where the tree is deeper than later stages go, or null. */
  get tooDeep(): Span | null {
    return this.tree.tooDeep;
  }

  readonly script = this.RULE("script", (): Statement[] => {
    const body: Statement[] = [];
    this.MANY(() => {
      this.OR([
        { ALT: () => this.CONSUME(Newline) },
        { ALT: () => this.SUBRULE(this.line, { ARGS: [body] }) },
      ]);
    });
    return body;
  });

  /** An expression alone, as users type it. */
  readonly lone = this.RULE("lone", (): Expression => {
    const value = this.SUBRULE(this.expression);
    this.OPTION(() => this.CONSUME(Newline));
    return value;
  });

  protected readonly line = this.RULE("line", (body: Statement[]) => {
    this.SUBRULE(this.statements, { ARGS: [body] });
    this.SUBRULE(this.lineEnd);
  });

  protected readonly statements = this.RULE("statements", (body: Statement[]) => {
    const first = this.SUBRULE(this.statement);
    this.ACTION(() => keep(body, first));
    this.MANY(() => {
      this.CONSUME(T.Comma);
      // A comma may end the line, as in TradingView's own Ichimoku.
      this.OPTION(() => {
        const next = this.SUBRULE2(this.statement);
        this.ACTION(() => keep(body, next));
      });
    });
  });

  /** A statement that ended with a block has ended its line already. */
  protected readonly lineEnd = this.RULE("lineEnd", () => {
    if (this.RECORDING_PHASE || this.LA(0).tokenType !== Dedent) this.CONSUME(Newline);
  });

  private readonly statement = this.RULE("statement", (): Statement => {
    const shape = this.RECORDING_PHASE ? "expression" : this.shape();
    return this.OR<Statement>({
      IGNORE_AMBIGUITIES: true,
      DEF: [
        { ALT: () => this.SUBRULE(this.jump) },
        { ALT: () => this.SUBRULE(this.importLine) },
        { ALT: () => this.SUBRULE(this.modeDeclaration) },
        { ALT: () => this.SUBRULE(this.exported) },
        { GATE: () => shape === "tuple", ALT: () => this.SUBRULE(this.tupleDeclaration) },
        { GATE: () => shape === "method", ALT: () => this.SUBRULE(this.method) },
        { GATE: () => shape === "type", ALT: () => this.SUBRULE(this.typeDeclaration) },
        { GATE: () => shape === "enum", ALT: () => this.SUBRULE(this.enumDeclaration) },
        {
          GATE: () => shape === "function",
          ALT: () => this.SUBRULE(this.functionDeclaration, { ARGS: [false, false] }),
        },
        {
          GATE: () => shape === "typed",
          ALT: () => this.SUBRULE(this.typedDeclaration, { ARGS: ["bar"] }),
        },
        {
          GATE: () => shape === "plain",
          ALT: () => this.SUBRULE(this.plainDeclaration, { ARGS: ["bar"] }),
        },
        { GATE: () => shape === "assignment", ALT: () => this.SUBRULE(this.assignment) },
        { ALT: () => this.SUBRULE(this.expressionStatement) },
      ],
    });
  });

  private readonly jump = this.RULE("jump", (): Statement => {
    const token = this.OR([
      { ALT: () => this.CONSUME(T.Break) },
      { ALT: () => this.CONSUME(T.Continue) },
    ]);
    return { kind: "jump", to: token.image as "break" | "continue", span: spanOf(token) };
  });

  /** `import user/library/1 as name`. */
  private readonly importLine = this.RULE("importLine", (): Statement => {
    const first = this.CONSUME(T.Import);
    let last = first;
    this.AT_LEAST_ONE(() => {
      last = this.OR([
        { ALT: () => this.CONSUME(T.Word) },
        { ALT: () => this.CONSUME(T.NumberToken) },
        { ALT: () => this.CONSUME(T.Product) },
      ]);
    });
    return { kind: "unsupported", construct: "import", name: "", span: join(first, last) };
  });

  private readonly assignment = this.RULE("assignment", (): Statement => {
    const name = nameOf(this.CONSUME(T.Word));
    const op = this.CONSUME(T.Assign).image as Assignment["op"];
    const value = this.SUBRULE(this.value);
    return this.tree.node({
      kind: "assignment",
      op,
      name,
      value,
      span: this.tree.around(name, value),
    });
  });

  private readonly exported = this.RULE("exported", (): Statement => {
    const first = this.CONSUME(T.Export);
    const shape = this.RECORDING_PHASE ? "function" : this.shape();
    const declaration = this.OR<Statement>({
      IGNORE_AMBIGUITIES: true,
      DEF: [
        { GATE: () => shape === "method", ALT: () => this.SUBRULE(this.method) },
        { GATE: () => shape === "type", ALT: () => this.SUBRULE(this.typeDeclaration) },
        { GATE: () => shape === "enum", ALT: () => this.SUBRULE(this.enumDeclaration) },
        { ALT: () => this.SUBRULE(this.functionDeclaration, { ARGS: [true, false] }) },
      ],
    });
    return declaration && { ...declaration, span: widen(declaration.span, spanOf(first)) };
  });

  /** Also `f(x).y := e`, whose left side is read as an expression first. */
  private readonly expressionStatement = this.RULE("expressionStatement", (): Statement => {
    const expression = this.SUBRULE(this.value);
    const set = this.OPTION({
      GATE: () => expression?.kind === "field",
      DEF: () => {
        const op = this.CONSUME(T.Assign).image as Assignment["op"];
        return { op, value: this.SUBRULE2(this.value) };
      },
    });
    if (set !== undefined && expression?.kind === "field") {
      const { source, name } = expression;
      const span = this.tree.around(expression, set.value);
      return this.tree.node({ kind: "field_assignment", ...set, source, name, span });
    }
    return this.tree.node({
      kind: "expression_statement",
      expression,
      span: this.tree.around(undefined, expression),
    });
  });

  /** What the statement at hand is, of those that begin with a name or a bracket. */
  private shape(): Shape {
    const first = this.LA(1);
    if (first.tokenType === T.OpenBracket) {
      return this.is(this.behindBrackets(1), T.Equal) ? "tuple" : "expression";
    }
    if (first.tokenType !== T.Word) return "expression";
    const second = this.LA(2).tokenType;
    if (second === T.Equal) return "plain";
    if (second === T.OpenParen) {
      return this.is(this.behindBrackets(2), T.Arrow) ? "function" : "expression";
    }
    if (this.LA(2).tokenType.CATEGORIES?.includes(T.Assign)) return "assignment";
    if (second === T.Word && first.image === "method") return "method";
    if (second === T.Word && this.is(3, Newline)) {
      if (first.image === "type") return "type";
      if (first.image === "enum") return "enum";
    }
    const word = this.typeThenWord(1);
    return word > 0 && this.is(word + 1, T.Equal) ? "typed" : "expression";
  }
}

/** Thrown through the rules once there are errors enough. */
export class TooManyErrors extends Error {}

/** Rules give nothing for what could not be read. */
function keep(body: Statement[], statement: Statement | undefined): void {
  if (statement !== undefined) body.push(statement);
}
