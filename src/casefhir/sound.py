"""A file with errors → what else is wrong in its other records, so that its author is told in one round."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from casefhir.chart import Chart
from casefhir.issue import Issue
from casefhir.model.case import Case
from casefhir.rules import OF_ONE_RECORD, STRUCTURE, issues_of, references
from casefhir.schema import enforced_schema, model_issues
from casefhir.terms import Terms


def further_issues(data: Any, found: Sequence[Issue], tables: Terms) -> list[Issue]:
    """
    The errors of those records in which none was found, as far as no error elsewhere can have brought them about.

    First what the grammars refuse, then what makes a record incomplete, then the rules that look at one record; each
    without the records in which the one before found something.
    """
    told = list(found)
    for look in (_of_grammar, _of_structure, _of_records):
        sound = _without(told, data)
        broken = {issue.path[:2] for issue in told}  # an event with an error keeps its name, and may be looked at again
        placed = [sound.placed(issue) for issue in look(sound, told, tables)]
        told += [issue for issue in placed if issue.path[:2] not in broken]
    return told[len(found) :]


class _Sound(NamedTuple):
    """The part of a file that is right so far, as a file that is right."""

    data: dict[str, Any]

    places: dict[str, list[int]]
    """Section → where in the file each of its items stands."""

    def placed(self, issue: Issue) -> Issue:
        """An issue of this part at its place in the file."""
        section, *rest = issue.path
        if rest and isinstance(rest[0], int):
            rest[0] = self.places[str(section)][rest[0]]
        return issue._replace(path=(section, *rest))

    def chart(self, tables: Terms) -> Chart:
        case = model_issues(self.data)
        assert isinstance(case, Case), "what the grammars refuse was left out"
        return Chart(case, tables)


_STAND_INS = {"casefhir": 1, "id": "a-case", "article": {"title": "a title"}, "patient": {"sex": "unknown"}}
"""What a case cannot do without, for the sections in which an error was found."""


_TOGETHER = ("part-of", "relation")
"""Keys of the file itself that mean nothing without each other."""


def _without(found: Iterable[Issue], data: dict[str, Any]) -> _Sound:
    """A file without the records in which an error was found; an event keeps its name."""
    broken = {issue.path[:2] for issue in found}
    kept, places = dict[str, Any](_STAND_INS), dict[str, list[int]]()
    for section in enforced_schema()["properties"].keys() & data.keys():
        value = data[section]
        wrong = {path[1] for path in broken if len(path) > 1 and path[0] == section}
        if (section,) in broken or (wrong and isinstance(value, dict) and section != "events"):
            continue
        if section == "events":
            value = {name: {} if name in wrong else event for name, event in value.items() if _is_event_name(name)}
        elif isinstance(value, list):
            places[section] = [i for i in range(len(value)) if i not in wrong]
            value = [value[i] for i in places[section]]
        kept[section] = value
    if any(len(path) < 2 for path in broken):
        kept = {section: value for section, value in kept.items() if section not in _TOGETHER}
    return _Sound(kept, places)


def _is_event_name(name: str) -> bool:
    events = enforced_schema()["properties"]["events"]
    return len(name) <= events["propertyNames"]["maxLength"] and any(
        re.search(pattern, name) for pattern in events["patternProperties"]
    )


def _of_grammar(sound: _Sound, _: Sequence[Issue], __: Terms) -> Sequence[Issue]:
    found = model_issues(sound.data)
    return () if isinstance(found, Case) else found


def _of_structure(sound: _Sound, told: Sequence[Issue], tables: Terms) -> Iterator[Issue]:
    chart = sound.chart(tables)
    yield from issues_of(chart, "error", [rule for rule in OF_ONE_RECORD if rule in STRUCTURE])
    if _all_events_are_there(sound, told):
        undefined = issues_of(chart, "error", [references.undefined_event])
        yield from (issue for issue in undefined if issue.path[0] != "events" or len(issue.path) > 2)


def _all_events_are_there(sound: _Sound, told: Iterable[Issue]) -> bool:
    """Whether no event stands under a wrong name, or in a section with one; without a section nobody knows."""
    known = enforced_schema()["properties"]
    if not sound.data.get("events"):
        return False
    for issue in told:
        section, *rest = issue.path or ("id",)
        if section not in known or (section == "events" and (not rest or rest[0] not in sound.data["events"])):
            return False
    return True


def _of_records(sound: _Sound, _: Sequence[Issue], tables: Terms) -> Iterator[Issue]:
    return issues_of(sound.chart(tables), "error", [rule for rule in OF_ONE_RECORD if rule not in STRUCTURE])
