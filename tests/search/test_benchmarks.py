"""What the promises of the search are measured with measures what it says."""

import json
import math
import subprocess
import sys
from collections import Counter
from itertools import islice

import pytest
from sqlalchemy import func, select

from benchmarks.generated.database import BATCH, DatabaseInUse, FirstIds, add_listings
from benchmarks.generated.listings import generate
from benchmarks.generated.rows import rows_to_index
from benchmarks.judged import ndcg, read_judged_queries
from benchmarks.searching.queries import KINDS, list_queries
from marketplace.catalogue.models.categories import ListingKind
from marketplace.catalogue.models.counts import PlaceCount
from marketplace.catalogue.models.listings import Listing
from marketplace.catalogue.services.categories import load_categories
from marketplace.foundation.database import db
from marketplace.foundation.transactions import committed
from marketplace.regions.services import load_regions
from marketplace.search.index.sources import read_public
from marketplace.search.language.words import split_words
from tests.support.personas import a_product
from tests.support.repository import ROOT

LISTINGS = 20_000


@pytest.fixture(scope="module")
def words() -> Counter:
    """How often each word stands in so many made-up listings."""
    return Counter(
        word for listing in generate(LISTINGS) for word in split_words(f"{listing.name} {listing.description}")
    )


def test_the_same_seed_makes_the_same_listings_and_another_one_others():
    first = list(generate(500, seed=1))

    assert first == list(generate(500, seed=1))
    assert first == list(islice(generate(6_000, seed=1), 500))
    assert first != list(generate(500, seed=2))


def test_words_are_as_frequent_as_in_what_people_write(words):
    """Zipf's law: the logarithm of how often falls with the logarithm of the rank, about as steeply."""
    counts = [count for _, count in words.most_common()]
    points = [(math.log(rank), math.log(counts[rank - 1])) for rank in (10, 30, 100, 300, 1_000, 3_000)]
    slopes = [
        (lower - upper) / (right - left) for (left, upper), (right, lower) in zip(points, points[1:], strict=False)
    ]

    assert all(-2 < slope < -0.4 for slope in slopes), slopes
    # A few words make up most of it, and there are always new ones.
    assert sum(counts[:100]) > 0.3 * sum(counts)
    assert len(counts) > 20_000


def test_a_fifth_are_attractions_and_a_business_has_about_five_products():
    listings = list(generate(LISTINGS))
    kinds = Counter(listing.kind for listing in listings)
    businesses = Counter(listing.business.number for listing in listings if listing.business)

    assert kinds[ListingKind.ATTRACTION] == LISTINGS / 5
    assert 3.5 < kinds[ListingKind.PRODUCT] / len(businesses) < 6.5
    assert max(businesses.values()) > 20 * min(businesses.values())
    assert all(3 <= len(listing.name) <= 80 for listing in listings)


@pytest.mark.both_databases
def test_a_database_is_filled_with_what_the_index_is_measured_with(fresh_marketplace):
    with fresh_marketplace.app_context():
        with committed():
            load_regions()
            load_categories()
        add_listings(300, seed=4)

        assert db.session.scalar(select(func.count()).select_from(Listing)) == 300
        counted = db.session.get_one(PlaceCount, "35")
        assert (counted.products, counted.attractions) == _kinds_of(300, seed=4)
        in_database = {row.id: _comparable(row) for row in read_public()}
        assert in_database == {row.id: _comparable(row) for row in rows_to_index(generate(300, seed=4), FirstIds())}
        with pytest.raises(DatabaseInUse):
            add_listings(10)
        # What people add afterwards has ids of its own.
        with committed():
            assert a_product().id > 300


def test_a_database_with_listings_of_people_is_left_alone(app):
    a_product()

    with pytest.raises(DatabaseInUse):
        add_listings(BATCH)


def test_queries_of_every_kind_are_the_same_at_every_size():
    queries = list_queries(2, seed=3)

    assert queries == list_queries(2, seed=3)
    assert Counter(query.kind for query in queries) == dict.fromkeys([*KINDS, "judged"], 2)


@pytest.mark.parametrize(
    ("found", "score"),
    [([3, 2, 1], 1.0), ([3, 2, 1, 0, 0], 1.0), ([], 0.0), ([0, 3, 2], 0.63), ([1, 2, 3], 0.68)],
)
def test_an_order_is_worth_less_the_later_the_best_comes(found, score):
    assert ndcg(found, [1, 2, 3]) == pytest.approx(score, abs=0.02)


def test_a_judged_query_says_which_listing_of_which_place(tmp_path):
    file = tmp_path / "judged.tsv"
    file.write_text("query\tkind\tjudged\n# why\nkopi\texact\t3:Kopi Dampit@35.07 | 1:Kopi\nqwx\tnonsense\t-\n")

    coffee, nonsense = read_judged_queries(file)

    best, related = coffee.judged
    assert best.is_about("kopi  dampit", "35.07.25.2001")
    assert not best.is_about("Kopi Dampit", "35.08.01.2001")
    assert related.is_about("Kopi", "35.08.01.2001")
    assert (nonsense.text, nonsense.judged) == ("qwx", ())


@pytest.mark.parametrize("line", ["kopi\texact", "kopi\texact\tKopi Dampit", "kopi\texact\t0:Kopi"])
def test_a_slip_in_the_judged_queries_is_named_with_its_line(tmp_path, line):
    file = tmp_path / "judged.tsv"
    file.write_text(f"query\tkind\tjudged\n{line}\n")

    with pytest.raises(ValueError, match="judged.tsv:2: "):
        read_judged_queries(file)


def test_the_search_is_measured_from_the_index_to_the_page(tmp_path):
    figures = tmp_path / "figures.json"
    command = [sys.executable, "-m", "benchmarks.search", "--listings", "2000", "--queries", "2", "--seconds", "2"]

    run = subprocess.run(
        [*command, "--folder", tmp_path, "--json", figures], cwd=ROOT, capture_output=True, check=True, text=True
    )

    assert "page over HTTP, 95 %" in run.stdout
    measured = {figure["name"]: figure["large"] for figure in json.loads(figures.read_text())["figures"]}
    assert measured["listings indexed"] == 2_000
    assert all(value > 0 for value in measured.values()), measured


def _kinds_of(number: int, seed: int) -> tuple[int, int]:
    kinds = Counter(listing.kind for listing in generate(number, seed))
    return kinds[ListingKind.PRODUCT], kinds[ListingKind.ATTRACTION]


def _comparable(row) -> tuple:
    """A row without the order of words, which no field of the index keeps of these texts."""
    return row._replace(**{name: sorted(getattr(row, name).split()) for name in ("description", "category_words")})
