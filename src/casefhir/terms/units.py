"""Units as case reports print them → UCUM, and amounts from one unit into another."""

import re
from decimal import Decimal
from functools import cache, cached_property, lru_cache
from typing import Any

from casefhir.terms.names import near
from casefhir.terms.rows import Lab, Unit
from casefhir.terms.table import Rows


class Units:
    """The table of units, by what is printed."""

    def __init__(self, rows: tuple[Unit, ...]) -> None:
        self.rows = rows
        self._printed = {name.replace(" ", ""): unit for unit in rows for name in unit.also}
        self._printed |= {unit.ucum: unit for unit in rows}

    def get(self, written: str) -> Unit | None:
        """
        The unit that was written: as UCUM, or as print has it (`mg/l`, `x 10 9 / L`, `mcg`, `μL`, `parasites/µL`).

        Case counts where it makes a difference (g/L, G/L), and else does not (MG/DL).
        """
        unit = self._printed.get(written)
        if unit is None:
            written = tidy(written)
            unit = self._printed.get(written) or self._any_case.get(written.casefold()) or self._counted(written)
        return unit

    def _counted(self, written: str) -> Unit | None:
        """The unit of a number of cells or the like: /uL of `parasites/uL`, 10*3/uL of `10*3lymphocytes/uL`."""
        counted = _COUNTED.fullmatch(written)
        unit = self.get(f"{counted['power'] or ''}{counted['in']}") if counted else None
        return unit if unit and unit.dimension.startswith("number ") else None

    def spelling(self, written: str) -> str:
        """A unit with the capitals that print gives it: `mg/L` of `mg/l`, `µmol/L` of `µmol/l`; else as written."""
        unit = self.get(written)
        if unit is None or written in self._printed:
            return written
        litres = re.sub(_LITRE, lambda litre: f"{litre[0][:-1]}L", written)
        names = (name for name in (unit.display, unit.ucum, *unit.also) if name.casefold() == written.casefold())
        return next((name for name in (litres, *names) if self._is_spelt(name, unit)), written)

    def _is_spelt(self, name: str, unit: Unit) -> bool:
        """Whether a name is that of a unit when case counts."""
        return unit in (self._printed.get(name), self._printed.get(tidy(name)))

    @cached_property
    def codes(self) -> frozenset[str]:
        """The UCUM codes of the table, which tests hold against a UCUM library."""
        return frozenset(unit.ucum for unit in self.rows)

    def near(self, written: str) -> list[str]:
        """Up to three units of the table that a written one may be a misspelling of."""
        written = tidy(written)
        may_lack_stroke = "/" not in written and len(written) < max(map(len, self._printed))
        parts = (f"{written[:i]}/{written[i:]}" for i in range(1, len(written)) if may_lack_stroke)
        divided = [unit.display for part in parts if (unit := self.get(part))]
        return divided or near(written, [unit.display for unit in self.rows])

    @cached_property
    def _any_case(self) -> dict[str, Unit]:
        """The units by what is printed in any case, where every case means the same one."""
        meant: dict[str, Unit] = {}
        several = {
            name.casefold()
            for name, unit in self._printed.items()
            if meant.setdefault(name.casefold(), unit) is not unit
        }
        return {name: unit for name, unit in meant.items() if name not in several}


@cache
def known() -> Units:
    """The table of units; it is read once."""
    return Units(tuple(Rows("units", Unit._make)))


def ucum(written: str) -> Unit | None:
    """
    The unit that was written, from the table or, for one it lacks, any that is valid UCUM.

    One that only UCUM knows has no dimension and no factor. None is no unit at all.
    """
    return known().get(written) or _other(written)


def power_of_ten(written: str) -> tuple[int, str] | None:
    """
    The exponent and the unit of a power of ten before a unit: 6 and copies/mL of `x10^6 copies/mL`.

    None of what is a unit itself, as x10^9/L is, and where the rest is none.
    """
    signs = _plain_signs(written)
    found = _POWER.fullmatch(signs)
    if found is None or ucum(written) or not ucum(found["unit"]):
        return None
    return int(found["exponent"]), written[found.start("unit") - len(signs) :]


_POWER = re.compile(r"[xX*]?\s*10\s*[*^]\s*\+?(?P<exponent>-?[0-9]{1,2})\s*(?P<unit>[^\s\d/*^.x+-].*)")


def shown(code: str) -> str:
    """A UCUM unit as reports print it: `10*9/L` is x10^9/L, `umol/L` µmol/L, `Cel` °C; the unit 1 is none."""
    unit = ucum(code) if code not in ("", "1") else None
    display = unit.display if unit else ""
    return re.sub(r"\bu(?=[A-Za-z])", "µ", display.replace("10*", "x10^"))


def is_convertible(unit: Unit, into: Unit) -> bool:
    """Whether an amount in one unit says how much it is in another."""
    return unit.ucum == into.ucum or (unit.dimension == into.dimension and unit.dimension != "")


def is_share_and_count(unit: Unit, other: Unit) -> bool:
    """Whether one unit is that of a share of cells and the other of their number: % and /uL."""
    counts = [one for one in (unit, other) if one.dimension.startswith("number ")]
    return len(counts) == 1 and "fraction" in (unit.dimension, other.dimension)


def is_scaled(unit: Unit, other: Unit) -> bool:
    """Whether two units measure the same, and one is larger than the other: mg/L and g/L."""
    return unit.ucum != other.ucum and unit.dimension == other.dimension != "" and unit.factor != other.factor


def convert(value: Decimal, unit: Unit, into: Unit) -> Decimal | None:
    """An amount in another unit, to 28 digits; None if the two do not measure the same."""
    if unit.ucum == into.ucum:
        return value
    if not is_convertible(unit, into):
        return None
    return _from_base(_to_base(value, unit), into)


def measures(lab: Lab, unit: Unit) -> bool:
    """
    Whether a property of a laboratory test is given in a unit: one of its own dimension or kin.

    Reports print enzymes and antibodies in U/L, IU/L and AU/L, and salts in mmol/L and mEq/L,
    without a difference. A pure number may have a word for what it counts ({titer}, points, pH).
    """
    if not lab.unit:
        return lab.scale == "Qn" and (unit.ucum in ("1", "[pH]") or unit.ucum.startswith("{"))
    return unit.dimension == lab.dimension or unit.dimension in _KIN.get(lab.dimension, ())


def is_index(lab: Lab, unit: Unit) -> bool:
    """Whether a unit is that of an index, and a test one for antibodies, of which each assay has its own."""
    return unit.dimension == "index" and lab.dimension in _UNITS and (" Ab" in lab.display or not lab.display)


def for_a_day(unit: Unit) -> Unit | None:
    """The unit of a rate that an amount of 24 hours is: g/(24.h) of g."""
    return known().get(f"{unit.ucum}/(24.h)")


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

    The other names in the table of units are tidy already, but for their blanks.
    """
    unit = "".join(f" {_plain_signs(written)}".replace(" per ", "/").split())
    return _PRINTED.sub(_plain, unit) or "1"


def _plain_signs(written: str) -> str:
    """A unit with one sign for each of its printed forms: `x10^6` of `×10⁶`."""
    if written.isascii():
        return written
    from unicodedata import normalize

    return normalize("NFKC", written.translate(_SIGNS)).translate(_SIGNS)


_COUNTED = re.compile(
    r"(?P<power>10\*[0-9]+|[kK]|thousand|million)?"
    r"(?:red|white|blood|pus|asexual|nucleated|infected|epithelial|mononuclear|CD[0-9]+\+?|[TB](?=cells))*-?"
    r"(?:cells?|parasites|trophozoites|gametocytes|schizonts|platelets|[WR]BCs?|"
    r"(?:leu[ck]|erythr|thromb|lymph|mon|granul|reticul|histi)ocytes|(?:neutr|eosin|bas)ophils)"
    r"(?P<in>/[^/]+)",
    re.IGNORECASE,
)
"""What is counted in a volume or a field, without blanks: `redbloodcells/HPF`."""

_SIGNS = {
    **dict.fromkeys(map(ord, "µμ"), "u"),
    **dict.fromkeys(map(ord, "×✕⨯"), "x"),
    **dict.fromkeys(map(ord, "·⋅∙•"), "."),
    **dict.fromkeys(map(ord, "−–‐‑⁻"), "-"),
    **dict.fromkeys(map(ord, "∕⁄"), "/"),
    **dict.fromkeys(map(ord, "º˚"), "°"),
    **dict.fromkeys(map(ord, "∧ˆ"), "^"),
    **{ord(raised): f"^{digit}" for digit, raised in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")},
}

_LITRE = r"(?:(?<=[/.\d])|^)[mdcunfp]?l(?![A-Za-z])"

_PRINTED = re.compile(
    r"^[x*]?10[x^*eE]{0,2}[+(]?(?P<ten>[3-9]|1\^?2)\)?(?=[/A-Za-z]|$)"  # x10^9, 10e9, 10(9), 109
    r"|(?P<raised>(?<!-)\^)(?=\d)"  # m^2
    r"|(?P<micro>(?<![A-Za-z])mc)(?=g|[lL](?![A-Za-z])|mol|M(?![A-Za-z])|kat|IU)"
    r"|\.?(?P<inverse>[dmu]?L|kg|min|h|d|s)-\^?1(?!\d)"  # mmol L-1
    rf"|(?P<litre>{_LITRE})"
    r"|(?<=[/\d])(?P<time>minutes?|hours?|hrs?|days?|weeks?|months?|years?|yr)(?![A-Za-z])"
)
_TIMES = {"mi": "min", "h": "h", "d": "d", "w": "wk", "mo": "mo", "y": "a"}


def _plain(found: re.Match[str]) -> str:
    match found.lastgroup:
        case "ten":
            return f"10*{found['ten'].replace('^', '')}"
        case "raised":
            return ""
        case "micro":
            return "u"
        case "inverse":
            return f"/{found['inverse']}"
        case "litre":
            return f"{found['litre'][:-1]}L"
    return next(code for word, code in _TIMES.items() if found[0].startswith(word))


# What reports print for each other. The bases of kin are of one size: U/L and IU/L, mol/L and eq/L.
_UNITS = {
    "arbitrary concentration",
    "arbitrary unit concentration",
    "catalytic concentration",
    "APL concentration",
    "GPL concentration",
    "MPL concentration",
}
_KIN = {
    **dict.fromkeys(_UNITS, _UNITS),
    "substance concentration": {"equivalent concentration"},
    "osmolality": {"osmolarity"},
}


def _to_base(value: Decimal, unit: Unit) -> Decimal:
    if unit.factor is not None:
        return value * unit.factor
    degree, zero = _SCALES[unit.ucum]
    return (value + zero) * degree


def _from_base(value: Decimal, unit: Unit) -> Decimal:
    if unit.factor is not None:
        return value / unit.factor
    degree, zero = _SCALES[unit.ucum]
    return value / degree - zero


# Kelvin in a degree, and degrees from absolute zero to the zero of the scale.
_SCALES = {
    "Cel": (Decimal(1), Decimal("273.15")),
    "[degF]": (Decimal(5) / Decimal(9), Decimal("459.67")),
}


@lru_cache(maxsize=256)
def _other(written: str) -> Unit | None:
    # The library and its grammar take 0.4 s to load: only a unit that the table lacks pays for it.
    from ucumvert import InvalidUcumError, parse_ucum

    code = written.strip()
    try:
        parse_ucum(code, _grammar())
    except InvalidUcumError:
        return None
    return Unit(code, code, "", None, ())


@cache
def _grammar() -> Any:
    from ucumvert import get_ucum_parser

    return get_ucum_parser()
