import ts from "typescript";

/**
 * How two TypeScript types differ in what values they admit: names, optionality, words, element types.
 * `readonly` does not count. Unions of objects are matched by their tag.
 */
export function typeDifferences(checker: ts.TypeChecker, left: ts.Type, right: ts.Type): string[] {
  const seen = new Set<string>();
  return compare(left, right, "");

  function compare(a: ts.Type, b: ts.Type, path: string): string[] {
    const key = `${id(a)}:${id(b)}`;
    if (seen.has(key)) return [];
    seen.add(key);
    const [as, bs] = [a, b].map((type) => split(type));
    const words = diffWords(as.plain, bs.plain, path);
    const tags = [...new Set([...as.objects.keys(), ...bs.objects.keys()])];
    return [
      ...words,
      ...tags.flatMap((tag) => {
        const [one, other] = [as.objects.get(tag), bs.objects.get(tag)];
        if (one === undefined || other === undefined) {
          return [`${path}: ${tag} only on the ${one === undefined ? "right" : "left"}`];
        }
        return compareObjects(one, other, `${path}<${tag}>`);
      }),
    ];
  }

  function compareObjects(a: ts.Type, b: ts.Type, path: string): string[] {
    if (isList(a) || isList(b)) return compareLists(a, b, path);
    const [aIndex, bIndex] = [a, b].map((type) =>
      checker.getIndexTypeOfType(type, ts.IndexKind.String),
    );
    const names = [...new Set([...a.getProperties(), ...b.getProperties()].map((one) => one.name))];
    return [
      ...(aIndex && bIndex ? compare(aIndex, bIndex, `${path}[]`) : []),
      ...(!aIndex !== !bIndex ? [`${path}: an index signature on one side only`] : []),
      ...names.flatMap((name) => {
        const [one, other] = [a.getProperty(name), b.getProperty(name)];
        if (!one || !other) return [`${path}.${name} only on the ${one ? "left" : "right"}`];
        const [oneOptional, otherOptional] = [one, other].map(
          (p) => (p.flags & ts.SymbolFlags.Optional) !== 0,
        );
        return [
          ...(oneOptional === otherOptional
            ? []
            : [`${path}.${name} is optional on one side only`]),
          ...compare(
            checker.getTypeOfSymbol(one),
            checker.getTypeOfSymbol(other),
            `${path}.${name}`,
          ),
        ];
      }),
    ];
  }

  function compareLists(a: ts.Type, b: ts.Type, path: string): string[] {
    const [x, y] = [a, b].map((type) => checker.getIndexTypeOfType(type, ts.IndexKind.Number));
    if (checker.isTupleType(a) !== checker.isTupleType(b))
      return [`${path}: a tuple on one side only`];
    return x && y ? compare(x, y, `${path}[]`) : [];
  }

  function isList(type: ts.Type): boolean {
    return checker.isArrayLikeType(type);
  }

  /** Words and primitives as text; objects by their tag. */
  function split(type: ts.Type) {
    const members = type.isUnion() ? type.types : [type];
    const plain: string[] = [];
    const objects = new Map<string, ts.Type>();
    for (const member of members) {
      if (member.flags & ts.TypeFlags.Undefined) continue;
      if (member.flags & ts.TypeFlags.Object || member.isIntersection())
        objects.set(tagOf(member), member);
      else plain.push(checker.typeToString(member));
    }
    return { plain, objects };
  }

  function tagOf(type: ts.Type): string {
    if (isList(type)) return "list";
    const tag = type.getProperty("kind") ?? type.getProperty("type");
    const literal = tag && checker.getTypeOfSymbol(tag);
    if (literal && isWords(literal))
      return checker.typeToString(literal).split(" | ").sort().join(" | ");
    const required = type
      .getProperties()
      .filter((one) => (one.flags & ts.SymbolFlags.Optional) === 0 && one.name !== "comment");
    return `{${required
      .map((one) => one.name)
      .sort()
      .join()}}`;
  }
}

function isWords(type: ts.Type): boolean {
  return type.isUnion() ? type.types.every((one) => one.isStringLiteral()) : type.isStringLiteral();
}

function diffWords(a: readonly string[], b: readonly string[], path: string): string[] {
  const only = (xs: readonly string[], ys: readonly string[]) => xs.filter((x) => !ys.includes(x));
  return [
    ...only(a, b).map((word) => `${path}: ${word} only on the left`),
    ...only(b, a).map((word) => `${path}: ${word} only on the right`),
  ];
}

function id(type: ts.Type): number {
  return (type as unknown as { id: number }).id;
}
