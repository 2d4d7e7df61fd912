/** Plain data as a JavaScript literal. Texts of users are quoted in it and nothing else; NaN and infinities keep their value. */
export function literal(value: unknown, indent = "\n"): string {
  if (typeof value === "number") return numberLiteral(value);
  if (value === undefined || value === null || typeof value !== "object")
    return quoted(value ?? null);
  const deeper = `${indent} `;
  if (Array.isArray(value)) {
    if (value.every((one) => typeof one === "number"))
      return `[${value.map(numberLiteral).join(", ")}]`;
    return bracketed(
      "[",
      value.map((one) => literal(one, deeper)),
      "]",
      indent,
    );
  }
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  const items = entries.map(([key, one]) => `${keyOf(key)}: ${literal(one, deeper)}`);
  return bracketed("{", items, "}", indent);
}

/** In brackets where it is no plain name: "__proto__" would set the prototype. */
function keyOf(key: string): string {
  return /^[A-Za-z_]\w*$/.test(key) && key !== "__proto__" ? key : `[${quoted(key)}]`;
}

function bracketed(open: string, items: readonly string[], close: string, indent: string): string {
  return items.length === 0
    ? open + close
    : `${open}${indent} ${items.join(`,${indent} `)}${indent}${close}`;
}

function numberLiteral(value: number): string {
  return Object.is(value, -0) ? "-0" : String(value);
}

/** U+2028 and U+2029 end lines in old engines. */
function quoted(value: unknown): string {
  return JSON.stringify(value)
    .replace(/\u2028/g, "\\u2028")
    .replace(/\u2029/g, "\\u2029");
}
