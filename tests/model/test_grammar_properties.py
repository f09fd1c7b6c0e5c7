"""What holds for every small grammar and every text: it is read or refused with a place, and at once."""

from collections.abc import Callable
from time import process_time
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from casefhir.model.age import age
from casefhir.model.code import code, doi, orcid
from casefhir.model.duration import UNITS, duration
from casefhir.model.grammar import GrammarError
from casefhir.model.growth import growth, outcome
from casefhir.model.number import COMPARATORS
from casefhir.model.quantity import Amount, Extent, Range, Ratio, quantity
from casefhir.model.result import result
from casefhir.model.result_words import WORDS
from casefhir.model.site import site
from casefhir.model.table import table

Parse = Callable[[str], Any]

PARSERS: dict[str, Parse] = {
    "age": age,
    "code": code,
    "doi": doi,
    "duration": duration,
    "growth": growth,
    "orcid": orcid,
    "outcome": outcome,
    "quantity": quantity,
    "result": result,
    "site": site,
    "table": table,
}
parsers = pytest.mark.parametrize("parse", PARSERS.values(), ids=PARSERS)

# Pieces of which texts that are nearly right are made; whole Unicode finds little here.
PIECES = (
    *'0 1 05 10 2.5 3,5 1,234.5 1e5 - – − + ± < ≤ > ~ ( ) [ ] / : ; , . x × * ^ 10^9 ⁹ % µ ° " | ½ ² \n \t'.split(" "),
    *"mg mg/L L H HH U/L cm mmHg to by of and or at old age GA w d h mo years months weeks gestation".split(),
    *("normal", "ref", "reference range:", "high", "low", "elevated", "positive", "negative", "weakly", "not", "for"),
    *("times", "-fold", "ULN", "the upper limit of", "twice"),
    *("left", "right", "both", "and right", "knee", "LOINC", "SNOMED CT", "HP:", "1988-5", "386661006", "10.5555/"),
    *("date", "IL-6[pg/mL]", "2021", "admission", "unit not printed", "about", "up to", "a", "one", "  ", " "),
)
nearly = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=9).flatmap(
    lambda pieces: st.sampled_from(["", " "]).map(lambda blank: blank.join(pieces))
)


@pytest.fixture(scope="module", autouse=True)
def library_of_units() -> None:
    """The library of units is read once, which takes longer than any text may."""
    quantity("1 x10^9 Y")


def refusal(parse: Parse, text: str) -> GrammarError | None:
    """How a grammar refuses a text; None if it reads it."""
    try:
        parse(text)
    except GrammarError as error:
        return error
    return None


@parsers
@given(text=st.text(max_size=60) | nearly)
@example(text="")
@example(text=" ")
@example(text="\0")
@example(text="5 (")
@example(text="٣ mg")
@example(text="( 1 ) 5")
@example(text=", +")
def test_any_text_is_read_or_refused_with_its_place(parse: Parse, text: str) -> None:
    refused = refusal(parse, text)

    if refused:
        assert 0 <= refused.offset <= len(text)
        assert str(refused)


@parsers
@given(text=nearly)
def test_what_was_read_is_read_again_from_its_text(parse: Parse, text: str) -> None:
    try:
        value = parse(text)
    except GrammarError:
        return

    assert parse(getattr(value, "text", text)) == value


@given(text=nearly)
@example(text="20,5-10 mg")
@example(text="1e20")
@example(text="1,5 x 2,5 mg x 3")
@example(text="5 cm x 010 cm")
def test_what_is_offered_for_a_quantity_is_one(text: str) -> None:
    refused = refusal(quantity, text)
    _, has, offer = str(refused).removeprefix(f'"{text}"').partition("; write ")

    if refused and has and str(refused).startswith(f'"{text}" has ') and not offer.startswith("a number"):
        assert quantity(offer)


# 10,000 characters that make a careless pattern try every way to part them.
LONG = {
    "blanks": " " * 10_000,
    "a number and blanks": "5" + " " * 9_999,
    "words far apart": "turbid" + " " * 9_993 + "x",
    "a number far from its unit": "5 mg" + "\u00a0" * 9_990 + "high",
    "blanks between": "5" + " " * 9_990 + "mg mg mg",
    "digits": "1" * 10_000,
    "zeros": "0" * 10_000,
    "decimals": "1." + "2" * 9_998,
    "thousands": "1," + "000," * 2_499,
    "points": "1." * 5_000,
    "numbers": "5 " * 5_000,
    "letters": "a" * 10_000,
    "a number and letters": "5 " + "a" * 9_998,
    "words": "positive " * 1_111,
    "degrees": "weakly " * 1_428,
    "flags": "5 " + "high " * 1_999,
    "sides": "left " * 2_000,
    "sides and blanks": ("left" + " " * 496) * 20,
    "hyphens": "5-" * 5_000,
    "slashes": "1/" * 5_000,
    "colons": "1:" * 5_000,
    "crosses": "5 x " * 2_500,
    "units": "5mg x " * 1_666,
    "one unit twice": "5" + "ax" * 4_990 + "5",
    "brackets": "(" * 10_000,
    "pairs of brackets": "5 " + "()" * 4_999,
    "words and pairs of brackets": "positive" + "()" * 4_996,
    "references": "5 " + "(normal < 5)" * 833,
    "opening and closing": "(" * 5_000 + ")" * 5_000,
    "years and months": "4 y 2 mo " * 1_111,
    "old": "5 years" + " old" * 2_498,
    "gestation": "34 weeks " + "gestation " * 999,
    "of": "of " * 3_333,
    "systems": "HP " * 3_333,
    "prefixes": "HP:" * 3_333,
    "quotes": 'LOINC 1988-5 "' + " " * 9_985 + '"',
    "less than": "<" * 10_000,
    "plus and minus": "±" * 10_000,
    "plus and minus apart": "5" + " ±" * 4_999,
    "tabs": "5\t" * 5_000,
    "lines": "\n" * 10_000,
    "header": "date " + "A[" * 4_997,
    "rows": "date A\n" + "2021 5\n" * 1_427,
    "superscripts": "5⁹" * 5_000,
}


@parsers
@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_a_long_text_is_read_or_refused_at_once(parse: Parse, text: str) -> None:
    """No pattern goes back over what it took: 10,000 characters take less than 50 ms."""
    spent = []
    for _ in range(3):  # a slow pattern is slow each time
        start = process_time()
        refused = refusal(parse, text)
        spent.append(process_time() - start)

    assert min(spent) < 0.05
    assert refused is None or 0 <= refused.offset <= len(text)


numbers = st.decimals(min_value=0, max_value=10**9, places=2, allow_nan=False, allow_infinity=False)
units = st.sampled_from(["", "mg/L", "x10^9/L", "10*9/L", "%", "/µL", "mm Hg", "°C", "unit not printed"])


def meant(unit: str) -> str | None:
    return None if unit == "unit not printed" else unit


@given(before=st.sampled_from(["", *COMPARATORS]), sign=st.sampled_from(["", "-"]), number=numbers, unit=units)
def test_an_amount_keeps_every_digit(before: str, sign: str, number: Any, unit: str) -> None:
    text = f"{before} {sign}{number} {unit}".strip()
    found = quantity(text)

    assert found == Amount(text, -number if sign else number, meant(unit), COMPARATORS.get(before, ""))
    assert str(found.value).lstrip("-") == str(number)


@given(low=numbers, more=numbers, dash=st.sampled_from(["-", "–", " − ", " to "]), unit=units)
def test_a_range_is_read_from_both_numbers(low: Any, more: Any, dash: str, unit: str) -> None:
    text = f"{low}{dash}{low + more} {unit}".strip()

    assert quantity(text) == Range(text, low, low + more, meant(unit))


@given(numerator=numbers, denominator=numbers.filter(bool), unit=st.sampled_from(["", "mmHg"]))
def test_a_ratio_is_read_from_both_numbers(numerator: Any, denominator: Any, unit: str) -> None:
    text = f"{numerator}/{denominator} {unit}".strip()

    assert quantity(text) == Ratio(text, numerator, denominator, unit)


@given(sides=st.lists(numbers, min_size=2, max_size=3), cross=st.sampled_from([" x ", " × ", "x"]))
def test_an_extent_is_read_from_all_its_sides(sides: list[Any], cross: str) -> None:
    text = f"{cross.join(map(str, sides))} cm"

    assert quantity(text) == Extent(text, tuple(sides), "cm")


@given(number=numbers, unit=st.sampled_from(sorted(UNITS)))
def test_a_duration_is_read_in_every_unit(number: Any, unit: str) -> None:
    found = duration(f"{number} {unit}")

    assert (found.value, found.unit) == (number, UNITS[unit])


@given(number=numbers, unit=units.filter(bool), flag=st.sampled_from(["high", "low", "H", "L", "normal", "elevated"]))
def test_a_flag_does_not_change_the_number(number: Any, unit: str, flag: str) -> None:
    plain, flagged = result(f"{number} {unit}"), result(f"{number} {unit} {flag}")

    assert flagged.quantity == plain.quantity
    assert flagged.flag == WORDS[flag]


@given(number=numbers, limit=numbers)
def test_a_reference_does_not_change_the_number(number: Any, limit: Any) -> None:
    found = result(f"{number} mg/L (normal < {limit})")

    assert found.quantity == quantity(f"{number} mg/L")
    assert found.reference is not None
    assert found.reference.high == limit
