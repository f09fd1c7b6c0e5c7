"""Packs: what a report should tell, as data, and what of it a case file tells."""

from casefhir.packs.judging import STATUSES, Carrier, Judged, Verdict, judged
from casefhir.packs.pack import Pack, Point, Topic
from casefhir.packs.reading import FOLDER, OURS, pack_schema, read_pack

__all__ = [
    "FOLDER",
    "OURS",
    "STATUSES",
    "Carrier",
    "Judged",
    "Pack",
    "Point",
    "Topic",
    "Verdict",
    "judged",
    "pack_schema",
    "read_pack",
]
