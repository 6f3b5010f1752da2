"""What an index keeps beside its files: which rules made it, of which database, and how far it has read the outbox."""

import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import NamedTuple

FILE = "state.json"
# In seconds. A transaction that has noted something and is not committed by then never will be.
LONGEST_TRANSACTION = 3600


class Gap(NamedTuple):
    """Ids from `first` to `last` that were not to be seen at `seen_at`, in seconds of the epoch.

    On PostgreSQL a row may become visible after another with a higher id: its transaction ended later. Or never: it
    was rolled back.
    """

    first: int
    last: int
    seen_at: float


@dataclass(frozen=True)
class State:
    """`last_id` is the highest id of the outbox that is applied, `gaps` what is still missing below it.

    `version` names the rules of the documents, `database` where they come from; at `caught_up_at`, in seconds of the
    epoch, nothing was waiting in the outbox.
    """

    version: str
    database: str
    last_id: int
    gaps: tuple[Gap, ...]
    caught_up_at: float

    def having_read(self, ids: Sequence[int], now: float) -> "State":
        """Return the state after the rows with these ids, in their order, have been applied."""
        late = {id for id in ids if id <= self.last_id}
        gaps = [part for gap in self.gaps for part in _without(gap, late) if now - gap.seen_at < LONGEST_TRANSACTION]
        last_id = self.last_id
        for id in ids:
            if id > last_id:
                if id > last_id + 1:
                    gaps.append(Gap(last_id + 1, id - 1, now))
                last_id = id
        return replace(self, last_id=last_id, gaps=tuple(gaps))


def read_state(folder: Path) -> State | None:
    """Return what the index in this folder keeps about itself; None when that is missing or damaged."""
    try:
        kept = json.loads((folder / FILE).read_text(encoding="utf-8"))
        return State(**{**kept, "gaps": tuple(Gap(*gap) for gap in kept["gaps"])})
    except (OSError, ValueError, TypeError, KeyError):
        return None


def write_state(folder: Path, state: State) -> None:
    """Keep the state, after the index was committed: what is applied twice does no harm, what is skipped does."""
    replace_file(folder / FILE, json.dumps(asdict(state)))


def replace_file(path: Path, text: str) -> None:
    """Write a file so that at any moment, also after a power cut, the old or the new one is there as a whole."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with draft.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    os.replace(draft, path)


def _without(gap: Gap, found: set[int]) -> list[Gap]:
    """Return what is left of a gap in which these ids have turned up."""
    parts, first = [], gap.first
    for id in sorted(id for id in found if gap.first <= id <= gap.last):
        if first < id:
            parts.append(Gap(first, id - 1, gap.seen_at))
        first = id + 1
    if first <= gap.last:
        parts.append(Gap(first, gap.last, gap.seen_at))
    return parts
