"""A transaction with ids → bulk files: one type a file, one resource a line."""

from collections.abc import Callable, Sequence
from typing import Any

from casefhir.bundles.dependency import groups

Entry = dict[str, Any]


def bulk(entries: Sequence[Entry], encoded: Callable[[Any], bytes]) -> dict[str, bytes]:
    """
    File name → its lines, as the Bulk Data specification names and writes them: `Patient.ndjson`.

    Within a file a resource comes after those that it refers to. `encoded` gives a resource as JSON in one line.
    Source: https://hl7.org/fhir/uv/bulkdata/export.html#response---output-manifest
    """
    files: dict[str, list[bytes]] = {}
    for at in (at for group in groups(entries) for at in group):
        resource = entries[at]["resource"]
        files.setdefault(f"{resource['resourceType']}.ndjson", []).append(encoded(resource))
    return {name: b"\n".join([*lines, b""]) for name, lines in files.items()}
