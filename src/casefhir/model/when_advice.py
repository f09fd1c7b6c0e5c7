"""A text that is no date → what its author probably meant, in the form that the grammar of dates reads."""

import re
from collections.abc import Callable, Iterator
from typing import Final

from casefhir.model.duration import is_vague
from casefhir.model.event_name import RESERVED, slugged

Reads = Callable[[str], bool]
"""Whether the grammar of dates reads a text; it asks for advice itself, so it comes as an argument."""


def advice(part: str, reads: Reads) -> str:
    """What to say of a part that fits nothing: a question if it has two meanings, else the right form."""
    if not part:
        return "a date or an event is missing here"
    if part == "unknown":
        return '"unknown" stands alone, or ends a stretch of time; write unknown or admission..unknown'
    if part in RESERVED:
        return f'"{part}" alone is no date, but a word of the date grammar; write it with a date or an event'
    if reads(part):
        return f'"{part}" cannot stand inside another date; write it alone, or name an event with this date'
    if timed := _on_the_clock(part, reads):
        return timed
    if bare := re.fullmatch(r"(?:POD|[a-z -]*\bday)[ #]*([0-9]+)", part, re.IGNORECASE):
        counted = "in events → EVENT first-day: 0 or 1, as the article counts, or unknown if it does not say"
        return f'"{part}" of which event? write day {bare[1]} of EVENT, and {counted}'
    if told := _week_of(part, reads) or _season(part):
        return told
    if lasting := re.fullmatch(r"for (?:the )?(?:last |past )?(.+)", part, re.IGNORECASE):
        return f'"{part}" says how long, and not when; write it as duration: {lasting[1]}, or as from: and to:'
    if vague := _without_number(part, reads):
        return vague
    if near := re.fullmatch(r"within (?:the )?(?:first )?([^ ]+ [a-z]+)", part, re.IGNORECASE):
        after, of = f"within {near[1]} after EVENT", f"within {near[1]} of EVENT"
        if _is_date(of, reads):
            return f'"{part}" is not a date; write {after}, or {of} for either side'
    if two := re.fullmatch(r"(0?[1-9]|1[0-2])([-/.])(0?[1-9]|1[0-2])\2([0-9]{4})", part):
        day_first, month_first = _joined(two[4], two[3], two[1]), _joined(two[4], two[1], two[3])
        return f'"{part}" has two readings; write {day_first} or {month_first}'
    offer = next((offer for offer in _offers(part) if _is_date(offer, reads)), "")
    if offer == f"{part} after EVENT" and reads(f"age {part}"):
        return f'"{part}" is not a date; write age {part}, or {offer}'
    if offer:
        return f'"{part}" is not a date; write {offer}'
    named = re.fullmatch("[A-Za-z]+(?:[ _-][A-Za-z0-9]+){0,2}", part) and slugged(part)
    name = f"; if it is an event, write {named}, and name it below 'events:'" if named else ""
    return f'"{part}" is not a date; write 2021, 2021-01, 2021-01-09, EVENT or EVENT + 6 weeks{name}'


def _week_of(part: str, reads: Reads) -> str:
    """What to say of `week 8 of admission`: it may be the days before 8 weeks were over, or those after."""
    found = re.fullmatch(
        r"(?:in )?(week|month|year) ([0-9]{1,3})(?: (?:of|after|post|since|from) (.+))?", part, re.IGNORECASE
    )
    if found is None or int(found[2]) == 0:
        return ""
    unit, number, anchor = found[1].lower(), int(found[2]), found[3] or "EVENT"
    if not _is_date(offer := f"{anchor} + {number - 1}-{number} {unit}s", reads):
        return ""
    after = f"{anchor} + {number} {unit}{'s' if number > 1 else ''}"
    told = f"{offer} if it counts from 1, {after} if so long was over"
    return f'"{part}" has two readings; write {told}; the words go into quote: or note:'


def _season(part: str) -> str:
    """What to say of `autumn 2020`: which months it has, the article does not say, and the south has others."""
    found = re.fullmatch(
        r"(?:in )?(?:the )?(?:(?:early|mid|late)[ -])?(spring|summer|autumn|fall|winter)[ ,-]*(?:of |in )?([0-9]{4})",
        part,
        re.IGNORECASE,
    )
    if found is None:
        return ""
    year = f"{found[2]}, or {found[2]}..{int(found[2]) + 1}" if found[1].lower() in ("winter", "summer") else found[2]
    told = "is no date, for a season has other months in the south"
    return f'"{part}" {told}; write {year}, and the words as quote: or note:'


_CLOCK: Final = (
    r"(?<![0-9:.T-])[0-2]?[0-9](?::[0-5][0-9](?::[0-9]{2})?(?: ?[ap]\.?m\b\.?)?| ?[ap]\.?m\b\.?| o'clock)(?: ?h\b)?"
)


def _on_the_clock(part: str, reads: Reads) -> str:
    """What to say of a date with a time of day, which FHIR wants with its zone, and no report prints that."""
    found = re.search(_CLOCK, part, re.IGNORECASE)
    if found is None:
        return ""
    sides = (
        re.sub(r"[\s,]*\b(?:at|around|about)?[\s,]*$", "", part[: found.start()], flags=re.IGNORECASE),
        re.sub(r"^[\s,]*(?:on|of|at)?\b[\s,]*", "", part[found.end() :], flags=re.IGNORECASE),
    )
    rest = _iso(" ".join(filter(None, sides)))
    day = rest if reads(rest) else "EVENT or 2021-01-09"
    told = f'"{part}" has a time of day, which a date has not; write {day}, and {found[0]} as a note'
    return f"{told}, or count the hours: EVENT + 2 h"


def _without_number(part: str, reads: Reads) -> str:
    """What to say of `admission + several months` and `within a few days of surgery`; "" of any other part."""
    counted = re.fullmatch(r"(?P<anchor>.+) (?P<side>[+-]) (?P<distance>.+)", part)
    told = re.fullmatch(
        r"(?:within )?(?P<distance>.+?) (?P<side>after|before|later|earlier|of)(?: (?P<anchor>.+))?", part
    )
    found = counted or told
    if found is None or not is_vague(found["distance"]) or not reads(found["anchor"] or "event"):
        return ""
    bound = {"of": "about", "+": "after", "later": "after", "after": "after"}.get(found["side"], "before")
    return f'"{found["distance"]}" has no number; write {bound} {found["anchor"] or "EVENT"}, and the words as a note'


_ORDINALS: Final = "first second third fourth fifth sixth seventh eighth ninth tenth".split()


def _day_of(found: re.Match[str]) -> str:
    return f"day {_ORDINALS.index(found[1].lower()) + 1} of {found[2]}"


_PARTS: Final = {"beginning of": "early", "start of": "early", "middle of": "mid", "end of": "late"}


def _part_of(found: re.Match[str]) -> str:
    said = found[1].lower()
    return f"{_PARTS.get(said, said)} {found[2]}"


_REWRITES: Final[tuple[tuple[str, str | Callable[[re.Match[str]], str]], ...]] = (
    (r"([0-9-]{10})T[0-9:.Z+-]+", r"\1"),  # no time of day: FHIR wants its zone, which no report prints
    (rf"(?:on )?(?:the )?({'|'.join(_ORDINALS)}) (?:[a-z]+ )?day (?:of|after|post|since) (?:the )?(.+)", _day_of),
    (r"day ([0-9]+) (?:after|post|following|since|from) (.+)", r"day \1 of \2"),
    (r"(?:within )?(?:the )?first (.+?) (?:after|from|since|following|of) (.+)", r"within \1 after \2"),
    (r"within (.+?) (after|before|of) (.+)", r"within \1 \2 \3"),
    (r"within (.+?) (?:from|since|post|following) (.+)", r"within \1 after \2"),
    (r"within (.+?) (?:prior to|preceding) (.+)", r"within \1 before \2"),
    (r"(?:circa|ca\.?|c\.|approximately|approx\.?|around|roughly|~|≈) *(.+)", r"about \1"),
    (r"(?:<|prior to|earlier than) *(.+)", r"before \1"),
    (r"(?:>|later than) *(.+)", r"after \1"),
    (r"(?:until|till|≤|<=|no later than|not later than) *(.+)", r"by \1"),
    (r"(?:the )?(day|week|month|year) (?:after|following) (.+)", r"\2 + 1 \1"),
    (r"(?:the )?(day|week|month|year) (?:before|prior to) (.+)", r"\2 - 1 \1"),
    (r"(.+) (?:after|post|following|from|since) (.+)", r"\2 + \1"),
    (r"(.+) (?:before|prior to) (.+)", r"\2 - \1"),
    (r"(.+) (?:later|after|afterwards)", r"EVENT + \1"),
    (r"(.+) (?:ago|before|earlier)", r"EVENT - \1"),
    (r"(.*[^ +]) *\+ *([^ +].*)", r"\1 + \2"),
    (r"(.*[^ ]) *[-−–] *([0-9.]+ *[a-z]+)", r"\1 - \2"),
    (r"(?:from |between )?(.+?) *(?: to | and | until | till | through |–|—|…|\.{2,}| - ) *(.+)", r"\1..\2"),
    (rf"(?:in |at |the )*(early|mid|late|{'|'.join(_PARTS)})[ -]+(?:in |the )*(.+)", _part_of),
    (r"(?:at |since |by )?(?:christmas|xmas)(?: (?:day|of))?,? ([0-9]{4})", r"about \1-12-25"),
    (r"(?:spring|summer|autumn|fall|winter|in|on|at|the)[ -](?:of )?(.+)", r"\1"),
    (r"(.+?)[ -](?:old|of age)", r"age \1"),
    (r"(?:at )?(?:the |an )?age(?: of)? ([0-9]+)", r"age \1 years"),
    (r"(?:at )?(?:the |an )?age(?: of)? (.+)", r"age \1"),
    (r"(?:gestational age|GA) (.+)|(.+) of gestation(?:al age)?", r"\1\2 gestation"),
    (r"([0-9].*)", r"\1 after EVENT"),
)
"""What people write instead → what they mean; the first that reads as a date is offered."""


def _offers(part: str) -> Iterator[str]:
    dated = _iso(" ".join(part.split()))
    yield from (dated, dated.lower())
    for pattern, form in _REWRITES:
        if found := re.fullmatch(pattern, dated, re.IGNORECASE):
            meant = found.expand(form) if isinstance(form, str) else form(found)
            yield from (meant, meant.lower().replace("event", "EVENT"))


def _is_date(offer: str, reads: Reads) -> bool:
    """Whether an offer reads as a date, and none of its events is a half of one: `mid-2020-03`, `march`."""
    half = rf"\b(?:{'|'.join(_MONTHS)})[a-z]*\b(?!-)|[a-z]-[0-9]{{4}}"
    return reads(offer.replace("EVENT", "event")) and not re.search(half, offer)


_MONTHS: Final = "jan feb mar apr may jun jul aug sep oct nov dec".split()


def _iso(text: str) -> str:
    """The text with its dates in the order year, month, day, wherever they can be read in one way only."""
    day, month, sep = r"([0-9]{1,2})(?:st|nd|rd|th)?", rf"({'|'.join(_MONTHS)})[a-z]*\.?", "[-/.]"
    for pattern, year_month_day in (
        (rf"(?:{day}(?: of)?[ -])?{month}[ ,-]*([0-9]{{4}})", (3, 2, 1)),
        (rf"{month} {day},? ([0-9]{{4}})", (3, 1, 2)),
        (r"([0-9]{4})([0-9]{2})([0-9]{2})", (1, 2, 3)),
        (r"(?<![-/.])([0-9]{1,2})/([0-9]{4})((?!))?", (2, 1, 3)),  # no day
        (rf"([0-9]{{4}}){sep}([0-9]{{1,2}})(?:{sep}([0-9]{{1,2}}))?", (1, 2, 3)),
        (rf"(1[3-9]|[23][0-9]){sep}([0-9]{{1,2}}){sep}([0-9]{{4}})", (3, 2, 1)),
        (rf"([0-9]{{1,2}}){sep}(1[3-9]|[23][0-9]){sep}([0-9]{{4}})", (3, 1, 2)),
    ):
        text = _reordered(text, rf"\b{pattern}\b", year_month_day)
    return text


def _reordered(text: str, pattern: str, order: tuple[int, int, int]) -> str:
    year, month, day = order
    return re.sub(pattern, lambda m: _joined(m[year], m[month], m[day]), text, flags=re.ASCII | re.IGNORECASE)


def _joined(year: str, month: str, day: str | None) -> str:
    number = str(_MONTHS.index(month[:3].lower()) + 1) if month.isalpha() else month
    return f"{year}-{number:0>2}-{day:0>2}" if day else f"{year}-{number:0>2}"
