"""
Portfolios of vectorbt for the tests: one JSON object on standard input, one on standard output.

  in:  {"portfolios": [{"time": [MS], "close": [[...], ...], "entries": [[...], ...], "exits": [[...], ...],
                        "size": [...], "cash", "fee"}, ...]}          one column per symbol, one row per bar
  out: [{"equity": [...], "cash": [...], "orders": [[column, bar, side, size, price, fee], ...]}, ...]

Orders fill at the close of their bar from cash that all columns share; an order that it cannot pay whole is refused. The
columns with an exit on a bar are called first, then the others, from left to right.
`--check` runs one portfolio (numba compiles on first use) and prints the version.
"""

import importlib.metadata
import json
import os
import sys
import warnings

import numpy as np
import pandas as pd


def run(portfolio):
    import vectorbt as vbt

    vbt.settings.caching["enabled"] = False
    index = pd.to_datetime(portfolio["time"], unit="ms")
    frame = lambda name, kind: pd.DataFrame(np.array(portfolio[name], dtype=kind).T, index=index)
    exits = frame("exits", bool)
    done = vbt.Portfolio.from_signals(
        frame("close", float),
        frame("entries", bool),
        exits,
        size=np.array(portfolio["size"]),
        size_type="amount",
        fees=portfolio["fee"],
        init_cash=portfolio["cash"],
        cash_sharing=True,
        group_by=True,
        allow_partial=False,
        call_seq=np.argsort(~exits.to_numpy(), axis=1, kind="stable"),
        freq="1D",
    )
    orders = done.orders.records
    return {
        "equity": done.value().tolist(),
        "cash": done.cash().tolist(),
        "orders": orders[["col", "idx", "side", "size", "price", "fees"]].to_numpy(dtype=float).tolist(),
    }


CHECKED = {
    "time": [0, 86_400_000],
    "close": [[10, 11], [20, 19]],
    "entries": [[1, 0], [1, 0]],
    "exits": [[0, 1], [0, 0]],
    "size": [1, 1],
    "cash": 100,
    "fee": 0.001,
}

if __name__ == "__main__":
    warnings.simplefilter("ignore")
    if "--check" in sys.argv:
        assert len(run(CHECKED)["orders"]) == 3
        print(f"vectorbt {importlib.metadata.version('vectorbt')}: portfolios")
    else:
        # Libraries print; only the answer may reach the tests.
        out = os.fdopen(os.dup(1), "w")
        os.dup2(2, 1)
        json.dump([run(one) for one in json.load(sys.stdin)["portfolios"]], out)
