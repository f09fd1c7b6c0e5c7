"""A FHIR client of a few lines: post, get, count, by the standard library alone."""

import json
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from collections.abc import Iterator
from typing import Any

Answer = tuple[int, dict[str, Any]]
"""The HTTP status and the resource that came with it."""


def post(base: str, bundle: bytes) -> Answer:
    """Post a bundle to the base of a server."""
    headers = {"Content-Type": "application/fhir+json", "Accept": "application/fhir+json"}
    return _answer(urllib.request.Request(base, bundle, headers))


def get(base: str, path: str, **query: str) -> Answer:
    """Read a resource, or search."""
    return _answer(urllib.request.Request(f"{base}/{path}?{urllib.parse.urlencode(query)}"))


def _answer(request: urllib.request.Request) -> Answer:
    try:
        with urllib.request.urlopen(request, timeout=120) as response:
            return response.status, json.load(response)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


def count(base: str, kind: str) -> int:
    """How many resources of a type the server has."""
    total: int = get(base, kind, _summary="count")[1]["total"]
    return total


def all_of(base: str, path: str, **query: str) -> Iterator[dict[str, Any]]:
    """Every resource that a search finds, page by page."""
    status, page = get(base, path, **query)
    while True:
        assert status == 200, page
        yield from (entry["resource"] for entry in page.get("entry", []))
        following = next((link["url"] for link in page.get("link", []) if link["relation"] == "next"), None)
        if following is None:
            return
        status, page = _answer(urllib.request.Request(following))


def kinds(resources: Iterator[dict[str, Any]] | list[dict[str, Any]]) -> Counter[str]:
    """How many resources there are of each type."""
    return Counter(resource["resourceType"] for resource in resources)
