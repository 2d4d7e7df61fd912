import { escapeTerminal } from "../diagnostics/index.ts";
import { type Ansi, ansi } from "./ansi.ts";
import type {
  ExplainedCause,
  ExplainedRule,
  ExplainedStatement,
  ExplainedValue,
  Explanation,
} from "./explanation.ts";
import { minute, plain } from "./format.ts";

type Value = number | boolean | string | null;

/** Column at which values stand, beyond the text that is longer. */
const WIDTH = 56;

/** An explanation for people: the bar, the position, then each rule or statement as an indented tree of its values. */
export function explanationText(
  told: Explanation,
  title: string,
  options: { readonly color: boolean },
): string {
  const page = new Page(ansi(options.color));
  page.head(told, title);
  for (const rule of told.rules ?? []) page.rule(rule);
  if (told.statements !== null) {
    page.blank();
    for (const statement of told.statements) page.statement(statement, 0);
  }
  page.outcomes(told.outcomes);
  return page.text;
}

class Page {
  readonly #paint: Ansi;
  readonly #lines: string[] = [];

  constructor(paint: Ansi) {
    this.#paint = paint;
  }

  get text(): string {
    return `${this.#lines.join("\n")}\n`;
  }

  blank(): void {
    this.#lines.push("");
  }

  head({ bar, position, params, strategy_id }: Explanation, title: string): void {
    const { index, time, open, high, low, close, volume } = bar;
    const prices = Object.entries({ open, high, low, close, volume }).map(
      ([name, value]) => `${name} ${shown(value)}`,
    );
    const held = position.quantity === 0 ? "" : ` ${plain(Math.abs(position.quantity))}`;
    this.#lines.push(
      `${this.#paint.bold(escapeTerminal(title))} ${this.#paint.dim(strategy_id)}`,
      `bar ${index}, ${minute(time)} UTC: ${prices.join("  ")}`,
      `position ${position.state}${held}`,
    );
    const given = Object.entries(params).map(([name, value]) => `${name} = ${shown(value)}`);
    if (given.length > 0) this.#lines.push(escapeTerminal(given.join(", ")));
  }

  rule({ rule, comment, action, fired, because, when }: ExplainedRule): void {
    const { green, bold, dim } = this.#paint;
    this.blank();
    if (comment !== null) this.#lines.push(dim(escapeTerminal(`# ${comment}`)));
    const verdict = fired ? green("fired") : `did not fire: ${causes(because)}`;
    this.#lines.push(`${bold(`rule ${rule}`)}  ${escapeTerminal(action)}  ${verdict}`);
    this.#value(when, 1);
  }

  statement(one: ExplainedStatement, depth: number): void {
    const { kind, reached, because } = one;
    if (kind === "order") {
      const verdict = reached ? this.#paint.green("called") : `not called: ${causes(because)}`;
      this.#line(one, depth, verdict);
    } else if (!reached) {
      this.#line(one, depth, this.#paint.dim("not reached"));
    } else {
      const told = kind === "set" || kind === "if" ? this.#shown(one.value, one.reason) : "";
      this.#line(one, depth, told);
    }
    if (reached) for (const part of one.parts) this.#value(part, depth + 4);
    for (const inner of one.inside) this.statement(inner, depth + 1);
  }

  outcomes(outcomes: readonly string[]): void {
    if (outcomes.length === 0) return;
    this.blank();
    this.#lines.push("orders of this bar:");
    for (const outcome of outcomes) this.#lines.push(`  ${escapeTerminal(outcome)}`);
  }

  #line({ line, text }: ExplainedStatement, depth: number, verdict: string): void {
    const number = String(line).padStart(5);
    const said = `${"  ".repeat(depth)}${escapeTerminal(text)}`;
    this.#lines.push(`${this.#paint.dim(number)} ${padded(said, WIDTH - 6)}  ${verdict}`.trimEnd());
  }

  #value({ text, value, reason, parts }: ExplainedValue, depth: number): void {
    const said = `${"  ".repeat(depth)}${escapeTerminal(text)}`;
    this.#lines.push(`${padded(said, WIDTH)}  ${this.#shown(value, reason)}`.trimEnd());
    for (const part of parts) this.#value(part, depth + 1);
  }

  #shown(value: Value, reason: string | undefined): string {
    const { green, red, yellow, dim } = this.#paint;
    const why = reason === undefined ? "" : dim(` (${escapeTerminal(reason)})`);
    if (value === null) return `${yellow("na")}${why}`;
    if (typeof value === "boolean") return value ? green("true") : red("false");
    return escapeTerminal(shown(value));
  }
}

function padded(text: string, width: number): string {
  return text.padEnd(width);
}

/** Numbers with all their digits: two that differ in the last one are not equal. */
function shown(value: Value): string {
  return value === null ? "na" : String(value);
}

function causes(because: readonly ExplainedCause[]): string {
  if (because.length === 0) return "the script did not come by";
  return because
    .map(({ text, value, reason, line }) => {
      const where = line === undefined ? "" : ` (line ${line})`;
      const why = reason === undefined ? "" : `: ${reason}`;
      const state = value === null ? `na${why}` : String(value);
      return escapeTerminal(`${text}${where} is ${state}`);
    })
    .join("; ");
}
