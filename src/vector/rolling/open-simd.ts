/** What is used of the global of that name: the types of Node lack it. */
declare const WebAssembly: {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object) => { exports: unknown };
};

/** The functions of a program, and its memory. */
export type Simd<Functions> = Functions & { readonly cells: Float64Array };

/** Starts a program of `generated`; null where the host has no SIMD, or its page may not compile. */
export function openSimd<Functions extends object>(base64: string): Simd<Functions> | null {
  try {
    const bytes = Uint8Array.from(atob(base64), (each) => each.charCodeAt(0));
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes));
    const { memory, ...functions } = exports as Functions & { memory: { buffer: ArrayBuffer } };
    return { ...(functions as unknown as Functions), cells: new Float64Array(memory.buffer) };
  } catch {
    return null;
  }
}
