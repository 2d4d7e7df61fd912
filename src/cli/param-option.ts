import { InvalidArgumentError } from "commander";

/** Collects repeated `--param NAME=VALUE`; names and ranges are checked against the document later. */
export function paramOption(
  text: string,
  earlier: Readonly<Record<string, number>> = {},
): Record<string, number> {
  const split = text.indexOf("=");
  const name = text.slice(0, Math.max(split, 0)).trim();
  const value = text.slice(split + 1).trim();
  if (name === "" || value === "") {
    throw new InvalidArgumentError("Expected NAME=VALUE, such as fast=12.");
  }
  if (Object.hasOwn(earlier, name)) {
    throw new InvalidArgumentError(`Parameter ${name} is given more than once.`);
  }
  const number = Number(value);
  if (!Number.isFinite(number)) {
    throw new InvalidArgumentError(`${name} needs a finite number, not ${value}.`);
  }
  return Object.assign(Object.create(null), earlier, { [name]: number });
}
