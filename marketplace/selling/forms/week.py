"""Opening hours as they are typed: a row for each day of the week."""

from datetime import time
from typing import Any

from wtforms import BooleanField, SelectField, StringField
from wtforms.fields.choices import Choice, SelectChoice

from marketplace.foundation.forms import Form
from marketplace.foundation.opening_hours import ALL_DAY, DAY_NAMES, OpeningHours, Span, parse_opening_hours

AT_HOURS, ALL_DAY_WORD, CLOSED = "jam", "24-jam", "tutup"
CHOICES = [
    SelectChoice(AT_HOURS, "Buka pada jam"),
    SelectChoice(ALL_DAY_WORD, "Buka 24 jam"),
    SelectChoice(CLOSED, "Tutup"),
]
INCOMPLETE = "Isi jam buka dan jam tutupnya, atau pilih Tutup."
HOUR = {"type": "time", "autocomplete": "off"}


class WeekForm(Form):
    """Seven rows `hours_1` … `hours_7`, each with `opens_…` and `closes_…`; nothing typed means that nothing is known."""

    same_every_day = BooleanField("Jam Senin berlaku setiap hari", false_values=(False, "false", "", "0", "tidak"))

    @property
    def days(self) -> list[tuple[str, Any, Any, Any]]:
        """Return the name and the three controls of each day."""
        return [
            (name, self[f"hours_{number}"], self[f"opens_{number}"], self[f"closes_{number}"])
            for number, name in enumerate(DAY_NAMES, start=1)
        ]

    def validate(self, extra_validators=None) -> bool:
        """Also see that each day can be understood, and that a week is told whole or not at all."""
        is_valid = super().validate(extra_validators)
        spans = [self._spans(*row) for row in self._rows()]
        if not any(map(self._is_typed, self._rows())):
            return is_valid
        for (_, state, *_), span in zip(self._rows(), spans, strict=True):
            if span is None and not state.errors:
                state.errors = [INCOMPLETE]
        return is_valid and not any(state.errors for _, state, *_ in self._rows())

    def opening_hours(self) -> OpeningHours | None:
        """Return the week that was typed; None where nothing was."""
        days = [self._spans(*row) for row in self._rows()]
        if None in days:
            return None
        return OpeningHours(tuple(days * 7 if len(days) == 1 else days))

    def _rows(self) -> list[tuple[str, Any, Any, Any]]:
        return self.days[:1] if self.same_every_day.data else self.days

    def _is_typed(self, row: tuple[str, Any, Any, Any]) -> bool:
        _, state, opens, closes = row
        return state.data not in {AT_HOURS, "", None} or bool(opens.data or closes.data)

    def _spans(self, name: str, state, opens, closes) -> tuple[Span, ...] | None:
        """Return when it is open on a day, None where that was not typed or cannot be read."""
        if state.data == CLOSED:
            return ()
        if state.data == ALL_DAY_WORD:
            return (ALL_DAY,)
        first, last = (opens.data or "").strip(), (closes.data or "").strip()
        if state.data not in {AT_HOURS, "", None}:
            hours = state.data
        elif first and last:
            hours = f"{first}-{last}"
        else:
            return None
        try:
            return parse_opening_hours(f"{name} {hours}").days[DAY_NAMES.index(name)]
        except ValueError:
            state.errors = [f"Jam buka {name} belum terbaca. Contoh: 07.00 sampai 17.00."]
            return None


def typed_week(hours: OpeningHours | None) -> dict[str, str]:
    """Return a week as its rows are typed."""
    typed = {}
    for number, spans in enumerate(hours.days if hours else (), start=1):
        if not spans:
            typed[f"hours_{number}"] = CLOSED
        elif spans == (ALL_DAY,):
            typed[f"hours_{number}"] = ALL_DAY_WORD
        elif len(spans) == 1:
            (first, last), *_ = spans
            typed |= {f"opens_{number}": _hour(first), f"closes_{number}": _hour(last)}
        else:
            # A break at noon has no row: such a day stays as it is unless another choice is made.
            typed[f"hours_{number}"] = ", ".join(f"{_hour(first)}-{_hour(last)}" for first, last in spans)
    return typed


def _hour(hour: time) -> str:
    return f"{hour:%H:%M}"


class DayField(SelectField):
    """Whether it is open on a day; hours that have no row of their own are a choice, too."""

    def iter_choices(self):
        choices = list(CHOICES)
        if self.data and all(self.data != choice.value for choice in CHOICES):
            choices.insert(0, SelectChoice(self.data, self.data.replace(":", ".")))
        for choice in choices:
            yield Choice(choice.value, choice.label, choice.value == (self.data or AT_HOURS), {})

    def pre_validate(self, form: Form) -> None:
        # What is no choice is read as hours.
        return None


for _number, _name in enumerate(DAY_NAMES, start=1):
    setattr(
        WeekForm, f"hours_{_number}", DayField(_name, choices=CHOICES, filters=[lambda text: (text or AT_HOURS)[:100]])
    )
    setattr(
        WeekForm,
        f"opens_{_number}",
        StringField(f"{_name} buka", filters=[lambda text: (text or "")[:10]], render_kw=HOUR),
    )
    setattr(
        WeekForm,
        f"closes_{_number}",
        StringField(f"{_name} tutup", filters=[lambda text: (text or "")[:10]], render_kw=HOUR),
    )
