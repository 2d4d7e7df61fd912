import { EquityCurve } from "../equity-curve.ts";
import { JointCurve } from "./joint-curve.ts";
import { LastPrice } from "./last-price.ts";
import type { Seat } from "./seat.ts";

/** The equity of the account. One symbol is marked as {@link simulate} marks it, which knows where the account was wholly in it. */
export interface Curve {
  readonly equity: Float64Array;
  markUntil(row: number): void;
  rowsInPosition(): number;
  held(member: number): number;
  invested(): Int32Array;
}

export function curveOf(seats: readonly Seat[], rowCloses: Float64Array, start: number): Curve {
  const accounts = seats.map(({ account }) => account);
  if (seats.length === 1) {
    const alone = new EquityCurve(seats[0]!.member.bars.close, start);
    return {
      equity: alone.equity,
      markUntil: (row) => alone.markUntil(row, accounts[0]!),
      rowsInPosition: () => alone.barsInPosition,
      held: () => alone.barsInPosition,
      invested: () => alone.invested,
    };
  }
  const prices = seats.map(({ member, closes }) => new LastPrice(member.bars.close, closes));
  const joint = new JointCurve(rowCloses, start, prices);
  return {
    equity: joint.equity,
    markUntil: (row) => joint.markUntil(row, accounts),
    rowsInPosition: () => joint.rowsInPosition,
    held: (member) => joint.held[member]!,
    invested: () => new Int32Array(0),
  };
}
