/** Letters of variables; those of the bar loops of scripts are with them. */
const LETTERS = "BCEHIKLMNPQRSTVWXbcefghijklmnopqrstuvwxyz";

/** A variable of generated code: a fixed letter and a number, so that no text of a user can become one. */
export class Name {
  readonly text: string;

  constructor(letter: string, index?: number) {
    if (letter.length !== 1 || !LETTERS.includes(letter)) throw new Error(`no variable ${letter}`);
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

  static literal(value: number): Code {
    if (Number.isNaN(value)) return new Code("NaN");
    if (!Number.isFinite(value)) throw new Error(`${value} is no value`);
    const text = Object.is(value, -0) ? "-0" : String(value);
    return new Code(text.startsWith("-") ? `(${text})` : text);
  }

  static word(name: string): Code {
    if (!/^[A-Za-z][A-Za-z0-9_]*$/.test(name)) throw new Error("no word of a fixed table");
    return new Code(name);
  }
}

/** A number as generated code has it: finite or na. */
export const literal = (value: number): Code => Code.literal(value);

/** A name out of a fixed table (of properties, methods, fields), checked to be one. */
export const word = (name: string): Code => Code.word(name);

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
