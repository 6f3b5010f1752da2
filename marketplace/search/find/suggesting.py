"""What may follow while somebody types: words, places and names that begin like this."""

from marketplace.catalogue.cards import Card
from marketplace.catalogue.queries.cards import list_by_ids
from marketplace.search.find.damage import answer_or_none
from marketplace.search.find.engine import Engine, current_engine
from marketplace.search.find.matching import name_query
from marketplace.search.find.named import place_found
from marketplace.search.find.search import PlaceFound
from marketplace.search.index.schema import PAIRS, QUALITY
from marketplace.search.language.spelling import fold
from marketplace.search.language.words import split_words

# Of the words that could follow so many are looked at for how they go with those before them.
CANDIDATES = 200
# Words of one or two letters that nobody looks for.
SHORTEST_SUGGESTED = 3


def complete_words(text: str, limit: int) -> list[str]:
    """Return what was typed with its last word completed, as most listings are named."""
    engine = current_engine()
    words = split_words(text)
    if engine is None or not words:
        return []
    return answer_or_none(engine.reader, lambda: _completed(engine, words, limit)) or []


def find_listing_names(text: str, limit: int) -> list[Card]:
    """Return public listings that have the words in their names, the last of them only begun."""
    engine = current_engine()
    ids = engine and answer_or_none(engine.reader, lambda: _ids_named(engine, text, limit))
    if not ids:
        return []
    by_id = list_by_ids(ids)
    return [by_id[id] for id in ids if id in by_id]


def find_places(text: str, limit: int) -> list[PlaceFound]:
    """Return the places whose name begins like this, the widest first."""
    engine = current_engine()
    if engine is None:
        return []
    codes = engine.directory.gazetteer.beginning_with(split_words(text), limit)
    return [place_found(engine.directory, code) for code in codes]


def _completed(engine: Engine, words: list[str], limit: int) -> list[str]:
    typed = " ".join(words)
    *before, begun = words
    # `air` goes on as air terjun; `air te` too.
    candidates = [each for each in engine.lexicon.names_begun(typed, limit) if len(each) >= SHORTEST_SUGGESTED]
    if before:
        following = engine.lexicon.names_begun(begun, CANDIDATES)
        candidates += [f"{' '.join(before)} {word}" for word in _going_with(engine, before[-1], following)]
    return list(dict.fromkeys(candidates))[:limit]


def _going_with(engine: Engine, before: str, candidates: list[str]) -> list[str]:
    """Return the words that stand in names right behind the one before, the most frequent first."""
    counts = {word: engine.searcher.doc_freq(PAIRS, fold(before) + fold(word)) for word in candidates}
    return sorted((word for word in candidates if counts[word]), key=lambda word: -counts[word])


def _ids_named(engine: Engine, text: str, limit: int) -> list[int]:
    units = engine.understanding.read(text).units
    if not units:
        return []
    hits = engine.searcher.search(name_query(units), limit, count=False, weight_by_field=QUALITY).hits
    return [int(id) for id in engine.searcher.fast_field_values("id", [address for _, address in hits])]
