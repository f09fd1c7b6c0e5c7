"""Tests for organisms: their results, organisms and susceptibilities → Observation."""

from collections.abc import Iterator

from casefhir.facts import Fact
from casefhir.fhir import concepts
from casefhir.fhir.categories import LABORATORY, absent_reason
from casefhir.fhir.context import Context, Resource
from casefhir.fhir.datatypes import (
    HL7,
    META,
    coding,
    concept,
    evidence,
    hedge,
    narrative,
    notes,
    present,
    sentence,
    value,
    value_of,
    written,
)
from casefhir.fhir.laboratory import NO_RESULT
from casefhir.fhir.specimen import specimen_at
from casefhir.fhir.times import times
from casefhir.measurement import of_specimen
from casefhir.microbes import Genotyped, Isolate, Outcome, Sensitivity
from casefhir.model.code import Code
from casefhir.model.microbiology import MicrobiologyTest, Susceptibility
from casefhir.model.quantity import Quantity
from casefhir.model.reaction import OF_GENES
from casefhir.model.result import Result


def outcome(fact: Fact, cx: Context) -> Iterator[Resource]:
    """
    The result of a test for organisms, told of the test as a whole: negative, positive, or in words.

    Source: https://hl7.org/fhir/R4/observation.html
    """
    record: Outcome = fact.record
    test = record.test
    when = times(test, cx)
    yield {
        "resourceType": "Observation",
        "id": cx.id(fact.key),
        "meta": META,
        "text": narrative(sentence(f"{_named(test)}: {test.result.text if test.result else test.text}", when.said)),
        "extension": [*evidence(test), *when.extension],
        "identifier": cx.identifier(fact.key),
        "status": "final",
        "category": LABORATORY,
        "code": test_code(test, cx),
        "subject": cx.subject,
        "encounter": when.encounter,
        **when.effective,
        **_result(test, cx),
        "interpretation": _interpretations(test.result, cx),
        "note": notes(*_result_notes(test.result), *written(test)),
        "method": _method(test, cx),
        "specimen": specimen_at(fact.path[:2], cx),
    }


def isolate(fact: Fact, cx: Context) -> Iterator[Resource]:
    """
    An organism that was found is the value; one that was looked for and not there stands beside the value `absent`.

    Source: https://hl7.org/fhir/R4/observation.html
    """
    record: Isolate = fact.record
    test, organism, amount = record.test, record.organism, record.organism.value
    when = times(test, cx)
    name = cx.concept(concepts.organism, organism.name, organism.code)
    looked_for = {"code": {"text": "organism looked for"}, "valueCodeableConcept": name}
    yield {
        "resourceType": "Observation",
        "id": cx.id(fact.key),
        "meta": META,
        "text": narrative(sentence(f"{_named(test)}: {_told(record)}", when.said, organism.note)),
        "extension": [*evidence(organism), *when.extension],
        "identifier": cx.identifier(fact.key),
        "status": "final",
        "category": LABORATORY,
        "code": {"text": f"{organism.name} by {test.name}"} if organism.absent else _identified(test, cx),
        "subject": cx.subject,
        "encounter": when.encounter,
        **when.effective,
        "valueCodeableConcept": cx.concept(concepts.qualifier, "absent") if organism.absent else name,
        "note": notes(None if isinstance(amount, Result) else hedge(amount), *written(organism)),
        "method": _method(test, cx),
        "specimen": specimen_at(fact.path[:2], cx),
        "component": present(looked_for if organism.absent else None, _amount(amount, cx)),
    }


def _amount(amount: Quantity | Result | None, cx: Context) -> Resource | None:
    """How much of an organism: a number, or the grade of a smear, a culture or a PCR."""
    if amount is None:
        return None
    if isinstance(amount, Result):
        return {"code": {"text": "amount"}, "valueCodeableConcept": cx.concept(concepts.qualifier, amount.text)}
    return {"code": {"text": "amount"}, **value_of(amount)}


def genotype(fact: Fact, cx: Context) -> Iterator[Resource]:
    """
    What was found in the genes of an organism, or looked for there: of the isolate, and no genetics of the patient.

    Source: https://hl7.org/fhir/R4/observation.html
    """
    record: Genotyped = fact.record
    found, organism = record.genotype, record.organism
    when = times(record.test, cx)
    resistance = [("resistance to", cx.concept(concepts.drug, drug)) for drug in found.resistance_to]
    told = f"{found.name} of {organism.name}: absent" if found.absent else f"{found.name} of {organism.name}"
    yield {
        "resourceType": "Observation",
        "id": cx.id(fact.key),
        "meta": META,
        "text": narrative(
            sentence(told, *(f"resistance to {drug}" for drug in found.resistance_to), when.said, found.note)
        ),
        "extension": [*evidence(found), *when.extension],
        "identifier": cx.identifier(fact.key),
        "status": "final",
        "category": LABORATORY,
        "code": {"text": f"{found.name} of {organism.name}" if found.absent else f"genotype of {organism.name}"},
        "subject": cx.subject,
        "encounter": when.encounter,
        **when.effective,
        "valueCodeableConcept": cx.concept(concepts.qualifier, "absent") if found.absent else {"text": found.name},
        "note": notes(*written(found)),
        "method": cx.concept(concepts.procedure, found.method) if found.method else _method(record.test, cx),
        "specimen": specimen_at(fact.path[:2], cx),
        "derivedFrom": [cx.reference(cx.key_at[record.isolate])],
        "component": [{"code": {"text": text}, "valueCodeableConcept": drug} for text, drug in resistance],
    }


def sensitivity(fact: Fact, cx: Context) -> Iterator[Resource]:
    """
    How an organism reacts to a drug: the inhibitory concentration if it is printed, else the judgement.

    The code of LOINC asks how the organism grows with the drug; what a test of its genes says has no code of its own.

    Source: https://hl7.org/fhir/R4/observation.html
    """
    record: Sensitivity = fact.record
    reaction, organism = record.value, record.organism
    when = times(record.test, cx)
    tested, of_genes = reaction.at_concentration, reaction.value in OF_GENES
    asked = f"{record.drug} resistance" if of_genes else record.drug
    yield {
        "resourceType": "Observation",
        "id": cx.id(fact.key),
        "meta": META,
        "text": narrative(
            sentence(organism.name if organism else None, f"{asked}: {_told_of(reaction)}", when.said, reaction.note)
        ),
        "extension": [*evidence(reaction), *when.extension],
        "identifier": cx.identifier(fact.key),
        "status": "final",
        "category": LABORATORY,
        "code": {"text": asked} if of_genes else cx.concept(concepts.susceptibility, record.drug),
        "subject": cx.subject,
        "encounter": when.encounter,
        **when.effective,
        **_reacted(reaction, cx),
        "interpretation": present(_judged(reaction.value) if reaction.value else None),
        "note": notes(hedge(reaction.mic), hedge(tested), *written(reaction)),
        "method": cx.concept(concepts.procedure, reaction.method) if reaction.method else None,
        "specimen": specimen_at(fact.path[:2], cx),
        "derivedFrom": [cx.reference(cx.key_at[record.isolate])] if organism else [],
        "component": [{"code": {"text": "concentration tested"}, **value_of(tested)}] if tested else [],
    }


def _told_of(said: Susceptibility) -> str:
    parts = (
        said.value,
        said.mic and f"(MIC {said.mic.text})",
        said.at_concentration and f"at {said.at_concentration.text}",
        said.method and f"by {said.method}",
    )
    return " ".join(part for part in parts if part)


def _reacted(said: Susceptibility, cx: Context) -> Resource:
    if said.mic:
        return value_of(said.mic)
    return {"valueCodeableConcept": cx.concept(concepts.qualifier, said.value or "")}


def _named(test: MicrobiologyTest) -> str:
    return " ".join(part for part in (test.name, test.specimen and f"of {test.specimen}") if part)


def _told(record: Isolate) -> str:
    organism = record.organism
    return f"{organism.name} {'absent' if organism.absent else organism.value.text if organism.value else ''}".strip()


def test_code(test: MicrobiologyTest, cx: Context) -> Resource | None:
    """The test: LOINC, if its code is of this specimen; else the procedure."""
    return cx.once(_test_code, test.name, test.specimen, test.code)


def _test_code(name: str, specimen: str | None, written: tuple[Code, ...], cx: Context) -> Resource | None:
    rows = cx.terms.labs.get(f"{specimen} {name}") or cx.terms.labs.get(name)
    row = next((row for row in of_specimen(rows, specimen) if row.scale != "Qn"), None)
    if row is None:
        return cx.concept(concepts.procedure, name, written)
    return concepts.laboratory_test(name, row, written)


def _identified(test: MicrobiologyTest, cx: Context) -> Resource | None:
    """The test as what found an organism: a code that asks for the presence of a certain one says another thing."""
    rows = cx.terms.labs.get(f"{test.specimen} {test.name}") or cx.terms.labs.get(test.name)
    if test.code or all(row.scale == "Nom" for row in rows):
        return test_code(test, cx)
    return {"text": test.name}


def _result(test: MicrobiologyTest, cx: Context) -> Resource:
    result = test.result
    if result is None:
        return {"valueString": test.text}
    if reason := NO_RESULT.get(result.word):
        return {"dataAbsentReason": absent_reason(*reason, result.text)}
    if result.quantity:
        return value_of(result.quantity)
    if result.titre:
        return value(result.titre, None, None)
    return {"valueCodeableConcept": cx.concept(concepts.qualifier, result.word or result.grade, result.text)}


def _interpretations(result: Result | None, cx: Context) -> list[Resource]:
    words = dict.fromkeys([result.flag, result.word]) if result else {}
    return present(*(cx.concept(concepts.interpretation, word) for word in words if word))


def _result_notes(result: Result | None) -> Iterator[str | None]:
    if result is None:
        return
    yield hedge(result.quantity)
    if result.detail or result.flag or result.reference or result.limits:
        yield f"the result in full: {result.text}"


def _method(test: MicrobiologyTest, cx: Context) -> Resource | None:
    return cx.concept(concepts.procedure, test.method) if test.method else None


_JUDGED = {
    "susceptible": "S",
    "susceptible-dose dependent": "SDD",
    "intermediate": "I",
    "non-susceptible": "NS",
    "resistant": "R",
    "detected": "DET",
    "not detected": "ND",
    "indeterminate": "IND",
}
"""Source: https://hl7.org/fhir/R4/v3/ObservationInterpretation/cs.html"""


def _judged(reaction: str) -> Resource | None:
    code = _JUDGED[reaction]
    told = concepts.INTERPRETATIONS[code]
    return concept(reaction, coding(HL7 + "v3-ObservationInterpretation", code, told))
