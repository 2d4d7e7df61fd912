import { naive } from "./naive.ts";
import type { Inputs, Series } from "./naive-parts.ts";

/** Indicators that turn between an upward and a downward state, bar by bar as the Pine reference manual writes them. */
export const transitions: Readonly<
  Record<string, (inputs: Inputs, ...params: number[]) => Series[]>
> = { supertrend, sar };

export const namesWithTransitions = Object.keys(transitions);

const nz = (value: number | undefined) => (value === undefined || Number.isNaN(value) ? 0 : value);

function supertrend(inputs: Inputs, period: number, factor: number): Series[] {
  const { x: close, high, low } = inputs;
  const [atr] = naive["atr"](inputs, period);
  const upper: number[] = [];
  const lower: number[] = [];
  const value: number[] = [];
  const direction: number[] = [];
  for (let i = 0; i < close.length; i++) {
    const middle = (high[i] + low[i]) / 2;
    const bottom = middle - factor * atr[i];
    const top = middle + factor * atr[i];
    const [lastBottom, lastTop] = [nz(lower[i - 1]), nz(upper[i - 1])];
    lower[i] = bottom > lastBottom || close[i - 1] < lastBottom ? bottom : lastBottom;
    upper[i] = top < lastTop || close[i - 1] > lastTop ? top : lastTop;
    if (Number.isNaN(atr[i])) {
      upper[i] = lower[i] = value[i] = direction[i] = Number.NaN;
      continue;
    }
    if (i === 0 || Number.isNaN(atr[i - 1])) {
      lower[i] = bottom;
      upper[i] = top;
      direction[i] = 1;
    } else if (value[i - 1] === lastTop) direction[i] = close[i] > upper[i] ? -1 : 1;
    else direction[i] = close[i] < lower[i] ? 1 : -1;
    value[i] = direction[i] === -1 ? lower[i] : upper[i];
  }
  return [value, direction];
}

function sar(
  { x: close, high, low }: Inputs,
  start: number,
  increment: number,
  maximum: number,
): Series[] {
  let result = Number.NaN;
  let extreme = Number.NaN;
  let acceleration = Number.NaN;
  let isBelow = false;
  const column = close.map((_, i) => {
    let isFirst = false;
    if (i === 0) return Number.NaN;
    if (i === 1) {
      isBelow = close[1] > close[0];
      extreme = isBelow ? high[1] : low[1];
      result = isBelow ? low[0] : high[0];
      isFirst = true;
      acceleration = start;
    }
    result = result + acceleration * (extreme - result);
    if (isBelow && result > low[i]) {
      isFirst = true;
      isBelow = false;
      result = Math.max(high[i], extreme);
      extreme = low[i];
      acceleration = start;
    } else if (!isBelow && result < high[i]) {
      isFirst = true;
      isBelow = true;
      result = Math.min(low[i], extreme);
      extreme = high[i];
      acceleration = start;
    }
    if (!isFirst && isBelow && high[i] > extreme) {
      extreme = high[i];
      acceleration = Math.min(acceleration + increment, maximum);
    } else if (!isFirst && !isBelow && low[i] < extreme) {
      extreme = low[i];
      acceleration = Math.min(acceleration + increment, maximum);
    }
    if (isBelow) result = Math.min(result, low[i - 1], i > 1 ? low[i - 2] : low[i - 1]);
    else result = Math.max(result, high[i - 1], i > 1 ? high[i - 2] : high[i - 1]);
    return result;
  });
  return [column];
}
