import { DEFAULT_CASH } from "./backtest/orders.ts";
import type { CompileOptions } from "./compile-rules.ts";
import { type Diagnostic, diagnose } from "./diagnostics/index.ts";
import type { CheckedDocument, StrategyDocument } from "./dsl/document.ts";
import { lower } from "./dsl/lower.ts";
import { walkObjects } from "./dsl/meaning/walk.ts";
import { type ParsedRules, parseRules } from "./dsl/parse-rules.ts";
import type { NotInText } from "./dsl/text/print/expression-text.ts";
import { printStrategy, type StrategyWords } from "./dsl/text/print/print-strategy.ts";
import type { IrProgram } from "./ir/index.ts";

export interface TextOfRules {
  /** Absent where a diagnostic is an error. */
  readonly text?: string;
  /** Everything that has no counterpart, and what is left out. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Least time between orders, in seconds, up to which it cannot hold back an order on bars of a minute and more. */
const NO_COOLDOWN = 60;

/**
 * A rule document or paper-run body as a script: with fixed quantities it runs to the same trades, and it has the same
 * strategy_id where no least time between orders was left out.
 *
 *     document → rules IR → text
 */
export function toText(source: string | object, options: CompileOptions = {}): TextOfRules {
  const parsed = parseRules(source, options);
  if (!parsed.document) return { diagnostics: parsed.diagnostics };
  const { strategy } = parsed.document;
  const ir = lower(strategy);
  const findings = new DocumentFindings(parsed, parsed.document);
  findings.outside(ir);
  const printed = printStrategy(ir, wordsOf(parsed.document, titleOf(options.file)));
  for (const problem of printed.problems) findings.missing(problem);
  for (const { name, next } of printed.renamed)
    findings.add("text_renamed", { name, next }, `/params/${name}`);
  for (const { rule, what } of printed.sizes)
    findings.add("text_size", { what }, `/rules/${rule}/then`);
  const diagnostics = [...parsed.diagnostics, ...findings.all];
  const failed = diagnostics.some(({ severity }) => severity === "error");
  return { ...(failed ? {} : { text: printed.text }), diagnostics };
}

/** The name of the file, in words. */
function titleOf(file: string | undefined): string | null {
  const name = file?.match(/([^/\\]+?)(?:\.\w+)?$/)?.[1] ?? "";
  return /^\w/.test(name) ? name.replaceAll(/[_-]+/g, " ") : null;
}

function wordsOf({ strategy, paperRun }: CheckedDocument, name: string | null): StrategyWords {
  return {
    title: strategy.comment ?? name ?? strategy.type,
    comments: strategy.type === "rule_based" ? strategy.rules.map(({ comment }) => comment) : [],
    ranges: strategy.params ?? {},
    cash: paperRun?.cash ?? DEFAULT_CASH,
    commission: paperRun?.commission ?? 0,
  };
}

/** What is found in a document, at its places. */
class DocumentFindings {
  readonly all: Diagnostic[] = [];
  readonly #parsed: ParsedRules;
  readonly #strategy: StrategyDocument;
  readonly #paperRun: CheckedDocument["paperRun"];
  readonly #at: string;

  constructor(parsed: ParsedRules, { strategy, paperRun }: CheckedDocument) {
    this.#parsed = parsed;
    this.#strategy = strategy;
    this.#paperRun = paperRun;
    this.#at = paperRun === null ? "" : "/config/strategy";
  }

  add<C extends "text_renamed" | "text_size" | "text_left_out" | "text_no_counterpart">(
    code: C,
    params: Parameters<typeof diagnose<C>>[1],
    pointer: string,
  ): void {
    this.all.push(diagnose(code, params, this.#parsed.locate(this.#at + pointer)));
  }

  missing({ construct, advice, func }: NotInText): void {
    this.add(
      "text_no_counterpart",
      { construct, advice },
      func === undefined ? "" : this.#place(func),
    );
  }

  /** What stands beside the rules. */
  outside(ir: IrProgram): void {
    const strategy = this.#strategy;
    if (ir.dialect !== "tv") {
      const construct = `the dialect ${ir.dialect}`;
      this.add(
        "text_no_counterpart",
        { construct, advice: "scripts are of TradingView" },
        "/dialect",
      );
    }
    if (ir.exits) {
      const advice =
        "a script knows the entry price only after the bar of the fill, and strategy.exit() reckons from each entry, exits from the average of all; write one by hand where that will do";
      this.add("text_no_counterpart", { construct: "exits", advice }, "/exits");
    }
    this.#cooldown(ir);
    if (strategy.candle_interval !== undefined) {
      this.#left(
        `candle_interval ${strategy.candle_interval}`,
        `run it with --interval ${strategy.candle_interval}`,
        "/candle_interval",
      );
    }
    const run = this.#paperRun;
    if (run?.startsAt != null || run?.finishesAt != null)
      this.#left("the time of the paper run", "run it with --from and --to", "");
    if (run && run.latencyMs > 0)
      this.#left("the latency of the paper run", "scripts have none", "");
    if (run?.symbol != null) this.#left(`the symbol ${run.symbol}`, "run it with --symbol", "");
  }

  #cooldown({ cooldown }: IrProgram): void {
    if (cooldown.kind === "literal" && cooldown.value === 0) return;
    const pointer = "interval_secs" in this.#strategy ? "/interval_secs" : "";
    if (cooldown.kind === "literal" && cooldown.value <= NO_COOLDOWN) {
      const what = `interval_secs ${cooldown.value}`;
      this.#left(
        what,
        "on bars of a minute or more it changes no order; the script has another strategy_id",
        pointer,
      );
      return;
    }
    const advice = "interval_secs of at most 60 can be left out";
    this.add("text_no_counterpart", { construct: "a least time between orders", advice }, pointer);
  }

  #left(what: string, consequence: string, pointer: string): void {
    this.add("text_left_out", { what, consequence }, pointer);
  }

  /** The first use of a function. */
  #place(func: string): string {
    let found: string | undefined;
    walkObjects(this.#strategy, "", (object, pointer) => {
      if (object["kind"] === "func" && object["name"] === func) found ??= pointer;
    });
    return found === undefined ? "" : `${found}/name`;
  }
}
