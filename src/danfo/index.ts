export { type DanfoFrame, type DanfoModule, isDanfoFrame } from "./frame.ts";
export { fromDanfo } from "./from-danfo.ts";
export { toDanfo } from "./to-danfo.ts";
