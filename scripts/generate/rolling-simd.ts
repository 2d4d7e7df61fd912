import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import asc from "assemblyscript/asc";

/** Window functions that pay as SIMD, each its own small program in base64, so that a bundle has what it uses. */
export async function generateRollingSimd(source: string, target: string): Promise<void> {
  await mkdir(target, { recursive: true });
  for (const name of ["extreme", "deviation"]) {
    const wasm = await compile(source, `${name}.ts`);
    const base64 = Buffer.from(wasm).toString("base64");
    await writeFile(
      join(target, `${name}-simd.ts`),
      `export const ${name}Bytes: string =\n  "${base64}";\n`,
    );
  }
}

async function compile(source: string, file: string): Promise<Uint8Array> {
  let wasm: Uint8Array | undefined;
  const { error, stderr } = await asc.main(
    [
      file,
      ...["--outFile", "out.wasm", "-O3", "--noAssert", "--runtime", "stub", "--enable", "simd"],
      ...["--initialMemory", "1", "--maximumMemory", "1"],
    ],
    {
      readFile: (name) => readFile(join(source, name), "utf8").catch(() => null),
      writeFile: (_, contents) => {
        wasm = contents as Uint8Array;
      },
      listFiles: () => [],
    },
  );
  if (error || wasm === undefined) throw new Error(`${error?.message}\n${stderr.toString()}`);
  return wasm;
}
