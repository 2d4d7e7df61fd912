import type { IToken, ParserMethod } from "chevrotain";
import type { Block, Expression, Name, Statement, Switch } from "../ast.ts";
import { Dedent, Indent, Newline } from "../lex/indentation.ts";
import * as T from "../lex/tokens.ts";
import { ExpressionRules } from "./expression-rules.ts";
import { around, blockOf, nameOf, spanOf } from "./spans.ts";

/** Blocks, and what is made of them: `if`, `switch` and loops, which have a value too. */
export abstract class BlockRules extends ExpressionRules {
  protected abstract readonly line: ParserMethod<[Statement[]], void>;
  protected abstract readonly statements: ParserMethod<[Statement[]], void>;
  protected abstract readonly lineEnd: ParserMethod<[], void>;

  /** What can stand behind `=`, `=>` and alone in a line. */
  protected readonly value = this.RULE("value", (): Expression => {
    return this.OR<Expression>([
      { ALT: () => this.SUBRULE(this.ifElse) },
      { ALT: () => this.SUBRULE(this.switchCases) },
      { ALT: () => this.SUBRULE(this.forLoop) },
      { ALT: () => this.SUBRULE(this.whileLoop) },
      { ALT: () => this.SUBRULE(this.expression) },
    ]);
  });

  /** An indented block, or statements in the same line. */
  protected readonly body = this.RULE("body", (): Block => {
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

  protected readonly block = this.RULE("block", (): Block => {
    const statements: Statement[] = [];
    this.CONSUME(Newline);
    this.CONSUME(Indent);
    this.AT_LEAST_ONE(() => this.SUBRULE(this.line, { ARGS: [statements] }));
    const end = this.CONSUME(Dedent);
    return this.ACTION(() => blockOf(statements, end));
  });

  protected readonly ifElse = this.RULE("ifElse", (): Expression => {
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

  protected readonly switchCases = this.RULE("switchCases", (): Expression => {
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

  protected readonly forLoop = this.RULE("forLoop", (): Expression => {
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

  protected readonly counting = this.RULE("counting", (first: IToken): Expression => {
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

  protected readonly each = this.RULE("each", (first: IToken): Expression => {
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

  protected readonly whileLoop = this.RULE("whileLoop", (): Expression => {
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
}
