import { decimal } from "../../../format.ts";
import { viridis } from "../../sweep/viridis.ts";
import { canvasOf } from "../canvas.ts";
import { h, place, svg } from "../dom.ts";
import { color } from "../theme.ts";
import type { ParallelAxis } from "./parallel-axis.ts";

const HEIGHT = 300;
const TOP = 34;
const BOTTOM = 22;
const SIDE = 60;
const SHADES = 24;

/** A trial as a line across one axis per parameter and one of the metric; dragging along an axis keeps a part of it. */
export class Parallel {
  private axes: readonly ParallelAxis[] = [];
  private lines: readonly number[] = [];
  /** Kept part of an axis, as shares; none: all of it. */
  private readonly kept = new Map<number, [number, number]>();
  private readonly canvas = h("canvas", {
    role: "img",
    "aria-label": "Parallel coordinates of the trials",
  });
  private readonly over = svg("svg", { class: "brushes" });
  private readonly said = h("div", { class: "told" });
  private readonly redraw: () => void;
  private note = "";

  /** @param change told which rows pass what is kept */
  constructor(private readonly change: (passes: ((row: number) => boolean) | null) => void) {
    place("parallel").append(h("div", { class: "parallel" }, this.canvas, this.over), this.said);
    this.redraw = canvasOf(
      this.canvas,
      () => HEIGHT,
      (context, width) => this.draw(context, width),
    );
  }

  /** @param note which trials the lines are */
  show(axes: readonly ParallelAxis[], lines: readonly number[], note: string): void {
    this.axes = axes;
    this.lines = lines;
    this.note = note;
    this.kept.clear();
    this.settle();
  }

  private settle(): void {
    this.redraw();
    this.say();
    this.change(this.kept.size === 0 ? null : (row) => this.passes(row));
  }

  private passes(row: number): boolean {
    for (const [k, [low, high]] of this.kept) {
      const { values, share } = this.axes[k]!;
      const at = share(values[row]!);
      if (!(at >= low && at <= high)) return false;
    }
    return true;
  }

  private say(): void {
    const kept = this.lines.filter((row) => this.passes(row)).length;
    this.said.textContent =
      this.kept.size === 0
        ? this.note
        : `${decimal(kept, 0)} of ${decimal(this.lines.length, 0)} lines kept; the table below shows what passes`;
  }

  private x(k: number, width: number): number {
    return SIDE + (k * (width - 2 * SIDE)) / Math.max(1, this.axes.length - 1);
  }

  private draw(context: CanvasRenderingContext2D, width: number): void {
    const inner = HEIGHT - TOP - BOTTOM;
    const last = this.axes.at(-1);
    const groups: number[][] = Array.from({ length: SHADES }, () => []);
    const faint: number[] = [];
    for (const row of this.lines) {
      if (!this.passes(row)) faint.push(row);
      else {
        groups[shadeOf(last, row)]!.push(row);
      }
    }
    const stroke = (rows: readonly number[], style: string, alpha: number) => {
      context.globalAlpha = alpha;
      context.strokeStyle = style;
      context.beginPath();
      for (const row of rows) {
        this.axes.forEach(({ values, share }, k) => {
          const value = values[row]!;
          if (Number.isNaN(value)) return;
          const y = TOP + (1 - share(value)) * inner;
          if (k === 0) context.moveTo(this.x(k, width), y);
          else context.lineTo(this.x(k, width), y);
        });
      }
      context.stroke();
    };
    context.lineWidth = 1;
    stroke(faint, color("--border"), 0.5);
    const shown = this.lines.length - faint.length;
    const alpha = Math.max(0.12, Math.min(0.9, 250 / Math.max(1, shown)));
    groups.forEach((rows, k) => {
      stroke(rows, viridis((k + 0.5) / SHADES), alpha);
    });
    context.globalAlpha = 1;
    this.drawAxes(width);
  }

  private drawAxes(width: number): void {
    this.over.setAttribute("viewBox", `0 0 ${width} ${HEIGHT}`);
    this.over.replaceChildren(
      ...this.axes.flatMap((axis, k) => {
        const x = this.x(k, width);
        const [low, high] = this.kept.get(k) ?? [0, 0];
        const y = (share: number) => TOP + (1 - share) * (HEIGHT - TOP - BOTTOM);
        const grip = svg("rect", {
          ...{ class: "grip", x: x - 14, y: TOP - 4, width: 28, height: HEIGHT - TOP - BOTTOM + 8 },
          "data-axis": k,
        });
        grip.addEventListener("pointerdown", (event) => this.drag(event, k));
        return [
          svg("line", { x1: x, x2: x, y1: TOP, y2: HEIGHT - BOTTOM }),
          svg("text", { x, y: 12, class: "name", "text-anchor": "middle" }, tail(axis.name)),
          svg("text", { x, y: TOP - 6, "text-anchor": "middle" }, axis.text(1)),
          svg("text", { x, y: HEIGHT - 6, "text-anchor": "middle" }, axis.text(0)),
          ...(this.kept.has(k)
            ? [
                svg("rect", {
                  class: "kept",
                  x: x - 7,
                  y: y(high),
                  width: 14,
                  height: y(low) - y(high),
                }),
              ]
            : []),
          grip,
        ];
      }),
    );
  }

  private drag(down: PointerEvent, k: number): void {
    down.preventDefault();
    const top = this.over.getBoundingClientRect().top;
    const shareAt = (event: PointerEvent) =>
      snapped(1 - (event.clientY - top - TOP) / (HEIGHT - TOP - BOTTOM));
    const first = shareAt(down);
    const move = (event: PointerEvent) => {
      const now = shareAt(event);
      this.kept.set(k, [Math.min(first, now), Math.max(first, now)]);
      this.redraw();
    };
    const up = (event: PointerEvent) => {
      removeEventListener("pointermove", move);
      removeEventListener("pointerup", up);
      removeEventListener("pointercancel", up);
      if (Math.abs(shareAt(event) - first) < 0.01) this.kept.delete(k);
      this.settle();
    };
    addEventListener("pointermove", move);
    addEventListener("pointerup", up);
    addEventListener("pointercancel", up);
  }
}

/** Near an end is at it: what stands there is not to be missed by a pixel. */
function snapped(share: number): number {
  return share < 0.02 ? 0 : share > 0.98 ? 1 : share;
}

/** Bright is better on the last axis; an undefined value is dark. */
function shadeOf(axis: ParallelAxis | undefined, row: number): number {
  const share = axis?.share(axis.values[row]!) ?? Number.NaN;
  if (Number.isNaN(share)) return 0;
  return Math.min(SHADES - 1, Math.floor((axis!.direction === "max" ? share : 1 - share) * SHADES));
}

/** The end of a long name, as of a JSON pointer, which tells more than its beginning. */
function tail(name: string): string {
  return name.length <= 17 ? name : `…${name.slice(-16)}`;
}
