import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";

/** A page of reports: its entry, the file that its script becomes, and the script's name there. */
export interface ReportClient {
  readonly entry: string;
  readonly file: string;
  readonly name: string;
}

/** The script that a report page carries, as one text: our client, and the chart library where it draws with it. */
export async function generateReportClient(
  { entry, file, name }: ReportClient,
  target: string,
): Promise<void> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    format: "iife",
    platform: "browser",
    target: "es2022",
    // The chart library's notice stands on the page itself.
    legalComments: "none",
  });
  const text = outputFiles[0]!.text;
  if (/<\/script|<!--/i.test(text)) throw new Error("the client would end its own script element");
  await mkdir(target, { recursive: true });
  await writeFile(join(target, file), `export const ${name}: string = ${JSON.stringify(text)};\n`);
}
