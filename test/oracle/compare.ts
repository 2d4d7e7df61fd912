import type { Claim, Part } from "./claims/claim.ts";
import type { Answer, Ask, Oracle } from "./oracle.ts";
import { type Case, seriesOf } from "./series.ts";

/** Puts a case to a library and every subject; throws at the first difference, else counts the values compared. */
export async function compare(
  oracle: Oracle,
  library: Ask["library"],
  claims: readonly Claim[],
  c: Case,
): Promise<Map<string, number>> {
  const compared = new Map<string, number>();
  for (const part of new Set(claims.map((claim) => claim.part))) {
    const x = seriesOf(part.startsWith("dense") ? { ...c, missing: 0 } : c);
    const asked = barsOf(x, part);
    const chosen = claims.filter((claim) => claim.part === part && takes(claim, c));
    const answers = await oracle.ask(
      [Float64Array.from(asked, (i) => x[i])],
      chosen.map(askOf(library, c)),
    );
    chosen.forEach((claim, k) => {
      for (const [name, values] of against(library, claim, answers[k], x, asked, c.period)) {
        compared.set(name, values + (compared.get(name) ?? 0));
      }
    });
  }
  return compared;
}

function takes({ from = 1, notOverGaps }: Claim, { period, missing }: Case): boolean {
  return period >= from && !(missing > 0 && period === notOverGaps);
}

const askOf =
  (library: Ask["library"], { period }: Case) =>
  ({ indicator, more = [] }: Claim): Ask => ({
    library,
    indicator,
    params: indicator === "ewm_alpha" ? more : [period, ...more],
  });

/** The bars whose values the library sees. */
function barsOf(x: Float64Array, part: Part): number[] {
  const bars = [...x.keys()];
  if (part === "defined") return bars.filter((i) => !Number.isNaN(x[i]));
  const first = part.endsWith("trimmed") ? x.findIndex((v) => !Number.isNaN(v)) : 0;
  return first < 0 ? [] : bars.slice(first);
}

function against(
  library: Ask["library"],
  { indicator, subjects, judge, part }: Claim,
  answer: Answer,
  x: Float64Array,
  asked: readonly number[],
  period: number,
): [string, number][] {
  if ("error" in answer) throw new Error(`${library} ${indicator} ${period}: ${answer.error}`);
  const seen = Float64Array.from(asked, (i) => x[i]);
  const agree = judge(seen, period);
  return Object.entries(subjects).map(([name, subject]) => {
    const columns = subject(x, period);
    let values = 0;
    columns.forEach((column, output) => {
      const first = asked[0] ?? x.length;
      for (let i = 0; i < first; i++) {
        if (!Number.isNaN(column[i])) throw new Error(`${name} has a value before the first`);
      }
      asked.forEach((bar, i) => {
        const theirs = "short" in answer ? Number.NaN : answer.columns[output][i];
        if (!agree(column[bar], theirs, i, output)) {
          throw new Error(
            `${name}, period ${period}, output ${output}, bar ${bar}: ${column[bar]}, ` +
              `${library} ${indicator} of ${part} values: ${theirs}`,
          );
        }
        if (!Number.isNaN(theirs)) values++;
      });
    });
    return [`${name} and ${library}`, values];
  });
}
