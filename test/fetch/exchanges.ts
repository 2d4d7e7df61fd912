import type { Asked, Handler } from "./server.ts";
import { json } from "./server.ts";

const STEPS: Readonly<Record<string, number>> = {
  "1m": 60_000,
  "1h": 3_600_000,
  "1d": 86_400_000,
};

/** Bars that a made-up market would have had: every number follows from the time. */
export function barAt(time: number, step: number): readonly string[] {
  const n = time / step;
  const open = 100 + (n % 97) / 10;
  const close = 100 + ((n + 1) % 97) / 10;
  return [
    open.toFixed(2),
    (Math.max(open, close) + 0.5).toFixed(2),
    (Math.min(open, close) - 0.5).toFixed(2),
    close.toFixed(2),
    (10 + (n % 7)).toFixed(3),
  ];
}

export interface Market {
  /** Open of the first bar, and the exchange's clock: the bar that holds it is still open. */
  readonly listed: number;
  readonly now: number;
  /** Opens of bars that never were. */
  readonly absent?: readonly number[];
}

function opens({ listed, now, absent = [] }: Market, step: number, from: number, limit: number) {
  const found: number[] = [];
  for (let t = Math.max(listed, Math.ceil(from / step) * step); t <= now; t += step) {
    if (found.length === limit) break;
    if (!absent.includes(t)) found.push(t);
  }
  return found;
}

/** Spot, USD-M and COIN-M of Binance: exchangeInfo, time and klines, in the layout of their documentation. */
export function binance(market: Market, symbols: readonly string[] = ["BTCUSDT"]): Handler {
  return (asked, response) => {
    const api = /^\/(api\/v3|fapi\/v1|dapi\/v1)\/(\w+)$/.exec(asked.path);
    if (api === null) return false;
    if (api[2] === "time") return json(response, { serverTime: market.now });
    if (api[2] === "exchangeInfo") {
      return json(response, { symbols: symbols.map((symbol) => info(symbol, api[1])) });
    }
    if (api[2] !== "klines") return false;
    const symbol = asked.query.get("symbol") ?? "";
    if (!symbols.includes(symbol)) {
      return json(response, { code: -1121, msg: "Invalid symbol." }, 400);
    }
    const step = STEPS[asked.query.get("interval") ?? ""];
    const limit = Math.min(1000, Number(asked.query.get("limit") ?? 500));
    const times = opens(market, step, Number(asked.query.get("startTime") ?? 0), limit);
    return json(
      response,
      times.map((t) => {
        const [open, high, low, close, volume] = barAt(t, step);
        return [t, open, high, low, close, volume, t + step - 1, "1000.5", 42, "5.0", "500.2", "0"];
      }),
    );
  };
}

function info(symbol: string, api: string) {
  const quote = symbol.startsWith("BTCUSD_") ? "USD" : "USDT";
  const base = symbol.slice(0, symbol.indexOf("USD"));
  const spot = {
    symbol,
    status: "TRADING",
    baseAsset: base,
    quoteAsset: quote,
    baseAssetPrecision: 8,
    quotePrecision: 8,
    isSpotTradingAllowed: true,
    permissions: ["SPOT"],
    filters: [],
  };
  if (api === "api/v3") return spot;
  return {
    ...spot,
    pair: `${base}${quote}`,
    contractType: "PERPETUAL",
    contractStatus: "TRADING",
    contractSize: 100,
    deliveryDate: 4133404800000,
    marginAsset: api === "dapi/v1" ? base : quote,
    pricePrecision: 2,
    quantityPrecision: 3,
  };
}

/** Hyperliquid: one address, the question in the body. It keeps the last 5,000 bars of each market. */
export function hyperliquid(market: Market, kept = 5000): Handler {
  return (asked, response) => {
    if (asked.path !== "/info") return false;
    const { type, req } = question(asked);
    switch (type) {
      case "exchangeStatus":
        return json(response, { specialStatuses: null, time: market.now });
      case "spotMeta":
        return json(response, { tokens: TOKENS, universe: SPOT });
      case "spotMetaAndAssetCtxs":
        return json(response, [{ tokens: TOKENS, universe: SPOT }, [{ midPx: "0.2" }]]);
      case "metaAndAssetCtxs":
        return json(response, [
          { universe: ["BTC", "ETH"].map((name) => ({ name, szDecimals: 5, maxLeverage: 50 })) },
          [{ midPx: "100.1" }, { midPx: "50.1" }],
        ]);
      case "perpDexs":
        return json(response, [null]);
      case "candleSnapshot": {
        const { coin, interval, startTime, endTime } = req;
        const step = STEPS[interval];
        const all = opens(market, step, 0, Number.POSITIVE_INFINITY).slice(-kept);
        const times = all.filter((t) => t >= startTime && t <= endTime);
        return json(
          response,
          times.map((t) => {
            const [o, h, l, c, v] = barAt(t, step);
            return { t, T: t + step - 1, s: coin, i: interval, o, h, l, c, v, n: 7 };
          }),
        );
      }
      default:
        return json(response, null, 422);
    }
  };
}

const TOKENS = [
  { name: "USDC", szDecimals: 8, weiDecimals: 8, index: 0, tokenId: "0x0", isCanonical: true },
  { name: "PURR", szDecimals: 0, weiDecimals: 5, index: 1, tokenId: "0x1", isCanonical: true },
];
const SPOT = [{ name: "PURR/USDC", tokens: [1, 0], index: 0, isCanonical: true }];

function question({ body }: Asked) {
  return JSON.parse(body) as {
    type: string;
    req: { coin: string; interval: string; startTime: number; endTime: number };
  };
}
