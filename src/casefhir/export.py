"""A checked case → a document: which exporter makes which, by name."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any, NamedTuple

import msgspec

from casefhir.chart import Chart
from casefhir.fhir import resources
from casefhir.fhir.bundle import Ids, Kind, bundle
from casefhir.fhir.context import context
from casefhir.fhir.gate import Fault, faults
from casefhir.guides import conforming
from casefhir.issue import Issue
from casefhir.source import Path
from casefhir.terms import terms

Document = dict[str, Any]
"""What an exporter makes: one JSON document."""


class Options(NamedTuple):
    """How a document is wanted."""

    bundle: Kind = "transaction"
    ids: Ids = "post"
    guides: tuple[str, ...] = ()
    """The implementation guides whose profiles the resources are to claim and fit, of `casefhir.guides.NAMES`."""
    places: Mapping[Path, str] = MappingProxyType({})
    """Record → where the article proves it; empty if it was not at hand."""


class Exporter(NamedTuple):
    """A target format."""

    name: str
    export: Callable[[Chart, Iterable[Issue], Options], Document]
    faults: Callable[[Document], Iterable[Fault]]
    """What is wrong with a document; nothing, or the program is wrong."""


def _fhir_r4(chart: Chart, issues: Iterable[Issue], options: Options) -> Document:
    made = resources(context(chart, issues, options.places))
    return bundle(conforming(made, options.guides), kind=options.bundle, ids=options.ids)


def _fhir_r4_faults(document: Document) -> Iterator[Fault]:
    return faults(document, known=terms().units.codes)


EXPORTERS: Mapping[str, Exporter] = {"fhir-r4": Exporter("fhir-r4", _fhir_r4, _fhir_r4_faults)}
"""The formats by name."""

_ENCODER = msgspec.json.Encoder(decimal_format="number")
_DECODER = msgspec.json.Decoder(Document, float_hook=Decimal)


def encoded(document: Document) -> bytes:
    """A document as JSON in one line, digits kept: `85.00` stays `85.00`."""
    return _ENCODER.encode(document)


def decoded(json: bytes) -> Document:
    """JSON as a document, digits kept."""
    return _DECODER.decode(json)


def indented(json: bytes) -> bytes:
    """JSON for people: a line for each member."""
    return msgspec.json.format(json, indent=2) + b"\n"
