/**
 * What an indicator is made of, as operations on series `S` with parameters `P`: for several indicators in one pass over
 * the bars, where one of them by itself waits for its own last value on every bar.
 */
export interface ChainForm<S, P> {
  /** Averages as in `emaKernel` and `rmaKernel`. */
  ema(x: S, period: P): S;
  rma(x: S, period: P): S;
  /** a - b, na where that is no number. */
  minus(a: S, b: S): S;
  /** x - x[1]; x is a column. */
  change(x: S): S;
  /** ½(|x| + x) and ½(|x| - x). */
  rise(x: S): S;
  fall(x: S): S;
  /** 100 - 100/(1 + up/down); 100 where only down is 0, na where both are. */
  strength(up: S, down: S): S;
  /** As in `crossAbove`. */
  crossAbove(a: S, b: S): S;
  /** As in `trKernel`, that of the first bar being high - low; of columns. */
  trueRange(high: S, low: S, close: S): S;
}

/** The outputs of an indicator's `tv` dialect, with the bits of its kernel where no value is missing. */
export type Chains = <S, P>(
  form: ChainForm<S, P>,
  sources: readonly S[],
  params: readonly P[],
) => readonly S[];
