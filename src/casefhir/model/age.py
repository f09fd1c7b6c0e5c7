"""An age as the article prints it, text → Age; never a date of birth."""

import re
from decimal import Decimal
from typing import Any, NamedTuple

from casefhir.model.duration import UNITS, in_digits, in_smaller, parts
from casefhir.model.grammar import GrammarError
from casefhir.model.number import DIGITS, MAX_DIGITS, Qualifier, plain, qualifier

_FIELDS = {"a": "years", "mo": "months", "wk": "weeks", "d": "days", "h": "hours"}

_OLD = r"(?:[\s-]*+old|\s++of\s++age)?+\s*+"
_FORM = re.compile(rf"([^0-9]*+)({DIGITS})(?:\s*+(?:-|to\b)\s*+({DIGITS}))?+[\s-]*+([^\W\d_]++)\.?{_OLD}")
_GESTATION = r"(?i)(?:\bof\s+)?\b(?:gestational\s+age|gestation|GA)\b(?:\s+of\b|:)?"
_WEEKS = (
    r"([^0-9]*+)([0-9]{1,2})(?:\s*+\+\s*+([0-9]{1,2})|\s++([0-9])/7)?+[\s-]*+w(?:ee)?+k?+s?+['’.]?"
    r"(?:\s*+(?:,|and\b)?+\s*+([0-9]{1,2})\s*+d(?:ays?)?)?+"
)


class Age(NamedTuple):
    """How old: `3 years`, `4 y 2 mo`, `3 to 4 years`, `about 60 years`, `34+5 weeks gestation`."""

    text: str
    """The whole age, as written."""

    years: Decimal | None = None
    months: Decimal | None = None
    weeks: Decimal | None = None
    days: Decimal | None = None
    hours: Decimal | None = None

    gestation_weeks: int | None = None
    """Completed weeks of gestation; all the other units are then None."""

    gestation_days: int | None = None
    """Days beyond those weeks, 0 to 6; None where none are printed."""

    approximate: bool = False
    """Whether the article says `about`."""

    comparator: str = ""
    """One of `<`, `<=`, `>`, `>=`, or ""."""

    high: Decimal | None = None
    """The higher number of `3 to 4 years`, in the unit of the lower one; else None."""

    @property
    def ucum(self) -> tuple[Decimal, str] | None:
        """
        The age as one number and its UCUM unit: `3 years` (3, a), `4 y 2 mo` (50, mo).

        None where one number would not be what is printed: gestation, a range, months with days.
        """
        if self.high is not None:
            return None
        units = self._units()
        return units[0] if len(units) == 1 else in_smaller(units)

    @property
    def ucum_range(self) -> tuple[Decimal, Decimal, str] | None:
        """Both numbers and the UCUM unit of a range: `3 to 4 years` (3, 4, a); None for any other age."""
        if self.high is None:
            return None
        [(low, unit)] = self._units()
        return low, self.high, unit

    def _units(self) -> list[tuple[Decimal, str]]:
        numbers = (self.years, self.months, self.weeks, self.days, self.hours)
        return [(number, unit) for number, unit in zip(numbers, _FIELDS, strict=True) if number is not None]


def age(text: str) -> Age:
    """
    An age in one unit, in several, or in weeks of gestation.

    `3 years`, `18-month-old`, `two days`, `3 to 4 years`, `about 60 years`, `> 80 years`;
    `4 y 2 mo`, `4 years and 2 months`; `36 weeks gestation`, `34+5 weeks gestation`.

    Raises: GrammarError for any other text, also for a bare number.
    """
    found = _FORM.fullmatch(plain(text)) or _FORM.fullmatch(in_digits(text))
    field = found and _FIELDS.get(UNITS.get(found[4].casefold(), ""))
    said = found and _said(found[1])
    if not (found and field and said):
        return _gestation(text) or _compound(text)
    low, high = found[2], found[3]
    if len(low) > MAX_DIGITS or len(high or "") > MAX_DIGITS:
        raise _refusal(text)
    numbers: dict[str, Any] = {field: Decimal(low)}
    if high:
        numbers["high"] = _higher(text, said, Decimal(low), Decimal(high))
    return _age(text, said, **numbers)


def gestation(text: str) -> Age:
    """
    An age in weeks of gestation, where the word may be left out: `36 weeks`, `30 weeks 4 days`.

    Raises: GrammarError for any other text.
    """
    found = _gestation(text) or _gestation(f"{text} gestation")
    assert found is not None, "it speaks of gestation"
    return found._replace(text=text.strip())


def _age(text: str, said: Qualifier, **numbers: Any) -> Age:
    comparator = "<=" if said.maximum else said.comparator
    return Age(text.strip(), approximate=said.approximate, comparator=comparator, **numbers)


def _said(before: str) -> Qualifier | None:
    """What is said before the numbers, less words that say nothing: `aged`, `at the age of about`."""
    return qualifier(re.sub(r"(?i)\b(?:a|an|at|aged?|of|the)\b", "", before)) if before else Qualifier()


def _higher(text: str, said: Qualifier, low: Decimal, high: Decimal) -> Decimal:
    if said.comparator:
        raise GrammarError(f'"{text}" compares with a range; write one age, or the range alone')
    if low > high:
        raise GrammarError(f'"{text}" runs from old to young; write the lower number first')
    return high


def _gestation(text: str) -> Age | None:
    """The age in weeks of gestation; None for a text that does not speak of gestation."""
    weeks, marks = re.subn(_GESTATION, " ", text, count=1)
    if not marks:
        return None
    found = re.fullmatch(_WEEKS, weeks.strip())
    said = found and _said(found[1])
    if not (found and said):
        forms = "36 weeks gestation or 34+5 weeks gestation"
        raise GrammarError(f'"{text}" is not read as gestation; write it as {forms}')
    days = next((int(found[group]) for group in (3, 4, 5) if found[group]), None)
    if days is not None and days > 6:
        raise GrammarError(f'"{text}" counts {days} days beyond whole weeks; they go from 0 to 6')
    return _age(text, said, gestation_weeks=int(found[2]), gestation_days=days)


def _compound(text: str) -> Age:
    """The age in several units, the larger before the smaller: `4 y 2 mo`."""
    bare = re.sub(r"(?i)(?:-?old|of age)\Z", "", text.strip())
    numbers = bare.lstrip("".join(set(bare) - set("0123456789")))
    said, units = _said(bare.removesuffix(numbers)), parts(numbers.strip())
    if not (said and units and all(unit in _FIELDS for _, unit in units)):
        raise _refusal(text)
    order = [list(_FIELDS).index(unit) for _, unit in units]
    if order != sorted(set(order)) or any(number % 1 for number, _ in units[:-1]):
        trouble = "is not one age; write the larger unit first, each in whole numbers"
        raise GrammarError(f'"{text}" {trouble}, e.g. 4 years 2 months')
    return _age(text, said, **{_FIELDS[unit]: number for number, unit in units})


_MISTAKES = (
    (rf"\s*+({DIGITS})\s*+", r"has no unit; write \1 years, \1 months or \1 days"),
    (rf"(?i)\s*+((?:about|approximately|around|over|under)\s)\s*+({DIGITS})\s*+", r"has no unit; write \1\2 years"),
    (rf"(?i)\s*+({DIGITS})[\s-]*+y\.?[/.]?o\.?\s*+", r"is not an age; write \1 years"),
    (rf"(?i)\s*+({DIGITS})[\s-]*+(year|month|week|day)s?[\s-]*+old\s.*", r"is more than an age; write \1 \2s"),
    (rf"[^0-9]*+({DIGITS})\s*+[mM]\.?\s*+", r"has an unclear unit; write \1 months"),
    (r"[^0-9]*+([1-9])0['’]?s\s*+", r"is a decade; write \g<1>0 to \g<1>9 years"),
    (r"\s*+([1-4][0-9])\s*+\+\s*+([0-6])\b.*", r"may be gestation; write \1+\2 weeks gestation"),
    (r"([^0-9]*+[0-9]++),\s?([0-9]++[^0-9]*+)", r"has a decimal comma; write \1.\2"),
    (r"(?i)\s*+(?:a\s+)?(?:newborn|neonate)\b.*", "says no number; write hours or days, e.g. 1 day"),
)


def _refusal(text: str) -> GrammarError:
    """What is wrong with a text that is no age, with the nearest right form where there is one."""
    for mistake, trouble in _MISTAKES:
        if found := re.fullmatch(mistake, text, re.DOTALL):
            return GrammarError(f'"{text}" {found.expand(trouble)}')
    forms = "3 years, 4 y 2 mo, about 60 years or 36 weeks gestation"
    return GrammarError(f'"{text}" is not an age; write it as {forms}')
