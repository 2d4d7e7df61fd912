export { bollingerKernel } from "./bollinger.ts";
export { emaKernel } from "./ema.ts";
export { highestKernel } from "./highest.ts";
export { lowestKernel } from "./lowest.ts";
export { rsiKernel } from "./rsi.ts";
export { smaKernel } from "./sma.ts";
export { stdDevKernel } from "./std-dev.ts";
