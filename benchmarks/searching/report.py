"""The figures of a run beside what was promised, as a table to read and as JSON to keep."""

import statistics
from collections.abc import Callable, Sequence
from typing import NamedTuple

from benchmarks.searching.asking import Times
from benchmarks.searching.index import Built
from benchmarks.searching.requests import Requested

PROMISED_AT = 1_000_000


class Measured(NamedTuple):
    """Everything that was measured at one size."""

    built: Built
    times: Times
    requested: Requested


class Figure(NamedTuple):
    """One line: a name, its value at the small and at the large size, and the bound that the large one must keep."""

    name: str
    small: float | None
    large: float
    unit: str
    most: float | None = None
    least: float | None = None

    @property
    def promise(self) -> str:
        """The bound in words; empty where nothing is promised."""
        if self.most is not None:
            return f"at most {self.most:g}"
        return "" if self.least is None else f"at least {self.least:,.0f}"

    @property
    def is_kept(self) -> bool:
        is_small_enough = self.most is None or self.large <= self.most
        return is_small_enough and (self.least is None or self.large >= self.least)


def figures_of(small: Measured, large: Measured) -> list[Figure]:
    """Return every figure, in the order in which the table shows them."""

    def both(name: str, value: Callable[[Measured], float], unit: str, **bound: float) -> Figure:
        return Figure(name, value(small), value(large), unit, **bound)

    def spread(
        name: str, values: Callable[[Measured], Sequence[float]], most_at_95: float | None = None
    ) -> list[Figure]:
        return [
            both(f"{name}, median", lambda measured: statistics.median(values(measured)), "ms"),
            both(f"{name}, 95 %", lambda measured: _percentile(values(measured), 95), "ms", most=most_at_95),
            both(f"{name}, slowest", lambda measured: max(values(measured)), "ms"),
        ]

    def slower(name: str, values: Callable[[Measured], Sequence[float]]) -> Figure:
        ratio = statistics.median(values(large)) / statistics.median(values(small))
        return Figure(f"{name}: how much slower when large", None, ratio, "times", most=5)

    return [
        both("listings indexed", lambda measured: measured.built.listings, ""),
        both("building the index", lambda measured: measured.built.rate, "listings/s", least=25_000),
        both("the same, with making them up", lambda measured: measured.built.rate_with_generating, "listings/s"),
        both("size of the index", lambda measured: measured.built.megabytes, "MB"),
        both("segments of the index", lambda measured: measured.built.segments, ""),
        *spread("raw tantivy", lambda measured: _all(measured.times.raw)),
        *spread("service without rows", lambda measured: _all(measured.times.service)),
        *spread("service with rows", lambda measured: _all(measured.times.with_rows)),
        both("service without rows, of raw", _ratio, "times", most=2.5),
        *spread("tantivy asked what was understood", lambda measured: _all(measured.times.understood)),
        both("service without rows, of that", _ratio_to_understood, "times"),
        slower("service with rows", lambda measured: _all(measured.times.with_rows)),
        both("first search of a process", lambda measured: measured.times.first_answer, "ms"),
        *spread("page over HTTP", lambda measured: measured.requested.pages, most_at_95=80),
        slower("page over HTTP", lambda measured: measured.requested.pages),
        *spread("page, four at once", lambda measured: measured.requested.pages_at_once),
        both("pages a second, four at once", lambda measured: measured.requested.pages_a_second, "pages/s"),
        *spread("suggestions over HTTP", lambda measured: measured.requested.suggestions, most_at_95=25),
        slower("suggestions over HTTP", lambda measured: measured.requested.suggestions),
        both("memory of the web process (RSS)", lambda measured: measured.requested.memory["Rss"], "MB", most=400),
        both("its share where shared (PSS)", lambda measured: measured.requested.memory["Pss"], "MB"),
        both("of which no file's pages", lambda measured: measured.requested.memory["Anonymous"], "MB"),
    ]


def print_figures(figures: Sequence[Figure], sizes: tuple[int, int]) -> None:
    """Print the figures as a table."""
    small, large = (f"{size:,}" for size in sizes)
    print(f"{'':<46}{small:>12}{large:>12}  {'':<12}promised at {PROMISED_AT:,}")
    for figure in figures:
        values = f"{_number(figure.small):>12}{_number(figure.large):>12}"
        verdict = "" if figure.is_kept or sizes[1] < PROMISED_AT else ", NOT KEPT"
        print(f"{figure.name:<46}{values}  {figure.unit:<12}{figure.promise}{verdict}".rstrip())


def print_kinds(measured: Measured) -> None:
    """Print how each kind of query did at the large size."""
    times = measured.times
    print(f"\n{'kind of query, medians in ms':<28}{'raw':>8}{'service':>9}{'of raw':>8}", end="")
    print(f"{'with rows':>11}{'95 %':>8}{'slowest':>9}")
    for kind in sorted(times.raw):
        raw, service = statistics.median(times.raw[kind]), statistics.median(times.service[kind])
        rows = times.with_rows[kind]
        print(
            f"{kind:<28}{raw:>8.2f}{service:>9.2f}{service / raw:>8.1f}{statistics.median(rows):>11.2f}"
            f"{_percentile(rows, 95):>8.2f}{max(rows):>9.2f}"
        )


def as_json(figures: Sequence[Figure], sizes: tuple[int, int], about: dict) -> dict:
    """Return the figures with what they were measured on."""
    return {
        **about,
        "listings": {"small": sizes[0], "large": sizes[1]},
        "figures": [{**figure._asdict(), "is_kept": figure.is_kept} for figure in figures],
    }


def _ratio_to_understood(measured: Measured) -> float:
    return statistics.median(_all(measured.times.service)) / statistics.median(_all(measured.times.understood))


def _ratio(measured: Measured) -> float:
    return statistics.median(_all(measured.times.service)) / statistics.median(_all(measured.times.raw))


def _all(times: dict[str, list[float]]) -> list[float]:
    return [milliseconds for of_one_kind in times.values() for milliseconds in of_one_kind]


def _percentile(values: Sequence[float], percent: int) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]


def _number(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.0f}" if value >= 1_000 or value == int(value) else f"{value:,.2f}"
