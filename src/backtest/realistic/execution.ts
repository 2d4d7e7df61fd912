import { barsPerYear } from "../../stats/annualisation.ts";
import type { Bars } from "../../vector/columns.ts";
import { modalStep } from "../../vector/modal-step.ts";
import type { ExecutionModels } from "../execution-models.ts";
import type { OrderRule, RunSettings, Signals } from "../orders.ts";
import type { Realism, Rejection, RejectionReason, Rejections } from "../simulation.ts";
import { EXIT_REASONS, type ExitReason, type TradeLog } from "../trades.ts";
import { Account, type FeeOf, TOLERANCE } from "./account.ts";
import type { Carry } from "./carry.ts";
import type { Fees } from "./fees.ts";
import type { Companions, Funds } from "./funds.ts";
import { Impact } from "./impact.ts";
import { Prices } from "./prices.ts";
import { kellyShare, type Share, volatilityShare } from "./sizing.ts";

const LISTED_REJECTIONS = 100;

/** What is to be filled: an order of a rule, or (rule -1) a whole position by an exit. */
export interface Request {
  readonly rule: number;
  readonly sign: number;
  readonly signalBar: number;
  /** Filled at its own price or better, and so without spread, slippage and impact. */
  readonly passive: boolean;
  readonly reason: ExitReason;
}

/**
 * Fills requests against an account. The steps of one fill:
 *
 *     price with spread and slippage → quantity → lot → liquidity → impact, tick → commission → affordability → books
 */
export class Execution {
  readonly account: Account;
  readonly prices: Prices;
  private readonly fees: Fees;
  private readonly companions: Companions;
  private readonly impact: Impact | null;
  private readonly lotUnits: number;
  private readonly listed: Rejection[] = [];
  private yearly: number | undefined;
  private rejected = 0;
  private spread = 0;
  private slippage = 0;
  private impacts = 0;
  private partialFills = 0;
  private marginCalls = 0;
  /** Bar whose volume was taken last, and how much of it. */
  private takenBar = -1;
  private taken = 0;

  constructor(
    private readonly bars: Bars,
    private readonly signals: Signals,
    settings: RunSettings,
    private readonly models: ExecutionModels,
    private readonly log: TradeLog,
    private readonly exitsKnown: (signalBar: number) => boolean,
    { purse, fees, companions }: Funds,
  ) {
    const { lot, liquidity, impact } = models;
    const cuts = liquidity?.excess === "partial";
    this.account = new Account(purse, signals.rules, lot, cuts, log);
    this.fees = fees;
    this.companions = companions;
    this.prices = new Prices(settings.slippage, models);
    this.impact = impact === null ? null : new Impact(bars, impact);
    this.lotUnits = lot === null ? 0 : this.account.unitsOf(lot);
    this.yearly = settings.barsPerYear;
  }

  get rejections(): Rejections {
    return { count: this.rejected, listed: this.listed };
  }

  /** @param carry of the account */
  realism({ funding, borrow }: Pick<Carry, "funding" | "borrow">): Realism {
    const { spread, slippage, impacts: impact, partialFills, marginCalls } = this;
    return { spread, slippage, impact, funding, borrow, partialFills, marginCalls };
  }

  /** Whether an order can be priced on a bar: without an earlier volume its impact is not known. */
  canFill(bar: number): boolean {
    return this.impact === null || !Number.isNaN(this.impact.factor(bar));
  }

  /** Fills a request whose middle price is `middle`, in part or whole, or refuses it. @returns whether it filled whole */
  fill(request: Request, bar: number, middle: number): boolean {
    const { account, bars } = this;
    const { sign, passive, signalBar } = request;
    const quoted = passive ? middle : this.prices.quoted(middle, sign);
    const slipped = passive ? middle : this.prices.slip(quoted, sign);
    const factor = passive || this.impact === null ? 0 : this.impact.factor(bar);
    const rate = this.fees.rate(passive, bars.time[bar]!);
    const priceOf = (units: number) => this.priceOf(units, slipped, factor, sign, passive, middle);
    const refuse = (reason: RejectionReason, units = 0, needed = 0, available = account.cash) => {
      const [quantity, price] = [units / account.scale, priceOf(units)];
      this.reject(request, bar, { price, quantity, needed, available, reason });
      return false;
    };

    const opposite = Math.max(0, -sign * account.units);
    const asked = this.unitsOf(request, middle, slipped, factor, rate, opposite);
    if (typeof asked === "string") return refuse(asked);
    if (asked === 0 && this.closesOnly(request)) return true;
    if (!(asked > 0 && asked < Number.POSITIVE_INFINITY)) return refuse("cash");
    const wanted = asked === opposite ? asked : this.wholeLots(asked);
    if (wanted === 0) return refuse("lot", asked);
    const order = this.meeting(this.liquid(wanted, bar), opposite);
    if (order === 0) return refuse("liquidity", wanted);

    const price = priceOf(order);
    const quantity = order / account.scale;
    const feeOf = (units: number) => {
      const part = units / account.scale;
      return this.fees.of(part * price, part, rate, units / order);
    };
    const closing = Math.min(order, opposite);
    const opening = order - closing;
    if (opening > 0 && !this.exitsKnown(signalBar)) return refuse("exit", order);
    if (opening > 0) {
      const { needed, available } = this.cover(closing, opening, price, feeOf, sign);
      if (needed - available > TOLERANCE * needed) return refuse("cash", order, needed, available);
    }
    account.fill(order, sign, price, feeOf, signalBar, bar, EXIT_REASONS.indexOf(request.reason));
    this.fees.note(quantity * price, bars.time[bar]!);
    this.take(bar, quantity);
    if (order < wanted) this.partialFills++;
    if (request.reason === "margin_call") this.marginCalls++;
    if (!passive) this.count(quantity, sign, middle, quoted, slipped, price, factor);
    return order === wanted;
  }

  private closesOnly({ rule }: Request): boolean {
    return rule < 0 || this.signals.rules[rule]!.sizing.kind === "close";
  }

  private priceOf(
    units: number,
    slipped: number,
    factor: number,
    sign: number,
    passive: boolean,
    middle: number,
  ): number {
    if (passive) return slipped;
    const share = factor === 0 ? 0 : factor * Math.sqrt(units / this.account.scale);
    return this.prices.final(slipped * (1 + sign * share), sign, middle);
  }

  /** Units asked for, before lots and liquidity, or why there are none. */
  private unitsOf(
    { rule, signalBar, sign, passive }: Request,
    middle: number,
    slipped: number,
    factor: number,
    rate: number,
    opposite: number,
  ): number | RejectionReason {
    if (rule < 0) return opposite;
    const { account } = this;
    const { sizing } = this.signals.rules[rule]!;
    if (sizing.kind === "close") return opposite;
    let units: number;
    if (sizing.kind === "quantity") units = account.unitsOf(sizing.quantity);
    else {
      const share = this.shareOf(sizing, signalBar);
      if (share !== null && "refused" in share) return share.refused;
      const basis = passive ? slipped : this.prices.final(slipped, sign, middle);
      const equity = account.cash + account.quantity * basis + this.companions.value();
      const money =
        share === null ? (sizing as { cash: number }).cash : (share.percent / 100) * equity;
      units = this.affordableUnits(money, basis, slipped, sign > 0 ? factor : 0, rate, sign);
    }
    return this.meeting(units, opposite);
  }

  /** The position itself where a real-valued order comes within the tolerance of it. */
  private meeting(units: number, position: number): number {
    const meets = !this.account.exact && Math.abs(units - position) <= TOLERANCE * position;
    return meets && position > 0 ? position : units;
  }

  private shareOf(sizing: OrderRule["sizing"], signalBar: number): Share | null {
    switch (sizing.kind) {
      case "percent_of_equity":
        return { percent: sizing.percent };
      case "volatility_target":
        this.yearly ??= yearOf(this.bars);
        return volatilityShare(sizing, this.bars, signalBar, this.yearly);
      case "kelly":
        return kellyShare(sizing, this.log);
      default:
        return null;
    }
  }

  /**
   * Units whose value and commission are an amount of money. A buy's impact f · √q is in its price: then q solves
   * a·q + b·q^(3/2) = money, by Newton's method from above, where every step stays above. A sale is reckoned before it.
   */
  private affordableUnits(
    money: number,
    basis: number,
    slipped: number,
    factor: number,
    rate: number,
    sign: number,
  ): number {
    const { perUnit, perOrder } = this.fees;
    const left = money - perOrder;
    const plain = left / (basis * (1 + rate) + perUnit);
    if (factor === 0 || !(plain > 0)) return plain * this.account.scale;
    const a = slipped * (1 + rate) + perUnit;
    const b = slipped * (1 + rate) * factor;
    let root = Math.sqrt(left / a);
    for (let step = 0; step < 100; step++) {
      const next =
        root - (a * root ** 2 + b * root ** 3 - left) / (2 * a * root + 3 * b * root ** 2);
      if (!(next < root)) break;
      root = next;
    }
    const price = this.prices.final(slipped * (1 + factor * root), sign, slipped);
    return (left / (price * (1 + rate) + perUnit)) * this.account.scale;
  }

  private wholeLots(units: number): number {
    if (this.lotUnits === 0) return units;
    return Math.floor((units / this.lotUnits) * (1 + TOLERANCE)) * this.lotUnits;
  }

  /** What of an order the bar's volume has room for; 0 where it is refused. */
  private liquid(units: number, bar: number): number {
    const { liquidity } = this.models;
    if (liquidity === null) return units;
    const share = (this.bars.volume[bar]! || 0) * liquidity.share;
    const room = (share - (this.takenBar === bar ? this.taken : 0)) * this.account.scale;
    if (units <= room * (1 + TOLERANCE)) return units;
    // What is left of a volume that was used up is rounding.
    const gone = room <= TOLERANCE * share * this.account.scale;
    if (liquidity.excess === "reject" || gone) return 0;
    return this.wholeLots(room);
  }

  private take(bar: number, quantity: number): void {
    this.taken = (this.takenBar === bar ? this.taken : 0) + quantity;
    this.takenBar = bar;
  }

  /** What the increasing part needs, and what there is for it once the rest has closed. */
  private cover(closing: number, opening: number, price: number, feeOf: FeeOf, sign: number) {
    const { account } = this;
    const openingFee = feeOf(opening);
    const closed = (closing / account.scale) * price;
    const cash = account.cash - sign * closed - feeOf(closing);
    const value = Math.abs((opening / account.scale) * price);
    const held = closing > 0 ? 0 : account.quantity;
    const leverage = this.models.leverage ?? 1;
    if (leverage === 1) {
      const short = sign < 0 ? Math.abs(held) * Math.abs(price) : 0;
      const blocked = 2 * short + 2 * this.companions.short();
      return { needed: value + openingFee, available: cash - blocked };
    }
    const equity = cash + held * price + this.companions.value();
    return {
      needed: value + leverage * openingFee,
      available: leverage * equity - Math.abs(held) * price - this.companions.gross(),
    };
  }

  private count(
    quantity: number,
    sign: number,
    middle: number,
    quoted: number,
    slipped: number,
    price: number,
    factor: number,
  ): void {
    const impact = slipped * factor * Math.sqrt(quantity);
    this.spread += quantity * sign * (quoted - middle);
    this.impacts += quantity * impact;
    this.slippage += quantity * (sign * (price - quoted) - impact);
  }

  private reject(
    { rule, sign, signalBar }: Request,
    bar: number,
    what: Pick<Rejection, "price" | "quantity" | "needed" | "available" | "reason">,
  ): void {
    this.rejected++;
    if (this.listed.length >= LISTED_REJECTIONS) return;
    this.listed.push({ rule, side: sign > 0 ? "buy" : "sell", signalBar, bar, ...what });
  }
}

function yearOf({ time }: Bars): number {
  return barsPerYear(time, { interval: modalStep(time) ?? 86_400_000 });
}
