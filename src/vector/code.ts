/** A variable of generated code: a fixed letter and a number, so that no text of a user can become one. */
export class Name {
  readonly text: string;

  constructor(
    letter:
      | "C"
      | "M"
      | "S"
      | "b"
      | "c"
      | "e"
      | "g"
      | "h"
      | "i"
      | "j"
      | "k"
      | "m"
      | "n"
      | "p"
      | "q"
      | "s"
      | "t"
      | "u"
      | "w",
    index?: number,
  ) {
    this.text = index === undefined ? letter : `${letter}${index}`;
  }
}

/** A piece of generated JavaScript. Comes only from {@link code}: names, numbers and our own templates. */
export class Code {
  readonly text: string;

  private constructor(text: string) {
    this.text = text;
  }

  static of(strings: TemplateStringsArray, parts: readonly CodePart[]): Code {
    let text = strings[0]!;
    parts.forEach((part, k) => {
      text += partText(part) + strings[k + 1]!;
    });
    return new Code(text);
  }
}

export type CodePart = Name | Code | number | readonly Code[];

/** Template tag for generated code; arrays are joined line by line. */
export function code(strings: TemplateStringsArray, ...parts: CodePart[]): Code {
  return Code.of(strings, parts);
}

function partText(part: CodePart): string {
  if (part instanceof Name || part instanceof Code) return part.text;
  if (typeof part === "number") {
    if (!Number.isInteger(part) || part < 0) throw new Error(`${part} is no index`);
    return String(part);
  }
  return part.map((p) => p.text).join("\n");
}
