"""
Bundle → faults: what a FHIR R4 server or the official validator would refuse, before it is written.

The schema `r4.schema.json` says nearly all: types, members, value sets, invariants, vital signs.
What no schema can say it calls by name: a format of `references`, `units` or `narrative`, or a
predicate of `invariants`. A good bundle costs one pass of the engine; words are looked for only
where something is wrong.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from casefhir.fhir.gate import entries, references, units
from casefhir.fhir.gate.fault import Fault
from casefhir.fhir.gate.schema import validator

__all__ = ["Fault", "faults"]


def faults(bundle: Mapping[str, Any], *, known: Collection[str] = ()) -> Iterator[Fault]:
    """
    Everything wrong with a bundle, in the order of its entries; nothing for a good one.

    `known` are UCUM codes that need no check: for any other a library is loaded, which takes half a
    second once.

    Raises: ValueError for a value that JSON does not have, such as a date object.
    Source: https://hl7.org/fhir/R4/validation.html
    """
    whole = bundle if isinstance(bundle, dict) else dict(bundle)
    units.accept(known)
    found: list[Fault] = []
    with references.within(whole) as is_plain:
        if not validator().is_valid(whole):
            from casefhir.fhir.gate import explanation

            found += explanation.faults(whole)
        if not is_plain:
            found += entries.faults(whole)
    yield from sorted(set(found), key=_order)


def _order(fault: Fault) -> tuple[int, Fault]:
    number = fault.place.removeprefix("entry[").partition("]")[0]
    return (int(number) if number.isdigit() else -1), fault
