"""Requests a second of the public pages, beside a bare Flask "hello" under the same server, in one run.

    .venv/bin/python -m benchmarks.pages [--listings 100000] [--seconds 3] [--rounds 5]

Promises: product and village page at least 15 % of hello's rate, and no page more than 1.3 times slower on 100,000
listings than on the example data. Needs `wrk`. Each round visits every target in turn, and ratios are taken inside a
round, because machines drift; the medians over the rounds are printed.
"""

import argparse
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import func, select

from benchmarks.generated.database import add_listings
from benchmarks.served import free_port, served, served_marketplace
from marketplace import create_app, first_start
from marketplace.catalogue.cards import listing_path
from marketplace.catalogue.models.listings import Listing
from marketplace.config import Settings
from marketplace.foundation.database import db

CONNECTIONS = 8
SHARE_OF_HELLO = 0.15
SLOWER_AT_MOST = 1.3
PROMISED = ("produk", "desa")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--listings", type=int, default=100_000)
    parser.add_argument("--seconds", type=int, default=3)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--encoding", default="", help="what the client accepts, as in br or gzip; nothing by default")
    arguments = parser.parse_args()
    if shutil.which("wrk") is None:
        sys.exit("wrk is needed: apt-get install wrk, or brew install wrk")
    with tempfile.TemporaryDirectory(prefix="pages-") as folder:
        small, large = Path(folder) / "example", Path(folder) / "generated"
        paths = _prepare(small, 0)
        large_paths = _prepare(large, arguments.listings)
        with _hello() as hello, served_marketplace(small) as example, served_marketplace(large) as generated:
            targets = {("hello", ""): hello.url}
            targets |= {(name, "example"): example.url + path for name, path in paths.items()}
            targets |= {(name, "generated"): generated.url + path for name, path in large_paths.items()}
            rounds = [
                {key: _rate(url, arguments.seconds, arguments.encoding) for key, url in targets.items()}
                for _ in range(arguments.rounds)
            ]
    _print_report(rounds, list(paths), arguments.listings)


def _prepare(data_dir: Path, listings: int) -> dict[str, str]:
    """Make a data folder, with generated listings where wanted; return the path of one page of each kind."""
    app = create_app(Settings.from_environment({"DATA_DIR": str(data_dir)}))
    first_start.prepare(app)
    with app.app_context():
        if listings:
            add_listings(listings)
        village_code = db.session.scalar(
            select(Listing.village_code).group_by(Listing.village_code).order_by(func.count().desc()).limit(1)
        )
        product = db.session.execute(
            select(Listing.id, Listing.kind, Listing.name)
            .where(Listing.village_code == village_code, Listing.kind == "produk")
            .order_by(Listing.id)
            .limit(1)
        ).one()
        db.engine.dispose()
    return {
        "beranda": "/",
        "kabupaten": f"/wilayah/{village_code[:5]}",
        "desa": f"/desa/{village_code}",
        "produk": listing_path(product.kind, product.id, product.name),
        "kategori": "/kategori/makanan-camilan",
    }


@contextmanager
def _hello():
    port = free_port()
    command = [
        sys.executable, "-m", "gunicorn", "benchmarks.hello:app", "--bind", f"127.0.0.1:{port}",
        "--worker-class", "gthread", "--workers", "1", "--threads", "8", "--log-level", "warning",
    ]  # fmt: skip
    with served(command, {}, port) as server:
        yield server


def _rate(url: str, seconds: int, encoding: str) -> float:
    """Return the requests a second that wrk counted; answers other than 200 stop the run."""
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s"]
    if encoding:
        command += ["-H", f"Accept-Encoding: {encoding}"]
    report = subprocess.run([*command, url], check=True, capture_output=True, text=True).stdout
    if "Non-2xx" in report:
        sys.exit(f"{url} did not answer with its page:\n{report}")
    return float(re.search(r"Requests/sec:\s+([\d.]+)", report)[1])


def _print_report(rounds: list[dict], names: list[str], listings: int) -> None:
    hello = statistics.median(figures[("hello", "")] for figures in rounds)
    print(f"hello {hello:.0f}/s, {len(rounds)} rounds, {CONNECTIONS} connections, medians")
    print(f"{'page':<12}{'example/s':>12}{'of hello':>10}{f'{listings:,}/s':>12}{'of hello':>10}{'slower':>8}  promise")
    for name in names:
        small = statistics.median(figures[(name, "example")] for figures in rounds)
        large = statistics.median(figures[(name, "generated")] for figures in rounds)
        share = statistics.median(figures[(name, "example")] / figures[("hello", "")] for figures in rounds)
        large_share = statistics.median(figures[(name, "generated")] / figures[("hello", "")] for figures in rounds)
        slower = statistics.median(figures[(name, "example")] / figures[(name, "generated")] for figures in rounds)
        kept = slower <= SLOWER_AT_MOST and (name not in PROMISED or min(share, large_share) >= SHARE_OF_HELLO)
        print(
            f"{name:<12}{small:>12.0f}{share:>10.1%}{large:>12.0f}{large_share:>10.1%}{slower:>8.2f}"
            f"  {'kept' if kept else 'NOT KEPT'}"
        )


if __name__ == "__main__":
    main()
