import { InvalidArgumentError } from "commander";

/** A commander parser for names with commas between them; repeated flags add to the list. */
export function listOption(text: string, before: readonly string[] = []): string[] {
  const names = text.split(",").map((name) => name.trim());
  if (names.includes("")) {
    throw new InvalidArgumentError("Expected names with commas between them.");
  }
  return [...new Set([...before, ...names])];
}
