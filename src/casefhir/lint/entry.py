"""What is wrong with an entry of a bundle: its resource, its name, and what the server is asked to do with it."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from casefhir.lint.bundle import LOADED
from casefhir.lint.document import Document
from casefhir.lint.nearest import nearest
from casefhir.lint.rule import Remarks
from casefhir.source import Path
from casefhir.targets.table import Target

METHODS = ("POST", "PUT", "GET", "DELETE", "PATCH", "HEAD")

_ID = re.compile(r"[A-Za-z0-9.-]{1,64}")
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_ABSOLUTE = re.compile(r"(https?://|urn:oid:)\S+")
_CONDITION = re.compile(r"[_a-z][A-Za-z0-9._:-]*=[^&=]+(&[_a-z][A-Za-z0-9._:-]*=[^&=]+)*")


def is_sent(document: Document) -> bool:
    """Whether the entries are requests."""
    return document.form == "bundle" and document.bundle.get("type") in LOADED


def no_request(document: Document, target: Target) -> Remarks:
    """
    An entry of a transaction without a whole request.

    Why: the server is told by it what to do with the resource (bdl-3).
    Bad:  {"fullUrl": "urn:uuid:…", "resource": {"resourceType": "Patient"}}
    Good: the same with "request": {"method": "POST", "url": "Patient"}
    Source: https://hl7.org/fhir/R4/bundle.html#invs
    """
    if not is_sent(document):
        return
    for path, message in document.told("request"):
        resource = document.entries[int(path[1])].get("resource")
        type = resource.get("resourceType") if isinstance(resource, dict) else None
        yield path, f'{message}; expected {{"method": "POST", "url": "{type}"}}'
    for number, entry in enumerate(document.entries):
        request = entry.get("request")
        missing = [name for name in ("method", "url") if not isinstance(request, dict) or name not in request]
        for name in missing if request is not None else ():
            yield ("entry", number, "request", name), "is missing"


def no_resource(document: Document, target: Target) -> Remarks:
    """
    An entry that stores something, without the resource.

    Why: a POST or a PUT has a body.
    Bad:  {"request": {"method": "POST", "url": "Patient"}}
    Good: {"resource": {"resourceType": "Patient"}, "request": {"method": "POST", "url": "Patient"}}
    Source: https://hl7.org/fhir/R4/bundle.html#invs
    """
    storing = {number for number, method, _ in document.requests if method in ("POST", "PUT")}
    for number, entry in enumerate(document.entries):
        if not isinstance(entry.get("resource"), dict) and (number in storing or not entry.get("request")):
            yield ("entry", number, "resource"), "is missing"


def method(document: Document, target: Target) -> Remarks:
    """
    A method that HTTP does not have, or not in capitals.

    Why: codes of FHIR count capitals.
    Bad:  "method": "post"
    Good: "method": "POST"
    Source: https://hl7.org/fhir/R4/valueset-http-verb.html
    """
    for number, written, _ in document.requests:
        if written not in METHODS:
            meant = nearest(written, METHODS) or "POST or PUT"
            yield ("entry", number, "request", "method"), f"{written!r} is no method; expected {meant}"


def url(document: Document, target: Target) -> Remarks:
    """
    The URL of a request does not fit the resource.

    Why: a POST goes to the type, a PUT to type and id, both relative to the base; the server refuses others.
    Bad:  {"method": "POST", "url": "Patient/1"}, {"method": "PUT", "url": "Patient"}
    Good: {"method": "POST", "url": "Patient"}, {"method": "PUT", "url": "Patient/p1"}
    Source: https://hl7.org/fhir/R4/http.html#transaction
    """
    told = dict(document.told("url"))
    for number, _, written in document.requests:
        path: Path = ("entry", number, "request", "url")
        if path in told and "?" not in written and not _is_slashed(told[path]):
            yield path, told[path]


def leading_slash(document: Document, target: Target) -> Remarks:
    """
    The URL of a request begins with a slash.

    Why: relative to the base, that is the root of the host; some servers take it for the base, and some do not.
    Bad:  {"method": "POST", "url": "/Patient"}
    Good: {"method": "POST", "url": "Patient"}
    Source: https://hl7.org/fhir/R4/http.html#transaction
    """
    for path, message in document.told("url"):
        if _is_slashed(message):
            yield path, message


def _is_slashed(message: str) -> bool:
    written, _, expected = message.partition(" is not ")
    return written == f"'/{expected}'"


def id(document: Document, target: Target) -> Remarks:
    """
    An id that FHIR does not allow.

    Why: an id is part of a URL: 1 to 64 letters, digits, `-` and `.`.
    Bad:  "id": "patient_1"
    Good: "id": "patient-1"
    Source: https://hl7.org/fhir/R4/datatypes.html#id
    """
    for number, resource in document.resources:
        written = resource.get("id")
        if "id" in resource and not (isinstance(written, str) and _ID.fullmatch(written)):
            good = re.sub(r"[^A-Za-z0-9.-]+", "-", str(written))[:64]
            yield ("entry", number, "resource", "id"), f"{written!r} is no id; {good!r} is"


def post_with_id(document: Document, target: Target) -> Remarks:
    """
    A POST whose resource has an id.

    Why: the server ignores it and gives its own, or refuses it (ID must not be supplied on a create).
    Bad:  {"resource": {"resourceType": "Patient", "id": "p1"}, "request": {"method": "POST", "url": "Patient"}}
    Good: no id; or {"method": "PUT", "url": "Patient/p1"}, which keeps it
    Source: https://hl7.org/fhir/R4/http.html#create
    """
    for path, message in document.told("id"):
        resource = document.entries[int(path[1])]["resource"]
        kept = f'{{"method": "PUT", "url": "{resource.get("resourceType")}/{resource["id"]}"}}'
        yield path, f"{message}; leave it out, or keep it with {kept}"


def full_url(document: Document, target: Target) -> Remarks:
    """
    A fullUrl that names nothing: no UUID after `urn:uuid:`, capitals in it, or no absolute URL.

    Why: references to it stay unresolved, for servers compare it letter by letter, and look for real UUIDs.
    Bad:  "fullUrl": "urn:uuid:patient-1", "fullUrl": "urn:uuid:9A9DF74F-…", "fullUrl": "Patient/1"
    Good: "fullUrl": "urn:uuid:9a9df74f-5773-5e08-9201-dc30420a9574"
    Source: https://hl7.org/fhir/R4/bundle.html#bundle-unique
    """
    for number, entry in enumerate(document.entries):
        written = entry.get("fullUrl")
        if written is not None and (why := _no_name(written)):
            yield ("entry", number, "fullUrl"), why


def _no_name(written: Any) -> str | None:
    if not isinstance(written, str):
        return f"{written!r} is no text"
    head, _, uuid = written.rpartition(":")
    if head.lower() != "urn:uuid":
        return (
            None if _ABSOLUTE.fullmatch(written) else f"{written!r} is no absolute URL; expected urn:uuid: and a UUID"
        )
    if head == "urn:uuid" and _UUID.fullmatch(uuid):
        return None
    if _UUID.fullmatch(uuid.lower()):
        return f"{written!r} has capitals; expected 'urn:uuid:{uuid.lower()}', also where it is referred to"
    return f"{uuid!r} is no UUID, such as 9a9df74f-5773-5e08-9201-dc30420a9574"


def no_full_url(document: Document, target: Target) -> Remarks:
    """
    A POST without a fullUrl.

    Why: nothing in the bundle can refer to the resource, for the id that it gets is not known yet.
    Bad:  {"resource": {"resourceType": "Patient"}, "request": {"method": "POST", "url": "Patient"}}
    Good: the same with "fullUrl": "urn:uuid:9a9df74f-5773-5e08-9201-dc30420a9574"
    Source: https://hl7.org/fhir/R4/bundle.html#references
    """
    for number, written, _ in document.requests:
        if written == "POST" and document.entries[number].get("fullUrl") is None:
            yield ("entry", number, "fullUrl"), "is missing, so that nothing can refer to this; expected urn:uuid:…"


def named_twice(document: Document, target: Target) -> Remarks:
    """
    Two entries with one fullUrl, or with one type and id.

    Why: which of them a reference means is not known, and a server refuses the bundle (bdl-7).
    Bad:  two entries with "fullUrl": "urn:uuid:9a9df74f-5773-5e08-9201-dc30420a9574"
    Good: a UUID of its own for each
    Source: https://hl7.org/fhir/R4/bundle.html#invs
    """
    yield from document.told("named twice")
    if document.form == "bundle":
        puts = Counter(url for _, method, url in document.requests if method == "PUT")
        for number, method, url in document.requests:
            if method == "PUT" and puts[url] > 1 and "id" not in document.entries[number].get("resource", {}):
                yield ("entry", number, "request", "url"), f"{url!r} is written {puts[url]} times in one transaction"


def named_otherwise(document: Document, target: Target) -> Remarks:
    """
    A fullUrl of a server that is not that of the resource.

    Why: the fullUrl of a resource with an id ends in its type and id.
    Bad:  "fullUrl": "https://fhir.example/Patient/2", "resource": {"resourceType": "Patient", "id": "1"}
    Good: "fullUrl": "https://fhir.example/Patient/1"
    Source: https://hl7.org/fhir/R4/bundle.html#bundle-unique
    """
    for path, message in document.told("named otherwise"):
        if "id" in document.entries[int(path[1])].get("resource", {}):
            yield path, message


def if_none_exist(document: Document, target: Target) -> Remarks:
    """
    A conditional create.

    Why: the whole bundle is refused (412) where several resources match; where one does, it is taken as it is, and
    what the entry says is not stored.
    Bad:  "ifNoneExist": "identifier=https://fhir.example/ids|7"
    Good: {"method": "PUT", "url": "Patient/p7"}, which can be loaded twice
    Source: https://hl7.org/fhir/R4/http.html#ccreate
    """
    for path, written in _conditions(document):
        if _CONDITION.fullmatch(written):
            yield path, f"only if nothing matches {written!r}; refused if several do. A PUT of an id of its own is not"


def condition(document: Document, target: Target) -> Remarks:
    """
    A condition that is no search.

    Why: it is what stands after the `?` of a search, and nothing else (Invalid match URL).
    Bad:  "ifNoneExist": "Patient?identifier=a|b", "ifNoneExist": "?identifier=a|b", "ifNoneExist": ""
    Good: "ifNoneExist": "identifier=a|b"
    Source: https://hl7.org/fhir/R4/http.html#ccreate
    """
    for path, written in _conditions(document):
        if not _CONDITION.fullmatch(written):
            bare = unquote(written).rpartition("?")[2]
            good = repr(bare) if _CONDITION.fullmatch(bare) else "identifier=SYSTEM|VALUE"
            yield path, f"{written!r} is no search; expected {good}"


def _conditions(document: Document) -> Iterator[tuple[Path, str]]:
    for number, entry in enumerate(document.entries):
        request = entry.get("request")
        if isinstance(request, dict) and isinstance(written := request.get("ifNoneExist"), str):
            yield ("entry", number, "request", "ifNoneExist"), written


def doubled(document: Document, target: Target) -> Remarks:
    """
    What is there twice after a second load.

    Why: a POST creates a resource each time.
    Bad:  {"method": "POST", "url": "Patient"}
    Good: {"method": "PUT", "url": "Patient/p1"}; of a case, `casefhir export --ids put`
    Source: https://hl7.org/fhir/R4/http.html#create
    """
    requests = [entry.get("request") for entry in document.entries]
    posts = [r for r in requests if isinstance(r, dict) and r.get("method") == "POST" and "ifNoneExist" not in r]
    if posts and is_sent(document):
        what = "1 resource is" if len(posts) == 1 else f"{len(posts)} resources are"
        yield ("entry",), f"loaded a second time, {what} there twice; a PUT of an id of its own is not"
