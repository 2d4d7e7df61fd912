"""
What libraries answer about statistics: one JSON object on standard input, one on standard output.

  special:     [[function, arguments], ...]           -> [value, ...]        scipy
  proportions: [[successes, trials, p], ...]          -> [[...], ...]        scipy
  samples:     [[value, ...], ...]                    -> [{...}, ...]        numpy, scipy, pandas
  deflated:    [[Sharpe, variance, trials, bars, skewness, kurtosis], ...] -> [[...], ...]  vectorbt
  trials:      [{series, block, resamples, seed}]     -> [{...}, ...]        arch
  benchmarks:  [{time, cash, equity, benchmark: {time, close}}] -> [{...}, ...]        quantstats, pandas
  runs:        [{time, cash, equity, close, ...}]     -> [{...}, ...]        quantstats, backtesting, vectorbt

`--check` imports the libraries and prints their versions.
"""

import importlib.metadata
import json
import math
import os
import sys
import warnings

import numpy as np
import pandas as pd

PACKAGES = ["arch", "backtesting", "quantstats", "scipy", "vectorbt"]
YEAR = 365


def special(rows):
    from scipy import special as sp
    from scipy.stats import binom

    functions = {
        "normalCdf": sp.ndtr,
        "normalQuantile": sp.ndtri,
        "logGamma": sp.gammaln,
        "lower": sp.betainc,
        "upper": sp.betaincc,
        "binomialPmf": binom.pmf,
    }
    return [float(functions[name](*args)) for name, args in rows]


def proportions(rows):
    from scipy.stats import binomtest

    found = []
    for k, n, p in rows:
        sides = [binomtest(k, n, p, side).pvalue for side in ("two-sided", "greater", "less")]
        interval = binomtest(k, n).proportion_ci(method="wilson")
        found.append([*sides, interval.low, interval.high])
    return found


def samples(rows):
    from scipy.stats import kurtosis, skew

    return [
        {
            "skewness": skew(x),
            "kurtosis": kurtosis(x, fisher=False),
            "deviation": np.std(x, ddof=1),
            "quantiles": list(np.quantile(x, [0.05, 0.25, 0.5, 0.75, 0.95])),
            "counts": np.histogram(x, bins=17)[0].tolist(),
            "edges": np.histogram(x, bins=17)[1].tolist(),
            "rolling": list(pd.Series(x).rolling(20).std(ddof=1).fillna(-1)),
        }
        for x in map(np.array, rows)
    ]


def deflated(rows):
    """The formula itself: vectorbt's accessor hands it the excess kurtosis."""
    from vectorbt.returns.metrics import approx_exp_max_sharpe, deflated_sharpe_ratio

    names = ["est_sharpe", "var_sharpe", "nb_trials", "backtest_horizon", "skew", "kurtosis"]
    return [
        [approx_exp_max_sharpe(0, row[1], row[2]), deflated_sharpe_ratio(**dict(zip(names, row)))] for row in rows
    ]


def trials(rows):
    """arch's SPA compares means as they are, so it is asked once for these and once for studentised ones."""
    from arch.bootstrap import SPA, optimal_block_length

    def test(x, ask):
        nothing = np.zeros(x.shape[0])
        spa = SPA(nothing, -x, block_size=ask["block"], reps=ask["resamples"], seed=ask["seed"], bootstrap="stationary")
        spa.compute()
        return spa

    found = []
    for ask in rows:
        x = np.array(ask["series"]).T
        plain = test(x, ask)
        scaled = test(x / np.sqrt(plain._loss_diff_var), ask)
        lengths = optimal_block_length(x)
        found.append(
            {
                "reality_check": plain.pvalues["upper"],
                "spa": dict(scaled.pvalues),
                "stationary": list(lengths["stationary"]),
                "circular": list(lengths["circular"]),
            }
        )
    return found


def runs(rows):
    return [{"quantstats": by_quantstats(r), "backtesting": by_backtesting(r), "vectorbt": by_vectorbt(r)} for r in rows]


def benchmarks(rows):
    """Aligned by pandas: the last close at each bar of the run, the first one before."""
    import quantstats.stats as qs

    found = []
    for row in rows:
        equity = np.array([row["cash"], *row["equity"]])
        r = pd.Series(equity[1:] / equity[:-1] - 1, index=days(row))
        close = pd.Series(row["benchmark"]["close"], index=days(row["benchmark"]))
        held = close.reindex(close.index.union(r.index)).ffill().reindex(r.index).bfill()
        b = held.pct_change(fill_method=None).fillna(0)
        greeks = qs.greeks(r, b, periods=YEAR, prepare_returns=False)
        rises, falls = b > 0, b < 0
        found.append(
            {
                "missing": int((~r.index.isin(close.index)).sum()),
                "beta": greeks["beta"],
                "alpha": greeks["alpha"],
                "information_ratio": qs.information_ratio(r, b, prepare_returns=False),
                "r_squared": qs.r_squared(r, b, prepare_returns=False),
                "benchmark_return": qs.comp(b),
                "up_capture": qs.geometric_mean(r[rises]) / qs.geometric_mean(b[rises]),
                "down_capture": qs.geometric_mean(r[falls]) / qs.geometric_mean(b[falls]),
            }
        )
    return found


def days(run):
    return pd.to_datetime(np.array(run["time"]), unit="ms")


def returns_of(run):
    equity = np.array([run["cash"], *run["equity"]])
    close = np.array([run["close"][0], *run["close"]])
    return [pd.Series(x[1:] / x[:-1] - 1, index=days(run)) for x in (equity, close)]


def by_quantstats(run):
    import quantstats.stats as qs

    r, b = returns_of(run)
    greeks = qs.greeks(r, b, periods=YEAR, prepare_returns=False)
    months = qs.monthly_returns(r, eoy=True, prepare_returns=False)
    details = qs.drawdown_details(qs.to_drawdown_series(r))
    return {
        "total_return": qs.comp(r),
        "cagr": qs.cagr(r, periods=YEAR),
        "volatility": qs.volatility(r, periods=YEAR, prepare_returns=False),
        "sharpe": qs.sharpe(r, periods=YEAR),
        "sharpe_rf": qs.sharpe(r, rf=run["rf"], periods=YEAR),
        "sortino": qs.sortino(r, periods=YEAR),
        "max_drawdown": -qs.max_drawdown(r),
        "calmar": qs.calmar(r, periods=YEAR, prepare_returns=False),
        "omega": qs.omega(r, periods=YEAR),
        "beta": greeks["beta"],
        "alpha": greeks["alpha"],
        "information_ratio": qs.information_ratio(r, b, prepare_returns=False),
        "r_squared": qs.r_squared(r, b, prepare_returns=False),
        "probabilistic_sharpe": float(qs.probabilistic_sharpe_ratio(r, periods=YEAR)),
        "excess_kurtosis": qs.kurtosis(r, prepare_returns=False),
        "skewness": qs.skew(r, prepare_returns=False),
        "profit_factor": qs.profit_factor(r, prepare_returns=False),
        "exposure": qs.exposure(r, prepare_returns=False),
        "months": months.to_numpy(dtype=float)[:, :13].tolist(),
        "drawdowns": sorted(-details["max drawdown"] / 100, reverse=True),
    }


def by_backtesting(run):
    """With the bar before the run put first, since it takes the first equity for the start."""
    from backtesting._stats import compute_stats

    index = days(run)
    index = index.insert(0, index[0] - pd.Timedelta(days=1))
    t = {name: np.array(column) for name, column in run["trades"].items()}
    trades = pd.DataFrame(
        {
            "Size": t["side"] * t["quantity"],
            "EntryBar": t["entryBar"] + 1,
            "ExitBar": t["exitBar"] + 1,
            "PnL": t["pnl"],
            "ReturnPct": t["pnl"] / (t["quantity"] * t["entryPrice"]),
            "Duration": index[t["exitBar"] + 1] - index[t["entryBar"] + 1],
        }
    )
    close = [run["close"][0], *run["close"]]
    bars = pd.DataFrame({name: close for name in ("Open", "High", "Low", "Close")}, index=index)
    stats = compute_stats(trades, np.array([run["cash"], *run["equity"]]), bars, None, 0)
    return {name: float(value) for name, value in stats.items() if isinstance(value, (int, float, np.number))}


def by_vectorbt(run):
    import vectorbt as vbt

    vbt.settings.caching["enabled"] = False
    close = pd.Series(run["close"], index=days(run))
    size = pd.Series(run["orders"], index=days(run))
    portfolio = vbt.Portfolio.from_orders(
        close, size=size, fees=run["fee"], init_cash=run["cash"], size_type="amount", freq="1D"
    )
    stats = portfolio.stats()
    r, b = returns_of(run)
    accessor = r.vbt.returns(freq="1D", year_freq="365 days")
    numbers = {name: value.days if isinstance(value, pd.Timedelta) else value for name, value in stats.items()}
    return {
        "stats": {name: float(x) for name, x in numbers.items() if isinstance(x, (int, float, np.number))},
        "equity": list(portfolio.value()),
        "sharpe_rf": accessor.sharpe_ratio(risk_free=run["rf"] / YEAR),
        "sortino_rf": accessor.sortino_ratio(required_return=run["rf"] / YEAR),
        "beta": accessor.beta(b),
        "alpha": accessor.alpha(b),
        "information_ratio": accessor.information_ratio(b),
        "up_capture": accessor.up_capture(b),
        "down_capture": accessor.down_capture(b),
    }


ANSWERS = {"special": special, "deflated": deflated, "proportions": proportions, "samples": samples, "trials": trials, "runs": runs, "benchmarks": benchmarks}


def finite(value):
    """JSON has neither NaN nor Infinity."""
    if isinstance(value, dict):
        return {name: finite(each) for name, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [finite(each) for each in value]
    number = float(value)
    return number if math.isfinite(number) else None


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    np.seterr(all="ignore")
    if "--check" in sys.argv:
        import arch.bootstrap
        import backtesting.lib
        import quantstats.stats

        print(", ".join(f"{name} {importlib.metadata.version(name)}" for name in PACKAGES))
    else:
        # Libraries print; only the answer may reach the tests.
        out = os.fdopen(os.dup(1), "w")
        os.dup2(2, 1)
        asked = json.load(sys.stdin)
        json.dump({name: finite(ANSWERS[name](rows)) for name, rows in asked.items()}, out)
