"""Whole cases with slips in them, as plain values and as text: what authors, editors and programs may hand in."""

import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from decimal import Decimal
from pathlib import Path as FilePath
from typing import Any

from hypothesis import strategies as st

from casefhir.source import Path, read_yaml

ROOT = FilePath(__file__).parents[1]
SEEDS = {
    "every key": ROOT / "tests" / "every_key.yaml",
    "published": ROOT / "cases" / "sjia-tocilizumab-tofacitinib.yaml",
}
"""Cases without errors: one that uses every key of the format, and one as authors write it."""

CASES = {path.stem: path for path in sorted((ROOT / "cases").glob("*.yaml"))}

DATA = {name: read_yaml(file.read_bytes(), name).data for name, file in (SEEDS | CASES).items()}

TEXTS: dict[str, tuple[str, ...]] = {
    "date": (
        *("2021", "2021-01", "2021-01-09", "admission", "onset", "admission + 6 weeks", "review - 3 months", "unknown"),
        *("about 2021", "before admission", "after 2021-02", "by review", "within 2 days of admission", "2020..2021"),
        *("within 3 days after admission", "within 2 weeks before review"),
        *("admission or review", "day 5 of admission", "day 0 of onset", "age 6 months", "36 weeks gestation"),
        *("day 5", "2021-02-30", "yesterday", "admission +", "2021-13", "nowhere + 2 days", "9999-12-31 + 9 years"),
        *("admission - 9000 years", "0001-01-01", "age 200 years", "review..admission", "2021-1-9"),
    ),
    "age": ("3 years", "4 y 2 mo", "about 60 years", "36 weeks gestation", "0 days", "999 years", "old", "3"),
    "duration": ("8 months", "more than 4 hours", "2 to 3 days", "several weeks", "1 h 30 min", "0 s", "long"),
    "quantity": (
        *("146 mg/L", "< 2 pg/mL", "> 4 h", "15.32 x10^9/L", "10 to 20 mg/dL", "10-20 mg/dL", "-2.6", "8 x 5 x 2.5 cm"),
        *("0/10", "479 mg/24 h", "174 unit not printed", "up to 39.5 °C", "about 5 mg", "85.00 mm/h", "5", "37.0"),
        *("1,103.8 U/L", "1e5", "0.0000001 mg", "999999999999999999", "20 to 10 mg", "5 frogs", "120/80 mmHg", "1:320"),
    ),
    "result": (
        *("negative", "positive 1:320 homogeneous", "4+", "normal", "not measured", "96 mg/L high (normal < 5)"),
        *("elevated", "5 mg/L L (ref 6-9)", "high", "+", "trace", "5 (normal)", "(", "weakly positive", "> 90 %"),
    ),
    "dose": (
        *("8 mg/kg every 2 weeks IV", "2.5 mg BID PO", "4 mL TID PO suspension", "12.5 mg 2 doses SC", "5 mL/h"),
        *("750 mg/m2 monthly IV for 6 months", "2 g every 8 hours", "30 mg/kg/day PO in 3 doses", "1 dose IV"),
        *("4 g/0.5 g TID IV", "50 mg day 1, 8 of 21", "5 to 10 mg PRN", "10 mg over 2 hours", "mg", "twice", "PO"),
        *("0 mg", "5 mg per 10 kg", "1 tablet BID", "100 IU/kg/day", "0.0001 mg every 90 minutes", "5 mg PO IV"),
    ),
    "site": ("left wrist", "both knees", "face", "bilateral neck", "right and left hand", "left", "left left eye"),
    "code": ("LOINC 1988-5", "LOINC 1988-6", "SNOMED CT 386661006", "HP:0001945", "ICD-10 M30.3", "ATC J06BA02", "X 1"),
    "table": (
        "date IL-6 CRP[mg/L]\n2021-01-09 412.5H 3.1\nadmission <2 -",
        "date  a\n\n2021  1\n2021  2\n",
        "date a a\n2021 1 2",
        "date é\n2021-01 -\nreview 5L\n",
        "a b",
        "date a\n2021 1 2 3",
    ),
    "id": ("a", "fever", "0-0", "x" * 64, "x" * 65, "A", "a b", "admission", "labs"),
    "reference": (
        "labs/CRP",
        "tocilizumab/regimen",
        "fever",
        "article",
        "patient",
        "/",
        "labs//x",
        "hot",
        "ivig",
        "crp",
    ),
    "name": (
        *(
            "fever",
            "CRP",
            "IL-6",
            "Kawasaki disease",
            "aspirin",
            "echocardiography",
            "JADAS-27",
            "tocilizumab",
            "ferritin",
        ),
        *("amoxicillin/clavulanic acid", "weight", "blood pressure", "body temperature", "headache", "unheard of"),
    ),
    "word": (
        *(
            "unknown",
            "none",
            "publication",
            "written",
            "oral",
            "mild",
            "severe",
            "inpatient",
            "other",
            "active",
            "fatal",
        ),
        *(
            "x",
            "é",
            "𝔘",
            " ",
            " x ",
            "a\nb",
            "<b>&amp;</b>",
            "[a](b)",
            "x" * 5_000,
            "\u00a0",
            "\u200b",
            "`",
            "null",
            "5",
        ),
    ),
}
"""Good and bad texts, by the grammar that they are meant for."""

PIECES = tuple(
    "0 1 2.5 10 -1 / - + < > ( ) [ ] : , . x × ^ % µ ° | … \n of to or and about up day mg mL kg L h years".split(" ")
)

texts = st.one_of(
    st.sampled_from([text for examples in TEXTS.values() for text in examples]),
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=5).map(" ".join),
    st.text(max_size=12),
)
numbers = st.integers(-3, 400) | st.sampled_from(
    [Decimal("1.0"), Decimal("85.00"), Decimal("-0.50"), Decimal("0.0000001"), Decimal("9" * 30), 10**17, 2021]
)
values: st.SearchStrategy[Any] = st.recursive(
    texts | texts | numbers | st.none() | st.booleans(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=4,
)

KEYS = tuple(
    "id quote note conflict name names code at from to date value sites severity absent none of after text dose values "
    "rows unit events labs findings tables dosage printed why says where about first-day encounter what".split()
)
GRAMMAR_OF = {
    **dict.fromkeys(("at", "from", "to", "date", "onset", "diagnosed", "resolved", "published"), "date"),
    **dict.fromkeys(("value", "height", "weight"), "quantity"),
    **dict.fromkeys(("dose", "dosage"), "dose"),
    **dict.fromkeys(("about", "of", "after", "replaces", "flare-of", "cause"), "reference"),
    **dict.fromkeys(("name", "drug"), "name"),
    "age": "age",
    "duration": "duration",
    "sites": "site",
    "code": "code",
    "rows": "table",
    "id": "id",
}
"""Which grammar reads the text under a key; under other keys stand names of tests, or own words."""

Slip = Callable[[Any, int, int, Any], None]
"""Changes a case: at one place, with another place to take from, and a value to use."""


def places(value: Any, path: Path = ()) -> Iterator[tuple[Any, str | int]]:
    """Every list or mapping, with each key or position of it."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, item in inner:
        yield value, step
        yield from places(item, (*path, step))


def _at(case: Any, number: int) -> tuple[Any, Any]:
    found = list(places(case))
    return found[number % len(found)] if found else ({"": None}, "")


def replaced(case: Any, here: int, _: int, value: Any) -> None:
    within, step = _at(case, here)
    within[step] = value


def deleted(case: Any, here: int, _: int, __: Any) -> None:
    within, step = _at(case, here)
    del within[step]


def swapped(case: Any, here: int, there: int, _: Any) -> None:
    (within, step), (other, key) = _at(case, here), _at(case, there)
    within[step], other[key] = deepcopy(other[key]), deepcopy(within[step])


def copied(case: Any, here: int, there: int, _: Any) -> None:
    (within, step), (other, key) = _at(case, here), _at(case, there)
    within[step] = deepcopy(other[key])


def repeated(case: Any, here: int, _: int, __: Any) -> None:
    within, step = _at(case, here)
    if isinstance(within, list):
        within.append(deepcopy(within[step]))


def renamed(case: Any, here: int, there: int, value: Any) -> None:
    within, step = _at(case, here)
    if isinstance(within, dict):
        within[str(value) if there % 3 == 0 else KEYS[there % len(KEYS)]] = within.pop(step)


def added(case: Any, here: int, there: int, value: Any) -> None:
    within, _ = _at(case, here)
    if isinstance(within, dict):
        within[KEYS[there % len(KEYS)]] = value
    else:
        within.append(value)


def edited(case: Any, here: int, there: int, value: Any) -> None:
    within, step = _at(case, here)
    if isinstance(text := within[step], str):
        cut = there % (len(text) + 1)
        within[step] = text[:cut] + (str(value) if there % 2 else "") + text[cut + there % 3 :]


def retold(case: Any, here: int, there: int, _: Any) -> None:
    """Another text of the same grammar: what gets furthest."""
    told = [(within, step, *_grammars(step, within)) for within, step in places(case) if isinstance(within[step], str)]
    if told:
        within, step, *grammars = told[here % len(told)]
        examples = TEXTS[grammars[there % len(grammars)]]
        within[step] = examples[there % len(examples)]


def _grammars(step: str | int, within: Any) -> tuple[str, ...]:
    if isinstance(step, int):
        return ("name", "site", "code", "reference")
    return (GRAMMAR_OF[step],) if step in GRAMMAR_OF else ("result", "word")


def exchanged(case: Any, here: int, there: int, _: Any) -> None:
    """Two values under keys of the same name change their places."""
    within, step = _at(case, here)
    same = [other for other, key in places(case) if key == step and isinstance(other, type(within))]
    if same:
        other = same[there % len(same)]
        within[step], other[step] = deepcopy(other[step]), deepcopy(within[step])


GENTLE: tuple[Slip, ...] = (retold, retold, exchanged, deleted, repeated)
"""Slips after which most cases still have the right shape."""

SLIPS: tuple[Slip, ...] = (*GENTLE, replaced, swapped, copied, renamed, added, edited)


@st.composite
def mutated(draw: st.DrawFn, seed: str, slips: tuple[Slip, ...] = SLIPS, most: int = 4) -> Any:
    """A case with a few slips in it."""
    case = deepcopy(DATA[seed])
    place = st.integers(0, 5_000)
    drawn = st.lists(st.tuples(st.sampled_from(slips), place, place, values), min_size=1, max_size=most)
    for slip, here, there, value in draw(drawn):
        slip(case, here, there, value)
    return case


def written(value: Any) -> bytes:
    """A case as text, in the part of YAML that is JSON."""
    return _json(value).encode("utf-8", "surrogatepass")


def _json(value: Any) -> str:
    match value:
        case dict():
            return (
                "{"
                + ",\n".join(f"{json.dumps(key, ensure_ascii=False)}: {_json(item)}" for key, item in value.items())
                + "}"
            )
        case list():
            return "[" + ",\n".join(map(_json, value)) + "]"
        case Decimal():
            return f"{value:f}"
    return json.dumps(value, ensure_ascii=False)
