"""What a FHIR server holds, asked without anything of casefhir."""

from __future__ import annotations

import json
import urllib.request
from collections import Counter
from typing import Any

Resource = dict[str, Any]


def get(url: str) -> Any:
    request = urllib.request.Request(url, headers={"Accept": "application/fhir+json", "Cache-Control": "no-cache"})
    with urllib.request.urlopen(request, timeout=120) as response:
        return json.load(response)


def everything(base: str, types: tuple[str, ...]) -> list[Resource]:
    """Every resource of some types."""
    found = []
    for type in types:
        url: str | None = f"{base}/{type}?_count=1000"
        while url:
            page = get(url)
            found += [entry["resource"] for entry in page.get("entry", [])]
            url = next((link["url"] for link in page.get("link", []) if link["relation"] == "next"), None)
    return found


def counts(resources: list[Resource]) -> Counter[str]:
    return Counter(resource["resourceType"] for resource in resources)


def versions(resources: list[Resource]) -> dict[str, str]:
    return {f"{one['resourceType']}/{one['id']}": one["meta"]["versionId"] for one in resources}
