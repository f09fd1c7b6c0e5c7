"""What the patient, or the family, tells of the disease and its treatment."""

from casefhir.model.fields import Text, When
from casefhir.model.record import Record
from casefhir.model.when import When as AnyWhen


class Perspective(Record):
    """How the patient or somebody near saw it."""

    says: Text
    """What is told, in a few words of your own."""

    by: Text
    """Who tells it: `patient`, `mother`."""

    at: When | None = None
    """When it was told."""

    @property
    def label(self) -> str:
        return self.by

    @property
    def moment(self) -> AnyWhen | None:
        return self.at
