import { canvasOf } from "../canvas.ts";
import { h } from "../dom.ts";
import { color } from "../theme.ts";

const LEFT = 64;
const BOTTOM = 40;
const TOP = 6;
const RIGHT = 8;
const FONT = "11px system-ui, sans-serif";

/** What a map shows. */
export interface MapView {
  readonly columns: number;
  readonly rows: number;
  readonly names: readonly [x: string, y: string];
  xText(cell: number): string;
  yText(cell: number): string;
  /** CSS colour of a cell; null: no trial there. */
  paint(cell: number): string | null;
  /** What the reader is told of a cell. */
  tell(cell: number): string;
  /** Cells with a frame. */
  readonly framed: readonly number[];
}

/** A map of cells on a canvas, with a line that says what is under the pointer. */
export class HeatMap {
  readonly element: HTMLElement;
  private view: MapView | null = null;
  private readonly canvas: HTMLCanvasElement;
  private readonly told: HTMLElement;
  private readonly redraw: () => void;

  constructor(label: string, hint: string, select: (cell: number) => void) {
    this.canvas = h("canvas", { role: "img", "aria-label": label });
    this.told = h("div", { class: "told" }, hint);
    this.element = h("div", { class: "heat-map" }, h("h3", {}, label), this.canvas, this.told);
    this.redraw = canvasOf(
      this.canvas,
      () => this.height(),
      (context, width, height) => this.draw(context, width, height),
    );
    this.canvas.addEventListener("pointermove", (event) => {
      const cell = this.cellAt(event);
      this.told.textContent = cell < 0 ? hint : this.view!.tell(cell);
    });
    this.canvas.addEventListener("pointerleave", () => {
      this.told.textContent = hint;
    });
    this.canvas.addEventListener("click", (event) => {
      const cell = this.cellAt(event);
      if (cell >= 0) select(cell);
    });
  }

  show(view: MapView): void {
    this.view = view;
    this.redraw();
  }

  private height(): number {
    const width = this.canvas.parentElement!.clientWidth;
    const { columns, rows } = this.view ?? { columns: 1, rows: 1 };
    const side = Math.max(3, Math.min(44, (width - LEFT - RIGHT) / columns));
    return TOP + BOTTOM + Math.max(120, Math.min(380, side * rows));
  }

  private draw(context: CanvasRenderingContext2D, width: number, height: number): void {
    const { view } = this;
    if (view === null) return;
    const [w, t] = [(width - LEFT - RIGHT) / view.columns, (height - TOP - BOTTOM) / view.rows];
    const gap = Math.min(w, t) > 10 ? 1 : 0;
    const place = (cell: number) => {
      const [x, y] = [cell % view.columns, Math.floor(cell / view.columns)];
      return [LEFT + x * w, TOP + (view.rows - 1 - y) * t] as const;
    };
    for (let cell = 0; cell < view.columns * view.rows; cell++) {
      const paint = view.paint(cell);
      if (paint === null) continue;
      const [x, y] = place(cell);
      context.fillStyle = paint;
      // Without a gap cells overlap by a hair, else the panel shines through.
      context.fillRect(x, y, w - gap + (gap === 0 ? 0.5 : 0), t - gap + (gap === 0 ? 0.5 : 0));
    }
    context.strokeStyle = color("--text");
    context.lineWidth = 2;
    for (const cell of view.framed) {
      const [x, y] = place(cell);
      context.strokeRect(x, y, Math.max(4, w - gap), Math.max(4, t - gap));
    }
    this.axes(context, view, [w, t], [width, height]);
  }

  private axes(
    context: CanvasRenderingContext2D,
    view: MapView,
    [w, t]: readonly [number, number],
    [width, height]: readonly [number, number],
  ): void {
    context.fillStyle = color("--muted");
    context.font = FONT;
    context.textAlign = "center";
    const across = Math.max(1, Math.ceil(46 / w));
    for (let k = 0; k < view.columns; k += across) {
      context.fillText(view.xText(k), LEFT + (k + 0.5) * w, height - BOTTOM + 14, 60);
    }
    context.textAlign = "right";
    const up = Math.max(1, Math.ceil(16 / t));
    for (let k = 0; k < view.rows; k += up) {
      context.fillText(view.yText(k), LEFT - 6, TOP + (view.rows - 0.5 - k) * t + 4, LEFT - 24);
    }
    context.fillStyle = color("--text");
    context.textAlign = "center";
    context.fillText(view.names[0], (LEFT + width) / 2, height - 8, width - LEFT);
    context.save();
    context.translate(12, (TOP + height - BOTTOM) / 2);
    context.rotate(-Math.PI / 2);
    context.fillText(view.names[1], 0, 0, height - BOTTOM);
    context.restore();
  }

  private cellAt(event: MouseEvent): number {
    const { view } = this;
    if (view === null) return -1;
    const { width, height } = this.canvas.getBoundingClientRect();
    const x = Math.floor(((event.offsetX - LEFT) / (width - LEFT - RIGHT)) * view.columns);
    const y = Math.floor(((event.offsetY - TOP) / (height - TOP - BOTTOM)) * view.rows);
    if (x < 0 || y < 0 || x >= view.columns || y >= view.rows) return -1;
    const cell = (view.rows - 1 - y) * view.columns + x;
    return view.paint(cell) === null ? -1 : cell;
  }
}
