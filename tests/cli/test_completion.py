"""casefhir completion: the scripts are read by their shells, and complete what there is."""

import shutil
import subprocess

import pytest
from tests.cli.console import call

SHELLS = ("bash", "fish", "zsh")


def script(shell: str) -> str:
    said = call("completion", shell)
    assert (said.code, said.err) == (0, "")
    return said.out


@pytest.mark.parametrize("shell", SHELLS)
def test_shell_reads_its_script(shell: str) -> None:
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not installed")

    done = subprocess.run([shell, "-n"], input=script(shell), capture_output=True, text=True, timeout=60)

    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("shell", SHELLS)
def test_script_has_every_command_and_the_values_of_options(shell: str) -> None:
    for word in ("check", "export", "terms", "--strict"[2:], "transaction collection ndjson", "units.impossible-value"):
        assert word in script(shell)


@pytest.mark.skipif(not shutil.which("bash"), reason="bash is not installed")
@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        (["ch"], ["check"]),
        (["--v"], ["--version"]),
        (["check", "--str"], ["--strict"]),
        (["check", "--format", ""], ["github", "json", "sarif", "text"]),
        (["export", "a.yaml", "--bundle", "t"], ["transaction"]),
        (
            ["export", "-"],
            ["-h", "--help", "--to", "--bundle", "--ids", "--article", "--guide", "--target", "-o", "--output"],
        ),
        (["export", "--guide", ""], ["ips", "genomics"]),
        (["export", "-o", "x"], []),
        (["check", "ca"], []),
        (["completion", ""], ["bash", "fish", "zsh"]),
        (["explain", "units.impossible-"], ["units.impossible-value"]),
        (["terms", "CRP", "--table", "la"], ["labs", "laterality"]),
        (["nonsense", ""], []),
    ],
)
def test_bash_completes(typed: list[str], completed: list[str]) -> None:
    words = " ".join(f"'{word}'" for word in ("casefhir", *typed))
    ask = f'COMP_WORDS=({words}); COMP_CWORD={len(typed)}; _casefhir; printf "%s\\n" "${{COMPREPLY[@]}}"'

    done = subprocess.run(["bash"], input=script("bash") + ask, capture_output=True, text=True, timeout=60)

    assert done.stderr == ""
    assert done.stdout.split() == completed
