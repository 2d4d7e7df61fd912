import { fail } from "../../../diagnostics/index.ts";
import { normalise } from "../../column-names.ts";
import { isExtraName } from "../../store/staging.ts";
import { Aggregate, type MarketEvent } from "../aggregate.ts";
import type { ImportFormat, ImportSource } from "../format.ts";
import { type Line, linesOf } from "../text.ts";

type Json = Readonly<Record<string, unknown>>;
type Kind = "quotes" | "trades";

/** Keys that make up an event; other numbers become columns. */
const KEYS: Record<Kind, readonly string[]> = {
  quotes: ["timestamp", "instrument", "best_bid", "best_ask"],
  trades: ["timestamp", "instrument", "price", "amount"],
};
const MS = { s: 1e3, ms: 1, us: 1e-3, ns: 1e-6 };
const MOST_EXTRAS = 64;

/**
 * JSON Lines of market events, gathered into bars of the interval asked for: quotes
 * (`{"timestamp", "instrument", "best_bid", "best_ask", …}`, price the middle, volume na) or trades
 * (`{"timestamp", "instrument", "price", "amount"}`). Times are seconds unless said otherwise.
 */
export const marketEvents: ImportFormat = {
  name: "market_events",
  title: "JSON Lines of quotes or trades, gathered into bars",
  recognises: (source) => kindOf(source) !== null,
  async stage(session, source) {
    const { interval, timeUnit = "s" } = session.options;
    const kind = kindOf(source) as Kind;
    const { path } = source;
    if (interval === undefined) {
      const why = "events are gathered into bars of an interval";
      return fail("import_option_needed", { path, option: "--interval", why });
    }
    const aggregate = new Aggregate(interval);
    const reader = new EventReader(path, kind, MS[timeUnit]);
    for await (const lines of linesOf(source)) {
      for (const line of lines) {
        const { symbol, event } = reader.read(line);
        aggregate.add(symbol, event);
      }
    }
    await aggregate.stage(session);
    return { format: `market_${kind}` };
  },
};

/** What the first line of a source holds; null where it is no event. */
function kindOf({ head }: ImportSource): Kind | null {
  const [line = ""] = head
    .toString("utf8")
    .replace(/^\uFEFF/, "")
    .trimStart()
    .split(/\r?\n/, 1);
  if (!line.startsWith("{")) return null;
  const found = parsed(line);
  if (found === null || !Object.hasOwn(found, "timestamp")) return null;
  if (Object.hasOwn(found, "best_bid") && Object.hasOwn(found, "best_ask")) return "quotes";
  return Object.hasOwn(found, "price") && Object.hasOwn(found, "amount") ? "trades" : null;
}

class EventReader {
  private readonly names = new Map<string, string>();

  constructor(
    private readonly path: string,
    private readonly kind: Kind,
    private readonly ms: number,
  ) {}

  read(line: Line): { symbol: string | undefined; event: MarketEvent } {
    const found = parsed(line.text);
    if (found === null) this.wrong(line, `not a JSON object: ${line.text.slice(0, 80)}`);
    const number = (key: string) => {
      const value = (found as Json)[key];
      if (typeof value !== "number" || !Number.isFinite(value)) {
        return this.wrong(
          line,
          `${key} is ${JSON.stringify(value)?.slice(0, 80) ?? "missing"}, not a number`,
        );
      }
      return value;
    };
    const { instrument } = found as Json;
    if (instrument !== undefined && typeof instrument !== "string") {
      this.wrong(line, "instrument is not a text");
    }
    const time = number("timestamp") * this.ms;
    if (!(Math.abs(time) < 8.64e15)) this.wrong(line, "timestamp lies outside of all calendars");
    const quotes = this.kind === "quotes";
    const price = quotes ? (number("best_bid") + number("best_ask")) / 2 : number("price");
    const amount = quotes ? Number.NaN : number("amount");
    const extras = this.extras(found as Json, line);
    return { symbol: instrument as string | undefined, event: { time, price, amount, extras } };
  }

  /** Further numbers by the names of their columns; what is no number is left out. */
  private extras(found: Json, line: Line): Record<string, number> | undefined {
    let extras: Record<string, number> | undefined;
    for (const key in found) {
      const value = found[key];
      if (typeof value !== "number" || KEYS[this.kind].includes(key)) continue;
      extras ??= {};
      extras[this.column(key, line)] = value;
    }
    return extras;
  }

  private column(key: string, line: Line): string {
    const known = this.names.get(key);
    if (known !== undefined) return known;
    const name = normalise(key);
    const taken = [...this.names.values()].includes(name);
    if (!isExtraName(name) || taken) {
      this.wrong(
        line,
        `the number ${JSON.stringify(key.slice(0, 80))} cannot be a column of that name`,
      );
    }
    if (this.names.size === MOST_EXTRAS)
      this.wrong(line, `more than ${MOST_EXTRAS} further numbers`);
    this.names.set(key, name);
    return name;
  }

  private wrong({ number }: Line, problem: string): never {
    const format = `market_${this.kind}`;
    return fail("import_layout", { path: this.path, format, where: `line ${number}`, problem });
  }
}

function parsed(text: string): Json | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Json)
      : null;
  } catch {
    return null;
  }
}
