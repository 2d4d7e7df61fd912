/** This process's command as a POSIX shell takes it again. */
export function shellCommand(args: readonly string[] = process.argv.slice(2)): string {
  return ["swymc", ...args].map(quoted).join(" ");
}

function quoted(word: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word;
  return `'${word.replaceAll("'", "'\\''")}'`;
}
