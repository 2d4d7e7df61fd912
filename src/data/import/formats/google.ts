import { columns } from "../columns.ts";
import type { ImportFormat } from "../format.ts";
import { headLines } from "./csv-table.ts";

/** Google Finance's CSV: dates like 31-Dec-10, newest first. */
export const google: ImportFormat = {
  name: "google_finance",
  title: "Google Finance CSV",
  recognises(source) {
    const [header = "", row = ""] = headLines(source, 2);
    return (
      /^date,open,high,low,close,volume$/i.test(header) && /^\d{1,2}-[a-z]{3}-\d\d,/i.test(row)
    );
  },
  async stage(session, source) {
    const timeFormat = session.options.timeFormat ?? "%d-%b-%y";
    const options = { ...session.options, timeFormat };
    return { ...(await columns.stage({ ...session, options }, source)), format: "google_finance" };
  },
};
