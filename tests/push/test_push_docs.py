"""The examples of docs/push.md, run against a server that nobody here wrote in place of the one that they name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from tests.conformance.servers import sekmet_server
from tools.docs.examples import ROOT, lay_out, shell

pytestmark = pytest.mark.long

PAGE = (ROOT / "docs/push.md").read_text("utf-8")
BLOCKS = re.findall(r"^```sh-session\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with sekmet_server() as base:
        yield urlsplit(base).port or 0


def test_each_command_prints_what_is_shown(port: int, tmp_path: Path) -> None:
    lay_out(tmp_path)
    assert len(BLOCKS) > 2

    for block in BLOCKS:
        there = block.replace("localhost:8080", f"127.0.0.1:{port}").replace("localhost-8080", f"127.0.0.1-{port}")
        for command, shown in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", there, re.MULTILINE):
            printed = shell(command, tmp_path)

            assert re.fullmatch(re.escape(shown).replace("…", "(?s:.*)"), printed), (command, printed)
