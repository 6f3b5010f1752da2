"""Comparing the index with the database, listing by listing."""

from dataclasses import dataclass

from tantivy import FieldType, Query

from marketplace.search.index import sources
from marketplace.search.index.store import Reader

# Ids compared at a time, so that memory does not grow with the marketplace.
IDS_AT_ONCE = 50_000


@dataclass(frozen=True)
class Differences:
    """Ids of listings that the index lacks, that it has and should not, and that it has otherwise than they are."""

    missing: list[int]
    extra: list[int]
    stale: list[int]

    @property
    def ids(self) -> list[int]:
        return sorted({*self.missing, *self.extra, *self.stale})


def compare(reader: Reader) -> Differences:
    """Return how the index differs from what is public in the database."""
    missing: list[int] = []
    extra: list[int] = []
    stale: list[int] = []
    highest = sources.highest_id()
    # The last stretch has no end: the index may hold more than the database ever did.
    bounds = [*range(0, highest, IDS_AT_ONCE), highest, None]
    for after, until in zip(bounds, bounds[1:], strict=False):
        wanted = sources.read_revisions(after, until)
        indexed, doubled = _indexed_revisions(reader, after, until)
        missing += wanted.keys() - indexed.keys()
        extra += indexed.keys() - wanted.keys()
        stale += doubled | {id for id in wanted.keys() & indexed.keys() if wanted[id] != indexed[id]}
    return Differences(sorted(missing), sorted(extra), sorted(stale))


def _indexed_revisions(reader: Reader, after: int, until: int | None) -> tuple[dict[int, int], set[int]]:
    """Return the revisions that the index has of these ids, and the ids that it has more than once."""
    between = Query.range_query(
        reader.schema, "id", FieldType.Unsigned, after, until, include_lower=False, include_upper=True
    )
    hits = reader.searcher.search(between, limit=max(1, reader.searcher.num_docs), count=False).hits
    addresses = [address for _, address in hits]
    revisions: dict[int, int] = {}
    doubled: set[int] = set()
    columns = (reader.searcher.fast_field_values(name, addresses) for name in ("id", "revision"))
    for id, revision in zip(*columns, strict=True):
        if id in revisions:
            doubled.add(id)
        revisions[id] = revision
    return revisions, doubled
