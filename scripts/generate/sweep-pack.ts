import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import asc from "assemblyscript/asc";
import binaryen from "binaryen";

/**
 * The pack that runs sweeps, from its AssemblyScript sources: as WebAssembly with SIMD, in base64, and the same program
 * without SIMD as JavaScript, for hosts that have no WebAssembly. Arithmetic is the same, so bits are.
 */
export async function generateSweepPack(source: string, target: string): Promise<void> {
  const wasm = await compile(source, ["--enable", "simd"]);
  const scalar = binaryen.readBinary(
    await compile(source, ["--disable", "simd,bulk-memory,nontrapping-f2i"]),
  );
  await mkdir(target, { recursive: true });
  await writeFile(
    join(target, "wasm.ts"),
    `export const packBytes: string =\n  "${Buffer.from(wasm).toString("base64")}";\n`,
  );
  await writeFile(join(target, "script.js"), asModule(scalar.emitAsmjs()));
  await writeFile(join(target, "script.d.ts"), DECLARATIONS);
}

const DECLARATIONS = `export function createPack(buffer: ArrayBuffer): Record<string, unknown>;\n`;

async function compile(source: string, features: readonly string[]): Promise<Uint8Array> {
  const files = new Map<string, Uint8Array>();
  const { error, stderr } = await asc.main(
    [
      "pack/index.ts",
      "--outFile",
      "pack.wasm",
      "-O3",
      "--noAssert",
      "--runtime",
      "stub",
      "--importMemory",
      ...features,
    ],
    {
      readFile: (name) => readFile(join(source, name), "utf8").catch(() => null),
      writeFile: (name, contents) => {
        files.set(name, contents as Uint8Array);
      },
      listFiles: () => [],
    },
  );
  if (error) throw new Error(`${error.message}\n${stderr.toString()}`);
  return files.get("pack.wasm")!;
}

/** The function that binaryen prints, without the instance that it would make at import. */
function asModule(text: string): string {
  const end = text.indexOf("\nvar memasmFunc");
  if (end < 0) throw new Error("binaryen prints JavaScript in another form");
  return `${text.slice(0, end)}
export function createPack(buffer) {
  return asmFunc({ env: { memory: { buffer } } });
}
`;
}
