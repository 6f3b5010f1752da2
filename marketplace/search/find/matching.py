"""Queries of the engine: how the units of a query, and the conditions beside it, are looked up."""

from collections.abc import Iterable, Sequence

from tantivy import FieldType, Occur, Query

from marketplace.search import ranking
from marketplace.search.find.understanding import Unit
from marketplace.search.index.schema import HEAD, NAME, PAIRS, TEXT, code_number, schema
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


def any_of(queries: Iterable[Query]) -> Query:
    """Match what matches any of these; their scores are added."""
    return Query.boolean_query([(Occur.Should, query) for query in queries])


def narrowed(query: Query, conditions: Sequence[Query]) -> Query:
    """Match what also fulfils these conditions, which add nothing to the score."""
    if not conditions:
        return query
    silent = [(Occur.Must, Query.const_score_query(condition, 0.0)) for condition in conditions]
    return Query.boolean_query([(Occur.Must, query), *silent])


def complete_match(units: Sequence[Unit]) -> Query:
    """Match what has all of the units anywhere, as cheaply as that can be told."""
    return all_of(map(unit_match, units))


def unit_match(unit: Unit) -> Query:
    """Match what has the unit anywhere, by the widest of its tokens alone: whatever has a word has its root too."""
    matches = _place_queries(unit)
    matches += [token_query(TEXT, token) for token in widest_tokens(unit)]
    if unit.parts:
        matches.append(complete_match(unit.parts))
    return any_of(matches)


def complete_query(units: Sequence[Unit]) -> Query:
    """Match what has all of the units anywhere, scored by where and how exactly."""
    return _raised(all_of(any_of(_scores(unit)) for unit in units), units)


def named_query(units: Sequence[Unit]) -> Query:
    """Match what has all of the units in its name, or comes from the places among them; scored by how exactly.

    Names are short and the words of a query rare in them: this costs a fraction of looking everywhere.
    """
    return _raised(all_of(any_of(_scores_in_name(unit)) for unit in units), units)


def unnamed_query(units: Sequence[Unit]) -> Query:
    """Match what has all of the units, but not all of them in its name; scored as by `complete_query`."""
    named = all_of(any_of(_scores_in_name(unit)) for unit in units)
    return Query.boolean_query([(Occur.Must, complete_query(units)), (Occur.MustNot, named)])


def some_query(units: Sequence[Unit], weights: Sequence[float]) -> Query:
    """Match what has any of the units, scored by where and how exactly, each unit by its weight."""
    weighted = [Query.boost_query(any_of(_scores(unit)), weight) for unit, weight in zip(units, weights, strict=True)]
    return _raised(any_of(weighted), units)


def place_match(units: Sequence[Unit]) -> Query:
    """Match what lies in all of the places."""
    return all_of(any_of(_place_queries(unit)) for unit in units)


def place_query(units: Sequence[Unit]) -> Query:
    """Match what lies in all of the places; what also bears their names scores higher."""
    return _required_and_scored(place_match(units), [query for unit in units for query in _word_queries(unit)])


def _raised(query: Query, units: Sequence[Unit]) -> Query:
    """Raise what begins with what was sought, and what has the words side by side."""
    words = [word for unit in units for word in unit.words]
    pairs = zip(words, words[1:], strict=False)
    scored = [_scored(PAIRS, fold(first) + fold(second), ranking.PAIR_WEIGHT) for first, second in pairs]
    things = [unit for unit in units if unit.is_thing]
    if things:
        scored.append(_first_of_name(things[0]))
    return _required_and_scored(query, scored)


def _required_and_scored(required: Query, scored: Sequence[Query]) -> Query:
    return Query.boolean_query([(Occur.Must, required), *((Occur.Should, query) for query in scored)])


def _scores(unit: Unit) -> list[Query]:
    """Return what scores for a unit; a term also where its words stand apart."""
    queries = _place_queries(unit) + _word_queries(unit)
    if unit.parts:
        parts = all_of(any_of(_scores(part)) for part in unit.parts)
        queries.append(Query.boost_query(parts, ranking.PARTS_SHARE))
    return queries


def _scores_in_name(unit: Unit) -> list[Query]:
    queries = _place_queries(unit)
    if unit.is_thing:
        weight = ranking.FIELD_WEIGHTS[Field.NAME]
        # A kind of what was sought has it in its name by meaning alone: it stands among the rest, by its own weight.
        queries += _in_field(unit, Field.NAME, weight, with_kinds=False)
        queries += _exactly_in_name(unit, weight) if len(unit.words) == 1 else []
    if unit.parts:
        parts = all_of(any_of(_scores_in_name(part)) for part in unit.parts)
        queries.append(Query.boost_query(parts, ranking.PARTS_SHARE))
    return queries


def widest_tokens(unit: Unit) -> list[str]:
    """Return the tokens of which every listing with the unit has one in some field."""
    tokens = [mark + group for group in unit.groups for mark in (MEANING, BROADER)]
    if len(unit.words) > 1:
        return [*tokens, ROOT + _joined_root(unit)]
    others = [ROOT + root_of(word) for word in unit.others]
    return (tokens or [ROOT + unit.roots[0]]) + [*unit.beginnings, *others]


def exact_query(unit: Unit) -> Query:
    """Match what has just this word, in just this form."""
    return any_of([_scored(field, unit.words[0], weight) for field, weight in ranking.FIELD_WEIGHTS.items()])


def name_query(units: Sequence[Unit]) -> Query:
    """Match what has all of the words in its name, not only what means the same."""
    words = [part for unit in units for part in (unit.parts or (unit,))]
    having = [
        any_of(token_query(NAME, token) for token in (ROOT + root, *unit.beginnings))
        for unit in words
        for root in unit.roots
    ]
    return _raised(Query.const_score_query(all_of(having), ranking.FIELD_WEIGHTS[Field.NAME]), units)


def token_query(field: str, token: str) -> Query:
    """Match what has just this token in a field."""
    return Query.term_query(schema(), field, token, "basic")


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
    if len(unit.words) == 1:
        # How exactly a word was met is told by names alone: elsewhere that it was met says all.
        queries += _exactly_in_name(unit, weights[Field.NAME])
    return queries


def _joined_root(unit: Unit) -> str:
    return root_of("".join(map(fold, unit.words)))


def _in_field(unit: Unit, field: Field, weight: float, with_kinds: bool = True) -> list[Query]:
    queries = [_scored(field, MEANING + group, weight * ranking.MEANING_SHARE) for group in unit.groups]
    if with_kinds:
        share = weight * _broader_share(field)
        queries += [_scored(field, BROADER + group, share) for group in unit.groups]
    if len(unit.words) > 1:
        # The term may be written as one word.
        return [*queries, _scored(field, ROOT + _joined_root(unit), weight)]
    if not queries:
        queries.append(_scored(field, ROOT + unit.roots[0], weight * ranking.MEANING_SHARE))
    if unit.beginnings:
        queries.append(_any_scored(field, unit.beginnings, weight * ranking.BEGUN_SHARE))
    if unit.others:
        roots = [ROOT + root_of(word) for word in unit.others]
        queries.append(_any_scored(field, roots, weight * ranking.OTHER_SHARE))
    return queries


def _broader_share(field: Field) -> float:
    """Descriptions have no broader meanings of their own: there those of the name and the shelf only tell a match."""
    return 0.0 if field is Field.ANYWHERE else ranking.BROADER_SHARE


def _exactly_in_name(unit: Unit, weight: float) -> list[Query]:
    queries = []
    if unit.tells_words_apart:
        queries.append(_scored(Field.NAME, unit.words[0], weight * ranking.WORD_SHARE))
    if unit.groups and unit.tells_roots_apart:
        queries.append(_scored(Field.NAME, ROOT + unit.roots[0], weight * ranking.ROOT_SHARE))
    return queries


def _first_of_name(unit: Unit) -> Query:
    first = unit.parts[0] if unit.parts else unit
    tokens = [*widest_tokens(unit), ROOT + first.roots[0]]
    return _any_scored(HEAD, tokens, ranking.HEAD_WEIGHT)


def _any_scored(field: str, tokens: Sequence[str], score: float) -> Query:
    return Query.const_score_query(Query.term_set_query(schema(), field, tokens), score)


def _scored(field: str, token: str, score: float) -> Query:
    return Query.const_score_query(token_query(field, token), score)
