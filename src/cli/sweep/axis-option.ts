import { InvalidArgumentError } from "commander";

/** Collects repeated `--param NAME=VALUES`; null for a name alone. Names and values are looked at later. */
export function axisOption(
  text: string,
  earlier: Readonly<Record<string, string | null>> = {},
): Record<string, string | null> {
  const split = text.indexOf("=");
  const name = (split < 0 ? text : text.slice(0, split)).trim();
  const values = split < 0 ? null : text.slice(split + 1).trim();
  if (name === "" || values === "") {
    throw new InvalidArgumentError("Expected NAME=VALUES, such as fast=2..100.");
  }
  if (Object.hasOwn(earlier, name)) {
    throw new InvalidArgumentError(`Parameter ${name} is given more than once.`);
  }
  return Object.assign(Object.create(null), earlier, { [name]: values });
}
