"""Facts on what was before, and around → what the list of their section says of each."""

from casefhir.facts import Fact
from casefhir.fhir.allergy import allergy_in_words
from casefhir.fhir.exposure import exposure_in_words
from casefhir.fhir.family import relative_in_words
from casefhir.fhir.others import other_in_words
from casefhir.fhir.social import habit_in_words
from casefhir.model.allergy import Allergy
from casefhir.model.exposure import Exposure
from casefhir.model.family import Relative
from casefhir.model.history import History
from casefhir.model.immunization import Immunization
from casefhir.model.others import Other
from casefhir.model.perspective import Perspective
from casefhir.model.social import Habit


def listed(fact: Fact) -> str | None:
    """A fact in words: what is absent must not read as present. None for a fact that its label says."""
    label: str = fact.record.label
    match fact.record.stated:
        case History(none=True):
            return "no medical history"
        case Allergy() as one:
            return allergy_in_words(one)
        case History(absent=True) | Immunization(absent=True):
            return f"no {label}"
        case Immunization(not_done=str()):
            return f"{label} (not done)"
        case Immunization(says=str(told)):
            return told
        case Relative() as relative:
            return relative_in_words(relative)
        case Other() as one:
            return other_in_words(one)
        case Exposure() as one:
            return exposure_in_words(one)
        case Habit() as habit:
            return f"{label}: {habit_in_words(habit)}"
        case Perspective(says=says, by=by):
            return f"{by}: {says}"
    return None
