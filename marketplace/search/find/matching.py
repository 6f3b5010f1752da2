"""Queries of the engine: how the units of a query, and the conditions beside it, are looked up."""

from collections.abc import Iterable, Sequence

from tantivy import FieldType, Occur, Query

from marketplace.search import ranking
from marketplace.search.find.understanding import Unit
from marketplace.search.index.schema import HEAD, PAIRS, code_number, schema
from marketplace.search.language.roots import root_of
from marketplace.search.language.spelling import fold
from marketplace.search.language.tokens import BROADER, MEANING, ROOT
from marketplace.search.ranking import Field

LEVEL_FIELDS = {5: "regency", 8: "district", 13: "village"}


def everything() -> Query:
    """Match every listing."""
    return Query.const_score_query(Query.all_query(), 1.0)


def all_of(queries: Iterable[Query]) -> Query:
    """Match what matches all of these; their scores are added."""
    return Query.boolean_query([(Occur.Must, query) for query in queries])


def any_of(queries: Iterable[Query], at_least: int = 1) -> Query:
    """Match what matches so many of these; their scores are added."""
    return Query.boolean_query([(Occur.Should, query) for query in queries], minimum_number_should_match=at_least)


def narrowed(query: Query, conditions: Sequence[Query]) -> Query:
    """Match what also fulfils these conditions, which add nothing to the score."""
    if not conditions:
        return query
    silent = [(Occur.Must, Query.const_score_query(condition, 0.0)) for condition in conditions]
    return Query.boolean_query([(Occur.Must, query), *silent])


def with_whole_phrase(query: Query, units: Sequence[Unit]) -> Query:
    """Raise what begins with what was sought, and what has the words side by side."""
    words = [word for unit in units for word in unit.words]
    raised = [
        _scored(PAIRS, fold(first) + fold(second), ranking.PAIR_WEIGHT)
        for first, second in zip(words, words[1:], strict=False)
    ]
    things = [unit for unit in units if unit.is_thing]
    if things:
        raised.append(_first_of_name(things[0]))
    return Query.boolean_query([(Occur.Must, query), *((Occur.Should, each) for each in raised)])


def unit_query(unit: Unit) -> Query:
    """Match what has the unit anywhere, scored by where and how exactly; a term also where its words stand apart."""
    queries = _place_queries(unit) + _word_queries(unit)
    if unit.parts:
        queries.append(Query.boost_query(all_of(map(unit_query, unit.parts)), ranking.PARTS_SHARE))
    return any_of(queries)


def place_query(unit: Unit) -> Query:
    """Match what lies in the place, what also bears its name first."""
    return Query.boolean_query(
        [(Occur.Must, any_of(_place_queries(unit))), *((Occur.Should, query) for query in _word_queries(unit))]
    )


def exact_query(unit: Unit) -> Query:
    """Match what has just this word, in just this form."""
    return any_of([_scored(field, unit.words[0], weight) for field, weight in ranking.FIELD_WEIGHTS.items()])


def numbers_query(field: str, numbers: Iterable[int]) -> Query:
    """Match what has any of these numbers in a field."""
    return Query.term_set_query(schema(), field, list(numbers))


def places_query(field: str, codes: Iterable[str]) -> Query:
    """Match what lies in any of these places."""
    return numbers_query(field, map(code_number, codes))


def range_query(field: str, lowest: int | None, highest: int | None) -> Query:
    """Match what has a number between these, both included."""
    return Query.range_query(schema(), field, FieldType.Integer, lowest, highest)


def _place_queries(unit: Unit) -> list[Query]:
    by_level: dict[int, list[str]] = {}
    for code in unit.places:
        by_level.setdefault(len(code), []).append(code)
    return [
        Query.const_score_query(places_query(LEVEL_FIELDS[level], codes), _place_weight(unit, level))
        for level, codes in by_level.items()
        if level in LEVEL_FIELDS
    ]


def _place_weight(unit: Unit, level: int) -> float:
    weight = ranking.PLACE_WEIGHTS[level]
    return weight * ranking.PLACE_NAMED_LIKE_A_THING if unit.is_thing and level > 5 else weight


def _word_queries(unit: Unit) -> list[Query]:
    is_only_a_place = bool(unit.places) and not unit.is_thing
    weights = ranking.PLACE_MENTIONED if is_only_a_place else ranking.FIELD_WEIGHTS
    queries = [query for field, weight in weights.items() for query in _in_field(unit, field, weight)]
    if len(unit.words) > 1:
        # The term may be written as one word.
        joined = "".join(map(fold, unit.words))
        queries += [_scored(field, ROOT + root_of(joined), weight) for field, weight in weights.items()]
    return queries


def _in_field(unit: Unit, field: Field, weight: float) -> list[Query]:
    queries = []
    for group in unit.groups:
        queries.append(_scored(field, MEANING + group, weight * ranking.MEANING_SHARE))
        queries.append(_scored(field, BROADER + group, weight * ranking.BROADER_SHARE))
    if len(unit.words) > 1:
        if not unit.groups:
            queries.append(_all_words(unit, field, weight))
        return queries
    root_share = ranking.ROOT_SHARE if unit.groups else ranking.ROOT_SHARE + ranking.MEANING_SHARE
    queries.append(_scored(field, ROOT + unit.roots[0], weight * root_share))
    queries.append(_scored(field, unit.words[0], weight * ranking.WORD_SHARE))
    if unit.beginnings:
        queries.append(_any_scored(field, unit.beginnings, weight * ranking.BEGUN_SHARE))
    if unit.others:
        roots = [ROOT + root_of(word) for word in unit.others]
        queries.append(_any_scored(field, roots, weight * ranking.OTHER_SHARE))
    return queries


def _all_words(unit: Unit, field: Field, weight: float) -> Query:
    """A place's name of several words is mentioned where all of them stand."""
    share = weight / len(unit.words)
    return all_of(_scored(field, ROOT + root, share) for root in unit.roots)


def _first_of_name(unit: Unit) -> Query:
    tokens = [mark + group for group in unit.groups for mark in (MEANING, BROADER)]
    first = unit.parts[0] if unit.parts else unit
    tokens += [ROOT + first.roots[0], *unit.beginnings]
    return _any_scored(HEAD, tokens, ranking.HEAD_WEIGHT)


def _any_scored(field: str, tokens: Sequence[str], score: float) -> Query:
    return Query.const_score_query(Query.term_set_query(schema(), field, tokens), score)


def _scored(field: str, token: str, score: float) -> Query:
    return Query.const_score_query(Query.term_query(schema(), field, token, "basic"), score)
