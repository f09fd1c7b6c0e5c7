"""Values: frozen, equal by what they say, and what a file leaves out has its default."""

import pytest
from pydantic_core import ValidationError

from casefhir.model.base import NOTHING_WRITTEN
from casefhir.model.engine import field_reader, read
from casefhir.model.fields import Conflict
from casefhir.model.findings import Finding, Imaging, LabValue, Panel


def test_a_value_is_frozen() -> None:
    finding = Finding(name="fever")

    with pytest.raises(AttributeError, match="Finding is frozen: 'name' cannot be set"):
        finding.name = "rash"  # type: ignore[misc]
    assert finding.name == "fever"


def test_what_is_left_out_has_its_default_and_is_not_held() -> None:
    imaging = read(Imaging, {"name": "CT"})

    assert vars(imaging) == {"name": "CT"}
    assert (imaging.findings, imaging.at, imaging.code) == ((), None, ())
    assert imaging.values == NOTHING_WRITTEN == {}


def test_values_are_equal_by_what_they_say() -> None:
    said = read(Finding, {"name": "fever", "absent": False})

    assert said == Finding(name="fever")
    assert hash(said) == hash(Finding(name="fever"))
    assert said != Finding(name="rash")
    assert said != Imaging(name="fever")
    assert repr(said) == "Finding(name='fever')"


def test_a_changed_copy_leaves_the_value_as_it_was() -> None:
    fever = Finding(name="fever", absent=True)

    assert fever.but(absent=False) == Finding(name="fever")
    assert fever.absent


def test_keys_are_written_with_hyphens() -> None:
    assert Finding.fields()["not_done"].key == "not-done"
    assert Finding.fields()["from_"].key == "from"
    assert "short" not in LabValue.fields()


def test_all_that_is_refused_is_told_each_at_its_place() -> None:
    with pytest.raises(ValidationError) as refused:
        read(Panel, {"at": "soon?", "values": {"CRP": "96 mg/L", "": "1"}, "absent": "no", "conflict": {"says": "x"}})

    assert {(error["type"], error["loc"]) for error in refused.value.errors()} == {
        ("grammar.date", ("at",)),
        ("string_too_short", ("values", "", "[key]")),
        ("extra_forbidden", ("absent",)),
        ("missing", ("conflict", "where")),
    }


def test_one_field_is_read_alone() -> None:
    assert field_reader(Finding, "conflict").validate_python({"says": "x", "where": "y"}) == Conflict(
        says="x", where="y"
    )
