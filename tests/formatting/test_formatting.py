"""What `formatted` mends, what it leaves, and that a case means the same afterwards."""

import re
from collections.abc import Iterator
from random import Random
from typing import Any

import pytest
from hypothesis import given
from tests.mutated import SEEDS, mutated, written
from tests.test_fuzz import tries
from yaml import MappingNode, Node, ScalarNode

import casefhir
from casefhir.formatting import formatted
from casefhir.source import Source, SourceError, read_yaml

START = "casefhir: 1\nid: an-id\narticle: {title: T}\npatient: {sex: male}\n"


def mended(text: str) -> str:
    return formatted(read_yaml(text.encode()))


def start(*lines: str) -> str:
    return START + "".join(f"{line}\n" for line in lines)


@pytest.mark.parametrize(
    ("slip", "right"),
    [
        # a letter wrong, missing, doubled or swapped
        ("findngs: [{name: rash}]", "findings: [{name: rash}]"),
        ("finndings: [{naem: rash}]", "findings: [{name: rash}]"),
        ("imaging: [{name: CT, alues: {LVEF: 62 %}}]", "imaging: [{name: CT, values: {LVEF: 62 %}}]"),
        ("findings: [{name: rash, sevreity: mild}]", "findings: [{name: rash, severity: mild}]"),
        ("findings: [{name: rash, notte: x}]", "findings: [{name: rash, note: x}]"),
        ("adverse-event: [{name: rash}]", "adverse-events: [{name: rash}]"),
        # capitals, blanks and underscores
        ("Findings: [{Name: rash}]", "findings: [{name: rash}]"),
        ("ruled_out: [{name: measles}]", "ruled-out: [{name: measles}]"),
        ("ruled out: [{name: measles}]", "ruled-out: [{name: measles}]"),
        # quotes and comments stay
        ('"findngs": [{ "naem" : rash }] # naem', '"findings": [{ "name" : rash }] # naem'),
        ("'findngs': [] #x", "'findings': [] #x"),
        # inside what may be written short
        ("labs: [{values: {CRP: {valeu: 9 mg/L, methdo: x}}}]", "labs: [{values: {CRP: {value: 9 mg/L, method: x}}}]"),
        ("events: {visit: {dtae: 2021}}", "events: {visit: {date: 2021}}"),
    ],
)
def test_misspelt_key_is_mended(slip: str, right: str) -> None:
    assert mended(start(slip)) == start(right)


@pytest.mark.parametrize(
    "line",
    [
        "findings: [{name: rash, valve: mitral}]  # of the heart, and no value",
        "findings: [{name: rash, form: 2021}]  # a key of other sections",
        "findings: [{name: rash, day: 2021}]  # another word",
        "findings: [{name: rash, ta: 2021}]  # too short",
        "findings: [{name: rash, nmae: fever}]  # there is a name",
        "findings: [{nmae: rash, naem: fever}]  # which?",
        "findings: [{name: rash, note: as seen, notse}]  # the rest of a text",
        "labs: [{values: {CPR: 9 mg/L}}]  # the name of a test",
        "events: {date-of-visti: {date: 2021}}  # the name of an event",
        "finding: [{name: rash}]  # findings or funding",
        "diagnosen: 3  # cannot stand there",
        '"f\\u0069ndngs": []  # written with an escape',
    ],
)
def test_what_is_not_certain_stays(line: str) -> None:
    text = START + line.partition("  #")[0] + "\n"

    assert mended(text) == text


@pytest.mark.parametrize(
    ("slip", "right"),
    [
        ("CRP: 96 mg/l high (normal < 5 mg/l)", "CRP: 96 mg/L high (normal < 5 mg/L)"),
        ("CRP: 96mg/l", "CRP: 96mg/L"),
        ('CRP: "96 MG/DL"', 'CRP: "96 mg/dL"'),
        ("WBC: 17.20 x10^9/l", "WBC: 17.20 x10^9/L"),
        ("creatinine: 60 µmol/l", "creatinine: 60 µmol/L"),
        ("CRP: {value: 9 mg/l, printed: 9 g/l, why: g/l}", "CRP: {value: 9 mg/L, printed: 9 g/l, why: g/l}"),
        ("CRP: 96 mg/L # mg/l", "CRP: 96 mg/L # mg/l"),
        ("platelets: 250 G/L", "platelets: 250 G/L"),
        ("platelets: 250 K/ul", "platelets: 250 K/uL"),
        ("platelets: 250 cells/mm3", "platelets: 250 cells/mm3"),
        ("platelets: 250 /µL", "platelets: 250 /µL"),
        ("CRP: 96 frogs/l", "CRP: 96 frogs/l"),
        ("urine volume: 2 l", "urine volume: 2 L"),
    ],
)  # fmt: skip
def test_unit_gets_its_capitals(slip: str, right: str) -> None:
    assert mended(start("labs:", "- values:", f"    {slip}")) == start("labs:", "- values:", f"    {right}")


def test_units_of_tables_stand_in_the_header_or_once() -> None:
    lines = ("tables:", "- name: t", "  unit: {0}", "  rows: |", "    date CRP[{0}] IL-6", "    2021 5 6")
    slip, right = (start(*(line.format(unit) for line in lines)) for unit in ("mg/l", "mg/L"))

    assert mended(slip) == right


@pytest.mark.parametrize(
    "line",
    [
        "findings: [{name: fever, value: 39 °C, quote: 9 mg/l}]",
        "treatments: [{drug: aspirin, dose: 5 MG PO}]",
        "labs: [{at: nowhere, values: {CRP: twice 9 mg/l}}]",
    ],
)
def test_quotes_doses_and_cases_with_errors_keep_their_units(line: str) -> None:
    assert mended(start(line)) == start(line)


@pytest.mark.parametrize(
    ("slip", "right"),
    [
        (START.replace("\n", " \n"), START),
        (START.replace("\n", "  \r\n"), START.replace("\n", "\r\n")),
        (START.replace("\n", "\r\n", 2), START.replace("\n", "\r\n")),
        (START.replace("\n", "\n\n \n"), START.replace("\n", "\n\n\n")),
        (START + "# x  ", START + "# x\n"),
        (START.rstrip(), START),
        (START + "  ", START),
        (START + "findings: [{name: rash, note: a  \n  b}] \n", START + "findings: [{name: rash, note: a  \n  b}]\n"),
        ('a: "b \\ \n  c" ', 'a: "b \\ \n  c"\n'),
        ("a: |  \n   b  \n\n   c \nd: x \n", "a: |\n   b  \n\n   c \nd: x\n"),
        ("a: x \nb: |\n   c ", "a: x\nb: |\n   c "),
    ],
    ids=repr,
)  # fmt: skip
def test_lines_end_alike_and_without_blanks(slip: str, right: str) -> None:
    assert mended(slip) == right
    assert read_yaml(slip.encode()).data == read_yaml(right.encode()).data


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_right_stays_byte_for_byte(seed: str) -> None:
    assert formatted(casefhir.read(SEEDS[seed])) == SEEDS[seed].read_text(encoding="utf-8")


# One slip in a whole case: it is mended, or all stays


def keys(node: Node) -> Iterator[ScalarNode]:
    if isinstance(node, MappingNode):
        for key, value in node.value:
            yield key
            yield from keys(value)
    elif not isinstance(node, ScalarNode):
        for inner in node.value:
            yield from keys(inner)


def misspelt(word: str, random: Random) -> str:
    """With a letter doubled, left out, or swapped with the one before."""
    at = random.randrange(1, len(word))
    before, letter, after = word[:at], word[at], word[at + 1 :]
    return random.choice([before + letter + letter + after, before + after, before[:-1] + letter + before[-1] + after])


def with_a_slip(source: Source, random: Random) -> str:
    key = random.choice([key for key in keys(source.root) if len(key.value) > 4 and key.value.isalpha()])
    start = source.text.index(key.value, key.start_mark.index)
    return source.text[:start] + misspelt(key.value, random) + source.text[start + len(key.value) :]


@pytest.mark.long
@pytest.mark.parametrize("seed", SEEDS)
def test_misspelt_key_of_a_whole_case_is_mended_or_all_stays(seed: str) -> None:
    source, random = casefhir.read(SEEDS[seed]), Random(seed)
    slips = [with_a_slip(source, random) for _ in range(40)]

    outcomes = [(mended(slip) == source.text, mended(slip) == slip) for slip in slips]

    assert all(map(any, outcomes))
    assert sum(is_mended for is_mended, _ in outcomes) > len(slips) / 2


# Any case: the same again, and it means the same


def leaves(value: Any) -> Iterator[str]:
    match value:
        case dict():
            for item in value.values():
                yield from leaves(item)
        case list():
            for item in value:
                yield from leaves(item)
        case _:
            yield str(value).casefold()


def bundle(text: str) -> bytes | None:
    result = casefhir.convert(text.encode())
    return None if any(issue.severity == "error" for issue in result.issues) else result.json()


@pytest.mark.long
@pytest.mark.parametrize("seed", SEEDS)
def test_any_case_means_the_same_when_it_was_formatted(seed: str) -> None:
    @tries(30)
    @given(mutated(seed))
    def for_each(case: Any) -> None:
        try:
            source = read_yaml(written(case))
        except SourceError:
            return
        text = formatted(source)

        again = read_yaml(text.encode())
        assert formatted(again) == text
        assert list(leaves(again.data)) == list(leaves(source.data))
        if before := bundle(source.text):
            assert (bundle(text) or b"").decode().casefold() == before.decode().casefold()

    for_each()


def swapped(unit: re.Match[str]) -> str:
    return unit[0].swapcase()


@pytest.mark.parametrize("seed", SEEDS)
def test_units_in_other_letters_change_the_bundle_only_there(seed: str) -> None:
    text = SEEDS[seed].read_text(encoding="utf-8")
    slips = "".join(
        line if "quote:" in line or "says:" in line else re.sub(r"(?<=[0-9] )(mg/L|pg/mL)\b", swapped, line)
        for line in text.splitlines(keepends=True)
    )
    assert slips != text

    assert mended(slips).casefold() == text.casefold()
    assert (bundle(mended(slips)) or b"").decode().casefold() == (bundle(text) or b"").decode().casefold()
