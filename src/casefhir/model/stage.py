"""How far a disease has gone, or how grave it is, by a named system."""

import re

from casefhir.model.fields import Codes, Text
from casefhir.model.record import Timed
from casefhir.model.tnm import Category, tnm


class Stage(Timed):
    """A stage, a grade or a class of a disease: `TNM`, `FIGO`, `lupus nephritis class`."""

    system: Text
    """The system: `TNM`, `FIGO`, `NYHA class`, `Miettinen`."""

    value: Text
    """The stage as printed: `pT2 N0 M0`, `III (A/C)`, `low risk`."""

    of: Text | None = None
    """The diagnosis that it is a stage of."""

    code: Codes = ()
    """Codes of the system."""

    @property
    def label(self) -> str:
        return self.system

    @property
    def is_tnm(self) -> bool:
        """Whether the value is one of TNM, and no group of stages."""
        return bool(re.match(_TNM, self.system))

    @property
    def categories(self) -> tuple[Category, ...]:
        """The categories of TNM; none of any other system, or where the value cannot be read as TNM."""
        return tnm(self.value) if self.is_tnm else ()


_TNM = r"(?i)TNM\b(?!.*\b(?:stage|group))"
