import type { Interval } from "../../vector/interval.ts";
import type { TimeWindow } from "../time-range.ts";
import type { Postgres } from "./connect.ts";
import { bindSettings } from "./copy.ts";
import { NAME_ROLES, type NameRole, type PostgresLayout } from "./layout.ts";

/** Which rows of a table are wanted. */
export interface Selection extends Partial<Record<NameRole, string | undefined>> {
  readonly symbols?: readonly string[] | undefined;
  readonly interval?: Interval | undefined;
  readonly timezone?: string | undefined;
  readonly window: Pick<TimeWindow, "from" | "to">;
}

/**
 * The condition of a selection, to be put after WHERE. It reads its values from settings of the transaction, which
 * are bound here: COPY takes no parameters.
 */
export async function bindSelection(
  postgres: Postgres,
  { names, time, holds }: PostgresLayout,
  selection: Selection,
): Promise<string> {
  const { window, symbols, timezone } = selection;
  const roles = NAME_ROLES.filter((role) => {
    // The exchange of a collector's bars is made of other columns; the interval of ticks is ours to choose.
    if (role === "interval" && holds !== "bars") return false;
    return selection[role] !== undefined && names[role] !== undefined;
  });
  const wanted = symbols !== undefined && names.symbol !== undefined;
  const from = Number.isFinite(window.from) ? String(window.from) : undefined;
  const to = Number.isFinite(window.to) ? String(window.to) : undefined;
  await bindSettings(postgres, {
    ...Object.fromEntries(roles.map((role) => [role, selection[role]])),
    symbols: wanted ? JSON.stringify(symbols) : undefined,
    from,
    to,
    timezone,
  });
  const setting = (name: string) => `current_setting('swymc.${name}')`;
  return [
    "true",
    ...roles.map((role) => `${names[role]} = ${setting(role)}`),
    ...(wanted
      ? [`${names.symbol} IN (SELECT json_array_elements_text(${setting("symbols")}::json))`]
      : []),
    ...(from === undefined ? [] : [`${time.column} >= ${time.moment(setting("from"))}`]),
    ...(to === undefined ? [] : [`${time.column} < ${time.moment(setting("to"))}`]),
  ].join(" AND ");
}
