import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const file = new URL("../../src/dsl/generated/rules-validator.js", import.meta.url);

describe("the generated validator", () => {
  it("needs no other module and makes no code", () => {
    const code = readFileSync(file, "utf8");
    expect(code).not.toMatch(/\bimport\s*[({"'*]|\brequire\(|new Function|\beval\(/);
    expect(code.match(/\bexport\s*\{[^}]*\}/g)?.length).toBe(1);
  });

  it("runs where code generation from strings is forbidden", () => {
    const script = `import { validateRules } from ${JSON.stringify(file.href)};
console.log(validateRules({ type: "default" }), validateRules({ type: "defalt" }));`;
    const output = execFileSync(
      process.execPath,
      ["--disallow-code-generation-from-strings", "--input-type=module", "-e", script],
      { encoding: "utf8", cwd: fileURLToPath(new URL(".", import.meta.url)) },
    );
    expect(output.trim()).toBe("true false");
  });
});
