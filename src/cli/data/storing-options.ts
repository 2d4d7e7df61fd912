import { Option } from "commander";

/** `--on-conflict`, of every command that stores bars. */
export function onConflictOption(): Option {
  return new Option(
    "--on-conflict <POLICY>",
    "for a stored bar that comes again with other values (default: fail)",
  ).choices(["keep", "replace", "fail"]);
}

/** `--allow`, of the commands that judge rows of others. */
export function allowOption(): Option {
  return new Option("--allow <FAULT>", "admit a fault by name; repeatable").argParser(
    (one: string, all?: string[]) => [...(all ?? []), one],
  );
}
