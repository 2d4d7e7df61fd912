import { DEAD, fn, unsupported } from "./declare.ts";
import type { Signature, SignatureType, Variable } from "./signature.ts";
import { constant } from "./variables.ts";
import { words } from "./words.ts";

/** Functions that only draw, tell or colour. Their arguments are not looked at. */
const DEAD_FUNCTIONS: Readonly<Record<string, SignatureType>> = {
  plot: "drawing",
  plotshape: "void",
  plotchar: "void",
  plotarrow: "void",
  plotbar: "void",
  plotcandle: "void",
  hline: "drawing",
  fill: "void",
  bgcolor: "void",
  barcolor: "void",
  alert: "void",
  alertcondition: "void",
  max_bars_back: "void",
  indicator: "void",
  library: "void",
  "runtime.error": "void",
  "log.info": "void",
  "log.warning": "void",
  "log.error": "void",
  color: "color",
  "color.new": "color",
  "color.rgb": "color",
  "color.from_gradient": "color",
  "color.r": "float",
  "color.g": "float",
  "color.b": "float",
  "color.t": "float",
  line: "drawing",
  label: "drawing",
  box: "drawing",
  table: "drawing",
  linefill: "drawing",
};

/** Namespaces of drawings: whatever is called there draws, except what reads back. */
export const DRAWN: readonly string[] = [
  "label",
  "line",
  "box",
  "table",
  "linefill",
  "polyline",
  "chart.point",
];
export const READ_BACK =
  "a drawing holds no values for orders; keep the number in a variable of its own";
const ALGEBRA = "compute it from matrix.get, matrix.mult, matrix.inv and matrix.det";

/** What to do without the functions of a namespace. */
export const UNSUPPORTED_NAMESPACES: Readonly<Record<string, string>> = {
  matrix: ALGEBRA,
  request: "only the bars of the chart's own symbol are read; bring the value in as an input",
};

export const drawingFunctions = (): readonly Signature[] =>
  Object.entries(DEAD_FUNCTIONS).map(([name, type]) =>
    fn(`${name}(any argument...) -> ${type}`, DEAD),
  );

/** Signatures of names that are known by their namespace only. */
export function byNamespace(name: string): readonly Signature[] {
  const dot = name.lastIndexOf(".");
  if (dot < 0) return [];
  const namespace = name.slice(0, dot);
  const member = name.slice(dot + 1);
  if (Object.hasOwn(UNSUPPORTED_NAMESPACES, namespace)) {
    const means = unsupported(UNSUPPORTED_NAMESPACES[namespace]);
    return [fn(`${name}(any argument...) -> any`, means)];
  }
  if (!DRAWN.includes(namespace)) return [];
  if (member.startsWith("get_")) {
    return [fn(`${name}(any argument...) -> float`, unsupported(READ_BACK))];
  }
  const gives = /^(new|copy|from_|now)/.test(member) ? "drawing" : "void";
  return [fn(`${name}(any argument...) -> ${gives}`, DEAD)];
}

/** RRGGBB. */
const COLORS: Readonly<Record<string, number>> = {
  aqua: 0x00bcd4,
  black: 0x363a45,
  blue: 0x2962ff,
  fuchsia: 0xe040fb,
  gray: 0x787b86,
  green: 0x4caf50,
  lime: 0x00e676,
  maroon: 0x880e4f,
  navy: 0x311b92,
  olive: 0x808000,
  orange: 0xff9800,
  purple: 0x9c27b0,
  red: 0xf23645,
  silver: 0xb2b5be,
  teal: 0x089981,
  white: 0xffffff,
  yellow: 0xfdd835,
};
export const COLOR_NAMES: readonly string[] = Object.keys(COLORS);

const DEAD_VARIABLES: Readonly<Record<string, SignatureType>> = {
  "label.all": "drawing",
  "line.all": "drawing",
  "box.all": "drawing",
  "table.all": "drawing",
  "linefill.all": "drawing",
  "polyline.all": "drawing",
  "chart.bg_color": "color",
  "chart.fg_color": "color",
  "chart.left_visible_bar_time": "int",
  "chart.right_visible_bar_time": "int",
};

export const drawingVariables = (): readonly Variable[] => [
  ...Object.entries(COLORS).map(
    ([name, value]): Variable => ({
      name: `color.${name}`,
      type: "color",
      qualifier: "const",
      value: { to: "const", value },
    }),
  ),
  ...words(),
  ...Object.entries(DEAD_VARIABLES).map(
    ([name, type]): Variable => ({ name, type, qualifier: "series", value: DEAD }),
  ),
  constant("barmerge.gaps_on", true),
  constant("barmerge.gaps_off", false),
  constant("barmerge.lookahead_on", true),
  constant("barmerge.lookahead_off", false),
];
