import type { Site } from "./site.ts";
import { isNa, na, toBool, toText, type Value } from "./values.ts";

/** `strategy.*` calls, by version: `when` holds them back, a direction may be a truth (long) in the early ones. */
export const strategyCalls: Readonly<Record<string, (site: Site) => Value>> = {
  "strategy.entry": (site) => opens(site, "entry"),
  "strategy.order": (site) => opens(site, "order"),
  "strategy.exit": (site) => {
    if (held(site)) return na;
    // Version 4 put `when` at its end; the places before it did not change.
    const { broker, version } = site.machine;
    // Before version 6 ticks count where no price is given, since then the nearer of both.
    const ticks = (at: number, name: string, priceAt: number, price: string) =>
      version < 6 && !Number.isNaN(site.number(priceAt, price)) ? na : site.number(at, name);
    broker?.exit(
      text(site, 0, "id"),
      text(site, 1, "from_entry"),
      Float64Array.of(
        site.number(2, "qty"),
        site.number(3, "qty_percent"),
        ticks(4, "profit", 5, "limit"),
        site.number(5, "limit"),
        ticks(6, "loss", 7, "stop"),
        site.number(7, "stop"),
        site.number(8, "trail_price"),
        ticks(9, "trail_points", 8, "trail_price"),
        site.number(10, "trail_offset"),
      ),
      text(site, 11, "oca_name"),
      text(site, 12, "comment"),
    );
    return na;
  },
  "strategy.close": (site) => {
    if (held(site)) return na;
    const old = site.machine.version < 5;
    // (id, when, comment, qty, …) until version 4; (id, comment, qty, qty_percent, alert_message, immediately) since.
    const comment = old ? 2 : 1;
    const immediately = toBool(site.get(5, "immediately") ?? false);
    site.machine.broker?.close(
      text(site, 0, "id"),
      site.number(comment + 1, "qty"),
      site.number(comment + 2, "qty_percent"),
      immediately,
      text(site, comment, "comment"),
    );
    return na;
  },
  "strategy.close_all": (site) => {
    if (site.machine.version < 5 ? heldAt(site, 0) : held(site)) return na;
    const immediately = toBool(site.get(99, "immediately") ?? false);
    site.machine.broker?.closeAll(
      immediately,
      text(site, site.machine.version < 5 ? 1 : 0, "comment"),
    );
    return na;
  },
  "strategy.cancel": (site) => {
    if (site.machine.version < 5 ? heldAt(site, 1) : held(site)) return na;
    site.machine.broker?.cancel(text(site, 0, "id"));
    return na;
  },
  "strategy.cancel_all": (site) => {
    if (site.machine.version < 5 ? heldAt(site, 0) : held(site)) return na;
    site.machine.broker?.cancelAll();
    return na;
  },
};

for (const rule of [
  "max_position_size",
  "max_drawdown",
  "max_intraday_loss",
  "max_intraday_filled_orders",
  "max_cons_loss_days",
]) {
  named(`strategy.risk.${rule}`, (site) => {
    const type = toText(site.get(1, "type") ?? "");
    site.machine.broker?.risk(rule, site.number(0, "value", "contracts", "count"), type);
    return na;
  });
}
named("strategy.risk.allow_entry_in", (site) => {
  site.machine.broker?.risk("allow_entry_in", na, toText(site.get(0, "value")!));
  return na;
});

function named(name: string, f: (site: Site) => Value): void {
  (strategyCalls as Record<string, (site: Site) => Value>)[name] = f;
}

function opens(site: Site, call: "entry" | "order"): Value {
  if (held(site)) return na;
  const long = toBool(site.get(1, "direction", "long")!);
  site.machine.broker?.[call](
    text(site, 0, "id"),
    long ? 1 : -1,
    site.number(2, "qty"),
    site.number(3, "limit"),
    site.number(4, "stop"),
    text(site, 5, "oca_name"),
    text(site, 6, "oca_type"),
    text(site, 7, "comment"),
  );
  return na;
}

/** `when=false` (na, too). */
function held(site: Site): boolean {
  const when = site.get(
    site.node.callee.text === "strategy.close" && site.machine.version < 5 ? 1 : 99,
    "when",
  );
  return when !== undefined && !toBool(when);
}

function heldAt(site: Site, index: number): boolean {
  const when = site.get(index, "when");
  return when !== undefined && !toBool(when);
}

function text(site: Site, index: number, name: string): string {
  const value = site.get(index, name);
  return value === undefined || isNa(value) ? "" : toText(value);
}
