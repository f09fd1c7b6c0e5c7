"""Node.js for tests, and the language server that editors use to read case files."""

import base64
import hashlib
import json
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Queue
from typing import IO, Any

from filelock import FileLock
from tests.conformance.toolchain import MissingToolError, cache

PACKAGES = Path(__file__).parent / "editor"
"""package.json and package-lock.json of the language server."""

SECONDS = 60
"""How long an answer may take."""


def run_node(*arguments: str, told: Any = None) -> str:
    """What a Node.js program writes, told a value as JSON on its standard input."""
    return _run([_found("node"), *arguments], given=json.dumps(told))


def _run(command: list[str], given: str = "", folder: Path | None = None) -> str:
    done = subprocess.run(
        command, input=given, cwd=folder, capture_output=True, text=True, encoding="utf-8", timeout=5 * SECONDS
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def _found(program: str) -> str:
    path = shutil.which(program)
    if path is None:
        raise MissingToolError(
            f"{program} is missing; install Node.js 18 or newer with npm: apt-get install nodejs npm"
        )
    return path


def language_server() -> Path:
    """The program of the language server, installed once into the cache."""
    return installed(PACKAGES) / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"


def installed(packages: Path) -> Path:
    """The folder in the cache that has what a package.json asks for, as its lock has it, and the files beside it."""
    files = sorted(path for path in packages.iterdir() if path.is_file())
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:12]
    folder = cache() / f"{packages.name}-{digest}"
    folder.mkdir(parents=True, exist_ok=True)
    with FileLock(folder.with_suffix(".lock")):
        if not (folder / "done").exists():
            for path in files:
                shutil.copy(path, folder)
            _run([_found("npm"), "ci", "--ignore-scripts", "--no-audit", "--no-fund"], folder=folder)
            (folder / "done").touch()
    return folder


def packed(package: str, integrity: str) -> Path:
    """A package of npm such as `hl7.fhir.uv.ips@2.0.0`, as it comes, fetched once into the cache."""
    folder = cache() / "packages"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{package.replace('@', '-')}.tgz"
    with FileLock(path.with_suffix(".lock")):
        if not path.exists():
            _run([_found("npm"), "pack", package], folder=folder)
        digest = hashlib.sha512(path.read_bytes()).digest()
        assert f"sha512-{base64.b64encode(digest).decode()}" == integrity, f"{path} is not {package}; delete it"
    return path


class Editor:
    """
    What an editor does with the case files of a folder: open them, and ask its language server.

    Source: the Language Server Protocol — https://microsoft.github.io/language-server-protocol/
    """

    def __init__(self, folder: Path, to_server: IO[bytes], from_server: IO[bytes]) -> None:
        self._folder = folder
        self._opened = 0
        self._to_server = to_server
        self._messages: Queue[dict[str, Any]] = Queue()
        self._asked = 0
        threading.Thread(target=self._listen, args=(from_server,), daemon=True).start()
        self._ask("initialize", {"processId": None, "rootUri": None, "capabilities": _CAPABILITIES})
        self._tell("initialized", {})

    def diagnostics(self, text: str) -> list[tuple[int, str]]:
        """The lines that the editor underlines, counted from 1, and why."""
        uri = self._open(text)
        while (told := self._next()).get("method") != "textDocument/publishDiagnostics" or told["params"]["uri"] != uri:
            pass
        return [(found["range"]["start"]["line"] + 1, found["message"]) for found in told["params"]["diagnostics"]]

    def proposals(self, text: str) -> list[str]:
        """What the editor proposes to write in place of `|`."""
        return [proposal["label"] for proposal in self._at_cursor("textDocument/completion", text)["items"]]

    def hover(self, text: str) -> str:
        """What the editor shows when the mouse rests on the word behind `|`."""
        shown = self._at_cursor("textDocument/hover", text)
        return str(shown["contents"]["value"]).replace("\\", "") if shown else ""

    def _at_cursor(self, method: str, text: str) -> Any:
        before, after = text.split("|")
        place = {"line": before.count("\n"), "character": len(before) - before.rfind("\n") - 1}
        return self._ask(method, {"textDocument": {"uri": self._open(before + after)}, "position": place})

    def _open(self, text: str) -> str:
        """Open a text as a new file, which is never saved; its name."""
        self._opened += 1
        uri = (self._folder / f"new-{self._opened}.yaml").as_uri()
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self._tell("textDocument/didOpen", {"textDocument": document})
        return uri

    def _ask(self, method: str, params: Any) -> Any:
        self._asked += 1
        self._send({"id": self._asked, "method": method, "params": params})
        while (told := self._next()).get("id") != self._asked or "method" in told:
            pass
        return told["result"]

    def _tell(self, method: str, params: Any) -> None:
        self._send({"method": method, "params": params})

    def _send(self, message: dict[str, Any]) -> None:
        content = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._to_server.write(b"Content-Length: %d\r\n\r\n%s" % (len(content), content))
        self._to_server.flush()

    def _next(self) -> dict[str, Any]:
        """The next message of the server; what it asks is answered."""
        message = self._messages.get(timeout=SECONDS)
        if "id" in message and "method" in message:
            wanted = message["params"].get("items", []) if message["method"] == "workspace/configuration" else None
            settings = None if wanted is None else [_SETTINGS.get(item["section"]) for item in wanted]
            self._send({"id": message["id"], "result": settings})
        return message

    def _listen(self, from_server: IO[bytes]) -> None:
        while header := from_server.readline():
            length = int(header.partition(b":")[2])
            while from_server.readline().strip():
                pass
            content = from_server.read(length)
            if len(content) < length:  # the server ended in the middle of what it said
                return
            self._messages.put(json.loads(content))


_CAPABILITIES = {
    "workspace": {"configuration": True},
    "textDocument": {
        "completion": {"completionItem": {"snippetSupport": True}},
        "hover": {"contentFormat": ["markdown"]},
    },
}
_SETTINGS = {
    "yaml": {"validate": True, "hover": True, "completion": True, "schemaStore": {"enable": False, "url": ""}},
}


@contextmanager
def editor(folder: Path) -> Iterator[Editor]:
    """An editor for the files of a folder, whose language server ends with it."""
    command = [_found("node"), str(language_server()), "--stdio"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as server:
        assert server.stdin
        assert server.stdout
        try:
            yield Editor(folder, server.stdin, server.stdout)
        finally:
            server.kill()
