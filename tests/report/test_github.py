"""casefhir check --format github: what a workflow of GitHub reads."""

import re

import pytest
from tests.cli.console import CASES, START, call

from casefhir.issue import Issue
from casefhir.report import REPORTERS, Report
from casefhir.source import Mark

COMMAND = re.compile(r"::(?P<name>error|warning|notice) (?P<properties>[^:]*)::(?P<text>.*)")


def read(line: str) -> tuple[str, dict[str, str], str]:
    """
    A workflow command as a runner reads it.

    Source: ActionCommand.cs — https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
    """
    found = COMMAND.fullmatch(line)
    assert found
    properties = dict(pair.split("=", 1) for pair in found["properties"].split(","))
    return found["name"], {name: unescaped(value) for name, value in properties.items()}, unescaped(found["text"])


def unescaped(text: str) -> str:
    for code, character in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(code, character)
    return text


@pytest.mark.parametrize(("name", "command"), [("noted", "notice"), ("doubtful", "warning"), ("wrong", "error")])
def test_each_severity_has_its_command(name: str, command: str) -> None:
    said = call("check", "--format", "github", "-", stdin=CASES[name].encode()).out.splitlines()
    text = call("check", "-", stdin=CASES[name].encode()).out.splitlines()

    told, place, message = read(said[0])
    severity = {"notice": "information"}.get(told, told)

    assert told == command
    assert f"{place['file']}:{place['line']}:{place['col']}: {severity}[{place['title']}] {message}" == text[0]
    assert said[1:] == text[1:]


@pytest.mark.parametrize("file", ["a,b.yaml", "50%.yaml", "a:b::c.yaml", "%2C.yaml"])
@pytest.mark.parametrize("message", ["100 % :: done, 50%0A", "a: b", "::error::x", "%25"])
def test_what_is_special_comes_back(file: str, message: str) -> None:
    report = Report(file, [Issue("warning", "units.unknown", (), message, Mark(3, 7))])

    line, _ = REPORTERS["github"]([report], False).splitlines()

    assert read(line) == ("warning", {"file": file, "line": "3", "col": "7", "title": "units.unknown"}, message)


def test_no_message_begins_a_command_of_its_own() -> None:
    written = START.replace("male", '"x\\n::add-mask::y\\r::error::z"')

    first, last = call("check", "--format", "github", "-", stdin=written.encode()).out.splitlines()

    assert "add-mask" in read(first)[2]
    assert not last.startswith("::")
