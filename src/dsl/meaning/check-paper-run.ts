import { type Diagnostic, diagnose } from "../../diagnostics/index.ts";
import type { JsonTree } from "../json/tree.ts";
import { describeValue } from "../schema/describe.ts";
import { parseInstant } from "./instant.ts";
import { isObject, type JsonObject, walkObjects } from "./walk.ts";

/** From this fraction of an order's value up, fees are taken to be a mistaken percentage. */
const HIGH_FEES = 0.01;

/** Times, fees and balances of a paper-run body. */
export function checkPaperRun(body: JsonObject, tree: JsonTree): Diagnostic[] {
  const config = objectAt(body, "config");
  const execution = objectAt(config, "execution");
  return [
    ...checkTimes(body, tree),
    ...checkFees(execution["fees_percent"], tree),
    ...checkBalances(config, objectAt(execution, "initial_state")["balances"], tree),
  ];
}

function objectAt(object: JsonObject, name: string): JsonObject {
  const value = object[name];
  return isObject(value) ? value : {};
}

function checkTimes(body: JsonObject, tree: JsonTree): Diagnostic[] {
  const found: Diagnostic[] = [];
  const { config, ...rest } = body;
  const check = (object: JsonObject, pointer: string, name: string) => {
    const value = object[name];
    if (typeof value !== "string" || parseInstant(value) !== null) return;
    const params = { name, found: describeValue(value) };
    found.push(diagnose("bad_run_time", params, tree.locate(`${pointer}/${name}`)));
  };
  check(rest, "", "starts_at");
  check(rest, "", "finishes_at");
  const execution = isObject(config) ? config["execution"] : undefined;
  walkObjects(execution, "/config/execution", (object, at) => check(object, at, "time_exchange"));
  const { starts_at: startsAt, finishes_at: finishesAt } = rest;
  if (typeof startsAt !== "string" || typeof finishesAt !== "string") return found;
  const [start, finish] = [parseInstant(startsAt), parseInstant(finishesAt)];
  if (start === null || finish === null || start < finish) return found;
  const place = tree.locate("/finishes_at");
  return [...found, diagnose("run_reversed", { startsAt, finishesAt }, place)];
}

function checkFees(fees: unknown, tree: JsonTree): Diagnostic[] {
  if (typeof fees !== "number" || fees < HIGH_FEES) return [];
  const place = tree.locate("/config/execution/fees_percent");
  return [diagnose("high_fees", { value: fees }, place)];
}

function checkBalances(config: JsonObject, balances: unknown, tree: JsonTree): Diagnostic[] {
  const asset = objectAt(objectAt(config, "instrument"), "underlying")["quote"];
  if (typeof asset !== "string" || !Array.isArray(balances)) return [];
  const assets = balances.map((one) => (isObject(one) ? one["asset"] : undefined));
  const matching = assets.flatMap((one, i) => (sameAsset(one, asset) ? [i] : []));
  const at = "/config/execution/initial_state/balances";
  if (matching.length === 1) return [];
  if (matching.length > 1) {
    const place = tree.locate(`${at}/${matching[1]}/asset`);
    return [diagnose("several_quote_balances", { asset }, place)];
  }
  const known = assets.filter((one) => typeof one === "string");
  return [diagnose("missing_quote_balance", { asset, known }, tree.locate(at))];
}

/** Names of assets are compared without regard to case. */
export function sameAsset(a: unknown, b: string): boolean {
  return typeof a === "string" && a.toLowerCase() === b.toLowerCase();
}
