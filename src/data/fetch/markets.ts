import { fail, suggest } from "../../diagnostics/index.ts";
import type { CcxtMarket } from "./ccxt-package.ts";

/**
 * The market that a user names: by ccxt's name (BTC/USDT), the exchange's id (BTCUSDT), base and quote together, or
 * the coin alone; the first way that finds one counts. Spelling is exact, nothing is guessed.
 */
export function findMarket(
  markets: readonly CcxtMarket[],
  symbol: string,
  exchange: string,
): CcxtMarket {
  const ways: readonly ((market: CcxtMarket) => boolean)[] = [
    (market) => market.symbol === symbol,
    (market) => market.id === symbol,
    (market) => undated(market) && `${market.base}${market.quote}` === symbol,
    (market) => undated(market) && (market.base === symbol || market.baseName === symbol),
  ];
  for (const way of ways) {
    const found = markets.filter(way);
    if (found.length === 1) return found[0];
    if (found.length > 1) {
      const choices = found.map((market) => market.symbol);
      fail("exchange_symbol_ambiguous", { name: exchange, symbol, choices });
    }
  }
  const known = markets.flatMap((market) => [market.symbol, plainId(market)]);
  return fail("exchange_symbol", { name: exchange, symbol, suggestion: suggest(symbol, known) });
}

/** The symbol under which bars are stored: as the user writes it, but for ccxt's names the exchange's own id. */
export function storedSymbol(market: CcxtMarket, asked: string): string {
  return asked.includes("/") ? plainId(market) : asked;
}

/** The exchange's id of a market; base and quote where that is a mere number or a pair (Hyperliquid). */
function plainId({ id, base, quote }: CcxtMarket): string {
  return /^[^/]*[A-Za-z][^/]*$/.test(id) ? id : `${base}${quote}`;
}

/** Spot and perpetual markets: those that base and quote name alone. */
function undated({ type }: CcxtMarket): boolean {
  return type === "spot" || type === "swap";
}
