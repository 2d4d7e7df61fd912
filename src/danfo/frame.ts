/** What is used of a danfo DataFrame, of danfojs-node or of danfojs in a browser; known by its shape, not its class. */
export interface DanfoFrame {
  readonly columns: string[];
  /** Rows and columns. */
  readonly shape: number[];
  column(name: string): { readonly values: ArrayLike<unknown> };
}

/** What is used of the danfo module; `Frame` is its own DataFrame class. */
export interface DanfoModule<Frame = DanfoFrame> {
  readonly DataFrame: { new (data: unknown, options?: { columns: string[] }): Frame };
}

/** Whether a value is a danfo DataFrame, of whichever copy of the library. */
export function isDanfoFrame(value: unknown): value is DanfoFrame {
  if (typeof value !== "object" || value === null) return false;
  const frame = value as Partial<DanfoFrame>;
  return (
    Array.isArray(frame.columns) &&
    Array.isArray(frame.shape) &&
    frame.shape.length === 2 &&
    typeof frame.column === "function"
  );
}
