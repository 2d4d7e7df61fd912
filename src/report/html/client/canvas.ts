import { onTheme } from "./theme.ts";

/** Draws on `context` in CSS pixels; called again where the place or the theme changes. */
export type Paint = (context: CanvasRenderingContext2D, width: number, height: number) => void;

/** A canvas as wide as its place, sharp on dense screens. */
export function canvasOf(
  canvas: HTMLCanvasElement,
  height: () => number,
  paint: Paint,
): () => void {
  const draw = () => {
    const width = canvas.parentElement?.clientWidth ?? 0;
    if (width === 0) return;
    const tall = height();
    const scale = devicePixelRatio || 1;
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(tall * scale);
    canvas.style.setProperty("width", `${width}px`);
    canvas.style.setProperty("height", `${tall}px`);
    const context = canvas.getContext("2d");
    if (context === null) return;
    context.setTransform(scale, 0, 0, scale, 0, 0);
    context.clearRect(0, 0, width, tall);
    paint(context, width, tall);
  };
  let before = 0;
  new ResizeObserver(() => {
    const width = canvas.parentElement?.clientWidth ?? 0;
    if (width === before) return;
    before = width;
    draw();
  }).observe(canvas.parentElement ?? canvas);
  onTheme(draw);
  return draw;
}
