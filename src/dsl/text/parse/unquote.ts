const ESCAPES: Readonly<Record<string, string>> = { n: "\n", t: "\t" };

/** The value of a quoted text; where it goes on in another line there is one space. */
export function unquote(image: string): string {
  return image
    .slice(1, -1)
    .replace(/\r?\n +/g, " ")
    .replace(/\\(.)/g, (_, char: string) => ESCAPES[char] ?? char);
}
