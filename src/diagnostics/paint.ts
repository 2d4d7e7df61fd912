export type Paint = Readonly<Record<"red" | "yellow" | "blue" | "bold", (text: string) => string>>;

/** ANSI colours, or functions that leave text as it is. */
export function painter(color: boolean): Paint {
  const code = (on: number, off: number) => (text: string) =>
    color ? `\u001b[${on}m${text}\u001b[${off}m` : text;
  return { red: code(31, 39), yellow: code(33, 39), blue: code(34, 39), bold: code(1, 22) };
}
