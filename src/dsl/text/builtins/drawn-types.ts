/** A drawing whose place scripts read back, as an object: its fields in order. */
export interface DrawnType {
  readonly fields: Readonly<Record<string, "int" | "float" | "text">>;
  /** What a point sets, by the name of the argument: `line.new(first_point, second_point)`. */
  readonly points: Readonly<Record<string, readonly [string, string]>>;
  /** Setters of several fields; `set_x1` and the like go without saying. */
  readonly setters: Readonly<Record<string, readonly string[]>>;
}

export const POINT = "chart.point";

/** The arguments of `new` are the fields in order, then what only the eye sees; or points, then the same. */
export const DRAWN_TYPES: Readonly<Record<string, DrawnType>> = {
  line: {
    fields: { x1: "int", y1: "float", x2: "int", y2: "float" },
    points: { first_point: ["x1", "y1"], second_point: ["x2", "y2"] },
    setters: { set_xy1: ["x1", "y1"], set_xy2: ["x2", "y2"], set_xloc: ["x1", "x2"] },
  },
  label: {
    fields: { x: "int", y: "float", text: "text" },
    points: { point: ["x", "y"] },
    setters: { set_xy: ["x", "y"], set_xloc: ["x"] },
  },
  box: {
    fields: { left: "int", top: "float", right: "int", bottom: "float" },
    points: { top_left: ["left", "top"], bottom_right: ["right", "bottom"] },
    setters: {
      set_lefttop: ["left", "top"],
      set_rightbottom: ["right", "bottom"],
      set_xloc: ["left", "right"],
    },
  },
  [POINT]: {
    fields: { time: "int", index: "int", price: "float" },
    points: {},
    setters: {},
  },
};
