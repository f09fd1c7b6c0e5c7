"""The address of a server and the environment → a client that is let in, and that tells no secret."""

from base64 import b64encode
from collections.abc import Mapping
from types import TracebackType
from typing import NamedTuple, Self

import httpx

from casefhir.push.auth import SECRETS, Kind, auth, is_local, settings
from casefhir.push.capability import Capability
from casefhir.push.server import HEADERS, Server, ServerError, Waiting

_TIMES = httpx.Timeout(180, connect=10)
"""A server may take minutes to store a large case."""
_PAIRS = (("CASEFHIR_USER", "CASEFHIR_PASSWORD"), ("CASEFHIR_CLIENT_ID", "CASEFHIR_CLIENT_SECRET"))
"""What goes over the wire together, in Base64."""


class AddressError(ValueError):
    """The address of the server is none that is used; the message does not repeat it, for it may hold a password."""


class Address(NamedTuple):
    """The base of a FHIR server."""

    base: str
    """Without a stroke at its end."""
    is_local: bool


def address(written: str) -> Address:
    """
    The base that was named.

    Raises: AddressError.
    """
    try:
        url = httpx.URL(written.rstrip("/"))
    except httpx.InvalidURL:
        raise AddressError("the address of the server is no URL") from None
    if url.scheme not in ("http", "https") or not url.host:
        raise AddressError("the address of the server begins with https:// or http://")
    if url.port is not None and not 0 < url.port < 65536:
        raise AddressError(f"the address of the server has the port {url.port}; there are 1 to 65535")
    if url.userinfo:
        raise AddressError("the address of the server holds a user or password; see --auth basic")
    if url.query or url.fragment:
        raise AddressError("the address of the server has no ? and no #")
    return Address(str(url).rstrip("/"), is_local(url))


class Session:
    """
    A connection to a server; a context manager.

    Raises: AuthError, AddressError where secrets would go unencrypted over a network.
    """

    def __init__(self, at: Address, kind: Kind, environment: Mapping[str, str], waiting: Waiting = Waiting()) -> None:
        said = settings(kind, environment)
        if said and not at.is_local and not at.base.startswith("https://"):
            raise AddressError(f"--auth {kind} goes to https:// addresses only: others read along")
        self.base = at.base
        self._secrets = [value for name, value in said.items() if name in SECRETS]
        for user, password in (
            ("CASEFHIR_USER", "CASEFHIR_PASSWORD"),
            ("CASEFHIR_CLIENT_ID", "CASEFHIR_CLIENT_SECRET"),
        ):
            if password in said:
                self._secrets.append(b64encode(f"{said[user]}:{said[password]}".encode()).decode())
        self._auth = auth(kind, said, at.base)
        self._client = httpx.Client(base_url=at.base, auth=self._auth, headers=HEADERS, timeout=_TIMES)
        self.server = Server(self._client, waiting)

    def __enter__(self) -> Self:
        """Ask the server what it can. Raises: ServerError, AuthError."""
        try:
            self.can: Capability = self.server.capability()
        except ServerError as error:
            self._client.close()
            raise ServerError(self.clean(str(error))) from None
        except BaseException:
            self._client.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the connection."""
        self._client.close()

    def clean(self, text: str) -> str:
        """A text without the secrets that a server may have repeated in it."""
        token = getattr(self._auth, "token", "")
        for secret in sorted(filter(None, (*self._secrets, token)), key=len, reverse=True):
            text = text.replace(secret, "…")
        return text
