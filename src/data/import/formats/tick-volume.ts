import { fail } from "../../../diagnostics/index.ts";
import { columns } from "../columns.ts";
import type { ImportFormat } from "../format.ts";
import { wholePrices } from "../points.ts";
import { headLines } from "./csv-table.ts";

/** CSV made from MetaTrader's history (`tick_volume`): prices, or points, which nothing in the file tells. */
export const tickVolume: ImportFormat = {
  name: "metatrader",
  title: "CSV dump of MetaTrader's history (with tick_volume)",
  recognises: (source) => /^[^\n]*\bopen\b[^\n]*\btick_volume\b/i.test(headLines(source, 1)[0]),
  async stage(session, source) {
    const staged = await columns.stage(session, source);
    if (session.options.points === undefined && (await wholePrices(session.connection))) {
      const price = headLines(source, 2)[1] ?? "";
      const examples = "100 for XAUUSD in hundredths; 1 for prices as they are";
      fail("import_scale_untold", { path: source.path, price, examples });
    }
    return { ...staged, format: "metatrader" };
  },
};
