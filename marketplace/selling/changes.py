"""Edits as the database keeps them: the columns of a listing as JSON, and back."""

import enum
from collections.abc import Mapping
from datetime import date
from typing import Any

from marketplace.catalogue.models.attractions import Facility, ManagerKind
from marketplace.catalogue.models.products import Availability, Delivery, Payment
from marketplace.foundation.opening_hours import OpeningHours, parse_opening_hours

SETS = {"season": int, "delivery": Delivery, "payment": Payment, "facilities": Facility, "best_season": int}
DAYS = {"pirt_expires_on", "halal_expires_on", "warning_ends_on", "checked_on"}
CHOICES = {"availability": Availability, "manager_kind": ManagerKind}


def to_json(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return columns of a listing in what JSON can hold; `from_json` gives them back."""
    return {name: _kept(value) for name, value in values.items()}


def from_json(kept: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns that `to_json` has kept, with their types."""
    return {name: _typed(name, value) for name, value in kept.items()}


def _kept(value: Any) -> Any:
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, frozenset | set):
        return sorted(_kept(item) for item in value)
    if isinstance(value, tuple | list):
        return [_kept(item) for item in value]
    return str(value) if isinstance(value, OpeningHours) else value


def _typed(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name in SETS:
        return frozenset(SETS[name](item) for item in value)
    if name in DAYS:
        return date.fromisoformat(value)
    if name in CHOICES:
        return CHOICES[name](value)
    if name == "variants":
        return tuple((variant, price) for variant, price in value)
    return parse_opening_hours(value) if name == "opening_hours" else value
