"""
Invented histories whose every day is known, written as authors write: with less than they know.

A history is drawn first, to the day; then each moment is written in one of the ways that are true of it, rounded up,
down or to the nearest. What is solved from the text must hold the true days.
"""

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from math import ceil
from typing import Any, NamedTuple

from hypothesis import strategies as st

Draw = Callable[[st.SearchStrategy[Any]], Any]


class Moment(NamedTuple):
    """An event with its true first and last day, and the number of its first day."""

    name: str
    start: date
    end: date
    first_day: int
    is_any_day: bool = False
    """Whether its name may mean any day of it, as with `date: A..B`; that of a stay means the first."""


class History(NamedTuple):
    """The true days, and the text of the case."""

    born: date
    moments: list[Moment]
    text: str


def later(day: date, months: int) -> date:
    """The same day of the month, so many months later, or the last of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def completed(start: date, end: date, size: int) -> int:
    """The months, or units of `size` months, that are over."""
    count = (end.year * 12 + end.month - start.year * 12 - start.month) // size + 1
    while later(start, count * size) > end:
        count -= 1
    return count


@st.composite
def histories(draw: Draw) -> History:
    """Up to eight events in any order of writing, with diagnoses, treatments and findings among them."""
    born = draw(st.dates(date(1930, 1, 1), date(2015, 1, 1)))
    moments: list[Moment] = []
    lines: list[str] = []
    for number in range(draw(st.integers(1, 8))):
        start = _near(draw, born, moments)
        lasts = draw(st.sampled_from([0, 0, 0, 1, 9, 40]))
        moment = Moment(f"e{number}", start, start + timedelta(lasts), draw(st.integers(0, 1)))
        begun = written(draw, start, born, moments)
        ended = written(draw, moment.end, born, moments) if lasts else None
        parts = [f"first-day: {moment.first_day}"]
        if begun and ended and draw(st.booleans()):
            parts.append(f'date: "{begun}..{ended}"')
            moment = moment._replace(is_any_day=True)
        else:
            parts += [f'date: "{begun}"'] if begun else []
            parts += [f'to: "{ended or "unknown"}"'] if lasts else []
        lines.append(f"  {moment.name}: {{{', '.join(parts)}}}")
        moments.append(moment)
    return History(born, moments, _case(draw, born, moments, lines))


def _near(draw: Draw, born: date, moments: list[Moment]) -> date:
    """A day of life, often soon after another or on it."""
    base = draw(st.sampled_from([born, *(moment.start for moment in moments)]))
    far = draw(st.sampled_from([0, 2, 20, 200, 2_000, 12_000]))
    day = base + timedelta(draw(st.integers(-far, far)))
    return max(day, born)


def _case(draw: Draw, born: date, moments: list[Moment], lines: list[str]) -> str:
    patient = "{sex: female}"
    at = draw(st.sampled_from(moments))
    if at.start == at.end and draw(st.booleans()):
        patient = f'{{sex: female, age: "{aged(draw, born, at.start)}", at: {at.name}}}'
    birth = f"birth: {{at: {born.isoformat()[: draw(st.sampled_from([4, 7, 10]))]}, order: first}}\n"
    last = max(moment.end for moment in moments)
    published = (last + timedelta(draw(st.integers(0, 400)))).isoformat()[: draw(st.sampled_from([4, 7, 10]))]
    head = f"casefhir: 1\nid: history\narticle: {{title: T, published: {published}}}\npatient: {patient}\n"
    facts = "".join(_facts(draw, born, moments))
    return f"{head}{birth if draw(st.booleans()) else ''}events:\n" + "\n".join(lines) + "\n" + facts


def _facts(draw: Draw, born: date, moments: list[Moment]) -> list[str]:
    """Diseases, findings and treatments of the history, each from a day to a day that is not before it."""
    diagnoses, findings, treatments = ["diagnoses:\n"], ["findings:\n"], ["treatments:\n"]
    for number in range(draw(st.integers(0, 4))):
        begun, ended = sorted((_near(draw, born, moments), _near(draw, born, moments)))
        start, end = written(draw, begun, born, moments), written(draw, ended, born, moments)
        if not (start and end):
            continue
        diagnoses.append(f'  - {{name: "d{number}", onset: "{start}", diagnosed: "{end}"}}\n')
        lasted = distance(draw, draw(st.integers(0, (ended - begun).days)), begun, None)
        findings.append(f'  - {{name: "f{number}", from: "{start}", to: "{end}", duration: "{lasted}"}}\n')
        treatments.append(f'  - {{drug: "t{number}", from: "{start}", to: "{end}"}}\n')
    return [line for section in (diagnoses, findings, treatments) if len(section) > 1 for line in section]


def written(draw: Draw, day: date, born: date, moments: list[Moment]) -> str | None:
    """One of the texts that are true of a day; None for nothing."""
    way = draw(st.sampled_from(["none", "date", "date", "age", "event", "event", "event"]))
    if way == "age":
        return f"age {aged(draw, born, day)}"
    if way == "event" and moments:
        return _by_event(draw, day, draw(st.sampled_from(moments)))
    return _by_calendar(draw, day) if way == "date" else None


def _by_calendar(draw: Draw, day: date) -> str:
    text = day.isoformat()[: draw(st.sampled_from([4, 7, 10]))]
    other = draw(st.dates(date(1930, 1, 1), date(2060, 1, 1))).isoformat()
    around = [text, text, f"about {other[:4]}", f"{text} or {other}", f"{other[:7]} or {text}", f"by {text}"]
    if other < day.isoformat() and not day.isoformat().startswith(other[:7]):
        around.append(f"after {other[:7]}")
    if other > day.isoformat() and not day.isoformat().startswith(other[:7]):
        around.append(f"before {other[:7]}")
    return str(draw(st.sampled_from(around)))


def _by_event(draw: Draw, day: date, moment: Moment) -> str:
    """Told by an event: by its first day, or by any of it."""
    latest = moment.end if moment.is_any_day else moment.start
    anchor = moment.start + timedelta(draw(st.integers(0, (latest - moment.start).days)))
    apart = (day - anchor).days
    first, last = sorted((anchor, day))
    texts = [f"{moment.name} {'+' if apart >= 0 else '-'} {distance(draw, abs(apart), first, last)}"] * 4
    texts.append(f"{'after' if apart >= 0 else 'before'} {moment.name}")
    texts.append(f"within {limit(draw, first, last)} of {moment.name}")
    texts.append(f"within {limit(draw, first, last)} {'after' if apart >= 0 else 'before'} {moment.name}")
    if moment.start <= day <= latest:
        texts += [moment.name] * 3
    counted = (day - moment.start).days
    if 0 <= counted < 9000:
        texts.append(f"day {counted + moment.first_day} of {moment.name}")
    return str(draw(st.sampled_from(texts)))


def distance(draw: Draw, days: int, first: date, last: date | None) -> str:
    """A number of days as somebody may print it, in any unit that fits, rounded in any way."""
    last = last or first + timedelta(days)
    counts = {"weeks": _around(days, 7)}
    if days < 9_900:
        counts["days"] = days, days
    for unit, size in (("months", 1), ("years", 12)):
        over = completed(first, last, size)
        counts[unit] = (over, over if later(first, over * size) == last else over + 1)
    if days < 10:
        counts["h"] = (max(0, 24 * days - 23), 24 * days + 23)
    unit, (low, high) = draw(st.sampled_from(sorted(counts.items())))
    count = draw(st.integers(low, high))
    forms = [f"{count} {unit}"] * 4 + [f"about {count + 3} {unit}", f"{count}-{count + 2} {unit}"]
    if unit in ("weeks", "months", "years"):
        forms += [f"> {low} {unit}", f"< {low + 1} {unit}"] if low < high else []
        forms += [f"{max(0, count - 1)}.5 {unit}"] if low < count else []
    return str(draw(st.sampled_from(forms)))


def limit(draw: Draw, first: date, last: date) -> str:
    """A length that two days are not farther apart than."""
    days = (last - first).days
    months = completed(first, last, 1)
    whole = later(first, months) == last
    limits = [f"{min(days, 9_999)} days", f"{-(-days // 7)} weeks", f"{months + (not whole)} months"]
    limits.append(f"{ceil(days / 30.44)} months")
    return str(draw(st.sampled_from(limits[days > 9_999 :])))


def _around(days: int, size: int) -> tuple[int, int]:
    return days // size, -(-days // size)


def aged(draw: Draw, born: date, day: date) -> str:
    """An age in completed units, as somebody may print it."""
    days, months = (day - born).days, completed(born, day, 1)
    years = months // 12
    rest = (day - later(born, months)).days
    ages = [f"{years} years", f"{years} y {months % 12} mo", f"{months} months", f"{years} to {years + 2} years"]
    ages += [f"about {years + 5} years", f"> {years - 1} years" if years else "< 1 year"]
    ages += [f"{days // 7} weeks", f"{days} days"] if days < 3000 else []
    ages += [f"{months} months {rest} days"] if months else []
    return str(draw(st.sampled_from(ages)))
