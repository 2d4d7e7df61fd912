export type { WalkForward, WalkForwardWindow, WindowResult } from "./result.ts";
export {
  type WalkForwardOptions,
  type WalkForwardRun,
  type WalkForwardStrategy,
  walkForward,
} from "./walk-forward.ts";
