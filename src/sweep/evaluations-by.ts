/** Distinct tuples of some parameters among so many trials, at most. */
export function evaluationsBy(
  axes: readonly { readonly values: number | null }[],
  trials: number,
): number {
  const tuples = axes.reduce((product, { values }) => product * (values ?? trials), 1);
  return Math.min(tuples, trials);
}
