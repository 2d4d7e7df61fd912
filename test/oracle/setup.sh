#!/usr/bin/env bash
# Makes .venv at the project's top with the libraries of requirements.txt, and runs each of them once (numba compiles
# on first use). Does nothing where that was done before. PYTHON names another interpreter than python3.
set -euo pipefail
cd "$(dirname "$0")/../.."

wanted=test/oracle/requirements.txt
done_mark=.venv/oracle-requirements.txt
if cmp -s "$wanted" "$done_mark"; then exit 0; fi

python="${PYTHON:-python3}"
if ! "$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))'; then
  echo "the oracles need Python 3.11 to 3.13; PYTHON=... names one" >&2
  exit 1
fi

make_venv() { "$python" -m venv --clear .venv; }

# Debian ships python3 without venv.
if ! make_venv; then
  if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq && apt-get install -y -qq python3-venv
    make_venv
  else
    echo "python3 cannot make virtual environments: apt-get install python3-venv" >&2
    exit 1
  fi
fi

# Without dependencies: the list is complete, and leaves out what the libraries need for drawing only.
.venv/bin/python -m pip install --quiet --disable-pip-version-check --only-binary :all: \
  --no-deps --requirement <(grep -v '^backtrader' "$wanted")
.venv/bin/python -m pip install --quiet --disable-pip-version-check \
  --no-deps --requirement <(grep '^backtrader' "$wanted")
.venv/bin/python test/oracle/server.py --check
.venv/bin/python test/oracle/statistics_oracle.py --check
.venv/bin/python test/oracle/portfolio_oracle.py --check
cp "$wanted" "$done_mark"
