""".pre-commit-hooks.yaml: what a user's repository runs before each commit."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.cli.console import START, environment

pytestmark = pytest.mark.long

ROOT = Path(__file__).parents[2]
MANIFEST = ROOT / ".pre-commit-hooks.yaml"
HOOKS: list[dict[str, Any]] = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))

WRONG = START + "labs: [{at: nowhere, values: {CRP: 96 mg/L}}]\n"
SLIP = START + "labs: [{values: {CRP: 96 mg/l}}]\n"


def pre_commit(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    variables = environment(PRE_COMMIT_HOME=str(folder / ".cache"), GIT_CONFIG_GLOBAL=os.devnull)
    variables["PATH"] = os.pathsep.join([str(folder / ".bin"), variables["PATH"]])
    command = [sys.executable, "-m", "pre_commit", *arguments]
    return subprocess.run(command, cwd=folder, env=variables, capture_output=True, text=True, timeout=120)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository that uses the hooks as they are defined, with a casefhir that is installed already."""
    hooks = [{**hook, "language": "system"} for hook in HOOKS]
    config = {"repos": [{"repo": "local", "hooks": hooks}]}
    (tmp_path / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    command = tmp_path / ".bin" / "casefhir"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m casefhir "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    return tmp_path


def ran(repository: Path, **files: str) -> subprocess.CompletedProcess[str]:
    """What the hooks say of files, whose names have `__` for `/`."""
    for name, text in files.items():
        path = repository / f"{name.replace('__', '/')}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    subprocess.run(["git", "add", "."], cwd=repository, check=True)
    return pre_commit("run", "--all-files", folder=repository)


def test_definition_is_one_that_pre_commit_takes(tmp_path: Path) -> None:
    done = pre_commit("validate-manifest", str(MANIFEST), folder=tmp_path)

    assert done.returncode == 0, done.stdout


def test_case_with_an_error_stops_the_commit_and_says_where(repository: Path) -> None:
    done = ran(repository, cases__wrong=WRONG, cases__fine=START)

    assert done.returncode == 1
    assert "cases/wrong.yaml:5:9: error[references.undefined-event]" in done.stdout


def test_slip_is_mended_and_shown(repository: Path) -> None:
    done = ran(repository, cases__slip=SLIP)

    assert done.returncode == 1
    assert "files were modified by this hook" in done.stdout
    assert "96 mg/L" in (repository / "cases" / "slip.yaml").read_text(encoding="utf-8")


def test_other_files_are_left_alone(repository: Path) -> None:
    done = ran(repository, cases__fine=START, workflow="on: push\n", docs__slip=SLIP)

    assert done.returncode == 0, done.stdout
    assert done.stdout.count("Passed") == 2
    assert (repository / "docs" / "slip.yaml").read_text(encoding="utf-8") == SLIP
