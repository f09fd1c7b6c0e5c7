"""casefhir check --format sarif: what code scanning and editors read."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator, FormatChecker
from tests.cli.console import START, call

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((Path(__file__).parent / "sarif-2.1.0-rtm.5.schema.json").read_text(encoding="utf-8"))

CASE = (
    START
    + """
events: {admission: {date: 2021-01}, review: {date: 2021-02}}
findings:
  - {name: homesickness, at: admission}
  - {name: wanderlust, at: review}
labs:
  - at: admission
    values: {CRP: 5 frogs/L, ferritin: 5 toads/L}
"""
)


def run_of(*arguments: str | Path, stdin: str = "") -> dict[str, Any]:
    document = json.loads(call("check", "--format", "sarif", *arguments, stdin=stdin.encode()).out)
    (run,) = document["runs"]
    return dict(run)


def identities(text: str) -> dict[str, str]:
    """Message → fingerprint."""
    results = run_of("-", stdin=text)["results"]
    return {result["message"]["text"]: result["partialFingerprints"]["casefhirFacts/v1"] for result in results}


@pytest.mark.parametrize("folder", ["cases", "tests/invalid"])
def test_report_keeps_to_the_schema_of_the_standard(folder: str) -> None:
    document = json.loads(call("check", "--format", "sarif", ROOT / folder).out)
    schema = Draft4Validator(SCHEMA, format_checker=FormatChecker())

    assert [error.message for error in schema.iter_errors(document)] == []
    assert len(document["runs"][0]["results"]) > 50


def test_a_report_that_breaks_the_standard_is_told() -> None:
    document = json.loads(call("check", "--format", "sarif", "-", stdin=CASE.encode()).out)
    document["runs"][0]["results"][0]["level"] = "information"

    assert list(Draft4Validator(SCHEMA).iter_errors(document))


def test_each_result_has_what_the_text_says() -> None:
    run = run_of("-", stdin=CASE)
    text = call("check", "-", stdin=CASE.encode()).out.splitlines()[:-1]
    severities = {"error": "error", "warning": "warning", "note": "information"}

    told = []
    for result in run["results"]:
        region = result["locations"][0]["physicalLocation"]["region"]
        place = f"<stdin>:{region['startLine']}:{region['startColumn']}"
        told.append(f"{place}: {severities[result['level']]}[{result['ruleId']}] {result['message']['text']}")

    assert told == text


def test_each_rule_that_spoke_is_told_once() -> None:
    run = run_of("-", stdin=CASE)
    rules = run["tool"]["driver"]["rules"]

    assert {rules[result["ruleIndex"]]["id"] for result in run["results"]} == {rule["id"] for rule in rules}
    assert [result["ruleId"] for result in run["results"]] == [
        rules[result["ruleIndex"]]["id"] for result in run["results"]
    ]
    (unknown,) = (rule for rule in rules if rule["id"] == "units.unknown")
    assert unknown["defaultConfiguration"] == {"level": "warning"}
    assert "Good: `" in unknown["help"]["markdown"]
    assert "`" not in unknown["help"]["text"].partition("Good: ")[2]


def test_columns_count_characters_as_is_declared() -> None:
    run = run_of("-", stdin=START + "labs: [{note: '😀😀', values: {CRP: 5 frogs/L}}]\n")
    (result,) = run["results"]

    assert run["columnKind"] == "unicodeCodePoints"
    assert result["locations"][0]["physicalLocation"]["region"]["startColumn"] == 30


def test_each_statement_that_clashes_has_its_place() -> None:
    clash = ROOT / "tests" / "invalid" / "timeline.clash-age.yaml"
    (result,) = (one for one in run_of(clash)["results"] if one["ruleId"] == "timeline.clash")
    (file,) = json.loads(call("check", "--format", "json", clash).out)["files"]
    (issue,) = (one for one in file["issues"] if one["rule"] == "timeline.clash")

    steps = [(one["message"]["text"], one["physicalLocation"]["region"]) for one in result["relatedLocations"]]
    assert len(steps) > 1
    assert all(words in issue["message"] for words, _ in steps)
    assert steps == [
        (step["message"], {"startLine": step["line"], "startColumn": step["column"]}) for step in issue["steps"]
    ]


# What makes an issue the same one


def test_identity_stays_when_lines_move() -> None:
    head, _, rest = CASE.partition("findings:")
    findings, _, labs = rest.partition("labs:")
    first, second = findings.strip("\n").splitlines()
    moved = f"{head}\n\n# a remark\nlabs:{labs}\nfindings:\n{second}\n# another\n{first}\n"

    assert sorted(identities(moved).items()) == sorted(identities(CASE).items())
    assert len(identities(CASE)) == 4


def test_identity_of_each_is_its_own() -> None:
    results = run_of("-", stdin=CASE)["results"]
    fingerprints = [result["partialFingerprints"]["primaryLocationLineHash"] for result in results]

    assert len(results) == 4
    assert len(set(fingerprints)) == 4


def test_identity_changes_with_the_fact_and_no_other_does() -> None:
    before = identities(CASE)
    after = identities(CASE.replace("name: wanderlust, at: review", "name: wanderlust, at: admission"))

    assert [told for told in before if before[told] != after[told]] == [
        "'wanderlust' is in no table, so it has no codes; give some with 'code:', or leave it as text"
    ]


def test_identity_stays_where_no_fact_is_known() -> None:
    """The shape is wrong, so there are no facts: the names on the way take their part."""
    wrong = START + "findings: [{naem: rash}]\n"

    assert identities(wrong) == identities(wrong.replace("findings", "\n# a remark\nfindings"))
    assert identities(wrong)


def test_results_of_a_folder_have_identities_of_their_own_in_each_file() -> None:
    for_file: dict[str, list[str]] = {}
    for result in run_of(ROOT / "tests" / "invalid")["results"]:
        uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        identity = f"{result['ruleId']} {result['partialFingerprints']['casefhirFacts/v1']}"
        for_file.setdefault(uri, []).append(identity)

    assert {uri for uri, found in for_file.items() if len(set(found)) != len(found)} == set()


# Names of files


@pytest.mark.parametrize(
    ("name", "uri"),
    [
        ("case.yaml", "case.yaml"),
        ("./below/a case.yaml", "below/a%20case.yaml"),
        ("below/größe#1.yaml", "below/gr%C3%B6%C3%9Fe%231.yaml"),
    ],
)
def test_file_is_named_from_the_current_folder(
    name: str, uri: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("below").mkdir()
    Path(name).write_text(CASE, encoding="utf-8")

    for named in (name, tmp_path / name):
        result = run_of(named)["results"][0]
        assert result["locations"][0]["physicalLocation"]["artifactLocation"] == {"uri": uri, "uriBaseId": "%SRCROOT%"}


def test_file_elsewhere_has_its_whole_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "here").mkdir()
    (tmp_path / "case.yaml").write_text(CASE, encoding="utf-8")
    monkeypatch.chdir(tmp_path / "here")

    for named in ("../case.yaml", tmp_path / "case.yaml"):
        result = run_of(named)["results"][0]
        assert result["locations"][0]["physicalLocation"]["artifactLocation"] == {
            "uri": (tmp_path / "case.yaml").as_uri()
        }


def test_it_is_said_when_checks_have_stopped() -> None:
    stopped, whole = run_of("-", stdin=START + "nonsense: 1\n"), run_of("-", stdin=CASE)

    (told,) = stopped["invocations"][0]["toolExecutionNotifications"]
    assert told["message"]["text"].endswith("more may show once it is mended")
    assert whole["invocations"] == [{"executionSuccessful": True}]


def test_file_that_cannot_be_read_is_a_result() -> None:
    (result,) = run_of("missing.yaml")["results"]

    assert (result["ruleId"], result["level"]) == ("source.unreadable", "error")
