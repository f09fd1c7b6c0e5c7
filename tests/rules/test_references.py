"""Names that a case uses: of events, treatments, diagnoses and facts."""

import pytest
from tests.rules.written import HEAD, PATIENT, alarms, issues

from casefhir.pipeline import load


@pytest.mark.parametrize(
    ("defined", "used", "hint"),
    [
        ("admission, review", ["admission", "review", "admision"], "no event 'admision'; did you mean 'admission'?"),
        ("admission", ["admission", "within 2 days of admision"], "did you mean 'admission'?"),
        ("admission", ["admission", "discharge"], "write discharge: {} below 'events:', or use admission"),
        ("visit-1, visit-2", ["visit-1", "visit-2", "visit-3"], "write visit-3: {} below"),
        ("follow-up, visit", ["visit", "follow-up", "follow-u"], "did you mean 'follow-up'?"),
        # the name was misspelt where it is defined
        ("admision", ["admission", "admission"], "the event 'admision' is used nowhere, but 'admission' is, 2 times"),
    ],
)
def test_undefined_event_offers_near_names(defined: str, used: list[str], hint: str) -> None:
    events = "".join(f"  {name}: {{date: 2020}}\n" for name in defined.split(", "))
    findings = "".join(f"  - {{name: fever, at: {at}, id: n{n}}}\n" for n, at in enumerate(used))

    assert hint in alarms(f"events:\n{events}findings:\n{findings}")["references.undefined-event"]


@pytest.mark.parametrize("word", ["present", "ongoing", "now"])
def test_what_goes_on_has_no_end(word: str) -> None:
    told = alarms(
        f"treatments:\n  - {{drug: ibuprofen, from: 2020, to: {word}}}\nfindings:\n  - {{name: rash, to: {word}}}"
    )

    said = f"no event '{word}'; what goes on has no 'to'"
    assert told["references.undefined-event"].splitlines() == [f"{said}, but continues: true", said]


def test_undefined_event_is_reported_at_each_use() -> None:
    told = issues("findings:\n  - {name: fever, at: review}\n  - {name: rash, at: review + 2 days}")

    assert [(issue.mark.line, issue.mark.column) for issue in told] == [(6, 19), (7, 18)]


def test_undefined_event_hides_what_only_follows_from_it() -> None:
    """A fact at a moment that does not exist has another key, so a doubt about it would seem to be wrong too."""
    told = alarms(
        "events: {admission: {date: 2020}, review: {date: 2021}}",
        "labs:\n  - {at: admision, values: {CRP: 96 mg/L}}\n  - {at: review, values: {CRP: 9 mg/L}}",
        "findings:\n  - {name: fever, at: admission}",
        "doubts:\n  - {about: labs/CRP/admission, says: printed twice}",
    )

    assert set(told) == {"references.undefined-event"}


@pytest.mark.parametrize(
    ("events", "circle"),
    [
        ("a: {date: a + 1 day}", "a → a"),
        ("a: {date: b + 1 day}, b: {date: a - 1 day}", "a → b → a"),
        ("a: {date: b}, b: {date: c}, c: {date: before a}", "a → b → c → a"),
        ("a: {date: 2020}, b: {date: c or a}, c: {date: within 2 days of b}", "b → c → b"),
        ("a: {date: day 5 of b}, b: {date: a, first-day: 0}", "a → b → a"),
    ],
)
def test_circular_event(events: str, circle: str) -> None:
    assert alarms(f"events: {{{events}}}")["references.circular-event"].endswith(f": {circle}")


@pytest.mark.parametrize(
    "events",
    [
        "a: {date: 2020}, b: {date: a + 1 day}, c: {date: a + 1 day}, d: {date: b..c}",
        "c: {date: b + 1 day}, b: {date: a + 1 day}, a: {date: 2020}",
        "a: {}, b: {date: after a}",
    ],
)
def test_events_may_hang_on_each_other(events: str) -> None:
    assert alarms(f"events: {{{events}}}") == {}


DRUGS = (
    "treatments:\n  - {drug: tocilizumab, at: 2020}\n  - {drug: tofacitinib, at: 2021, id: second}\n"
    "  - {drug: mycophenolate mofetil, regimen: VRd, at: 2022}\n"
)


@pytest.mark.parametrize(
    ("after", "hint"),
    [
        ("tocilizumap", "did you mean 'tocilizumab'?"),
        ("etanercept", "name it in 'treatments:', which has tocilizumab, tofacitinib, mycophenolate mofetil, VRd"),
        ("tocilizumab/2021", "is it 'tocilizumab/2020' or 'second'?"),
        ("tofacitinib/2020", "is it 'tocilizumab/2020' or 'second'?"),
        ("mycophenolate", "did you mean 'mycophenolate mofetil'?"),
        ("VRt", "did you mean 'VRd'?"),
    ],
)
def test_unknown_treatment(after: str, hint: str) -> None:
    told = alarms(DRUGS, f"course:\n  - {{what: better, after: {after}}}")

    assert hint in told["references.unknown-treatment"]


@pytest.mark.parametrize(
    "after", ["tocilizumab", "Tocilizumab", "tocilizumab/2020", "Actemra", "second", "VRd", "vrd/2022"]
)
def test_known_treatment(after: str) -> None:
    assert alarms(DRUGS, f"course:\n  - {{what: better, after: {after}}}") == {}


GIVEN = """
events: {venetoclax: {date: 2021-03-20}, vrd: {date: 2021-04-20}, surgery: {date: 2021-09}, c2: {date: 2021-05-20}}
procedures:
  - {name: surgery, at: surgery}
treatments:
  - {drug: venetoclax, from: venetoclax}
  - {drug: venetoclax, at: c2}
  - {drug: dexamethasone, from: venetoclax}
  - {drug: bortezomib, regimen: VRd, from: vrd}
  - {drug: bortezomib, regimen: VRd, from: c2}
  - {drug: aciclovir, from: vrd}
  - {drug: cefazolin, at: surgery}
  - {drug: VRd, at: 2022}
labs:
  - {at: surgery, values: {CRP: 96 mg/L}}
"""


@pytest.mark.parametrize(
    ("about", "meant"),
    [
        ("venetoclax", "venetoclax/venetoclax, venetoclax/c2"),  # and not what began at the event
        ("venetoclax/venetoclax", "venetoclax/venetoclax"),  # a part of the key for each part of the reference
        ("venetoclax/c2", "venetoclax/c2"),
        ("dexamethasone/venetoclax", "dexamethasone/venetoclax"),
        ("bortezomib/vrd", "bortezomib/vrd"),  # the event, where the regimen was given in two cycles
        ("VRd/c2", "bortezomib/c2"),
        ("VRd", "vrd/2022"),  # a drug's name before a regimen's
        ("c2", "venetoclax/c2, bortezomib/c2"),  # what is no name is a moment
        ("surgery", "surgery/surgery"),
    ],
)
def test_a_name_is_no_moment(about: str, meant: str) -> None:
    chart = load((HEAD + PATIENT + GIVEN).encode()).chart

    assert chart
    assert ", ".join(key.partition("/")[2] for key in chart.interventions(about)) == meant


def test_an_event_is_named_with_what_was_then() -> None:
    chart = load((HEAD + PATIENT + GIVEN).encode()).chart

    assert chart
    assert chart.keys.named("c2") == ("events/c2", "treatments/venetoclax/c2", "treatments/bortezomib/c2")
    assert chart.keys.named("labs/surgery") == ("labs/crp/surgery", "labs/surgery")


LABS = "events: {admission: {date: 2020}}\nlabs:\n  - {at: admission, values: {CRP: 96 mg/L, IL-6: 40 pg/mL}}\n"


@pytest.mark.parametrize(
    ("about", "hint"),
    [
        ("labs/CRP/review", "is it 'labs/crp/admission'?"),
        ("labs/IL-5", "is it 'labs/"),
        ("bloods", "write it like labs/CRP/admission"),
    ],
)
def test_unknown_fact(about: str, hint: str) -> None:
    told = alarms(LABS, f"doubts:\n  - {{about: {about}, says: printed twice}}")

    assert hint in told["references.unknown-fact"]


@pytest.mark.parametrize(
    "about",
    ["labs/CRP/admission", "labs/CRP", "CRP", "labs/C-reactive protein", "labs/crp", "labs/admission", "article"],
)
def test_known_fact(about: str) -> None:
    assert alarms(LABS, f"doubts:\n  - {{about: {about}, says: printed twice}}") == {}


DRUGS_AND_TESTS = (
    "events: {admission: {date: 2020}}\n"
    "labs:\n  - {at: admission, values: {albumin: 16 g/L}}\n"
    "treatments:\n  - {drug: albumin, at: admission}\n  - {drug: piperacillin / tazobactam, from: admission}\n"
)


@pytest.mark.parametrize(
    "about",
    [
        "treatments/albumin",
        "treatments/albumin/admission",
        "treatments/piperacillin / tazobactam",
        "treatments/piperacillin/tazobactam/admission",
        "piperacillin / tazobactam",
        "labs/albumin",
    ],
)
def test_a_name_may_be_a_test_and_a_drug_and_may_have_a_stroke(about: str) -> None:
    assert alarms(DRUGS_AND_TESTS, f"doubts:\n  - {{about: {about}, says: printed twice}}") == {}


def test_a_drug_that_is_a_test_too_is_a_treatment() -> None:
    assert alarms(DRUGS_AND_TESTS, "course:\n  - {what: better, after: albumin}") == {}


def test_misspelt_drug_is_told_of_beside_what_follows_from_it() -> None:
    told = alarms("treatments:\n  - {drug: tocilizumap}\ncourse:\n  - {what: better, after: tocilizumab}")

    assert set(told) == {"names.misspelt", "references.unknown-treatment"}


def test_subject_is_found_beside_an_adverse_event_of_that_name() -> None:
    """The table has another name for the disease than both are written with."""
    told = alarms(
        "diagnoses: [{name: Lyell syndrome}]",
        "treatments: [{drug: carbamazepine, at: 2020}]",
        "adverse-events: [{name: Lyell syndrome, of: carbamazepine}]",
        "course: [{what: gone, of: Lyell syndrome}]",
    )

    assert not told
