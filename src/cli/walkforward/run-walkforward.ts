import { equityTable } from "../../program/tables.ts";
import {
  type WalkForwardOptions,
  type WalkForwardRun,
  walkForward,
} from "../../walkforward/index.ts";
import { compileStrategy } from "../compile-document.ts";
import type { Context } from "../context.ts";
import { EXIT_CODES } from "../exit-codes.ts";
import { keepInputs } from "../keep-inputs.ts";
import { documentName } from "../read-document.ts";
import { reportDiagnostics } from "../report-errors.ts";
import { runOptionsOf } from "../run-options.ts";
import { sweepProgress } from "../sweep/sweep-progress.ts";
import type { WalkforwardOptions } from "../walkforward.ts";
import { checkTablePath, writeTable } from "../write-table.ts";
import { walkForwardText } from "./text.ts";

/** Compiles the strategy, walks forward and prints what came of it. */
export async function runWalkforward(
  path: string,
  options: WalkforwardOptions,
  context: Context,
): Promise<void> {
  const { io, exit } = context;
  if (options.equity !== undefined) checkTablePath(options.equity);
  keepInputs([path, options.data], [options.equity]);
  const json = options.json === true;
  const compiled = await compileStrategy(path, { json, warn: false }, context);
  if (compiled === null) return;
  const name = documentName(path);
  const done = await walked({ name, program: compiled.program }, options, io);
  if (done === null) {
    exit(EXIT_CODES.interrupted.code);
    return;
  }
  const { result, dataset, equity, firstBar } = done;
  if (options.equity !== undefined) {
    writeTable(options.equity, equityTable(dataset.bars, { start: firstBar, equity }));
  }
  reportDiagnostics(result.warnings, undefined, io);
  io.out.write(
    json
      ? `${JSON.stringify(result)}\n`
      : walkForwardText(result, { strategy: name, source: dataset.source, color: io.outColor }),
  );
}

/** Null where Ctrl-C stopped it. */
async function walked(
  strategy: Parameters<typeof walkForward>[0],
  options: WalkforwardOptions,
  io: Context["io"],
): Promise<WalkForwardRun | null> {
  const { param, where, search, samples, seed, split, ...rest } = options;
  const { data, objective, windows, anchored, embargo, threads } = options;
  const stop = new AbortController();
  const interrupt = () => stop.abort();
  let progress: ReturnType<typeof sweepProgress> | undefined;
  process.once("SIGINT", interrupt);
  try {
    return await walkForward(
      strategy,
      data,
      {
        search,
        ...(param === undefined ? {} : { params: param }),
        ...(where === undefined ? {} : { where }),
        ...(samples === undefined ? {} : { samples }),
        ...(seed === undefined ? {} : { seed }),
      },
      {
        ...(runOptionsOf(rest) as WalkForwardOptions),
        ...{ objective, windows, trainShare: split, anchored: anchored === true },
        ...(embargo === undefined ? {} : { embargo }),
        ...(threads === undefined ? {} : { threads }),
        signal: stop.signal,
        onPlan: (total) => {
          progress = sweepProgress(io, total);
        },
        onProgress: (at) => progress?.step(at),
      },
    );
  } finally {
    process.removeListener("SIGINT", interrupt);
    progress?.end();
  }
}
