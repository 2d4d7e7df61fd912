import type { PastExpr } from "../../dsl/text/core.ts";
import { type Code, code } from "../../vector/code.ts";
import { MAX_HISTORY } from "../limits.ts";
import type { ExpressionEmitter } from "./expressions.ts";
import * as letters from "./letters.ts";
import { bar, E, runtime } from "./letters.ts";
import { naOf } from "./na.ts";

/** `x[n]`. */
export function emitPast({ of, offset, type, span }: PastExpr, emitter: ExpressionEmitter): Code {
  const na = naOf(type);
  if (offset.kind === "const") {
    const back = Number(offset.value);
    if (Number.isNaN(back)) return na;
    const whole = Math.trunc(back);
    if (whole === 0) return emitter.emit(of);
    const here = positionOf(of, emitter);
    return code`(${here} >= ${whole} ? ${valueAt(of, code`${here} - ${whole}`, emitter)} : ${na})`;
  }
  const given = emitter.emit(offset);
  const at = emitter.unit.span(span);
  const back = emitter.fn.temporary();
  emitter.useRuntime();
  emitter.fn.block.push(code`const ${back} = Math.trunc(${given});`);
  emitter.fn.block.push(
    code`if (${back} < 0 || ${back} > ${MAX_HISTORY}) ${runtime}.historyOffset(${at}, ${back}, ${bar});`,
  );
  const now = emitter.emit(of);
  const here = positionOf(of, emitter);
  const before = valueAt(of, code`${here} - ${back}`, emitter);
  return code`(${back} === 0 ? ${now} : ${here} >= ${back} ? ${before} : ${na})`;
}

/** What offsets count from: the bar, or the bars on which the slot was met. */
function positionOf(of: PastExpr["of"], emitter: ExpressionEmitter): Code {
  const some = of.kind === "local" && emitter.unit.sometimes(of.slot);
  return code`${some ? letters.count(of.slot) : bar}`;
}

/** The value at the end of an earlier bar. */
function valueAt(of: PastExpr["of"], index: Code, emitter: ExpressionEmitter): Code {
  if (of.kind === "field") {
    if (of.field === "bar_index") return code`(${index})`;
    if (of.field === "last_bar_index") return emitter.emit(of);
    return emitter.load(emitter.unit.column(of), of.type, index);
  }
  const stage = emitter.unit.stages.ofSlot(of.slot);
  if (stage === "run") return emitter.emit(of);
  if (stage === "pure") return emitter.load(emitter.unit.column(of), of.type, index);
  const at = emitter.unit.history(of.slot);
  const name = emitter.fn.head(letters.past(at), code`${E}.K[${at}]`);
  return of.type === "bool" ? code`(${name}[${index}] === 1)` : code`${name}[${index}]`;
}
