import { Option } from "commander";

/** `--on-conflict`, of every command that stores bars. */
export function onConflictOption(): Option {
  return new Option(
    "--on-conflict <POLICY>",
    "for a stored bar that comes again with other values (default: fail)",
  ).choices(["keep", "replace", "fail"]);
}

/** `--allow`, of the commands that judge rows. */
export function allowOption(description = "admit a fault by name; repeatable"): Option {
  return new Option("--allow <FAULT>", description).argParser((one: string, all?: string[]) => [
    ...(all ?? []),
    one,
  ]);
}
