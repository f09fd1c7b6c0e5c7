"""What the patient is to the patient of another case file of the same report → RelatedPerson."""

from collections.abc import Iterator

from casefhir.fhir import concepts
from casefhir.fhir.context import Context, Resource
from casefhir.fhir.datatypes import META, narrative

KEY = "part-of"
"""The key of the only RelatedPerson; of several each has the other case in its key."""


def kinship(cx: Context) -> Iterator[Resource]:
    """
    This patient as the mother, or another relative, of a patient whose bundle is another.

    That patient is referred to by identifier, for no Patient is invented. The RelatedPerson has the identifier of this
    patient besides its own: the two are one person.
    Source: https://hl7.org/fhir/R4/relatedperson.html
    """
    for other, relation in cx.case.kin:
        if not relation:
            continue
        key = KEY if len(cx.case.part_of) == 1 else f"{KEY}/{other}"
        yield {
            "resourceType": "RelatedPerson",
            "id": cx.id(key),
            "meta": META,
            "text": narrative(f"The patient is the {relation} of the patient of the case {other}"),
            "identifier": [*cx.identifier(key), *cx.identifier("patient")],
            "patient": cx.of_case(other, "patient"),
            "relationship": [cx.concept(concepts.relation, relation)],
        }
