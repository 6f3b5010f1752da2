"""How well the search finds what people judged it should find, as nDCG@10.

    .venv/bin/python -m benchmarks.relevance [--set tests/search/relevance.tsv] [--listings FILE] [--failures [20]]

The example data, or the listings of a spreadsheet, are indexed anew; every query goes through the same service as
/api/v1/search, with a limit of 10. A query that should find nothing scores 1 when it finds nothing and 0 otherwise.
The database is kept under .cache, so that a second run only indexes; so are the scores, and the second run tells what
a change of the ranking has made better and worse. Promise: a mean of at least 0.95.
"""

import argparse
import json
import statistics
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from benchmarks.judged import LOOKED_AT, Judged, JudgedQuery, ndcg, read_judged_queries
from benchmarks.judged_data import marketplace_with
from benchmarks.kept import CACHE, PROJECT
from marketplace.catalogue.cards import Card
from marketplace.catalogue.models.listings import Listing, ListingStatus
from marketplace.foundation.database import db, reading
from marketplace.search.find.listings import find_listings
from marketplace.search.find.search import Search
from marketplace.search.index.building import rebuild
from marketplace.search.index.store import current_store

PROMISE = 0.95
JUDGED_SET = PROJECT / "tests" / "search" / "relevance.tsv"
WIDTH_OF_NAMES = 44


@dataclass(frozen=True)
class Result:
    """How a query did: `grades` of what it found, in order."""

    query: JudgedQuery
    cards: list[Card]
    grades: list[int]
    score: float
    milliseconds: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", type=Path, default=JUDGED_SET, help="the file of judged queries")
    parser.add_argument("--listings", type=Path, help="a spreadsheet, or a folder with one and its photos")
    parser.add_argument("--failures", type=int, nargs="?", const=20, default=0, help="show this many of the worst")
    arguments = parser.parse_args()
    queries = read_judged_queries(arguments.set)
    app = marketplace_with(arguments.listings)
    with app.app_context(), reading():
        rebuild(current_store())
        unknown = _unknown_listings(queries)
        results = [_ask(query) for query in queries]
    _print_failures(results, arguments.failures)
    _print_changes(results, CACHE / f"scores of {arguments.set.stem}.json")
    _print_report(results)
    for query, judged in unknown:
        print(f'no such listing: "{judged}" of "{query.text}"')


def _ask(query: JudgedQuery) -> Result:
    started = time.perf_counter()
    found = find_listings(Search(text=query.text, limit=LOOKED_AT))
    milliseconds = (time.perf_counter() - started) * 1000
    cards = [*found.cards, *found.nearly][:LOOKED_AT]
    grades = [_grade_of(card, query) for card in cards]
    if query.judged:
        score = ndcg(grades, [judged.grade for judged in query.judged])
    else:
        score = float(found.total == 0)
    return Result(query, cards, grades, score, milliseconds)


def _grade_of(card: Card, query: JudgedQuery) -> int:
    return max((judged.grade for judged in query.judged if judged.is_about(card.name, card.village_code)), default=0)


def _unknown_listings(queries: list[JudgedQuery]) -> list[tuple[JudgedQuery, Judged]]:
    """Return what was judged and does not exist: a slip in the file, not in the search."""
    listings = db.session.execute(
        select(Listing.name, Listing.village_code).where(Listing.status == ListingStatus.PUBLISHED)
    ).all()
    return [
        (query, judged)
        for query in queries
        for judged in query.judged
        if not any(judged.is_about(name, village_code) for name, village_code in listings)
    ]


def _print_report(results: list[Result]) -> None:
    by_kind = defaultdict(list)
    for result in results:
        by_kind[result.query.kind].append(result.score)
    print(f"{'kind of difficulty':<28}{'queries':>8}{'nDCG@10':>9}{'perfect':>9}{'nothing right':>15}")
    for kind, scores in sorted(by_kind.items(), key=lambda item: statistics.mean(item[1])):
        _print_line(kind, scores)
    scores = [result.score for result in results]
    _print_line("all", scores)
    mean = statistics.mean(scores)
    times = sorted(result.milliseconds for result in results)
    print(f"a query took {statistics.median(times):.1f} ms in the middle and {times[-1]:.1f} ms at most")
    print(f"promise of {PROMISE}: {'kept' if mean >= PROMISE else f'NOT KEPT, {PROMISE - mean:.3f} are missing'}")


def _print_changes(results: list[Result], kept: Path) -> None:
    """Print what differs from the run before, and keep the scores for the next."""
    before = json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else {}
    scores = {result.query.text: result.score for result in results}
    kept.write_text(json.dumps(scores, ensure_ascii=False), encoding="utf-8")
    changed = {
        text: (before[text], score) for text, score in scores.items() if abs(before.get(text, score) - score) > 0.001
    }
    for text, (was, score) in sorted(changed.items(), key=lambda change: change[1][1] - change[1][0]):
        print(f'{"better" if score > was else "WORSE"}: {was:.3f} to {score:.3f}  "{text}"')


def _print_line(kind: str, scores: list[float]) -> None:
    perfect, nothing = sum(score > 0.999 for score in scores), scores.count(0)
    print(f"{kind:<28}{len(scores):>8}{statistics.mean(scores):>9.3f}{perfect:>9}{nothing:>15}")


def _print_failures(results: list[Result], most: int) -> None:
    failures = sorted((result for result in results if result.score < 1), key=lambda result: result.score)
    for result in failures[:most]:
        print(f'{result.score:.3f}  "{result.query.text}" ({result.query.kind})')
        wanted = sorted(result.query.judged, key=lambda judged: -judged.grade)[:LOOKED_AT]
        found = [
            f"{grade or '·'} {card.name}, {card.regency_name}"
            for card, grade in zip(result.cards, result.grades, strict=True)
        ]
        for rank in range(max(len(found), len(wanted))):
            left = found[rank] if rank < len(found) else ""
            right = _marked(wanted[rank], result.cards) if rank < len(wanted) else ""
            print(f"       {rank + 1:>2} {left[:WIDTH_OF_NAMES]:<{WIDTH_OF_NAMES}} | {right}".rstrip())
        print()


def _marked(judged: Judged, cards: list[Card]) -> str:
    is_found = any(judged.is_about(card.name, card.village_code) for card in cards)
    return f"{judged}{'' if is_found else '  << missing'}"


if __name__ == "__main__":
    main()
