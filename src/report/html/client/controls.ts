import { h } from "./dom.ts";

/** A choice among a few words. */
export function choice(
  label: string,
  options: readonly string[],
  chosen: number,
  change: (place: number) => void,
): HTMLElement {
  const select = h(
    "select",
    {},
    ...options.map((text, k) => h("option", { value: k, selected: k === chosen }, text)),
  );
  select.addEventListener("change", () => change(Number(select.value)));
  return h("label", {}, `${label} `, select);
}
