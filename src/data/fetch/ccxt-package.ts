import { fail, suggest } from "../../diagnostics/index.ts";

/** What is used of a ccxt exchange. Structural, so that the types of an optional package are not part of ours. */
export interface CcxtExchange {
  readonly id: string;
  readonly has: Readonly<Record<string, boolean | string | undefined>>;
  readonly timeframes?: Readonly<Record<string, string>>;
  readonly features?: Readonly<Record<string, unknown>>;
  readonly urls: Record<string, unknown>;
  readonly options: Record<string, unknown>;
  hostname?: string;
  timeout: number;
  fetchImplementation: unknown;
  loadMarkets(): Promise<Readonly<Record<string, CcxtMarket>>>;
  fetchTime(): Promise<number | undefined>;
  fetchOHLCV(
    symbol: string,
    timeframe: string,
    since: number,
    limit: number,
  ): Promise<readonly (readonly (number | undefined)[])[]>;
}

export interface CcxtMarket {
  readonly id: string;
  readonly symbol: string;
  readonly base: string;
  readonly quote: string;
  readonly baseName?: string;
  readonly type: string;
  readonly subType?: string;
}

type Ccxt = Readonly<
  Record<string, new (config: Readonly<Record<string, unknown>>) => CcxtExchange>
> & { readonly exchanges: readonly string[] };

/** An exchange of ccxt by its id. The package takes a second to load, so that happens only here. */
export async function createExchange(name: string): Promise<CcxtExchange> {
  const ccxt = await loadCcxt();
  if (!ccxt.exchanges.includes(name)) {
    fail("exchange_unknown", { name, suggestion: suggest(name, ccxt.exchanges) });
  }
  const exchange = new ccxt[name]({ enableRateLimit: true });
  if (!exchange.has["fetchOHLCV"]) fail("exchange_without_bars", { name });
  return exchange;
}

async function loadCcxt(): Promise<Ccxt> {
  try {
    const loaded = (await import("ccxt")) as unknown as { default: Ccxt };
    return loaded.default;
  } catch (cause) {
    const reason = (cause as Error).message.split("\n")[0];
    return fail("exchange_package", { reason });
  }
}
