/** Viridis by nine of its colours (S. van der Walt, N. Smith, 2015): even in brightness, and for the colour-blind too. */
const VIRIDIS = [
  [68, 1, 84],
  [71, 44, 122],
  [59, 81, 139],
  [44, 113, 142],
  [33, 144, 141],
  [39, 173, 129],
  [92, 200, 99],
  [170, 220, 50],
  [253, 231, 37],
] as const;

/** The colour of a share, 0 at the dark end, 1 at the bright one, as CSS. */
export function viridis(share: number): string {
  const at = share * (VIRIDIS.length - 1);
  const low = Math.min(VIRIDIS.length - 2, Math.floor(at));
  const [a, b] = [VIRIDIS[low]!, VIRIDIS[low + 1]!];
  const parts = a.map((value, k) => Math.round(value + (at - low) * (b[k]! - value)));
  return `rgb(${parts.join(",")})`;
}
