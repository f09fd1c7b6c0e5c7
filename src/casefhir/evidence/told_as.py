"""The name of a claim → other words that tell the same of it alone: `afebrile` of fever that is absent."""

from collections.abc import Iterator
from typing import Any

from casefhir.chart import Chart
from casefhir.model.quantity import Ratio
from casefhir.model.stage import Stage
from casefhir.source import Path


def told_as(path: Path, name: str, chart: Chart) -> Iterator[str]:
    """What an article may print in place of a name, where the rest of the record says that it means the same."""
    match path[0]:
        case "findings":
            record = _record(path, chart)
            yield from _ABSENT.get(name.casefold(), "").split() if record.absent else ()
        case "labs" | "vitals":
            yield from _TESTS.get(chart.terms.labs.canonical(name) or "", ())
        case "scores":
            value = _record(path, chart).value
            is_of_five = isinstance(value, Ratio) and value.denominator == 5
            yield from ("power", "strength") if is_of_five and chart.terms.scores.canonical(name) == "MRC scale" else ()
        case "stages":
            yield from _tnm(_record(path, chart))
        case "procedures":
            yield from _transfused(name)


def _record(path: Path, chart: Chart) -> Any:
    return getattr(chart.case, str(path[0]))[path[1]]


_ABSENT = {
    "fever": "afebrile apyrexial apyretic",
    "pyrexia": "afebrile apyrexial apyretic",
    "jaundice": "anicteric",
    "icterus": "anicteric",
    "scleral icterus": "anicteric",
    "cyanosis": "acyanotic",
}
"""Finding → words that say that it is absent."""

_TESTS = {
    "corrected calcium": ("albumin-corrected", "corrected for albumin"),
    "oxygen flow rate": ("oxygen", "O2"),
}
"""Test → words that tell it beside its number and unit: `15 L/min oxygen by mask`."""


def _tnm(stage: Stage) -> Iterator[str]:
    """What a stage of TNM is called, its own letters: `pT1b`, `pT2 N0 M0` and `pT2N0M0`."""
    if stage.is_tnm and any(map(str.isdigit, stage.value)):
        yield from (stage.value, stage.value.replace(" ", ""), stage.value.split()[0])


def _transfused(name: str) -> Iterator[str]:
    """What a transfusion is told by: `packed red cells were transfused`."""
    what, space, kind = name.rpartition(" ")
    if space and kind == "transfusion":
        yield from (f"{what} {verb}" for verb in ("transfused", "was transfused", "were transfused"))
        yield from (f"transfused {what}", f"transfused with {what}", f"transfused with {what} concentrate")
