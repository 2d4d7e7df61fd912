import { EmbeddedActionsParser, EOF, type IToken, type TokenType } from "chevrotain";
import type {
  Argument,
  Assignment,
  BinaryOperator,
  Block,
  Expression,
  FieldDeclaration,
  Name,
  ParamDeclaration,
  Span,
  Statement,
  Switch,
  TypeName,
} from "../ast.ts";
import { Dedent, Indent, Newline } from "../lex/indentation.ts";
import * as T from "../lex/tokens.ts";
import { messages } from "./messages.ts";
import { TreeBuilder } from "./tree-builder.ts";
import { unquote } from "./unquote.ts";

/** Most syntax errors that are looked for. */
const MAX_ERRORS = 100;
const QUALIFIERS = ["const", "input", "simple", "series"];
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
export class ScriptParser extends EmbeddedActionsParser {
  private readonly tree = new TreeBuilder();

  constructor() {
    super(T.TOKENS, {
      recoveryEnabled: true,
      maxLookahead: 2,
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

  private readonly line = this.RULE("line", (body: Statement[]) => {
    this.SUBRULE(this.statements, { ARGS: [body] });
    this.SUBRULE(this.lineEnd);
  });

  private readonly statements = this.RULE("statements", (body: Statement[]) => {
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
  private readonly lineEnd = this.RULE("lineEnd", () => {
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

  private readonly modeDeclaration = this.RULE("modeDeclaration", (): Statement => {
    const mode = this.OR([
      { ALT: () => this.CONSUME(T.Var) },
      { ALT: () => this.CONSUME(T.Varip) },
    ]);
    const typed = this.RECORDING_PHASE || this.typeThenWord(1) > 0;
    const args = { ARGS: [mode.image] } as { ARGS: [string] };
    const declaration = this.OR2<Statement>({
      IGNORE_AMBIGUITIES: true,
      DEF: [
        { GATE: () => typed, ALT: () => this.SUBRULE(this.typedDeclaration, args) },
        { ALT: () => this.SUBRULE(this.plainDeclaration, args) },
      ],
    });
    return declaration && { ...declaration, span: widen(declaration.span, spanOf(mode)) };
  });

  private readonly typedDeclaration = this.RULE("typedDeclaration", (mode: string): Statement => {
    const type = this.SUBRULE(this.typeName);
    const declaration = this.SUBRULE(this.plainDeclaration, { ARGS: [mode] });
    return (
      declaration && ({ ...declaration, type, span: widen(declaration.span, type) } as Statement)
    );
  });

  private readonly plainDeclaration = this.RULE("plainDeclaration", (mode: string): Statement => {
    const name = nameOf(this.CONSUME(T.Word));
    this.CONSUME(T.Equal);
    const value = this.SUBRULE(this.value);
    return this.tree.node({
      kind: "declaration",
      mode: mode as "bar",
      type: null,
      name,
      value,
      span: around(name, value),
    });
  });

  private readonly tupleDeclaration = this.RULE("tupleDeclaration", (): Statement => {
    const open = this.CONSUME(T.OpenBracket);
    const names: Name[] = [];
    this.AT_LEAST_ONE_SEP({
      SEP: T.Comma,
      DEF: () => {
        names.push(nameOf(this.CONSUME(T.Word)));
      },
    });
    this.CONSUME(T.CloseBracket);
    this.CONSUME(T.Equal);
    const value = this.SUBRULE(this.value);
    return this.tree.node({
      kind: "tuple_declaration",
      names,
      value,
      span: around(spanOf(open), value),
    });
  });

  private readonly assignment = this.RULE("assignment", (): Statement => {
    const name = nameOf(this.CONSUME(T.Word));
    const op = this.CONSUME(T.Assign).image as Assignment["op"];
    const value = this.SUBRULE(this.value);
    return this.tree.node({ kind: "assignment", op, name, value, span: around(name, value) });
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

  private readonly method = this.RULE("method", (): Statement => {
    this.CONSUME(T.Word);
    return this.SUBRULE(this.functionDeclaration, { ARGS: [false, true] });
  });

  private readonly functionDeclaration = this.RULE(
    "functionDeclaration",
    (exported: boolean, method: boolean): Statement => {
      const name = nameOf(this.CONSUME(T.Word));
      const params: ParamDeclaration[] = [];
      this.CONSUME(T.OpenParen);
      this.MANY_SEP({
        SEP: T.Comma,
        DEF: () => {
          params.push(this.SUBRULE(this.param));
        },
      });
      this.CONSUME(T.CloseParen);
      this.CONSUME(T.Arrow);
      const body = this.SUBRULE(this.body);
      return this.tree.node({
        kind: "function_declaration",
        exported,
        method,
        name,
        params,
        body,
        span: around(name, body && { span: body }),
      });
    },
  );

  private readonly param = this.RULE("param", (): ParamDeclaration => {
    const typed = this.RECORDING_PHASE || this.typeThenWord(1) > 0;
    const type = this.OPTION({ GATE: () => typed, DEF: () => this.SUBRULE(this.typeName) }) ?? null;
    const name = nameOf(this.CONSUME(T.Word));
    const standard =
      this.OPTION2(() => {
        this.CONSUME(T.Equal);
        return this.SUBRULE(this.expression);
      }) ?? null;
    return {
      type,
      name,
      standard,
      start: (type ?? name).start,
      end: standard?.span?.end ?? name.end,
    };
  });

  private readonly typeName = this.RULE("typeName", (): TypeName => {
    let qualifier: TypeName["qualifier"] = null;
    let word = this.CONSUME(T.Word);
    const { startOffset } = word;
    this.OPTION({
      GATE: () => QUALIFIERS.includes(this.LA(0).image) && this.typeThenWord(1) > 0,
      DEF: () => {
        qualifier = word.image as TypeName["qualifier"];
        word = this.CONSUME2(T.Word);
      },
    });
    let end = spanOf(word).end;
    const args: TypeName[] = [];
    this.OPTION2(() => {
      this.CONSUME(T.Less);
      this.AT_LEAST_ONE_SEP({
        SEP: T.Comma,
        DEF: () => {
          args.push(this.SUBRULE(this.typeName));
        },
      });
      end = spanOf(this.CONSUME(T.Greater)).end;
    });
    let array = false;
    this.OPTION3(() => {
      this.CONSUME(T.OpenBracket);
      end = spanOf(this.CONSUME(T.CloseBracket)).end;
      array = true;
    });
    const name = word.image;
    const item: TypeName = { qualifier: null, name, args, start: word.startOffset, end };
    return array
      ? { qualifier, name: "array", args: [item], start: startOffset, end }
      : { ...item, qualifier, start: startOffset };
  });

  private readonly typeDeclaration = this.RULE("typeDeclaration", (): Statement => {
    const first = this.CONSUME(T.Word);
    const name = this.CONSUME2(T.Word);
    this.CONSUME(Newline);
    this.CONSUME(Indent);
    const fields: FieldDeclaration[] = [];
    this.AT_LEAST_ONE(() => {
      fields.push(this.SUBRULE(this.fieldDeclaration));
    });
    this.CONSUME(Dedent);
    const span = join(first, name);
    return this.tree.node({ kind: "type_declaration", name: nameOf(name), fields, span });
  });

  private readonly fieldDeclaration = this.RULE("fieldDeclaration", (): FieldDeclaration => {
    this.OPTION(() => this.CONSUME(T.Varip));
    const type = this.SUBRULE(this.typeName);
    const name = nameOf(this.CONSUME(T.Word));
    const standard =
      this.OPTION2(() => {
        this.CONSUME(T.Equal);
        return this.SUBRULE(this.expression);
      }) ?? null;
    this.CONSUME(Newline);
    return {
      type,
      name,
      standard,
      start: type?.start ?? name.start,
      end: standard?.span?.end ?? name.end,
    };
  });

  private readonly enumDeclaration = this.RULE("enumDeclaration", (): Statement => {
    const first = this.CONSUME(T.Word);
    const name = this.CONSUME2(T.Word);
    this.CONSUME(Newline);
    this.CONSUME(Indent);
    const members: { name: Name; title: string | null }[] = [];
    this.AT_LEAST_ONE(() => {
      const member = nameOf(this.CONSUME3(T.Word));
      const title =
        this.OPTION(() => {
          this.CONSUME(T.Equal);
          return unquote(this.CONSUME(T.TextToken).image);
        }) ?? null;
      members.push({ name: member, title });
      this.CONSUME2(Newline);
    });
    this.CONSUME(Dedent);
    const span = join(first, name);
    return this.tree.node({ kind: "enum_declaration", name: nameOf(name), members, span });
  });

  private readonly expressionStatement = this.RULE("expressionStatement", (): Statement => {
    const expression = this.SUBRULE(this.value);
    return this.tree.node({
      kind: "expression_statement",
      expression,
      span: around(undefined, expression),
    });
  });

  /** What can stand behind `=`, `=>` and alone in a line. */
  private readonly value = this.RULE("value", (): Expression => {
    return this.OR<Expression>([
      { ALT: () => this.SUBRULE(this.ifElse) },
      { ALT: () => this.SUBRULE(this.switchCases) },
      { ALT: () => this.SUBRULE(this.forLoop) },
      { ALT: () => this.SUBRULE(this.whileLoop) },
      { ALT: () => this.SUBRULE(this.expression) },
    ]);
  });

  /** An indented block, or statements in the same line. */
  private readonly body = this.RULE("body", (): Block => {
    return this.OR([
      { ALT: () => this.SUBRULE(this.block) },
      {
        ALT: () => {
          const statements: Statement[] = [];
          this.SUBRULE(this.statements, { ARGS: [statements] });
          return this.ACTION(() => blockOf(statements, this.LA(0)));
        },
      },
    ]);
  });

  private readonly block = this.RULE("block", (): Block => {
    const statements: Statement[] = [];
    this.CONSUME(Newline);
    this.CONSUME(Indent);
    this.AT_LEAST_ONE(() => this.SUBRULE(this.line, { ARGS: [statements] }));
    const end = this.CONSUME(Dedent);
    return this.ACTION(() => blockOf(statements, end));
  });

  private readonly ifElse = this.RULE("ifElse", (): Expression => {
    const first = this.CONSUME(T.If);
    const branches = [
      { start: first, test: this.SUBRULE(this.expression), then: this.SUBRULE(this.block) },
    ];
    this.MANY({
      GATE: () => this.LA(2).tokenType === T.If,
      DEF: () => {
        this.CONSUME(T.Else);
        const start = this.CONSUME2(T.If);
        branches.push({
          start,
          test: this.SUBRULE2(this.expression),
          then: this.SUBRULE2(this.block),
        });
      },
    });
    let otherwise: Block | null =
      this.OPTION(() => {
        this.CONSUME2(T.Else);
        return this.SUBRULE3(this.block);
      }) ?? null;
    return this.ACTION(() => {
      let whole: Expression | undefined;
      for (const { start, test, then } of branches.reverse()) {
        const span = around(spanOf(start), { span: otherwise ?? then ?? spanOf(start) });
        whole = this.tree.node<Expression>({ kind: "if", test, then, otherwise, span });
        otherwise = {
          statements: [this.tree.node({ kind: "expression_statement", expression: whole, span })],
          ...span,
        };
      }
      return whole!;
    });
  });

  private readonly switchCases = this.RULE("switchCases", (): Expression => {
    const first = this.CONSUME(T.Switch);
    const subject = this.OPTION(() => this.SUBRULE(this.expression)) ?? null;
    const cases: Switch["cases"][number][] = [];
    this.CONSUME(Newline);
    this.CONSUME(Indent);
    this.AT_LEAST_ONE(() => {
      const test = this.OPTION2(() => this.SUBRULE2(this.expression)) ?? null;
      this.CONSUME(T.Arrow);
      const body = this.SUBRULE(this.body);
      this.SUBRULE(this.lineEnd);
      cases.push({ test, body });
    });
    this.CONSUME(Dedent);
    const end = cases.at(-1)?.body ?? spanOf(first);
    return this.tree.node({
      kind: "switch",
      subject,
      cases,
      span: around(spanOf(first), { span: end }),
    });
  });

  private readonly forLoop = this.RULE("forLoop", (): Expression => {
    const first = this.CONSUME(T.For);
    const counting = this.RECORDING_PHASE || !this.isForIn();
    return this.OR<Expression>({
      IGNORE_AMBIGUITIES: true,
      DEF: [
        { GATE: () => counting, ALT: () => this.SUBRULE(this.counting, { ARGS: [first] }) },
        { ALT: () => this.SUBRULE(this.each, { ARGS: [first] }) },
      ],
    });
  });

  private readonly counting = this.RULE("counting", (first: IToken): Expression => {
    const typed = this.RECORDING_PHASE || this.typeThenWord(1) > 0;
    this.OPTION({ GATE: () => typed, DEF: () => this.SUBRULE(this.typeName) });
    const counter = nameOf(this.CONSUME(T.Word));
    this.CONSUME(T.Equal);
    const from = this.SUBRULE(this.expression);
    this.CONSUME(T.To);
    const to = this.SUBRULE2(this.expression);
    const by =
      this.OPTION2(() => {
        this.CONSUME(T.By);
        return this.SUBRULE3(this.expression);
      }) ?? null;
    const body = this.SUBRULE(this.block);
    return this.tree.node({
      kind: "for",
      counter,
      from,
      to,
      by,
      body,
      span: around(spanOf(first), { span: body }),
    });
  });

  private readonly each = this.RULE("each", (first: IToken): Expression => {
    let index: Name | null = null;
    const item = this.OR<Name>([
      { ALT: () => nameOf(this.CONSUME(T.Word)) },
      {
        ALT: () => {
          this.CONSUME(T.OpenBracket);
          index = nameOf(this.CONSUME2(T.Word));
          this.CONSUME(T.Comma);
          const item = nameOf(this.CONSUME3(T.Word));
          this.CONSUME(T.CloseBracket);
          return item;
        },
      },
    ]);
    this.CONSUME(T.In);
    const array = this.SUBRULE(this.expression);
    const body = this.SUBRULE(this.block);
    return this.tree.node({
      kind: "for_in",
      index,
      item,
      array,
      body,
      span: around(spanOf(first), { span: body }),
    });
  });

  private readonly whileLoop = this.RULE("whileLoop", (): Expression => {
    const first = this.CONSUME(T.While);
    const test = this.SUBRULE(this.expression);
    const body = this.SUBRULE(this.block);
    return this.tree.node({
      kind: "while",
      test,
      body,
      span: around(spanOf(first), { span: body }),
    });
  });

  readonly expression = this.RULE("expression", (): Expression => {
    const test = this.SUBRULE(this.disjunction);
    return (
      this.OPTION(() => {
        this.CONSUME(T.Question);
        const then = this.SUBRULE(this.expression);
        this.CONSUME(T.Colon);
        const otherwise = this.SUBRULE2(this.expression);
        return this.tree.node<Expression>({
          kind: "ternary",
          test,
          then,
          otherwise,
          span: around(test?.span, otherwise),
        });
      }) ?? test
    );
  });

  private readonly disjunction = this.RULE("disjunction", (): Expression => {
    let left = this.SUBRULE(this.conjunction);
    this.MANY(() => {
      this.CONSUME(T.Or);
      left = this.binary("or", left, this.SUBRULE2(this.conjunction));
    });
    return left;
  });

  private readonly conjunction = this.RULE("conjunction", (): Expression => {
    let left = this.SUBRULE(this.equality);
    this.MANY(() => {
      this.CONSUME(T.And);
      left = this.binary("and", left, this.SUBRULE2(this.equality));
    });
    return left;
  });

  private readonly equality = this.RULE("equality", (): Expression => {
    let left = this.SUBRULE(this.comparison);
    this.MANY(() => {
      const op = this.CONSUME(T.Equality);
      left = this.binary(op.image, left, this.SUBRULE2(this.comparison));
    });
    return left;
  });

  private readonly comparison = this.RULE("comparison", (): Expression => {
    let left = this.SUBRULE(this.sum);
    this.MANY(() => {
      const op = this.CONSUME(T.Compare);
      left = this.binary(op.image, left, this.SUBRULE2(this.sum));
    });
    return left;
  });

  private readonly sum = this.RULE("sum", (): Expression => {
    let left = this.SUBRULE(this.product);
    this.MANY(() => {
      const op = this.CONSUME(T.Sum);
      left = this.binary(op.image, left, this.SUBRULE2(this.product));
    });
    return left;
  });

  private readonly product = this.RULE("product", (): Expression => {
    let left = this.SUBRULE(this.unary);
    this.MANY(() => {
      const op = this.CONSUME(T.Product);
      left = this.binary(op.image, left, this.SUBRULE2(this.unary));
    });
    return left;
  });

  private readonly unary = this.RULE("unary", (): Expression => {
    const signs: IToken[] = [];
    this.MANY(() => {
      signs.push(this.OR([{ ALT: () => this.CONSUME(T.Not) }, { ALT: () => this.CONSUME(T.Sum) }]));
    });
    let operand = this.SUBRULE(this.postfix);
    this.ACTION(() => {
      for (const sign of signs.reverse()) {
        const op = sign.image as "-" | "+" | "not";
        operand = this.tree.node({
          kind: "unary",
          op,
          operand,
          span: around(spanOf(sign), operand),
        });
      }
    });
    return operand;
  });

  private readonly postfix = this.RULE("postfix", (): Expression => {
    let value = this.SUBRULE(this.primary);
    this.MANY(() => {
      value = this.OR<Expression>([
        {
          ALT: () => {
            this.CONSUME(T.OpenBracket);
            const offset = this.SUBRULE(this.expression);
            const end = spanOf(this.CONSUME(T.CloseBracket)).end;
            const span = { start: value?.span?.start ?? end, end };
            return this.tree.node({ kind: "history", source: value, offset, span });
          },
        },
        {
          ALT: () => {
            this.CONSUME(T.Dot);
            const callee = nameOf(this.CONSUME(T.Word));
            const call = this.OPTION(() => this.SUBRULE(this.args));
            const end = call?.end ?? callee.end;
            const span = { start: value?.span?.start ?? end, end };
            if (call === undefined)
              return this.tree.node({ kind: "field", source: value, name: callee, span });
            const { args } = call;
            return this.tree.node({
              kind: "call",
              callee,
              receiver: value,
              typeArgs: [],
              args,
              span,
            });
          },
        },
      ]);
    });
    return value;
  });

  private readonly primary = this.RULE("primary", (): Expression => {
    return this.OR<Expression>([
      {
        ALT: () => {
          const token = this.CONSUME(T.NumberToken);
          const integer = /^\d+$/.test(token.image);
          return { kind: "number", value: Number(token.image), integer, span: spanOf(token) };
        },
      },
      {
        ALT: () => {
          const token = this.CONSUME(T.TextToken);
          return { kind: "text", value: unquote(token.image), span: spanOf(token) };
        },
      },
      {
        ALT: () => {
          const token = this.CONSUME(T.OpenText);
          return { kind: "text", value: token.image.slice(1), span: spanOf(token) };
        },
      },
      {
        ALT: () => {
          const token = this.CONSUME(T.ColorToken);
          return { kind: "color", value: token.image, span: spanOf(token) };
        },
      },
      { ALT: () => ({ kind: "bool", value: true, span: spanOf(this.CONSUME(T.True)) }) },
      { ALT: () => ({ kind: "bool", value: false, span: spanOf(this.CONSUME(T.False)) }) },
      { ALT: () => this.SUBRULE(this.nameOrCall) },
      {
        ALT: () => {
          this.CONSUME(T.OpenParen);
          const inner = this.SUBRULE(this.expression);
          this.CONSUME(T.CloseParen);
          return inner;
        },
      },
      { ALT: () => this.SUBRULE(this.tuple) },
    ]);
  });

  private readonly tuple = this.RULE("tuple", (): Expression => {
    const open = this.CONSUME(T.OpenBracket);
    const items: Expression[] = [];
    this.AT_LEAST_ONE_SEP({
      SEP: T.Comma,
      DEF: () => {
        items.push(this.SUBRULE(this.expression));
      },
    });
    const close = this.CONSUME(T.CloseBracket);
    return this.tree.node({ kind: "tuple", items, span: join(open, close) });
  });

  private readonly nameOrCall = this.RULE("nameOrCall", (): Expression => {
    const callee = nameOf(this.CONSUME(T.Word));
    const typeArgs: TypeName[] = [];
    this.OPTION({
      GATE: () => this.hasTypeArgs(),
      DEF: () => {
        this.CONSUME(T.Less);
        this.AT_LEAST_ONE_SEP({
          SEP: T.Comma,
          DEF: () => {
            typeArgs.push(this.SUBRULE(this.typeName));
          },
        });
        this.CONSUME(T.Greater);
      },
    });
    const call = this.OPTION2(() => this.SUBRULE(this.args));
    const { start, end, text } = callee;
    if (call === undefined) return { kind: "identifier", name: text, span: { start, end } };
    const span = { start, end: call.end };
    const { args } = call;
    return this.tree.node({ kind: "call", callee, receiver: null, typeArgs, args, span });
  });

  private readonly args = this.RULE(
    "args",
    (): { args: Argument[]; end: number } => {
      const args: Argument[] = [];
      this.CONSUME(T.OpenParen);
      this.MANY_SEP({
        SEP: T.Comma,
        DEF: () => {
          args.push(this.SUBRULE(this.argument));
        },
      });
      return { args, end: spanOf(this.CONSUME(T.CloseParen)).end };
    },
    { recoveryValueFunc: () => ({ args: [], end: 0 }) },
  );

  private readonly argument = this.RULE("argument", (): Argument => {
    const named = this.LA(1).tokenType === T.Word && this.LA(2).tokenType === T.Equal;
    const name =
      this.OPTION({
        GATE: () => named,
        DEF: () => {
          const name = nameOf(this.CONSUME(T.Word));
          this.CONSUME(T.Equal);
          return name;
        },
      }) ?? null;
    const value = this.SUBRULE(this.expression);
    const span = value?.span ?? { start: 0, end: 0 };
    return { name, value, start: name?.start ?? span.start, end: span.end };
  });

  private binary(op: string, left: Expression, right: Expression): Expression {
    const span = around(left?.span, right);
    return this.tree.node({ kind: "binary", op: op as BinaryOperator, left, right, span });
  }

  // Looking ahead, where two tokens do not tell.

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

  private is(at: number, type: TokenType): boolean {
    return at > 0 && this.LA(at).tokenType === type;
  }

  /** The place behind the bracket that closes the one at `at`; 0 where none does in this line. */
  private behindBrackets(at: number): number {
    let depth = 0;
    for (let k = at; ; k++) {
      const { tokenType } = this.LA(k);
      if (tokenType === T.OpenParen || tokenType === T.OpenBracket) depth++;
      else if (tokenType === T.CloseParen || tokenType === T.CloseBracket) depth--;
      else if (tokenType === EOF || tokenType === Newline) return 0;
      if (depth === 0) return k + 1;
    }
  }

  /** Where a word stands behind a type that begins at `at`: `float x`, `series int[] x`; 0 where none does. */
  private typeThenWord(at: number): number {
    let next = at;
    if (QUALIFIERS.includes(this.LA(at).image) && this.is(at + 1, T.Word)) {
      const behind = this.behindType(at + 1);
      if (this.is(behind, T.Word)) return behind;
    }
    next = this.behindType(at);
    return this.is(next, T.Word) ? next : 0;
  }

  /** The place behind a type without a qualifier; 0 where there is none. */
  private behindType(at: number, nesting = 0): number {
    if (!this.is(at, T.Word) || nesting > 8) return 0;
    let next = at + 1;
    if (this.is(next, T.Less)) {
      do {
        next = this.behindType(next + 1, nesting + 1);
        if (next === 0) return 0;
      } while (this.is(next, T.Comma));
      if (!this.is(next, T.Greater)) return 0;
      next++;
    }
    return this.is(next, T.OpenBracket) && this.is(next + 1, T.CloseBracket) ? next + 2 : next;
  }

  /** `new<float>(`. */
  private hasTypeArgs(): boolean {
    if (!this.is(1, T.Less)) return false;
    let next = 1;
    do {
      next = this.behindType(next + 1);
      if (next === 0) return false;
    } while (this.is(next, T.Comma));
    return this.is(next, T.Greater) && this.is(next + 1, T.OpenParen);
  }

  private isForIn(): boolean {
    return this.is(2, T.In) || this.is(1, T.OpenBracket);
  }
}

/** Thrown through the rules once there are errors enough. */
export class TooManyErrors extends Error {}

/** Rules give nothing for what could not be read. */
function keep(body: Statement[], statement: Statement | undefined): void {
  if (statement !== undefined) body.push(statement);
}

/** While the grammar is recorded there are no tokens. */
export function spanOf(token: IToken | undefined): Span {
  const { startOffset = 0, image = "" } = token ?? {};
  return { start: startOffset, end: startOffset + image.length };
}

function nameOf(token: IToken): Name {
  return { ...spanOf(token), text: token.image };
}

function join(first: IToken, last: IToken): Span {
  return { start: first.startOffset, end: spanOf(last).end };
}

function around(start: Span | undefined, end: { readonly span: Span } | undefined): Span {
  const from = start ?? end?.span ?? { start: 0, end: 0 };
  return { start: from.start, end: end?.span?.end ?? from.end };
}

function widen(span: Span | undefined, by: Span | undefined): Span {
  const known = span ?? by ?? { start: 0, end: 0 };
  return { start: Math.min(known.start, by?.start ?? known.start), end: known.end };
}

function blockOf(statements: readonly Statement[], end: IToken): Block {
  const close = spanOf(end).end;
  const first = statements[0]?.span?.start ?? close;
  return { statements, start: first, end: statements.at(-1)?.span?.end ?? close };
}
