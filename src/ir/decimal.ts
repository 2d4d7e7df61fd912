/** A positive number as a plain decimal string of at most 12 decimals, the precision of quantities. */
export function decimalText(value: number): string {
  const text = String(value);
  const long = text.includes("e") || (text.split(".")[1]?.length ?? 0) > 12;
  return long ? trimZeros(value.toFixed(12)) : text;
}

function trimZeros(decimal: string): string {
  return decimal.replace(/\.?0+$/, "");
}
