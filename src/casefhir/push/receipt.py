"""The receipt of a push: which fact became which resource and version on which server."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Literal, Self

import msgspec

from casefhir.export import indented
from casefhir.push.parts import Done
from casefhir.push.plan import Step
from casefhir.push.stored import Stored
from casefhir.push.wanted import Identity

State = Literal["under way", "complete"]


class Line(msgspec.Struct, frozen=True, omit_defaults=True):
    """One resource of the case on the server."""

    key: str
    type: str
    id: str
    version: str | None
    """None where the server keeps no versions."""
    sent: str
    """The digest of what was sent."""


class Receipt(msgspec.Struct, frozen=True):
    """What is known to be on a server of one case."""

    case: str
    server: str
    """The base of the server; without user, password and query."""
    state: State
    resources: Sequence[Line] = ()
    under_way: Sequence[str] = ()
    """The requests that were begun, and whose answers never came: `PUT Observation/c…`."""

    @property
    def known(self) -> Mapping[Identity, str]:
        """The id of each resource."""
        return {(line.type, line.key): line.id for line in self.resources}

    def settled(self, stored: Iterable[Stored], digests: Mapping[Identity, str]) -> frozenset[Identity]:
        """What was sent as it is wanted now and was not touched since; the server may have written it its own way."""
        held = {(*one.identity, one.id, one.version) for one in stored}
        return frozenset(
            identity
            for line in self.resources
            if (*(identity := (line.type, line.key)), line.id, line.version) in held
            and line.sent == digests.get(identity)
        )

    def seen(self, stored: Iterable[Stored]) -> Self:
        """The receipt with the versions that the server gave, and did not tell when it was asked to store."""
        versions = {(*one.identity, one.id): one.version for one in stored}
        lines = [
            msgspec.structs.replace(line, version=line.version or versions.get((line.type, line.key, line.id)))
            for line in self.resources
        ]
        return msgspec.structs.replace(self, resources=tuple(lines))

    def begun(self, steps: Iterable[Step]) -> Self:
        """The receipt before a request: what it is about to do."""
        requests = tuple(f"{step.method} {step.url}" for step in steps)
        return msgspec.structs.replace(self, state="under way", under_way=requests)

    def ended(self, done: Iterable[Done], digests: Mapping[Identity, str]) -> Self:
        """The receipt after a request: what it did."""
        lines = {(line.type, line.key): line for line in self.resources}
        for one in done:
            if one.place is None:
                lines.pop(one.identity, None)
            else:
                kind, key = one.identity
                id = one.place.partition("/")[2]
                lines[one.identity] = Line(key, kind, id, one.version, digests[one.identity])
        return msgspec.structs.replace(self, resources=tuple(lines.values()), under_way=())

    def complete(self, held: Mapping[Identity, Stored], digests: Mapping[Identity, str]) -> Self:
        """The receipt of what was read back: all that is there."""
        lines = tuple(
            Line(identity[1], identity[0], one.id, one.version, digests[identity]) for identity, one in held.items()
        )
        return msgspec.structs.replace(self, state="complete", resources=lines, under_way=())


def receipt(content: bytes) -> Receipt:
    """The text of a file as a receipt. Raises: ReceiptError."""
    try:
        return msgspec.json.decode(content, type=Receipt)
    except msgspec.MsgspecError as error:
        raise ReceiptError(f"no receipt: {error}") from error


def read_receipt(path: Path, case: str, server: str) -> Receipt:
    """The receipt in a file, or an empty one if there is none. Raises: ReceiptError, OSError."""
    try:
        found = receipt(path.read_bytes())
    except FileNotFoundError:
        return Receipt(case, server, "under way")
    except ReceiptError as error:
        raise ReceiptError(f"{path} is {error}") from error
    if (found.case, found.server) != (case, server):
        raise ReceiptError(f"{path} is the receipt of the case {found.case} on {found.server}")
    return found


class ReceiptError(ValueError):
    """The file of the receipt holds something else."""


def receipt_text(receipt: Receipt) -> bytes:
    """The receipt as the text of a file."""
    return indented(msgspec.json.encode(receipt))
