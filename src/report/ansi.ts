/** Wraps text in terminal styles, or leaves it alone. */
export interface Ansi {
  readonly bold: Style;
  readonly dim: Style;
  readonly red: Style;
  readonly green: Style;
  readonly yellow: Style;
}

type Style = (text: string) => string;

export function ansi(enabled: boolean): Ansi {
  const style =
    (on: number, off: number): Style =>
    (text) =>
      enabled && text !== "" ? `\u001b[${on}m${text}\u001b[${off}m` : text;
  return {
    bold: style(1, 22),
    dim: style(2, 22),
    red: style(31, 39),
    green: style(32, 39),
    yellow: style(33, 39),
  };
}
