import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";

/** The script that a report page carries, as one text: our client and the chart library. */
export async function generateReportClient(entry: string, target: string): Promise<void> {
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
  await writeFile(
    join(target, "client.ts"),
    `export const clientScript: string = ${JSON.stringify(text)};\n`,
  );
}
