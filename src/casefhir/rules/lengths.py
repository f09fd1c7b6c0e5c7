"""Printed dates and lengths of time, against the time line of the case."""

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from casefhir.chart import Chart
from casefhir.model.days import Interval, printed
from casefhir.model.duration import NUMBER_WORDS, UNITS, Duration, sums
from casefhir.model.when import At, AtAge, Offset, When
from casefhir.rules.rule import Remarks
from casefhir.rules.words import quotes_with
from casefhir.source import Path

_MONTHS = {
    month: number for number, month in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1)
}
_MONTH = r"\b(?P<month>jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_DATE = re.compile(
    rf"(?:\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?)?{_MONTH},?\s+(?:(?P<last>\d{{1,2}})(?:st|nd|rd|th)?,?\s+)?"
    r"(?P<year>(?:19|20)\d\d)\b",
    re.I,
)


def quoted_date(chart: Chart) -> Remarks:
    """
    The quote of a fact names a month of a year, and the fact is dated otherwise.

    Why: the date was copied wrongly, or the quote belongs to another fact.
    Bad:  {date: 2020-02, quote: "admitted in June 2020"}
    Good: {date: 2020-06, quote: "admitted in June 2020"}
    """
    for path, quote, moments in _quoted(chart, _MONTH_NAMES):
        dates = [found for found in _DATE.finditer(quote) if _day(found)]
        days = [day for when in moments for day in chart.timeline.span(when)] if dates else []
        known = [day for day in days if day.earliest and day.latest]
        if known and len(known) == len(days) and not any(_meet(_day(found), day) for found in dates for day in known):
            told = f"{chart.case.called(path) or 'this'} is dated {chart.timeline.dated(moments[0])}"
            yield path, f"{dates[0][0]!r} stands in the quote, and {told}"


_MONTH_NAMES = tuple(month.title() for month in _MONTHS)
_UNITS = ("day", "week", "month", "year", "hour", "minute", " h ")


def _quoted(chart: Chart, stems: tuple[str, ...]) -> Iterator[tuple[Path, str, list[When]]]:
    """The quotes with one of some texts in them, each with the place and the moments of its record."""
    for path, quote in quotes_with(chart, *stems):
        moments = chart.once(_moments)
        if several := moments.get(path[:2]) or moments.get(path[:1]):
            yield path[:-1], quote, several


def _moments(chart: Chart) -> dict[Path, list[When]]:
    """The moments of each record: when it was, began and ended, or was diagnosed and resolved."""
    moments: dict[Path, list[When]] = defaultdict(list)
    for when, paths in chart.moments.items():
        for path in paths:
            if path[-1] in _KEYS:
                moments[path[:-1]].append(when)
    return moments


_KEYS = frozenset(("date", "at", "from", "to", "onset", "diagnosed", "resolved"))


def _day(found: re.Match[str]) -> Interval | None:
    """The days that a date in words may be; None for one that no calendar has."""
    number = found["day"] or found["last"]
    try:
        return printed(int(found["year"]), _MONTHS[found["month"][:3].lower()], int(number) if number else None)
    except ValueError:
        return None


def _meet(one: Interval | None, other: Interval) -> bool:
    return bool(
        one
        and one.earliest
        and one.latest
        and other.earliest
        and other.latest
        and one.earliest <= other.latest
        and other.earliest <= one.latest
    )


_LENGTH = re.compile(
    rf"\b(?<!ty-)(?P<number>\d+(?:\.\d+)?|{'|'.join(word for word in NUMBER_WORDS if len(word) > 2)})[\s-]+"
    r"(?P<unit>minutes?|hours?|days?|weeks?|months?|years?|h)\b",
    re.I,
)
_APART = re.compile(r"\b(?:after|later|following|within|previously|before|earlier|ago)\b", re.I)


_Length = tuple[Decimal, str, str]
"""A number, its unit, and the whole as written."""


def quoted_length(chart: Chart) -> Remarks:
    """
    The quote of a fact says how much later it was, how long, or at what age, and the fact says another length.

    Why: the distance was copied wrongly, or is counted from another moment; then the quote says so, and a doubt too.
    Bad:  {date: surgery + 9 months, quote: "After 5 months"}
    Good: {date: surgery + 5 months, quote: "After 5 months"}
    """
    for path, quote, moments in _quoted(chart, _UNITS):
        is_far = path[0] == "events" or _APART.search(quote)
        meant = [length for when in moments for length in _distances(chart, when, path)] if is_far else []
        told = _lengths(quote) if meant else []
        if told and not _shared(told, meant):
            its = chart.case.called(path) or "this"
            yield path, f"{told[0][2]!r} stands in the quote, and {its} is dated {meant[0][2]}"
    for path, length, quote in _lasted(chart):
        if (told := _lengths(quote)) and not _shared(told, [length]):
            its = f"the quote of {called}" if (called := chart.case.called(path)) else "the quote"
            yield path, f"{told[0][2]!r} stands in {its}, and {length[2]!r} is written"


def other_direction(chart: Chart) -> Remarks:
    """
    The quote of a fact says that it was so much later, and the fact is dated so much before, or the other way round.

    Why: the sign of the distance was copied wrongly.
    What lasted before something, as in "after three days of vomiting", is no distance from it.
    A quote may count from what is dated: "70 minutes after the onset" dates an onset 70 minutes before.
    Bad:  {date: surgery - 5 months, quote: "After 5 months"}
    Good: {date: surgery + 5 months, quote: "After 5 months"}
    """
    for path, quote, moments in _quoted(chart, _UNITS):
        is_later, is_earlier = bool(_LATER.search(_LASTING.sub("", quote))), bool(_EARLIER.search(quote))
        if is_later == is_earlier:
            continue
        for when in moments:
            is_shared = _shared(_lengths(quote), list(_distances(chart, when, path)))
            is_turned = is_shared and (sign := _sign(chart, when)) and (sign > 0) != is_later
            if is_turned and not _is_counted_from(chart.case.called(path), chart, when, quote):
                dated = f"{chart.case.called(path) or 'this'} is dated {chart.timeline.dated(when)}"
                yield path, f"the quote says {quote!r}, and {dated}; turn the sign"


_LATER = re.compile(r"\b(?:after|afterwards|later|following)\b", re.I)
_EARLIER = re.compile(r"\b(?:before|earlier|ago|previously|prior)\b", re.I)
_LASTING = re.compile(rf"\b(?:after|following)\s+(?:[a-z]+\s+){{0,2}}{_LENGTH.pattern}(?:[\s-][a-z]+)?\s+of\b", re.I)
"""What comes after something that lasted: `after three days of`, `after about 3 days of`, `after a 3-day course of`."""


def _is_counted_from(called: str, chart: Chart, when: When, quote: str) -> bool:
    """Whether the quote counts from the record that is dated, and not from the event that it is dated by."""
    if isinstance(when, At) and (written := chart.case.events[when.event].date):
        when = written
    anchor = _words(when.anchor.text) if isinstance(when, Offset) else set()
    from_what = (_words(found[1]) for found in _FROM.finditer(quote))
    return any(_words(called) & words and not anchor & words for words in from_what)


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.lower()))


_WORD = re.compile(r"[^\W\d_]{3,}")
_FROM = re.compile(r"\b(?:after|following|before|prior to)\s+((?:[^\s.,;:…]+\s+){0,3}[^\s.,;:…]+)", re.I)
"""What a quote counts from: the words behind `after`."""


def _sign(chart: Chart, when: When) -> int:
    """Whether a moment is told as after its anchor, 1, or before it, -1; 0 of one that is told otherwise."""
    if isinstance(when, At) and (written := chart.case.events[when.event].date):
        when = written
    return when.sign if isinstance(when, Offset) else 0


def _shared(one: list[_Length], other: list[_Length]) -> bool:
    return not {length[:2] for length in one}.isdisjoint(length[:2] for length in other)


def _lasted(chart: Chart) -> Iterator[tuple[Path, _Length, str]]:
    """How long findings and procedures lasted, and how old the patient is, each with its quote."""
    case = chart.case
    for i, finding in enumerate(case.findings):
        if finding.quote and (length := _single(finding.duration)):
            yield ("findings", i, "duration"), length, finding.quote
    for i, procedure in enumerate(case.procedures):
        if procedure.quote and (length := _single(procedure.duration)):
            yield ("procedures", i, "duration"), length, procedure.quote
    if case.patient.quote and case.patient.age and (known := case.patient.age.ucum):
        yield ("patient", "age"), _plain(*known, case.patient.age.text), case.patient.quote


def _single(duration: Duration | None) -> _Length | None:
    return _plain(duration.value, duration.unit, duration.text) if duration and duration.high is None else None


def _lengths(text: str) -> list[_Length]:
    found = _LENGTH.finditer(text)
    plain = [
        _plain(Decimal(NUMBER_WORDS.get(one["number"].lower(), one["number"])), UNITS[one["unit"].lower()], one[0])
        for one in found
    ]
    return plain + [_plain(number, unit, text[start:end]) for number, unit, start, end in sums(text)]


def _plain(number: Decimal, unit: str, written: str) -> _Length:
    """A length in the larger unit where it fills it: 48 h are 2 days, 14 days 2 weeks, 12 months 1 year."""
    for small, count, large in (("h", 24, "d"), ("d", 7, "wk"), ("mo", 12, "a")):
        if unit == small and number and number % count == 0:
            number, unit = number / count, large
    return number, unit, written


def _distances(chart: Chart, when: When, path: Path) -> Iterator[_Length]:
    """The distance that a moment is told by, or that its event is; the age of an event that is told by one."""
    if isinstance(when, At) and (written := chart.case.events[when.event].date):
        when = written
    match when:
        case Offset(duration=Duration(_, number, None, unit)):
            yield _plain(number, unit, when.text)
        case AtAge(_, told) if told.ucum and path[0] == "events":
            yield _plain(*told.ucum, when.text)


def duration(chart: Chart) -> Remarks:
    """
    How long a finding or a treatment lasted does not fit its beginning and its end.

    Why: the length or one of the dates is misprinted. One unit more or less is let pass.
    Bad:  {name: fever, from: 2019-10, to: 2020-06, duration: 18 months}
    Good: {name: fever, from: 2019-10, to: 2020-06, duration: 8 months}
    """
    for i, finding in enumerate(chart.case.findings):
        if finding.duration and finding.from_ and finding.to:
            yield from _against(chart, ("findings", i, "duration"), finding.duration, finding.from_, finding.to)
    for i, treatment in enumerate(chart.case.treatments):
        given = treatment.dose.dosage if treatment.dose else None
        if given and given.for_ and given.count is None and treatment.from_ and treatment.to:
            yield from _against(chart, ("treatments", i, "dose"), given.for_, treatment.from_, treatment.to)


def _against(chart: Chart, path: tuple[str | int, ...], length: Duration, start: When, end: When) -> Remarks:
    begin, stop = chart.timeline.interval(start), chart.timeline.span(end)[1]
    if length.approximate or not (begin.earliest and begin.latest and stop.earliest and stop.latest):
        return
    unit = _DAYS[length.unit]
    least, most = (length.value - 1) * unit, ((length.high or length.value) + 1) * unit
    shortest, longest = (stop.earliest - begin.latest).days, (stop.latest - begin.earliest).days
    too_short = longest < least and not length.comparator.startswith("<")
    too_long = shortest > most and not length.comparator.startswith(">")
    if too_short or too_long:
        lasted = f"{shortest} to {longest} days" if shortest != longest else f"{longest} days"
        told = f"from {chart.timeline.dated(start)} to {chart.timeline.dated(end)} it is {lasted}"
        called = chart.case.called(path)
        yield path, f"{length.text}{called and ' of '}{called} is not the time that is dated: {told}"


_DAYS = {
    "s": Decimal(0), "min": Decimal(0), "h": Decimal(1) / 24, "d": Decimal(1), "wk": Decimal(7),
    "mo": Decimal("30.44"), "a": Decimal("365.25"),
}  # fmt: skip
