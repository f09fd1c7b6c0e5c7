"""action.yml: its shell steps, run as a runner of GitHub runs them."""

import json
import os
import re
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from tests.cli.console import START

pytestmark = pytest.mark.long

ROOT = Path(__file__).parents[2]
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
INSTALL, CHECK = ACTION["runs"]["steps"]

WRONG = START + "labs: [{at: nowhere, values: {CRP: 96 mg/L}}]\n"
DOUBTFUL = START + "labs: [{values: {CRP: 5 frogs/L}}]\n"

OFFLINE = {"PIP_NO_INDEX": "1", "PIP_NO_DEPS": "1", "PIP_NO_BUILD_ISOLATION": "false"}
"""
pip builds and installs casefhir alone; what it needs is that of the tests, so that nothing is downloaded.

The third means what its name says, for pip reads it as the value of --build-isolation.
"""


class Done(NamedTuple):
    code: int
    out: str


def run(step: dict[str, Any], folder: Path, temporary: Path, **inputs: str) -> Done:
    """
    One step, with the inputs that are not named at their defaults.

    Source: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsshell
    """
    values = {name: told["default"] for name, told in ACTION["inputs"].items()} | inputs
    asked = {name: re.sub(r"\$\{\{ inputs\.(\w+) \}\}", lambda m: values[m[1]], v) for name, v in step["env"].items()}
    script = temporary / "step.sh"
    script.write_text(step["run"], encoding="utf-8")
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    github = {"RUNNER_TEMP": str(temporary), "GITHUB_ACTION_PATH": str(ROOT), "PATH": path}
    packages = {"PYTHONPATH": sysconfig.get_paths()["purelib"]}
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", script],
        cwd=folder,
        env={**os.environ, **OFFLINE, **packages, **github, **asked},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=300,
    )
    return Done(done.returncode, done.stdout)


@pytest.fixture(scope="module")
def temporary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The temporary folder of a runner, with casefhir installed by the first step."""
    folder = tmp_path_factory.mktemp("runner")
    done = run({"env": {}, **INSTALL}, folder, folder)
    assert done.code == 0, done.out
    return folder


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    (tmp_path / "cases" / "more cases").mkdir(parents=True)
    (tmp_path / "cases" / "fine.yaml").write_text(START, encoding="utf-8")
    return tmp_path


def test_steps_use_no_other_action_and_put_no_input_into_a_script() -> None:
    assert ACTION["runs"]["using"] == "composite"
    assert [step for step in (INSTALL, CHECK) if "uses" in step or "${{" in step["run"]] == []


def test_case_without_fault_passes(repository: Path, temporary: Path) -> None:
    assert run(CHECK, repository, temporary) == Done(0, "1 file checked: nothing to report\n")


def test_error_is_shown_beside_its_line_and_fails(repository: Path, temporary: Path) -> None:
    (repository / "cases" / "more cases" / "wrong.yaml").write_text(WRONG, encoding="utf-8")

    done = run(CHECK, repository, temporary)

    assert done.code == 1
    assert done.out.startswith(
        "::error file=cases/more cases/wrong.yaml,line=5,col=9,title=references.undefined-event::"
    )


@pytest.mark.parametrize(("strict", "code"), [("false", 0), ("true", 1), ("yes", 2)])
def test_warnings_fail_if_that_is_wanted(strict: str, code: int, repository: Path, temporary: Path) -> None:
    (repository / "cases" / "doubtful.yaml").write_text(DOUBTFUL, encoding="utf-8")

    assert run(CHECK, repository, temporary, strict=strict).code == code


def test_files_stand_one_a_line_and_are_no_commands(repository: Path, temporary: Path) -> None:
    (repository / "--strict; $(touch here) *.yaml").write_text(WRONG, encoding="utf-8")

    done = run(CHECK, repository, temporary, files="cases/fine.yaml\n--strict; $(touch here) *.yaml\n")

    assert "2 files checked: 1 error" in done.out
    assert not (repository / "here").exists()


def test_report_for_code_scanning_is_written_though_there_are_errors(repository: Path, temporary: Path) -> None:
    (repository / "cases" / "wrong.yaml").write_text(WRONG, encoding="utf-8")

    done = run(CHECK, repository, temporary, sarif="casefhir.sarif")

    (run_of,) = json.loads((repository / "casefhir.sarif").read_text(encoding="utf-8"))["runs"]
    assert done.code == 1
    assert [result["ruleId"] for result in run_of["results"]] == ["references.undefined-event"]
    assert run_of["tool"]["driver"]["version"]
