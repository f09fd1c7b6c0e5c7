"""All inputs, group by group → cases that the check finds no error in, with all of a group or one each."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from tests.totality import background, genetics, laboratory, microbiology, procedures, statements, whole
from tests.totality.written import Input, case

from casefhir.pipeline import DocumentError, Loaded, converted, load

GROUPS: dict[str, Callable[..., Iterator[Input]]] = {
    "every test with every result": laboratory.every_test_with_every_result,
    "every unit": laboratory.every_unit,
    "every code of a vital sign": laboratory.every_vital_sign_code,
    "every printed word": laboratory.every_printed_word,
    "every cell": laboratory.every_cell,
    "every moment": statements.every_moment,
    "every event": statements.every_event,
    "every name": statements.every_name,
    "every dose": statements.every_dose,
    "every form": statements.every_form,
    "every literal": statements.every_literal,
    "background, every moment": background.every_moment,
    "background, every name": background.every_name,
    "background, every form": background.every_form,
    "every procedure": procedures.every_procedure,
    "every pathology": procedures.every_pathology,
    "every stage": procedures.every_stage,
    "microbiology": microbiology.every_test,
    "genetics": genetics.every_variant,
    "treatments": genetics.every_treatment,
    "remarks": whole.remarks,
    "warnings": whole.warnings,
    "collisions": whole.collisions,
    "articles": whole.articles,
    "patients": whole.patients,
}

ALONE = {"articles", "patients"}
"""Groups of which a case has one input."""

REFUSED = {"timeline.ends-before-start", "units.missing"}
"""Rules that refuse some inputs, which are combinations; any other error is a fault of the inputs."""

MOST = 6000
"""Inputs of one case: a file has a million bytes at most."""


class Checked(NamedTuple):
    """Inputs without errors, and their case as checked."""

    inputs: list[Input]
    loaded: Loaded


def checked(group: str, most: int = MOST, one_in: int = 1, **options: int) -> Iterator[Checked]:
    """
    The cases of a group, of `most` inputs each, or of one in some of them.

    What a rule refuses is left out, and is a few at most.
    """
    inputs, kept = list(GROUPS[group](**options))[::one_in], 0
    size = 1 if group in ALONE else most
    for start in range(0, len(inputs), size):
        accepted = _accepted(inputs[start : start + size])
        kept += len(accepted.inputs)
        yield accepted
    assert kept > len(inputs) * 0.9


def _accepted(inputs: list[Input]) -> Checked:
    text, places = case(inputs)
    loaded = load(text)
    errors = [issue for issue in loaded.issues if issue.severity == "error"]
    assert [error for error in errors if error.rule not in REFUSED] == []
    if not errors:
        return Checked(inputs, loaded)
    refused = {error.path[:length] for error in errors for length in range(1, len(error.path) + 1)}
    kept = [one for one, place in zip(inputs, places, strict=True) if place not in refused]
    loaded = load(case(kept).text)
    assert not loaded.has_errors
    return Checked(kept, loaded)


def faults(loaded: Loaded) -> list[str]:
    """What the output gate finds in the bundle of a case."""
    try:
        converted(loaded, "fhir-r4")
    except DocumentError as error:
        return error.faults
    return []


def smallest(inputs: Sequence[Input], is_faulty: Callable[[Loaded], bool]) -> Sequence[Input]:
    """The fewest inputs that make a faulty case, found by halving."""
    while len(inputs) > 1:
        half = len(inputs) // 2
        parts = (inputs[:half], inputs[half:])
        faulty = next((part for part in parts if is_faulty(load(case(part).text))), None)
        if faulty is None:
            break
        inputs = faulty
    return inputs
