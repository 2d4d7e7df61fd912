import { describe, expect, test } from "vitest";
import { type Row, trading } from "./by-hand-support.ts";

const at = (price: number): Row => [price, price, price, price];
const rows: Row[] = [at(100), [100, 120, 80, 100], [100, 120, 80, 100]];
/** Enters at 100 on bar 1, and leaves there at the limit, where it is above the entry. */
const leaving = (limit: string, before: string) =>
  trading({
    rows,
    calls: {
      0: `${before}\nstrategy.entry("A", strategy.long)\nstrategy.exit("X", "A", limit=${limit})`,
    },
  }).trades;
const left = (price: number) => [`long 1 of A: 1 @ 100 → 1 @ ${price} by X`];
const stays = ["long 1 of A: 1 @ 100 → open"];

describe("places of drawings that orders read", () => {
  test("a line goes on beyond its ends, straight", () => {
    // From 104 at bar 0 by 2 a bar: 114 at bar 5, 103 at half a bar before its start.
    const line = "l = line.new(0, 104, 1, 106)";
    expect(leaving("line.get_price(l, 5)", line)).toEqual(left(114));
    expect(leaving("l.get_price(1)", line)).toEqual(left(106));
    expect(leaving("l.get_y1() + l.get_x2()", line)).toEqual(left(105));
  });

  test("setters move it, a copy stays", () => {
    const line = [
      "l = line.new(0, 104, 1, 106)",
      "c = line.copy(l)",
      "line.set_xy2(l, 2, 110)",
      "l.set_first_point(chart.point.from_index(0, 108))",
    ].join("\n");
    expect(leaving("l.get_price(4)", line)).toEqual(left(112));
    expect(leaving("c.get_price(4)", line)).toEqual(left(112));
    expect(leaving("c.get_y1()", line)).toEqual(left(104));
  });

  test("boxes and labels give what they were given", () => {
    const box = "b = box.new(0, 112, 3, 107)\nb.set_rightbottom(5, 103)";
    expect(leaving("b.get_top()", box)).toEqual(left(112));
    expect(leaving("box.get_bottom(b) + box.get_right(b)", box)).toEqual(left(108));
    const label = 't = label.new(2, 109, "seven")\nlabel.set_text(t, label.get_text(t) + "teen")';
    expect(leaving("label.get_y(t) + str.length(t.get_text())", label)).toEqual(left(118));
  });

  test("fields of what an array holds", () => {
    const points = "p = array.new<chart.point>()\np.push(chart.point.from_index(2, 109))";
    expect(leaving("p.last().price", points)).toEqual(left(109));
    expect(leaving("p.get(0).index + 104", points)).toEqual(left(106));
  });

  test("what is na or deleted gives na, and setting it does nothing", () => {
    const none = "line l = na\nline.set_y1(l, 110)\nline.delete(l)";
    expect(leaving("line.get_y1(l)", none)).toEqual(stays);
    expect(leaving("na(l) ? 110 : 105", none)).toEqual(left(110));
    const gone = "l = line.new(0, 104, 1, 106)\nl.delete()";
    expect(leaving("l.get_price(1)", gone)).toEqual(stays);
  });

  test("names that are given by name, points, and what is only seen, do not matter", () => {
    const line =
      'l = line.new(y1=104, x1=0, color=color.red, x2=1, y2=106, width=3, extend=extend.right)\nb = box.new(chart.point.new(time, 0, 113), chart.point.now(101), bgcolor=color.new(color.red, 90), text="x")';
    expect(leaving("l.get_price(2) + b.get_left()", line)).toEqual(left(108));
    expect(leaving("b.get_top()", line)).toEqual(left(113));
  });
});
