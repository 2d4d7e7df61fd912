import { NEVER } from "../../backtest/orders.ts";
import { GT, LT, SWAPPED } from "../../vector/wasm/layout.ts";
import type { LeanPlan } from "./lean-plan.ts";
import { NODE } from "./node-table.ts";
import { STATES } from "./states.ts";
import type { TrialGraph } from "./trial-graph.ts";

// What turns a flat account into one that holds a position, and back.

/** One rule that alone opens from flat, -1 where there is none, and that one rule alone closes again. */
export interface Turning {
  readonly entry: number;
  /** The place among the states of the position that is held. */
  readonly exit: number;
}

/** The only rule that may fire in a state; -1 where there are none or several. */
export function onlyRule({ rules }: LeanPlan, state: (typeof STATES)[number]): number {
  const able = rules.flatMap(({ when }, k) => (when[state] === NEVER ? [] : [k]));
  return able.length === 1 ? able[0]! : -1;
}

/** Which rules of a plan turn the account, if two alone do. */
export function turningRules(lean: LeanPlan): Turning {
  const none = { entry: -1, exit: 0 };
  const entry = onlyRule(lean, "flat");
  const opening = lean.rules[entry];
  if (opening === undefined || opening.sizing.kind === "close") return none;
  const held = opening.side === "buy" ? "long" : "short";
  const closing = lean.rules[onlyRule(lean, held)];
  if (closing?.sizing.kind !== "close" || closing.side === opening.side) return none;
  return { entry, exit: STATES.indexOf(held) };
}

/** What makes the signals of the trials of a batch. */
export interface Turns {
  /** Mask nodes of single trials, trial after trial, operands first; where each trial's begin. */
  readonly own: Int32Array;
  readonly first: Int32Array;
  /**
   * Per trial: the relation of two columns that opens where these change places, and closes where they change back, by
   * the trial's last two own masks, in this order; else -1.
   */
  readonly crossed: Int32Array;
  /** Per trial: 1 where it shares the masks of what opens and of what closes with others. */
  readonly shares: Uint8Array;
  /** Per node: 1 where it is such a mask. */
  readonly listed: Uint8Array;
}

/** Nodes of a batch, all trials of which are named. */
type Named = Pick<TrialGraph, "nodes" | "any" | "whole">;

export function turnsOf(lean: LeanPlan, named: Named): Turns {
  const { nodes, any, whole } = named;
  const count = whole.length;
  const turns: Turns = {
    ...ownMasks(named),
    crossed: new Int32Array(count).fill(-1),
    shares: new Uint8Array(count),
    listed: new Uint8Array(nodes.size),
  };
  const { entry, exit } = turningRules(lean);
  if (entry < 0) return turns;
  for (let trial = 0; trial < count; trial++) {
    if (whole[trial] === 1) continue;
    const opens = any[3 * trial + 1]!;
    const closes = any[3 * trial + exit]!;
    if (isSharedMask(named, opens) && isSharedMask(named, closes)) {
      turns.shares[trial] = 1;
      turns.listed[opens] = 1;
      turns.listed[closes] = 1;
    } else if (areOpposite(named, opens, closes)) cross(turns, named, trial, opens, closes);
  }
  return turns;
}

function isSharedMask({ nodes: { kind, shared } }: Named, id: number): boolean {
  return shared[id] === 1 && kind[id]! > NODE.relation && kind[id]! <= NODE.or;
}

/** Whether masks tell where one column passes over another, and where it passes back. */
function areOpposite({ nodes: { kind, a, c } }: Named, one: number, other: number): boolean {
  if (kind[one] !== kind[other] || a[one] !== a[other]) return false;
  const [how, back] = [c[one]!, c[other]!];
  if (kind[one] === NODE.cross) return how + back === SWAPPED;
  return kind[one] === NODE.compare && ((how === GT && back === LT) || (how === LT && back === GT));
}

function cross(
  { own, first, crossed }: Turns,
  { nodes }: Named,
  trial: number,
  opens: number,
  closes: number,
): void {
  const end = first[trial + 1]!;
  if (end - first[trial]! < 2) return;
  const last = own[end - 1]!;
  if (own[end - 2]! + last !== opens + closes || (last !== opens && last !== closes)) return;
  own[end - 2] = opens;
  own[end - 1] = closes;
  crossed[trial] = nodes.a[opens]!;
}

function ownMasks({ nodes, whole }: Named): Pick<Turns, "own" | "first"> {
  const { kind, owner, shared, size } = nodes;
  const count = whole.length;
  const first = new Int32Array(count + 1);
  const isOwn = (id: number) =>
    shared[id] === 0 &&
    kind[id]! >= NODE.relation &&
    kind[id]! <= NODE.or &&
    whole[owner[id]!] === 0;
  for (let id = 0; id < size; id++) if (isOwn(id)) first[owner[id]! + 1]!++;
  for (let trial = 0; trial < count; trial++) first[trial + 1]! += first[trial]!;
  const next = first.slice();
  const own = new Int32Array(first[count]!);
  for (let id = 0; id < size; id++) if (isOwn(id)) own[next[owner[id]!]!++] = id;
  return { first, own };
}
