"""A code as an author writes it, text → Code of a known system in its form; also ORCID and DOI."""

import re
from collections.abc import Callable
from typing import NamedTuple

from casefhir.model.grammar import GrammarError

SYSTEMS = {
    "ATC": "http://www.whocc.no/atc",
    "CVX": "http://hl7.org/fhir/sid/cvx",
    "HGNC": "http://www.genenames.org",
    "HPO": "http://human-phenotype-ontology.org",
    "ICD-10": "http://hl7.org/fhir/sid/icd-10",
    "ICD-10-CM": "http://hl7.org/fhir/sid/icd-10-cm",
    "ICD-O-3": "urn:oid:2.16.840.1.113883.6.43.1",
    "LOINC": "http://loinc.org",
    "MONDO": "http://purl.obolibrary.org/obo/mondo.owl",
    "NCBITaxon": "http://www.ncbi.nlm.nih.gov/taxonomy",
    "OMIM": "http://www.omim.org",
    "ORPHA": "http://www.orpha.net",
    "RxNorm": "http://www.nlm.nih.gov/research/umls/rxnorm",
    "SNOMED": "http://snomed.info/sct",
    "UCUM": "http://unitsofmeasure.org",
}
"""
Name of a code system in a case file → its URI in FHIR.

Source: https://hl7.org/fhir/R4/terminologies-systems.html, and the preferred URIs of
https://terminology.hl7.org/NamingSystem-HPO.html and its neighbours.
"""

_ALSO = {
    "hp": "HPO", "icdo": "ICD-O-3", "mim": "OMIM", "ncbitaxonomy": "NCBITaxon", "orphacode": "ORPHA",
    "orphanet": "ORPHA", "rxcui": "RxNorm", "sct": "SNOMED", "snomedct": "SNOMED",
}  # fmt: skip
_NAMES = {re.sub("[- ]", "", name.casefold()): name for name in SYSTEMS} | _ALSO

FORMS = {
    "ATC": (r"[A-Z](?:[0-9]{2}(?:[A-Z](?:[A-Z](?:[0-9]{2})?)?)?)?", "L04AC07"),
    "CVX": (r"[0-9]{2,3}", "03"),
    "HGNC": (r"HGNC:[1-9][0-9]{0,5}", "HGNC:6018"),
    "HPO": (r"HP:[0-9]{7}", "HP:0001945"),
    "ICD-10": (r"[A-Z][0-9]{2}(?:\.[0-9]{1,2})?", "M08.2"),
    "ICD-10-CM": (r"[A-Z][0-9][0-9AB](?:\.[0-9A-Z]{1,4})?", "M08.20"),
    "ICD-O-3": (r"[89][0-9]{3}/[0-9]|C[0-9]{2}\.[0-9]", "8140/3"),
    "LOINC": (r"[1-9][0-9]{0,6}-[0-9]", "1988-5"),
    "MONDO": (r"MONDO:[0-9]{7}", "MONDO:0019434"),
    "NCBITaxon": (r"[1-9][0-9]{0,9}", "1280"),
    "OMIM": (r"[1-9][0-9]{5}", "604302"),
    "ORPHA": (r"[1-9][0-9]{0,6}", "85414"),
    "RxNorm": (r"[1-9][0-9]{0,7}", "612865"),
    "SNOMED": (r"[1-9][0-9]{5,17}", "386661006"),
    "UCUM": (r"[!-~]{1,60}", "mg/L"),
}
"""Name of a code system → the form of its codes, and an example; no code of a system is looked up here."""

_PREFIXES = {"HGNC": "HGNC:", "HPO": "HP:", "MONDO": "MONDO:"}


class Code(NamedTuple):
    """A code of a code system: `LOINC 1988-5`, `HP:0001945`, `SNOMED 386661006 "Fever"`."""

    text: str
    """The whole code, as written."""

    system: str
    """Name of the system, a key of `SYSTEMS`."""

    code: str
    """The code as FHIR wants it: `HP:0001945`, but `85414` of `ORPHA:85414`."""

    display: str = ""
    """What the code means in the words of its system, if the author wrote it."""


def code(text: str) -> Code:
    """
    A code with the name of its system before it, and its meaning in quotes behind it if one likes.

    `LOINC 1988-5`, `SNOMED CT 386661006 "Fever"`, `HP:0001945`, `ORPHA:85414`, `ICD-10-CM M08.20`.

    Raises: GrammarError for an unknown system, a wrong form and a wrong check digit.
    """
    written, display = _display(text)
    system, number = _system(written)
    if not system:
        raise _unknown_system(text)
    number = _PREFIXES.get(system, "") + number
    form, example = FORMS[system]
    if not re.fullmatch(form, number):
        raise _wrong_form(text, system, number, example)
    if check := _CHECKS.get(system):
        check(text, number)
    return Code(text.strip(), system, number, display)


def orcid(text: str) -> str:
    """
    An ORCID in its four groups, also from its address: `0000-0002-1825-0097`.

    Raises: GrammarError for a wrong form or check digit.
    Source: ISO/IEC 7064, MOD 11-2
    """
    number = re.sub(r"\A\s*(?:https?://)?orcid\.org/|[\s-]", "", text, flags=re.IGNORECASE).upper()
    groups = "-".join(number[start : start + 4] for start in range(0, 16, 4))
    if not re.fullmatch("[0-9]{15}[0-9X]", number):
        raise GrammarError(f'"{text}" is no ORCID; write four groups of four digits, e.g. 0000-0002-1825-0097')
    if groups not in text.upper():
        raise GrammarError(f'"{text}" lacks the hyphens of an ORCID; write {groups}')
    total = 0
    for digit in number[:15]:
        total = (total + int(digit)) * 2
    _compare(text, number[15], "0123456789X"[(12 - total % 11) % 11])
    return groups


def doi(text: str) -> str:
    """
    A DOI without its address: `10.5555/example.1`, also from `https://doi.org/…` and `doi:…`.

    Raises: GrammarError for any other text.
    Source: ISO 26324
    """
    bare = re.sub(r"\A\s*(?:(?:https?://)?(?:dx\.)?doi\.org/|doi:\s*)?", "", text, flags=re.IGNORECASE).strip()
    if not re.fullmatch(r"10\.[0-9]{4,9}(?:\.[0-9]+)*/\S+", bare):
        raise GrammarError(f'"{text}" is no DOI; write it as 10.5555/example.1')
    if bare[-1] in ".,;":
        raise GrammarError(f'"{text}" ends with a "{bare[-1]}" of the sentence; write {bare.rstrip(".,;")}')
    return bare


def _display(text: str) -> tuple[str, str]:
    """A text without the meaning at its end, in quotes or bars, and that meaning."""
    written = text.strip()
    opening = {'"': '"', "”": "“", "|": "|"}.get(written[-1:])
    start = written.rfind(opening, 0, -1) if opening else -1
    if start < 0:
        return written, ""
    return written[:start].strip(), " ".join(written[start + 1 : -1].split())


def _system(text: str) -> tuple[str, str]:
    """The system that a text names, and the code behind it without the system's prefix; "" for none."""
    words = text.replace(":", ": ").split()
    for count in (3, 2, 1):
        system = _named(" ".join(words[:count]))
        if system and len(words) > count:
            again = len(words) > count + 1 and _named(words[count]) == system  # `HPO HP:0001945`
            return system, " ".join(words[count + again :])
    return "", text


def _named(name: str) -> str:
    return _NAMES.get(re.sub("[-: ]", "", name.casefold()), "")


def _unknown_system(text: str) -> GrammarError:
    from difflib import get_close_matches

    words = text.split()
    if not words:
        return GrammarError("nothing is written; write a system and its code, e.g. LOINC 1988-5")
    if system := _named(text):
        return GrammarError(f'"{text}" has no code; write it as {system} {FORMS[system][1]}')
    for system in ("LOINC", "ICD-10", "ATC", "SNOMED"):
        if len(words[0]) > 3 and re.fullmatch(FORMS[system][0], words[0]):
            return GrammarError(f'"{text}" names no code system; write e.g. {system} {words[0]}')
    near = get_close_matches(re.sub("[-: ]", "", words[0].casefold()), _NAMES, 1)
    hint = f"did you mean {_NAMES[near[0]]}?" if near else f"the systems are {', '.join(SYSTEMS)}"
    return GrammarError(f'"{text}" names no code system; {hint}')


def _wrong_form(text: str, system: str, number: str, example: str) -> GrammarError:
    form, first, *meaning = FORMS[system][0], *number.split()
    start = max(text.rfind(first.removeprefix(_PREFIXES.get(system, ""))), 0)
    if meaning and re.fullmatch(form, first):
        shown = f'{system} {first} "{" ".join(meaning)}"'
        return GrammarError(f'"{text}" has its meaning without quotes; write {shown}', start)
    if re.fullmatch(form, number.upper()):
        return GrammarError(f'"{text}" is written in small letters; write {system} {number.upper()}', start)
    return GrammarError(f'"{text}" is not in the form of {system}; write it as {system} {example}', start)


def _compare(text: str, written: str, expected: str) -> None:
    if written != expected:
        trouble = f"ends with the check digit {written}, expected {expected}"
        raise GrammarError(f'"{text}" {trouble}; look it up again', text.upper().rindex(written))


def _mod10(text: str, number: str) -> None:
    """
    The check digit of LOINC; wrong in 14 codes of LOINC itself, all deprecated, which are refused too.

    Source: https://loinc.org/kb/users-guide/calculating-mod-10-check-digits/
    """
    digits, _, check = number.rpartition("-")
    doubled = "".join(str(int(digit) * (2 - place % 2)) for place, digit in enumerate(reversed(digits)))
    _compare(text, check, str(-sum(map(int, doubled)) % 10))


# Verhoeff's scheme: how a digit is changed at its place (mod 8), and how two digits are multiplied.
_CHANGED = "0123456789 1576283094 5803796142 8916043527 9453126870 4286573901 2793806415 7046913258".split()
_PRODUCT = (
    "0123456789 1234067895 2340178956 3401289567 4012395678 5987604321 6598710432 7659821043 8765932104 9876543210"
).split()


def _verhoeff(text: str, number: str) -> None:
    """
    The check digit of SNOMED CT, and the two digits before it, which tell a concept from its descriptions.

    Source: SNOMED CT Release File Specifications, SCTID data type
    """
    product = 0
    for place, digit in enumerate(reversed(number[:-1]), start=1):
        product = int(_PRODUCT[product][int(_CHANGED[place % 8][int(digit)])])
    _compare(text, number[-1], str([row[product] for row in _PRODUCT].index("0")))
    if number[-3:-1] not in ("00", "10"):
        raise GrammarError(f'"{text}" is the number of a description, not of a concept; look the concept up')


_CHECKS: dict[str, Callable[[str, str], None]] = {"LOINC": _mod10, "SNOMED": _verhoeff}
