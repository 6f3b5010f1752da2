"""How fast the search is at size: the index, the engine alone, the service, whole requests and suggestions, in one run.

    .venv/bin/python -m benchmarks.search [--listings 1000000] [--queries 40] [--seconds 60] [--json FILE]
    DATA_DIR=… .venv/bin/python -m benchmarks.search --database [--listings 1000000]

A database is filled with made-up listings (see `generated/`) and kept for the next run; the index is built anew each
time, from listings that are made up while it is built. The same queries, judged ones and generated ones of every kind
(`searching/queries.py`), go to tantivy alone, to the service, and as pages to a real server of one worker with eight
threads on SQLite; then the suggestions while they are typed. All of it also at 10,000 listings. Each loop of requests
ends after `--seconds`. What is promised stands beside the figures.

With `--database` nothing is measured: the database of DATABASE_URL or DATA_DIR is filled with the same listings, so that
pages can be looked at in a full province. One that holds listings of people is refused.
"""

import argparse
import json
import multiprocessing
import os
import platform
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from importlib.metadata import version
from pathlib import Path
from typing import TypeVar

from benchmarks.generated.database import DatabaseInUse, fill_configured_database
from benchmarks.generated.listings import SEED
from benchmarks.kept import CACHE
from benchmarks.searching.asking import ask
from benchmarks.searching.index import build, prepare
from benchmarks.searching.queries import Asked, list_queries
from benchmarks.searching.report import Measured, as_json, figures_of, print_figures, print_kinds
from benchmarks.searching.requests import request

SMALL = 10_000
CPU_INFO = Path("/proc/cpuinfo")

Result = TypeVar("Result")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--listings", type=int, default=1_000_000)
    parser.add_argument("--small", type=int, default=SMALL, help="the size to compare with")
    parser.add_argument("--queries", type=int, default=40, help="how many of each kind")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--seconds", type=int, default=60, help="how long each loop of queries may last")
    parser.add_argument("--folder", type=Path, default=CACHE, help="where the databases are kept")
    parser.add_argument("--json", type=Path, help="also write the figures to this file")
    parser.add_argument("--database", action="store_true", help="fill the configured database and measure nothing")
    arguments = parser.parse_args()
    if arguments.database:
        _fill(arguments.listings, arguments.seed)
        return
    queries = list_queries(arguments.queries, arguments.seed)
    sizes = min(arguments.small, arguments.listings), arguments.listings
    measured = {size: _measure(size, queries, arguments) for size in dict.fromkeys(sizes)}
    small, large = (measured[size] for size in sizes)
    figures = figures_of(small, large)
    about = {"machine": _machine(), "seed": arguments.seed, "queries": len(queries)}
    print(f"{len(queries)} queries, seed {arguments.seed}; {about['machine']}\n")
    print_figures(figures, sizes)
    print_kinds(large)
    if arguments.json:
        arguments.json.write_text(json.dumps(as_json(figures, sizes, about), indent=2), encoding="utf-8")


def _fill(listings: int, seed: int) -> None:
    try:
        fill_configured_database(listings, seed)
    except DatabaseInUse as refusal:
        sys.exit(str(refusal))


def _measure(listings: int, queries: list[Asked], arguments: argparse.Namespace) -> Measured:
    _say(f"{listings:,} listings: the database, which is kept")
    folder = _in_a_process_of_its_own(prepare, arguments.folder, listings, arguments.seed)
    _say(f"{listings:,} listings: building the index")
    built = _in_a_process_of_its_own(build, folder, listings, arguments.seed)
    _say(f"{listings:,} listings: asking the index and the service")
    times = _in_a_process_of_its_own(ask, folder, queries, arguments.seconds)
    _say(f"{listings:,} listings: asking a server")
    return Measured(built, times, request(folder, queries, arguments.seconds))


def _in_a_process_of_its_own(measure: Callable[..., Result], *arguments: object) -> Result:
    """Return what the function returns, untouched by what was measured before it."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(measure, *arguments).result()


def _machine() -> str:
    lines = CPU_INFO.read_text(encoding="utf-8").splitlines() if CPU_INFO.exists() else []
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    processor = models[0] if models else platform.processor()
    return f"{os.cpu_count()} x {processor}, Python {platform.python_version()}, tantivy {version('tantivy')}"


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
