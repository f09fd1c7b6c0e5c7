"""A FHIR server on this machine, for as long as a block runs: SEKMET, of which only this module knows."""

import json
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

LOOPBACK = "127.0.0.1"
"""Only this machine reaches it: it asks nobody who they are."""
_SECONDS = 60.0


class SandboxError(Exception):
    """The server does not start."""


class Sandbox(NamedTuple):
    """A server that runs."""

    root: str
    process: "subprocess.Popen[bytes]"

    @property
    def base(self) -> str:
        """Where FHIR is spoken."""
        return f"{self.root}/fhir"

    def wait(self) -> None:
        """Until it ends. Raises: SandboxError, for it should not."""
        raise SandboxError(f"the server ended with {self.process.wait()}")

    def page(self, place: str) -> str:
        """The page for people of a resource, such as `Patient/42`."""
        return f"{self.root}/ui/resources/{place}"

    def pages(self, type: str, patient: str) -> str:
        """The page for people of all resources of a type of a patient."""
        return f"{self.root}/ui/resources?type={type}&q=patient%3D{patient}"


@contextmanager
def sandbox(port: int, folder: Path | None) -> Iterator[Sandbox]:
    """
    A server at a port, 0 for any that is free; its data are in a folder, or in one that is removed at the end.

    Raises: SandboxError.
    """
    if find_spec("sekmet") is None:
        raise SandboxError("sekmet-fhir is missing: pip install 'casefhir[sandbox]'")
    with ExitStack() as stack:
        if folder is None:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="casefhir-sandbox-")))
        folder.mkdir(parents=True, exist_ok=True)
        port = port or _free_port()
        log = stack.enter_context((folder / "server.log").open("wb"))
        command = [sys.executable, "-m", "sekmet.cli", "serve", "--config", str(_settings(folder, port))]
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)
        stack.callback(_end, process)
        _wait(process, port, folder / "server.log")
        yield Sandbox(f"http://{LOOPBACK}:{port}", process)


def _settings(folder: Path, port: int) -> Path:
    """The settings of SEKMET: nothing but a store, which plays no laboratory and no pharmacy."""
    said = {
        "base_url": f"http://{LOOPBACK}:{port}/fhir",
        "host": LOOPBACK,
        "port": port,
        "data_dir": str(folder),
        "own_private_key_path": str(folder / "key.pem"),
        "facility_name": "casefhir sandbox",
        "simulator": {"enabled": False},
        "log_inbound": False,
    }
    file = folder / "settings.yaml"
    file.write_text(json.dumps(said, indent=1), encoding="utf-8")  # JSON is YAML
    return file


def _free_port() -> int:
    with socket.socket() as one:
        one.bind((LOOPBACK, 0))
        port: int = one.getsockname()[1]
        return port


def _wait(process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    until = time.monotonic() + _SECONDS
    while time.monotonic() < until:
        if process.poll() is not None:
            last = log.read_text("utf-8", "replace").strip().splitlines()[-1:] or ["without a word"]
            raise SandboxError(f"the server ended: {last[0]}")
        try:
            socket.create_connection((LOOPBACK, port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise SandboxError(f"the server did not answer in {_SECONDS:.0f} s")


def _end(process: "subprocess.Popen[bytes]") -> None:
    """Ask it to end, and make it end."""
    process.terminate()
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
