"""Node.js for tests: what editors use to read the JSON Schema."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

from tests.conformance.toolchain import MissingToolError

LOCK = Path(__file__).parent / "editor"
"""package.json and package-lock.json of the language server that editors use."""


def run_node(*arguments: str, told: Any = None) -> str:
    """What a Node.js program writes, told a value as JSON on its standard input."""
    done = subprocess.run(
        [found("node"), *arguments],
        input=json.dumps(told),
        capture_output=True,
        text=True,
        timeout=60,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def found(program: str) -> str:
    """The path of a program of Node.js."""
    path = shutil.which(program)
    if path is None:
        raise MissingToolError(f"{program} is missing; install Node.js 18 with npm: apt-get install nodejs npm")
    return path
