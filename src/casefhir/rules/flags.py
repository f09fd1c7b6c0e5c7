"""How the article judges its values, against what else it says of them."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from casefhir.chart import Chart
from casefhir.model.result import Result
from casefhir.rules.claims import HIGH, LOW, beyond
from casefhir.rules.rule import Remarks
from casefhir.series import Value, comparable
from casefhir.source import Path


def against_range(chart: Chart) -> Remarks:
    """
    A value is called high, low or normal, and the printed reference range says otherwise.

    Why: the flag, the number or the range is misprinted, or was copied wrongly.
    Bad:  CRP: 4 mg/L high (normal < 5)
    Good: CRP: 40 mg/L high (normal < 5)
    """
    for values in chart.series.of.values():
        for value in values:
            if (said := _said(value)) and value.result.reference and value.number is not None:
                outside = beyond(value.number, value)
                if _side(outside) != said:
                    told = outside or f"within the printed range ({value.result.reference.text})"
                    yield value.path, f"{value.name} {value.told} is called {value.result.flag}, and is {told}"


_SIDE = {**dict.fromkeys(HIGH, "high"), **dict.fromkeys(LOW, "low"), "normal": "normal"}


def _said(value: Value) -> str:
    """`high`, `low` or `normal`, as the number is flagged; "" for no flag, and for one that names no side."""
    return _SIDE.get(value.result.flag, "")


def _side(outside: str) -> str:
    return "high" if outside.startswith("above") else "low" if outside else "normal"


def against_values(chart: Chart) -> Remarks:
    """
    A value is called normal or low, and a lower one of the same test is called high; or the other way round.

    Why: one of the flags or of the numbers is wrong, or the two were measured with different ranges.
    Bad:  CRP: 40 mg/L normal at one moment, CRP: 14 mg/L high at another
    Good: CRP: 4 mg/L normal at one moment, CRP: 14 mg/L high at another
    """
    for values in chart.series.of.values():
        judged = [value for value in values if _said(value) and value.number is not None]
        for value in judged[1:]:
            for other in judged:
                if other is value:
                    break
                if _is_reversed(value, other):
                    told = f"{value.told} is called {value.result.flag}, and {other.told} {other.result.flag}"
                    yield value.path, f"{value.name} {told}"
                    break


_RANK = {"low": 0, "normal": 1, "high": 2}


def _is_reversed(one: Value, other: Value) -> bool:
    pair, ranks = comparable(one, other), (_RANK[_said(one)], _RANK[_said(other)])
    return bool(pair and ranks[0] != ranks[1] and (pair[0] >= pair[1] if ranks[0] < ranks[1] else pair[0] <= pair[1]))


_HIGH_WORDS, _HIGH_ENDS = frozenset(("elevated", "raised", "increased", "high")), ("cytosis", "philia")
_LOW_WORDS, _LOW_ENDS = frozenset(("low", "lowered", "reduced", "decreased", "anemia", "anaemia")), ("penia",)
_SAID = {"positive": "positive", "positivity": "positive", "negative": "negative"}
_SAID |= {"abnormal": "abnormal", "disturbed": "abnormal", "impaired": "abnormal"}
_BEFORE_NORMAL = frozenset(("", "was", "were", "is", "are", "remained", "became", "to", "within"))
"""What stands before a `normal` that judges: twice the upper limit of normal is high."""


def _judgements(words: str) -> dict[str, str]:
    """`high`, `low`, `normal`, `positive` … → the word that says so: `hypocalcemia` says `low`."""
    said: dict[str, str] = {}
    before = ""
    for written in words.casefold().split():
        word = written.strip(".,;:()")
        if word in _HIGH_WORDS or word.endswith(_HIGH_ENDS) or (word.startswith("hyper") and word.endswith("emia")):
            said["high"] = word
        elif word in _LOW_WORDS or word.endswith(_LOW_ENDS) or (word.startswith("hypo") and word.endswith("emia")):
            said["low"] = word
        elif word in _SAID or (word == "normal" and (before in _BEFORE_NORMAL or written.startswith("(normal)"))):
            said[_SAID.get(word, word)] = word
        before = word
    return said


def against_words(chart: Chart) -> Remarks:
    """
    A result is called high, normal or negative, and the words that are quoted or noted with it say the contrary.

    Why: the flag was copied wrongly, or turned round.
    Bad:  CRP: {value: 14 mg/L low, quote: "CRP level was elevated"}
    Good: CRP: {value: 14 mg/L high, quote: "CRP level was elevated"}
    """
    for path, name, result, words in _worded(chart):
        said = _SIDE.get(result.flag, "") or _SIDE.get(result.word, result.word)
        judged = _judgements(words) if said in _CONTRARY else {}
        contrary = [word for side, word in judged.items() if side in _CONTRARY[said]]
        if contrary and said not in judged:
            told = f"{' and '.join(map(repr, contrary))} stands in its quote or note"
            yield path, f"{name} is called {result.flag or result.word}, and {told}"


def _worded(chart: Chart) -> Iterator[tuple[Path, str, Result, str]]:
    """The results with a quote or a note: of tests, of images and tissues, and of tests for organisms."""
    for values in chart.series.of.values():
        for value in values:
            if (value.result.flag or value.result.word) and (words := value.stated.quote or value.stated.note):
                yield value.path, value.name, value.result, words
    for path, report in chart.case.reports():
        for name, lab in report.values.items():
            if lab.value and (words := lab.quote or lab.note):
                yield (*path, "values", name), name, lab.value, words
    for i, test in enumerate(chart.case.microbiology):
        if test.result and (words := test.quote or test.note):
            yield ("microbiology", i, "result"), test.name, test.result, words


_CONTRARY = {
    "high": ("low", "normal"),
    "low": ("high", "normal"),
    "normal": ("high", "low", "abnormal"),
    "abnormal": ("normal",),
    "positive": ("negative",),
    "negative": ("positive",),
}
"""What cannot be said of a result: `elevated` may be said of a positive one."""


_MOVED = re.compile(
    r"\b(?:(?P<up>rose|risen|(?:increas|elevat)ed (?:\w+ )?(?:to|from))"
    r"|(?P<down>fell|fallen|dropped|declined|decreased (?:\w+ )?(?:to|from)))\b",
    re.I,
)


_STEMS = ("rose", "risen", "creas", "elevat", "fell", "fall", "drop", "declin")


def against_earlier_value(chart: Chart) -> Remarks:
    """
    The words that are quoted or noted with a value say that it rose or fell, and the value before says otherwise.

    Why: one of the two numbers or their units is wrong, or the words belong to another test.
    Bad:  haemoglobin: 4 g/dL, and later {value: 9.1 g/dL, quote: "the hemoglobin dropped to 9.1"}
    Good: haemoglobin: 13 g/dL, and later {value: 9.1 g/dL, quote: "the hemoglobin dropped to 9.1"}
    """
    for values in chart.series.of.values():
        for before, value in pairwise(_numbers(values)):
            is_told = value.stated.quote or value.stated.note
            words = f"{value.stated.quote or ''} {value.stated.note or ''}" if is_told else ""
            may_move = words and any(stem in words for stem in _STEMS)
            moved = {found.lastgroup: found[0] for found in _MOVED.finditer(words)} if may_move else {}
            pair = comparable(before, value) if len(moved) == 1 else None
            if pair and (pair[0] > pair[1] if "up" in moved else pair[0] < pair[1]):
                [said] = moved.values()
                yield value.path, f"{said!r} is said of {value.name} {value.told}, and before it was {before.told}"


def _numbers(values: Sequence[Value]) -> Iterator[Value]:
    return (value for value in values if value.number is not None and value.moment)
