"""How much a listing deserves to stand before another that fits the words as well."""

from datetime import UTC, datetime

from marketplace.search import ranking

FIRST_DAY = datetime(2020, 1, 1, tzinfo=UTC)
SECONDS_A_DAY = 86_400


def quality_of(is_sold_out: bool, has_photo: bool, published_at: datetime, marks_of_silence: int = 0) -> float:
    """Return the factor of a listing's score, at most 1.

    Freshness grows with the day of publication and never has to be worked out again: only the order among listings
    counts. A listing that passes a mark of silence is noted in the outbox by the day's sweep.
    """
    days = max(0.0, (published_at - FIRST_DAY).total_seconds() / SECONDS_A_DAY)
    freshness = days / (days + ranking.DAYS_OF_HALF_FRESHNESS)
    quality = 1 - ranking.FRESHNESS * (1 - freshness)
    if is_sold_out:
        quality -= ranking.SOLD_OUT
    if not has_photo:
        quality -= ranking.NO_PHOTO
    return quality - ranking.SILENCE[marks_of_silence]
