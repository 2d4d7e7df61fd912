import { fn } from "./declare.ts";
import type { Meaning, Signature } from "./signature.ts";

const order = (call: string): Meaning => ({ to: "order", call });
const ALERTS = "text alert_message?";
const DIRECTION = { old: "bool direction|long", now: "int direction" };

/**
 * Orders as of a version. Up to 4 the direction is a bool, true for long. `when` is gone from 6 on; in 5 its place
 * changed, so the older order of arguments comes second there.
 */
export function orders(version: number): readonly Signature[] {
  const direction = version <= 4 ? DIRECTION.old : DIRECTION.now;
  const opened = (call: "entry" | "order") => {
    const head = `strategy.${call}(text id, ${direction}, float qty?, float limit?, float stop?, text oca_name?, text oca_type?, text comment?`;
    if (version <= 5) {
      return fn(`${head}, bool when = true, ${ALERTS}, bool disable_alert?) -> void`, order(call));
    }
    return fn(`${head}, ${ALERTS}, bool disable_alert?) -> void`, order(call));
  };
  return [opened("entry"), opened("order"), ...exits(version), ...closes(version), ...risk()];
}

function exits(version: number): readonly Signature[] {
  const head =
    "strategy.exit(text id, text from_entry?, float qty?, float qty_percent?, float profit?, float limit?, float loss?, float stop?, float trail_price?, float trail_points?, float trail_offset?, text oca_name?, text comment?";
  const late =
    "text comment_profit?, text comment_loss?, text comment_trailing?, text alert_message?, text alert_profit?, text alert_loss?, text alert_trailing?, bool disable_alert?";
  const early = fn(`${head}, bool when = true, ${ALERTS}) -> void`, order("exit"));
  if (version <= 4) return [early];
  if (version >= 6) return [fn(`${head}, ${late}) -> void`, order("exit"))];
  return [fn(`${head}, ${late}, bool when = true) -> void`, order("exit")), early];
}

function closes(version: number): readonly Signature[] {
  const tail = `text comment?, float qty?, float qty_percent?, ${ALERTS}, bool immediately = false, bool disable_alert?`;
  const whole = `text comment?, ${ALERTS}, bool immediately = false, bool disable_alert?`;
  const now = [
    fn(
      `strategy.close(text id, ${tail}${version === 5 ? ", bool when = true" : ""}) -> void`,
      order("close"),
    ),
    fn(
      `strategy.close_all(${whole}${version === 5 ? ", bool when = true" : ""}) -> void`,
      order("close_all"),
    ),
  ];
  const early = [
    fn(`strategy.close(text id, bool when = true, ${tail}) -> void`, order("close")),
    fn(`strategy.close_all(bool when = true, ${whole}) -> void`, order("close_all")),
  ];
  const when = version <= 5 ? "bool when = true" : "";
  return [
    ...(version >= 5 ? now : []),
    ...(version <= 5 ? early : []),
    fn(`strategy.cancel(text id${when && `, ${when}`}) -> void`, order("cancel")),
    fn(`strategy.cancel_all(${when}) -> void`, order("cancel_all")),
  ];
}

function risk(): readonly Signature[] {
  const of = (rule: string, params: string) =>
    fn(`strategy.risk.${rule}(${params}) -> void`, order("risk"));
  const alert = "text alert_message?";
  return [
    of("allow_entry_in", "simple text value"),
    of("max_position_size", "simple float contracts"),
    of("max_drawdown", `simple float value, simple text type, ${alert}`),
    of("max_intraday_loss", `simple float value, simple text type, ${alert}`),
    of("max_intraday_filled_orders", `simple int count, ${alert}`),
    of("max_cons_loss_days", `simple int count, ${alert}`),
  ];
}
