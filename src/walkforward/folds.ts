import { fail } from "../diagnostics/index.ts";

/** Bars of a dataset, the end excluded. */
export interface BarSpan {
  readonly from: number;
  readonly to: number;
}

/** One window of a walk-forward: what parameters are chosen on, and what they are then held to. */
export interface Fold {
  readonly train: BarSpan;
  /** Begins `embargo` bars after the training ends. */
  readonly test: BarSpan;
}

export interface FoldOptions {
  readonly windows: number;
  /** Training begins at the first bar in every window; else it moves along (rolling). */
  readonly anchored: boolean;
  /** Share of a window that is trained on, the embargo included; of the first window where anchored. */
  readonly trainShare: number;
  /** Bars between training and test, taken off the end of the training. */
  readonly embargo: number;
}

/** Fewer bars have no deviation. */
const FEWEST = 2;

/**
 * Windows whose tests follow each other without a gap and end at the last bar (Pardo, The Evaluation and Optimization of
 * Trading Strategies, 2008, chapter 11; the embargo after López de Prado, Advances in Financial Machine Learning, 2018, §7.4).
 * Throws a SwymcError where there are too few bars.
 */
export function foldsOf(bars: number, options: FoldOptions): Fold[] {
  const { windows, anchored, trainShare, embargo } = options;
  const length = bars / (trainShare + windows * (1 - trainShare));
  const test = length * (1 - trainShare);
  const train = Math.round(length * trainShare);
  const edge = (k: number) => bars - Math.round((windows - k) * test);
  const folds = Array.from({ length: windows }, (_, k): Fold => {
    const begin = edge(k);
    return {
      train: { from: anchored ? 0 : Math.max(0, begin - train), to: begin - embargo },
      test: { from: begin, to: edge(k + 1) },
    };
  });
  const shortest = (of: (fold: Fold) => BarSpan) =>
    Math.min(...folds.map(of).map(({ from, to }) => to - from));
  const [trained, tested] = [shortest((fold) => fold.train), shortest((fold) => fold.test)];
  if (trained < FEWEST || tested < FEWEST) {
    fail("walkforward_bars", { bars, windows, train: Math.max(0, train), test: tested, embargo });
  }
  return folds;
}
