"""The program as a user meets it: help, wrong use, terminals, pipes, encodings, Ctrl-C; never a traceback."""

import json
import os
import re
import signal
import subprocess
import time
import tomllib
from functools import partial
from pathlib import Path

import pytest
from tests.cli.console import CASES, PROGRAM, SOURCES, START, Said, call, environment, program

from casefhir.cli import COMMANDS

posix = pytest.mark.skipif(os.name == "nt", reason="Windows has other terminals, pipes and signals")


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_a_command_shows_examples(command: str) -> None:
    said = call(command, "--help")

    assert (said.code, said.err) == (0, "")
    assert f"usage: casefhir {command}" in said.out
    assert f"examples:\n  casefhir {command} " in said.out


def test_help_names_every_command_and_exit_code() -> None:
    said = call("--help")

    assert (said.code, said.err) == (0, "")
    assert re.findall(r"^    (\w+)", said.out, re.MULTILINE) == list(COMMANDS)
    told = re.findall(r"^  (.*)$", said.out.partition("exit codes:")[2], re.MULTILINE)[0]
    assert re.findall(r"\b[0-9]\b", told) == exit_codes_of_the_documents()


def exit_codes_of_the_documents() -> list[str]:
    return re.findall(r"^\| ([0-9]+) \|", (SOURCES.parent / "docs/commands.md").read_text("utf-8"), re.MULTILINE)


def test_version_is_that_of_the_project() -> None:
    project = tomllib.loads((SOURCES.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    said = call("--version")

    assert said.code == 0
    assert said.out in (f"casefhir {project['version']}\n", "casefhir, run from its sources without being installed\n")


def test_schema_is_that_of_the_editors() -> None:
    said = call("schema")

    assert (said.code, said.err) == (0, "")
    assert said.out == (SOURCES.parent / "schema" / "case.schema.json").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "casefhir: the following arguments are required: COMMAND"),
        (["chekc"], "casefhir: argument COMMAND: invalid choice: 'chekc'"),
        (["check"], "casefhir check: the following arguments are required: FILE"),
        (["check", "--format", "xml", "x"], "casefhir check: argument --format: invalid choice: 'xml'"),
        (["check", "--nonsense", "x"], "casefhir: unrecognized arguments: --nonsense"),
        (["check", "x", "\x1b[2J\n--"], "casefhir"),
        (["--no\x1b[2J\nsense"], "casefhir"),
        (["export", "--to", "fhir-r9", "x"], "casefhir export: argument --to: invalid choice: 'fhir-r9'"),
        (["export", "x", "-o"], "casefhir export: argument -o/--output: expected one argument"),
        (["export", "--ids", "x", "x"], "casefhir export: argument --ids: invalid choice: 'x'"),
        (["schema", "x"], "casefhir schema: argument of: invalid choice: 'x'"),
    ],
)
def test_wrong_use_ends_with_2_and_one_line(arguments: list[str], words: str) -> None:
    said = call(*arguments)

    if said.code == 2:
        assert said.out == ""
        assert said.err.startswith(words)
        assert said.err.endswith(" --help\n")
    assert len(said.err.splitlines()) <= 1
    assert said.err.strip("\n").isprintable()


@posix
@pytest.mark.parametrize(
    ("arguments", "variables"),
    [
        (["check", "wrong.yaml"], {}),
        (["check", "wrong.yaml"], {"PYTHONIOENCODING": "ascii"}),
        (
            ["check", "wrong.yaml"],
            {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": ""},
        ),
        (["export", "fine.yaml"], {"PYTHONIOENCODING": "cp1252"}),
        (["export", "ü→.yaml", "-o", "-"], {"PYTHONIOENCODING": "ascii"}),
        (["export", "ü→.yaml"], {"PYTHONIOENCODING": "latin-1"}),
        (["schema"], {"PYTHONIOENCODING": "ascii"}),
        (["--help"], {"PYTHONIOENCODING": "ascii"}),
    ],
    ids=repr,
)
def test_every_encoding_of_the_terminal_will_do(arguments: list[str], variables: dict[str, str], folder: Path) -> None:
    (folder / "ü→.yaml").write_text(CASES["noted"].replace("homesickness", "Heimweh → ü"), encoding="utf-8")
    expected = call(*arguments)

    done = subprocess.run(
        [*PROGRAM, *arguments], cwd=folder, env=environment(**variables), capture_output=True, timeout=60
    )

    assert done.returncode == expected.code
    assert b"Traceback" not in done.stderr
    if arguments[0] == "schema" or "-" in arguments:
        assert done.stdout.decode() == expected.out


def test_data_goes_to_standard_output_and_messages_to_standard_error(folder: Path) -> None:
    said = program("export", "doubtful.yaml", "wrong.yaml", "missing.yaml", folder=folder)

    assert (said.code, said.out) == (3, "")
    assert len(said.err.splitlines()) == 4
    assert json.loads(program("export", "-", folder=folder, stdin=START).out)


# Pipes and terminals

LONG = [["schema"], ["export", "many.yaml", "-o", "-"], ["check", "--format", "json", "many.yaml"]]


@pytest.fixture
def many(folder: Path) -> Path:
    """A folder with a case of which every output is longer than a pipe holds."""
    findings = "".join(f"- {{name: unheard-of {number}}}\n" for number in range(600))
    (folder / "many.yaml").write_text(f"{START}findings:\n{findings}")
    return folder


def started(*arguments: str, folder: Path, **variables: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [*PROGRAM, *arguments],
        cwd=folder,
        env=environment(**variables),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        bufsize=0,
    )


@posix
@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("arguments", LONG)
def test_a_reader_that_has_read_enough_ends_it_silently(arguments: list[str], unbuffered: str, many: Path) -> None:
    with started(*arguments, folder=many, PYTHONUNBUFFERED=unbuffered) as command:
        assert command.stdout
        assert command.stderr
        command.stdout.read(10)
        command.stdout.close()

        assert command.stderr.read() == b""
    assert command.returncode == 141


@posix
@pytest.mark.parametrize("arguments", LONG)
def test_a_slow_reader_gets_everything(arguments: list[str], many: Path) -> None:
    expected = call(*arguments)

    with started(*arguments, folder=many, PYTHONUNBUFFERED="1") as command:
        assert command.stdout
        time.sleep(0.5)
        pieces = list(iter(partial(command.stdout.read, 60_000), b""))

    assert len(pieces) > 1
    assert b"".join(pieces).decode() == expected.out


@posix
@pytest.mark.parametrize("arguments", [["check", "wrong.yaml"], ["export", "doubtful.yaml"], ["--help"], ["check"]])
@pytest.mark.parametrize("closed", ["stdout", "both"])
def test_closed_pipes_end_it_without_a_traceback(arguments: list[str], closed: str, folder: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as broken:
        done = subprocess.run(
            [*PROGRAM, *arguments],
            cwd=folder,
            env=environment(),
            stdout=broken if closed != "stderr" else subprocess.PIPE,
            stderr=broken if closed != "stdout" else subprocess.PIPE,
            timeout=60,
        )

    assert done.returncode in (0, 1, 2, 141)
    assert b"Traceback" not in (done.stdout or b"") + (done.stderr or b"")
    assert b"Exception" not in (done.stdout or b"") + (done.stderr or b"")


@posix
@pytest.mark.parametrize(
    ("redirected", "code", "err"),
    [
        ("check fine.yaml >/dev/full", 3, "casefhir: the output cannot be written: No space left on device\n"),
        ("export fine.yaml -o - >/dev/full", 3, "casefhir: the output cannot be written: No space left on device\n"),
        ("schema >/dev/full", 3, "casefhir: the output cannot be written: No space left on device\n"),
        ("--help >/dev/full", 3, "casefhir: the output cannot be written: No space left on device\n"),
        ("check wrong.yaml >&-", 3, "casefhir: the output cannot be written: standard output is closed\n"),
        ("check wrong.yaml >&- 2>&-", 3, ""),
        ("export fine.yaml -o - >&-", 3, "casefhir: the output cannot be written: standard output is closed\n"),
        ("export wrong.yaml 2>&-", 1, ""),
        ("check 2>&-", 2, ""),
        ("check - <&- | tail -n +2", 0, ""),
    ],
)
def test_streams_that_are_full_or_closed(redirected: str, code: int, err: str, folder: Path) -> None:
    command = " ".join([*PROGRAM, redirected])
    done = subprocess.run(
        ["sh", "-c", command], cwd=folder, env=environment(), capture_output=True, text=True, timeout=60
    )

    assert (done.returncode, done.stderr) == (code, err)


def on_terminal(*arguments: str, folder: Path, **variables: str) -> Said:
    """Run a command on a terminal, which is both its standard output and its standard error."""
    import pty

    ours, theirs = pty.openpty()
    command = subprocess.Popen(
        [*PROGRAM, *arguments],
        cwd=folder,
        env=environment(**{"TERM": "xterm", "NO_COLOR": "", **variables}),
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    shown = b""
    try:
        while piece := os.read(ours, 10_000):
            shown += piece
    except OSError:  # Linux: nobody writes to the terminal any more
        pass
    finally:
        os.close(ours)
    return Said(command.wait(timeout=60), shown.decode().replace("\r\n", "\n"), "")


@posix
@pytest.mark.parametrize("command", ["check", "export"])
def test_a_terminal_shows_colours(command: str, folder: Path) -> None:
    shown = on_terminal(command, "wrong.yaml", folder=folder).out

    assert "wrong.yaml:5:9: \x1b[1;31merror\x1b[0m[references.undefined-event] no event" in shown


@posix
@pytest.mark.parametrize("variables", [{"NO_COLOR": "1"}, {"TERM": "dumb"}], ids=repr)
@pytest.mark.parametrize("command", ["check", "export"])
def test_a_terminal_shows_no_colours_if_none_are_wanted(command: str, variables: dict[str, str], folder: Path) -> None:
    assert "\x1b" not in on_terminal(command, "wrong.yaml", folder=folder, **variables).out


@posix
def test_json_has_no_colours_on_a_terminal(folder: Path) -> None:
    assert json.loads(on_terminal("check", "--format", "json", "wrong.yaml", folder=folder).out)


def test_a_pipe_has_no_colours(folder: Path) -> None:
    assert "\x1b" not in "".join(map(str, program("check", "wrong.yaml", folder=folder, TERM="xterm")))


@posix
@pytest.mark.parametrize("arguments", [["check", "-"], ["export", "-"]])
def test_ctrl_c_ends_it_silently(arguments: list[str], folder: Path) -> None:
    with started(*arguments, folder=folder) as command:
        assert command.stdin
        command.stdin.write(b"x" * 100_000)  # more than a pipe holds: when it is written, the command reads
        command.send_signal(signal.SIGINT)
        out, err = command.communicate(timeout=60)

    assert (command.returncode, out, err) == (130, b"", b"")
