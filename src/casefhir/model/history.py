"""What the patient had before the reported disease, or has besides it."""

from typing import Literal, NamedTuple

from casefhir.model.fields import Codes, Site, Text
from casefhir.model.record import Timed
from casefhir.model.when import When


class History(Timed):
    """A disease of the past or beside the reported one, or one that was asked for and is not there."""

    name: Text | None = None
    """`partial epilepsy`: one name …"""

    names: tuple[Text, ...] = ()
    """… or several that share all the rest: `[hypertension, chronic liver disease]`."""

    none: bool = False
    """… or that the article says that there is no history at all: `no pathological history`."""

    code: Codes = ()
    """Codes in place of those of the tables."""

    absent: bool = False
    """Asked for and not there: `no history of hypertension`."""

    status: Literal["active", "recurrence", "relapse", "inactive", "remission", "resolved"] | None = None
    """Only if the article says how it stands."""

    certainty: Literal["confirmed", "provisional", "unconfirmed"] = "confirmed"
    """How sure the authors are of it."""

    severity: Text | None = None
    """`mild`, `moderate`, `severe`."""

    sites: tuple[Site, ...] = ()
    """`[right knee]`."""

    cause: Text | None = None
    """What set it off; the name of another disease of the file links the two."""

    @property
    def label(self) -> str:
        return self.name or "none"


class Past(NamedTuple):
    """One disease of the history, or the statement that there is none."""

    name: str
    record: History

    @property
    def label(self) -> str:
        return self.name

    @property
    def stated(self) -> History:
        return self.record

    @property
    def moment(self) -> When | None:
        return self.record.moment
