import { createHash } from "node:crypto";
import { escapeHtml } from "../../diagnostics/index.ts";
import { STYLE } from "./style.ts";

/** A section of a page: title, a note in small letters, and the place of its content; fixed HTML of ours. */
export type Section = readonly [title: string, note: string, inner: string];

export interface Shell {
  readonly title: string;
  /** Beside the title. */
  readonly about: string;
  readonly version: string;
  readonly sections: readonly Section[];
  /** At the foot, as HTML of ours. */
  readonly notice: string;
  readonly script: string;
  /** JSON that the script reads, and the bytes of its columns as of `deflate`. */
  readonly data: unknown;
  readonly columns: string;
}

/**
 * One page that opens from a disk without a network: data, style and script inside. Its policy allows this script and
 * style and nothing else, and no connection.
 */
export function shell(page: Shell): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy(page.script)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="swymc ${escapeHtml(page.version)}">
<title>${escapeHtml(page.title)} · swymc</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<h1>${escapeHtml(page.title)}</h1>
<span class="data">${escapeHtml(page.about)}</span>
<button type="button" class="theme" id="theme">light / dark</button>
</header>
<main>
${page.sections.map(([title, note, inner]) => `<section><h2>${title}${note === "" ? "" : ` <small>${note}</small>`}</h2>\n${inner}\n</section>`).join("\n")}
</main>
<footer>${page.notice}</footer>
<script type="application/json" id="report-data">${inertJson(page.data)}</script>
<script type="application/octet-stream" id="report-columns">${page.columns}</script>
<script>${page.script}</script>
</body>
</html>
`;
}

function policy(script: string): string {
  const hash = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  return `default-src 'none'; script-src ${hash(script)}; style-src ${hash(STYLE)}; base-uri 'none'; form-action 'none'`;
}

/** JSON that cannot end the element it stands in. */
function inertJson(value: unknown): string {
  return JSON.stringify(value).replace(/</g, "\\u003c");
}
