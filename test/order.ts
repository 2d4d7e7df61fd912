import { relative } from "node:path";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import { ROOT } from "./source-tree.ts";

/**
 * Tests of functions without state, whose files follow each other in one process: to start one and to load the sources
 * takes longer than most of them. A file that alters globals, measures memory or starts threads is none of these.
 */
export const SHARED: readonly string[] = [
  // All but the one that takes WebAssembly away.
  "src/**/!(simd).test.ts",
  "test/*.test.ts",
  "test/backtest/*.test.ts",
  "test/both-syntaxes/*.test.ts",
  "test/cli/*.test.ts",
  "test/dsl/*.test.ts",
  // Without those that measure memory, start programs, or fill much of it.
  "test/kernels/!(allocation|bench|bits|bundle|drift|huge|indicators-bench|large|stream-bench).test.ts",
  "test/portfolio/*.test.ts",
  "test/properties/*.test.ts",
  "test/reference/*.test.ts",
  "test/report/*.test.ts",
  "test/script/**/*.test.ts",
  "test/stats/*.test.ts",
  "test/walkforward/*.test.ts",
];

/** Files that take longest, or wait most: they begin, so that none of them is left at the end. */
export const LONG: readonly string[] = [
  "test/fetch/exchange.test.ts",
  "test/read/memory.test.ts",
  "test/data-store/crash.test.ts",
  "test/kernels/bits.test.ts",
  "test/sweep/resume.test.ts",
  "test/kernels/harness/batch.test.ts",
  "test/postgres/postgres.test.ts",
  "test/data-store/import.test.ts",
  "test/read/archive.test.ts",
  "test/data/shared-sets.test.ts",
  "test/sweep/memory.test.ts",
  "test/import/zip.test.ts",
  "test/sweep/engine/exits.test.ts",
  "test/package/pack.test.ts",
  "test/script/corpus/corpus.test.ts",
];

/** Starts the long files first; of the others, vitest's own order holds. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const rank = ({ moduleId }: TestSpecification) => {
      const place = LONG.indexOf(relative(ROOT, moduleId));
      return place < 0 ? LONG.length : place;
    };
    const isolated = (file: TestSpecification) => Number(!file.project.config.isolate);
    return sorted.sort((a, b) => isolated(a) - isolated(b) || rank(a) - rank(b));
  }
}
