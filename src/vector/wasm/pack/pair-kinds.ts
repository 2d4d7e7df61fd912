// What trades are asked for, and where they come from, as types of 8 bytes or 4: the code for what is not asked for is left
// out when the pack is built.

/** Whether all sums are asked for, or few. */
export function asksAll<T>(): bool {
  return sizeof<T>() === 8;
}

/** Whether trades come from events, entry and exit in turn, or from lists of what exits ended. */
export function areSignals<S>(): bool {
  return sizeof<S>() === 8;
}

/** Bytes from one trade's bar to the next, as a power of 2. */
export function stepOf<S>(): usize {
  return areSignals<S>() ? 3 : 2;
}
