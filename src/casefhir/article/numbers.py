"""A text in normal form → the numbers printed in it."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from casefhir.article.dates import PrintedDate, dates

_WORDS = {
    word: number
    for number, words in enumerate(
        "zero,one once single first,two twice second,three thrice third,four fourth,five fifth,six sixth,"
        "seven seventh,eight eighth,nine ninth,ten tenth,eleven eleventh,twelve twelfth,thirteen thirteenth,"
        "fourteen fourteenth,fifteen fifteenth,sixteen sixteenth,seventeen seventeenth,eighteen eighteenth,"
        "nineteen nineteenth,twenty twentieth".split(",")
    )
    for word in words.split()
}
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_ONES = "one two three four five six seven eight nine".split()
NUMBER_WORDS = (
    _WORDS | _TENS | {f"{ten}-{one}": n + k for ten, n in _TENS.items() for k, one in enumerate(_ONES, start=1)}
)
"""Number words, ordinals among them, up to ninety-nine → the number."""

COMPARATORS = {
    "<": "<", "less than": "<", "fewer than": "<", "under": "<", "below": "<", "≤": "<=", "<=": "<=", "at most": "<=",
    ">": ">", "more than": ">", "greater than": ">", "over": ">", "above": ">", "≥": ">=", ">=": ">=",
    "at least": ">=", "longer than": ">", "exceeding": ">", "exceeded": ">", "exceeds": ">",
    "in excess of": ">",
}  # fmt: skip
"""What stands before a limit → its sign."""

_BEGINNINGS = "|".join(sorted({word[:3] for word in NUMBER_WORDS}))
_FORM = re.compile(
    r"(?P<sign>(?<![\w)\]%°])(?<![0-9]\s)[-+](?=[0-9]))?"
    r"(?<![\w^])(?<![0-9][.,])(?<![A-Za-z)\]]-)(?!0[0-9])"
    r"(?P<digits>[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)?|[0-9]{1,3}(?: [0-9]{3})+(?![0-9])(?:[.,][0-9]+)?"
    r"|[0-9]+(?:[.,][0-9]+)?)(?![0-9])"
    rf"|(?<!\w)(?<![A-Za-z]{{3}}-)(?=(?i:{_BEGINNINGS}))(?P<word>(?P<first>[A-Za-z]+)(?:-[a-z]+)?)(?!\w)"
)
_CITATION = re.compile(r"\[[0-9]{1,3}(?:,\s?[0-9]{1,3})*\]")
_BEFORE = re.compile(rf"(?:{'|'.join(sorted(map(re.escape, COMPARATORS), key=len, reverse=True))})\s?\Z", re.IGNORECASE)
_LINK = re.compile(r"\s?(?:-|/|x|:|±|to|&|(?:,\s)?(?:and|or)|,|;)\s?(?:[<>≤≥]=?\s?)?")


class Number(NamedTuple):
    """A number as printed."""

    value: Decimal
    """With the printed digits: 85.00 stays 85.00; `1,103.8` is 1103.8, `12,2` is 12.2, `450 000` is 450000."""

    text: str
    """As printed, in normal form, without a comparator: `1,103.8`, `twice`."""

    comparator: str
    """`<`, `<=`, `>`, `>=` or ""."""

    start: int
    """Where it begins in the text, its sign included."""

    end: int
    after: str
    """Up to 40 characters behind it, without the first blank: the unit, if there is one, is what they begin with."""

    spelled: bool = False
    """Whether it is a word: `six`, `tenth`, `twice`."""


def numbers(text: str, printed: Iterable[PrintedDate] | None = None) -> Iterator[Number]:
    """
    The numbers of a text in normal form, in their order.

    Not those of dates (`printed`, if they are known), not the marks of references, `[4, 5]`, and not digits that belong
    to a name: `IL-6`, `C37C`.
    A comma with three digits behind it parts thousands, any other is a decimal one; `91 8` is two numbers.
    """
    taken = [(date.start, date.end) for date in (dates(text) if printed is None else printed)]
    taken += [found.span() for found in _CITATION.finditer(text)]
    for found in _FORM.finditer(text):
        name = found["first"] and _number_word(found)
        if name != "" and not any(start <= found.start() < end for start, end in taken):
            yield _number(found, name)


def _number_word(found: re.Match[str]) -> str:
    """The number word that a word is, or begins with: forty-eight, two of `two-year`; "" of any other."""
    return next((word for word in found.group("word", "first") if word.casefold() in NUMBER_WORDS), "")


def _number(found: re.Match[str], word: str | None) -> Number:
    text, start = found.string, found.start()
    end = start + len(word) if word else found.end()
    comparator, after = _comparator(text, start), _behind(text, end)
    if word:
        return Number(Decimal(NUMBER_WORDS[word.casefold()]), word, comparator, start, end, after, True)
    digits = found["digits"]
    value = Decimal(f"{found['sign'] or ''}{_plain(digits)}")
    return Number(value, digits, comparator, start, end, after)


def _comparator(text: str, start: int) -> str:
    before = _BEFORE.search(text, max(0, start - 14), start)
    return COMPARATORS[before[0].strip().casefold()] if before else ""


def _behind(text: str, end: int) -> str:
    return text[end : end + 41].removeprefix(" ")[:40]


def _plain(digits: str) -> str:
    whole = digits.replace(" ", "")
    if re.fullmatch(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?", whole) and not whole.startswith("0,"):
        return whole.replace(",", "")
    return whole.replace(",", ".")


_POWER = re.compile(
    r"(?:(?P<factor>[0-9]+(?:[.,][0-9]+)?)\s?[x*·]\s?)?(?<![0-9.,^])10\s?\^\s?(?P<exponent>-?[0-9]{1,2})(?![0-9])"
)


def powers(text: str) -> Iterator[Number]:
    """The powers of ten of a text in normal form, as the numbers that they are: 2500000 of `2.5 x10^6 copies/mL`."""
    if "^" not in text:
        return
    for found in _POWER.finditer(text):
        value = Decimal(_plain(found["factor"] or "1")).scaleb(int(found["exponent"]))
        start, end = found.span()
        yield Number(value, found[0], _comparator(text, start), start, end, _behind(text, end))


_PARTED = re.compile(
    r"(?<![\w.,/-])(?<![0-9]\s)(?<![0-9],\s)(?P<digits>[0-9]{1,3}, [0-9]{1,2})(?![\w.,])(?=\s?[°%A-Za-zµ])"
)


def parted(text: str) -> Iterator[Number]:
    """
    The numbers of a text in normal form that have a blank behind their decimal comma: 38.5 of `38, 5 °C`.

    They may as well be two of a list, so that only the unit behind them tells; `numbers` has them as two.
    """
    for found in _PARTED.finditer(text):
        start, end = found.span()
        value = Decimal(found["digits"].replace(", ", "."))
        yield Number(value, found["digits"], _comparator(text, start), start, end, _behind(text, end))


def linked(first: Number, second: Number, text: str) -> bool:
    """Whether nothing but a hyphen, a stroke, a cross or `to` parts two numbers: `10-20`, `130/90`, `8 x 5`."""
    return bool(_LINK.fullmatch(text, first.end, second.start))
