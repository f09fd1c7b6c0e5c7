"""Every case under the profiles of each guide, before the validator with the guide's own package."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.conformance.judge import Validator
from tests.mutated import SEEDS
from tests.node import packed

import casefhir
from casefhir.export import Options
from casefhir.guides import NAMES

PACKAGES = {
    "hl7.fhir.uv.ips@2.0.0": "sha512-4PWToJ9b1FgXsm9DIvHiU6HO9Z5m75jxk0e0MXOmhFlf2m2slk/d6RoiSYIChKJlvmtJ7GbRftt7Pph"
    "lwmZcbQ==",
    "hl7.fhir.uv.genomics-reporting@3.0.0": "sha512-XNjaWxZ7ZJ3pb7FuMxNqgGjPtssigYADLNEOcAYRV2niLABCMapDdIjPy+exTfCCZ"
    "Gd6SOuvezNizbCtAze3IA==",
    "hl7.terminology.r4@7.0.1": "sha512-UamZUcARk/TEaJb7X0hDyANmC7bCv0Jof0u0uGIOB2O9VQX0uV45Vf4EyONHM6Sejv6q7sXEAzKAQ"
    "sgw1Cld3A==",
    "hl7.fhir.uv.extensions.r4@5.3.0-ballot-tc1": "sha512-mhPmWj0dZvIC7JQLkqxT42/UpoIyYwFtSiIZbhX/ArfX96hR5oTqNvAUvMD"
    "+dMH45m4mGMQ19WyCZFpP1OLEbQ==",
}
"""The guides and what they build on, each with its digest."""

CASES = {path.stem: path for path in sorted((Path(__file__).parents[2] / "cases").glob("*.yaml"))}
CASES["every key"] = SEEDS["every key"]

pytestmark = [pytest.mark.java, pytest.mark.node]


@pytest.fixture(scope="module")
def validator() -> Iterator[Validator]:
    with Validator(*(packed(package, integrity) for package, integrity in PACKAGES.items())) as judge:
        yield judge


def errors(bundle: bytes, validator: Validator, folder: Path) -> set[str]:
    path = folder / "bundle.json"
    path.write_bytes(bundle)
    return {message.text for message in validator.validate([path])[path] if message.is_error}


@pytest.mark.parametrize("case", CASES)
def test_resources_fit_the_profiles_that_they_claim(case: str, validator: Validator, tmp_path: Path) -> None:
    made = casefhir.convert(CASES[case], options=Options(guides=NAMES)).json()

    assert errors(made, validator, tmp_path) == set()


def test_the_guide_is_heard(validator: Validator, tmp_path: Path) -> None:
    """Without what the guide demands, each profile refuses."""
    made = casefhir.convert(CASES["every key"], options=Options(guides=NAMES)).json()
    said = b'"_birthDate":{"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/data-absent-reason"'
    assert said in made

    told = errors(made.replace(b'"_birthDate"', b'"_deceasedDateTime"'), validator, tmp_path)

    assert any("Patient.birthDate: minimum required = 1" in text for text in told)
