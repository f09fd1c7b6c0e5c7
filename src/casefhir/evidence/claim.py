"""A case → its claims: each record that a passage of the article must prove, with what must be printed in it."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple, get_args

from casefhir.chart import Chart
from casefhir.evidence.need import Need, Numbers, Told
from casefhir.evidence.times import Dated
from casefhir.evidence.values import glued, moment, needs, text
from casefhir.model.base import Value, key_of
from casefhir.model.course import Course
from casefhir.model.findings import CellDetail, Panel, Table
from casefhir.model.genetics import Variant
from casefhir.model.patient import Event
from casefhir.model.procedure import Device
from casefhir.model.when import When
from casefhir.source import Path

_WHENS = get_args(When)


class Misprint(NamedTuple):
    """What the article prints where the file says the same in another way, or something else."""

    path: Path
    text: str
    needs: tuple[Need, ...]
    """The numbers of the value in the file."""

    why: str
    """Why the file has another value; "" if it does not say that it has."""


class Claim(NamedTuple):
    """A record, or a part of one with a quote of its own."""

    path: Path
    names: tuple[tuple[Path, str], ...]
    """What it is called, with the places of the names; none where it has only words of the author's own."""

    quote: str | None
    needs: tuple[Need, ...]
    """What its passage must print."""

    nearby: tuple[Need, ...]
    """What may also stand in a sentence shortly before: the date of a fact."""

    anywhere: tuple[Need, ...]
    """What may stand anywhere: what it rests on, what another place says instead."""

    printed: tuple["Misprint", ...]
    """Each `printed:`, which stands in the article in place of the value."""

    above: "Claim | None"
    """The claim that it is a part of, whose quote may prove it."""

    is_whole: bool
    """Whether it says something of its own; a panel is there for its values."""

    moments: tuple[Need, ...] = ()
    """Those of its needs that a sentence shortly before may begin with: `At 5 h` of 5 h after admission."""

    own_words: str = ""
    """What a course of things is told in; they prove it where they are printed one by one."""


def claims(chart: Chart) -> Iterator[Claim]:
    """The claims of a case, in the order of the file; the article itself and the doubts are none."""
    case = chart.case
    for field in case.fields():
        value = getattr(case, field)
        section = key_of(field)
        if section in _NO_CLAIMS or not value:
            continue
        for step, record in _members(value):
            yield from _of(record, (section, *step), None)


_NO_CLAIMS = frozenset(("casefhir", "id", "part-of", "relation", "include", "article", "doubts", "left-out"))
_OWN_WORDS = frozenset(("id", "note", "why", "code", "quote", "first_day", "printed", "called"))
"""Fields that are not printed, or are looked at elsewhere."""

_REFERENCES = frozenset(("after", "of", "replaces", "for_", "flare_of", "rule"))
"""Fields that name other facts of the file."""

_ANYWHERE = frozenset(
    ("reason", "basis", "means", "conclusion", "cause", "indication", "place", "covers", "outcome", "target")
)
"""Fields in own words, whose numbers may stand anywhere in the article."""

_NAMES = frozenset(("name", "names", "drug", "gene", "system", "sex", "relation", "who"))
"""Fields that say what or who it is; the name of a device is a part of what is told of a procedure."""


def _members(value: Any) -> Iterator[tuple[Path, Any]]:
    if isinstance(value, Mapping):
        yield from (((key,), member) for key, member in value.items())
    elif isinstance(value, tuple):
        yield from (((position,), member) for position, member in enumerate(value))
    else:
        yield (), value


class _Draft:
    """What one claim is made of, gathered field by field."""

    def __init__(self) -> None:
        self.names: list[tuple[Path, str]] = []
        self.needs: list[Need] = []
        self.nearby: list[Need] = []
        self.moments: list[Need] = []
        self.anywhere: list[Need] = []
        self.printed: list[Misprint] = []
        self.parts: list[tuple[Path, Any]] = []


def _of(record: Any, path: Path, above: Claim | None) -> Iterator[Claim]:
    if isinstance(record, CellDetail):
        yield _of_cell(record, path)
        return
    draft = _Draft()
    _gather(record, path, draft)
    named = path[:-1] if isinstance(path[-1], int) and path[-3:-2] == ("susceptibility",) else path
    if isinstance(named[-1], str) and named[-2:-1] in (("values",), ("susceptibility",)):
        draft.names.append((named, named[-1]))
    names = [*draft.names]
    draft.needs += [need for place, name in names for need in _digits_of(name, place)]
    if not names and isinstance(record, Variant) and record.printed:
        names.append(((*path, "printed"), record.printed))  # what has no gene is called as it is printed
    claim = Claim(
        path,
        tuple(names),
        record.quote,
        tuple(draft.needs),
        tuple(draft.nearby),
        tuple(draft.anywhere),
        tuple(draft.printed),
        above,
        _says_something(record, draft),
        tuple(draft.moments),
        record.what if isinstance(record, Course) else "",
    )
    yield claim
    for place, part in draft.parts:
        yield from _of(part, place, claim)


def _of_cell(record: CellDetail, path: Path) -> Claim:
    """What is said of a cell; its value, and what is printed in place of it, are held against the printed cell."""
    said = ((field, getattr(record, field)) for field in ("method", "specimen", "text"))
    anywhere = [need for field, words in said if words for need in text(words, (*path, field))]
    if record.conflict:
        anywhere += text(record.conflict.says, (*path, "conflict", "says"))
    named = ((*path, "column"), record.column.replace("-", " "))
    return Claim(path, (named,), record.quote, (), (), tuple(anywhere), (), None, False)


def _says_something(record: Any, draft: _Draft) -> bool:
    if isinstance(record, Panel | Table):
        return False
    if isinstance(record, Event):
        return bool(draft.needs or draft.anywhere or record.encounter or record.place or record.reason)
    return True


def _digits_of(name: str, path: Path) -> Iterator[Need]:
    """The digits of a name, which must be printed: IL-6, CD117, JADAS-27, 24 of `24-hour urine calcium`."""
    for need in text(name, path):
        yield Numbers(path, need.said, (need.value,), "", None) if isinstance(need, Told) else need


def _gather(record: Value, path: Path, draft: _Draft) -> None:
    fields = vars(record)
    printed = fields.get("printed")
    for field, value in fields.items():
        if (not value and value != 0) or field in _OWN_WORDS or field in _REFERENCES:
            continue
        place = (*path, key_of(field))
        if field in _NAMES and not isinstance(record, Device):
            members = _members(value) if field == "names" else [((), value)]
            draft.names += [((*place, *step), name) for step, name in members]
        elif field == "conflict":
            draft.anywhere += text(value.says, (*place, "says"))
        elif field == "rows":
            continue  # a table is proven cell by cell
        elif field in _ANYWHERE:
            draft.anywhere += [need for step, part in _members(value) for need in needs(part, (*place, *step))]
        elif printed and field in ("value", "dosage"):
            why = fields.get("why") or (fields.get("note") if field == "dosage" else None)
            draft.printed.append(Misprint((*path, "printed"), printed, tuple(needs(value, place)), why or ""))
        else:
            _value(value, place, draft, is_event=isinstance(record, Event))
    if printed and not draft.printed:
        draft.printed.append(Misprint((*path, "printed"), printed, (), ""))


def _value(value: Any, place: Path, draft: _Draft, *, is_event: bool) -> None:
    if isinstance(value, _WHENS):
        for need in moment(value, place):
            (draft.nearby if isinstance(need, Dated) and not is_event else draft.needs).append(need)
            if not (is_event or isinstance(need, Dated)):
                draft.moments.append(need)
    elif isinstance(value, Value):
        if "quote" in value.fields():
            draft.parts.append((place, value))
        else:
            _gather(value, place, draft)
    elif isinstance(value, Mapping) or (type(value) is tuple):
        for step, member in _members(value):
            _value(member, (*place, *step), draft, is_event=is_event)
    else:
        draft.needs += (glued(need, place) for need in needs(value, place))
