"""A FHIR server over HTTP: what it can do, what it holds of a case, and requests that change it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import quote

import httpx
import msgspec
from httpx_retries import Retry, retry_request

from casefhir.export import decoded, encoded
from casefhir.fhir.bundle import ORDER
from casefhir.fhir.context import Resource
from casefhir.push.capability import Capability, NoCapabilityError, capability
from casefhir.push.outcome import Objection, objections
from casefhir.push.parts import Done, Part, body, bundle, done
from casefhir.push.plan import Step
from casefhir.push.stored import Stored, stored_case
from casefhir.push.wanted import DOCUMENT, PATIENT

FHIR_JSON = "application/fhir+json"
HEADERS = {
    "Accept": FHIR_JSON,
    "Content-Type": FHIR_JSON,
    # HAPI answers a search that it answered a minute ago with what it found then, unless it is told not to.
    # https://hapifhir.io/hapi-fhir/docs/server_jpa/configuration.html#search-result-caching
    "Cache-Control": "no-cache",
    "Prefer": "return=minimal",
    "User-Agent": "casefhir",
}
_PAGE = 1000
_BESIDE = {
    "AdverseEvent": ("subject", PATIENT),
    "Composition": ("subject", PATIENT),
    "Provenance": ("entity", DOCUMENT),
}
"""What R4 cannot search by an identifier of the case: by which parameter it is found, and of what."""
_PASSING = (408, 425, 429, 500, 502, 503, 504)
"""Answers that may be others the next time."""


class ServerError(Exception):
    """The server cannot be used: it is not there, is no FHIR R4 server, or does not let us in."""


class LostError(Exception):
    """Nobody knows whether a request was carried out: the connection broke, or the server failed on the way."""


class RefusedError(Exception):
    """The server refused a request, and says why."""

    def __init__(self, part: Part, places: Mapping[str, str], status: int, found: Sequence[Objection]) -> None:
        super().__init__(f"the server refused with status {status}")
        self.part, self.places, self.status, self.objections = part, places, status, found


class Waiting(NamedTuple):
    """How patient the client is."""

    tries: int = 6
    longest: float = 60.0
    """Seconds between two tries at most, whatever the server asks for."""


class _Taken(NamedTuple):
    """What a server answers to one step."""

    status: int
    location: str | None
    etag: str | None
    resource: Resource | None
    """Many give it though they are asked not to."""

    def is_fine(self, step: Step) -> bool:
        """Whether the step is done; what is to be removed and is not there is."""
        return 200 <= self.status < 300 or (step.resource is None and self.status in (404, 410))


def _of_entry(entry: Mapping[str, Any]) -> _Taken:
    """Of an entry of a Bundle, whose status is `201` or `201 Created`."""
    response = entry.get("response") or {}
    status = str(response.get("status", ""))[:3]
    number = int(status) if status.isdecimal() else 0
    return _Taken(number, response.get("location"), response.get("etag"), entry.get("resource"))


class Server:
    """One FHIR server. `client` has its base as `base_url`, and how one is let in as `auth`."""

    def __init__(self, client: httpx.Client, waiting: Waiting) -> None:
        self._client = client
        self._base = str(client.base_url).rstrip("/")
        self.waiting = waiting
        again = Retry(total=waiting.tries, backoff_factor=0.25, max_backoff_wait=waiting.longest)
        self._reading = again.copy_with(allowed_methods=("GET", "POST"), status_forcelist=_PASSING)
        # Only 429 says that nothing was done; after all else the caller looks first.
        self._writing = again.copy_with(
            allowed_methods=("POST", "PUT", "DELETE"), status_forcelist=(429,), retry_on_exceptions=()
        )

    def capability(self) -> Capability:
        """What it says that it can. Raises: ServerError."""
        response = self._read("GET", "metadata")
        try:
            found = capability(response.content)
        except NoCapabilityError:
            raise ServerError(_no_server(response)) from None
        if not found.is_r4:
            raise ServerError(f"it speaks FHIR {found.fhir_version or 'of no version'}; casefhir writes R4 (4.0.1)")
        return found

    def held(self, system: str, can: Capability, also: Iterable[str]) -> Sequence[Stored]:
        """
        All that it holds of the case whose identifiers have a system.

        `also` are types that it is asked for though it does not say that it has them. Raises: ServerError.
        """
        asked_for = {*can.types, *also}
        types = [type for type in ORDER if type in asked_for]
        mark = f"identifier={quote(system, safe='')}%7C"
        asked = [f"{type}?{mark}&_count={_PAGE}" for type in types if type not in _BESIDE]
        found = list(self._searched(asked, can))
        places = {one.identity: one.place for one in stored_case(found, system)}
        beside = [
            f"{type}?{parameter}={place}&_count={_PAGE}"
            for type, (parameter, target) in _BESIDE.items()
            if (place := places.get(target)) and type in types
        ]
        return stored_case((*found, *self._searched(beside, can)), system)

    def _searched(self, asked: Sequence[str], can: Capability) -> Iterator[Resource]:
        """What searches find, page by page; all of them in one request where the server lets us."""
        answers = self._batch(asked) if can.can_batch and len(asked) > 1 else [None] * len(asked)
        for url, answer in zip(asked, answers, strict=True):
            page: Resource | None = answer or self._asked("GET", url)
            while page:
                for entry in page.get("entry") or ():
                    if entry.get("search", {}).get("mode", "match") == "match" and "resource" in entry:
                        yield entry["resource"]
                last, url = url, self._next(page)
                page = self._asked("GET", url) if url and url != last else None

    def _batch(self, asked: Sequence[str]) -> Sequence[Resource | None]:
        """The first pages of searches; None of one that has to be asked for by itself."""
        entries = [{"request": {"method": "GET", "url": url}} for url in asked]
        content = encoded({"resourceType": "Bundle", "type": "batch", "entry": entries})
        answer = self._asked("POST", self._base, content)
        found = [entry.get("resource") for entry in answer.get("entry") or ()]
        pages = [one if one and one.get("resourceType") == "Bundle" else None for one in found]
        return pages if len(pages) == len(asked) else [None] * len(asked)

    def _next(self, page: Resource) -> str:
        """
        The address of the next page, on the server that was named.

        Some servers call themselves by another host or port than the one that they are reached at; and what is
        needed to be let in must go nowhere else.
        """
        link = next((link["url"] for link in page.get("link") or () if link.get("relation") == "next"), None)
        if link is None:
            return ""
        base = self._client.base_url
        address = base.join(link)
        return str(address.copy_with(scheme=base.scheme, host=base.host, port=base.port))

    def send(self, part: Part, can: Capability, places: Mapping[str, str]) -> Sequence[Done]:
        """
        Carry out the steps of a part.

        Raises: LostError, RefusedError, ServerError.
        """
        response = self._written(part, can, places)
        answer = _json(response)
        if part.is_bundle and response.is_success:
            taken = [_of_entry(entry) for entry in (answer or {}).get("entry") or ()]
        else:
            headers = response.headers
            one = _Taken(response.status_code, headers.get("Location"), headers.get("ETag"), answer)
            taken = [one] * len(part.steps)
        if len(taken) != len(part.steps):
            raise LostError("its answer has another number of entries")
        found = list(objections(answer, response.status_code))
        if any(one.status in _PASSING or one.status == 409 for one in taken):
            raise LostError("; ".join(dict.fromkeys(objection.text for objection in found)))
        if not all(one.is_fine(step) for one, step in zip(taken, part.steps, strict=True)):
            raise RefusedError(part, places, response.status_code, found)
        ended = [done(step, *one[1:]) for step, one in zip(part.steps, taken, strict=True)]
        if None in ended:
            raise LostError("it does not tell which ids it gave")
        return list(filter(None, ended))

    def validated(self, resource: Resource) -> Sequence[Objection]:
        """What it objects to in a resource that it is shown and does not store; nothing where it cannot tell."""
        url = f"{resource['resourceType']}/$validate"
        try:
            response = retry_request(self._client, "POST", url, content=encoded(resource), retry=self._writing)
        except httpx.HTTPError:
            return ()
        return list(objections(_json(response), response.status_code))

    def _written(self, part: Part, can: Capability, places: Mapping[str, str]) -> httpx.Response:
        step, content = part.steps[0], None
        if part.is_bundle:
            method, url, content = "POST", self._base, encoded(bundle(part, can.way, places))
        else:
            method, url = step.method, step.url
            if step.resource is not None:
                content = encoded(body(step, places))
        try:
            response = retry_request(self._client, method, url, content=content, retry=self._writing)
        except httpx.TransportError as error:
            raise LostError(reason(error)) from error
        self._let_in(response)
        return response

    def _asked(self, method: str, url: str, content: bytes | None = None) -> Resource:
        """What it answers to a question. Raises: ServerError."""
        found: Resource | None = _json(self._read(method, url, content))
        if found is None:
            raise ServerError(f"{method} {url} is not answered with a resource as JSON")
        return found

    def _read(self, method: str, url: str, content: bytes | None = None) -> httpx.Response:
        """An answer to a question, asked again for as long as it may help. Raises: ServerError."""
        try:
            response = retry_request(self._client, method, url, content=content, retry=self._reading)
        except httpx.HTTPError as error:
            raise ServerError(f"it cannot be reached: {reason(error)}") from error
        self._let_in(response)
        if not response.is_success:
            said = "; ".join(objection.text for objection in objections(_json(response), response.status_code))
            raise ServerError(f"{method} {url} answers with status {response.status_code}: {said}")
        return response

    def _let_in(self, response: httpx.Response) -> None:
        if response.status_code in (401, 403):
            raise ServerError(f"it does not let us in (status {response.status_code}); see --auth")


def _json(response: httpx.Response) -> Any:
    try:
        return decoded(response.content)
    except msgspec.MsgspecError:
        return None


def _no_server(response: httpx.Response) -> str:
    kind = response.headers.get("Content-Type", "nothing").partition(";")[0]
    return f"there is no FHIR server: /metadata is {kind}; its address often ends in /fhir"


def reason(error: httpx.HTTPError) -> str:
    """What went wrong on the way, in one line."""
    return str(error) or type(error).__name__
