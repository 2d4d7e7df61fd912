"""
TA-Lib over the columns that the bench writes, in a process of its own: a line of JSON in, a line out.

  {"load": PATH, "bars": N, "columns": [NAME, ...]}   float64 columns, one after the other
  {"run": NAME, "inputs": [NAME, ...], "params": [NUMBER, ...]}      ns of CPU time per bar
  the same with "values": true                                       base64 of each result
"""

import base64
import json
import sys
import time

import numpy as np
import talib


def main():
    columns = {}
    for line in sys.stdin:
        task = json.loads(line)
        if "load" in task:
            data = np.fromfile(task["load"], dtype="<f8").reshape(len(task["columns"]), task["bars"])
            columns = {name: data[k].copy() for k, name in enumerate(task["columns"])}
            print(json.dumps(talib.__version__), flush=True)
            continue
        function = getattr(talib, task["run"])
        inputs = [columns[name] for name in task["inputs"]]
        before = time.process_time_ns()
        found = function(*inputs, *task["params"])
        took = time.process_time_ns() - before
        if "values" in task:
            found = found if isinstance(found, (tuple, list)) else [found]
            texts = [base64.b64encode(x.astype("<f8").tobytes()).decode("ascii") for x in found]
            print(json.dumps(texts), flush=True)
        else:
            print(took / len(inputs[0]), flush=True)


main()
