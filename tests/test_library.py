"""The public functions of casefhir, as a program calls them."""

import gc
import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from tests.cli.console import CASES, START, environment
from tests.mutated import SEEDS

import casefhir
from casefhir.export import Options

CASE = SEEDS["published"]


class Named:
    """Neither a str nor a Path, but it names a file."""

    def __fspath__(self) -> str:
        return str(CASE)


# What is handed in


@pytest.mark.parametrize(
    "source",
    [str(CASE), CASE, Named(), CASE.read_bytes(), casefhir.read(CASE), casefhir.read_yaml(CASE.read_bytes(), name="x")],
    ids=["str", "Path", "PathLike", "bytes", "Source", "Source of bytes"],
)
@pytest.mark.parametrize("call", [casefhir.convert, casefhir.load], ids=["convert", "load"])
def test_case_may_be_named_given_as_text_or_read_before(call: Any, source: Any) -> None:
    made, expected = call(source), call(CASE)

    assert made.issues == expected.issues
    assert made.case == expected.case
    if call is casefhir.convert:
        assert made.document == expected.document


def test_source_tells_what_messages_call_the_file() -> None:
    names = [casefhir.load(source).source.name for source in (str(CASE), CASE, Named(), START.encode())]

    assert names == [*[str(CASE)] * 3, "<stdin>"]


@pytest.mark.parametrize("call", [casefhir.convert, casefhir.load, casefhir.read], ids=["convert", "load", "read"])
def test_file_that_is_missing_is_the_usual_error(call: Any, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        call(tmp_path / "missing.yaml")


@pytest.mark.parametrize("call", [casefhir.convert, casefhir.load, casefhir.read_yaml])
def test_text_that_cannot_be_read_is_an_error_with_a_place(call: Any) -> None:
    with pytest.raises(casefhir.SourceError) as caught:
        call(CASES["unreadable"].encode())

    assert (caught.value.message, caught.value.mark) == ("'[' opens here and is not closed", (5, 7))
    assert str(caught.value) == "<stdin>:5:7: '[' opens here and is not closed"


def test_unknown_format_is_an_error_that_names_the_known_ones() -> None:
    with pytest.raises(ValueError, match=r"no exporter 'fhir-r9'; there is fhir-r4"):
        casefhir.convert(START.encode(), to="fhir-r9")


# What comes back


def test_case_without_errors_has_a_document() -> None:
    result = casefhir.convert(CASES["doubtful"].encode())

    assert [(issue.severity, issue.rule) for issue in result.issues] == [("warning", "units.unknown")]
    assert result.document["resourceType"] == "Bundle"
    assert result.case.id == "an-id"


@pytest.mark.parametrize("member", ["document", "json", "bundle"])
def test_case_with_errors_has_issues_and_no_document(member: str) -> None:
    result = casefhir.convert(CASES["wrong"].encode())

    with pytest.raises(casefhir.CaseError) as caught:
        _ = result.document if member == "document" else getattr(result, member)()
    assert caught.value.issues == result.issues
    assert [issue.rule for issue in result.issues] == ["references.undefined-event"]


def test_issues_stand_in_the_order_of_the_file() -> None:
    loaded = casefhir.load(START.encode() + b"labs: [{at: x, values: {CRP: 1 mg/L}}, {at: y, values: {CRP: 1 mg/L}}]\n")

    assert loaded.has_errors
    assert [issue.mark for issue in loaded.issues] == sorted(issue.mark for issue in loaded.issues)
    assert len(loaded.issues) == 2


def test_case_of_the_wrong_shape_has_issues_and_no_case() -> None:
    loaded = casefhir.load(START.encode() + b"labs: 5\n")

    assert (loaded.case, loaded.has_errors) == (None, True)


@pytest.mark.parametrize("number", ["85.00", "0.10", "7", "-2.50", "100000000000000000", "0.000010"])
def test_json_keeps_the_printed_digits(number: str) -> None:
    made = casefhir.convert(START.encode() + f"scores: [{{name: JADAS-27, value: {number}}}]\n".encode())

    assert f'"value":{number}'.encode() in made.json() or f'"valueDecimal":{number}'.encode() in made.json()


def test_json_is_the_document() -> None:
    result = casefhir.convert(CASE)

    assert b'"value":85.00' in result.json()
    assert b"\n" not in result.json()
    assert json.loads(result.json(), parse_float=Decimal) == result.document


@pytest.mark.parametrize("options", [Options(), Options(bundle="collection"), Options(ids="put")])
def test_options_say_how_the_document_is_wanted(options: Options) -> None:
    document = casefhir.convert(START.encode(), options=options).document

    assert document["type"] == options.bundle
    assert {entry.get("request", {}).get("method") for entry in document["entry"]} == (
        {None} if options.bundle == "collection" else {options.ids.upper()}
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_bundle_is_an_object_of_fhir_resources(seed: str) -> None:
    from fhir.resources.R4B import get_fhir_model_class
    from fhir.resources.R4B.bundle import Bundle

    result = casefhir.convert(SEEDS[seed])
    made = result.bundle()

    assert isinstance(made, Bundle)
    assert len(made.entry) == len(result.document["entry"])
    for written in json.loads(result.json())["entry"]:
        resource = written["resource"]
        read = get_fhir_model_class(resource["resourceType"]).model_validate(resource)
        assert set(json.loads(read.model_dump_json())) == set(resource)


def test_nothing_that_comes_back_can_be_changed_by_accident() -> None:
    loaded = casefhir.load(CASE)

    with pytest.raises(Exception, match="frozen"):
        loaded.case.id = "other"
    with pytest.raises(AttributeError):
        loaded.issues = ()
    with pytest.raises(AttributeError):
        loaded.source.name = "other"


# Names and imports


def test_every_public_name_is_there() -> None:
    for name in casefhir.__all__:
        assert getattr(casefhir, name).__doc__
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = casefhir.nonsense


def modules_after(statement: str) -> set[str]:
    """The modules that a new Python has after a statement."""
    told = subprocess.run(
        [sys.executable, "-c", f"{statement}; import sys; print(*sys.modules)"],
        env=environment(),
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return set(told.stdout.split())


def test_import_costs_nothing() -> None:
    ours = modules_after("import casefhir") - modules_after("pass")

    assert not {name for name in ours if name.partition(".")[0] in ("pydantic", "yaml", "jsonschema_rs", "fhir")}
    assert {name for name in ours if name.startswith("casefhir")} == {"casefhir"}


def test_check_imports_nothing_of_fhir_nor_pydantic_and_reading_nothing_of_its_engine() -> None:
    checked = modules_after(f"import casefhir; casefhir.load({START.encode()!r})")
    read = modules_after(f"import casefhir; casefhir.read_yaml({START.encode()!r})")

    assert not {
        name for name in checked if name.startswith(("fhir.", "casefhir.fhir", "ucumvert", "jsonschema.", "pydantic."))
    }
    assert "pydantic_core" not in read


def test_a_case_without_a_fault_pays_for_no_words_about_faults() -> None:
    checked = modules_after(f"import casefhir; casefhir.load({START.encode()!r})")
    refused = modules_after("import casefhir; casefhir.load(b'casefhir: 1')")
    of_faults = {"casefhir.refusals", "casefhir.misfits", "casefhir.offers", "casefhir.source.complaint"}

    assert checked & of_faults == set()
    assert refused & of_faults == of_faults - {"casefhir.source.complaint"}


def test_a_command_pays_for_no_other() -> None:
    ours = modules_after("import casefhir.cli; casefhir.cli.main(['schema'])")

    assert {name for name in ours if name.startswith("casefhir.cli.")} == {
        "casefhir.cli.exits",
        "casefhir.cli.output",
        "casefhir.cli.schema",
    }


def test_names_are_public_for_type_checkers() -> None:
    """`py.typed` and the imports under TYPE_CHECKING: what is there at run time is there for mypy."""
    text = Path(casefhir.__file__).read_text(encoding="utf-8")
    listed = text.partition("if TYPE_CHECKING:")[2].partition("__all__")[0]

    assert all(name in listed for name in casefhir.__all__)
    assert (Path(casefhir.__file__).parent / "py.typed").exists()


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_of_an_export_is_left_for_the_garbage_collector(seed: str) -> None:
    """What goes in circles stays in memory until Python looks for it, which takes as long as reading the file."""
    casefhir.convert(SEEDS[seed])
    gc.collect()
    gc.disable()
    try:
        casefhir.convert(SEEDS[seed])
        assert gc.collect(0) == 0
    finally:
        gc.enable()
