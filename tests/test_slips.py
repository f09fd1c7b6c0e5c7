"""What authors write by hand in a first case, as articles print it, and what casefhir says to it."""

from pathlib import Path

import casefhir
from casefhir.report.text import line

CASE = """\
casefhir: 1
id: slip
article:
  title: "An invented case"
  published: 2021-08
patient:
  sex: female
  age: 61 years
  at: admission
events:
  admission: {date: 2021-01-09, encounter: inpatient}
  follow-up: {}
findings:
  - name: fever
    at: admission
labs:
  - at: admission
    values:
      CRP: 96 mg/L
treatments:
  - drug: ceftriaxone
    dose: 2 g daily IV
    from: admission
"""

SLIPS = (
    ("CRP: 96 mg/L", "CRP: 9,6 mg/L"),
    ("CRP: 96 mg/L", "temperature: 38,9 °C"),
    ("CRP: 96 mg/L", "temperature: 38,9"),
    ("  - at: admission\n    values:\n      CRP: 96 mg/L", "  - {at: admission, values: {temperature: 38,9 °C}}"),
    ("name: fever", "name: no fever"),
    ("name: fever", "name: without rash"),
    ("name: fever", "name: denies chest pain"),
    ("CRP: 96 mg/L", "CRP 96"),
    ("CRP: 96 mg/L", "CRP: 96"),
    ("date: 2021-01-09", "date: 9/1/2021"),
    ("date: 2021-01-09", "date: 23/1/2021"),
    ("date: 2021-01-09", "date: January 9th 2021"),
    ("date: 2021-01-09", "date: January 9, 2021"),
    ("date: 2021-01-09", "date: 09.01.2021"),
    ("2 g daily IV", "2 g 2x/day"),
    ("2 g daily IV", "2 g 2x daily"),
    ("      CRP: 96 mg/L", "\tCRP: 96 mg/L"),
    ("CRP: 96 mg/L", "CRP:\t96 mg/L"),
    ("CRP: 96 mg/L", "CRP:96 mg/L"),
    ("- name: fever", "- name:fever"),
    ("title: \"An invented case\"", "title: Pneumonia: an invented case"),
    ("name: fever\n    at: admission", "name: fever\n    at: on admission"),
    ("name: fever\n    at: admission", "name: fever\n    at: at admission"),
    ("name: fever\n    at: admission", "name: fever\n    at: day 3"),
    ("name: fever\n    at: admission", "name: fever\n    at: on day 3 of admission"),
    ("name: fever\n    at: admission", "name: fever\n    at: third day of hospitalization"),
    ("name: fever\n    at: admission", "name: fever\n    at: after 2 weeks"),
    ("name: fever\n    at: admission", "name: fever\n    at: 2 weeks later"),
    ("name: fever\n    at: admission", "name: fever\n    at: follow up"),
    ("name: fever\n    at: admission", "name: fever\n    at: last visit"),
    ("follow-up: {}", "follow up: {}"),
    ("follow-up: {}", "Discharge: {}"),
    ("follow-up: {}", "follow-up: 6 weeks after discharge"),
    ("follow-up: {}", "follow-up:"),
    ("CRP: 96 mg/L", "CRP: high 96 mg/L"),
    ("CRP: 96 mg/L", "CRP: elevated (96 mg/L)"),
    ("CRP: 96 mg/L", "CRP: elevated"),
    ("CRP: 96 mg/L", "CRP: increased at 96 mg/L"),
    ("CRP: 96 mg/L", "CRP: within normal limits"),
    ("CRP: 96 mg/L", "CRP: <0.5"),
    ("CRP: 96 mg/L", "CRP: > 96 mg/L"),
    ("CRP: 96 mg/L", "CRP: 96 mg/L (0-5)"),
    ("CRP: 96 mg/L", "CRP: 96 mg/L (N: 0-5)"),
    ("CRP: 96 mg/L", "CRP: 96 mg/L (normal range 0-5 mg/L)"),
    ("CRP: 96 mg/L", "CRP: 96 mg/L (reference: <5)"),
    ("CRP: 96 mg/L", "CRP: 96 mg/L (normal 0–5)"),
    ("CRP: 96 mg/L", "CRP: 96 mg/L [0-5]"),
    ("CRP: 96 mg/L", "CRP: 96 mg/L H"),
    ("CRP: 96 mg/L", "CRP: 3 times the upper limit"),
    ("CRP: 96 mg/L", "WBC: 17,200/mm3"),
    ("CRP: 96 mg/L", "WBC: 17.2 x 10^9/L"),
    ("CRP: 96 mg/L", "WBC: 17.2 10*3/uL"),
    ("CRP: 96 mg/L", "WBC: 17.2 G/L"),
    ("CRP: 96 mg/L", "platelets: 450 000/mm3"),
    ("CRP: 96 mg/L", "CRP: 96 mg/l"),
    ("CRP: 96 mg/L", "CRP: 9.6 mg/dl"),
    ("CRP: 96 mg/L", "CRP: 96mg/L"),
    ("CRP: 96 mg/L", "eosinophils: 12%"),
    ("CRP: 96 mg/L", "blood pressure: 120/80"),
    ("CRP: 96 mg/L", "heart rate: 110 bpm"),
    ("2 g daily IV", "2 g q8h"),
    ("2 g daily IV", "500 mg b.i.d."),
    ("2 g daily IV", "500mg TID PO"),
    ("2 g daily IV", "500 mg tds"),
    ("2 g daily IV", "3x1 g"),
    ("2 g daily IV", "500 mg 1-0-1"),
    ("2 g daily IV", "500 mg every eight hours"),
    ("2 g daily IV", "1 g per day in two divided doses"),
    ("2 g daily IV", "2 g iv for 5 days"),
    ("2 g daily IV", "intravenous 2 g daily"),
    ("2 g daily IV", "PO 500 mg every 8 hours"),
    ("2 g daily IV", "oral prednisolone 5 mg"),
    ("follow-up: {}", "ICU: {}"),
    ("2 g daily IV", "50 mg/kg/d"),
    ("2 g daily IV", "50 µg/day"),
    ("2 g daily IV", "high dose"),
    ("2 g daily IV", "unknown"),
    ("2 g daily IV", "5 mg od"),
    ("2 g daily IV", "60 mg daily then tapered"),
    ("drug: ceftriaxone", "drug: Rocephin"),
    ("drug: ceftriaxone", "drug: Actemra"),
    ("drug: ceftriaxone", "drug: ceftriaxone 2 g"),
    ("drug: ceftriaxone", "drug: antibiotics"),
    ("drug: ceftriaxone", "drug: ceftriaxone and azithromycin"),
    ("sex: female", "sex: F"),
    ("sex: female", "sex: Woman"),
    ("age: 61 years", "age: 61"),
    ("age: 61 years", "age: 61-year-old"),
    ("age: 61 years", "age: 61 yo"),
    ("age: 61 years", "age: 18 m"),
    ("name: fever\n", "name: fever\n    absent: yes\n"),
    ("name: fever\n    at: admission", "name: [fever, rash]\n    at: admission"),
    ("name: fever", "name: fever and rash"),
    ("name: fever", "name: fever, cough, rash"),
    ("  - name: fever", "  name: fever"),
    ("  - name: fever", "  -name: fever"),
    ("    at: admission\nlabs", "   at: admission\nlabs"),
    ("labs:\n  - at: admission\n    values:\n      CRP: 96 mg/L", "labs:\n  - CRP: 96 mg/L"),
    ("labs:\n  - at: admission\n    values:\n      CRP: 96 mg/L", "labs:\n  CRP: 96 mg/L"),
    ("    values:\n      CRP: 96 mg/L", "    CRP: 96 mg/L"),
    ("      CRP: 96 mg/L", "      - CRP: 96 mg/L"),
    ("from: admission\n", "from: admission\n    stopped: rash\n"),
    ("from: admission\n", "from: admission\n    stopped:\n      why: rash\n"),
    ("from: admission\n", "from: admission\n    stopped: true\n"),
    ("from: admission\n", "from: admission\n    to: present\n"),
    ("from: admission\n", "from: admission\n    to: ongoing\n"),
    ("published: 2021-08", "published: August 2021"),
    ("id: slip", "id: My Case"),
    ("published: 2021-08", "published: 2021-08\n  doi: https://doi.org/10.1000/xyz"),
    ("published: 2021-08", "published: 2021-08\n  doi: doi:10.1000/xyz"),
    ("\"An invented case\"", "'Still's disease'"),
    ("\"An invented case\"", "\"A \"new\" case\""),
    ("\"An invented case\"", "“An invented case”"),
    ("name: fever", "name: fever# e.g. rash"),
    ("name: fever", "name: fever #3"),
    ("findings:", "Findings:"),
    ("findings:", "symptoms:"),
    ("treatments:", "medications:"),
    ("treatments:", "adverse-events:\n  - rash\ntreatments:"),
    ("treatments:", "course:\n  - recovered\ntreatments:"),
    ("  - name: fever\n    at: admission", "  - fever\n  - cough"),
    ("findings:\n  - name: fever\n    at: admission", "findings: fever, cough"),
    ("CRP: 96 mg/L", "blood culture: sterile"),
    ("CRP: 96 mg/L", "ANA: (-)"),
    ("CRP: 96 mg/L", "ANA: neg"),
    ("CRP: 96 mg/L", "ANA: +"),
    ("CRP: 96 mg/L", "ANA: 1/320"),
    ("CRP: 96 mg/L", "ANA: positive (1:320)"),
    ("CRP: 96 mg/L", "CRP: not done"),
    ("CRP: 96 mg/L", "CRP: unknown"),
    ("CRP: 96 mg/L", "CRP: n/a"),
    ("CRP: 96 mg/L", "CRP: 96 to 12 mg/L"),
    ("CRP: 96 mg/L", "CRP: 96 -> 12 mg/L"),
    ("CRP: 96 mg/L", "CRP: 96 ± 3 mg/L"),
    ("CRP: 96 mg/L", "CRP: ~96 mg/L"),
    ("name: fever\n    at: admission", "name: fever\n    at: discharge"),
    ("name: fever\n    at: admission", "name: fever\n    at: Admission"),
    ("\"An invented case\"", "\"An invented case"),
    ("name: fever", "name: fever (38.9 °C)"),
    ("name: fever", "name: swelling of left knee"),
    ("name: fever", "name: rash\n    sites: trunk and legs"),
    ("name: fever", "name: fever\n    severity: very severe"),
    ("name: fever", "name: fever\n    onset: 3 days before admission"),
    ("name: fever", "name: fever\n    duration: 3 days"),
    ("name: fever\n    at: admission", "name: fever\n    since: 3 days"),
    ("name: fever\n    at: admission", "name: fever\n    from: 3 days ago"),
    ("name: fever\n    at: admission", "name: fever\n    at: for 3 days"),
    ("name: fever\n    at: admission", "name: fever\n    at: 2021-01-09 10:00"),
    ("name: fever\n    at: admission", "name: fever\n    at: 3 days after the admission"),
    ("name: fever\n    at: admission", "name: fever\n    at: three days after admission"),
    ("name: fever\n    at: admission", "name: fever\n    at: a few days after admission"),
    ("name: fever\n    at: admission", "name: fever\n    at: 2 days post surgery"),
    ("name: fever\n    at: admission", "name: fever\n    at: POD 3"),
    ("name: fever\n    at: admission", "name: fever\n    at: two weeks prior to admission"),
    ("name: fever\n    at: admission", "name: fever\n    at: 3 days after surgery"),
    ("name: fever\n    at: admission", "name: fever\n    at: 4 weeks after start of ceftriaxone"),
    ("name: fever\n    at: admission", "name: fever\n    at: for the last 3 months"),
    ("name: fever\n    at: admission", "name: fever\n    at: 3/2020"),
    ("name: fever\n    at: admission", "name: fever\n    at: in 2020"),
    ("name: fever\n    at: admission", "name: fever\n    at: childhood"),
    ("name: fever\n    at: admission", "name: fever\n    at: at the age of 3"),
    ("from: admission\n", "from: admission to discharge\n"),
    ("2 g daily IV", "2 g/day x 5 days"),
    ("2 g daily IV", "1 tablet twice a day"),
    ("2 g daily IV", "15 mg/kg/d for 3d"),
    ("2 g daily IV", "2 g per day IV"),
    ("2 g daily IV", "4 g/0.5 g q6h"),
    ("2 g daily IV", "5000 IU twice daily SC"),
    ("2 g daily IV", "0.1 ml/10 kg/12h"),
    ("2 g daily IV", "400u/day"),
    ("2 g daily IV", "750 mg/m 2 /month for 6 months"),
    ("2 g daily IV", "oral"),
    ("2 g daily IV", "1 drop in each eye"),
    ("2 g daily IV", "pulse of 15 mg/kg/day for 3 days"),
    ("2 g daily IV", "2 g/d i.v."),
    ("2 g daily IV", "3 doses of 1 g"),
    ("2 g daily IV", "2 g (IV) daily"),
    ("2 g daily IV", "2 g, daily, IV"),
    ("2 g daily IV", "0,5 mg daily"),
    ("2 g daily IV", "1,500 mg daily"),
    ("2 g daily IV", "50 mg/kg/day (max 2 g)"),
    ("treatments:", "adverse-events:\n  - name: rash\n    of: ceftriaxone\n    outcome: resolved\ntreatments:"),
    ("treatments:", "adverse-events:\n  - name: rash\n    of: ceftriaxone\n    causality: likely\ntreatments:"),
    ("treatments:", "adverse-events:\n  - name: rash\n    of: antibiotic\ntreatments:"),
    ("treatments:", "adverse-events:\n  - name: rash\n    of: Ceftriaxone\ntreatments:"),
    ("treatments:", "adverse-events: none\ntreatments:"),
    ("encounter: inpatient", "encounter: hospital"),
    ("treatments:", "consent: yes\ntreatments:"),
    ("CRP: 96 mg/L", "temperature: 38.9 C"),
    ("CRP: 96 mg/L", "temperature: 38.9°"),
    ("CRP: 96 mg/L", "temp: 38.9"),
    ("CRP: 96 mg/L", "WBC: 15.554/mm³"),
    ("CRP: 96 mg/L", "WBC: 15.5K"),
    ("CRP: 96 mg/L", "Hb: 9g/dl"),
    ("CRP: 96 mg/L", "hemoglobin: 9,1 g/dl"),
    ("CRP: 96 mg/L", "ESR: 120 mm/1 st hour"),
    ("CRP: 96 mg/L", "ALP: 420 UI/l"),
    ("sex: female", "sex: boy"),
    ("age: 61 years", "age: 6 yrs"),
    ("age: 61 years", "age: six years"),
    ("age: 61 years", "age: 6 years 3 months"),
    ("age: 61 years", "age: 6-year-old boy"),
    ("age: 61 years", "age: about 60"),
    ("age: 61 years", "age: 61 years old"),
    ("patient:\n  sex", "patient:\n  - sex"),
    ("title: \"An invented case\"", "title:"),
    ("name: fever", "name:: fever"),
    ("CRP: 96 mg/L", "CRP = 96 mg/L"),
    ("CRP: 96 mg/L", "CRP：96 mg/L"),
    ("{date: 2021-01-09, encounter: inpatient}", "{2021-01-09}"),
    ("{date: 2021-01-09, encounter: inpatient}", "{date:2021-01-09, encounter:inpatient}"),
    ("{date: 2021-01-09, encounter: inpatient}", "{date: 2021-01-09, encounter: inpatient"),
    ("{date: 2021-01-09, encounter: inpatient}", "{date: 2021-01-09; encounter: inpatient}"),
    ("{date: 2021-01-09, encounter: inpatient}", "(date: 2021-01-09)"),
    ("{date: 2021-01-09, encounter: inpatient}", "2021-01-09"),
    ("admission: {date: 2021-01-09, encounter: inpatient}", "admission:\n  date: 2021-01-09"),
    ("from: admission\n", "from: admission\n    stopped:\n      why: [rash, no effect]\n"),
    ("from: admission\n", "from: admission\n    stopped:\n      why: rash and fever\n"),
    ("from: admission\n", "from: admission\n    stopped: because of rash\n"),
    ("treatments:", "ruled-out: [pneumonia, sepsis]\ntreatments:"),
    ("treatments:", "ruled out:\n  - name: pneumonia\ntreatments:"),
    ("treatments:", "differential:\n  - name: pneumonia\ntreatments:"),
    ("treatments:", "diagnosis: pneumonia\ntreatments:"),
    ("treatments:", "imaging:\n  - name: chest X-ray\n    at: admission\n    findings: pleural effusion\ntreatments:"),
    ("treatments:", "imaging:\n  - name: chest X-ray\n    at: admission\n    result: normal\ntreatments:"),
    ("treatments:", "imaging:\n  - name: chest X-ray\n    at: admission\n    normal: true\ntreatments:"),
    ("treatments:", "course:\n  - name: recovered\n    at: follow-up\ntreatments:"),
    ("treatments:", "course:\n  - at: follow-up\n    text: recovered\ntreatments:"),
    ("name: fever\n", "name: rash\n    absent\n"),
    ("name: fever\n", "name: rash\n    present: false\n"),
    ("name: fever\n", "name: rash\n    absent: True\n"),
    ("CRP: 96 mg/L", "CRP: 96 mg/L, 12 mg/L"),
    ("CRP: 96 mg/L", "CRP: ↑ 96 mg/L"),
    ("CRP: 96 mg/L", "CRP: *96 mg/L"),
    ("CRP: 96 mg/L", "CRP: 96 mg/L at admission"),
    ("CRP: 96 mg/L", "CRP: 96 mg/L (high)"),
    ("CRP: 96 mg/L", "CRP: 96 mg/L (elevated, normal < 5)"),
    ("CRP: 96 mg/L", "CRP: 96 mg/L (ULN 5)"),
    ("CRP: 96 mg/L", "CRP: 96 mg/L (normal up to 5 mg/L)"),
    ("CRP: 96 mg/L", "CRP: -"),
    ("CRP: 96 mg/L", "CRP: \"96\" mg/L"),
    ("CRP: 96 mg/L", "CRP: CRP: 96 mg/L"),
    ("  - at: admission\n    values", "  - admission\n    values"),
    ("  - at: admission\n    values:", "  - values:"),
    ("treatments:", "labs:\n  - at: follow-up\n    values:\n      CRP: 2 mg/L\ntreatments:"),
)  # fmt: skip
"""A part of the case → what stands in its place."""

GOLDEN = Path(__file__).with_name("slips.txt")


def report(old: str, new: str) -> list[str]:
    assert old in CASE
    try:
        issues = casefhir.load(CASE.replace(old, new, 1).encode()).issues
    except casefhir.SourceError as error:
        return [f"{error.mark.line}:{error.mark.column}: error[source.unreadable] {error.message}"]
    return [line("", issue)[1:] for issue in issues]


def test_what_is_said_to_each_slip(update_golden: bool) -> None:
    """`pytest --update-golden` writes it anew; read the diff as an author would."""
    told = "".join(f"{new}\n" + "".join(f"  → {said}\n" for said in report(old, new) or ["fine"]) for old, new in SLIPS)
    if update_golden:
        GOLDEN.write_text(told, encoding="utf-8")

    assert told == GOLDEN.read_text(encoding="utf-8")


def test_each_slip_is_answered_with_what_to_write() -> None:
    said = [message for old, new in SLIPS for message in report(old, new) if ": information[" not in message]

    assert [message for message in said if not any(word in message for word in OFFERS)] == []


OFFERS = (
    "write", "use blanks", "did you mean", "leave", "needs quotes", "in quotes", "has no 'to'", "stands under",
    "indent it", "but in", "a reference is", "is not closed", "name it in", "has no ':'", "has absent: true",
    "it stays text", "would be usual",
)  # fmt: skip
