import type { EnumDeclaration, Name, Statement, TypeDeclaration } from "../ast.ts";
import type { Context } from "./context.ts";
import { importLibrary } from "./imports.ts";
import type { Scope, UserField } from "./scope.ts";
import { namedType } from "./types.ts";

/** Types, enums and libraries of a script: known by name before anything else is looked at. */
export function collectTypes(
  ctx: Context,
  scope: Scope,
  body: readonly (Statement | undefined)[],
): void {
  const types: TypeDeclaration[] = [];
  for (const statement of body) {
    if (statement === undefined || ctx.holes.statements.has(statement)) continue;
    if (statement.kind === "unsupported") importLibrary(ctx, scope, statement.span);
    if (statement.kind === "enum_declaration" && isNew(ctx, statement.name))
      collectEnum(ctx, statement);
    if (statement.kind === "type_declaration" && isNew(ctx, statement.name)) {
      const { text } = statement.name;
      ctx.types.set(text, { name: text, span: statement.name, fields: [] });
      types.push(statement);
    }
  }
  // Fields may be of types that are declared below.
  for (const { name, fields } of types) {
    const known = new Map<string, UserField>();
    for (const { type, name: field, standard } of fields) {
      const twin = known.has(field.text)
        ? fields.find((one) => one.name.text === field.text)
        : null;
      if (twin) {
        ctx.report("script_redeclared", { name: field.text, line: ctx.line(twin) }, field);
        continue;
      }
      const found = namedType(type, ctx);
      if (found === null)
        ctx.report("script_type_unknown", { name: type.name, meant: undefined }, type);
      known.set(field.text, { name: field.text, type: found ?? "unknown", standard });
    }
    ctx.types.set(name.text, { name: name.text, span: name, fields: [...known.values()] });
  }
}

function isNew(ctx: Context, { text, start, end }: Name): boolean {
  const known = ctx.types.get(text) ?? ctx.enums.get(text);
  if (known === undefined) return true;
  ctx.report("script_redeclared", { name: text, line: ctx.line(known.span) }, { start, end });
  return false;
}

function collectEnum(ctx: Context, { name, members }: EnumDeclaration): void {
  const texts = new Map<string, string>();
  for (const { name: member, title } of members) {
    const twin = members.find((one) => one.name.text === member.text)!;
    if (texts.has(member.text)) {
      ctx.report("script_redeclared", { name: member.text, line: ctx.line(twin.name) }, member);
      continue;
    }
    // Members with one title are still told apart.
    const taken = title === null || [...texts.values()].includes(title);
    texts.set(member.text, taken ? member.text : title);
  }
  ctx.enums.set(name.text, { name: name.text, span: name, members: texts });
}
