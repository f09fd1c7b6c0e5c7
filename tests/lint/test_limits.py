"""Every limit of every server: what is as large as it may be passes, what is larger is caught."""

import json
from pathlib import Path
from typing import Any

import pytest

from casefhir.lint import lint
from casefhir.targets import NAMES, target
from casefhir.targets.table import RULES, Target

SERVERS = [target(name) for name in NAMES]


def having(rule: str) -> Any:
    servers = [server for server in SERVERS if rule in server.lines]
    return pytest.mark.parametrize("server", servers, ids=lambda server: server.name)


def patients(count: int, method: str = "POST", **members: Any) -> bytes:
    """A transaction of patients, as small as can be; members are those of the first."""

    def entry(number: int) -> dict[str, Any]:
        id = {"id": f"p{number}"} if method == "PUT" else {}
        url = f"Patient/p{number}" if method == "PUT" else "Patient"
        resource = {"resourceType": "Patient", **id, **(members if number == 0 else {})}
        full_url = f"urn:uuid:11111111-2222-5333-8444-{number:012}"
        return {"fullUrl": full_url, "resource": resource, "request": {"method": method, "url": url}}

    bundle = {"resourceType": "Bundle", "type": "transaction", "entry": [entry(number) for number in range(count)]}
    return json.dumps(bundle, separators=(",", ":")).encode()


def told(content: bytes, server: Target) -> dict[str, str]:
    """Rule → message of what would fail."""
    issues = lint({"b.json": content}, server)["b.json"]
    return {issue.rule: issue.message for issue in issues if issue.severity == "error"}


@pytest.mark.long
@having("entries")
def test_entries(server: Target) -> None:
    assert server.entries
    more = server.entries + 1

    assert told(patients(server.entries), server) == {}
    assert told(patients(more), server) == {
        "limits.entries": f"entry: {more} entries are more than the {server.entries} that {server.title} takes"
    }


@having("updates")
def test_updates(server: Target) -> None:
    assert server.updates

    assert "limits.updates" not in told(patients(server.updates, "PUT"), server)
    assert "limits.updates" in told(patients(server.updates + 1, "PUT"), server)
    assert "limits.updates" not in told(patients(server.updates + 1), server)


@pytest.mark.long
@having("bytes")
def test_bytes(server: Target) -> None:
    assert server.bytes
    small = patients(2)

    assert told(small + b" " * (server.bytes - len(small)), server) == {}
    assert told(small + b" " * (server.bytes - len(small) + 1), server) == {
        "limits.bytes": f"{server.bytes + 1} bytes are more than the {server.bytes} that {server.title} takes; "
        f"in one line it has {len(small)}"
    }


@pytest.mark.long
@having("resource-bytes")
def test_bytes_of_a_resource(server: Target) -> None:
    assert server.resource_bytes
    whole = patients(1, language="en", implicitRules="")
    resource = len(json.dumps(json.loads(whole)["entry"][0]["resource"], separators=(",", ":")))

    def padded(size: int) -> bytes:
        return patients(1, language="en", implicitRules="x" * (size - resource))

    assert "limits.resource-bytes" not in told(padded(server.resource_bytes), server)
    assert "limits.resource-bytes" in told(padded(server.resource_bytes + 1), server)


@having("conditional-entries")
def test_conditional_entries(server: Target) -> None:
    most = server.conditional_entries
    assert most

    def conditional(count: int) -> bytes:
        bundle = json.loads(patients(count))
        bundle["entry"][0]["request"]["ifNoneExist"] = "identifier=a|b"
        return json.dumps(bundle).encode()

    assert "limits.conditional-entries" not in told(conditional(most), server)
    assert "limits.conditional-entries" in told(conditional(most + 1), server)
    assert "limits.conditional-entries" not in told(patients(most + 1), server)


@having("ids")
def test_ids_of_ones_own(server: Target) -> None:
    digits = patients(1, "PUT").replace(b"p0", b"0")

    assert ("limits.own-id" in told(patients(1, "PUT"), server)) == (server.ids == "server")
    assert ("limits.own-id" in told(digits, server)) == (server.ids in ("server", "letter"))
    assert "limits.own-id" not in told(patients(1), server)


@having("transaction")
def test_transactions_and_batches(server: Target) -> None:
    batch = patients(1).replace(b'"transaction"', b'"batch"')

    assert ("limits.no-bundles" in told(patients(1), server)) == (not server.transaction)
    assert ("limits.no-bundles" in told(batch, server)) == (not server.batch)


@having("types")
def test_types(server: Target) -> None:
    def resource(type: str) -> bytes:
        return json.dumps({"resourceType": type}).encode()

    assert server.types
    assert "limits.type" not in told(resource(min(server.types)), server)
    assert "limits.type" in told(resource("TestScript"), server)


@having("order")
def test_order(server: Target) -> None:
    bundle = json.loads(patients(2, link=[{"type": "seealso", "other": {"reference": "urn:uuid:1"}}]))
    bundle["entry"][0]["resource"]["link"][0]["other"]["reference"] = bundle["entry"][1]["fullUrl"]
    issues = lint({"b.json": json.dumps(bundle).encode()}, server)["b.json"]

    assert any(issue.rule == "reference.ahead" for issue in issues) == (server.order == "given")


@having("integrity")
def test_integrity(server: Target) -> None:
    content = patients(1, managingOrganization={"reference": "Organization/1"})
    (issue,) = [issue for issue in lint({"b.json": content}, server)["b.json"] if issue.rule == "reference.outside"]

    assert ("refuses if it does not have it" in issue.message) == server.integrity


def test_every_rule_of_a_target_is_tested_here() -> None:
    told_elsewhere = {"title", "base", "login", "batch"}
    code = Path(__file__).read_text("utf-8")

    assert [rule for rule in RULES if rule not in told_elsewhere and f'@having("{rule}")' not in code] == []
