import type { FieldDeclaration, Name, ParamDeclaration, Statement } from "../ast.ts";
import { Dedent, Indent, Newline } from "../lex/indentation.ts";
import * as T from "../lex/tokens.ts";
import { BlockRules } from "./block-rules.ts";
import { around, join, nameOf, spanOf, widen } from "./spans.ts";
import { unquote } from "./unquote.ts";

/** What gives names to things: variables, functions and methods, types and enums. */
export abstract class DeclarationRules extends BlockRules {
  protected readonly modeDeclaration = this.RULE("modeDeclaration", (): Statement => {
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

  protected readonly typedDeclaration = this.RULE("typedDeclaration", (mode: string): Statement => {
    const type = this.SUBRULE(this.typeName);
    const declaration = this.SUBRULE(this.plainDeclaration, { ARGS: [mode] });
    return (
      declaration && ({ ...declaration, type, span: widen(declaration.span, type) } as Statement)
    );
  });

  protected readonly plainDeclaration = this.RULE("plainDeclaration", (mode: string): Statement => {
    const name = nameOf(this.CONSUME(T.Word));
    this.CONSUME(T.Equal);
    const value = this.SUBRULE(this.value);
    return this.tree.node({
      kind: "declaration",
      mode: mode as "bar",
      type: null,
      name,
      value,
      span: this.tree.around(name, value),
    });
  });

  protected readonly tupleDeclaration = this.RULE("tupleDeclaration", (): Statement => {
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
      span: this.tree.around(spanOf(open), value),
    });
  });

  protected readonly method = this.RULE("method", (): Statement => {
    this.CONSUME(T.Word);
    return this.SUBRULE(this.functionDeclaration, { ARGS: [false, true] });
  });

  protected readonly functionDeclaration = this.RULE(
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
      end: this.tree.whole(standard ?? undefined)?.end ?? name.end,
    };
  });

  protected readonly typeDeclaration = this.RULE("typeDeclaration", (): Statement => {
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
      end: this.tree.whole(standard ?? undefined)?.end ?? name.end,
    };
  });

  protected readonly enumDeclaration = this.RULE("enumDeclaration", (): Statement => {
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
}
