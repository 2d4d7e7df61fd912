/** Decimal places that matter in a decimal string: 3 for "0.0010". */
export function decimalPlaces(text: string): number {
  return fraction(text).length;
}

/** A decimal string as an integer count of 10^-places, `places` not below its own; exact below 2^53. */
export function decimalUnits(text: string, places: number): number {
  const dot = text.indexOf(".");
  const whole = dot < 0 ? text : text.slice(0, dot);
  return Number(whole + fraction(text).padEnd(places, "0"));
}

function fraction(text: string): string {
  const dot = text.indexOf(".");
  return dot < 0 ? "" : text.slice(dot + 1).replace(/0+$/, "");
}
