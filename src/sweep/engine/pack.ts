import { createPack } from "../../vector/wasm/generated/script.js";
import { packBytes } from "../../vector/wasm/generated/wasm.ts";

/** The program that runs chunks of trials, with its memory. */
export interface Pack {
  readonly buffer: ArrayBuffer;
  runChunk(
    ops: number,
    opCount: number,
    trials: number,
    count: number,
    bytes: number,
    from: number,
    length: number,
  ): void;
}

/** What is used of the global of that name: the types of Node lack it. */
declare const WebAssembly: {
  Memory: new (of: { initial: number }) => { buffer: ArrayBuffer };
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { exports: unknown };
  validate(bytes: Uint8Array): boolean;
};

const PAGE = 65536;

let compiled: object | null | undefined;

/** Whether the host runs WebAssembly with SIMD. */
export function hasWasm(): boolean {
  return packModule() !== null;
}

/** Of each kind the pack that was closed last: touching new memory for the first time takes longer than writing a batch. */
const closed = new Map<"wasm" | "js", WeakRef<Pack>>();

/** A pack with memory for so many bytes, as WebAssembly or as JavaScript. What its memory holds is not said. */
export function openPack(bytes: number, kind: "wasm" | "js"): Pack {
  const known = closed.get(kind)?.deref();
  closed.delete(kind);
  return known && known.buffer.byteLength >= bytes ? known : newPack(bytes, kind);
}

/** Lets the next one who opens a pack have this one, unless the garbage collector comes before. */
export function closePack(pack: Pack, kind: "wasm" | "js"): void {
  closed.set(kind, new WeakRef(pack));
}

function newPack(bytes: number, kind: "wasm" | "js"): Pack {
  const pages = Math.ceil(bytes / PAGE);
  if (kind === "js") {
    const buffer = new ArrayBuffer(pages * PAGE);
    return { ...(createPack(buffer) as Pick<Pack, "runChunk">), buffer };
  }
  const memory = new WebAssembly.Memory({ initial: pages });
  const { exports } = new WebAssembly.Instance(packModule()!, { env: { memory } });
  const { runChunk } = exports as Pick<Pack, "runChunk">;
  return { buffer: memory.buffer, runChunk };
}

function packModule(): object | null {
  if (compiled !== undefined) return compiled;
  compiled = null;
  if ("WebAssembly" in globalThis) {
    const bytes = Uint8Array.from(atob(packBytes), (each) => each.charCodeAt(0));
    if (WebAssembly.validate(bytes)) compiled = new WebAssembly.Module(bytes);
  }
  return compiled;
}
