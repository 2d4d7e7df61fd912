import type { IToken } from "chevrotain";
import type { Argument, BinaryOperator, Expression, TypeName } from "../ast.ts";
import * as T from "../lex/tokens.ts";
import { LookAhead, QUALIFIERS } from "./look-ahead.ts";
import { join, nameOf, spanOf } from "./spans.ts";
import { unquote } from "./unquote.ts";

/** Types and expressions, from the loosest operator to the tightest. */
export abstract class ExpressionRules extends LookAhead {
  protected readonly typeName = this.RULE("typeName", (): TypeName => {
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
          span: this.tree.around(test, otherwise),
        });
      }) ?? test
    );
  });

  protected readonly disjunction = this.RULE("disjunction", (): Expression => {
    let left = this.SUBRULE(this.conjunction);
    this.MANY(() => {
      this.CONSUME(T.Or);
      left = this.binary("or", left, this.SUBRULE2(this.conjunction));
    });
    return left;
  });

  protected readonly conjunction = this.RULE("conjunction", (): Expression => {
    let left = this.SUBRULE(this.equality);
    this.MANY(() => {
      this.CONSUME(T.And);
      left = this.binary("and", left, this.SUBRULE2(this.equality));
    });
    return left;
  });

  protected readonly equality = this.RULE("equality", (): Expression => {
    let left = this.SUBRULE(this.comparison);
    this.MANY(() => {
      const op = this.CONSUME(T.Equality);
      left = this.binary(op.image, left, this.SUBRULE2(this.comparison));
    });
    return left;
  });

  protected readonly comparison = this.RULE("comparison", (): Expression => {
    let left = this.SUBRULE(this.sum);
    this.MANY(() => {
      const op = this.CONSUME(T.Compare);
      left = this.binary(op.image, left, this.SUBRULE2(this.sum));
    });
    return left;
  });

  protected readonly sum = this.RULE("sum", (): Expression => {
    let left = this.SUBRULE(this.product);
    this.MANY(() => {
      const op = this.CONSUME(T.Sum);
      left = this.binary(op.image, left, this.SUBRULE2(this.product));
    });
    return left;
  });

  protected readonly product = this.RULE("product", (): Expression => {
    let left = this.SUBRULE(this.unary);
    this.MANY(() => {
      const op = this.CONSUME(T.Product);
      left = this.binary(op.image, left, this.SUBRULE2(this.unary));
    });
    return left;
  });

  protected readonly unary = this.RULE("unary", (): Expression => {
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
          span: this.tree.around(spanOf(sign), operand),
        });
      }
    });
    return operand;
  });

  protected readonly postfix = this.RULE("postfix", (): Expression => {
    let value = this.SUBRULE(this.primary);
    this.MANY(() => {
      value = this.OR<Expression>([
        {
          ALT: () => {
            this.CONSUME(T.OpenBracket);
            const offset = this.SUBRULE(this.expression);
            const end = spanOf(this.CONSUME(T.CloseBracket)).end;
            const span = { start: this.tree.whole(value)?.start ?? end, end };
            return this.tree.node({ kind: "history", source: value, offset, span });
          },
        },
        {
          ALT: () => {
            this.CONSUME(T.Dot);
            const callee = nameOf(this.CONSUME(T.Word));
            const call = this.OPTION(() => this.SUBRULE(this.args));
            const end = call?.end ?? callee.end;
            const span = { start: this.tree.whole(value)?.start ?? end, end };
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

  protected readonly primary = this.RULE("primary", (): Expression => {
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
          const open = this.CONSUME(T.OpenParen);
          const inner = this.SUBRULE(this.expression);
          const close = this.CONSUME(T.CloseParen);
          return this.tree.bracketed(inner, join(open, close));
        },
      },
      { ALT: () => this.SUBRULE(this.tuple) },
    ]);
  });

  protected readonly tuple = this.RULE("tuple", (): Expression => {
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

  protected readonly nameOrCall = this.RULE("nameOrCall", (): Expression => {
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

  protected readonly args = this.RULE(
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

  protected readonly argument = this.RULE("argument", (): Argument => {
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
    const span = this.tree.around(undefined, value);
    return { name, value, start: name?.start ?? span.start, end: span.end };
  });

  protected binary(op: string, left: Expression, right: Expression): Expression {
    const span = this.tree.around(left, right);
    return this.tree.node({ kind: "binary", op: op as BinaryOperator, left, right, span });
  }
}
