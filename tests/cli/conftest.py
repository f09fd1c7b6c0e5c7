"""Case files for the command line."""

from pathlib import Path

import pytest
from tests.cli.console import CASES


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a file for each of the smallest cases, in which commands are called."""
    for name, text in CASES.items():
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path
