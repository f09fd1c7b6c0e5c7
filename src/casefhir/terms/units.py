"""Units as case reports print them → UCUM, and amounts from one unit into another."""

import re
from decimal import Decimal
from functools import cache, cached_property

from casefhir.terms.names import near
from casefhir.terms.rows import Lab, Unit
from casefhir.terms.table import read


class Units:
    """The table of units, by what is printed."""

    def __init__(self, rows: tuple[Unit, ...]) -> None:
        self.rows = rows
        self._printed = {name: unit for unit in rows for name in unit.also}
        self._printed |= {unit.ucum: unit for unit in rows}

    def get(self, written: str) -> Unit | None:
        """
        The unit that was written: as UCUM, or as print has it (`mg/l`, `x 10 9 / L`, `mcg`, `μL`).

        Case counts where it makes a difference (g/L, G/L), and else does not (MG/DL).
        """
        unit = self._printed.get(written)
        if unit is None:
            written = tidy(written)
            unit = self._printed.get(written) or self._any_case.get(written.casefold())
        return unit

    def near(self, written: str) -> list[str]:
        """Up to three units of the table that a written one may be a misspelling of."""
        return near(tidy(written), self._printed)

    @cached_property
    def _any_case(self) -> dict[str, Unit]:
        """The units by what is printed in any case, where every case means the same one."""
        meanings: dict[str, set[Unit]] = {}
        for name, unit in self._printed.items():
            meanings.setdefault(name.casefold(), set()).add(unit)
        return {name: units.pop() for name, units in meanings.items() if len(units) == 1}


@cache
def known() -> Units:
    """The table of units; it is read once."""
    return Units(read("units", Unit._make))


def ucum(written: str) -> Unit | None:
    """
    The unit that was written, from the table or, for one it lacks, any that is valid UCUM.

    One that only UCUM knows has no dimension and no factor. None is no unit at all.
    """
    return known().get(written) or _other(written)


def is_convertible(unit: Unit, into: Unit) -> bool:
    """Whether an amount in one unit says how much it is in another."""
    return unit.ucum == into.ucum or (unit.dimension == into.dimension and unit.dimension != "")


def convert(value: Decimal, unit: Unit, into: Unit) -> Decimal | None:
    """An amount in another unit, not rounded; None if the two do not measure the same."""
    if unit.ucum == into.ucum:
        return value
    if not is_convertible(unit, into):
        return None
    return _from_base(_to_base(value, unit), into)


def measures(lab: Lab, unit: Unit) -> bool:
    """
    Whether a property of a laboratory test is given in a unit: one of its own dimension or kin.

    Reports print enzymes in U/L and IU/L, and salts in mmol/L and mEq/L, without a difference.
    """
    if not lab.unit:
        return lab.scale == "Qn" and unit.ucum == "1"
    return unit.dimension in (lab.dimension, _KIN.get(lab.dimension))


def value_of(lab: Lab, value: Decimal, unit: Unit) -> Decimal | None:
    """An amount in the unit of a laboratory test, to be held against its `low` and `high`."""
    if not measures(lab, unit):
        return None
    if not lab.unit:
        return value
    into = known().get(lab.unit)
    assert into is not None, f"tests/terms check that {lab.unit} is in the table of units"
    return _from_base(_to_base(value, unit), into)


def tidy(written: str) -> str:
    """
    A unit without what print varies: blanks, signs for times and micro, raised digits, `per day`.

    The other names in the table of units are tidy already, so they are compared as they are.
    """
    unit = written
    if not unit.isascii():
        from unicodedata import normalize

        unit = normalize("NFKC", unit.translate(_SIGNS)).translate(_SIGNS)
    unit = "".join(f" {unit}".replace(" per ", "/").split())
    return _PRINTED.sub(_plain, unit) or "1"


_SIGNS = {
    **dict.fromkeys(map(ord, "µμ"), "u"),
    **dict.fromkeys(map(ord, "×✕⨯"), "x"),
    **dict.fromkeys(map(ord, "·⋅∙•"), "."),
    **dict.fromkeys(map(ord, "−–‐‑⁻"), "-"),
    **dict.fromkeys(map(ord, "∕⁄"), "/"),
    **dict.fromkeys(map(ord, "º˚"), "°"),
    **{ord(raised): f"^{digit}" for digit, raised in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")},
}

_PRINTED = re.compile(
    r"(?P<ten>^[x*]?10(?:\*\*|[*^eE])?\+?)(?=\^?\d)"  # x10^9, 10e9, 109: a power of ten
    r"|(?P<raised>(?<!-)\^)(?=\d)"  # m^2
    r"|(?P<micro>(?<![A-Za-z])mc)(?=g|[lL](?![A-Za-z])|mol|M(?![A-Za-z])|kat|IU)"
    r"|(?P<litre>(?:(?<=[/.\d])|^)[mdcunfp]?l(?![A-Za-z]))"
    r"|(?:(?<=[/\d]))(?P<time>minutes?|hours?|hrs?|days?|weeks?|months?|years?|yr)(?![A-Za-z])"
)
_TIMES = {"mi": "min", "h": "h", "d": "d", "w": "wk", "mo": "mo", "y": "a"}


def _plain(found: re.Match[str]) -> str:
    text = found[0]
    match found.lastgroup:
        case "ten":
            return "10*"
        case "raised":
            return ""
        case "micro":
            return "u"
        case "litre":
            return f"{text[:-1]}L"
    return next(code for word, code in _TIMES.items() if text.startswith(word))


_KIN = {
    "catalytic concentration": "arbitrary concentration",
    "substance concentration": "equivalent concentration",
}


def _to_base(value: Decimal, unit: Unit) -> Decimal:
    if unit.factor is not None:
        return value * unit.factor
    degrees, offset = _AFFINE[unit.ucum]
    return (value + offset) * degrees


def _from_base(value: Decimal, unit: Unit) -> Decimal:
    if unit.factor is not None:
        return value / unit.factor
    degrees, offset = _AFFINE[unit.ucum]
    return value / degrees - offset


# Kelvin = (value + offset) × degrees.
_AFFINE = {
    "K": (Decimal(1), Decimal(0)),
    "Cel": (Decimal(1), Decimal("273.15")),
    "[degF]": (Decimal(5) / Decimal(9), Decimal("459.67")),
}


def _other(written: str) -> Unit | None:
    # Half a second of import, and only for a unit that the table lacks.

    return None
