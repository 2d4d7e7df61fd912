import { compileScript } from "../../compile-script.ts";
import { SwymcError } from "../../diagnostics/index.ts";
import { summary } from "../../report/index.ts";
import { rerunRow } from "../../sweep/rerun.ts";
import type { Context } from "../context.ts";
import { checkTablePath, writeTable } from "../write-table.ts";
import type { ShowOptions } from "./define-show.ts";

/** Runs a row of results again and prints it as `backtest` would. */
export async function runSweepShow(path: string, options: ShowOptions, { io }: Context) {
  for (const file of [options.trades, options.equity]) if (file !== undefined) checkTablePath(file);
  const { result, trades, equity, strategy } = await rerunRow(path, options.row, async (text) => {
    const { script, diagnostics } = compileScript(text);
    if (script === undefined) throw new SwymcError(diagnostics);
    return script;
  });
  if (options.trades !== undefined) writeTable(options.trades, trades);
  if (options.equity !== undefined) writeTable(options.equity, equity);
  if (options.json) io.out.write(`${JSON.stringify(result)}\n`);
  else io.out.write(summary(result, strategy, { color: io.outColor }));
}
