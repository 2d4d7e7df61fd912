import type { Site } from "./site.ts";
import { na, PineArray, toBool, toText, type Value } from "./values.ts";

type Bar = readonly [open: number, high: number, low: number, close: number];

/** `ta.pivot_point_levels`: keeps all bars since the last anchor, and looks at them when the next comes. */
export function pivotPointLevels(site: Site): Value {
  const state = site.state(() => ({ bars: [] as Bar[], levels: [] as number[] }));
  const kind = toText(site.get(0, "type")!);
  const bar: Bar = [site.field("open"), site.field("high"), site.field("low"), site.field("close")];
  if (toBool(site.get(1, "anchor")!)) {
    state.levels = state.bars.length === 0 ? [] : levelsOf(kind, whole(state.bars), bar[0]);
    state.bars = [];
  }
  state.bars.push(bar);
  const developing = toBool(site.get(2, "developing") ?? false);
  const running = kind === "Woodie" ? [] : levelsOf(kind, whole(state.bars), na);
  const found = developing ? running : state.levels;
  return new PineArray(Array.from({ length: 11 }, (_, i) => found[i] ?? na));
}

function whole(bars: readonly Bar[]): Bar {
  const highs = bars.map((bar) => bar[1]);
  const lows = bars.map((bar) => bar[2]);
  return [bars[0]![0], Math.max(...highs), Math.min(...lows), bars.at(-1)![3]];
}

/** P, R1, S1, R2, S2 and so on, as the page of the indicator "Pivot Points Standard" prints them. */
function levelsOf(kind: string, [o, h, l, c]: Bar, now: number): number[] {
  const p = (h + l + c) / 3;
  const basic = [p, 2 * p - l, 2 * p - h, p + (h - l), p - (h - l)];
  switch (kind) {
    case "Traditional":
      return [
        ...basic,
        ...[p * 2 + (h - 2 * l), p * 2 - (2 * h - l)],
        ...[p * 3 + (h - 3 * l), p * 3 - (3 * h - l)],
        ...[p * 4 + (h - 4 * l), p * 4 - (4 * h - l)],
      ];
    case "Classic":
      return [
        ...basic,
        ...[p + 2 * (h - l), p - 2 * (h - l)],
        ...[p + 3 * (h - l), p - 3 * (h - l)],
      ];
    case "Fibonacci":
      return [p, ...[0.382, 0.618, 1].flatMap((f) => [p + f * (h - l), p - f * (h - l)])];
    case "Woodie": {
      const w = (h + l + 2 * now) / 4;
      const [r3, s3] = [h + 2 * (w - l), l - 2 * (h - w)];
      return [
        ...[w, 2 * w - l, 2 * w - h, w + (h - l), w - (h - l)],
        ...[r3, s3, r3 + (h - l), s3 - (h - l)],
      ];
    }
    case "DM": {
      const x = o === c ? h + l + 2 * c : c > o ? 2 * h + l + c : 2 * l + h + c;
      return [x / 4, x / 2 - l, x / 2 - h];
    }
    case "Camarilla": {
      const inner = [12, 6, 4, 2].flatMap((d) => [
        c + (1.1 * (h - l)) / d,
        c - (1.1 * (h - l)) / d,
      ]);
      const r5 = (h / l) * c;
      return [p, ...inner, r5, c - (r5 - c)];
    }
    default:
      return [];
  }
}
