import { InvalidArgumentError } from "commander";

/** Collects `--map role=column`; the column may hold any character. */
export function mapOption(
  text: string,
  before: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const at = text.indexOf("=");
  const role = text.slice(0, at).trim();
  const column = text.slice(at + 1).trim();
  if (at < 1 || role === "" || column === "") {
    throw new InvalidArgumentError("Expected ROLE=COLUMN, such as close=last.");
  }
  if (Object.hasOwn(before, role)) throw new InvalidArgumentError(`${role} is given twice.`);
  return { ...before, [role]: column };
}
