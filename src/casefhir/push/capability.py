"""A server's CapabilityStatement → how a case may be sent there."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

import msgspec

from casefhir.bundles import Limits
from casefhir.targets import NAMES, target

Way = Literal["transaction", "batch", "single"]


class _Code(msgspec.Struct):
    code: str


class _Type(msgspec.Struct, rename="camel"):
    type: str
    update_create: bool = False
    interaction: Sequence[_Code] = ()


class _Rest(msgspec.Struct):
    mode: str = "server"
    interaction: Sequence[_Code] = ()
    resource: Sequence[_Type] = ()


class _Software(msgspec.Struct):
    name: str = ""
    version: str = ""


class _Statement(msgspec.Struct, rename="camel"):
    resource_type: Literal["CapabilityStatement"]
    fhir_version: str = ""
    software: _Software = msgspec.field(default_factory=_Software)
    rest: Sequence[_Rest] = ()


class Capability(NamedTuple):
    """What a server says of itself."""

    fhir_version: str
    software: str
    way: Way
    """All or nothing; many at once, each for itself; or one after another."""
    can_batch: bool
    """Whether many reads go in one request."""
    chosen_ids: bool
    """Whether it stores every type under the id that the client chooses."""
    types: frozenset[str]

    @property
    def is_r4(self) -> bool:
        """Whether it speaks FHIR R4, which is all that is sent."""
        return self.fhir_version.startswith("4.0")


class NoCapabilityError(ValueError):
    """What came is no CapabilityStatement."""


def capability(statement: bytes) -> Capability:
    """
    What a CapabilityStatement says; what it does not say, the server cannot.

    Raises: NoCapabilityError.
    Source: https://hl7.org/fhir/R4/capabilitystatement.html
    """
    try:
        said = msgspec.json.decode(statement, type=_Statement)
    except msgspec.MsgspecError as error:
        raise NoCapabilityError(str(error)) from error
    rest = next((rest for rest in said.rest if rest.mode == "server"), _Rest())
    can = {interaction.code for interaction in rest.interaction}
    return Capability(
        fhir_version=said.fhir_version,
        software=f"{said.software.name} {said.software.version}".strip(),
        way="transaction" if "transaction" in can else "batch" if "batch" in can else "single",
        can_batch="batch" in can,
        chosen_ids=bool(rest.resource) and all(type.update_create for type in rest.resource),
        types=frozenset(type.type for type in rest.resource),
    )


def limits(can: Capability, entries: int | None) -> Limits:
    """How large a request may be: what is known of the server by the name of its software, and what is asked for."""
    known = (target(name) for name in NAMES[1:] if name in can.software.lower())
    found = next(known, target(NAMES[0]))
    numbers = [number for number in (entries, found.entries, found.updates) if number]
    return Limits(min(numbers, default=None), found.bytes)
