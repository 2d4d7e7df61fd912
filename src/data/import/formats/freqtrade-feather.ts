import { statSync } from "node:fs";
import { readArrow } from "../../arrow-ipc.ts";
import { stageColumns } from "../../store/stage-columns.ts";
import { toEpochMs } from "../../time-values.ts";
import type { ImportFormat } from "../format.ts";
import { freqtradeName, isFreqtradeName } from "./freqtrade-name.ts";

/** Bars of freqtrade in Arrow IPC (Feather version 2), LZ4-compressed. */
export const freqtradeFeather: ImportFormat = {
  name: "freqtrade_feather",
  title: "bars of freqtrade (feather)",
  recognises: ({ name, head }) =>
    isFreqtradeName(name) && head.subarray(0, 6).toString("latin1") === "ARROW1",
  async stage({ connection, options }, { path, name, file }) {
    const raw = await readArrow({ path: file, bytes: statSync(file).size }, options, path);
    const { time } = toEpochMs(raw.time, raw.unit);
    const { open, high, low, close, volume } = raw;
    const told = freqtradeName(path, name, options);
    await stageColumns(connection, { ...told, time, open, high, low, close, volume });
    return { format: "freqtrade_feather" };
  },
};
