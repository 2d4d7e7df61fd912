/** value × 10^places, rounded once: 0.07 % is 0.0007, where 0.07 / 100 is 0.0007000000000000001. */
export function shifted(value: number, places: number): number {
  const [digits, exponent = "0"] = String(value).split("e");
  return Number(`${digits}e${Number(exponent) + places}`);
}
