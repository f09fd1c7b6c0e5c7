"""The grammar of TNM: each category with its own prefix; what is none of TNM gives none."""

import pytest

from casefhir.model.stage import Stage
from casefhir.model.tnm import tnm


@pytest.mark.parametrize(
    ("written", "categories"),
    [
        ("pT2N0M0", ["pT2", "N0", "M0"]),
        ("pT2 N0 M0", ["pT2", "N0", "M0"]),
        ("pT2, pN1a, cM0", ["pT2", "pN1a", "cM0"]),
        ("ypT1b1 N0(i+) MX R0", ["ypT1b1", "N0(i+)", "MX", "R0"]),
        ("Tis", ["Tis"]),
        ("pT1mi pN1mi(sn)", ["pT1mi", "pN1mi(sn)"]),
        ("T4d N3c M1 G3 L1 V0 Pn1", ["T4d", "N3c", "M1", "G3", "L1", "V0", "Pn1"]),
    ],
)
def test_tnm(written: str, categories: list[str]) -> None:
    assert [category.text for category in tnm(written)] == categories


@pytest.mark.parametrize("written", ["pT2NOM0", "low risk", "T2 T3", "IIB", "T5", "stage T2", "t2n0m0", "", "T2/N0"])
def test_not_tnm(written: str) -> None:
    assert tnm(written) == ()


@pytest.mark.parametrize(
    ("system", "is_tnm"),
    [("TNM", True), ("tnm, 8th edition", True), ("TNM stage", False), ("TNM stage group", False), ("FIGO", False)],
)
def test_system(system: str, is_tnm: bool) -> None:
    assert Stage(system=system, value="pT2").is_tnm == is_tnm
