"""The grammar of codes: system, form and check digit; ORCID and DOI."""

import pytest

from casefhir.model.code import FORMS, SYSTEMS, Code, code, doi, orcid
from casefhir.model.grammar import GrammarError


@pytest.mark.parametrize(
    ("written", "system", "number", "display"),
    [
        ("LOINC 1988-5", "LOINC", "1988-5", ""),
        ("loinc: 1988-5", "LOINC", "1988-5", ""),
        ("LOINC 26881-3", "LOINC", "26881-3", ""),
        ("SNOMED 386661006", "SNOMED", "386661006", ""),
        ('SNOMED 386661006 "Fever"', "SNOMED", "386661006", "Fever"),
        ("SNOMED CT 386661006 |Fever|", "SNOMED", "386661006", "Fever"),
        ("SNOMED 386661006 “Fever”", "SNOMED", "386661006", "Fever"),
        ("SCT:386661006", "SNOMED", "386661006", ""),
        ("HP:0001945", "HPO", "HP:0001945", ""),
        ("HPO HP:0001945", "HPO", "HP:0001945", ""),
        ("HPO 0001945", "HPO", "HP:0001945", ""),
        ("MONDO:0019434", "MONDO", "MONDO:0019434", ""),
        ("ORPHA 85414", "ORPHA", "85414", ""),
        ("ORPHA:85414", "ORPHA", "85414", ""),
        ("ICD-10 M08.2", "ICD-10", "M08.2", ""),
        ("ICD-10-CM M08.20", "ICD-10-CM", "M08.20", ""),
        ("ICD10CM U07.1", "ICD-10-CM", "U07.1", ""),
        ("RxNorm 612865", "RxNorm", "612865", ""),
        ("ATC L04AC07", "ATC", "L04AC07", ""),
        ("ATC L04", "ATC", "L04", ""),
        ("OMIM 604302", "OMIM", "604302", ""),
        ("HGNC 6018", "HGNC", "HGNC:6018", ""),
        ("HGNC:6018", "HGNC", "HGNC:6018", ""),
        ("UCUM mg", "UCUM", "mg", ""),
        ("UCUM [IU]/mL", "UCUM", "[IU]/mL", ""),
        ("CVX 03", "CVX", "03", ""),
        ("ICD-O-3 8140/3", "ICD-O-3", "8140/3", ""),
        ("ICD-O-3 C18.7", "ICD-O-3", "C18.7", ""),
        ("NCBITaxon 1280", "NCBITaxon", "1280", ""),
        ("NCBITaxon:1280", "NCBITaxon", "1280", ""),
    ],
)
def test_system_code_and_display(written, system, number, display):
    assert code(written) == Code(written, system, number, display)


@pytest.mark.parametrize(
    ("written", "message", "offset"),
    [
        ("LOINC 1988-6", '"LOINC 1988-6" ends with the check digit 6, expected 5; look it up again', 11),
        ("LOINC 26881-8", '"LOINC 26881-8" ends with the check digit 8, expected 3; look it up again', 12),
        (
            'SNOMED 386661007 "Fever"',
            '"SNOMED 386661007 "Fever"" ends with the check digit 7, expected 6; look it up again',
            15,
        ),
        (
            "SNOMED 680946014",
            '"SNOMED 680946014" is the number of a description, not of a concept; look the concept up',
            0,
        ),
        ("HP:1945", '"HP:1945" is not in the form of HPO; write it as HPO HP:0001945', 3),
        ("ICD-10 m08.2", '"ICD-10 m08.2" is written in small letters; write ICD-10 M08.2', 7),
        ("ICD-10-CM A00-A09", '"ICD-10-CM A00-A09" is not in the form of ICD-10-CM; write it as ICD-10-CM M08.20', 10),
        (
            "SNOMED 386661006 Fever",
            '"SNOMED 386661006 Fever" has its meaning without quotes; write SNOMED 386661006 "Fever"',
            7,
        ),
        ("1988-5", '"1988-5" names no code system; write e.g. LOINC 1988-5', 0),
        ("386661006", '"386661006" names no code system; write e.g. SNOMED 386661006', 0),
        ("LONIC 1988-5", '"LONIC 1988-5" names no code system; did you mean LOINC?', 0),
        ("LOINC", '"LOINC" has no code; write it as LOINC 1988-5', 0),
        ("", "nothing is written; write a system and its code, e.g. LOINC 1988-5", 0),
    ],
)
def test_other_codes_are_refused(written, message, offset):
    with pytest.raises(GrammarError) as refused:
        code(written)

    assert (str(refused.value), refused.value.offset) == (message, offset)


def test_an_unknown_system_is_told_which_there_are():
    with pytest.raises(GrammarError, match="the systems are ATC, CVX, HGNC"):
        code("Zzz 12")


@pytest.mark.parametrize("system", SYSTEMS)
def test_the_example_of_every_system_is_a_code(system):
    assert code(f"{system} {FORMS[system][1]}").system == system


@pytest.mark.parametrize(
    "written",
    ["0000-0002-1825-0097", "https://orcid.org/0000-0002-1825-0097", "orcid.org/0000-0002-1825-0097 "],
)
def test_orcid_is_bare(written):
    assert orcid(written) == "0000-0002-1825-0097"


def test_orcid_may_end_with_x():
    assert orcid("0000-0002-9079-593x") == "0000-0002-9079-593X"


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("0000-0002-1825-0098", '"0000-0002-1825-0098" ends with the check digit 8, expected 7; look it up again'),
        ("0000000218250097", '"0000000218250097" lacks the hyphens of an ORCID; write 0000-0002-1825-0097'),
        ("0000-0002", '"0000-0002" is no ORCID; write four groups of four digits, e.g. 0000-0002-1825-0097'),
    ],
)
def test_other_orcids_are_refused(written, message):
    with pytest.raises(GrammarError) as refused:
        orcid(written)

    assert str(refused.value) == message


@pytest.mark.parametrize(
    "written",
    [
        "10.5555/example.1",
        "https://doi.org/10.5555/example.1",
        "http://dx.doi.org/10.5555/example.1",
        "DOI: 10.5555/example.1",
    ],
)
def test_doi_is_bare(written):
    assert doi(written) == "10.5555/example.1"


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("10.5555", '"10.5555" is no DOI; write it as 10.5555/example.1'),
        ("10.5555/exa mple", '"10.5555/exa mple" is no DOI; write it as 10.5555/example.1'),
        ("10.5555/example.1.", '"10.5555/example.1." ends with a "." of the sentence; write 10.5555/example.1'),
    ],
)
def test_other_dois_are_refused(written, message):
    with pytest.raises(GrammarError) as refused:
        doi(written)

    assert str(refused.value) == message
