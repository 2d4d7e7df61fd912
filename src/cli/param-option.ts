import { InvalidArgumentError } from "commander";

/** Collects repeated `--param NAME=VALUE` of numbers; names and ranges are checked against the document later. */
export function paramOption(
  text: string,
  earlier: Readonly<Record<string, number>> = {},
): Record<string, number> {
  return collected(text, earlier, (name, value) => {
    const number = Number(value);
    if (Number.isFinite(number)) return number;
    throw new InvalidArgumentError(`${name} needs a finite number, not ${value}.`);
  });
}

/** The same where a script may have inputs of other types: `true`, `false` and words are taken as they are. */
export function inputOption(
  text: string,
  earlier: Readonly<Record<string, number | boolean | string>> = {},
): Record<string, number | boolean | string> {
  return collected(text, earlier, (_, value) => {
    if (value === "true" || value === "false") return value === "true";
    const number = Number(value);
    return Number.isFinite(number) ? number : value;
  });
}

function collected<T>(
  text: string,
  earlier: Readonly<Record<string, T>>,
  read: (name: string, value: string) => T,
): Record<string, T> {
  const split = text.indexOf("=");
  const name = text.slice(0, Math.max(split, 0)).trim();
  const value = text.slice(split + 1).trim();
  if (name === "" || value === "") {
    throw new InvalidArgumentError("Expected NAME=VALUE, such as fast=12.");
  }
  if (Object.hasOwn(earlier, name)) {
    throw new InvalidArgumentError(`Parameter ${name} is given more than once.`);
  }
  return Object.assign(Object.create(null), earlier, { [name]: read(name, value) });
}
