import type { CoreExpr, LocalExpr } from "../../core.ts";
import { fn, indicator } from "../declare.ts";
import { type Fragments, fragments } from "../fragments.ts";
import type { Signature, Variable } from "../signature.ts";
import { made } from "../variables.ts";

/** A day from midnight UTC, bands of one deviation. */
const DAY = [1440, 0, 0, 1];
const typical = (f: Fragments): CoreExpr =>
  f.div(f.add(f.add(f.field("high"), f.field("low")), f.field("close")), 3);

const twiceCloseLessRange = (f: Fragments) =>
  f.sub(f.sub(f.mul(f.field("close"), 2), f.field("low")), f.field("high"));
const span = (f: Fragments) => f.sub(f.field("high"), f.field("low"));

/** An index that is 1 at first and follows the close on bars whose volume went the way of `moved`. */
function volumeIndex(
  f: Fragments,
  moved: (now: CoreExpr, before: CoreExpr) => CoreExpr,
): LocalExpr {
  const close = f.field("close");
  const volume = f.field("volume");
  const index = f.variable("float", f.constant(1));
  const before = f.bind(f.nz(f.past(close, 1)));
  const counts = f.and(
    f.not(f.or(f.eq(before, 0), f.eq(f.nz(close), 0))),
    moved(volume, f.nz(f.past(volume, 1))),
  );
  f.set(index, f.select(counts, f.mul(index, f.div(close, before)), index));
  return index;
}

/** The sum since the anchor: that since the first bar less what it was before the anchor. */
function sumSince(f: Fragments, anchor: CoreExpr): (x: CoreExpr) => CoreExpr {
  const since = f.bind(anchor);
  return (given) => {
    const x = f.bind(given);
    const whole = f.bind(f.indicator("cum", [x]));
    return f.sub(whole, f.nz(f.indicator("valuewhen", [since, f.sub(whole, x)], [0])));
  };
}

export const volumeVariables = (): readonly Variable[] => [
  made("ta.obv", "float", (f) => f.indicator("obv", [f.field("close"), f.field("volume")])),
  made("ta.vwap", "float", (f) =>
    f.indicator("vwap", [typical(f), f.field("volume"), f.field("time")], DAY),
  ),
  made("ta.accdist", "float", (f) => {
    const share = f.select(f.eq(span(f), 0), 0, f.div(twiceCloseLessRange(f), span(f)));
    return f.indicator("cum", [f.mul(share, f.field("volume"))]);
  }),
  made("ta.iii", "float", (f) => f.div(twiceCloseLessRange(f), f.mul(span(f), f.field("volume")))),
  made("ta.wvad", "float", (f) =>
    f.mul(f.div(f.sub(f.field("close"), f.field("open")), span(f)), f.field("volume")),
  ),
  made("ta.pvt", "float", (f) => {
    const before = f.past(f.field("close"), 1);
    const change = f.div(f.sub(f.field("close"), before), before);
    return f.indicator("cum", [f.mul(change, f.field("volume"))]);
  }),
  made("ta.wad", "float", (f) => {
    const close = f.field("close");
    const before = f.bind(f.past(close, 1));
    const gained = f.sub(close, f.min(f.field("low"), before));
    const lost = f.sub(close, f.max(f.field("high"), before));
    return f.indicator("cum", [
      f.select(f.gt(close, before), gained, f.select(f.lt(close, before), lost, 0)),
    ]);
  }),
  made("ta.nvi", "float", (f) => volumeIndex(f, f.lt)),
  made("ta.pvi", "float", (f) => volumeIndex(f, f.gt)),
];

export const volumeFunctions = (): readonly Signature[] => [
  fn("ta.vwap(float source|x) -> float", indicator("vwap", ["source", ".volume", ".time"], DAY)),
  fn("ta.vwap(float source, bool anchor) -> float", {
    to: "expression",
    make: ([source, anchor], scope) => {
      const f = fragments(scope);
      const volume = f.bind(f.field("volume"));
      const sum = sumSince(f, anchor!);
      return f.div(sum(f.mul(source!, volume)), sum(volume));
    },
  }),
  fn("ta.vwap(float source, bool anchor, float stdev_mult) -> [float, float, float]", {
    to: "expressions",
    make: ([source, anchor, multiple], scope) => {
      const f = fragments(scope);
      const volume = f.bind(f.field("volume"));
      const price = f.bind(source!);
      const sum = sumSince(f, anchor!);
      const weight = f.bind(sum(volume));
      const flow = f.bind(f.mul(price, volume));
      const mean = f.bind(f.div(sum(flow), weight));
      const squares = f.div(sum(f.mul(price, flow)), weight);
      const variance = f.max(f.sub(squares, f.mul(mean, mean)), 0);
      const width = f.bind(f.mul(multiple!, f.sqrt(variance)));
      return [mean, f.add(mean, width), f.sub(mean, width)];
    },
  }),
  fn("ta.pivot_point_levels(text type, bool anchor, bool developing = false) -> array<float>", {
    to: "library",
    fn: "pivot_point_levels",
  }),
  fn("ta.rci(float source, simple int length) -> float", { to: "library", fn: "rci" }),
];
