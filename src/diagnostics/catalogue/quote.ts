const LONGEST = 60;
const LISTED = 16;

/** A word of the user's in quotes, clipped where it is long. */
export function quoted(word: string): string {
  return `"${word.length <= LONGEST ? word : `${word.slice(0, LONGEST)}…`}"`;
}

/** `"a", "b" or "c"`; of many only the number of the others is told. */
export function oneOf(words: readonly string[]): string {
  const shown = words.slice(0, LISTED).map(quoted);
  if (words.length > shown.length) return `${shown.join(", ")} or ${words.length - LISTED} more`;
  if (shown.length < 2) return shown.join("");
  return `${shown.slice(0, -1).join(", ")} or ${shown.at(-1)}`;
}

/** A hint that names the likely word, else what could stand there. */
export function didYouMean(p: {
  readonly suggestion: string | undefined;
  readonly known: readonly string[];
}): string | undefined {
  if (p.suggestion !== undefined) return `did you mean ${quoted(p.suggestion)}?`;
  return p.known.length === 0 ? undefined : `one of: ${oneOf(p.known).replace(" or ", ", ")}`;
}
