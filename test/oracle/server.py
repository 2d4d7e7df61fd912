"""
Answers for the tests, as long as standard input lasts: one JSON line in, one out.

  in:  {"series": [COLUMN, ...], "asks": [{"library", "indicator", "params", "series": [INDEX, ...]}, ...]}
  out: {"answers": [{"columns": [COLUMN, ...]} | {"short": true} | {"error": TEXT}, ...]}

A COLUMN is base64 of little-endian float64, so that every bit and NaN survives. `short` stands for a library that
fails on fewer bars than its period. `--check` runs every function once and prints the versions.
"""

import base64
import importlib.metadata
import json
import os
import sys
import warnings

import numpy as np

import backtrader_oracle
import bar_functions
import libraries
import several_series

PARAMS = {
    "MACD": [2, 3, 2],
    "macd": [2, 3, 2],
    "STOCHF": [3, 1],
    "VAR": [3, 1],
    "SAR": [0.02, 0.2],
    "OBV": [],
    "TRANGE": [],
    "bollinger": [3, 2.0],
    "percentile_nearest_rank": [3, 50.0],
    "percentile_linear_interpolation": [3, 50.0],
    "ewm_alpha": [0.5, 1],
    "crossover": [],
    "crossunder": [],
}
PACKAGES = ["backtrader", "numpy", "pandas", "TA-Lib", "vectorbt"]


def column(text):
    return np.frombuffer(base64.b64decode(text), dtype="<f8").copy()


def text(values):
    return base64.b64encode(np.asarray(values, dtype="<f8").tobytes()).decode("ascii")


def answers(series, asks):
    """In the order of `asks`; those of backtrader share one run of its engine."""
    ours = [ask for ask in asks if ask["library"] == "backtrader"]
    others = [ask for ask in asks if ask["library"] != "backtrader"]
    found = iter(backtrader_oracle.answer_all(series, ours) if ours else [])
    rest = iter(libraries.answer_all(series, others))
    return [reply(next(found if ask["library"] == "backtrader" else rest)) for ask in asks]


def reply(found):
    if isinstance(found, Exception):
        return {"error": f"{type(found).__name__}: {found}"}
    return {"short": True} if found is None else {"columns": [text(c) for c in found]}


def check():
    x = np.array([10.0, 11, 12, 11, 13, 12, 14])
    known = {"backtrader": backtrader_oracle.RECIPES, **libraries.LIBRARIES}
    for library, functions in known.items():
        for indicator in functions:
            crosses = indicator.startswith("cross")
            _, arity = bar_functions.BAR_FUNCTIONS.get(library, {}).get(indicator, (None, 1))
            series = [x, x[::-1].copy()] if crosses else [x + 1, x - 1, x, 100 * x][:arity]
            params = PARAMS.get(indicator, [3])
            several = several_series.SEVERAL_SERIES.get(library, {}).get(indicator)
            if several is not None:
                series = [x, x[::-1].copy(), 3e8 * x, x + 1][: several[1]]
                params = several[2]
            ask = {"library": library, "indicator": indicator, "params": params}
            (found,) = answers(series, [ask])
            if "columns" not in found:
                sys.exit(f"{library} {indicator}: {found}")
    print(", ".join(f"{name} {importlib.metadata.version(name)}" for name in PACKAGES))


def serve():
    # Libraries print; only answers may reach the tests.
    out = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    for line in sys.stdin:
        request = json.loads(line)
        series = [column(one) for one in request["series"]]
        out.write(json.dumps({"answers": answers(series, request["asks"])}) + "\n")
        out.flush()


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    np.seterr(all="ignore")
    check() if "--check" in sys.argv else serve()
