"""What a server does not take, though FHIR allows it: its limits, its ids, its types."""

from casefhir.export import encoded
from casefhir.lint.document import Document
from casefhir.lint.entry import is_sent
from casefhir.lint.rule import Remarks
from casefhir.targets.table import Target


def no_bundles(document: Document, target: Target) -> Remarks:
    """
    A transaction for a server without transactions.

    Why: it takes one resource a request.
    Bad:  `"type": "transaction"` for OpenMRS
    Good: `casefhir export --target openmrs`, which writes bulk files
    Source: the line `transaction` of the server in docs/load.md
    """
    type = document.bundle.get("type")
    if is_sent(document) and not (target.transaction if type == "transaction" else target.batch):
        yield ("type",), f"{target.title} takes no {type}; expected one resource a request"


def entries(document: Document, target: Target) -> Remarks:
    """
    More entries than the server takes in one bundle.

    Why: it refuses the whole bundle.
    Bad:  326 entries for Firely Server, which takes 150
    Good: `casefhir export --target firely`, which splits
    Source: the line `entries` of the server in docs/load.md
    """
    count = len(document.entries)
    if is_sent(document) and target.entries is not None and count > target.entries:
        yield ("entry",), f"{count} entries are more than the {target.entries} that {target.title} takes"


def bytes(document: Document, target: Target) -> Remarks:
    """
    More bytes than the server takes in one request.

    Why: it refuses the whole bundle (413).
    Bad:  1.3 MB for Medplum, which takes 1 MB
    Good: the same without indentation, or in several bundles
    Source: the line `bytes` of the server in docs/load.md
    """
    if is_sent(document) and target.bytes is not None and document.size > target.bytes:
        line = len(encoded(document.bundle))
        way = f"; in one line it has {line}" if line <= target.bytes else ""
        yield (), f"{document.size} bytes are more than the {target.bytes} that {target.title} takes{way}"


def resource_bytes(document: Document, target: Target) -> Remarks:
    """
    A resource of more bytes than the server takes.

    Why: it refuses the resource, and with it the bundle; mostly a file in base64 is to blame.
    Bad:  a DocumentReference with a PDF of 12 MB in `data`
    Good: the same with its `url`
    Source: the line `resource-bytes` of the server in docs/load.md
    """
    if target.resource_bytes is not None and document.size > target.resource_bytes:
        for number, resource in document.resources:
            if (size := len(encoded(resource))) > target.resource_bytes:
                words = (
                    f"{size} bytes are more than the {target.resource_bytes} that {target.title} takes of a resource"
                )
                yield ("entry", number, "resource"), words


def updates(document: Document, target: Target) -> Remarks:
    """
    More updates than the server takes in one transaction.

    Why: it refuses the whole bundle.
    Bad:  51 entries with PUT for Medplum, which takes 50
    Good: several bundles, or POST
    Source: the line `updates` of the server in docs/load.md
    """
    count = sum(method == "PUT" for _, method, _ in document.requests)
    if document.bundle.get("type") == "transaction" and target.updates is not None and count > target.updates:
        yield ("entry",), f"{count} entries with PUT are more than the {target.updates} that {target.title} takes"


def conditional_entries(document: Document, target: Target) -> Remarks:
    """
    Conditional entries in a transaction that is too large for them.

    Why: the server locks what it searched for the whole transaction, and refuses a large one.
    Bad:  `ifNoneExist` in a transaction of 9 entries for Medplum, which takes 8 then
    Good: no condition
    Source: the line `conditional-entries` of the server in docs/load.md
    """
    most, count = target.conditional_entries, len(document.entries)
    if most is None or count <= most or document.bundle.get("type") != "transaction":
        return
    for number, method, url in document.requests:
        request = document.entries[number]["request"]
        if "ifNoneExist" in request or (method in ("PUT", "DELETE") and "?" in url):
            words = f"with a condition, {target.title} takes {most} entries at most, and here are {count}"
            yield ("entry", number, "request"), words


def type(document: Document, target: Target) -> Remarks:
    """
    A type of resource that the server does not create.

    Why: it refuses the resource.
    Bad:  a MedicationStatement for OpenMRS
    Good: `casefhir export --target openmrs`, which leaves it out and says so
    Source: the line `types` of the server in docs/load.md
    """
    for number, resource in document.resources:
        written = resource.get("resourceType")
        if isinstance(written, str) and not target.holds(written):
            yield ("entry", number, "resource", "resourceType"), f"{target.title} creates no {written}"


def own_id(document: Document, target: Target) -> Remarks:
    """
    An id of one's own that the server does not take.

    Why: some give all ids themselves; HAPI keeps those of digits alone for itself (HAPI-0960).
    Bad:  {"method": "PUT", "url": "Patient/123"} for HAPI
    Good: {"method": "PUT", "url": "Patient/p123"}; a POST where the server gives all ids
    Source: the line `ids` of the server in docs/load.md
    """
    for number, method, url in document.requests:
        type, _, id = url.strip("/").partition("/")
        path = ("entry", number, "request", "url")
        if method != "PUT" or "?" in url or not id:
            continue
        if target.ids == "server":
            yield path, f"{target.title} gives ids itself, and knows no {url!r}; expected a POST of {type}"
        elif target.ids == "letter" and id.isdecimal():
            yield path, f"{target.title} refuses an id of digits alone; {type}/{type[:1].lower()}{id} is none"
