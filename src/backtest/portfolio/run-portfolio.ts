import { type ExecutionModels, NO_MODELS } from "../execution-models.ts";
import { isPlainExecution } from "../plain-execution.ts";
import { Carry } from "../realistic/carry.ts";
import { Fees } from "../realistic/fees.ts";
import { type Companions, Purse } from "../realistic/funds.ts";
import type { Runner } from "../realistic/runner.ts";
import type { Realism } from "../simulation.ts";
import { type Curve, curveOf } from "./curve.ts";
import type { Member, MemberRun, PortfolioSettings, PortfolioSimulation } from "./portfolio.ts";
import { closeTimes, rowsOf } from "./rows.ts";
import { Seat } from "./seat.ts";

/**
 * Runs several symbols on one cash account. Bars open and close in the order of time, closes before opens:
 *
 *     open:  carry → orders against positions, then the others → exits and margin calls that the gap crossed
 *     close: path of each bar → orders at the close → rules → new orders (at the close: at once)
 *
 * Within a step the symbols come in the order given. What a symbol knows of the others are closes of bars that are
 * over. One symbol alone has the numbers of {@link simulate}.
 */
export function simulatePortfolio(
  members: readonly Member[],
  settings: PortfolioSettings,
): PortfolioSimulation {
  for (const { bars, signals } of members) {
    if (signals.length !== bars.time.length)
      throw new RangeError(`signals of ${signals.length} bars on ${bars.time.length} bars`);
  }
  const models = settings.execution ?? NO_MODELS;
  return new PortfolioRun(members, settings, models).run();
}

class PortfolioRun {
  private readonly purse: Purse;
  private readonly carry: Carry;
  /** Whether the price of a margin call moves with the other symbols. */
  private readonly jointMargin: boolean;
  private readonly seats: readonly Seat[];
  private readonly rows: Float64Array;
  /** When each row is known: at its close, or at the next row where that is sooner. */
  private readonly rowCloses: Float64Array;
  private readonly start: number;
  private readonly curve: Curve;
  /** Rows that are marked or about to be. */
  private row: number;
  /** When the bars opened that were entered last. */
  private opened = Number.NEGATIVE_INFINITY;
  private now = Number.NEGATIVE_INFINITY;
  /** Whether the closes of this very moment are known. */
  private closed = true;

  constructor(
    members: readonly Member[],
    private readonly settings: PortfolioSettings,
    models: ExecutionModels,
  ) {
    this.purse = new Purse(settings.cash);
    this.carry = new Carry(models);
    const { leverage, maintenanceMargin } = models;
    this.jointMargin = members.length > 1 && (leverage !== null || maintenanceMargin !== null);
    const { time, start } = rowsOf(members);
    this.rows = time;
    this.rowCloses = closeTimes(time, settings.closeOf);
    this.start = start;
    this.row = start;
    const fees = new Fees(settings.commission, models);
    this.seats = members.map((member, k) => {
      const { time: own } = member.bars;
      const closes = own === time ? this.rowCloses : closeTimes(own, settings.closeOf);
      const funds = { purse: this.purse, fees, companions: this.companionsOf(k) };
      return new Seat(member, closes, { ...settings, start: member.start }, models, funds);
    });
    this.curve = curveOf(this.seats, this.rowCloses, this.start);
  }

  run(): PortfolioSimulation {
    const { seats } = this;
    for (;;) {
      if (this.everyBar) {
        const exposed = this.exposed();
        for (const seat of seats) seat.scheduleFrom(this.now, this.opened, exposed);
      }
      let opens = Number.POSITIVE_INFINITY;
      let closes = Number.POSITIVE_INFINITY;
      for (const seat of seats) {
        opens = Math.min(opens, seat.opens);
        closes = Math.min(closes, seat.closesAt);
      }
      if (opens === Number.POSITIVE_INFINITY && closes === Number.POSITIVE_INFINITY) break;
      if (closes <= opens) this.close(closes);
      else this.open(opens);
    }
    this.curve.markUntil(this.rows.length);
    for (const { runner } of seats) runner.finish();
    return this.result();
  }

  private open(time: number): void {
    const seats = this.seats.filter((seat) => seat.opens === time);
    this.opened = time;
    this.mark(time, true);
    this.charge();
    for (const seat of seats) seat.enter();
    for (const seat of seats) this.withLevels(seat).atOpen(seat.bar, true);
    for (const seat of seats) this.withLevels(seat).atOpen(seat.bar);
  }

  private close(time: number): void {
    const seats = this.seats.filter((seat) => seat.closesAt === time);
    this.mark(time, false);
    for (const seat of seats) this.withLevels(seat).alongPath(seat.bar);
    this.closed = true;
    for (const { runner, bar } of seats) runner.reachClose(bar);
    this.fillAtClose(seats);
    for (const { runner, bar } of seats) runner.decide(bar);
    this.fillAtClose(seats);
    for (const { runner, bar } of seats) runner.end(bar);
    for (const seat of seats) {
      seat.leave();
      if (!this.everyBar) seat.schedule();
    }
  }

  /** Bars without orders matter too while anything is held. */
  private get everyBar(): boolean {
    return this.carry.any || this.jointMargin;
  }

  /** The levels of a symbol as of what the account has become by the others. */
  private withLevels({ runner, account }: Seat): Runner {
    if (this.jointMargin && account.units !== 0) runner.replaceLevels();
    return runner;
  }

  private fillAtClose(seats: readonly Seat[]): void {
    for (const { runner, bar } of seats) runner.atClose(bar, true);
    for (const { runner, bar } of seats) runner.atClose(bar);
  }

  /** Goes on to a moment: marks the rows that were known before it, and those that become known at it where `closed`. */
  private mark(time: number, closed: boolean): void {
    const { rowCloses } = this;
    while (
      this.row < rowCloses.length &&
      (rowCloses[this.row]! < time || (closed && rowCloses[this.row] === time))
    )
      this.row++;
    this.curve.markUntil(this.row);
    this.now = time;
    this.closed = closed;
  }

  /** What the positions cost since the row before the one that opens now. */
  private charge(): void {
    const { carry, rows, row } = this;
    if (!carry.any || row === this.start) return;
    const values = this.seats
      .filter(({ account }) => account.units !== 0)
      .map((seat) => this.valueOf(seat));
    this.purse.pay(carry.charge(this.purse.cash, values, rows[row - 1]!, rows[row]!));
    for (const { runner } of this.seats) runner.replaceLevels();
  }

  private exposed(): boolean {
    return this.purse.cash < 0 || this.seats.some(({ account }) => account.units !== 0);
  }

  /** Of a position, as far as its symbol's closes are known. */
  private valueOf({ account, price }: Seat): number {
    const known = this.closed ? price.at(this.now) : price.before(this.now);
    return account.quantity * (Number.isNaN(known) ? account.lastPrice : known);
  }

  private companionsOf(own: number): Companions {
    const sum = (part: (value: number) => number) =>
      this.seats.reduce((total, seat, k) => {
        if (k === own || seat.account.units === 0) return total;
        return total + part(this.valueOf(seat));
      }, 0);
    return {
      value: () => sum((value) => value),
      short: () => sum((value) => Math.max(0, -value)),
      gross: () => sum(Math.abs),
    };
  }

  private result(): PortfolioSimulation {
    const members = this.seats.map((seat, k) => memberRun(seat, this.curve.held(k)));
    const total = (part: (run: MemberRun) => number) =>
      members.reduce((sum, run) => sum + part(run), 0);
    return {
      time: this.rows,
      start: this.start,
      equity: this.curve.equity,
      cash: this.purse.cash,
      commission: total(({ commission }) => commission),
      traded: total(({ traded }) => traded),
      rowsInPosition: this.curve.rowsInPosition(),
      invested: this.curve.invested(),
      ...this.realism(),
      members,
    };
  }

  private realism(): { realism?: Realism } {
    const plain = ({ member: { signals, start } }: Seat) =>
      isPlainExecution(signals, { ...this.settings, start });
    if (this.seats.every(plain)) return {};
    const { funding, borrow } = this.carry;
    const each = this.seats.map(({ runner }) => runner.execution.realism(this.carry));
    const total = (name: keyof Realism) => each.reduce((sum, one) => sum + one[name], 0);
    return {
      realism: {
        spread: total("spread"),
        slippage: total("slippage"),
        impact: total("impact"),
        funding,
        borrow,
        partialFills: total("partialFills"),
        marginCalls: total("marginCalls"),
      },
    };
  }
}

function memberRun({ runner, account, log, member }: Seat, rowsInPosition: number): MemberRun {
  const { quantity: position, executions: fills, commission, traded } = account;
  const { rejections } = runner.execution;
  const pending = runner.working;
  return {
    start: member.start,
    trades: log.finish(),
    position,
    fills,
    commission,
    traded,
    rejections,
    pending,
    rowsInPosition,
  };
}
