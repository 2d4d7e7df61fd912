export {
  backtestPortfolio,
  type PortfolioBacktest,
  type PortfolioOptions,
  type PortfolioSeries,
  portfolioLoadOptions,
} from "./backtest-portfolio.ts";
export type { PortfolioResult, PortfolioSymbol } from "./result.ts";
export { portfolioSummary } from "./summary.ts";
