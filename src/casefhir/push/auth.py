"""The environment → how a client is let in by a server: none, basic, bearer, OAuth2, or SMART Backend Services."""

import os
import time
import uuid
from collections.abc import Callable, Generator, Mapping
from pathlib import Path
from typing import Any, Literal

import httpx
import msgspec

Kind = Literal["none", "basic", "bearer", "oauth2", "smart"]
KINDS: tuple[Kind, ...] = ("none", "basic", "bearer", "oauth2", "smart")

VARIABLES: Mapping[Kind, Mapping[str, bool]] = {
    "none": {},
    "basic": {"CASEFHIR_USER": True, "CASEFHIR_PASSWORD": True},
    "bearer": {"CASEFHIR_TOKEN": True},
    "oauth2": {
        "CASEFHIR_CLIENT_ID": True,
        "CASEFHIR_CLIENT_SECRET": True,
        "CASEFHIR_TOKEN_URL": False,
        "CASEFHIR_SCOPE": False,
    },
    "smart": {
        "CASEFHIR_CLIENT_ID": True,
        "CASEFHIR_PRIVATE_KEY": True,
        "CASEFHIR_KEY_ID": False,
        "CASEFHIR_TOKEN_URL": False,
        "CASEFHIR_SCOPE": False,
    },
}
"""What each way takes from the environment, and whether it must be there; `…_FILE` names a file that holds it."""

SECRETS = ("CASEFHIR_PASSWORD", "CASEFHIR_TOKEN", "CASEFHIR_CLIENT_SECRET", "CASEFHIR_PRIVATE_KEY")
SCOPE = "system/*.cruds"


class AuthError(Exception):
    """One cannot be let in; the message names variables and never what they hold."""


class TokenError(Exception):
    """No token was granted; the message has no word of the server's own, which might repeat a secret."""


def settings(kind: Kind, environment: Mapping[str, str] = os.environ) -> Mapping[str, str]:
    """
    What the environment says for a way of being let in, by variable.

    Raises: AuthError, which names all that is missing, or the file that cannot be read.
    """
    found = {name: value for name in VARIABLES[kind] if (value := _value(name, environment))}
    if missing := [name for name, needed in VARIABLES[kind].items() if needed and name not in found]:
        names = " and ".join(missing)
        raise AuthError(f"--auth {kind} needs {names} in the environment, or a file named by the same with _FILE")
    return found


def _value(name: str, environment: Mapping[str, str]) -> str | None:
    if path := environment.get(f"{name}_FILE"):
        try:
            return Path(path).read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise AuthError(f"the file that {name}_FILE names cannot be read: {type(error).__name__}") from None
    return environment.get(name)


def auth(kind: Kind, said: Mapping[str, str], base: str) -> httpx.Auth | None:
    """How httpx is to be let in. Raises: AuthError if the key is no key."""
    match kind:
        case "none":
            return None
        case "basic":
            return httpx.BasicAuth(said["CASEFHIR_USER"], said["CASEFHIR_PASSWORD"])
        case "bearer":
            return _Bearer(said["CASEFHIR_TOKEN"])
        case "oauth2":
            return _Granted(base, said, _by_secret(said))
        case "smart":
            return _Granted(base, said, _by_assertion(said))


class _Bearer(httpx.Auth):
    def __init__(self, token: str) -> None:
        self._token = token

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        request.headers["Authorization"] = f"Bearer {self._token}"
        yield request


Proof = Callable[[str], tuple[dict[str, str], httpx.Auth | None]]
"""The address of the token endpoint → what is to be sent there to show who asks, and how."""


class _Token(msgspec.Struct):
    access_token: str
    expires_in: float = 300


class _Discovered(msgspec.Struct):
    token_endpoint: str


class _Granted(httpx.Auth):
    """
    A token of the client credentials grant, asked for when there is none, when it is old, and once when it is refused.

    Source: RFC 6749, 4.4 — https://www.rfc-editor.org/rfc/rfc6749#section-4.4
    """

    requires_response_body = True

    def __init__(self, base: str, said: Mapping[str, str], proof: Proof) -> None:
        self._base, self._proof = base, proof
        self._scope = said.get("CASEFHIR_SCOPE", SCOPE)
        self._endpoint = said.get("CASEFHIR_TOKEN_URL")
        self._token, self._ends = "", 0.0

    @property
    def token(self) -> str:
        """The token of now; a secret."""
        return self._token

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        is_fresh = time.monotonic() >= self._ends
        if is_fresh:
            yield from self._renewed()
        request.headers["Authorization"] = f"Bearer {self._token}"
        response = yield request
        if response.status_code == 401 and not is_fresh:
            yield from self._renewed()
            request.headers["Authorization"] = f"Bearer {self._token}"
            yield request

    def _renewed(self) -> Generator[httpx.Request, httpx.Response, None]:
        if self._endpoint is None:
            response = yield httpx.Request("GET", f"{self._base}/.well-known/smart-configuration")
            self._endpoint = _read(response, _Discovered, "/.well-known/smart-configuration").token_endpoint
        if not _is_safe(httpx.URL(self._endpoint)):
            raise TokenError("the token endpoint is not https")
        form, signed = self._proof(self._endpoint)
        form = {"grant_type": "client_credentials", "scope": self._scope, **form}
        asked = httpx.Request("POST", self._endpoint, data=form, headers={"Accept": "application/json"})
        response = yield next(signed.sync_auth_flow(asked)) if signed else asked
        granted = _read(response, _Token, "the token endpoint")
        self._token, self._ends = granted.access_token, time.monotonic() + 0.9 * granted.expires_in


def _is_safe(url: httpx.URL) -> bool:
    return url.scheme == "https" or is_local(url)


def is_local(url: httpx.URL) -> bool:
    """Whether an address is on this machine."""
    import ipaddress

    if url.host == "localhost" or url.host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(url.host).is_loopback
    except ValueError:
        return False


def _read(response: httpx.Response, kind: Any, what: str) -> Any:
    if not response.is_success:
        raise TokenError(f"{what} answers with status {response.status_code}{_oauth_error(response)}")
    try:
        return msgspec.json.decode(response.content, type=kind)
    except msgspec.MsgspecError:
        raise TokenError(f"{what} does not answer as OAuth 2 demands") from None


def _oauth_error(response: httpx.Response) -> str:
    """The word of the standard for what is wrong; its free text might repeat what was sent."""
    try:
        word = str(msgspec.json.decode(response.content)["error"])
    except (msgspec.MsgspecError, KeyError, TypeError):
        return ""
    return f": {word}" if word in _OAUTH_ERRORS else ""


_OAUTH_ERRORS = (
    "invalid_request",
    "invalid_client",
    "invalid_grant",
    "unauthorized_client",
    "unsupported_grant_type",
    "invalid_scope",
)


def _by_secret(said: Mapping[str, str]) -> Proof:
    signed = httpx.BasicAuth(said["CASEFHIR_CLIENT_ID"], said["CASEFHIR_CLIENT_SECRET"])
    return lambda _: ({}, signed)


def _by_assertion(said: Mapping[str, str]) -> Proof:
    """
    A JWT signed with the client's own key: RS384 or ES384, good for five minutes at most and for one use.

    Source: https://hl7.org/fhir/smart-app-launch/client-confidential-asymmetric.html
    """
    import jwt

    key, algorithm, id = _key(said["CASEFHIR_PRIVATE_KEY"])
    client, headers = said["CASEFHIR_CLIENT_ID"], {"kid": said.get("CASEFHIR_KEY_ID") or id}

    def proof(endpoint: str) -> tuple[dict[str, str], None]:
        claims = {
            "iss": client,
            "sub": client,
            "aud": endpoint,
            "exp": int(time.time()) + 240,
            "jti": str(uuid.uuid4()),
        }
        assertion = jwt.encode(claims, key, algorithm=algorithm, headers={k: v for k, v in headers.items() if v})
        kind = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
        return {"client_assertion_type": kind, "client_assertion": assertion}, None

    return proof


def _key(text: str) -> tuple[Any, str, str | None]:
    """A private key as PEM or JWK, its algorithm, and the key id of a JWK."""
    import jwt
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        if text.lstrip().startswith("{"):
            jwk = jwt.PyJWK.from_json(text)
            key, id = jwk.key, jwk.key_id
        else:
            key, id = load_pem_private_key(text.encode(), password=None), None
    except (ValueError, TypeError, jwt.PyJWTError):
        raise AuthError("CASEFHIR_PRIVATE_KEY is no private key without password, in PEM or as JWK") from None
    return key, "ES384" if isinstance(key, EllipticCurvePrivateKey) else "RS384", id
