"""Who checks what a village sells before the public sees it."""

from dataclasses import dataclass

from marketplace.kim.queries import KimSummary, list_kim_of_village
from marketplace.regions.places import VillageName


@dataclass(frozen=True)
class Checker:
    """The KIM that checks, or the kabupaten's Dinas where the village has none (`kim` is None)."""

    name: str
    kim: KimSummary | None


def checker_of(village: VillageName, preferred_kim_id: int | None = None) -> Checker:
    """Return who checks: the KIM that a business belongs to, else the village's eldest, else the Dinas."""
    found = list_kim_of_village(village)
    preferred = [kim for kim in found if kim.id == preferred_kim_id]
    if kim := next(iter(preferred or found), None):
        return Checker(kim.name, kim)
    return Checker(f"Dinas Kominfo {village.regency.name}", None)
