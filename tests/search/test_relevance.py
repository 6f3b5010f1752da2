"""What people seek in the example data and what they find, through the same door as every program."""

import json
import urllib.parse
import urllib.request
from collections import defaultdict
from statistics import mean

import pytest

from benchmarks.judged import JudgedQuery, ndcg, read_judged_queries
from tests.support.browsers import LiveServer
from tests.support.repository import ROOT

QUERIES = read_judged_queries(ROOT / "tests" / "search" / "relevance.tsv")
# Below what is reached: a change of words or weights that makes people find less is seen, a change of taste is not.
LEAST, LEAST_OF_A_KIND = 0.93, 0.8


def score(server: LiveServer, query: JudgedQuery) -> float:
    """Return how well the first ten answers to a query agree with what was judged."""
    asked = urllib.parse.urlencode({"q": query.text, "limit": 10})
    with urllib.request.urlopen(f"{server.url}/api/v1/search?{asked}", timeout=10) as answer:
        results = json.load(answer)["results"]
    if not query.judged:
        return float(not results)
    grades = [
        next((one.grade for one in query.judged if one.is_about(result["name"], result["village"]["code"])), 0)
        for result in results
    ]
    return ndcg(grades, [one.grade for one in query.judged])


@pytest.fixture(scope="module")
def scores(live_server) -> dict[str, list[float]]:
    """The scores of the queries of each kind of difficulty."""
    scores = defaultdict(list)
    for query in QUERIES:
        scores[query.kind].append(score(live_server, query))
    return scores


def test_there_are_enough_queries_to_judge_by():
    assert len(QUERIES) >= 200


def test_people_find_what_they_seek(scores):
    assert mean(each for of_kind in scores.values() for each in of_kind) >= LEAST


def test_no_kind_of_difficulty_is_left_behind(scores):
    assert {kind: round(mean(of_kind), 2) for kind, of_kind in scores.items() if mean(of_kind) < LEAST_OF_A_KIND} == {}


def test_nonsense_finds_nothing(scores):
    assert mean(scores["nonsense"]) == 1.0
