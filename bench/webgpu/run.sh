#!/bin/sh
# ./run.sh [--adapter hardware|software] [--runs 20] [--budget 60] [--out result.json] [--browser PROGRAM]
exec python3 "$(dirname "$0")/serve.py" "$@"
