"""Files of older versions of the format: they are read for ever, and can be made files of the newest."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tools.make_schema import URL, VERSION

import casefhir
from casefhir.edit import Edit
from casefhir.migration import UPGRADES, migrated, version
from casefhir.schema import newest_version, published_schema
from casefhir.source import Source, read_yaml

ROOT = Path(__file__).parents[1]
KEPT = sorted((ROOT / "tests" / "versions").glob("*/*.yaml"))
"""Files of each version as they were; none is ever changed."""


@pytest.mark.parametrize("case", KEPT, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_file_of_every_version_is_checked_and_exported_for_ever(case: Path) -> None:
    result = casefhir.convert(case)

    assert version(casefhir.read(case)) == int(case.parent.name)
    assert [issue.message for issue in result.issues if issue.severity == "error"] == []
    assert result.document["entry"]


def test_every_version_has_files_that_are_kept_and_all_but_the_newest_an_upgrade() -> None:
    versions = set(range(1, newest_version() + 1))

    assert {int(case.parent.name) for case in KEPT} == versions
    assert set(UPGRADES) == versions - {newest_version()}


def test_address_of_the_schema_has_the_version() -> None:
    assert published_schema()["$id"] == URL == f"https://w3id.org/casefhir/schema/{VERSION}/case.schema.json"
    assert newest_version() == VERSION


def test_schema_of_every_older_version_is_kept() -> None:
    kept = {int(path.parent.name) for path in (ROOT / "schema").glob("[0-9]*/case.schema.json")}

    assert kept == set(range(1, newest_version()))


# An upgrade, of versions that never were


def renamed(source: Source) -> Iterator[Edit]:
    """`signs` becomes `findings`."""
    if key := source.key_at(("signs",)):
        yield Edit(key.start_mark.index, key.end_mark.index, "findings")


def unchanged(_: Source) -> Iterator[Edit]:
    yield from ()


OLD = """\
# A case of a version that never was.
casefhir: -1   # old
id: an-id
article: {title: T}
patient: {sex: "male"}
signs:
  - {name: rash}   # seen
"""


def test_upgrades_follow_each_other_and_keep_comments_and_lines() -> None:
    new = migrated(read_yaml(OLD.encode()), {-1: renamed, 0: unchanged})

    assert new.text == OLD.replace("-1", "1").replace("signs", "findings")
    assert casefhir.load(new).case


@pytest.mark.parametrize("written", ["1", "2", "0", "x", "true", "1.0", "1.5", "", "[1]", '"1"'])
def test_what_has_no_upgrade_stays_as_it_is(written: str) -> None:
    source = read_yaml(f"casefhir: {written}\n".encode())

    assert migrated(source) is source


def test_version_that_is_not_known_yet_is_all_that_is_said() -> None:
    issues = casefhir.load(b"casefhir: 2\nid: x\nnew: []\n").issues

    assert [(issue.rule, issue.mark, issue.message) for issue in issues] == [
        (
            "shape.value",
            (1, 1),
            "version 2 of the format is newer than this casefhir, which knows version 1 at most; install a newer one",
        )
    ]
