"""Whoever keeps the index may be killed at any moment: what is left opens, and catches up once."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest
from flask import Flask

from marketplace.foundation.transactions import committed
from marketplace.search.background import Keeper
from marketplace.search.index.building import rebuild
from marketplace.search.index.integrity import refuse_damaged
from tests.search.indexes import SAME, change, differences, folder_of, plant_products, publish_product, store_of
from tests.support.repository import ROOT

KILLS = 50
LISTINGS = 120
# In seconds: from before the process has looked for the first time until it has built more than once.
LONGEST_LIFE = 0.35


@pytest.fixture
def market(fresh_marketplace: Flask) -> Flask:
    """A marketplace whose index is built."""
    plant_products(fresh_marketplace, LISTINGS)
    with fresh_marketplace.app_context():
        rebuild(fresh_marketplace.extensions["search"])
    return fresh_marketplace


@pytest.fixture
def nursery(market: Flask) -> Iterator[subprocess.Popen]:
    """Makes processes that keep the index of that marketplace."""
    settings = market.extensions["settings"]
    command = [sys.executable, "-m", "tests.search.nursery", str(settings.data_dir), settings.database_url]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, cwd=ROOT, **pipes) as process:
        yield process


def test_fifty_kills_leave_an_index_that_opens_and_catches_up(market, nursery):
    chance = random.Random(35)
    generations = set()
    for number in range(KILLS):
        nursery.stdin.write("build\n" if number % 2 else "follow\n")
        nursery.stdin.flush()
        keeper = int(nursery.stdout.readline())
        end = time.monotonic() + chance.uniform(0, LONGEST_LIFE)
        change(market, chance.randint(1, LISTINGS), name=f"Keripik ke-{number}")
        with market.app_context(), committed():
            publish_product()
        time.sleep(max(0.0, end - time.monotonic()))
        os.kill(keeper, signal.SIGKILL)

        generations.add(folder_of(market))
        refuse_damaged(folder_of(market), reads_everything=True)
        assert store_of(market).reader() is not None

    nursery.stdin.close()
    # When that has ended, the last one that was killed has let go of its lock.
    nursery.wait()
    survivor = Keeper(market, lambda _seconds: False)
    survivor.look()
    survivor.close()

    assert differences(market) == SAME
    assert store_of(market).reader().searcher.num_docs == LISTINGS + KILLS
    # Some were killed while they applied changes, others while they built.
    assert 5 < len(generations) < KILLS
    assert len(list(folder_of(market).parent.glob("2*"))) <= 3
