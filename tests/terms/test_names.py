"""A name is found in any spelling, and only slips are offered a correction."""

import pytest

from casefhir.terms import Terms, fold, is_typo, terms
from casefhir.terms.names import near


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("C-reactive protein", "c reactive PROTEIN"),
        ("IL-6", "IL6"),
        ("IL\u20116", "IL 6"),
        ("TNF-α", "TNF alpha"),
        ("TNF-ß", "TNF-beta"),
        ("Patrick's test", "Patrick\u2019s test"),
        ("Sjögren syndrome", "Sjogren syndrome"),
        ("anti-CCP", "anti CCP"),
        ("C. difficile toxin", "C difficile toxin"),
        ("chest X-ray", "chest xray"),
    ],
)
def test_ways_of_writing_a_name_are_one_key(written: str, same: str) -> None:
    assert fold(written) == fold(same)


@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("haemoglobin", "hemoglobin"),
        ("anaemia", "anemia"),
        ("oedema", "edema"),
        ("diarrhoea", "diarrhea"),
        ("dyspnoea", "dyspnea"),
        ("oesophagus", "esophagus"),
        ("foetal haemoglobin", "fetal hemoglobin"),
        ("tumour", "tumor"),
        ("leucocytes", "leukocytes"),
        ("leucocytosis", "leukocytosis"),
        ("sulphate", "sulfate"),
        ("goitre", "goiter"),
        ("caesarean section", "cesarean section"),
        ("paediatric", "pediatric"),
        ("hyperkalaemia", "hyperkalemia"),
        ("antistreptolysin O titre", "antistreptolysin O titer"),
        ("generalised lymphadenopathy", "generalized lymphadenopathy"),
        ("coeliac disease", "celiac disease"),
    ],
)
def test_british_and_american_spelling_are_one_key(british: str, american: str) -> None:
    assert fold(british) == fold(american)


@pytest.mark.parametrize(
    ("one", "other"),
    [("IL-2", "IL-12"), ("IL-2", "IL-2R"), ("protein C", "protein S"), ("T3", "T4"), ("ALT", "AST")],
)
def test_different_things_have_different_keys(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_lines_fold_in_one_call() -> None:
    names = ["Haemoglobin", "TNF-α", "IL-6", "Behçet disease", ""]

    assert fold("\n".join(names)).split("\n") == [fold(name) for name in names]


@pytest.mark.parametrize(
    ("table", "british", "american"),
    [
        ("labs", "haemoglobin", "hemoglobin"),
        ("labs", "haematocrit", "hematocrit"),
        ("findings", "anaemia", "anemia"),
        ("findings", "oedema", "edema"),
        ("findings", "diarrhoea", "diarrhea"),
        ("findings", "hypokalaemia", "hypokalemia"),
        ("sites", "oesophagus", "esophagus"),
        ("diagnoses", "tumour", "tumor"),
        ("diagnoses", "coeliac disease", "celiac disease"),
        ("procedures", "caesarean section", "cesarean section"),
        ("procedures", "haemodialysis", "hemodialysis"),
        ("drugs", "paracetamol", "acetaminophen"),
        ("drugs", "aciclovir", "acyclovir"),
        ("drugs", "salbutamol", "albuterol"),
        ("drugs", "frusemide", "furosemide"),
        ("drugs", "adrenaline", "epinephrine"),
        ("drugs", "ciclosporin", "cyclosporine"),
        ("routes", "hemodialysis", "haemodialysis"),
        ("forms", "nebulized solution", "nebulised solution"),
    ],
)
def test_british_and_american_names_find_one_row(table: str, british: str, american: str) -> None:
    found = getattr(terms(), table).get(british)

    assert found
    assert found == getattr(terms(), table).get(american)


@pytest.mark.parametrize(
    ("table", "written", "name", "code"),
    [
        ("drugs", "TCZ", "tocilizumab", "612865"),
        ("drugs", "MTX", "methotrexate", "6851"),
        ("sites", "wrists", "wrist", "74670003"),
        ("sites", "wrist joints", "wrist", "74670003"),
        ("sites", "MCP joints", "metacarpophalangeal joint", ""),
        ("laterality", "bilateral", "both", "51440002"),
        ("findings", "arthralgia", "joint pain", "HP:0002829"),
        ("findings", "unable to walk", "inability to walk", "HP:0002540"),
        ("findings", "thickening of articular cartilage", "cartilage thickening", ""),
        ("diagnoses", "sJIA", "systemic juvenile idiopathic arthritis", "201796004"),
        ("routes", "PO", "oral", "26643006"),
        ("routes", "i.v.", "intravenous", "47625008"),
        ("forms", "tablets", "tablet", ""),
        ("scores", "JADAS27", "JADAS-27", ""),
        ("scores", "GCS", "Glasgow coma scale", ""),
        ("procedures", "chest radiograph", "chest X-ray", "399208008"),
    ],
)
def test_names_of_case_reports_are_found(table: str, written: str, name: str, code: str) -> None:
    row = getattr(terms(), table).get(written)

    assert (row[0], row[1]) == (name, code)


@pytest.mark.parametrize(
    ("written", "loinc"),
    [
        ("WBC", "26464-8"),
        ("haemoglobin", "718-7"),
        ("platelet count", "26515-7"),
        ("serum ferritin", "2276-4"),
        ("ESR", "30341-2"),
        ("c-reactive protein", "1988-5"),
        ("IL-6", "26881-3"),
        ("alanine transaminase", "1742-6"),
        ("albumin", "1751-7"),
        ("creatinine", "2160-0"),
        ("rheumatoid factor", "33910-1"),
        ("antinuclear antibody", "8061-4"),
        ("anti-cyclic citrullinated peptides", "53028-7"),
        ("human leukocyte antigen B27", "4821-5"),
        ("TNF-a", "3074-2"),
        ("sIL-2R", "76039-7"),
        ("IL-4", "27161-9"),
        ("IL-2", "33939-0"),
        ("IL-17", ""),
        ("IL-10", "26848-2"),
        ("IFN-γ", "27415-9"),
        ("acute phase reactants", ""),
        ("cytokines", ""),
        ("height", "8302-2"),
        ("weight", "29463-7"),
        ("temperature", "8310-5"),
    ],
)
def test_labs_of_the_first_article_are_found(written: str, loinc: str) -> None:
    assert terms().labs.get(written)[0].loinc == loinc


def test_a_lab_has_a_row_for_each_property() -> None:
    units = {lab.unit: lab.loinc for lab in terms().labs.get("glucose")}

    assert units == {"mg/dL": "2345-7", "mmol/L": "14749-6"}


def test_an_unknown_name_is_in_no_row() -> None:
    assert terms().labs.get("no such test") == ()
    assert terms().drugs.get("no such drug") is None
    assert terms().drugs.get("") is None


def test_tables_are_read_once() -> None:
    fresh = Terms()

    assert fresh.sites is fresh.sites


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("tocilizumap", "tocilizumab"),
        ("methotrexat", "methotrexate"),
        ("feritin", "ferritin"),
        ("lymphadenopthy", "lymphadenopathy"),
        ("fevre", "fever"),
        ("join pain", "joint pain"),
        ("Kawasaki diseaes", "Kawasaki disease"),
        ("athritis", "arthritis"),
        ("annemia", "anemia"),
        ("inffection", "infection"),
        ("aphasic", "aphasia"),
    ],
)
def test_a_slip_is_a_typo(written: str, name: str) -> None:
    assert is_typo(written, name)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("fever", "fever"),
        ("Fever", "fever"),
        ("ALT", "AST"),
        ("ALP", "ALT"),
        ("IL-5", "IL-6"),
        ("interleukin-5", "interleukin-6"),
        ("CA 125", "CA 15-3"),
        ("protein C", "protein S"),
        ("vitamin A", "vitamin D"),
        ("complement C3", "complement C4"),
        ("IgA nephropathy", "IgG nephropathy"),
        ("hyperkalemia", "hypokalemia"),
        ("hypertension", "hypotension"),
        ("type 1 diabetes mellitus", "type 2 diabetes mellitus"),
        ("macrocephaly", "microcephaly"),
        ("tachypnea", "bradypnea"),
        ("ethanol", "methanol"),
        ("rash", "cough"),
        ("afebrile", "febrile"),
        ("acyanotik", "cyanotic"),
        ("conscious", "unconscious"),
        ("isocoria", "anisocoria"),
        ("typical pneumonia", "atypical pneumonia"),
        ("severe hypotension", "severe hypertension"),
        ("increased sweating", "decreased sweating"),
        ("internal hemorrhoids", "external hemorrhoids"),
        ("unilateral edema", "bilateral edema"),
        ("cells", "Wells"),
    ],
)
def test_another_thing_is_no_typo(written: str, name: str) -> None:
    assert not is_typo(written, name)


@pytest.mark.parametrize(
    ("written", "names", "found"),
    [
        ("ferittin", ["ferritin", "fibrinogen", "transferrin"], ["ferritin"]),
        ("IL-7", ["IL-6", "IL-17", "IL-8"], []),
        ("hypernatremia", ["hyponatremia"], []),
        ("xyz", ["ferritin"], []),
        ("knee ultrasound", ["kidney ultrasound", "neck ultrasound", "knee ultrasuond"], ["knee ultrasuond"]),
        ("blood smear", ["blood sugar"], []),
        ("renal biopsies", ["renal biopsy"], ["renal biopsy"]),
        ("bloodsugar", ["blood sugar"], ["blood sugar"]),
        ("aab", ["aac", "aad", "aae", "aaf"], ["aac", "aad", "aae"]),
    ],
)
def test_near_names(written: str, names: list[str], found: list[str]) -> None:
    assert near(written, names) == found


@pytest.mark.parametrize(
    ("words", "head", "found"),
    [
        ("knee joint ultrasound", "ultrasound", ["joint ultrasound", "ultrasound"]),
        ("knee ultrasounds", "ultrasounds", ["ultrasound"]),
        ("thyroid", "ultrasound", []),
    ],
)
def test_names_made_of_some_words(words: str, head: str, found: list[str]) -> None:
    assert terms().procedures.within(words.split(), head) == found


def test_a_table_offers_its_own_names() -> None:
    assert terms().findings.near("lymphadenopthy") == ["lymphadenopathy"]
    assert terms().labs.near("no such test at all") == []


@pytest.mark.parametrize(
    ("table", "written", "name"),
    [
        ("findings", "bladder stone", "bladder stones"),
        ("findings", "generalized seizures", "generalized seizure"),
        ("procedures", "renal biopsies", "kidney biopsy"),
        ("drugs", "ACE inhibitors", "ACE inhibitor"),
        ("diagnoses", "lung abscesses", "lung abscess"),
        ("findings", "osteolyses", "osteolysis"),
    ],
)
def test_a_name_is_found_in_the_other_number(table: str, written: str, name: str) -> None:
    assert getattr(terms(), table).canonical(written) == name


@pytest.mark.parametrize(("table", "written"), [("labs", "ferritins"), ("drugs", "MMFs")])
def test_a_test_or_an_abbreviation_has_no_plural(table: str, written: str) -> None:
    assert getattr(terms(), table).canonical(written) is None


@pytest.mark.parametrize(
    ("table", "written", "name"),
    [
        ("findings", "GTCS", "tonic-clonic seizure"),
        ("findings", "generalised tonic-clonic seizures", "tonic-clonic seizure"),
        ("findings", "pansystolic murmur", "holosystolic murmur"),
        ("findings", "wide QRS", "prolonged QRS complex"),
        ("diagnoses", "C. difficile infection", "Clostridioides difficile infection"),
        ("diagnoses", "MDR-TB", "multidrug-resistant tuberculosis"),
        ("diagnoses", "second-degree burn", "partial thickness burn"),
        ("procedures", "VV-ECMO", "veno-venous ECMO"),
        ("procedures", "STSG", "split-thickness skin graft"),
        ("labs", "ethanol", "ethanol level"),
        ("labs", "Xpert MTB/RIF Ultra", "Xpert MTB/RIF"),
        ("scores", "HAM-D17", "HAM-D"),
        ("scores", "MMT-8", "MMT8"),
        ("organisms", "AFB", "acid-fast bacilli"),
    ],
)
def test_what_clinicians_call_it_is_found(table: str, written: str, name: str) -> None:
    assert getattr(terms(), table).canonical(written) == name


def test_an_abbreviation_of_two_things_has_no_code() -> None:
    assert {row.unit: row.loinc for row in terms().labs.get("PVR")} == {"mL": "", "[wood'U]": ""}
    assert not terms().scores.get("IPSS").loinc


@pytest.mark.parametrize(
    ("table", "one", "other"),
    [
        ("drugs", "penicillin", "benzylpenicillin"),
        ("labs", "base deficit", "base excess"),
        ("labs", "BCVA", "visual acuity"),
        ("labs", "CD4 percentage", "CD4 count"),
        ("procedures", "haemodiafiltration", "haemofiltration"),
        ("procedures", "CVVHDF", "CVVH"),
    ],
)
def test_what_differs_has_rows_of_its_own(table: str, one: str, other: str) -> None:
    names = getattr(terms(), table)

    assert names.get(one)
    assert names.get(one) != names.get(other)


def test_an_allergy_to_penicillin_is_not_one_to_penicillin_g() -> None:
    drug = terms().drugs.get("penicillin")

    assert drug
    assert drug.rxnorm == "70618"
