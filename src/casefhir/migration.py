"""A case file of an older version of the format → the same as one of the newest version."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

from casefhir.edit import Edit, edited
from casefhir.schema import newest_version
from casefhir.source import Source

Upgrade = Callable[[Source], Iterable[Edit]]
"""Edits after which a file of one version says the same in the next; the number of the version is not among them."""

UPGRADES: Mapping[int, Upgrade] = {}
"""Version → the upgrade to the next one; there is one for each but the newest."""


def version(source: Source) -> int | None:
    """The version of the format that a file says that it has; None if it says none."""
    written = source.data.get("casefhir")
    is_number = isinstance(written, int | Decimal) and not isinstance(written, bool)
    return int(written) if is_number and written == int(written) else None


def migrated(source: Source, upgrades: Mapping[int, Upgrade] = UPGRADES) -> Source:
    """
    The file in the newest version that the upgrades lead to.

    Comments and layout stay, and each line keeps its number, so that what is said of the file is said of its lines.
    A file whose version is unknown stays as it is: `check` says so.
    """
    while (old := version(source)) in upgrades:
        assert old is not None, "a key of the table"
        number = source.value_at(("casefhir",))
        assert number is not None, "it was read as a number"
        renumbered = Edit(number.start_mark.index, number.end_mark.index, str(old + 1))
        newer = source.rewritten(edited(source.text, [*upgrades[old](source), renumbered]))
        assert newer.text.count("\n") == source.text.count("\n"), "an upgrade keeps the lines"
        source = newer
    return source


def is_newest(source: Source) -> bool:
    """Whether a file is of the newest version."""
    return version(source) == newest_version()
